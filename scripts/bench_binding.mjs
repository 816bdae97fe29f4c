// How often per second the page can ask the engine: evaluate() with JSON in and out, in node and in Chromium.
import { readFile } from 'node:fs/promises';
import { launch_browser, new_page } from '../tests/browser/harness.mjs';
import { start_server } from './static_server.mjs';

const folder = 'build/wasm/wasm_bindings';

/**
 * Sent to the browser as text: may use nothing outside itself.
 * @param {{ evaluate?: (scenario: string) => string }} engine
 */
function evaluations_per_second(engine) {
  const seconds = 1;
  const ask = () => engine.evaluate?.('{}') ?? 'the engine has no evaluate()';
  const answer = ask();
  if (!answer.startsWith('{"ok":true')) throw new Error(`evaluate('{}') gives ${answer.slice(0, 300)}`);
  const run = (/** @type {number} */ until) => {
    let count = 0;
    const start = performance.now();
    while (performance.now() - start < until * 1000) {
      for (let i = 0; i < 20; i++) ask();
      count += 20;
    }
    return (count * 1000) / (performance.now() - start);
  };
  run(0.3 * seconds); // lets the compiler finish
  return run(seconds);
}

const print = (/** @type {string} */ place, /** @type {number} */ rate) =>
  console.log(
    `${place.padEnd(9)} ${Math.round(rate).toString().padStart(9)} evaluations/s  ${(1e6 / rate).toFixed(1).padStart(8)} us each`,
  );

const { default: create } = await import(`../${folder}/moecalc.mjs`);
print('node', evaluations_per_second(await create({ wasmBinary: await readFile(`${folder}/moecalc.wasm`) })));

const server = await start_server({ folder });
const browser = await launch_browser();
try {
  const { page } = await new_page(browser);
  await page.goto(server.url); // "Not found" is document enough: only its origin matters
  const rate = await page.evaluate(`(async () => {
    const { default: create } = await import('/moecalc.mjs');
    return (${evaluations_per_second})(await create());
  })()`);
  print('Chromium', Number(rate));
} finally {
  await browser.close();
  await server.close();
}
