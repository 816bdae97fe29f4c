// One bar: what lies in the memory of a GPU, against what may be used and what the card holds.
import type { MemoryReport } from '../engine/engine';
import { t, word } from '../i18n/i18n';
import { format_fixed } from '../i18n/format';
import { tooltip, type Look } from './look';

export function memory_picture(memory: MemoryReport, look: Look) {
  const free = Math.max(0, memory.usable_gib - memory.total_gib);
  const parts = [
    ...memory.items.map((item, index) => ({
      id: item.id,
      name: word(`ledger.${item.id}`),
      gib: item.gib,
      color: look.color(`series-${index % 10}`),
    })),
    { id: 'free', name: t('memory.free'), gib: free, color: look.color('free') },
  ];
  // The two ends are often close together: their labels stand on two lines, each ending at its mark.
  const line = (gib: number, name: string, color: string, row: number) => ({
    xAxis: gib,
    lineStyle: { color, width: 2, type: 'solid' },
    label: {
      formatter: `${name} ${format_fixed(gib, 1)}`,
      position: 'end',
      align: 'right',
      distance: 4 + 16 * row,
      color: look.color('ink'),
      fontFamily: look.font,
      fontSize: 12,
    },
  });
  return {
    grid: { left: 8, right: 14, top: 40, bottom: 24, outerBoundsMode: 'none' },
    tooltip: {
      ...tooltip(look),
      trigger: 'item',
      formatter: ({ seriesName, value }: { seriesName: string; value: number }) =>
        `${seriesName}  ${format_fixed(value, 2)} GiB`,
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.max(memory.capacity_gib, memory.total_gib) * 1.02,
      axisLabel: {
        color: look.color('muted'),
        fontFamily: look.font,
        formatter: (gib: number) => format_fixed(gib, 0),
        showMaxLabel: false,
      },
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: look.color('rule-strong') } },
      axisTick: { show: true },
    },
    yAxis: { type: 'category', data: ['GPU'], show: false },
    series: parts.map((part, index) => ({
      id: part.id,
      type: 'bar',
      stack: 'memory',
      name: part.name,
      data: [part.gib],
      barWidth: 30,
      itemStyle: { color: part.color, borderColor: look.color('surface'), borderWidth: 1 },
      emphasis: { disabled: true },
      ...(index === 0
        ? {
            markLine: {
              symbol: 'none',
              silent: true,
              animation: false,
              data: [
                line(memory.usable_gib, t('memory.usable_line'), look.color('ink'), 0),
                line(memory.capacity_gib, t('memory.capacity_line'), look.color('bad'), 1),
              ],
            },
          }
        : {}),
    })),
  };
}
