// Both languages say the same things: the same keys, the same places to fill in.
import engine_en from '#texts/en.json';
import engine_zh from '#texts/zh.json';
import { beforeAll, describe, expect, test } from 'vitest';
import { real_engine, real_rest } from '../../../tests/web/real_engine';
import type { Engine } from '../engine/engine';
import type { Rest } from '../engine/wrap_rest';
import page_en from './en.json';
import { change_language, error_text, fill, has_word, shown, t } from './i18n';
import offline_en from './offline_en.json';
import offline_zh from './offline_zh.json';
import sweep_en from './sweep_en.json';
import sweep_zh from './sweep_zh.json';
import plan_en from './plan_en.json';
import plan_zh from './plan_zh.json';
import share_en from './share_en.json';
import share_zh from './share_zh.json';
import validation_en from './validation_en.json';
import validation_zh from './validation_zh.json';
import page_zh from './zh.json';

type Words = Record<string, string>;
const places = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each<[string, Words, Words]>([
  ['engine', engine_en, engine_zh],
  ['page', page_en, page_zh],
  ['sweep view', sweep_en, sweep_zh],
  ['plan view', plan_en, plan_zh],
  ['share dialog', share_en, share_zh],
  ['validation view', validation_en, validation_zh],
  ['offline page', offline_en, offline_zh],
])('the words of the %s', (_name, en, zh) => {
  test('have the same keys', () => {
    expect(Object.keys(en).length).toBeGreaterThan(5);
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });
  test('have the same places', () => {
    for (const key of Object.keys(en)) expect(places(zh[key] ?? ''), key).toEqual(places(en[key] ?? ''));
  });
  test('are never empty, and braces close', () => {
    for (const words of [en, zh]) {
      for (const [key, text] of Object.entries(words)) {
        expect(text.trim(), key).not.toBe('');
        expect(text.replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
      }
    }
  });
  test('are Chinese where they should be', () => {
    for (const [key, text] of Object.entries(zh)) {
      // The same text in both is a name or a unit; a sentence is not.
      if (text === en[key]) expect(text.split(' ').length, `${key}: ${text}`).toBeLessThan(5);
    }
  });
});

describe('every key that the engine gives has a word', () => {
  let engine: Engine;
  let rest: Rest;
  beforeAll(async () => {
    [engine, rest] = await Promise.all([real_engine(), real_rest()]);
  });

  test.each(['en', 'zh'] as const)(
    'in %s',
    async (chosen) => {
      await change_language(chosen);
      const missing = new Set<string>();
      const need = (key: string) => has_word(key) || missing.add(key);
      const { groups, parameters } = engine.parameters();
      for (const group of groups) need(`group.${group}`);
      for (const info of parameters) {
        need(`parameter.${info.key}`);
        need(`parameter.${info.key}.hint`);
        if (info.unit) need(`unit.${info.unit}`);
        if (info.type === 'choice') for (const choice of info.choices) need(`choice.${choice}`);
      }
      for (const info of engine.quantities()) {
        need(`quantity.${info.key}`);
        if (info.unit) need(`unit.${info.unit}`);
      }
      for (const conclusion of rest.conclusions()) need(`conclusion.${conclusion.id}`);
      const { presets } = engine.names();
      for (const preset of presets) {
        need(`preset.${preset.id}`);
        const answer = engine.evaluate(preset.scenario);
        if (!answer.ok) continue;
        const { notes, phases, memory, quantities } = answer.value;
        for (const note of notes) need(`note.${note.code}`);
        for (const phase of Object.values(phases)) for (const each of phase.operators) need(`operator.${each.id}`);
        for (const item of memory?.items ?? []) need(`ledger.${item.id}`);
        for (const quantity of Object.keys(quantities)) {
          const explanation = rest.explain(preset.scenario, quantity);
          if (!explanation.ok) continue;
          for (const input of explanation.value.inputs) need(input.name);
          for (const quirk of explanation.value.quirks) need(`quirk.${quirk}`);
        }
      }
      expect([...missing]).toEqual([]);
    },
    30_000,
  );

  test('error codes are worded with field, value and what is allowed', async () => {
    await change_language('en');
    const answer = engine.evaluate({ 'decode.batch_per_gpu': -1 });
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(error_text(answer.errors[0]!)).toContain('-1');
  });
});

test('places are filled, and an unknown place stays visible', async () => {
  await change_language('en');
  expect(fill('{a} of {b}', { a: 1.5, b: 'two' })).toBe('1.500 of two');
  expect(fill('{a} of {c}', { a: 'one' })).toBe('one of {c}');
  expect(t('form.all')).toBe('All inputs');
});

test('what a reader gave is repeated short, and cannot hide or turn the text around', async () => {
  expect(shown('12o')).toBe('12o');
  expect(shown('9'.repeat(400))).toBe('9'.repeat(100) + '…');
  expect(shown('a\u202eb\u2066c\u200b\n')).toBe('a?b?c??');
  expect(shown('𝟗'.repeat(150))).toBe('𝟗'.repeat(100) + '…');
  await change_language('en');
  const text = error_text({ code: 'not_a_number', field: 'x\u202ey', value: '<b>'.repeat(1e6), allowed: '1…4096' });
  expect(text.length).toBeLessThan(300);
  expect(text).toContain('<b><b>');
  expect(text).toContain('1…4096');
  expect(text).not.toContain('\u202e');
});
