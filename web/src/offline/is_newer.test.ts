import { expect, test } from 'vitest';
import { is_newer } from './is_newer';

test.each([
  ['0.3.0', '0.2.0', true],
  ['0.3', '0.2.9', true],
  ['0.10.0', '0.9.0', true],
  ['1.0.0', '0.99.99', true],
  ['0.2.1', '0.2', true],
  ['0.2.0', '0.2.0', false],
  ['0.2', '0.2.0', false],
  ['0.1.0', '0.2.0', false],
  ['0.9.0', '0.10.0', false],
  ['x', '0.2.0', false],
])('is release %s newer than %s? %s', (release, than, wanted) => {
  expect(is_newer(release, than)).toBe(wanted);
});
