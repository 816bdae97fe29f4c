// From the first screen to an article: numbers without a script, questions, pages of presets, the share dialog and what it writes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { start_server } from '../../scripts/static_server.mjs';
import questions from '../../web/src/app/questions.json';
import { embed_views } from '../../web/src/embed/request';
import type { Native } from '../../web/src/prerender/prerender';
import {
  accessibility_violations,
  launch_browser,
  new_page,
  open,
  overflows_sideways,
  serve_dist,
  wrongs,
} from './harness.mjs';

const native = JSON.parse(readFileSync(new URL('../../build/first_screens.json', import.meta.url), 'utf8')) as Native;
const folder = mkdtempSync(join(tmpdir(), 'moecalc-article-'));

let browser: Browser;
let site: Awaited<ReturnType<typeof serve_dist>>;
let host: Awaited<ReturnType<typeof start_server>>;
const opened: Awaited<ReturnType<typeof new_page>>[] = [];

beforeAll(async () => {
  [browser, site, host] = await Promise.all([launch_browser(), serve_dist(), start_server({ folder })]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await host?.close();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const { page, record } of opened.splice(0)) {
    const requests = record.requests.filter((request) => !request.startsWith(host.url));
    expect(wrongs({ ...record, requests }, site.url)).toEqual([]);
    await page.context().close();
  }
});

type Options = BrowserContextOptions & { width?: number; height?: number };
async function blank(options: Options = {}): Promise<Page> {
  const visited = await new_page(browser, options);
  opened.push(visited);
  return visited.page;
}
async function visit(path = '', options: Options = {}): Promise<Page> {
  const page = await blank(options);
  await open(page, site.url + path);
  return page;
}
const tpot = (page: Page) => page.locator('.headline [data-quantity="decode.tpot_ms"]').getAttribute('data-value');

describe('without a script', () => {
  test.each(['', 'zh/'])('“%s” has the native engine’s numbers and the questions', async (path) => {
    const page = await blank({ javaScriptEnabled: false });
    await page.goto(site.url + path);
    expect(Number(await tpot(page))).toBe(native.screens[0]?.report?.quantities['decode.tpot_ms']);
    expect(await page.locator('.questions a').count()).toBe(questions.length);
    expect(await page.locator('noscript p').first().isVisible()).toBe(true);
    expect(await page.locator('html').getAttribute('lang')).toBe(path === '' ? 'en' : 'zh-CN');
    expect(await overflows_sideways(page)).toBe(false);
  });
});

describe('a question of the first screen', () => {
  test.each(questions)('$id opens its view, whole, and Back leads home', async ({ id, link }) => {
    const page = await visit();
    await page.locator(`[data-question=${id}]`).click();
    const view = link.includes('&sx0=') ? 'sweep' : link.includes('&pl=') ? 'plan' : 'calculator';
    await page.locator(`.tabs [data-view=${view}][aria-current=page]`).waitFor();
    const answer = {
      sweep: '.sweep-results[data-complete=true]',
      plan: '.plan table tbody td',
      calculator: '.headline-number[data-value]',
    };
    await page.locator(answer[view]).first().waitFor();
    expect(new URL(page.url()).hash).toBe(`#${link}`);
    expect(await page.locator('[data-banner=link]').count()).toBe(0);
    await page.goBack();
    await page.locator('.tabs [data-view=calculator][aria-current=page]').waitFor();
  });
});

describe('a page of a preset', () => {
  test('opens with its question, in its language, and what is asked next has its address at home', async () => {
    const page = await visit('zh/p/a100_16/');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(Number(await tpot(page))).toBe(
      native.screens.find(({ id }) => id === 'a100_16')?.report?.quantities['decode.tpot_ms'],
    );
    expect(await page.locator('[data-banner=link]').count()).toBe(0);
    expect(page.url()).toBe(`${site.url}zh/p/a100_16/`);
    await page.locator('#full-decode-concurrency').fill('4');
    await expect.poll(() => page.url()).toMatch(new RegExp(`^${site.url}#v=2&.*dc=4`));
    const asked = page.url();
    await page.reload();
    await page.locator('[data-first-result]').waitFor();
    expect(await page.locator('#full-decode-concurrency').inputValue()).toBe('4');
    expect(page.url()).toBe(asked);
    expect(await page.locator('link[rel=manifest]').evaluate((link: HTMLLinkElement) => link.href)).toBe(
      `${site.url}manifest.webmanifest`,
    );
  });
  test('its presets and questions lead home', async () => {
    const page = await visit('p/deepseek-official/');
    await page.locator('[data-question=h20_or_h800]').click();
    await page.locator('.sweep-results').waitFor();
    expect(page.url()).toMatch(new RegExp(`^${site.url}#v=2`));
  });
});

