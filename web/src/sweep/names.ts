// Short names of what a sweep varies and gives, for headings and axes.
import type { ParameterValue, SweepPlan, SweepRow } from '../engine/engine';
import { format_number } from '../i18n/format';
import { parameter_name, short_quantity_name, unit_name } from '../i18n/i18n';
import { axis_value } from '../panels/axis_value';
import { axis_name } from '../panels/grid_table';
import { quantity_unit } from '../panels/quantities';
import type { Store } from '../state/store';
import { places, value_at } from './rows';

export { axis_name };

export function quantity_label(store: Store, quantity: string): string {
  const unit = unit_name(quantity_unit(store.engine, quantity));
  return unit === '' ? short_quantity_name(quantity) : `${short_quantity_name(quantity)} (${unit})`;
}

// "EP144 · H800": short where the field has a shorthand, else "name: value".
export function place_text(store: Store, parameter: string, value: ParameterValue): string {
  const text = axis_value(store, parameter, value);
  const speaks = /parallel$/.test(parameter) || ['device', 'model', 'method'].includes(parameter);
  return speaks ? text : `${axis_name(parameter)}: ${text}`;
}

export const row_text = (store: Store, plan: SweepPlan, row: SweepRow): string =>
  places(plan)
    .map((place) => place_text(store, place.parameter, value_at(plan, row, place)))
    .join('\n');

export function tooltip_text(store: Store, plan: SweepPlan, row: SweepRow): string {
  const numbers = plan.columns.map(
    (quantity, at) =>
      `${short_quantity_name(quantity)}  ${format_number(row.values[at])} ${unit_name(quantity_unit(store.engine, quantity))}`,
  );
  return `${row_text(store, plan, row)}\n\n${numbers.join('\n')}`;
}

export { parameter_name };
