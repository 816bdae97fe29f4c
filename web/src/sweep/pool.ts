// Spreads a sweep over workers: hands out pieces, merges what comes back, replaces workers that die, forgets runs that
// nobody waits for. It knows nothing of browsers: workers, clock and merging are given to it.
//
// The rows of a sweep do not depend on how it was cut or in which order pieces came back: the engine's merge is
// commutative and its ranks are exact. So a piece can be done twice, and any number of workers give the same answer.
import type { SweepPartial } from '../engine/engine';
import { create_ranges, type Piece, type Ranges } from './ranges';

export interface Job {
  run: number;
  spec: string;
  begin: number;
  end: number;
  hash_bound: number; // of the sample: what lies above cannot be in it any more
}
export type Reply =
  { run: number; partial: SweepPartial; ms: number; heap_bytes: number } | { run: number; crash: string };

export interface PoolWorker {
  send(job: Job): void;
  terminate(): void;
}
export type MakeWorker = (reply: (reply: Reply) => void, crash: (reason: string) => void) => PoolWorker;

export interface Tools {
  make: MakeWorker;
  workers: number;
  merge(spec: string, partials: SweepPartial[]): SweepPartial;
  now(): number; // ms
}

export interface Progress {
  done: number;
  total: number;
  ms: number; // since the start
  replaced: number; // workers that died in this run
}
export interface Listener {
  progress(progress: Progress): void;
  // What is known so far, merged. Called for the first piece at once, then now and then.
  partial(partial: SweepPartial, progress: Progress): void;
  done(partial: SweepPartial, progress: Progress): void;
  failed(reason: string): void;
}

export interface Pool {
  // Workers start before they are needed and rehearse the sweep: a click should wait neither for them nor for their compiler.
  warm(spec: string, total: number): void;
  // The latest request wins: an earlier one is forgotten without a word.
  run(spec: string, total: number, listener: Listener): void;
  // At once: what workers are doing is thrown away with them. Warm the pool again when there is time.
  cancel(): void;
  // No workers any more; the next run starts new ones.
  stop(): void;
  // To be called now and then: finds workers that died without a word.
  check(): void;
  // For tests: a busy worker dies without a word. False if none was busy.
  kill_one(): boolean;
  readonly running: boolean;
  readonly peak_heap_bytes: number; // of all workers together
}

const target_ms = 120; // Cancel does not wait for it
const rehearsed = 256; // configurations, whose result nobody waits for
const pieces_ahead = 2; // so that a worker goes on while this thread draws
const least_pause_ms = 500; // merging and drawing take a core away from the workers: from picture to picture as long
const most_pause_ms = 3000; // as the sweep has run until then
const most_waiting = 64; // partials not yet merged take memory
const most_attempts = 5;
const patience_ms = 4000; // doubled with each attempt: a slow machine is not a dead worker

const bound_at = 5; // in a partial
const no_bound = 2 ** 53 - 1;

interface Slot {
  worker: PoolWorker;
  sent: { run: number; piece: Piece }[]; // it works on the first
  since: number; // when it began with that
  heap_bytes: number;
}
interface Run {
  id: number;
  spec: string;
  total: number;
  ranges: Ranges;
  listener: Listener;
  started: number;
  done: number;
  replaced: number;
  merged: SweepPartial | null;
  waiting: SweepPartial[];
  merged_at: number;
}

const pause_ms = ({ merged_at, started }: Run) =>
  Math.min(most_pause_ms, Math.max(least_pause_ms, merged_at - started));

