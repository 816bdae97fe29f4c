// The timeline's tab in a real browser: its events by keyboard and pointer, its files, the same numbers as the command line.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { real_rest } from '../web/real_engine';
import { command_line, test_appearance, use_browser, use_plans, type PageOptions } from './browser';

const { go_to } = use_browser();
const { whole, link_of, answer_to } = use_plans();

async function visit_timeline(phase: 'prefill' | 'decode', options: PageOptions = {}): Promise<Page> {
  const page = await go_to(link_of({ plan: 'timeline', scenario: { phase } }), options);
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
    const question = whole({ plan: 'timeline', scenario: { phase } });
    expect(rest.plan(question)).toEqual({ ok: true, value: answer_to(question) });
    const trace = command_line('plan', 'timeline', '--set', `phase=${phase}`, '--format', 'trace');
    expect(rest.timeline_trace(question)).toEqual({ ok: true, value: trace });
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
  const json = answer_to({ plan: 'timeline', scenario: { phase: 'prefill' } });
  expect(await page.locator('[data-value=pays_from] strong').first().textContent()).toBe(
    json.pays_from === null ? 'never in this range' : json.pays_from.toLocaleString('en-US'),
  );
  expect(await page.locator('table[data-table=curve] tbody tr').count()).toBe(json.curve.length);
});

test('other methods are refused by name', async () => {
  const page = await go_to(link_of({ plan: 'timeline', scenario: { method: 'zartbot' } }));
  const banner = page.locator('[data-banner=plan]');
  await banner.waitFor();
  expect(await banner.textContent()).toContain('reference');
});

test_appearance((options) => visit_timeline('decode', options));
