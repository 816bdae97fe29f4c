// The pool's workers in a browser; on the page's own thread where it has none.
import { compiled_rest } from '../engine/start_rest';
import { on_this_thread } from './main_thread_workers';
import type { MakeWorker } from './pool';

const most_workers = 8;

// A document without an origin (sandboxed, opened from a disk) may load no worker. Learned of others when one cannot start.
let are_possible = typeof Worker === 'function' && self.origin !== 'null';

export const worker_count = () =>
  are_possible ? Math.max(1, Math.min(most_workers, navigator.hardwareConcurrency || 2)) : 1;

export const make_browser_workers: MakeWorker = (reply, crash) => {
  if (are_possible) {
    try {
      return new_worker(reply, crash);
    } catch {
      are_possible = false;
    }
  }
  return on_this_thread(reply, crash);
};

const new_worker: MakeWorker = (reply, crash) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'sweep' });
  let has_answered = false;
  worker.addEventListener('message', ({ data }) => {
    has_answered = true;
    reply(data);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault(); // the pool deals with it
    if (!has_answered) are_possible = false; // its program did not arrive
    crash(event.message || 'the worker could not start');
  });
  worker.addEventListener('messageerror', () => crash('a message could not be read'));
  const ready = compiled_rest().then((module) => worker.postMessage(module));
  ready.catch((reason) => crash(String(reason)));
  return { send: (job) => void ready.then(() => worker.postMessage(job)), terminate: () => worker.terminate() };
};
