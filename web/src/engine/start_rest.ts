// Fetches and starts the rest of the engine.
import create_moecalc_rest, { type RestModule } from '#engine_rest';
import wasm_url from '#engine_rest.wasm?url';
import { compile } from './compile';
import { start_instance } from './instance';
import { wrap_rest, type Rest } from './wrap_rest';

let compiling: Promise<WebAssembly.Module> | undefined;

// Compiled once, for the page and for the workers.
export function compiled_rest(): Promise<WebAssembly.Module> {
  compiling ??= compile(wasm_url);
  compiling.catch(() => (compiling = undefined)); // offline: asked again next time
  return compiling;
}

export async function start_rest(): Promise<Rest> {
  const { engine } = await start_instance<RestModule>(create_moecalc_rest, await compiled_rest());
  return wrap_rest(engine);
}
