// The machines' tab in a real browser: the command line's numbers, the matrix's lists in the link, bad input and a damaged link.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { MachinesPlan } from '#engine_rest';
import {
  answer_to_link,
  cells,
  expect_matrix,
  expect_shown,
  fragment,
  name_of,
  test_appearance,
  unfold,
  use_browser,
  use_plans,
  type PageOptions,
  type PlanOf,
} from './browser';

const { go_to } = use_browser();
const { link_of, answer_to } = use_plans();

async function visit(plan: Partial<PlanOf<'machines'>> = {}, options: PageOptions = {}): Promise<Page> {
  return reopen(link_of({ plan: 'machines', ...plan }), options);
}
async function reopen(link: string, options: PageOptions = {}): Promise<Page> {
  const page = await go_to(link, options);
  await page.locator('[data-table=matrix]').waitFor();
  await unfold(page);
  return page;
}

async function expect_answer(page: Page, plan: MachinesPlan) {
  const rows = await cells(page, 'machines');
  expect(rows.length).toBe(plan.rows.length);
  plan.rows.forEach((row, at) => {
    const of = rows[at] ?? [];
    expect(of.slice(0, 3)).toEqual([name_of('models', row.model), row.machine, row.configuration]);
    expect_shown(of[5], row.printed_tokens_per_s);
    expect_shown(of[6], row.tokens_per_s);
    expect_shown(of[7], row.ratio);
    expect_shown(of[8], row.printed_concurrency);
    expect_shown(of[9], row.users_with_room);
    expect_shown(of[10], row.link === null ? null : row.users);
    expect_shown(of[11], row.printed_tokens_per_s_per_user);
    expect_shown(of[12], row.tokens_per_s_per_user);
    expect_shown(of[13], row.most_context_tokens);
    expect(of[14]).not.toBe(''); // every row says what it is worth
  });
  const cards = await cells(page, 'cards');
  expect(cards.length).toBe(plan.cards.length);
  plan.cards.forEach((card, at) => {
    const of = cards[at] ?? [];
    expect_shown(of[2], card.memory_gb);
    expect_shown(of[4], card.bandwidth_gb_per_s);
    expect_shown(of[8], card.fp16_tflops);
    expect_shown(of[9], card.printed_fp16_tflops);
    expect_shown(of[10], card.int8_tops);
  });
  await expect_matrix(page, plan.matrix);
}

test.each([
  ['as it opens', {}],
  ['other prompts and wanted speed', { prompt_tokens: 1000, output_tokens: 500, 'purchase.tokens_per_s_per_user': 10 }],
])('the numbers of the command line: %s', async (_name, scenario) => {
  await expect_answer(await visit({ scenario }), answer_to({ plan: 'machines', scenario }));
});

test('edits and lists change the matrix, and the link opens them again', async () => {
  const page = await visit({ models: ['deepseek-r1'], devices: ['h20', 'h200'] });
  await page.locator('#plan-add-devices').selectOption('mi300x');
  await page.locator('.plan-picker button', { hasText: name_of('devices', 'h20') }).click();
  await page.locator('#plan-purchase-users').fill('32');
  await expect.poll(() => fragment(page), { timeout: 10_000 }).toMatch(/qs=32.*pld=h200~mi300x/);
  const wanted = answer_to_link('machines', fragment(page));
  expect(wanted.matrix.cells.map(({ device }) => device)).toEqual(['h200', 'mi300x']);
  await expect_answer(page, wanted);
  await expect_answer(await reopen(fragment(page), { locale: 'zh-CN' }), wanted);
});

test('bad input is named and kept, over the last good answer', async () => {
  const page = await visit();
  const before = await cells(page, 'machines');
  const users = page.locator('#plan-purchase-users');
  await users.fill('1.5');
  expect(await page.locator('[data-banner=plan]').textContent()).toContain('1…1000000');
  await users.blur();
  expect(await users.inputValue()).toBe('1.5');
  expect(await cells(page, 'machines')).toEqual(before);
});

test('a link with machines that nobody knows says so', async () => {
  const link = link_of({ plan: 'machines', devices: ['h20'] }).replace('pld=h20', 'pld=h2000');
  const page = await go_to(link);
  expect(await page.locator('[data-banner=link]').textContent()).toContain('h2000');
});

test_appearance((options) => visit({}, options));
