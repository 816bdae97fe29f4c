// The timeline's tab in a real browser: its events by keyboard and pointer, its files, the same numbers as the command line.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Scenario } from '#engine';
import type { Engine } from '../../web/src/engine/engine';
import { real_engine, real_rest } from '../web/real_engine';
import {
  accessibility_violations,
  launch_browser,
  new_page,
  overflows_sideways,
  serve_dist,
  wrongs,
} from './harness.mjs';

const native = fileURLToPath(new URL('../../build/native/moecalc', import.meta.url));
const lists = { histogram: [], models: [], devices: [] };

let engine: Engine;
let browser: Browser;
let server: Awaited<ReturnType<typeof serve_dist>>;
const opened: Awaited<ReturnType<typeof new_page>>[] = [];

beforeAll(async () => {
  [engine, browser, server] = await Promise.all([real_engine(), launch_browser(), serve_dist()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(async () => {
  for (const { page, record } of opened.splice(0)) {
    expect(wrongs(record, server.url)).toEqual([]);
    await page.context().close();
  }
});

async function visit(scenario: Scenario, options: BrowserContextOptions & { width?: number } = {}): Promise<Page> {
  const link = engine.plan_link({ plan: 'timeline', scenario, ...lists });
  if (!link.ok) throw new Error(JSON.stringify(link.errors));
  const visited = await new_page(browser, options);
  opened.push(visited);
  await visited.page.goto(`${server.url}#${link.value.link}`);
  return visited.page;
}
async function visit_timeline(phase: 'prefill' | 'decode', options = {}): Promise<Page> {
  const page = await visit({ phase }, options);
  await page.locator('.timeline-drawing svg').waitFor();
  return page;
}
const saved = async (page: Page, which: string) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-download=${which}]`).click()]);
  return readFileSync(await file.path(), 'utf8');
};

test('the command line and WebAssembly give the same timeline, trace and curve', async () => {
  const rest = await real_rest();
  for (const phase of ['prefill', 'decode'] as const) {
    const command = (format: string) =>
      execFileSync(native, ['plan', 'timeline', '--set', `phase=${phase}`, '--format', format], { encoding: 'utf8' });
    const question = { plan: 'timeline' as const, scenario: { phase }, ...lists };
    expect(rest.plan(question)).toEqual({ ok: true, value: JSON.parse(command('json')) });
    expect(rest.timeline_trace(question)).toEqual({ ok: true, value: command('trace') });
  }
});

test('events are walked by arrow keys and the pointer', async () => {
  const page = await visit_timeline('decode');
  const said = page.locator('#timeline-event');
  await page.locator('.timeline-drawing').focus();
  await page.keyboard.press('ArrowRight');
  expect(await said.textContent()).toContain('Attention 1');
  await page.keyboard.press('ArrowRight');
  expect(await said.textContent()).toContain('Attention 2');
  expect(await page.locator('.timeline-drawing .lit').count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await said.textContent()).toContain('two micro-batches');
  await page.locator('.timeline-drawing [data-pass="0"][data-event="3"]').hover();
  expect(await said.textContent()).toMatch(/^none · Dispatch/);
});

test('the trace and the drawing are saved whole', async () => {
  const page = await visit_timeline('decode');
  const trace = JSON.parse(await saved(page, 'trace'));
  expect(trace.traceEvents.filter(({ ph }: { ph: string }) => ph === 'X').length).toBeGreaterThan(500);
  const svg = await saved(page, 'svg');
  expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
  const parsed = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('parsererror').length,
    svg,
  );
  expect(parsed).toBe(0);
});

test('the curve says from which batch on two micro-batches pay', async () => {
  const page = await visit_timeline('prefill');
  const json = JSON.parse(
    execFileSync(native, ['plan', 'timeline', '--set', 'phase=prefill', '--format', 'json'], { encoding: 'utf8' }),
  );
  expect(await page.locator('[data-value=pays_from] strong').first().textContent()).toBe(
    json.pays_from === null ? 'never in this range' : json.pays_from.toLocaleString('en-US'),
  );
  expect(await page.locator('table[data-table=curve] tbody tr').count()).toBe(json.curve.length);
});

test('other methods are refused by name', async () => {
  const page = await visit({ method: 'zartbot' });
  const banner = page.locator('[data-banner=plan]');
  await banner.waitFor();
  expect(await banner.textContent()).toContain('reference');
});

test('it is accessible in both languages and on a phone', async () => {
  for (const locale of ['en-US', 'zh-CN']) {
    const page = await visit_timeline('decode', { locale });
    expect(await accessibility_violations(page)).toEqual([]);
  }
  const phone = await visit_timeline('decode', { width: 390 });
  expect(await overflows_sideways(phone)).toBe(false);
});
