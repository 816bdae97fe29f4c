// What belongs to the method `reference` and to what it is measured against: the default page, a model's config.json, the
// validation view, the methods side by side.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fragment, use_browser } from './browser';
import { accessibility_violations, overflows_sideways } from './harness.mjs';

const { visit } = use_browser();
const tpot = async (page: Page) =>
  Number(await page.locator('.headline [data-quantity="decode.tpot_ms"]').getAttribute('data-value'));

test.each(['en-GB', 'zh-CN'])('the bare page answers with the method reference: %s', async (locale) => {
  const page = await visit('', { locale });
  expect(await page.locator('#full-method').inputValue()).toBe('reference');
  expect(await tpot(page)).toBeGreaterThan(0);
  await page.locator('.time').first().waitFor();
  // Hidden communication is taken off the sum, and its bar and row say so.
  expect(await page.locator('.time .hidden-by-overlap').count()).toBeGreaterThan(0);
  await page.locator('.methods table').waitFor();
  const text = await page.locator('body').innerText();
  expect(text).not.toMatch(/\b(quantity|parameter|operator|ledger|note|group|choice|unit)\.[a-z_]+|\{\w+\}/);
});

test('a model that is not covered says why, and the list says so before', async () => {
  const page = await visit();
  const model = page.locator('#full-model');
  await model.click();
  await model.fill('671B');
  expect(await page.locator('#full-model-list [role=option]').first().innerText()).toMatch(/deepseek.*671B-A/is);
  await model.press('Escape');
  const refused = page.locator('#full-model-list .not-covered');
  await model.click();
  const name = await refused.first().locator('.detail').innerText();
  await refused.first().click();
  expect(name).toContain('not covered');
  expect((await page.locator('#full-model-error').innerText()).length).toBeGreaterThan(20);
});

const config = {
  model_type: 'qwen3_moe',
  hidden_size: 4096,
  num_hidden_layers: 94,
  num_attention_heads: 64,
  num_key_value_heads: 4,
  head_dim: 128,
  vocab_size: 151936,
  tie_word_embeddings: false,
  intermediate_size: 12288,
  moe_intermediate_size: 1536,
  num_experts: 128,
  num_experts_per_tok: 8,
  decoder_sparse_step: 1,
  mlp_only_layers: [],
  a_field_of_tomorrow: 7,
};

test('a pasted config.json becomes the model, travels in the link, and a bad text stays', async () => {
  const page = await visit();
  await page.locator('#full-decode-batch_per_gpu').fill('32');
  await page.locator('.import').click();
  const dialog = page.locator('dialog.config');
  const field = dialog.locator('textarea');
  await field.fill('{"model_type": ');
  await dialog.locator('.bad-text').waitFor();
  expect(await field.inputValue()).toBe('{"model_type": ');
  await page.keyboard.press('Escape');
  await page.locator('.import').click();
  expect(await field.inputValue()).toBe('{"model_type": ');
  await field.fill(JSON.stringify(config));
  await expect.poll(() => dialog.innerText()).toContain('a_field_of_tomorrow');
  expect(await dialog.innerText()).toMatch(/235\.\d\dB/);
  expect(await accessibility_violations(page)).toEqual([]);
  await dialog.locator('.primary').click();
  expect(await dialog.isVisible()).toBe(false);
  const shown = await tpot(page);
  expect(shown).toBeGreaterThan(0);
  await expect.poll(() => fragment(page)).toContain('m=custom');

  const other = await visit(fragment(page), { locale: 'zh-CN' });
  expect(await tpot(other)).toBe(shown);
  expect(await other.locator('[data-banner]').count()).toBe(0);
});

test.each([
  [1280, 'en-GB', 'light'],
  [390, 'zh-CN', 'dark'],
] as const)('the validation view at %i px: %s, %s', async (width, locale, colorScheme) => {
  const page = await visit('', { width, locale, colorScheme });
  await page.locator('[data-view=validation]').click();
  const rows = page.locator('table[data-table=summary] tbody tr');
  await rows.first().waitFor();
  expect(await rows.count()).toBeGreaterThan(20);
  expect(await rows.first().innerText()).toMatch(/1,\d{3}/);
  await page.locator('.validation-picture[data-points] canvas').waitFor();
  expect(Number(await page.locator('.validation-picture').getAttribute('data-points'))).toBeGreaterThan(1000);
  expect(await page.locator('.left-out dd').count()).toBeGreaterThan(3);
  expect(await overflows_sideways(page)).toBe(false);
  expect(await accessibility_violations(page)).toEqual([]);
  await page.locator('.colour select').selectOption('model');
  await expect.poll(() => page.locator('.legend li').count()).toBeGreaterThan(5);
  // The farthest off opens as a question.
  await page.locator('table[data-table=runs] tbody button').first().click();
  expect(await tpot(page)).toBeGreaterThan(0);
});

test('the methods side by side, a refusal with its reason, and measured runs beside', async () => {
  const page = await visit();
  const row = (method: string) => page.locator(`[data-table=methods] [data-method=${method}]`);
  await row('zartbot').waitFor();
  expect(await row('reference').getAttribute('class')).toContain('here');
  expect(await row('zartbot').innerText()).toMatch(/39\.43/);
  await page.locator('#full-model').fill('llama-3.1-70b');
  await page.keyboard.press('Enter');
  await page.locator('#full-device').fill('h200');
  await page.keyboard.press('Enter');
  await expect.poll(() => row('zartbot').locator('.refusal').count()).toBe(1);
  expect(await row('zartbot').innerText()).toContain('llama-3.1-70b');
  await page.locator('.load-measured').click();
  await page.locator('[data-table=measured] tbody tr').first().waitFor();
  expect(await page.locator('[data-table=measured] tbody tr').count()).toBe(8);
  expect(await accessibility_violations(page)).toEqual([]);
  // A method that answers can be taken.
  await page.locator('#full-model').fill('deepseek-r1');
  await page.keyboard.press('Enter');
  await page.locator('#full-device').fill('h800');
  await page.keyboard.press('Enter');
  await row('zartbot').locator('button').click();
  expect(await tpot(page)).toBeCloseTo(39.43, 2);
});
