// Two quantities against each other: every kept sample faint, the frontier as a line of points one can press.
import { format_number } from '../i18n/format';
import { tooltip, type Look } from './look';

export interface ParetoData {
  x_name: string;
  y_name: string;
  sample: Float64Array; // x, y, x, y, ...
  frontier: readonly (readonly [number, number])[];
  joined: boolean; // the frontier is one of exactly these two quantities
  text: (series: string, index: number) => string;
}

export function pareto_picture(data: ParetoData, look: Look) {
  const many = data.sample.length > 6000;
  const axis = (name: string) => ({
    type: 'value',
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: look.color('ink'), fontFamily: look.font, fontSize: 12 },
    scale: true,
    axisLabel: {
      color: look.color('muted'),
      fontFamily: look.font,
      hideOverlap: true,
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
      formatter: ({ seriesId, dataIndex }: { seriesId: string; dataIndex: number }) => data.text(seriesId, dataIndex),
    },
    xAxis: { ...axis(data.x_name), nameGap: 26 },
    yAxis: { ...axis(data.y_name), nameGap: 48 },
    series: [
      {
        id: 'sample',
        type: 'scatter',
        dimensions: ['x', 'y'],
        data: data.sample,
        symbolSize: many ? 3 : 5,
        itemStyle: { color: look.color('muted'), opacity: many ? 0.35 : 0.45 },
        large: true,
        largeThreshold: 3000,
        cursor: 'pointer',
      },
      {
        id: 'frontier',
        type: data.joined ? 'line' : 'scatter',
        data: data.frontier,
        symbol: 'circle',
        symbolSize: 9,
        showAllSymbol: true,
        lineStyle: { color: look.color('series-1'), width: 2 },
        itemStyle: { color: look.color('series-1'), borderColor: look.color('surface'), borderWidth: 1 },
        emphasis: {
          scale: 1.8,
          itemStyle: { color: look.color('accent'), borderColor: look.color('ink'), borderWidth: 2 },
        },
        z: 3,
        triggerLineEvent: false,
        cursor: 'pointer',
      },
    ],
  };
}
