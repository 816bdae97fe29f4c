// The page as a whole: it shows a number of the engine, breaks no policy, asks no other host, excludes nobody.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accessibility_violations,
  launch_browser,
  new_page,
  open,
  overflows_sideways,
  serve_dist,
  wrongs,
} from './harness.mjs';

let browser: Browser;
let server: Awaited<ReturnType<typeof serve_dist>>;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch_browser(), serve_dist()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const appearances = [390, 1280].flatMap((width) =>
  ['en-GB', 'zh-CN'].flatMap((locale) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ width, locale, colorScheme })),
  ),
);

test.each(appearances)('at $width px, $locale, $colorScheme: numbers and nothing wrong', async (appearance) => {
  const { page, record } = await new_page(browser, appearance);
  await open(page, server.url);
  expect(wrongs(record, server.url)).toEqual([]);
  expect(await accessibility_violations(page)).toEqual([]);
  expect(await overflows_sideways(page)).toBe(false);
  await page.context().close();
});

test('the wasm is fetched once, by the preload', async () => {
  const { page, record } = await new_page(browser);
  await open(page, server.url);
  expect(record.requests.filter((request) => /\/moecalc-[^/]*\.wasm$/.test(request))).toHaveLength(1);
  await page.context().close();
});

test('the record notices what it is there for', async () => {
  const { page, record } = await new_page(browser);
  await open(page, server.url);
  await page.evaluate(() => fetch('http://127.0.0.1:9/elsewhere').catch(() => {}));
  await page.evaluate(() => console.error('a bad thing'));
  await expect.poll(() => wrongs(record, server.url).join('\n')).toMatch(/content security policy: connect-src/);
  expect(wrongs(record, server.url)).toContain('error: a bad thing');
  expect(wrongs({ ...record, requests: ['https://example.org/'] }, server.url)).toContain(
    'request to elsewhere: https://example.org/',
  );
  await page.context().close();
});
