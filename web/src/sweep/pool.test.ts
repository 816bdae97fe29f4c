// The pool with workers made of nothing: a partial is the list of what was evaluated.
import { expect, test } from 'vitest';
import { create_pool, type Job, type Listener, type PoolWorker, type Progress, type Reply } from './pool';

interface FakeWorker extends PoolWorker {
  job: Job | null;
  dead: boolean;
  finish(): void;
  crash(reason: string): void;
  answer_crash(reason: string): void;
}

// `rows` stands for the rows kept: every number that 1,000 divides. Merging is a union, as the engine's is.
const evaluate = ({ begin, end }: Job) => {
  const rows = [];
  for (let i = begin; i < end; i++) if (i % 1000 === 0) rows.push(i);
  return JSON.stringify({ evaluated: end - begin, rows });
};
function merge(_spec: string, partials: string[]): string {
  const all = partials.map((text) => JSON.parse(text) as { evaluated: number; rows: number[] });
  return JSON.stringify({
    evaluated: all.reduce((sum, { evaluated }) => sum + evaluated, 0),
    rows: all.flatMap(({ rows }) => rows).sort((one, other) => one - other),
  });
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
        job: null,
        dead: false,
        send: (job) => (worker.job = job),
        terminate: () => (worker.dead = true),
        finish() {
          const { job } = worker;
          if (!job || worker.dead) return;
          worker.job = null;
          time += 5;
          reply({ run: job.run, partial: evaluate(job), ms: 10, heap_bytes: 1000 });
        },
        crash: (reason) => crash(reason),
        answer_crash: (reason) => reply({ run: worker.job!.run, crash: reason }),
      };
      made.push(worker);
      return worker;
    },
  });
  const busy = () => made.filter((worker) => worker.job && !worker.dead);
  return { pool, made, busy, wait: (ms: number) => (time += ms) };
}

function listen() {
  const heard = { progress: null as Progress | null, partials: 0, done: null as string | null, failed: '' };
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
const whole = evaluate({ run: 0, spec: '', begin: 0, end: total });
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
    expect(heard.done).toBe(whole);
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
    expect(heard.done).toBe(whole);
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
  expect(JSON.parse(heard.done!)).toMatchObject({ evaluated: 300 });
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
  pool.warm();
  expect(made.length).toBe(4);
  for (const worker of before) {
    worker.dead = false;
    worker.finish(); // too late
  }
  expect(heard.done).toBeNull();
  const again = listen();
  pool.run('s', total, again.listener);
  while (busy().length > 0) busy()[0]!.finish();
  expect(again.heard.done).toBe(whole);
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
  expect(latest.heard.done).toBe(whole);
});

test('stopped, no worker is left; the next run starts new ones', () => {
  const { pool, made, busy } = fake_pool(2);
  const { heard, listener } = listen();
  pool.warm();
  pool.stop();
  expect(made.every((worker) => worker.dead)).toBe(true);
  pool.run('s', total, listener);
  while (busy().length > 0) busy()[0]!.finish();
  expect(heard.done).toBe(whole);
  expect(pool.peak_heap_bytes).toBe(2000);
});
