// The whole page where a browser gives it nothing but scripts: no workers, no storage, no origin of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start_server } from '../../scripts/static_server.mjs';
import { launch_browser, new_page, open, serve_dist, wrongs } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'moecalc-host-'));
let browser: Browser;
let server: Awaited<ReturnType<typeof serve_dist>>;
let host: Awaited<ReturnType<typeof start_server>>;

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:,"><title>an article</title>');
  [browser, server, host] = await Promise.all([launch_browser(), serve_dist(), start_server({ folder })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await host?.close();
  rmSync(folder, { recursive: true });
});

// The rows of the first sweep, once it is done.
async function sweep_rows(at: Page | FrameLocator): Promise<(string | null)[][]> {
  await at.locator('[data-view=sweep]').click();
  await at.locator('.sweep-status[data-state=done]').waitFor();
  await at.locator('.sweep-results[data-complete=true]:not(.stale)').waitFor();
  return at
    .locator('table[data-table=best_per] tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
}

async function with_workers() {
  const { page } = await new_page(browser);
  await open(page, server.url);
  const rows = await sweep_rows(page);
  expect(page.workers().length).toBeGreaterThan(0);
  await page.context().close();
  expect(rows.length).toBeGreaterThan(10);
  return rows;
}

test('without workers a sweep has the same rows, and typing goes on meanwhile', async () => {
  const { page, record } = await new_page(browser);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
  await open(page, server.url);
  expect(await sweep_rows(page)).toEqual(await with_workers());
  expect(await page.locator('.progress-text').textContent()).toMatch(/workers: 1\b/);
  expect(page.workers()).toEqual([]);

  // One that no machine ends before it is cancelled: how long a timer waits for this thread, in the middle; now and
  // then a picture is drawn.
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
  const batch = page.locator('[data-axis="decode.batch_per_gpu"]');
  await batch.locator('[data-axis-field=from]').fill('1');
  await batch.locator('[data-axis-field=to]').fill('10000');
  await batch.locator('[data-axis-field=step]').fill('1');
  const nics = Array.from({ length: 100 }, (_, i) => 100 + i).join(' ');
  await page.locator('[data-axis=nic_gbit_per_s] [data-axis-field=list]').fill(nics);
  await expect
    .poll(async () => Number(await page.locator('.sweep-size').getAttribute('data-total')))
    .toBeGreaterThan(1e8);
  await page.locator('.run:not([disabled])').click();
  const waits = await page.evaluate(async () => {
    const state = () => document.querySelector<HTMLElement>('.sweep-status')!.dataset['state'];
    const found: number[] = [];
    for (let i = 0; i < 60 && state() === 'running'; i++) {
      const asked = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
      found.push(performance.now() - asked - 5);
    }
    return found.sort((one, other) => one - other);
  });
  expect(waits.length).toBeGreaterThan(20);
  expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(60);
  await page.locator('.cancel:not([disabled])').click();
  await page.locator('.sweep-status[data-state=cancelled]').waitFor();
  expect(wrongs(record, server.url)).toEqual([]);
  await page.context().close();
});

test('a worker whose program does not arrive is replaced by the page’s own thread', async () => {
  const { page } = await new_page(browser);
  await page.route(/\/worker-[^/]*\.js$/, (route) => route.abort());
  await open(page, server.url);
  expect(await sweep_rows(page)).toEqual(await with_workers());
  await page.context().close();
});

test('in a frame with allow-scripts only, every view works and nothing is registered', async () => {
  const { page, record } = await new_page(browser, { serviceWorkers: 'allow' });
  await page.goto(host.url);
  await page.setContent(
    `<iframe sandbox="allow-scripts" src="${server.url}" style="width:1200px;height:800px"></iframe>`,
  );
  const frame = page.frameLocator('iframe');
  await frame.locator('[data-first-result]').filter({ hasText: /\d/ }).first().waitFor();
  expect(await frame.locator('body').evaluate(() => self.origin)).toBe('null');
  expect(await sweep_rows(frame)).toEqual(await with_workers());
  await frame.locator('[data-view=validation]').click();
  await frame.locator('table[data-table=runs] tbody tr').first().waitFor();
  for (const kind of ['day', 'balance', 'timeline', 'boxes', 'machines']) {
    await frame.locator('[data-view=plan]').click();
    await frame.locator(`[data-plan=${kind}]`).click();
    await frame.locator(`[data-plan=${kind}][aria-current=true]`).waitFor();
    await frame.locator('main').filter({ hasText: /\d/ }).waitFor();
    expect(await frame.locator('[data-banner]').count(), kind).toBe(0);
  }
  await frame.locator('[data-view=calculator]').click();
  await frame.locator('.headline button').first().click();
  await frame.locator('dialog[open]').waitFor();
  await frame.locator('dialog[open] .close').click();
  for (const other of ['zh', 'en']) await frame.locator(`[data-language=${other}]`).click(); // nowhere to remember it
  await frame.locator('.theme').click();
  await expect.poll(() => frame.locator('html').getAttribute('data-theme')).toMatch(/dark|light/);
  expect(page.context().serviceWorkers()).toEqual([]);
  expect(wrongs(record, server.url).filter((wrong) => !wrong.includes(host.url))).toEqual([]);
  await page.context().close();
});
