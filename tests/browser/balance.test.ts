// The load balancers' tab in a real browser: the command line's numbers, pasted loads, accessibility on a phone.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { real_rest } from '../web/real_engine';
import { test_appearance, use_browser, use_plans, type PageOptions, type PlanOf } from './browser';

const deepseek: PlanOf<'balance'> = {
  plan: 'balance',
  scenario: {
    'prefill.expert_parallel': 32,
    'prefill.redundant_experts': 32,
    'decode.expert_parallel': 144,
    'decode.redundant_experts': 32,
  },
};
const { go_to } = use_browser();
const { whole, link_of, answer_to } = use_plans();

async function visit(plan: PlanOf<'balance'>, options: PageOptions = {}): Promise<Page> {
  const page = await go_to(link_of(plan), options);
  await page.locator('[data-table=balance-effect-decode]').waitFor();
  return page;
}

test('the command line and WebAssembly give the same balancers to the bit', async () => {
  const rest = await real_rest();
  const uneven = { ...deepseek, lengths: [100, 2000, 30000] };
  for (const plan of [deepseek, uneven]) {
    const answer = rest.plan<'balance'>(whole(plan));
    if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
    expect(answer_to(plan)).toEqual(answer.value);
  }
});

test('a bar for every rank, without and with the balancer', async () => {
  const page = await visit(deepseek);
  expect(await page.locator('[data-balance=experts-decode] svg rect').count()).toBe(2 * 144);
});

test_appearance((options) => visit(deepseek, options));

test('pasted loads are part of the link; what cannot be read is named and stays', async () => {
  const page = await visit(deepseek);
  const box = page.locator('#balance-histogram');
  await box.fill('1, 2, many');
  await expect.poll(() => page.locator('#balance-histogram-error').textContent()).toContain('many');
  expect(await box.inputValue()).toBe('1, 2, many');
  expect(page.url()).not.toContain('plh=');
  // Whatever lies in the clipboard: the page says what it cannot read, briefly.
  const junk = 'x'.repeat(100_000);
  await box.fill(`<b>${junk}</b> NaN Infinity 1e999 １，２、3`);
  await expect.poll(() => page.locator('#balance-histogram-error p').count()).toBe(3);
  expect((await page.locator('#balance-histogram-error').innerText()).length).toBeLessThan(400);
  await box.fill('-1 '.repeat(256));
  await expect.poll(() => page.locator('[data-banner=plan]').textContent()).toContain('-1 is out of range');
  await box.fill('1 '.repeat(5000));
  await expect.poll(() => page.locator('[data-banner=plan]').textContent()).toContain('5000');
  // Full-width digits and commas are digits and commas. Two numbers for 256 experts: the engine refuses, and the inputs stay to put it right.
  await box.fill('１，２');
  await page.locator('[data-banner=plan]').waitFor();
  expect(await page.locator('[data-banner=plan]').textContent()).toContain('256');
  await box.fill(Array(256).fill(1).join(' '));
  await page.locator('[data-table=balance-effect-decode]').waitFor();
  await expect.poll(() => page.url(), { timeout: 10000 }).toContain('plh=1~1~1');
});