describe('the share dialog', () => {
  const text = (page: Page) => page.locator('.share-dialog textarea').inputValue();
  async function share(page: Page) {
    await page.locator('.share').click();
    await page.locator('.share-dialog textarea').waitFor();
  }
  const saved = async (page: Page, which: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-download=${which}]`).click()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };

  test('saves a picture and the data', async () => {
    const page = await visit();
    await share(page);
    const png = await saved(page, 'png');
    expect(png.name).toBe('moecalc.png');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    expect((await saved(page, 'svg')).bytes.toString()).toMatch(/^<svg .*DeepSeek-R1.*<\/svg>$/);
    const json = JSON.parse((await saved(page, 'json')).bytes.toString()) as {
      report: { quantities: object };
      link: string;
    };
    expect(json.report.quantities).toEqual(native.screens[0]?.report?.quantities);
    const csv = (await saved(page, 'csv')).bytes.toString();
    const value = native.screens[0]?.report?.quantities['decode.tpot_ms'];
    expect(csv).toContain(`result,decode.tpot_ms,TPOT: time per output token,${value},ms\r\n`);
    expect(csv).toMatch(/^input,device,GPU,h800,/m);
  });

  test('writes a citation with version and date, and counts', async () => {
    const page = await visit();
    await share(page);
    await page.locator('[data-format=citation]').click();
    const line = await text(page);
    expect(line).toMatch(/^moecalc \d+\.\d+\.\d+, “DeepSeek-R1 on H800 SXM”: .*\. \d{4}-\d\d-\d\d\. http/);
    expect(await page.locator('.share-state').innerText()).toContain(String(line.length));
  });

  test.each(['iframe', 'element'])('its %s works in an article, with the view that was chosen', async (format) => {
    const page = await visit();
    await page.locator('#full-device').waitFor();
    await share(page);
    await page.locator(`[data-format=${format}]`).click();
    await page.locator('.share-view select').selectOption('memory');
    const head =
      '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Article</title>';
    writeFileSync(join(folder, 'index.html'), `${head}<h1>Article</h1>${await text(page)}`);
    const article = await blank();
    await article.goto(host.url);
    const frame = article.frameLocator('iframe');
    await frame.locator('.memory tfoot').waitFor();
    expect(await frame.locator('[data-banner]').count()).toBe(0);
  });

  test.each(['sweep', 'plan'])('of the %s view shares that view', async (view) => {
    const page = await visit();
    await page.locator(`.tabs [data-view=${view}]`).click();
    await page.locator('#results h1').waitFor();
    await share(page);
    expect(await text(page)).toMatch(view === 'sweep' ? /&sx0=/ : /&pl=day/);
    await page.locator('[data-format=iframe]').click();
    expect(await text(page)).toContain(view === 'sweep' ? 'view=pareto' : 'view=plan');
  });

  test.each([
    ['en-GB', 'light', 320],
    ['zh-CN', 'dark', 1280],
  ] as const)('is accessible and fits: %s, %s, %i px', async (locale, colorScheme, width) => {
    const page = await visit('', { locale, colorScheme, width });
    await share(page);
    for (const format of ['link', 'element']) {
      await page.locator(`[data-format=${format}]`).click();
      expect(await overflows_sideways(page)).toBe(false);
      expect(await accessibility_violations(page)).toEqual([]);
    }
  });
});

test('the page about embedding shows every view live', async () => {
  const page = await blank({ height: 20_000 });
  await page.goto(`${site.url}embedding.html`);
  for (const view of embed_views) {
    const element = page.locator(`moe-calc[view=${view}]`);
    await element.scrollIntoViewIfNeeded();
    await element.locator('iframe').waitFor();
    await page.frameLocator(`moe-calc[view=${view}] iframe`).locator('.embed-foot a').waitFor();
    expect(await page.frameLocator(`moe-calc[view=${view}] iframe`).locator('[data-banner]').count()).toBe(0);
  }
  expect(await overflows_sideways(page)).toBe(false);
});
