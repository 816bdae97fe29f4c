// The load balancers' tab in a real browser: the command line's numbers, pasted loads, accessibility on a phone.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PlanSpec } from '#engine';
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
const deepseek: PlanSpec & { plan: 'balance' } = {
  plan: 'balance',
  scenario: {
    'prefill.expert_parallel': 32,
    'prefill.redundant_experts': 32,
    'decode.expert_parallel': 144,
    'decode.redundant_experts': 32,
  },
  histogram: [],
  lengths: [],
  models: [],
  devices: [],
};

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

const link_of = (plan: PlanSpec) => {
  const answer = engine.plan_link(plan);
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
  return answer.value.link;
};
async function visit(plan: PlanSpec, options: BrowserContextOptions & { width?: number } = {}): Promise<Page> {
  const visited = await new_page(browser, options);
  opened.push(visited);
  await visited.page.goto(`${server.url}#${link_of(plan)}`);
  await visited.page.locator('[data-table=balance-effect-decode]').waitFor();
  return visited.page;
}

test('the command line and WebAssembly give the same balancers to the bit', async () => {
  const rest = await real_rest();
  const uneven = { ...deepseek, lengths: [100, 2000, 30000] };
  for (const plan of [deepseek, uneven]) {
    const answer = rest.plan<'balance'>(plan);
    if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
    const said = execFileSync(native, ['plan', 'balance', '--link', link_of(plan), '--format', 'json']);
    expect(JSON.parse(said.toString())).toEqual(answer.value);
  }
});

test.each([
  ['en', 1280],
  ['zh', 375],
])('is accessible and as wide as the window in %s at %i', async (chosen, width) => {
  const page = await visit(deepseek, { width, locale: chosen === 'zh' ? 'zh-CN' : 'en-GB' });
  await page.locator('[data-balance=experts-prefill] details summary').click();
  expect(await page.locator('[data-balance=experts-decode] svg rect').count()).toBe(2 * 144);
  expect(await accessibility_violations(page)).toEqual([]);
  expect(await overflows_sideways(page)).toBe(false);
});

test('pasted loads are part of the link; what cannot be read is named and stays', async () => {
  const page = await visit(deepseek);
  const box = page.locator('#balance-histogram');
  await box.fill('1, 2, many');
  await expect.poll(() => page.locator('#balance-histogram-error').textContent()).toContain('many');
  expect(await box.inputValue()).toBe('1, 2, many');
  expect(page.url()).not.toContain('plh=');
  // Two numbers for 256 experts: the engine refuses, and the inputs stay to put it right.
  await box.fill('1, 2');
  await page.locator('[data-banner=plan]').waitFor();
  expect(await page.locator('[data-banner=plan]').textContent()).toContain('256');
  await box.fill(Array(256).fill(1).join(' '));
  await page.locator('[data-table=balance-effect-decode]').waitFor();
  await expect.poll(() => page.url(), { timeout: 10000 }).toContain('plh=1~1~1');
});
