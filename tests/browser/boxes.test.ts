// The boxes' tab in a real browser: the command line's numbers, edits and lists in the link, bad input.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { BoxesPlan } from '#engine_rest';
import {
  answer_to_link,
  cells,
  expect_matrix,
  expect_shown,
  fragment,
  test_appearance,
  name_of,
  unfold,
  use_browser,
  use_plans,
  type PageOptions,
  type PlanOf,
} from './browser';

const { go_to } = use_browser();
const { link_of, answer_to } = use_plans();

async function visit(plan: Partial<PlanOf<'boxes'>> = {}, options: PageOptions = {}): Promise<Page> {
  return reopen(link_of({ plan: 'boxes', ...plan }), options);
}
async function reopen(link: string, options: PageOptions = {}): Promise<Page> {
  const page = await go_to(link, options);
  await page.locator('[data-table=matrix]').waitFor();
  await unfold(page);
  return page;
}

async function expect_answer(page: Page, plan: BoxesPlan) {
  const rows = await cells(page, 'boxes');
  const boxes = plan.rows.flatMap((row) => row.computed.map((box) => ({ row, box })));
  expect(rows.length).toBe(boxes.length);
  boxes.forEach(({ row, box }, at) => {
    const of = rows[at] ?? [];
    const chosen = box.chosen === null ? null : (box.formats[box.chosen] ?? null);
    expect(of[1]).toContain(name_of('devices', box.device));
    const wanted = [
      [4, box.total_gb],
      [6, chosen?.weights_gb ?? null],
      [7, chosen?.kv_room_gb ?? null],
      [8, chosen?.users ?? null],
      [9, chosen?.tokens_per_s ?? null],
      [10, chosen?.ttft_ms ?? null],
      [11, box.power_kw],
      [12, row.power_kw],
      [13, box.price],
      [14, box.price_per_user],
      [15, box.per_million_tokens],
    ] as const;
    for (const [column, value] of wanted) expect_shown(of[column], value);
  });
  await expect_matrix(page, plan.matrix);
  const said = await page.locator('.plan-answer p').allTextContents();
  plan.matrix.models.forEach((model, at) => {
    const prices = plan.matrix.cells.filter((cell) => cell.model === model && (cell.users ?? 0) > 0);
    const [best] = prices.sort((a, b) => (a.per_million_tokens ?? Infinity) - (b.per_million_tokens ?? Infinity));
    if (best) expect(said[at]).toContain(`${best.devices} × ${name_of('devices', best.device)}`);
  });
}

test.each([
  ['as it opens', {}],
  ['in CNY, rented', { 'purchase.currency': 'cny', 'purchase.acquisition': 'rent' }],
  ['many users at speed', { 'purchase.users': 500, 'purchase.tokens_per_s_per_user': 40 }],
  ['boxes of a stated size', { model: 'qwen3-235b-a22b', 'purchase.devices': 16 }],
])('the numbers of the command line: %s', async (_name, scenario) => {
  await expect_answer(await visit({ scenario }), answer_to({ plan: 'boxes', scenario }));
});

test('edits and lists change the numbers, and the link opens them again', async () => {
  const page = await visit();
  await page.locator('#plan-purchase-users').fill('64');
  await page.locator('#plan-add-models').selectOption('qwen3-32b');
  await page.locator('.plan-picker button', { hasText: name_of('devices', 'gb200') }).click();
  await expect.poll(() => fragment(page), { timeout: 10_000 }).toMatch(/qs=64.*plm=.*qwen3-32b.*pld=/);
  const wanted = answer_to_link('boxes', fragment(page));
  expect(wanted.matrix.models).toContain('qwen3-32b');
  expect(wanted.matrix.devices).not.toContain('gb200');
  await expect_answer(page, wanted);
  await expect_answer(await reopen(fragment(page), { locale: 'zh-CN' }), wanted);
});

test('a number of users opens its question in the calculator', async () => {
  const page = await visit();
  const users = page.locator('[data-table=boxes] a').first();
  const shown = await users.textContent();
  await users.click();
  await page.locator('.headline').waitFor();
  expect(await page.locator('#full-decode-concurrency').inputValue()).toBe((shown ?? '').replaceAll(',', ''));
});

test.each([
  ['#plan-purchase-users', '0', '1000000'],
  ['#plan-purchase-users', 'all', 'all'],
  ['#plan-purchase-pue', '1e300', '1…10'],
  ['#plan-prompt_tokens', '', '10000000'],
])('%s cannot be “%s”: said so, and kept', async (field, text, said) => {
  const page = await visit();
  const before = await cells(page, 'boxes');
  await page.locator(field).fill(text);
  expect(await page.locator('[data-banner=plan]').textContent()).toContain(said);
  await page.locator(field).blur();
  expect(await page.locator(field).inputValue()).toBe(text);
  expect(await cells(page, 'boxes')).toEqual(before);
  expect(await page.locator('.plan .stale').count()).toBeGreaterThan(0);
});

test_appearance((options) => visit({}, options));
