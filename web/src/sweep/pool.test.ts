// The pool with workers made of nothing: a partial is the list of what was evaluated.
import { expect, test } from 'vitest';
import type { SweepPartial } from '../engine/engine';
import { create_pool, type Job, type Listener, type PoolWorker, type Progress, type Reply } from './pool';

interface FakeWorker extends PoolWorker {
  jobs: Job[];
  dead: boolean;
  finish(): void;
  crash(reason: string): void;
  answer_crash(reason: string): void;
}

// Six numbers, of which the first is how many were evaluated and the sixth the bound, then the rows kept: every number
// that 1,000 divides and that is within the bound. The bound is the tenth of them, when there are ten.
const partial_of = (evaluated: number, rows: number[]) =>
  new Float64Array([evaluated, 0, 0, 0, 0, rows[9] ?? 2 ** 53 - 1, ...rows.slice(0, 10)]);
const evaluate = ({ begin, end, hash_bound }: Omit<Job, 'run' | 'spec'>) => {
  const rows = [];
  for (let i = begin; i < end; i++) if (i % 1000 === 0 && i <= hash_bound) rows.push(i);
  return partial_of(end - begin, rows);
};
function merge(_spec: string, partials: SweepPartial[]): SweepPartial {
  const evaluated = partials.reduce((sum, [count = 0]) => sum + count, 0);
  const rows = partials.flatMap((partial) => [...partial.subarray(6)]);
  return partial_of(
    evaluated,
    rows.sort((one, other) => one - other),
  );
}

function fake_pool(workers = 2, merging: typeof merge = merge) {
  const made: FakeWorker[] = [];
  let time = 0;
  const pool = create_pool({
    workers,
    merge: merging,
    now: () => time,
    make: (reply: (reply: Reply) => void, crash) => {
      const worker: FakeWorker = {
        jobs: [],
        dead: false,
        send: (job) => worker.jobs.push(job),
        terminate: () => (worker.dead = true),
        finish() {
          const job = worker.dead ? undefined : worker.jobs.shift();
          if (!job) return;
          time += 5;
          reply({ run: job.run, partial: evaluate(job), ms: 10, heap_bytes: 1000 });
        },
        crash: (reason) => crash(reason),
        answer_crash: (reason) => reply({ run: worker.jobs[0]!.run, crash: reason }),
      };
      made.push(worker);
      return worker;
    },
  });
  const busy = () => made.filter((worker) => worker.jobs.length > 0 && !worker.dead);
  return { pool, made, busy, wait: (ms: number) => (time += ms) };
}

function listen() {
  const heard = { progress: null as Progress | null, partials: 0, done: null as SweepPartial | null, failed: '' };
  const listener: Listener = {
    progress: (progress) => (heard.progress = progress),
    partial: (_partial, progress) => {
      heard.partials++;
      heard.progress = progress;
    },
    done: (partial, progress) => {
      heard.done = partial;
      heard.progress = progress;
    },
    failed: (reason) => (heard.failed = reason),
  };
  return { heard, listener };
}

const total = 50_000;
const whole = evaluate({ begin: 0, end: total, hash_bound: Infinity });
// Deterministic, so that a failure can be looked at.
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * sides);
  };
}

test.each([1, 2, 3, 8])('%i workers answering in any order give the same rows', (workers) => {
  for (let seed = 1; seed <= 20; seed++) {
    const { pool, busy } = fake_pool(workers);
    const { heard, listener } = listen();
    const roll = dice(seed);
    pool.run('s', total, listener);
    for (let at = busy(); at.length > 0; at = busy()) at[roll(at.length)]!.finish();
    expect(heard.done).toEqual(whole);
    expect(heard.progress).toMatchObject({ done: total, total, replaced: 0 });
    expect(pool.running).toBe(false);
  }
});

test('the first piece is merged and shown at once, later ones now and then', () => {
  const { pool, busy } = fake_pool();
  const { heard, listener } = listen();
  pool.run('s', 5_000_000, listener);
  busy()[0]!.finish();
  expect(heard.partials).toBe(1);
  for (let i = 0; i < 20; i++) busy()[0]!.finish(); // 100 ms
  expect(heard.partials).toBeLessThan(4);
});

test('what a worker rehearses is not counted', () => {
  const { pool, busy } = fake_pool(2);
  const { heard, listener } = listen();
  pool.warm('s', total);
  busy()[0]!.finish();
  pool.run('s', total, listener);
  while (busy().length > 0) busy()[0]!.finish();
  expect(heard.done).toEqual(whole);
});

