// The real engine for tests that run under node: the same wasm as the page's.
import { readFileSync } from 'node:fs';
import create_moecalc from '#engine';
import { wrap, type Engine } from '../../web/src/engine/engine';

const wasm = new URL('../../build/wasm/wasm_bindings/moecalc.wasm', import.meta.url);

export async function real_engine(): Promise<Engine> {
  return wrap(await create_moecalc({ wasmBinary: readFileSync(wasm) }));
}
