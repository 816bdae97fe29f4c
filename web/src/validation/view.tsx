// The validation view: how far the predictions of `reference` are from what clients measured, in sum and run by run.
import { Fragment } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Banners } from '../app/banners';
import { format_fixed, format_number, format_percent } from '../i18n/format';
import { has_word, word } from '../i18n/i18n';
import { language } from '../i18n/language';
import type { Page } from '../state/context';
import { Chart, fetch_charts, type PointAt } from '../sweep/chart';
import { by_error, error_of, validation, type Run, type Summary, type Validation } from './data';
import { group_color, group_symbol, scatter_picture } from './scatter_picture';
import './validation.css';
import { knows, v, words_arrive, type ValidationKey } from './words';

export { load_validation } from './data';
export { words_arrive };

const more_rows = 25;

export function ValidationView({ page }: { page: Page }) {
  const data = validation.value;
  useEffect(fetch_charts, []);
  if (!data) return null;
  return (
    <main id="results" tabIndex={-1} class="narrow-page validation">
      <h1>{v('title')}</h1>
      <Banners />
      <p class="hint">{v('hint', { rows: data.runs.length })}</p>
      <Summaries data={data} />
      <Runs data={data} page={page} />
      <LeftOut data={data} />
    </main>
  );
}

// A value as the field says it: what is named in two languages, or as the data has it.
function value_name(value: string): string {
  const key = `value.${value}`;
  if (knows(key)) return v(key);
  return has_word(`choice.${value}`) ? word(`choice.${value}`) : value;
}

