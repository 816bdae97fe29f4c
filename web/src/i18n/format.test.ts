import { afterEach, expect, test } from 'vitest';
import { language } from './language';
import { format_exact, format_fixed, format_number, format_percent } from './format';

afterEach(() => {
  language.value = 'en';
});

test.each([
  [39.43171, '39.43'],
  [3246.137, '3,246'],
  [0.058142, '0.05814'],
  [128, '128'],
  [0, '0'],
  [-0.5534943, '-0.5535'],
  [562100, '562,100'],
  [0.00000123456, '1.235e-6'],
  [168e9, '168B'],
  [null, '—'],
  [undefined, '—'],
  [Number.NaN, '—'],
])('%s on the page', (value, text) => expect(format_number(value)).toBe(text));

test('an explanation shows what the double holds', () => {
  expect(format_exact(39.431712345678)).toBe('39.4317123457');
  expect(format_exact(608e9)).toBe('608,000,000,000');
  expect(format_exact(1e-9)).toBe('1e-9');
});

test('fixed decimals and shares', () => {
  expect(format_fixed(69.4512, 2)).toBe('69.45');
  expect(format_percent(0.8449)).toBe('84.5%');
});

test('Chinese counts in 亿', () => {
  language.value = 'zh';
  expect(format_number(608e9)).toBe('6080亿');
  expect(format_number(3246.137)).toBe('3,246');
});
