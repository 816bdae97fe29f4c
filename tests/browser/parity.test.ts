// Native, WebAssembly under node and the built page give the same report, to the last bit, for 1,000 random questions.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Scenario } from '#engine';
import { real_engine } from '../web/real_engine';
import { use_browser } from './browser';

const count = 1000;
const of_article = 600;
const native = fileURLToPath(new URL('../../build/native/tests/moecalc_evaluate_lines', import.meta.url));

const { visit } = use_browser();

// Mulberry32: the same questions in every run.
function random_numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Any model on any device: some of these are refused or do not fit, alike everywhere.
function open_question(random: () => number): Scenario {
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T;
  return {
    model: pick(['deepseek-r1', 'deepseek-v3.2', 'qwen3-235b-a22b', 'gpt-oss-120b', 'llama-3.1-70b', 'kimi-k2']),
    device: pick(['h800', 'h20', 'h100-sxm', 'h200', 'b200', 'gb200', 'mi300x']),
    phase: pick(['both', 'prefill', 'decode']),
    serving: pick(['disaggregated', 'aggregated']),
    prompt_tokens: Math.floor(1 + random() * pick([1000, 8000, 100000])),
    output_tokens: Math.floor(1 + random() * 4000),
    'decode.batch_per_gpu': Math.floor(1 + random() * 64),
    'decode.expert_parallel': pick<number | 'auto'>(['auto', 8, 16, 32, 64]),
    'decode.tensor_parallel': pick<number | 'auto'>(['auto', 1, 2, 8]),
    weight_format: pick(['fp8', 'bf16', 'nvfp4', 'int4']),
    kv_format: pick(['fp8', 'bf16']),
    overlap: pick(['auto', 'none', 'two_batch', 'ideal']),
    serving_engine: pick(['any', 'sglang', 'vllm', 'trtllm']),
    mtp_draft_tokens: pick([0, 1, 2]),
    ignore_capacity: random() < 0.5,
  };
}

// A question that zartbot answers: layouts from its domain, everything continuous drawn freely.
function question(random: () => number): Scenario {
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T;
  const whole = (low: number, high: number) => Math.floor(low + random() * (high - low + 1));
  const between = (low: number, high: number) => low * (high / low) ** random();
  return {
    method: 'zartbot',
    model: pick(['deepseek-v3', 'deepseek-r1']),
    device: pick(['h800', 'h20', 'h20-3e']),
    phase: pick(['both', 'prefill', 'decode']),
    prompt_tokens: whole(1, pick([2000, 8000, 200000])),
    output_tokens: whole(1, 5000),
    prefix_cache_hit_rate: random(),
    nic_gbit_per_s: pick<number | 'auto'>(['auto', 100, 200, 400, between(10, 1000)]),
    'prefill.expert_parallel': pick([8, 16, 32, 64, 320]),
    'prefill.tensor_parallel': pick<number | 'auto'>(['auto', 1, 4, 8]),
    'decode.expert_parallel': pick([34, 64, 72, 128, 144, 256, 320]),
    'decode.tensor_parallel': pick<number | 'auto'>(['auto', 1, 4, 8]),
    'decode.batch_per_gpu': whole(1, pick([32, 128, 512])),
    kv_format: pick(['fp8', 'bf16']),
    mla_absorb: pick(['auto', 'yes', 'no']),
    overlap: pick(['none', 'ideal']),
    efficiency: pick<number | 'auto'>(['auto', between(0.1, 1)]),
    memory_utilisation: pick<number | 'auto'>(['auto', between(0.5, 1)]),
    ignore_capacity: random() < 0.5,
    'device.memory_gib': pick<number | 'auto'>(['auto', between(48, 300)]),
    'device.memory_bandwidth_gb_per_s': pick<number | 'auto'>(['auto', between(500, 10000)]),
    'device.peak_dense_fp8_tflops': pick<number | 'auto'>(['auto', between(100, 5000)]),
    'economics.average_nodes': between(1, 10000),
    'economics.gpu_usd_per_hour': between(0.1, 20),
    'economics.output_tokens_per_day': between(1e6, 1e13),
  };
}

test(`the same ${count} reports natively, under node and in the page`, async () => {
  const random = random_numbers(20250314);
  const questions = Array.from({ length: count }, (_, at) => (at < of_article ? question : open_question)(random));

  const lines = questions.map((each) => JSON.stringify(each)).join('\n');
  const run = spawnSync(native, { input: lines, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(run.status).toBe(0);
  const of_native = run.stdout.trimEnd().split('\n');
  expect(of_native).toHaveLength(count);

  const engine = await real_engine();
  const of_node = questions.map((each) => JSON.stringify(engine.evaluate(each)));

  const page = await visit();
  const of_page = await page.evaluate((list) => {
    const { moecalc } = globalThis as unknown as { moecalc: { evaluate(scenario: object): object } };
    return list.map((each) => JSON.stringify(moecalc.evaluate(each)));
  }, questions);

  let answered = 0;
  for (let i = 0; i < count; ++i) {
    // Doubles survive JSON exactly in both directions, so equal text is equal bits.
    const wanted = JSON.stringify(JSON.parse(of_native[i] as string));
    expect(of_node[i]).toBe(wanted);
    expect(of_page[i]).toBe(wanted);
    const is_answered = wanted.startsWith('{"ok":true');
    if (i < of_article) expect(is_answered, wanted.slice(0, 500)).toBe(true);
    else if (is_answered) ++answered;
  }
  expect(answered).toBeGreaterThan((count - of_article) / 4);
}, 180_000);