test('later pieces are told what cannot be in the sample any more', () => {
  const { pool, busy, wait } = fake_pool(1);
  const { heard, listener } = listen();
  pool.run('s', 5_000_000, listener);
  const bounds = [];
  for (let at = busy(); at.length > 0; at = busy()) {
    bounds.push(at[0]!.jobs[0]!.hash_bound);
    wait(1000);
    at[0]!.finish();
  }
  expect(bounds[0]).toBe(2 ** 53 - 1);
  expect(bounds.at(-1)).toBe(9000);
  expect(heard.done).toEqual(evaluate({ begin: 0, end: 5_000_000, hash_bound: Infinity }));
});

test('workers that die, loudly or without a word, are replaced, and nothing is lost or counted twice', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { pool, busy, wait } = fake_pool(3);
    const { heard, listener } = listen();
    const roll = dice(seed);
    pool.run('s', total, listener);
    let deaths = 0;
    for (let step = 0; pool.running && step < 5000; step++) {
      const at = busy();
      const worker = at[roll(Math.max(1, at.length))];
      const fate = deaths < 6 ? roll(6) : 5;
      if (fate === 0) worker?.crash('out of memory');
      else if (fate === 1) worker?.answer_crash('RuntimeError: unreachable');
      else if (fate === 2) pool.kill_one();
      else worker?.finish();
      if (fate <= 2) deaths++;
      if (at.length === 0) {
        // only workers that died without a word are left
        wait(100_000);
        pool.check();
      }
    }
    expect(heard.failed).toBe('');
    expect(heard.done).toEqual(whole);
    expect(heard.progress!.replaced).toBeGreaterThan(0);
  }
});

test('a late answer of a worker given up on is not counted', () => {
  const { pool, made, busy, wait } = fake_pool(1);
  const { heard, listener } = listen();
  pool.run('s', 300, listener);
  const slow = made[0]!;
  wait(100_000);
  pool.check();
  slow.dead = false; // terminated, but its message was on the way
  slow.finish();
  while (busy().length > 0) busy()[0]!.finish();
  expect(heard.done![0]).toBe(300);
});

test('a piece that kills every worker ends the sweep with the reason', () => {
  const { pool, busy } = fake_pool(2);
  const { heard, listener } = listen();
  pool.run('s', total, listener);
  for (let i = 0; i < 100 && pool.running; i++) busy()[0]!.crash('out of memory');
  expect(heard.failed).toBe('out of memory');
  expect(heard.done).toBeNull();
});

test('a merge that fails ends the sweep with the reason', () => {
  const { pool, busy } = fake_pool(2, () => {
    throw new Error('no room');
  });
  const { heard, listener } = listen();
  pool.run('s', total, listener);
  busy()[0]!.finish();
  expect(heard.failed).toContain('no room');
});

test('cancel throws away the busy workers; fresh ones take their places', () => {
  const { pool, made, busy } = fake_pool(2);
  const { heard, listener } = listen();
  pool.run('s', total, listener);
  busy()[0]!.finish();
  const before = [...made];
  pool.cancel();
  expect(pool.running).toBe(false);
  expect(before.every((worker) => worker.dead)).toBe(true);
  pool.warm('s', total);
  expect(made.length).toBe(4);
  for (const worker of before) {
    worker.dead = false;
    worker.finish(); // too late
  }
  expect(heard.done).toBeNull();
  const again = listen();
  pool.run('s', total, again.listener);
  while (busy().length > 0) busy()[0]!.finish();
  expect(again.heard.done).toEqual(whole);
});

test('the latest request wins', () => {
  const { pool, busy } = fake_pool(2);
  const old = listen();
  const latest = listen();
  pool.run('old', total, old.listener);
  busy()[0]!.finish();
  const told = old.heard.partials;
  pool.run('latest', total, latest.listener);
  while (busy().length > 0) busy()[0]!.finish();
  expect(old.heard.done).toBeNull();
  expect(old.heard.partials).toBe(told);
  expect(latest.heard.done).toEqual(whole);
});

test('stopped, no worker is left; the next run starts new ones', () => {
  const { pool, made, busy } = fake_pool(2);
  const { heard, listener } = listen();
  pool.warm('s', total);
  pool.stop();
  expect(made.every((worker) => worker.dead)).toBe(true);
  pool.run('s', total, listener);
  while (busy().length > 0) busy()[0]!.finish();
  expect(heard.done).toEqual(whole);
  expect(pool.peak_heap_bytes).toBe(2000);
});
