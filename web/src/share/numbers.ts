// The numbers that a card, a caption and a citation quote.
import type { Engine, Report } from '../engine/engine';
import { format_number } from '../i18n/format';
import { quantity_name, short_quantity_name, unit_name } from '../i18n/i18n';
import { quantity_unit } from '../panels/quantities';
import type { CardNumber } from './card';

const quoted = [
  'decode.tpot_ms',
  'decode.tps_per_user',
  'decode.tokens_per_s_per_gpu',
  'prefill.ttft_ms',
  'prefill.tokens_per_s_per_node',
  'memory.largest_batch_per_gpu',
];

export function quoted_numbers(engine: Engine, report: Report): CardNumber[] {
  return quoted.flatMap((quantity) => {
    const value = report.quantities[quantity];
    if (value === undefined) return [];
    // Alone, a throughput does not say of which phase.
    const name = quantity.includes('tokens_per_s') ? quantity_name(quantity) : short_quantity_name(quantity);
    return [{ name, value: format_number(value), unit: unit_name(quantity_unit(engine, quantity)) }];
  });
}
