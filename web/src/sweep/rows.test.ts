import { expect, test } from 'vitest';
import type { ParameterInfo, SweepPlan, SweepSpec } from '../engine/engine';
import { canonical, draft_of, spec_of, split } from './draft';
import { all, best_per, hues_of, result_of, scenario_of, sorted, values_of } from './rows';

const plan: SweepPlan = {
  total: 8,
  axes: [
    { parameters: ['device'], values: [['h800'], ['h20']] },
    {
      parameters: ['kv_format', 'weight_format'],
      values: [
        ['fp8', 'bf16'],
        ['bf16', 'bf16'],
      ],
    },
    { parameters: ['decode.batch_per_gpu'], values: [[16], [128]] },
  ],
  columns: ['a', 'b'],
};
const row = (index: number, at: number[], values: number[]) => ({ index, at, values });
const rows = [
  row(7, [1, 1, 1], [9, 1]),
  row(1, [0, 0, 1], [8, 2]),
  row(0, [0, 0, 0], [7, 3]),
  row(6, [1, 1, 0], [6, 4]),
];
test('points are told apart by the first parameter that has few values of its own', () => {
  expect(hues_of(plan, { best_per: [] })).toBeNull();
  expect(hues_of(plan, { best_per: ['kv_format'] })).toBeNull(); // shares its axis
  const hues = hues_of(plan, { best_per: ['kv_format', 'device'] });
  expect(hues).toMatchObject({ parameter: 'device', values: ['h800', 'h20'] });
  for (const { index, at } of rows) expect(hues?.of(index)).toBe(at[0]);
  const by_batch = hues_of(plan, { best_per: ['decode.batch_per_gpu', 'device'] });
  for (const { index, at } of rows) expect(by_batch?.of(index)).toBe(at[2]);
});

const spec: SweepSpec = {
  scenario: { method: 'shinez' },
  axes: [
    { parameter: 'device', values: ['h800', 'h20'] },
    {
      parameters: ['kv_format', 'weight_format'],
      values: [
        ['fp8', 'bf16'],
        ['bf16', 'bf16'],
      ],
    },
    { parameter: 'decode.batch_per_gpu', from: 16, to: 128, step: 112 },
    { parameter: 'prompt_tokens', from: 1000, to: 8000, points: 4, scale: 'log' },
    { parameter: 'model', all: true },
  ],
  constraints: [
    { quantity: 'a', at_least: 1.5 },
    { quantity: 'b', at_most: 3 },
  ],
  objective: { quantity: 'a', goal: 'maximize' },
  top: 10,
  best_per: ['device'],
  pareto: [{ quantity: 'a', goal: 'maximize' }],
  sample: 100,
  quantities: ['b'],
};
const info = (key: string, type: ParameterInfo['type']): [string, ParameterInfo] => [
  key,
  {
    key,
    link_key: key,
    group: '',
    type,
    unit: '',
    minimum: 1,
    maximum: 9999,
    choices: [],
    allows_auto: false,
    default: 1,
    since: 1,
    methods: [],
  },
];
const table = new Map([
  info('device', 'device'),
  info('kv_format', 'choice'),
  info('weight_format', 'choice'),
  info('decode.batch_per_gpu', 'integer'),
  info('prompt_tokens', 'integer'),
  info('ignore_capacity', 'boolean'),
]);

test('the form holds every kind of axis and gives it back', () => {
  expect(spec_of(draft_of(spec), table)).toEqual(spec);
  expect(canonical(spec, table)).toBe(canonical(JSON.parse(JSON.stringify(spec)), table));
  expect(canonical({ ...spec, top: 11 }, table)).not.toBe(canonical(spec, table));
});

test('what is typed as values: any separator, full width, flags; nonsense stays as it is', () => {
  expect(split('16, 32；64 128、256')).toEqual(['16', '32', '64', '128', '256']);
  const draft = draft_of(spec);
  const axis = { ...draft.axes[0]!, kind: 'list' as const };
  const typed = (parameter: string, list: string) =>
    spec_of({ ...draft, axes: [{ ...axis, parameters: [parameter], list }] }, table).axes[0];
  expect(typed('decode.batch_per_gpu', '１６，3x')).toMatchObject({ values: [16, '3x'] });
  expect(typed('ignore_capacity', 'true false')).toMatchObject({ values: [true, false] });
  const { top } = spec_of({ ...draft, top: 'many' }, table);
  expect(top).toBe('many');
});

test('a row is a scenario', () => {
  expect(scenario_of(spec, plan, rows[0]!)).toEqual({
    method: 'shinez',
    device: 'h20',
    kv_format: 'bf16',
    weight_format: 'bf16',
    'decode.batch_per_gpu': 128,
  });
});

test('rows are read from the engine’s numbers', () => {
  const packed = [8, 1, 2, 1, 4, 1, 0, 1, 2].concat([7, 9, 1], [1, 8, 2], [0, 7, NaN], [6, 6, 4]);
  const result = result_of(plan, new Float64Array(packed));
  expect(result.counts).toEqual({ evaluated: 8, invalid: 1, does_not_fit: 2, rejected: 1, kept: 4 });
  expect(result.top).toEqual(rows.slice(0, 1));
  expect(result.best_per).toEqual([]);
  expect(result.pareto).toEqual(rows.slice(1, 2));
  expect(all(result.sample)).toEqual([row(0, [0, 0, 0], [7, NaN]), rows[3]]);
  expect(result.sample.value(1, 1)).toBe(4);
});

test('the best of coarser groups is the first of each', () => {
  expect(best_per(plan, rows, ['device']).map(({ index }) => index)).toEqual([7, 1]);
  expect(best_per(plan, rows, ['weight_format']).map(({ index }) => index)).toEqual([7]);
  expect(best_per(plan, rows, ['device', 'decode.batch_per_gpu'])).toHaveLength(4);
  expect(values_of(plan, 'weight_format')).toEqual(['bf16']);
});

test('rows are sorted by any column, ties by index', () => {
  const order = (column: number, down: boolean) => sorted(plan, rows, { column, down }).map(({ index }) => index);
  expect(order(-1, true)).toEqual([7, 1, 0, 6]);
  expect(order(5, true)).toEqual([6, 0, 1, 7]);
  expect(order(0, false)).toEqual([6, 7, 0, 1]);
  expect(order(3, false)).toEqual([0, 6, 1, 7]);
});
