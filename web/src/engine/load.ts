// Fetches and starts the WebAssembly module. The reasons for failing are kept apart, because each needs other advice.
import create_moecalc from '#engine';
import wasm_url from '#engine.wasm?url';
import { wrap, type Engine } from './engine';
import { compile } from './compile';
import { start_instance } from './instance';

export type LoadFailure = 'no_wasm' | 'no_simd' | 'load_failed';
export type Loaded = { engine: Engine; heap_bytes: () => number } | { failure: LoadFailure; detail: string };

// The smallest module that uses one SIMD instruction; a browser without SIMD refuses it.
const simd_probe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

export async function load_engine(): Promise<Loaded> {
  if (typeof WebAssembly !== 'object') return { failure: 'no_wasm', detail: '' };
  if (!WebAssembly.validate(simd_probe)) return { failure: 'no_simd', detail: '' };
  try {
    const { engine, heap_bytes } = await start_instance(create_moecalc, await compile(wasm_url));
    return { engine: wrap(engine), heap_bytes };
  } catch (reason) {
    return { failure: 'load_failed', detail: String(reason).slice(0, 200) };
  }
}
