// The pool's workers in a browser.
import { compiled_rest } from '../engine/start_rest';
import type { MakeWorker } from './pool';

const most_workers = 8;

export const worker_count = () => Math.max(1, Math.min(most_workers, navigator.hardwareConcurrency || 2));

export const make_browser_workers: MakeWorker = (reply, crash) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'sweep' });
  worker.addEventListener('message', ({ data }) => reply(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault(); // the pool deals with it
    crash(event.message || 'the worker could not start');
  });
  worker.addEventListener('messageerror', () => crash('a message could not be read'));
  const ready = compiled_rest().then((module) => worker.postMessage(module));
  ready.catch((reason) => crash(String(reason)));
  return { send: (job) => void ready.then(() => worker.postMessage(job)), terminate: () => worker.terminate() };
};
