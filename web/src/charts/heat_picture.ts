// The best objective for each pair of two parameters' values.
import { format_number } from '../i18n/format';
import { tooltip, type Look } from './look';

export interface HeatData {
  row_name: string;
  column_name: string;
  rows: string[];
  columns: string[];
  cells: readonly (readonly [column: number, row: number, value: number])[];
  text: (index: number) => string;
}

export function heat_picture(data: HeatData, look: Look) {
  const values = data.cells.map(([, , value]) => value).filter(Number.isFinite);
  const axis = (name: string, texts: string[]) => ({
    type: 'category',
    data: texts,
    name,
    nameLocation: 'middle',
    nameTextStyle: { color: look.color('ink'), fontFamily: look.font, fontSize: 12 },
    axisLabel: { color: look.color('muted'), fontFamily: look.font, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.color('rule-strong') } },
    splitArea: { show: false },
  });
  // Before the first cell is known the scale needs ends all the same.
  const least = values.length > 0 ? Math.min(...values) : 0;
  const most = values.length > 0 ? Math.max(...values) : 1;
  const few = data.columns.length <= 10;
  return {
    grid: { left: 8, right: 12, top: 8, bottom: 40, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: {
      ...tooltip(look),
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => data.text(dataIndex),
    },
    xAxis: { ...axis(data.column_name, data.columns), nameGap: 26 },
    yAxis: { ...axis(data.row_name, data.rows), nameGap: 52, inverse: true },
    visualMap: {
      type: 'continuous',
      min: least,
      max: most > least ? most : least + 1,
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemHeight: 160,
      itemWidth: 12,
      calculable: false,
      text: [format_number(most), format_number(least)],
      textStyle: { color: look.color('muted'), fontFamily: look.font },
      inRange: { color: [look.color('heat-low'), look.color('heat-middle'), look.color('heat-high')] },
    },
    series: [
      {
        id: 'cells',
        type: 'heatmap',
        data: data.cells,
        itemStyle: { borderColor: look.color('surface'), borderWidth: 1 },
        label: {
          show: few,
          formatter: ({ value }: { value: [number, number, number] }) => format_number(value[2]),
          color: look.color('heat-ink'),
          fontFamily: look.font,
          fontSize: 11,
        },
        emphasis: { itemStyle: { borderColor: look.color('ink'), borderWidth: 2 } },
        cursor: 'pointer',
      },
    ],
  };
}
