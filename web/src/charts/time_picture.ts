// One bar per operator: its time over all layers, coloured by what it waits for; striped when it is hidden behind
// another and so not in the sum.
import type { Operator, PhaseReport } from '../engine/engine';
import { t, word } from '../i18n/i18n';
import { format_number } from '../i18n/format';
import { stripes, tooltip, type Look } from './look';

// Beside the sum, or taken off it.
export const is_hidden = ({ counted, total_ms }: Operator) => !counted || total_ms < 0;

export function time_picture(phase: PhaseReport, look: Look) {
  const bar = (operator: Operator) => {
    const color = look.color(`resource-${operator.resource}`);
    return {
      value: Math.abs(operator.total_ms),
      itemStyle: !is_hidden(operator)
        ? { color }
        : { color: look.color('surface'), borderColor: color, borderWidth: 1, decal: stripes(color) },
    };
  };
  return {
    grid: { left: 4, right: 48, top: 4, bottom: 4, outerBoundsMode: 'same' },
    tooltip: {
      ...tooltip(look),
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const operator = phase.operators[dataIndex];
        if (!operator) return '';
        const hidden = !is_hidden(operator) ? '' : `\n${t('time.hidden')}`;
        return (
          `${word(`operator.${operator.id}`)}  ${format_number(Math.abs(operator.total_ms))} ms\n` +
          `${word(`resource.${operator.resource}`)}${hidden}`
        );
      },
    },
    xAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      axisLabel: { color: look.color('muted'), fontFamily: look.font, formatter: '{value} ms', hideOverlap: true },
      splitLine: { lineStyle: { color: look.color('rule') } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: phase.operators.map((operator) => word(`operator.${operator.id}`)),
      axisLabel: {
        color: look.color('ink'),
        fontFamily: look.font,
        fontSize: 12,
        interval: 0,
        width: 150,
        overflow: 'break',
      },
      axisLine: { lineStyle: { color: look.color('rule-strong') } },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        data: phase.operators.map(bar),
        barMaxWidth: 18,
        emphasis: { disabled: true },
        label: {
          show: true,
          position: 'right',
          color: look.color('ink'),
          fontFamily: look.font,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => format_number(phase.operators[dataIndex]?.total_ms),
        },
      },
    ],
  };
}
