// The best configuration of each group as a line of words, best first: what a sweep is run for.
import type { SweepPlan, SweepRow, SweepSpec } from '../engine/engine';
import { format_number } from '../i18n/format';
import { quantity_name, unit_name } from '../i18n/i18n';
import { quantity_unit } from '../panels/quantities';
import type { Store } from '../state/store';
import { place_text } from './names';
import { places, value_at, type Place } from './rows';

export interface BestRow {
  row: SweepRow;
  name: string; // "H800 · EP64 · Batch: 232": first what the row is the best for
  value: string;
  unit: string;
}

// "Decode speed per user ≥ 10 tokens/s": what the best had to keep to.
export const bounds_text = (store: Store, { constraints }: Pick<SweepSpec, 'constraints'>): string[] =>
  constraints.map((bound) => {
    const limit = 'at_least' in bound ? `≥ ${format_number(bound.at_least)}` : `≤ ${format_number(bound.at_most)}`;
    const unit = unit_name(quantity_unit(store.engine, bound.quantity));
    return `${quantity_name(bound.quantity)} ${limit} ${unit}`.trim();
  });

export function best_rows(
  store: Store,
  spec: Pick<SweepSpec, 'best_per' | 'objective'>,
  plan: SweepPlan,
  rows: readonly SweepRow[],
): BestRow[] {
  const { quantity } = spec.objective;
  const column = plan.columns.indexOf(quantity);
  const varied = places(plan).filter(({ axis }) => (plan.axes[axis]?.values.length ?? 0) > 1);
  const is_group = ({ parameter }: Place) => spec.best_per.includes(parameter);
  const named = [...varied.filter(is_group), ...varied.filter((place) => !is_group(place))];
  return rows.map((row) => ({
    row,
    name: named.map((place) => place_text(store, place.parameter, value_at(plan, row, place))).join(' · '),
    value: format_number(row.values[column]),
    unit: unit_name(quantity_unit(store.engine, quantity)),
  }));
}
