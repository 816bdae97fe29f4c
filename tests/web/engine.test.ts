// The engine as WebAssembly, outside a browser: what the page's code may rely on.
import { readFileSync } from 'node:fs';
import create_moecalc from '#engine';
import { expect, test } from 'vitest';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));

test('the module says which release it is', async () => {
  const engine = await create_moecalc({ wasmBinary: file('build/wasm/wasm_bindings/moecalc.wasm') });
  const { version } = JSON.parse(file('package.json').toString());
  expect(JSON.parse(engine.about())).toMatchObject({ ok: true, value: { release: version, link_version: 2 } });
});
