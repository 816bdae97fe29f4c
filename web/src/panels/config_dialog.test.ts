// A config.json becomes the question's model, and travels in the link.
import { beforeAll, describe, expect, test } from 'vitest';
import { real_engine, real_rest } from '../../../tests/web/real_engine';
import type { Engine } from '../engine/engine';
import type { Rest } from '../engine/wrap_rest';
import { change_language } from '../i18n/i18n';
import { create_store } from '../state/store';
import { with_model } from './config_dialog';
import { options_of } from './options';

let engine: Engine;
let rest: Rest;
beforeAll(async () => {
  await change_language('en');
  [engine, rest] = await Promise.all([real_engine(), real_rest()]);
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

describe('a config.json', () => {
  test('is counted, and its unknown fields named', () => {
    const answer = rest.read_config(JSON.stringify(config));
    if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
    const { total_parameters, active_parameters, kv_bytes_per_token, unknown_fields, scenario } = answer.value;
    expect(total_parameters.sum / 1e9).toBeCloseTo(235.1, 0);
    expect(active_parameters.sum / 1e9).toBeCloseTo(21.5, 0);
    expect(kv_bytes_per_token.bf16).toBe(94 * 2 * 4 * 128 * 2);
    expect(unknown_fields).toEqual(['a_field_of_tomorrow']);
    expect(scenario).toMatchObject({ model: 'custom', 'model.layers': 94, 'model.experts': 128 });
  });

  test('used as the model, it answers as the catalogue’s does and survives the link', () => {
    const answer = rest.read_config(JSON.stringify(config));
    if (!answer.ok) throw new Error('refused');
    const store = create_store(engine);
    store.load({ device: 'h20', 'model.layers': 3, method: 'zartbot', prompt_tokens: 1000 });
    store.load(with_model(store.scenario.value, answer.value.scenario));
    const own = store.answer.value;
    if (!own.ok) throw new Error(JSON.stringify(own.errors));
    expect(own.value.scenario).toMatchObject({ method: 'reference', model: 'custom', prompt_tokens: 1000 });
    const named = engine.evaluate({ device: 'h20', prompt_tokens: 1000, model: 'qwen3-235b-a22b' });
    expect(named.ok && named.value.quantities['decode.tpot_ms']).toBe(own.value.quantities['decode.tpot_ms']);
    const decoded = engine.decode_link(own.value.link);
    expect(decoded.ok && decoded.value.problems).toEqual([]);
    expect(decoded.ok && decoded.value.scenario).toEqual(own.value.scenario);
  });

  test.each([
    ['nonsense', '{"model_type": '],
    ['no model', '{}'],
    ['a list', '[]'],
  ])('%s is refused with a reason', (_name, text) => {
    const answer = rest.read_config(text);
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(answer.errors.length).toBeGreaterThan(0);
  });
});

test('models show their size and whether they are covered; own ones are among the choices', () => {
  const info = engine.parameters().parameters.find(({ key }) => key === 'model')!;
  const options = options_of(engine, info);
  expect(options.find(({ id }) => id === 'deepseek-r1')?.detail).toMatch(/^671B-A\d/);
  expect(options.at(-1)?.id).toBe('custom');
  for (const { id, covered } of options) {
    if (covered) continue;
    const answer = engine.evaluate({ model: id });
    expect(!answer.ok && answer.errors[0]?.code, id).toBe('model_not_covered');
  }
});
