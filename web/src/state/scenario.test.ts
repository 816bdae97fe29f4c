import { expect, test } from 'vitest';
import type { ParameterInfo } from '../engine/engine';
import { same_scenario, sparse, value_of_text } from './scenario';

const batch: ParameterInfo = {
  key: 'decode.batch_per_gpu',
  link_key: 'db',
  group: 'decode',
  type: 'integer',
  unit: 'sequences',
  minimum: 1,
  maximum: 4096,
  choices: [],
  allows_auto: false,
  default: 128,
  since: 1,
  methods: [],
};
const automatic = { ...batch, allows_auto: true, default: 'auto' };

test.each([
  ['64', 64],
  [' 64 ', 64],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['-3', -3],
  ['608,000,000,000', 608e9],
  ['６４', 64], // full-width digits
  ['６４．５', 64.5],
])('%s is read as a number', (text, value) => {
  expect(value_of_text(text, batch)).toBe(value);
});

test.each(['', 'abc', '12 GPUs', '0x10', '1,2', '1e999', 'NaN', 'Infinity', 'auto'])(
  '%s goes to the engine as it is',
  (text) => expect(value_of_text(text, batch)).toBe(text),
);

test('nothing, or the word, means auto where there is an auto', () => {
  expect(value_of_text('', automatic)).toBe('auto');
  expect(value_of_text('AUTO', automatic)).toBe('auto');
  expect(value_of_text('64', automatic)).toBe(64);
});

test('a sparse scenario holds what differs, and what the table does not know', () => {
  const table = new Map([[batch.key, batch]]);
  expect(sparse({ [batch.key]: 128 }, table)).toEqual({});
  expect(sparse({ [batch.key]: 64, strange: 1 }, table)).toEqual({ [batch.key]: 64, strange: 1 });
  expect(same_scenario({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(same_scenario({ a: 1 }, { a: 1, b: 2 })).toBe(false);
});
