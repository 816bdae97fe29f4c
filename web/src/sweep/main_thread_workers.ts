// The pool's workers where the browser allows none: in a sandboxed frame, in a file opened from a disk. The page's own
// thread evaluates a piece in slices short enough for a frame to pass between them; input comes first.
import type { SweepPartial } from '../engine/engine';
import { rest_now } from '../engine/rest';
import type { Rest } from '../engine/wrap_rest';
import type { Job, MakeWorker } from './pool';

export interface MainThreadTools {
  rest: Pick<Rest, 'sweep_run' | 'sweep_merge'>;
  now(): number; // ms
  pause(): Promise<void>; // lets everything else that waits for this thread go first
}

const slice_ms = 8; // twice that is still a frame
const first_slice = 16;
const most_growth = 4; // the first slices are too short to tell the speed well

export function main_thread_workers({ rest, now, pause }: MainThreadTools): MakeWorker {
  return (reply) => {
    const jobs: Job[] = [];
    let is_working = false;
    let is_ended = false;
    let spec = '';
    let size = first_slice;

    async function evaluate(job: Job): Promise<SweepPartial | null> {
      if (job.spec !== spec) size = first_slice; // another sweep, another speed
      spec = job.spec;
      const slices: SweepPartial[] = [];
      for (let begin = job.begin; begin < job.end && !is_ended;) {
        const end = Math.min(job.end, begin + size);
        const started = now();
        slices.push(rest.sweep_run(spec, begin, end, job.hash_bound));
        const wanted = ((end - begin) * slice_ms) / Math.max(now() - started, 0.1);
        size = Math.max(1, Math.floor(Math.min(wanted, size * most_growth)));
        begin = end;
        await pause();
      }
      if (is_ended) return null;
      return slices.length === 1 ? slices[0]! : rest.sweep_merge(spec, slices);
    }

    async function work() {
      is_working = true;
      await pause(); // whoever sends a job has not noted it yet
      for (let job = jobs.shift(); job && !is_ended; job = jobs.shift()) {
        const { run } = job;
        const started = now();
        try {
          const partial = await evaluate(job);
          if (partial) reply({ run, partial, ms: now() - started, heap_bytes: 0 }); // it has no memory of its own
        } catch (reason) {
          if (!is_ended) reply({ run, crash: String(reason) });
        }
      }
      is_working = false;
    }

    return {
      send(job) {
        jobs.push(job);
        if (!is_working) void work();
      },
      terminate: () => (is_ended = true),
    };
  };
}

export const on_this_thread: MakeWorker = (...listeners) =>
  main_thread_workers({ rest: rest_now(), now: () => performance.now(), pause: browser_pause() })(...listeners);

// A message to oneself: browsers put input and drawing before it, and unlike timers it does not wait.
function browser_pause(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