export function create_pool({ make, workers, merge, now }: Tools): Pool {
  let slots: Slot[] = [];
  let run: Run | null = null;
  let runs = 0;
  let peak_heap_bytes = 0;

  function new_slot(): Slot {
    const slot: Slot = {
      worker: make(
        (reply) => on_reply(slot, reply),
        (reason) => on_crash(slot, reason),
      ),
      sent: [],
      since: 0,
      heap_bytes: 0,
    };
    return slot;
  }
  function warm() {
    while (slots.length < workers) slots.push(new_slot());
  }
  function feed() {
    if (!run) return;
    for (let ahead = 1; ahead <= pieces_ahead; ahead++) {
      for (const slot of slots) {
        if (slot.sent.length >= ahead) continue;
        const piece = run.ranges.take(workers * pieces_ahead);
        if (!piece) return;
        if (slot.sent.length === 0) slot.since = now();
        slot.sent.push({ run: run.id, piece });
        const { id, spec, merged } = run;
        const hash_bound = merged?.[bound_at] ?? no_bound;
        slot.worker.send({ run: id, spec, begin: piece.begin, end: piece.end, hash_bound });
      }
    }
  }

  function on_reply(slot: Slot, reply: Reply) {
    const [busy] = slot.sent;
    if (!slots.includes(slot) || !busy || reply.run !== busy.run) return;
    if ('crash' in reply) return on_crash(slot, reply.crash);
    slot.sent.shift();
    slot.since = now();
    slot.heap_bytes = reply.heap_bytes;
    peak_heap_bytes = Math.max(
      peak_heap_bytes,
      slots.reduce((sum, each) => sum + each.heap_bytes, 0),
    );
    if (run && busy.run === run.id) {
      run.done += busy.piece.end - busy.piece.begin;
      run.waiting.push(reply.partial);
      run.ranges.took(busy.piece, reply.ms);
    }
    const is_first = run && busy.run === run.id && run.merged === null;
    // The workers have something to do while this thread merges; but the first picture does not share the cores.
    if (is_first) collect(run!);
    feed();
    if (!is_first && run && busy.run === run.id) collect(run);
  }

  function collect(now_running: Run) {
    const { listener, waiting } = now_running;
    const finished = now_running.done === now_running.total;
    const due =
      finished ||
      now_running.merged === null ||
      waiting.length >= most_waiting ||
      now() - now_running.merged_at >= pause_ms(now_running);
    if (!due) return listener.progress(progress_of(now_running));
    try {
      const partials = now_running.merged === null ? waiting : [now_running.merged, ...waiting];
      now_running.merged = merge(now_running.spec, partials);
    } catch (reason) {
      return fail(String(reason));
    }
    now_running.waiting = [];
    const progress = progress_of(now_running);
    if (finished) {
      run = null;
      listener.done(now_running.merged, progress);
    } else {
      listener.partial(now_running.merged, progress);
      now_running.merged_at = now(); // after drawing: a slow screen gets fewer pictures
    }
  }

  function on_crash(slot: Slot, reason: string) {
    const at = slots.indexOf(slot);
    if (at < 0) return;
    slot.worker.terminate();
    slots.splice(at, 1);
    if (!run) return;
    const { id, ranges, listener } = run;
    const own = slot.sent.filter((each) => each.run === id);
    const [first] = slot.sent;
    // Of what a worker dies while idle, or of something nobody waits for, no piece is to blame.
    const is_hopeless = first?.run === id ? first.piece.attempts + 1 >= most_attempts : run.replaced >= 10 * workers;
    if (is_hopeless) return fail(reason);
    run.replaced++;
    for (const each of own) ranges.give_back(each.piece, each === first);
    warm();
    listener.progress(progress_of(run));
    feed();
  }

  function fail(reason: string) {
    const failed = run;
    run = null;
    throw_away_busy();
    failed?.listener.failed(reason);
  }
  function throw_away_busy() {
    for (const slot of slots) if (slot.sent.length > 0) slot.worker.terminate();
    slots = slots.filter((slot) => slot.sent.length === 0);
  }
  const progress_of = ({ done, total, started, replaced }: Run): Progress => ({
    done,
    total,
    ms: now() - started,
    replaced,
  });

  return {
    warm(spec, total) {
      warm();
      for (const { sent, worker } of slots) {
        if (sent.length === 0) worker.send({ run: 0, spec, begin: 0, end: Math.min(rehearsed, total), hash_bound: 0 });
      }
    },
    run(spec, total, listener) {
      run = {
        id: ++runs,
        spec,
        total,
        ranges: create_ranges(total, target_ms),
        listener,
        started: now(),
        done: 0,
        replaced: 0,
        merged: null,
        waiting: [],
        merged_at: now(),
      };
      peak_heap_bytes = 0;
      warm();
      feed(); // workers still busy with an earlier run join when their piece ends
    },
    cancel() {
      run = null;
      throw_away_busy();
    },
    stop() {
      run = null;
      for (const slot of slots) slot.worker.terminate();
      slots = [];
    },
    check() {
      for (const slot of [...slots]) {
        const [busy] = slot.sent;
        if (busy && now() - slot.since > patience_ms * 2 ** busy.piece.attempts) on_crash(slot, 'no answer');
      }
    },
    kill_one() {
      const slot = slots.find((each) => each.sent.length > 0);
      slot?.worker.terminate();
      return slot !== undefined;
    },
    get running() {
      return run !== null;
    },
    get peak_heap_bytes() {
      return peak_heap_bytes;
    },
  };
}
