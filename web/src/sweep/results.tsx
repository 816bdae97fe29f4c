// What the sweep found: the frontier, a heat map, the tables, and what the method says of itself.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { heat_picture, type HeatData } from '../charts/heat_picture';
import { hue_of_sample, pareto_picture, type ParetoData } from '../charts/pareto_picture';
import type { Note, ParameterValue, SweepPlan, SweepRow } from '../engine/engine';
import { format_number } from '../i18n/format';
import { parameter_name, quantity_name, word } from '../i18n/i18n';
import { axis_value } from '../panels/axis_value';
import { worded } from '../panels/notes';
import { use_page } from '../state/context';
import { Chart, type PointAt } from './chart';
import { csv_of, download } from './csv';
import { best_rows, bounds_text } from './best';
import { axis_name, quantity_label, tooltip_text } from './names';
import { all, best_per, hues_of, places, scenario_of, value_at, values_of, type Hues, type SweepRows } from './rows';
import { RowsTable } from './rows_table';
import type { Session, Shown } from './session';
import { s } from './words';

interface ShownProps {
  session: Session;
  shown: Shown;
}

export function Results({ session }: { session: Session }) {
  const shown = session.shown.value;
  const later = use_later(shown, session.state.value === 'running');
  if (!shown || !later) return <section class="panel sweep-empty">{s('empty')}</section>;
  return (
    <div class={`sweep-results${session.stale.value ? ' stale' : ''}`} data-complete={shown.complete}>
      {session.stale.value && <p class="verdict warn">{s(session.plan.value.ok ? 'stale' : 'stale.refused')}</p>}
      <ArticleNotes shown={later} />
      <Frontier session={session} shown={shown} />
      <HeatMap session={session} shown={later} />
      <Tables session={session} shown={later} />
    </div>
  );
}

const after_cancel_ms = 150; // first its answer on the screen

// While the sweep runs the points come first, and the rest after their frame; after that the rest waits for the end, or each picture would keep the
// thread from the reader for as long again.
function use_later(shown: Shown | null, running: boolean): Shown | null {
  const [drawn, set_drawn] = useState(shown);
  const spec = drawn?.spec;
  useEffect(() => {
    if (spec !== shown?.spec) return set_drawn(shown);
    if (running) return;
    const timer = setTimeout(() => set_drawn(shown), after_cancel_ms);
    return () => clearTimeout(timer);
  }, [shown, running]);
  return shown?.complete ? shown : (drawn ?? shown);
}

function use_open_row(shown: Shown) {
  const { views } = use_page();
  return (row: SweepRow) => views.load(scenario_of(shown.spec, shown.result.plan, row));
}

