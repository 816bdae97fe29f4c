// The page as a whole: it shows a number of the engine, breaks no policy, asks no other host, excludes nobody.
import { expect, test } from 'vitest';
import { appearances, use_browser } from './browser';
import { accessibility_violations, new_page, open, overflows_sideways, violations_seen, wrongs } from './harness.mjs';

const { browser, url, visit, empty_page } = use_browser();

const sized = [390, 1280].flatMap((width) => appearances.map((appearance) => ({ width, ...appearance })));

test.each(sized)('at $width px, $locale, $colorScheme: numbers and nothing wrong', async (appearance) => {
  const page = await visit('', appearance);
  expect(await accessibility_violations(page)).toEqual([]);
  expect(await overflows_sideways(page)).toBe(false);
});

test('the wasm is fetched once, by the preload', async () => {
  const { page, record } = await empty_page();
  await open(page, url());
  expect(record.requests.filter((request) => /\/moecalc-[^/]*\.wasm$/.test(request))).toHaveLength(1);
});

test('the record notices what it is there for', async () => {
  const { page, record } = await new_page(browser());
  await open(page, url());
  await page.evaluate(() => fetch('http://127.0.0.1:9/elsewhere').catch(() => {}));
  await page.evaluate(() => console.error('a bad thing'));
  await expect.poll(() => wrongs(record, url()).join('\n')).toMatch(/content security policy: connect-src/);
  expect(violations_seen.splice(0)).not.toEqual([]); // every other test would fail by it
  expect(wrongs(record, url())).toContain('error: a bad thing');
  expect(wrongs({ ...record, requests: ['https://example.org/'] }, url())).toContain(
    'request to elsewhere: https://example.org/',
  );
  await page.context().close();
});
