// The day's tab in a real browser: what a newcomer meets, the command line's numbers, edits, links, bad input.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { DayPlan } from '#engine_rest';
import {
  answer_to_link,
  cells,
  expect_shown,
  fragment,
  test_appearance,
  unfold,
  use_browser,
  use_plans,
  type PageOptions,
} from './browser';

const deepseek = {
  device: 'h800',
  'prefill.expert_parallel': 32,
  'prefill.redundant_experts': 32,
  'decode.expert_parallel': 144,
  'decode.redundant_experts': 32,
  'economics.prefill_tokens_per_s_per_node': 73700,
  'economics.decode_tokens_per_s_per_node': 14800,
};
const { visit, go_to } = use_browser();
const { link_of, answer_to } = use_plans();

const is_drawn = (page: Page) => page.locator('[data-table=units]').waitFor();
async function visit_day(scenario = {}, options: PageOptions = {}): Promise<Page> {
  const page = await go_to(link_of({ plan: 'day', scenario }), options);
  await is_drawn(page);
  return page;
}
const cell = (page: Page, key: string) => page.locator(`[data-table=units] [data-cell="${key}"]`).textContent();
const output = '#cost-economics-output_tokens_per_day';

// Every table of the tab beside the engine's answer.
async function expect_answer(page: Page, day: DayPlan) {
  for (const phase of ['prefill', 'decode'] as const) {
    const unit = day[phase];
    if (!unit) expect(await page.locator(`[data-cell^="${phase}."]`).count()).toBe(0);
    for (const [key, value] of Object.entries(unit ?? {})) {
      expect_shown((await cell(page, `${phase}.${key}`)) ?? '', value > 0 ? value : null);
    }
  }
  const ratio = await cells(page, 'prefill_to_decode');
  expect(ratio.length).toBe(day.prefill_to_decode ? 2 : 0);
  if (day.prefill_to_decode) {
    expect_shown(ratio[0]?.[1], day.prefill_to_decode.units);
    expect_shown(ratio[1]?.[1], day.prefill_to_decode.nodes);
  }
  const energy = await cells(page, 'energy');
  Object.values(day.energy ?? {}).forEach((value, row) => expect_shown(energy[row]?.[1], value));
  const hours = await cells(page, 'hours');
  expect(hours.length).toBe(day.hours.length);
  day.hours.forEach(({ nodes, freed_nodes }, hour) => {
    expect_shown(hours[hour]?.[1], nodes);
    expect_shown(hours[hour]?.[2], freed_nodes);
  });
  for (const [key, value] of Object.entries(day.quantities)) {
    const shown = await page.locator(`[data-quantity="${key}"]`).first().textContent();
    expect_shown(shown?.split(': ').at(-1), value);
  }
}

describe('what the tab opens with', () => {
  test('a newcomer meets DeepSeek’s published system, by a step that undo and Back take back', async () => {
    const page = await visit();
    await page.locator('[data-view=plan]').click();
    await is_drawn(page);
    await expect_answer(page, answer_to({ plan: 'day', scenario: deepseek }));
    expect(await page.locator('.plan-presets [aria-pressed=true]').count()).toBe(1);
    await expect.poll(() => fragment(page)).toBe(link_of({ plan: 'day', scenario: deepseek }));
    await page.keyboard.press('Control+z');
    await expect_answer(page, answer_to({ plan: 'day' }));
    await page.keyboard.press('Control+y');
    expect(await cell(page, 'decode.expert_parallel')).toBe('144');
    await page.goBack();
    await page.locator('.headline').waitFor();
    expect(await page.locator('#full-decode-expert_parallel').inputValue()).toBe('');
  });

  test('a question of the reader’s stays his', async () => {
    const page = await visit();
    await page.locator('#full-decode-batch_per_gpu').fill('64');
    await page.locator('[data-view=plan]').click();
    await is_drawn(page);
    await expect_answer(page, answer_to({ plan: 'day', scenario: { 'decode.batch_per_gpu': 64 } }));
  });

  test('a link says what it says, also of the default question', async () => {
    const page = await visit_day();
    await expect_answer(page, answer_to({ plan: 'day' }));
    await page.locator('[data-plan=boxes]').click();
    await expect.poll(() => fragment(page)).toBe(link_of({ plan: 'boxes' }));
    await page.locator('[data-table=boxes]').waitFor();
  });
});

test.each([
  ['published rates', deepseek],
  ['predicted rates', { ...deepseek, 'economics.prefill_tokens_per_s_per_node': 'auto' as const }],
  ['shared GPUs', { device: 'h200', serving: 'aggregated', 'decode.tensor_parallel': 8 }],
  ['a dense model', { model: 'llama-3.1-70b', device: 'h100-sxm' }],
])('the numbers of the command line: %s', async (_name, scenario) => {
  await expect_answer(await visit_day(scenario), answer_to({ plan: 'day', scenario }));
});

test('an edit changes the numbers, and its link opens them again', async () => {
  const page = await visit_day(deepseek);
  await page.locator(output).fill('336e9');
  const edited = { ...deepseek, 'economics.output_tokens_per_day': 336e9 };
  await expect.poll(() => cell(page, 'decode.units_of_day')).toBe('14.60');
  await expect_answer(page, answer_to({ plan: 'day', scenario: edited }));
  await expect.poll(() => fragment(page), { timeout: 10_000 }).toBe(link_of({ plan: 'day', scenario: edited }));
  const other = await go_to(fragment(page), { locale: 'zh-CN' });
  await is_drawn(other);
  await expect_answer(other, answer_to_link('day', fragment(page)));
});

test.each([
  [output, 'very many', 'very many'],
  [output, '1e99', '1e18'],
  [output, '-1', '1e18'],
  [output, '', '1e18'],
  ['#cost-economics-peak_nodes', '200', '226.75…320.117'],
])('%s cannot be “%s”: said so, and kept', async (field, text, said) => {
  const page = await visit_day(deepseek);
  const before = await cells(page, 'units');
  await page.locator(field).fill(text);
  expect(await page.locator('[data-banner=plan]').textContent()).toContain(said);
  await page.locator(field).blur();
  expect(await page.locator(field).inputValue()).toBe(text);
  expect(await cells(page, 'units')).toEqual(before); // the last good answer, marked
  expect(await page.locator('.plan .stale').count()).toBeGreaterThan(0);
  await page.locator(field).fill('300');
  await expect.poll(() => page.locator('[data-banner=plan]').count()).toBe(0);
});

test('the hours are drawn, and every number explains itself', async () => {
  const page = await visit_day(deepseek);
  await page.locator('.plan-hours svg').waitFor();
  await unfold(page);
  await page.locator('[data-quantity="economics.fleet_nodes"]').first().click();
  await page.locator('dialog[open]').waitFor();
});

test_appearance((options) => visit_day(deepseek, options));
