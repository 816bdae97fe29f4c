import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SweepPlan } from '../engine/engine';
import { csv_cell, csv_of } from './csv';

const plan: SweepPlan = {
  total: 2,
  axes: [
    { parameters: ['device'], values: [['h800'], ['h20']] },
    { parameters: ['kv_format', 'weight_format'], values: [['fp8', 'bf16']] },
  ],
  columns: ['a', 'b'],
};

test('a cell that a spreadsheet would run gets an apostrophe; numbers do not', () => {
  expect(csv_cell('=1+1')).toBe("'=1+1");
  expect(csv_cell('@sum(a)')).toBe("'@sum(a)");
  expect(csv_cell('-cmd|x')).toBe("'-cmd|x");
  expect(csv_cell('\t=1')).toBe("'\t=1");
  expect(csv_cell('\r=1')).toBe('"\'\r=1"');
  expect(csv_cell('+a,b')).toBe('"\'+a,b"');
  expect(csv_cell('-3.5')).toBe('-3.5');
  expect(csv_cell(-3.5)).toBe('-3.5');
  expect(csv_cell(true)).toBe('true');
  expect(csv_cell('say "x"')).toBe('"say ""x"""');
  expect(csv_of(plan, [{ index: 1, at: [1, 0], values: [9, 1] }])).toBe(
    'device,kv_format,weight_format,a,b\r\nh20,fp8,bf16,9,1\r\n',
  );
});

// The cells of one line, as RFC 4180 has them.
function cells_of(line: string): string[] {
  const cells = line.match(/("([^"]|"")*"|[^",\r\n]*)(,|$)/g) ?? [];
  return cells
    .map((cell) => cell.replace(/,$/, ''))
    .map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

const is_number = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
const hostile_text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ','), fc.string()).map(([first, rest]) => first + rest),
);

test('whatever the text: one cell, which no spreadsheet runs and which reads back', () => {
  fc.assert(
    fc.property(hostile_text, (text) => {
      const [cell, ...others] = cells_of(`${csv_cell(text)},end`);
      expect(others[0]).toBe('end');
      if (!is_number(text)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      expect([text, `'${text}`]).toContain(cell);
    }),
  );
});

test('whatever the number: the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(csv_cell(number)).toBe(String(number));
    }),
  );
});
