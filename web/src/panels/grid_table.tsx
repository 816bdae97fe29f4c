// A table over a grid of scenarios. Each cell is a button that opens its scenario; the present one is marked.
import { parameter_name, short_quantity_name, t, unit_name } from '../i18n/i18n';
import { format_number } from '../i18n/format';
import type { GridRow, ParameterValue, Scenario } from '../engine/engine';
import { use_page } from '../state/context';
import { axis_value } from './axis_value';
import { quantity_unit } from './quantities';

export interface Axis {
  parameter: string;
  values: ParameterValue[];
}

export interface TableSpec {
  id: string;
  title: string;
  hint: string;
  // Holds in every cell, on top of the reader's scenario.
  fixed: Scenario;
  rows: Axis[];
  columns: Axis[];
  quantities: string[];
  // A value to be wary of.
  wary?: (value: number, scenario: Scenario) => boolean;
}

export function GridTable({ spec }: { spec: TableSpec }) {
  const { store, calm } = use_page();
  const base = calm.value?.scenario;
  const axes = [...spec.rows, ...spec.columns];
  const answer = base && store.engine.grid({ scenario: { ...base, ...spec.fixed }, axes, quantities: spec.quantities });
  const cells: GridRow[] = answer?.ok ? answer.value : [];
  const row_places = product(spec.rows);
  const column_places = product(spec.columns);
  const wide = spec.columns.length > 0;
  return (
    <section class="grid-table" aria-labelledby={`grid-${spec.id}`} data-grid={spec.id}>
      <h3 id={`grid-${spec.id}`}>{spec.title}</h3>
      <p class="hint">{spec.hint}</p>
      <div class="scroll" tabIndex={0} role="group" aria-label={spec.title}>
        <table class="cells">
          <caption class="visually-hidden">{spec.title}</caption>
          <thead>
            <tr>
              {spec.rows.map((axis) => (
                <th key={axis.parameter} scope="col" rowSpan={wide ? 2 : 1}>
                  {axis_name(axis.parameter)}
                </th>
              ))}
              {spec.quantities.map((quantity) => (
                <th key={quantity} scope={wide ? 'colgroup' : 'col'} colSpan={column_places.length} class="num">
                  {short_quantity_name(quantity)}{' '}
                  <span class="unit">{unit_name(quantity_unit(store.engine, quantity))}</span>
                </th>
              ))}
            </tr>
            {wide && (
              <tr>
                {spec.quantities.map((quantity) =>
                  column_places.map((place, index) => (
                    <th key={`${quantity} ${index}`} scope="col" class="num">
                      {place.map((value, axis) => axis_value(store, spec.columns[axis]?.parameter ?? '', value))}
                    </th>
                  )),
                )}
              </tr>
            )}
          </thead>
          <tbody>
            {row_places.map((row, row_index) => (
              <tr key={row_index}>
                {row.map((value, axis) => (
                  <th key={axis} scope="row">
                    {axis_value(store, spec.rows[axis]?.parameter ?? '', value)}
                  </th>
                ))}
                {spec.quantities.map((quantity, quantity_index) =>
                  column_places.map((column, column_index) => {
                    const at = [...row, ...column];
                    const changes: Scenario = { ...spec.fixed };
                    axes.forEach((axis, index) => (changes[axis.parameter] = at[index] ?? ''));
                    return (
                      <Cell
                        key={`${quantity} ${column_index}`}
                        spec={spec}
                        changes={changes}
                        axes={axes}
                        cell={cells[row_index * column_places.length + column_index]}
                        quantity_index={quantity_index}
                      />
                    );
                  }),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CellProps {
  spec: TableSpec;
  changes: Scenario;
  axes: Axis[];
  cell: GridRow | undefined;
  quantity_index: number;
}

function Cell({ spec, changes, axes, cell, quantity_index }: CellProps) {
  const { store, calm } = use_page();
  if (!cell || !calm.value) return <td class="num waiting">…</td>;
  const value = cell.values[quantity_index] ?? null;
  const { report } = calm.value;
  const scenario = { ...calm.value.scenario, ...changes };
  // The present question's own cell: what the table fixes is as the question has it.
  const here =
    axes.every(({ parameter }) => (report.resolved[parameter] ?? report.scenario[parameter]) === changes[parameter]) &&
    Object.entries(spec.fixed).every(([parameter, value]) => report.scenario[parameter] === value);
  const wary = value !== null && (spec.wary?.(value, scenario) ?? false);
  if (cell.status === 'invalid') return <td class="num">{t('grid.invalid')}</td>;
  return (
    <td class={`num${here ? ' here' : ''}${wary ? ' wary' : ''}`}>
      <button
        type="button"
        class="number"
        aria-current={here ? 'true' : undefined}
        title={t('grid.open')}
        onClick={() => store.load(scenario)}
      >
        {value === null && cell.status === 'does_not_fit' ? (
          <span class="refused">{t('grid.does_not_fit')}</span>
        ) : (
          format_number(value)
        )}
      </button>
    </td>
  );
}

function product(axes: Axis[]): ParameterValue[][] {
  return axes.reduce<ParameterValue[][]>(
    (places, axis) => places.flatMap((place) => axis.values.map((value) => [...place, value])),
    [[]],
  );
}

// The field's shorthand where a column has no room for the whole name.
const short_names: Record<string, 'axis.batch' | 'axis.ep' | 'axis.tp' | 'axis.kv' | 'axis.absorb'> = {
  'decode.batch_per_gpu': 'axis.batch',
  'decode.expert_parallel': 'axis.ep',
  'decode.tensor_parallel': 'axis.tp',
  'prefill.tensor_parallel': 'axis.tp',
  kv_format: 'axis.kv',
  mla_absorb: 'axis.absorb',
};
export function axis_name(parameter: string): string {
  const short = short_names[parameter];
  return short ? t(short) : parameter_name(parameter);
}
