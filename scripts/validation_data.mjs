// What the validation view needs of `moecalc validate FILE --format json`, in columns. node scripts/validation_data.mjs IN OUT
import { readFileSync, writeFileSync } from 'node:fs';

const [from = '', to = ''] = process.argv.slice(2);
/** @type {{ summaries: any[], rows: any[] }} */
const { summaries, rows } = JSON.parse(readFileSync(from, 'utf8'));

const scored = rows.filter((row) => row.use === 'score');
const named = /** @type {const} */ (['model', 'device', 'engine', 'mode', 'weight_format']);
const digits = (/** @type {number | undefined} */ value) => (value === undefined ? null : Number(value.toPrecision(4)));

/** @type {Record<string, string[]>} */
const names = {};
/** @type {Record<string, (number | string | null)[]>} */
const columns = {};
for (const name of named) {
  const list = (names[name] = [...new Set(scored.map((row) => row[name]))].sort());
  columns[name] = scored.map((row) => list.indexOf(row[name]));
}
columns['id'] = scored.map((row) => row.id);
columns['concurrency'] = scored.map((row) => row.concurrency);
columns['measured'] = scored.map((row) => digits(row.measured_tpot_ms));
columns['predicted'] = scored.map((row) => digits(row.predicted_tpot_ms));
// The farthest off can be opened as questions.
const error = (/** @type {any} */ row) =>
  Math.abs(Math.log((row.predicted_tpot_ms ?? NaN) / row.measured_tpot_ms)) || 0;
const worst = new Set([...scored].sort((one, other) => error(other) - error(one)).slice(0, 100));
columns['link'] = scored.map((row) => (worst.has(row) ? row.link : ''));

// What the catalogue calls a model or device of the runs.
const in_catalogue = (/** @type {'model' | 'device'} */ name) =>
  names[name]?.map((each) => scored.find((row) => row[name] === each && row.link)?.[`scenario_${name}`] ?? '');

/** @type {Map<string, number>} */
const left_out = new Map();
for (const { use } of rows) if (use !== 'score') left_out.set(use, (left_out.get(use) ?? 0) + 1);
for (const { not_modelled_because: [reason] = [] } of scored) {
  if (reason) left_out.set(`error.${reason.code}`, (left_out.get(`error.${reason.code}`) ?? 0) + 1);
}

writeFileSync(
  to,
  JSON.stringify({
    names,
    models: in_catalogue('model'),
    devices: in_catalogue('device'),
    columns,
    summaries: summaries.map(({ by, value, tpot }) => ({
      by,
      value,
      rows: tpot.rows,
      predicted: tpot.predicted,
      median: digits(tpot.median_error),
      p90: digits(tpot.p90_error),
      bias: digits(tpot.bias),
    })),
    left_out: [...left_out].sort(([, one], [, other]) => other - one),
    rows: rows.length,
  }),
);
