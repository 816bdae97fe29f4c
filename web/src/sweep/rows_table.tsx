// A sortable table of rows. The number in front opens the row as the calculator's question; so does a press anywhere
// on it.
import { useState } from 'preact/hooks';
import type { SweepRow } from '../engine/engine';
import { format_number } from '../i18n/format';
import { parameter_name, quantity_name, unit_name } from '../i18n/i18n';
import { short_quantity_name } from '../i18n/i18n';
import { axis_value } from '../panels/axis_value';
import { quantity_unit } from '../panels/quantities';
import { use_page } from '../state/context';
import { axis_name } from './names';
import { places, sorted, value_at, type Order } from './rows';
import type { Shown } from './session';
import { s } from './words';

interface TableProps {
  id: string;
  title: string;
  shown: Shown;
  rows: readonly SweepRow[];
  columns: readonly string[]; // quantities
  brief?: boolean; // beside a chart: fewer rows, its own scroll
  open: (row: SweepRow) => void;
  onFocusRow?: (row: SweepRow | null) => void;
}

const first_rows = 50;

export function RowsTable({ id, title, shown, rows, columns, brief = false, open, onFocusRow }: TableProps) {
  const { store } = use_page();
  const [order, set_order] = useState<Order>({ column: -1, down: true });
  const [all, set_all] = useState(false);
  const { plan } = shown.result;
  const swept = places(plan);
  const parameters = swept.filter((place) => (plan.axes[place.axis]?.values.length ?? 0) > 1);
  const ordered = sorted(plan, rows, order);
  const visible = all ? ordered : ordered.slice(0, first_rows);

  const header = (column: number, name: string, full: string, unit: string, numeric: boolean) => {
    const is_on = order.column === column;
    return (
      <th
        key={column}
        scope="col"
        class={numeric ? 'num' : ''}
        aria-sort={is_on ? (order.down ? 'descending' : 'ascending') : 'none'}
      >
        <button
          type="button"
          class="sort"
          title={full}
          onClick={() =>
            set_order(
              !is_on
                ? { column, down: numeric }
                : order.down === numeric
                  ? { column, down: !numeric }
                  : { column: -1, down: true },
            )
          }
        >
          {name}
          {unit !== '' && <span class="unit"> {unit}</span>}
          <span class="arrow" aria-hidden="true">
            {is_on ? (order.down ? ' ▾' : ' ▴') : ''}
          </span>
        </button>
      </th>
    );
  };

  return (
    <div class={`table-box scroll${brief ? ' brief' : ''}`} tabIndex={0} role="group" aria-label={title}>
      <table class="cells sweep-rows" data-table={id} data-rows={rows.length}>
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            {parameters.map((place) =>
              header(swept.indexOf(place), axis_name(place.parameter), parameter_name(place.parameter), '', false),
            )}
            {columns.map((quantity) =>
              header(
                swept.length + plan.columns.indexOf(quantity),
                short_quantity_name(quantity),
                quantity_name(quantity),
                unit_name(quantity_unit(store.engine, quantity)),
                true,
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {visible.map((row, at) => (
            <tr key={row.index} data-index={row.index} onClick={() => open(row)}>
              <th scope="row">
                <button
                  type="button"
                  class="link row-open"
                  title={s('row.open')}
                  aria-label={s('row.open_number', { number: at + 1 })}
                  onFocus={() => onFocusRow?.(row)}
                  onBlur={() => onFocusRow?.(null)}
                >
                  {at + 1}
                </button>
              </th>
              {parameters.map((place) => (
                <td key={place.parameter}>{axis_value(store, place.parameter, value_at(plan, row, place))}</td>
              ))}
              {columns.map((quantity) => (
                <td key={quantity} class="num">
                  {format_number(row.values[plan.columns.indexOf(quantity)])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p class="hint nothing">{s('rows.none')}</p>}
      {visible.length < ordered.length && (
        <button type="button" class="more" onClick={() => set_all(true)}>
          {s('rows.all', { count: format_number(ordered.length) })}
        </button>
      )}
    </div>
  );
}