// What the engine notes about the best rows. An article that warns of some of its figures is heard here as well.
function ArticleNotes({ shown }: { shown: Shown }) {
  const { store } = use_page();
  const notes = useMemo(() => {
    const { plan, best_per: finest, top, pareto } = shown.result;
    const groups = best_per(plan, finest, shown.spec.best_per);
    const found = new Map<string, Note>();
    const some = shown.complete ? 40 : 1; // while it runs, for a first impression
    for (const row of [...groups.slice(0, some), ...top.slice(0, some), ...pareto.slice(0, some)]) {
      const answer = store.engine.evaluate(scenario_of(shown.spec, plan, row));
      if (!answer.ok) continue;
      for (const note of answer.value.notes) if (!found.has(note.code)) found.set(note.code, note);
    }
    return [...found.values()];
  }, [shown]);
  if (notes.length === 0) return null;
  return (
    <section class="panel notes" aria-labelledby="sweep-notes-title">
      <h2 id="sweep-notes-title">{s('notes')}</h2>
      <ul>
        {notes.map((note) => (
          <li key={note.code} data-note={note.code}>
            {word(`note.${note.code}`, note.code, worded(note.parameters))}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Frontier({ session, shown }: ShownProps) {
  const { store } = use_page();
  const open_row = use_open_row(shown);
  const { plan, pareto, sample, top } = shown.result;
  const [lit, set_lit] = useState<PointAt | null>(null);
  const [chosen, set_chosen] = useState<{ x?: string; y?: string }>({});
  const goals = shown.spec.pareto.map(({ quantity }) => quantity);
  const { objective } = shown.spec;
  const default_y = goals.includes(objective.quantity) ? objective.quantity : (goals[0] ?? objective.quantity);
  const default_x = [...goals, ...plan.columns].find((each) => each !== default_y) ?? default_y;
  const known = (quantity: string | undefined) => (quantity && plan.columns.includes(quantity) ? quantity : undefined);
  const x = known(chosen.x) ?? default_x;
  const y = known(chosen.y) ?? default_y;
  const rows = pareto.length > 0 ? pareto : top;
  const hues = useMemo(() => hues_of(plan, shown.spec), [shown]);
  const by_hue = useMemo(() => rows_by_hue(sample, hues), [shown]);
  const row_at = (series: string, index: number) =>
    series === 'frontier' ? rows[index] : sample.row(by_hue[hue_of_sample(series)]?.[index] ?? 0);
  const data = useMemo((): ParetoData => {
    const at_x = plan.columns.indexOf(x);
    const at_y = plan.columns.indexOf(y);
    const flat = (of_hue: readonly number[]) => {
      const points = new Float64Array(2 * of_hue.length);
      of_hue.forEach((row, at) => {
        points[2 * at] = sample.value(row, at_x);
        points[2 * at + 1] = sample.value(row, at_y);
      });
      return points;
    };
    const point = (row: SweepRow) => [row.values[at_x] ?? NaN, row.values[at_y] ?? NaN] as const;
    return {
      x_name: quantity_label(store, x),
      y_name: quantity_label(store, y),
      samples: by_hue.map(flat),
      frontier: rows.map(point),
      hues: hues ? rows.map(({ index }) => hues.of(index)) : [],
      joined: goals.length === 2 && goals.includes(x) && goals.includes(y),
      text: (series, index) => {
        const row = row_at(series, index);
        return row ? tooltip_text(store, plan, row) : '';
      },
    };
  }, [shown, x, y]);
  const select = (which: 'x' | 'y', value: string) => (
    <label class="small">
      <span>{s(`chart.${which}`)}</span>
      <select value={value} onChange={(event) => set_chosen({ ...chosen, [which]: event.currentTarget.value })}>
        {plan.columns.map((quantity) => (
          <option key={quantity} value={quantity}>
            {quantity_name(quantity)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <section class="panel frontier" aria-labelledby="frontier-title">
      <h2 id="frontier-title">{s(pareto.length > 0 ? 'frontier' : 'frontier.none')}</h2>
      <Best shown={shown} hues={hues} />
      <p class="hint">
        {s('frontier.hint', { sample: format_number(sample.length), rows: format_number(rows.length) })}
      </p>
      <div class="chart-axes">
        {select('y', y)}
        {select('x', x)}
      </div>
      <div class="beside">
        <Chart
          class="pareto-picture"
          label={s('frontier.picture', { x: quantity_name(x), y: quantity_name(y) })}
          data={`${x} ${y} ${String(picture_number(shown))}`}
          picture={(look) => pareto_picture(data, look)}
          points={sample.length + rows.length}
          lit={lit}
          onPress={({ series, index }) => {
            const row = row_at(series, index);
            if (row) open_row(row);
          }}
        />
        <RowsTable
          id="frontier"
          title={s('frontier.table')}
          shown={shown}
          rows={rows}
          columns={[...new Set([y, x])]}
          brief
          open={open_row}
          onFocusRow={(row) => set_lit(row ? { series: 'frontier', index: rows.indexOf(row) } : null)}
        />
      </div>
      <SoFar session={session} />
    </section>
  );
}

function rows_by_hue(sample: SweepRows, hues: Hues | null): number[][] {
  const of_hue: number[][] = Array.from({ length: hues?.values.length ?? 1 }, () => []);
  for (let at = 0; at < sample.length; at++) of_hue[hues?.of(sample.index(at)) ?? 0]?.push(at);
  return of_hue;
}

// What the sweep was run for, in words: the best of each group, or of all where there are many groups.
const most_best = 8;
function Best({ shown, hues }: { shown: Shown; hues: Hues | null }) {
  const { store } = use_page();
  const open_row = use_open_row(shown);
  const { spec, result } = shown;
  const groups = useMemo(() => best_per(result.plan, result.best_per, spec.best_per), [shown]);
  const is_each = spec.best_per.length > 0 && groups.length <= most_best;
  const lines = best_rows(store, spec, result.plan, is_each ? groups : result.top.slice(0, 1));
  if (lines.length === 0) return null;
  const swatch = (hue: number) => <span class={`swatch series-${hue}`} aria-hidden="true" />;
  return (
    <div class="best">
      <p>
        {s('best', { objective: [quantity_name(spec.objective.quantity), ...bounds_text(store, spec)].join(' · ') })}
      </p>
      <ol>
        {lines.map(({ row, name, value, unit }) => (
          <li key={row.index}>
            {hues && swatch(hues.of(row.index))}
            <span>
              <strong>{value}</strong> {unit}:{' '}
              <button type="button" class="link" title={s('row.open')} onClick={() => open_row(row)}>
                {name}
              </button>
            </span>
          </li>
        ))}
      </ol>
      {hues && !is_each && (
        <ul class="hues">
          {hues.values.map((value, hue) => (
            <li key={hue}>
              {swatch(hue)}
              {axis_value(store, hues.parameter, value)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

// Apart, so that the tables are not drawn again when the state changes.
function SoFar({ session }: { session: Session }) {
  const state = session.state.value;
  return state === 'running' || state === 'cancelled' ? <p class="hint">{s('partial')}</p> : null;
}

// Charts are drawn again when the result is another object.
let pictures = 0;
const numbers = new WeakMap<Shown, number>();
function picture_number(shown: Shown): number {
  let number = numbers.get(shown);
  if (number === undefined) numbers.set(shown, (number = ++pictures));
  return number;
}

function HeatMap({ session, shown }: ShownProps) {
  const { store } = use_page();
  const open_row = use_open_row(shown);
  const [lit, set_lit] = useState<PointAt | null>(null);
  const choices = session.heat_choices.value;
  const { heat } = shown;
  const objective = shown.spec.objective.quantity;
  const { plan } = shown.result;
  const grid = useMemo(() => (heat ? heat_grid(plan, shown.result.best_per, heat, objective) : null), [shown]);
  const asked = session.heat.value;
  if (choices.length < 2) return null;
  const title = s('heat', { objective: quantity_name(objective) });
  const select = (part: 0 | 1) => (
    <label class="small">
      <span>{s(part === 0 ? 'heat.rows' : 'heat.columns')}</span>
      <select
        value={asked?.[part] ?? ''}
        onChange={(event) => {
          const value = event.currentTarget.value;
          const other = asked?.[1 - part] ?? choices.find((each) => each !== value) ?? value;
          const kept = other === value ? (asked?.[part] ?? other) : other;
          session.choose_heat(part === 0 ? [value, kept] : [kept, value]);
        }}
      >
        {!asked && <option value="">—</option>}
        {choices.map((parameter) => (
          <option key={parameter} value={parameter}>
            {parameter_name(parameter)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <section class="panel heat" aria-labelledby="heat-title">
      <h2 id="heat-title">{title}</h2>
      <p class="hint">{s(asked ? 'heat.hint' : 'heat.too_many')}</p>
      <div class="chart-axes">
        {select(0)}
        {select(1)}
      </div>
      {heat && grid && (
        <div class="beside">
          <Chart
            class="heat-picture"
            label={s('heat.picture', { rows: parameter_name(heat[0]), columns: parameter_name(heat[1]) })}
            data={picture_number(shown)}
            picture={(look) => heat_picture(heat_data(), look)}
            points={grid.cells.length}
            patient
            lit={lit}
            onPress={({ index }) => {
              const cell = grid.cells[index];
              if (cell) open_row(cell.row);
            }}
          />
          {heat_table()}
        </div>
      )}
    </section>
  );

  function heat_data(): HeatData {
    const [rows, columns] = heat!;
    return {
      row_name: axis_name(rows),
      column_name: axis_name(columns),
      rows: grid!.rows.map((value) => axis_value(store, rows, value)),
      columns: grid!.columns.map((value) => axis_value(store, columns, value)),
      cells: grid!.cells.map(({ column, row_at, value }) => [column, row_at, value] as const),
      text: (index) => {
        const cell = grid!.cells[index];
        return cell ? tooltip_text(store, plan, cell.row) : '';
      },
    };
  }

  function heat_table() {
    const [rows, columns] = heat!;
    const by_place = new Map(grid!.cells.map((cell, index) => [`${cell.row_at} ${cell.column}`, index]));
    return (
      <div class="scroll table-box" tabIndex={0} role="group" aria-label={title}>
        <table class="cells" data-table="heat">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">
                {axis_name(rows)} \ {axis_name(columns)}
              </th>
              {grid!.columns.map((value) => (
                <th key={String(value)} scope="col" class="num">
                  {axis_value(store, columns, value)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid!.rows.map((value, row_at) => (
              <tr key={String(value)}>
                <th scope="row">{axis_value(store, rows, value)}</th>
                {grid!.columns.map((_, column) => {
                  const index = by_place.get(`${row_at} ${column}`);
                  const cell = index === undefined ? undefined : grid!.cells[index];
                  if (!cell || index === undefined) {
                    return (
                      <td key={column} class="num">
                        —
                      </td>
                    );
                  }
                  return (
                    <td key={column} class="num">
                      <button
                        type="button"
                        class="number"
                        title={s('row.open')}
                        onClick={() => open_row(cell.row)}
                        onFocus={() => set_lit({ series: 'cells', index })}
                        onBlur={() => set_lit(null)}
                      >
                        {format_number(cell.value)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  }
}

interface Cell {
  row_at: number;
  column: number;
  value: number;
  row: SweepRow;
}

function heat_grid(plan: SweepPlan, finest: SweepRow[], heat: readonly [string, string], objective: string) {
  const [rows, columns] = heat.map((parameter) => values_of(plan, parameter)) as [ParameterValue[], ParameterValue[]];
  const [row_place, column_place] = heat.map((each) => places(plan).find(({ parameter }) => parameter === each));
  const at = plan.columns.indexOf(objective);
  const cells: Cell[] = [];
  if (row_place && column_place) {
    for (const row of best_per(plan, finest, heat)) {
      cells.push({
        row_at: rows.indexOf(value_at(plan, row, row_place)),
        column: columns.indexOf(value_at(plan, row, column_place)),
        value: row.values[at] ?? NaN,
        row,
      });
    }
  }
  return { rows, columns, cells };
}

function Tables({ session, shown }: ShownProps) {
  const open_row = use_open_row(shown);
  const { plan, top, pareto } = shown.result;
  const groups = useMemo(
    () => (shown.spec.best_per.length > 0 ? best_per(plan, shown.result.best_per, shown.spec.best_per) : []),
    [shown],
  );
  const tables = [
    { id: 'best_per', rows: groups },
    { id: 'top', rows: top },
    { id: 'pareto', rows: pareto },
  ] as const;
  const asked = tables.filter(({ id }) => (id === 'top' ? Number(shown.spec.top) > 0 : shown.spec[id].length > 0));
  const [chosen, set_chosen] = useState<string>('best_per');
  const table = asked.find(({ id }) => id === chosen) ?? asked[0];
  if (!table) return null;
  const file = `moecalc-sweep-${table.id.replace('_', '-')}`;
  return (
    <section class="panel sweep-tables" aria-labelledby="sweep-tables-title">
      <h2 id="sweep-tables-title">{s('tables')}</h2>
      <div class="table-bar">
        <div class="segments" role="group" aria-label={s('tables')}>
          {asked.map(({ id, rows }) => (
            <button
              key={id}
              type="button"
              data-choose={id}
              aria-pressed={id === table.id}
              onClick={() => set_chosen(id)}
            >
              {s(`table.${id}`)} ({format_number(rows.length)})
            </button>
          ))}
        </div>
        <div class="buttons">
          <button
            type="button"
            data-download="csv"
            onClick={() => download(`${file}.csv`, 'text/csv;charset=utf-8', csv_of(plan, table.rows))}
          >
            {s('download.csv')}
          </button>
          <button
            type="button"
            data-download="json"
            onClick={() =>
              download(
                'moecalc-sweep.json',
                'application/json',
                JSON.stringify(
                  {
                    sweep: shown.spec,
                    complete: shown.complete,
                    ...shown.result,
                    best_per: groups,
                    sample: all(shown.result.sample),
                  },
                  null,
                  1,
                ),
              )
            }
          >
            {s('download.json')}
          </button>
        </div>
      </div>
      <RowsTable
        key={table.id}
        id={table.id}
        title={s(`table.${table.id}`)}
        shown={shown}
        rows={table.rows}
        columns={plan.columns}
        open={open_row}
      />
      <SoFar session={session} />
    </section>
  );
}