function Summaries({ data }: { data: Validation }) {
  const groups = [...new Set(data.summaries.map(({ by }) => by))];
  return (
    <section class="panel" aria-labelledby="validation-summary">
      <h2 id="validation-summary">{v('summary')}</h2>
      <p class="hint">{v('error_hint')}</p>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="validation-summary">
        <table data-table="summary">
          <thead>
            <tr>
              <th scope="col">{v('group')}</th>
              {(['rows', 'coverage', 'median', 'p90', 'bias'] as const).map((key) => (
                <th key={key} scope="col" class="num">
                  {v(key)}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((by) => (
            <tbody key={by}>
              {by !== '' && (
                <tr>
                  <th scope="rowgroup" colSpan={6} class="group-name">
                    {v(`by.${by}` as ValidationKey)}
                  </th>
                </tr>
              )}
              {data.summaries
                .filter((summary) => summary.by === by)
                .map((summary) => (
                  <SummaryRow key={summary.value} summary={summary} />
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}

function SummaryRow({ summary }: { summary: Summary }) {
  const { by, value, rows, predicted, median, p90, bias } = summary;
  const error = (share: number) => (predicted > 0 ? format_percent(share) : '—');
  return (
    <tr>
      <th scope="row">{by === '' ? v('by.') : value_name(value)}</th>
      <td class="num">{format_number(rows)}</td>
      <td class="num">{rows > 0 ? format_percent(predicted / rows) : '—'}</td>
      <td class="num">{error(median)}</td>
      <td class="num">{error(p90)}</td>
      <td class="num">{error(bias)}</td>
    </tr>
  );
}

type Colour = 'device' | 'model';

function Runs({ data, page }: { data: Validation; page: Page }) {
  const [colour, set_colour] = useState<Colour>('device');
  const [count, set_count] = useState(more_rows);
  const [pressed, set_pressed] = useState<Run | null>(null);
  const groups = useMemo(() => {
    const names = [...new Set(data.runs.map((run) => run[colour]))].sort();
    return names.map((name) => ({
      name,
      runs: data.runs.filter((run) => run[colour] === name && run.predicted !== null),
    }));
  }, [data, colour]);
  const sorted = useMemo(() => by_error(data.runs), [data]);
  const rows = pressed ? [pressed, ...sorted.slice(0, count).filter((run) => run !== pressed)] : sorted.slice(0, count);
  const run_at = ({ series, index }: PointAt) => groups[Number(series)]?.runs[index];
  const text = (run: Run | undefined) =>
    run
      ? `${run.id}\n${run.model}, ${run.device}, ${run.engine}, ${value_name(run.mode)}\n` +
        `${v('by.concurrency')} ${run.concurrency}\n` +
        `${v('measured_ms')}: ${format_number(run.measured)}\n${v('predicted_ms')}: ${format_number(run.predicted)} (${off(run)})`
      : '';
  const said = language.value;
  const drawn = useMemo(() => ({}), [groups, said]);
  return (
    <section class="panel" aria-labelledby="validation-picture">
      <h2 id="validation-picture">{v('picture_title')}</h2>
      <label class="colour">
        {v('colour')}{' '}
        <select value={colour} onChange={(event) => set_colour(event.currentTarget.value as Colour)}>
          <option value="device">{v('by.device')}</option>
          <option value="model">{v('by.model')}</option>
        </select>
      </label>
      <ul class="legend" aria-hidden="true">
        {groups.map(({ name }, index) => (
          <li key={name}>
            <span class={`swatch ${group_color(index)} mark-${group_symbol(index)}`} /> {name}
          </li>
        ))}
      </ul>
      <Chart
        class="validation-picture"
        label={v('picture')}
        data={drawn}
        picture={(look) =>
          scatter_picture(
            {
              x_name: v('measured_ms'),
              y_name: v('predicted_ms'),
              line: v('equal'),
              groups: groups.map(({ name, runs }) => ({
                name,
                points: runs.map(({ measured, predicted }) => [measured, predicted ?? NaN] as const),
              })),
              text: (group, index) => text(groups[group]?.runs[index]),
            },
            look,
          )
        }
        points={data.runs.length}
        onPress={(at) => set_pressed(run_at(at) ?? null)}
        lit={null}
      />
      <p class="hint">{v('press')}</p>
      <h3 id="validation-runs">{v('runs')}</h3>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="validation-runs">
        <table data-table="runs">
          <thead>
            <tr>
              <th scope="col">{v('run')}</th>
              {(['by.model', 'by.device', 'by.engine', 'by.mode', 'by.weight_format'] as const).map((key) => (
                <th key={key} scope="col">
                  {v(key)}
                </th>
              ))}
              <th scope="col" class="num">
                {v('by.concurrency')}
              </th>
              <th scope="col" class="num">
                {v('measured')} <span class="unit">ms</span>
              </th>
              <th scope="col" class="num">
                {v('predicted')} <span class="unit">ms</span>
              </th>
              <th scope="col" class="num">
                {v('error')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((run) => (
              <tr key={run.id} class={run === pressed ? 'here' : ''}>
                <th scope="row" class="run-id">
                  {run.link === '' ? (
                    run.id
                  ) : (
                    <button type="button" class="link" title={v('open')} onClick={() => open(page, run)}>
                      {run.id}
                    </button>
                  )}
                </th>
                <td>{run.model}</td>
                <td>{run.device}</td>
                <td>{value_name(run.engine)}</td>
                <td>{value_name(run.mode)}</td>
                <td>{value_name(run.weight_format)}</td>
                <td class="num">{format_number(run.concurrency)}</td>
                <td class="num">{format_fixed(run.measured, 2)}</td>
                <td class="num">{format_fixed(run.predicted, 2)}</td>
                <td class="num">{off(run)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count < sorted.length && (
        <button type="button" class="more" onClick={() => set_count(count + 4 * more_rows)}>
          {v('more', { count: Math.min(4 * more_rows, sorted.length - count) })}
        </button>
      )}
    </section>
  );
}

function off(run: Run): string {
  const error = error_of(run);
  return error === null ? '—' : `${error > 0 ? '+' : ''}${format_percent(error)}`;
}

function open({ store, views }: Page, run: Run) {
  const answer = store.engine.decode_link(run.link);
  if (answer.ok) views.load(answer.value.scenario);
}

function LeftOut({ data }: { data: Validation }) {
  const reason = (name: string) => {
    const key = `reason.${name}`;
    return knows(key) ? v(key) : has_word(name) ? word(name) : name;
  };
  return (
    <section class="panel" aria-labelledby="validation-left-out">
      <h2 id="validation-left-out">{v('left_out')}</h2>
      <p class="hint">{v('left_out_hint', { all: data.rows, scored: data.runs.length })}</p>
      <dl class="left-out">
        {data.left_out.map(([name, rows]) => (
          <Fragment key={name}>
            <dt class="num">{format_number(rows)}</dt>
            <dd>{reason(name)}</dd>
          </Fragment>
        ))}
      </dl>
      <p class="hint">{v('docs')}</p>
    </section>
  );
}
