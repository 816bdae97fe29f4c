import { describe, expect, test } from 'vitest';
import file from '#validation';
import { matching_runs } from '../panels/methods';
import { by_error, error_of, validation_of, type ValidationFile } from './data';
import { scatter_picture } from './scatter_picture';

const made = validation_of(file as unknown as ValidationFile);

describe('the validation file', () => {
  test('has a run for each scored row, and says how many were left out', () => {
    const [all] = made.summaries;
    expect(all).toMatchObject({ by: '', rows: made.runs.length });
    const unscored = made.left_out.filter(([reason]) => !reason.startsWith('error.'));
    expect(unscored.reduce((sum, [, rows]) => sum + rows, 0) + made.runs.length).toBe(made.rows);
  });

  test('its runs are named and, where the catalogue has them, found there', () => {
    for (const run of made.runs) {
      expect(run.model && run.device && run.engine && run.mode && run.weight_format, run.id).toBeTruthy();
      expect(run.measured, run.id).toBeGreaterThan(0);
    }
    expect(made.runs.some((run) => run.catalogue_model === 'deepseek-r1')).toBe(true);
  });

  test('the farthest off come first, with a question to open', () => {
    const [worst, ...others] = by_error(made.runs);
    const off = (run = worst) => Math.abs(Math.log(1 + (run ? (error_of(run) ?? 0) : 0)));
    for (const run of others) expect(off(run)).toBeLessThanOrEqual(off());
    expect(worst?.link).toMatch(/^v=/);
  });
});

test('the summary’s median is that of the runs', () => {
  const errors = made.runs
    .map(error_of)
    .filter((error) => error !== null)
    .map(Math.abs)
    .sort((one, other) => one - other);
  const middle = (errors.length - 1) / 2;
  const median = ((errors[Math.floor(middle)] ?? 0) + (errors[Math.ceil(middle)] ?? 0)) / 2;
  expect(made.summaries[0]?.median).toBeCloseTo(median, 2);
});

test('runs of the same model and device, nearest in concurrency first', () => {
  const runs = matching_runs(made.runs, 'llama-3.1-70b', 'h200', 64);
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.length).toBeLessThanOrEqual(8);
  const distances = runs.map(({ concurrency }) => Math.abs(Math.log(concurrency / 64)));
  expect(distances).toEqual([...distances].sort((one, other) => one - other));
  expect(matching_runs(made.runs, 'llama-3.1-70b', 'h20', 64)).toEqual([]);
});

test('the scatter has a series for each group and the line of equality', () => {
  const groups = [
    { name: 'a', points: [[3, 4] as const] },
    { name: 'b', points: [[20, 15] as const] },
  ];
  const look = { color: (name: string) => name, font: '' };
  const picture = scatter_picture({ x_name: 'x', y_name: 'y', line: '=', groups, text: () => 'run' }, look);
  expect(picture.series.map(({ id }) => id)).toEqual(['equal', '0', '1']);
  expect([picture.xAxis.min, picture.xAxis.max]).toEqual([1, 100]);
});
