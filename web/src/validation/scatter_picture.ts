// Predicted over measured, a point a run, both axes logarithmic; on the line they are equal.
import { format_number } from '../i18n/format';
import { tooltip, type Look } from '../charts/look';

export interface ScatterData {
  x_name: string;
  y_name: string;
  line: string;
  groups: { name: string; points: (readonly [measured: number, predicted: number])[] }[];
  text: (group: number, index: number) => string;
}

export const group_color = (index: number) => `series-${index % 6}`;
const symbols = ['circle', 'diamond', 'triangle', 'rect'];
// More groups than colours differ in their marks.
export const group_symbol = (index: number) => symbols[Math.floor(index / 6) % symbols.length] ?? 'circle';

export function scatter_picture(data: ScatterData, look: Look) {
  const values = data.groups.flatMap(({ points }) => points.flat());
  const least = 10 ** Math.floor(Math.log10(Math.min(...values, 10)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...values, 10)));
  const axis = (name: string) => ({
    type: 'log',
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: look.color('ink'), fontFamily: look.font, fontSize: 12 },
    min: least,
    max: most,
    axisLabel: {
      color: look.color('muted'),
      fontFamily: look.font,
      formatter: (value: number) => format_number(value),
    },
    axisLine: { show: true, lineStyle: { color: look.color('rule-strong') } },
    splitLine: { lineStyle: { color: look.color('rule') } },
  });
  return {
    grid: { left: 8, right: 20, top: 12, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: {
      ...tooltip(look),
      trigger: 'item',
      formatter: ({ seriesId, dataIndex }: { seriesId: string; dataIndex: number }) =>
        seriesId === 'equal' ? data.line : data.text(Number(seriesId), dataIndex),
    },
    xAxis: { ...axis(data.x_name), nameGap: 26 },
    yAxis: { ...axis(data.y_name), nameGap: 40 },
    series: [
      {
        id: 'equal',
        type: 'line',
        data: [
          [least, least],
          [most, most],
        ],
        symbol: 'none',
        silent: true,
        lineStyle: { color: look.color('ink'), width: 1, type: 'dashed' },
      },
      ...data.groups.map(({ points }, index) => ({
        id: String(index),
        type: 'scatter',
        data: points,
        symbol: group_symbol(index),
        symbolSize: 6,
        itemStyle: { color: look.color(group_color(index)), opacity: 0.65 },
        emphasis: { scale: 2, itemStyle: { opacity: 1, borderColor: look.color('ink'), borderWidth: 1 } },
        cursor: 'pointer',
      })),
    ],
  };
}
