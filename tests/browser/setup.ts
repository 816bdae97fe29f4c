// Runs with every file of browser tests: a broken policy fails the test in which it happened, whether the test looks for it or not.
import { afterEach, expect } from 'vitest';
import { violations_seen } from './harness.mjs';

afterEach(() => {
  expect(violations_seen.splice(0), 'content security policy').toEqual([]);
});
