import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { real_engine } from '../../../tests/web/real_engine';
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

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const any_text = fc.string({ unit: 'binary' });

test('every number is read as itself, however it is written', () => {
  fc.assert(
    fc.property(finite, (number) => {
      for (const text of [String(number), number.toExponential(), ` ${number}\u3000`])
        expect(value_of_text(text, batch)).toBe(Number(text));
      const wide = String(number).replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
      expect(value_of_text(wide, batch)).toBe(Number(String(number)));
    }),
  );
});

test('any text is a finite number or goes to the engine, which accepts it or names the field', async () => {
  const engine = await real_engine();
  fc.assert(
    fc.property(fc.oneof(any_text, fc.constantFrom('9'.repeat(400), '1e999', '-1e999', '\ud800')), (text) => {
      const value = value_of_text(text, batch);
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      const answer = engine.evaluate({ [batch.key]: value });
      if (answer.ok) return;
      expect(answer.errors[0]?.field).toBe(batch.key);
      expect(answer.errors[0]?.allowed).toBe('1…1000000');
      expect(answer.errors[0]?.value.length).toBeLessThanOrEqual(81);
    }),
  );
});

test('a text of a million characters is read at once', () => {
  for (const text of ['9'.repeat(1e6) + 'x', '1,'.repeat(5e5), '1e'.repeat(5e5), ' '.repeat(1e6), '.'.repeat(1e6)]) {
    const before = performance.now();
    value_of_text(text, batch);
    expect(performance.now() - before, text.slice(0, 4)).toBeLessThan(1000);
  }
});
