// The page as one file: opened from a disk, and in a frame without an origin from a host that opens its files to nobody.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { start_server } from '../../scripts/static_server.mjs';
import {
  accessibility_violations,
  dist,
  launch_browser,
  new_page,
  open,
  overflows_sideways,
  wrongs,
} from './harness.mjs';

const single = join(dist, 'single', 'moecalc.html');
const file = pathToFileURL(single).href;
const folder = mkdtempSync(join(tmpdir(), 'moecalc-host-'));
const link = 'v=1&n=0.1.0&d=h20-3e&ph=decode&db=64&k=c4d8';
let browser: Browser;
let site: Awaited<ReturnType<typeof start_server>>;
let host: Awaited<ReturnType<typeof start_server>>;
const opened: Awaited<ReturnType<typeof new_page>>[] = [];

beforeAll(async () => {
  [browser, site, host] = await Promise.all([
    launch_browser(),
    start_server({ folder: dist, is_open: false }),
    start_server({ folder }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await host?.close();
  rmSync(folder, { recursive: true });
});
// One file means one request: no address but its own is ever asked, from a disk or from a host.
afterEach(async () => {
  for (const { page, record } of opened.splice(0)) {
    const others = record.requests.filter((request) => !request.startsWith(host.url) && !request.startsWith('data:'));
    expect(wrongs({ ...record, requests: [] }, '')).toEqual([]);
    for (const request of others) expect(request.split(/[?#]/)[0]).toMatch(/\/single\/moecalc\.html$|^blob:/);
    await page.context().close();
  }
});

async function new_tab(options = {}): Promise<Page> {
  const visited = await new_page(browser, { serviceWorkers: 'allow', ...options });
  opened.push(visited);
  return visited.page;
}
type Place = Page | FrameLocator;
const values = (at: Place) =>
  at
    .locator('.headline [data-value]')
    .evaluateAll((all) => all.map((each) => [each.getAttribute('data-quantity'), each.getAttribute('data-value')]));
const first_number = (at: Place) => at.locator('[data-first-result]').filter({ hasText: /\d/ }).first().waitFor();

async function use_every_view(at: Place) {
  await at.locator('.headline button').first().click();
  await at.locator('dialog[open] .formula-box').first().waitFor();
  await at.locator('dialog[open] .close').click();
  for (const kind of ['day', 'balance', 'timeline', 'boxes', 'machines']) {
    await at.locator('[data-view=plan]').click();
    await at.locator(`[data-plan=${kind}]`).click();
    await at.locator('main .panel').first().waitFor();
    expect(await at.locator('[data-banner]').count(), kind).toBe(0);
  }
  await at.locator('[data-view=sweep]').click();
  await at.locator('.sweep-status[data-state=done]').waitFor();
  expect(await at.locator('table[data-table=best_per]').getAttribute('data-rows')).toBe('29'); // as the article prints
  await at.locator('.pareto-picture canvas').waitFor();
  await at.locator('[data-view=validation]').click();
  await at.locator('table[data-table=runs] tbody tr').first().waitFor();
  await at.locator('[data-language=zh]').click();
  await expect.poll(() => at.locator('html').getAttribute('lang')).toBe('zh-CN');
  await at.locator('[data-language=en]').click();
  await at.locator('[data-view=calculator]').click();
  await first_number(at);
}

test('from a disk it has the page’s numbers, and every view works', async () => {
  const [page, from_disk] = [await new_page(browser), await new_tab()];
  for (const fragment of ['', link]) {
    await page.page.goto('about:blank');
    await open(page.page, `${site.url}#${fragment}`);
    await from_disk.goto('about:blank');
    await open(from_disk, `${file}#${fragment}`);
    expect(await values(from_disk)).toEqual(await values(page.page));
    expect((await values(from_disk)).length).toBeGreaterThan(5);
  }
  await page.page.context().close();
  await from_disk.goto('about:blank');
  await open(from_disk, file);
  await use_every_view(from_disk);
  expect(await accessibility_violations(from_disk)).toEqual([]);
  expect(from_disk.context().serviceWorkers()).toEqual([]);
});

test('from a disk the address follows what is asked, and a reload keeps it', async () => {
  const page = await new_tab();
  await open(page, file);
  await page.locator('#full-decode-batch_per_gpu').fill('64');
  await expect.poll(() => new URL(page.url()).hash).toContain('db=64');
  const before = await values(page);
  await page.reload();
  await first_number(page);
  expect(await values(page)).toEqual(before);
});

test.each([320, 1280])('at %i px nothing scrolls sideways', async (width) => {
  const page = await new_tab({ width });
  await open(page, file);
  expect(await overflows_sideways(page)).toBe(false);
});

const frame_in_article = async (address: string) => {
  const page = await new_tab();
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Article</title>
     <iframe sandbox="allow-scripts" title="moecalc" src="${address}" style="width:1200px;height:800px"></iframe></html>`,
  );
  await page.goto(host.url);
  return page.frameLocator('iframe');
};

test('in a sandboxed frame from a closed host every view works, where the page in many files cannot', async () => {
  const frame = await frame_in_article(`${site.url}single/moecalc.html`);
  await first_number(frame);
  expect(await frame.locator('html').evaluate(() => self.origin)).toBe('null');
  await use_every_view(frame);

  const other = await new_page(browser);
  await other.page.goto(host.url);
  await other.page.setContent(`<iframe sandbox="allow-scripts" src="${site.url}"></iframe>`);
  await expect.poll(() => other.record.errors.join(), { timeout: 10_000 }).toMatch(/CORS|Access-Control|origin/i);
  await other.page.context().close();
});

test('with a view in its address it is that embed', async () => {
  const { page } = await new_page(browser);
  await open(page, `${site.url}#${link}`);
  const wanted = (await values(page)).find(([quantity]) => quantity === 'decode.tpot_ms');
  await page.context().close();

  const frame = await frame_in_article(`${site.url}single/moecalc.html?view=summary&lang=zh#${link}`);
  await first_number(frame);
  expect(await frame.locator('.page-header').count()).toBe(0);
  const shown = frame.locator('[data-quantity="decode.tpot_ms"][data-value]').first();
  expect(['decode.tpot_ms', await shown.getAttribute('data-value')]).toEqual(wanted);
  await frame.locator('.embed-foot').waitFor();
  const whole = await frame.locator('.embed-foot a').getAttribute('href');
  expect(whole).toMatch(/single\/moecalc\.html#v=\d&.*d=h20-3e.*db=64/); // out of the embed, into the page
});
