// A time over the batch with and without two micro-batches, both axes logarithmic.
import { format_number } from '../i18n/format';
import { tooltip, type Look } from './look';

export interface OverlapData {
  x_name: string;
  y_name: string;
  lines: { name: string; points: (readonly [batch: number, ms: number])[] }[];
  text: (index: number) => string; // all about one batch
}

const dashes = ['solid', 'dashed', 'dotted'];

export function overlap_picture(data: OverlapData, look: Look) {
  const axis = (name: string) => ({
    type: 'log',
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: look.color('ink'), fontFamily: look.font, fontSize: 12 },
    axisLabel: {
      color: look.color('muted'),
      fontFamily: look.font,
      hideOverlap: true,
      formatter: (value: number) => format_number(value),
    },
    axisLine: { show: true, lineStyle: { color: look.color('rule-strong') } },
    splitLine: { lineStyle: { color: look.color('rule') } },
  });
  const batches = data.lines.flatMap(({ points }) => points.map(([batch]) => batch));
  const times = data.lines.flatMap(({ points }) => points.map(([, ms]) => ms));
  return {
    grid: { left: 8, right: 24, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: {
      ...tooltip(look),
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => data.text(dataIndex),
    },
    xAxis: { ...axis(data.x_name), nameGap: 26, logBase: 2, min: Math.min(...batches), max: Math.max(...batches) },
    yAxis: {
      ...axis(data.y_name),
      nameGap: 48,
      logBase: 2,
      min: Math.min(...times) / 1.1,
      max: Math.max(...times) * 1.1,
    },
    series: data.lines.map(({ name, points }, index) => ({
      id: String(index),
      type: 'line',
      name,
      data: points,
      symbol: 'circle',
      symbolSize: 7,
      showAllSymbol: true,
      color: look.color(`series-${index}`),
      lineStyle: { width: 2, type: dashes[index] },
    })),
  };
}
