// One worker of the pool: an instance of the engine that evaluates ranges of a sweep.
import create_moecalc_rest, { type RestModule } from '#engine_rest';
import { numbers_of } from '../engine/numbers';
import { start_instance, type Instance } from '../engine/instance';
import type { Job, Reply } from './pool';

let instance: Promise<Instance<RestModule>> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<WebAssembly.Module | Job>) => {
  if (data instanceof WebAssembly.Module) instance = start_instance(create_moecalc_rest, data);
  else void answer(data);
});

async function answer({ run, spec, begin, end, hash_bound }: Job) {
  let reply: Reply;
  const transfer: Transferable[] = [];
  try {
    const { engine, heap_bytes } = await instance!;
    const started = performance.now();
    const partial = numbers_of(engine.sweep_run(spec, begin, end, hash_bound));
    transfer.push(partial.buffer);
    reply = { run, partial, ms: performance.now() - started, heap_bytes: heap_bytes() };
  } catch (reason) {
    reply = { run, crash: String(reason) }; // out of memory ends here
  }
  self.postMessage(reply, { transfer });
}
