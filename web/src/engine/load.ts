// Fetches and starts the WebAssembly module. The reasons for failing are kept apart, because each needs other advice.
import wasm_url from '#engine.wasm?url';
import { wrap, type Engine } from './engine';
import { start_instance } from './instance';

export type LoadFailure = 'no_wasm' | 'no_simd' | 'load_failed';
export type Loaded =
  { engine: Engine; module: WebAssembly.Module; heap_bytes: () => number } | { failure: LoadFailure; detail: string };

// The smallest module that uses one SIMD instruction; a browser without SIMD refuses it.
const simd_probe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

export async function load_engine(): Promise<Loaded> {
  if (typeof WebAssembly !== 'object') return { failure: 'no_wasm', detail: '' };
  if (!WebAssembly.validate(simd_probe)) return { failure: 'no_simd', detail: '' };
  try {
    const module = await compile();
    const { engine, heap_bytes } = await start_instance(module);
    return { engine: wrap(engine), module, heap_bytes };
  } catch (reason) {
    return { failure: 'load_failed', detail: String(reason).slice(0, 200) };
  }
}

async function compile(): Promise<WebAssembly.Module> {
  const response = await fetch(wasm_url, { credentials: 'same-origin' }); // as the preload in the head asks
  if (!response.ok) throw new Error(`${response.status} ${wasm_url}`);
  // A host that does not know the type of .wasm files makes compiling on the way impossible.
  if (response.headers.get('content-type') !== 'application/wasm') {
    return WebAssembly.compile(await response.arrayBuffer());
  }
  return WebAssembly.compileStreaming(response);
}
