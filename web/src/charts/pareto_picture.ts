// Two quantities against each other: every kept sample faint, the frontier as a line of points one can press.
import { format_number } from '../i18n/format';
import { tooltip, type Look } from './look';

export interface ParetoData {
  x_name: string;
  y_name: string;
  samples: readonly Float64Array[]; // x, y, x, y, ...; one for each hue
  frontier: readonly (readonly [number, number])[];
  hues: readonly number[]; // of the frontier's points; empty: all alike
  joined: boolean; // the frontier is one of exactly these two quantities
  text: (series: string, index: number) => string;
}

export const sample_id = (hue: number) => `sample-${hue}`;
export const hue_of_sample = (series: string) => Number(series.replace('sample-', ''));

// Hues differ in form too.
const symbols = ['circle', 'triangle', 'diamond', 'rect'];
const symbol_of = (hue: number) => symbols[hue % symbols.length];

export function pareto_picture(data: ParetoData, look: Look) {
  const many = data.samples.reduce((sum, { length }) => sum + length, 0) > 6000;
  const is_alike = data.hues.length === 0;
  const edge = { borderColor: look.color('surface'), borderWidth: 1 };
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
      ...data.samples.map((points, hue) => ({
        id: sample_id(hue),
        type: 'scatter',
        dimensions: ['x', 'y'],
        data: points,
        symbol: symbol_of(hue),
        symbolSize: many ? 3 : 5,
        itemStyle: { color: look.color(is_alike ? 'muted' : `series-${hue}`), opacity: many ? 0.35 : 0.45 },
        large: true,
        largeThreshold: 3000,
        cursor: 'pointer',
      })),
      {
        id: 'frontier',
        type: data.joined ? 'line' : 'scatter',
        data: is_alike
          ? data.frontier
          : data.frontier.map((value, at) => ({
              value,
              symbol: symbol_of(data.hues[at] ?? 0),
              itemStyle: { color: look.color(`series-${data.hues[at] ?? 0}`), ...edge },
            })),
        symbol: 'circle',
        symbolSize: 9,
        showAllSymbol: true,
        lineStyle: { color: look.color(is_alike ? 'series-1' : 'muted'), width: 2 },
        itemStyle: { color: look.color('series-1'), ...edge },
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
