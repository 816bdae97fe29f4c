// The numbers that a card, a caption and a citation quote.
import type { Engine, Report } from '../engine/engine';
import { format_number } from '../i18n/format';
import { short_quantity_name, t, unit_name } from '../i18n/i18n';
import { quantity_unit } from '../panels/quantities';
import type { CardNumber } from './card';

const quoted = {
  decode: ['decode.tpot_ms', 'decode.tps_per_user', 'decode.tokens_per_s_per_gpu'],
  prefill: ['prefill.ttft_ms', 'prefill.tokens_per_s_per_node'],
  memory: ['memory.largest_batch_per_gpu'],
} as const;

export function quoted_numbers(engine: Engine, report: Report): CardNumber[] {
  return Object.entries(quoted).flatMap(([group, quantities]) =>
    quantities.flatMap((quantity) => {
      const value = report.quantities[quantity];
      if (value === undefined) return [];
      const name = short_quantity_name(quantity);
      const phase = group === 'memory' ? '' : `${t(`headline.${group as 'decode' | 'prefill'}`)}: `;
      return [{ name: phase + name, value: format_number(value), unit: unit_name(quantity_unit(engine, quantity)) }];
    }),
  );
}
