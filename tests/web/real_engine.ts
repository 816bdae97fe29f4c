// The real engine for tests that run under node: the same modules as the page's.
import { readFileSync } from 'node:fs';
import create_moecalc from '#engine';
import create_moecalc_rest from '#engine_rest';
import { wrap, type Engine } from '../../web/src/engine/engine';
import { wrap_rest, type Rest } from '../../web/src/engine/wrap_rest';

const bytes = (name: string) => readFileSync(new URL(`../../build/wasm/wasm_bindings/${name}.wasm`, import.meta.url));

export async function real_engine(): Promise<Engine> {
  return wrap(await create_moecalc({ wasmBinary: bytes('moecalc') }));
}

export async function real_rest(): Promise<Rest> {
  return wrap_rest(await create_moecalc_rest({ wasmBinary: bytes('moecalc_rest') }));
}
