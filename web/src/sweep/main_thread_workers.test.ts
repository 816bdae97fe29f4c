// Sweeps without workers: the rows are those of the engine asked at once, and the thread is never kept for long.
import { beforeAll, describe, expect, test } from 'vitest';
import { real_engine, real_rest } from '../../../tests/web/real_engine';
import type { Engine, SweepPartial } from '../engine/engine';
import type { Rest } from '../engine/wrap_rest';
import { main_thread_workers, type MainThreadTools } from './main_thread_workers';
import { create_pool, type Job, type Reply } from './pool';

const no_bound = 2 ** 53 - 1;
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('with the engine', () => {
  let engine: Engine;
  let rest: Rest;
  beforeAll(async () => {
    [engine, rest] = await Promise.all([real_engine(), real_rest()]);
  });

  test.each([1, 3])(
    '%i of them give every preset’s rows',
    async (workers) => {
      for (const { id, sweep } of engine.sweep_presets()) {
        const plan = rest.sweep_plan(sweep);
        if (!plan.ok) throw new Error(id);
        const spec = JSON.stringify(sweep);
        const now = () => performance.now();
        const make = main_thread_workers({ rest, now, pause });
        const pool = create_pool({ make, workers, merge: rest.sweep_merge, now });
        const partial = await new Promise<SweepPartial>((done, failed) =>
          pool.run(spec, plan.value.total, { progress() {}, partial() {}, done, failed }),
        );
        const at_once = rest.sweep_run(spec, 0, plan.value.total, no_bound);
        expect(rest.sweep_result(spec, partial, Infinity), id).toEqual(rest.sweep_result(spec, at_once, Infinity));
      }
    },
    60_000,
  );

  test('a sweep that the engine refuses ends with its reason', async () => {
    const replies: Reply[] = [];
    const make = main_thread_workers({ rest, now: () => performance.now(), pause });
    make(
      (reply) => replies.push(reply),
      () => {},
    ).send({ run: 1, spec: '{"axes":7}', begin: 0, end: 10, hash_bound: no_bound });
    await expect.poll(() => replies.length).toBe(1);
    expect(replies[0]).toHaveProperty('crash');
  });
});

// An engine whose configurations take a known time.
function slow_engine(ms_each: () => number) {
  let time = 0;
  const slices: { count: number; ms: number }[] = [];
  const tools: MainThreadTools = {
    rest: {
      sweep_run(_spec, begin, end) {
        const ms = (end - begin) * ms_each();
        time += ms;
        slices.push({ count: end - begin, ms });
        return Float64Array.of(end - begin);
      },
      sweep_merge: (_spec, partials) => Float64Array.of(partials.reduce((sum, [count = 0]) => sum + count, 0)),
    },
    now: () => time,
    pause,
  };
  return { tools, slices };
}
const job = (spec: string): Job => ({ run: 1, spec, begin: 0, end: 5_000, hash_bound: no_bound });

test.each([0.002, 0.05, 0.9])('at %f ms each no slice is longer than a frame, and few are much shorter', async (ms) => {
  const { tools, slices } = slow_engine(() => ms);
  const replies: Reply[] = [];
  const worker = main_thread_workers(tools)(
    (reply) => replies.push(reply),
    () => {},
  );
  worker.send(job('a'));
  await expect.poll(() => replies.length, { timeout: 10_000 }).toBe(1);
  expect((replies[0] as { partial: SweepPartial }).partial[0]).toBe(5_000);
  for (const slice of slices) expect(slice.ms).toBeLessThanOrEqual(16);
  expect(slices.length).toBeLessThan(10 + (5_000 * ms) / 4);
});

test('another sweep starts with short slices again', async () => {
  let ms = 0.002;
  const { tools, slices } = slow_engine(() => ms);
  const replies: Reply[] = [];
  const worker = main_thread_workers(tools)(
    (reply) => replies.push(reply),
    () => {},
  );
  worker.send(job('quick'));
  await expect.poll(() => replies.length).toBe(1);
  ms = 0.9;
  worker.send(job('slow'));
  await expect.poll(() => replies.length, { timeout: 10_000 }).toBe(2);
  for (const slice of slices) expect(slice.ms).toBeLessThanOrEqual(16);
});

test('terminated, it evaluates no further slice and says nothing', async () => {
  const { tools, slices } = slow_engine(() => 0.9);
  const replies: Reply[] = [];
  const worker = main_thread_workers(tools)(
    (reply) => replies.push(reply),
    () => {},
  );
  worker.send(job('a'));
  while (slices.length < 3) await pause();
  worker.terminate();
  const count = slices.length;
  for (let i = 0; i < 20; i++) await pause();
  expect(slices.length).toBe(count);
  expect(replies).toEqual([]);
});
