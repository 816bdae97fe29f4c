// A bar an hour: the nodes in use, and above them those that the peak has and this hour frees.
import { tooltip, type Look } from '../charts/look';
import { format_fixed } from '../i18n/format';
import { word } from '../i18n/i18n';
import type { DayPlan } from '#engine_rest';

export function hours_picture(hours: DayPlan['hours'], look: Look) {
  const bars = (key: 'nodes' | 'freed_nodes', name: string, color: string) => ({
    type: 'bar',
    stack: 'nodes',
    name,
    itemStyle: { color },
    barCategoryGap: '15%',
    data: hours.map((hour) => hour[key]),
  });
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltip(look),
      trigger: 'item',
      formatter: ({ seriesName, name, value }: { seriesName: string; name: string; value: number }) =>
        `${name}:00  ${seriesName} ${format_fixed(value, 1)}`,
    },
    xAxis: { type: 'category', data: hours.map((_, hour) => String(hour)), axisLabel: { color: look.color('ink') } },
    yAxis: {
      type: 'value',
      axisLabel: { color: look.color('ink') },
      splitLine: { lineStyle: { color: look.color('rule') } },
    },
    series: [
      bars('nodes', word('plan.day.nodes_in_use'), look.color('series-0')),
      bars('freed_nodes', word('plan.day.nodes_freed'), look.color('free')),
    ],
  };
}
