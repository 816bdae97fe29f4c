// Sweeps in the built page, in headless Chromium: configurations per second for each method, the first point after the
// click, ten million configurations with their memory, and how fast Cancel answers.
import { launch_browser, new_page, open, serve_dist, wrongs } from '../tests/browser/harness.mjs';

/** @typedef {import('../wasm_bindings/moecalc.d.ts').SweepSpec} SweepSpec */

const common = {
  objective: { quantity: 'decode.tokens_per_s_per_gpu', goal: /** @type {const} */ ('maximize') },
  constraints: [{ quantity: 'decode.tps_per_user', at_least: 15 }],
  top: 100,
  pareto: [
    { quantity: 'decode.tps_per_user', goal: /** @type {const} */ ('maximize') },
    { quantity: 'decode.tokens_per_s_per_gpu', goal: /** @type {const} */ ('maximize') },
  ],
  sample: 2000,
  quantities: ['decode.tpot_ms'],
};

/** @type {Record<string, (lengths: number) => SweepSpec>} */
const sweeps = {
  zartbot: (lengths) => ({
    ...common,
    scenario: { method: 'zartbot', phase: 'decode' },
    axes: [
      { parameter: 'prompt_tokens', from: 1000, to: 1000 + lengths - 1, step: 1 },
      { parameter: 'kv_format', values: ['bf16', 'fp8'] },
      { parameter: 'overlap', values: ['none', 'ideal'] },
      { parameter: 'decode.expert_parallel', values: [72, 144, 320, 34] },
      { parameter: 'decode.batch_per_gpu', from: 1, to: 125, step: 1 },
    ],
    best_per: ['kv_format', 'decode.expert_parallel'],
  }),
  shinez: (lengths) => ({
    ...common,
    scenario: { method: 'shinez', phase: 'decode' },
    axes: [
      { parameter: 'kv_tokens', from: 1000, to: 1000 + lengths - 1, step: 1 },
      { parameter: 'device', values: ['h800', 'h20'] },
      { parameter: 'overlap', values: ['none', 'two_batch'] },
      { parameter: 'decode.expert_parallel', values: [72, 144, 320, 288] },
      { parameter: 'decode.batch_per_gpu', from: 2, to: 250, step: 2 },
    ],
    best_per: ['device', 'decode.expert_parallel'],
  }),
};
const per_length = 2000; // configurations for each length of the context

const server = await serve_dist();
const browser = await launch_browser();
const whole = (/** @type {number} */ value) => Math.round(value).toLocaleString('en-US');

/** Opens a page with a sweep and waits until it is done. @param {SweepSpec} spec */
async function run(spec) {
  const { page, record } = await new_page(browser);
  await open(page, server.url);
  await page.locator('[data-view=sweep]').click();
  await page.locator('.sweep-status[data-state=done]').waitFor();
  await page.evaluate((sweep) => {
    // @ts-expect-error: the page's console API
    const answer = globalThis.moecalc.sweep_link(sweep);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    location.hash = answer.value.link;
  }, spec);
  await page.locator('.sweep-status[data-state=running]').waitFor();
  const samples = { script_mb: 0, wasm_mb: 0 };
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  for (;;) {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
    const heap = await page.evaluate(() => {
      // @ts-expect-error: the page's console API
      const { moecalc } = globalThis;
      return moecalc.heap_bytes() + moecalc.sweep.peak_heap_bytes;
    });
    samples.script_mb = Math.max(samples.script_mb, used / 1e6);
    samples.wasm_mb = Math.max(samples.wasm_mb, heap / 1e6);
    const state = await page.locator('.sweep-status').getAttribute('data-state');
    if (state === 'failed') throw new Error(await page.locator('.sweep-status').innerText());
    if (state === 'done') break;
    await page.waitForTimeout(250);
  }
  const ms = Number(await page.locator('.progress-text').getAttribute('data-ms'));
  const total = Number(await page.locator('.sweep-size').getAttribute('data-total'));
  return { page, record, ms, total, ...samples };
}

try {
  for (const [method, sweep] of Object.entries(sweeps)) {
    const { page, record, ms, total } = await run(sweep(2_000_000 / per_length));
    const workers = await page.evaluate(() => Math.min(8, navigator.hardwareConcurrency));
    console.log(
      `Chromium ${workers} workers ${method}: ${whole((total * 1000) / ms)} configurations/s (${whole(total)} in ${whole(ms)} ms)`,
    );

    /** @type {number[]} */
    const firsts = [];
    for (let i = 0; i < 5; i++) {
      const first = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const picture = document.querySelector('.pareto-picture');
            if (!picture) throw new Error('no picture');
            const clicked = performance.now();
            // The attribute is written in the frame that shows the points.
            new MutationObserver((_changes, observer) => {
              observer.disconnect();
              resolve(performance.now() - clicked);
            }).observe(picture, { attributeFilter: ['data-points'] });
            /** @type {HTMLButtonElement | null} */ (document.querySelector('.run'))?.click();
          }),
      );
      firsts.push(Number(first));
      await page.locator('.cancel').click();
      await page.waitForTimeout(500); // fresh workers start
    }
    firsts.sort((one, other) => one - other);
    console.log(
      `Chromium first point after the click, ${method}: ${whole(firsts[2] ?? NaN)} ms (median of 5; slowest ${whole(firsts[4] ?? NaN)} ms)`,
    );
    const wrong = wrongs(record, server.url);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    await page.context().close();
  }

  for (const [method, sweep] of Object.entries(sweeps)) {
    const { page, ms, total, script_mb, wasm_mb } = await run(sweep(10_000_000 / per_length));
    console.log(
      `Chromium ${whole(total)} configurations of ${method}: ${(ms / 1000).toFixed(1)} s; at most ` +
        `${wasm_mb.toFixed(0)} MB WebAssembly memory (page and workers), ${script_mb.toFixed(0)} MB script heap of the page`,
    );
    /** @type {number[]} */
    const cancels = [];
    for (let i = 0; i < 5; i++) {
      await page.locator('.run').click();
      await page.waitForTimeout(400 + 70 * i);
      const cancelled = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const status = /** @type {HTMLElement} */ (document.querySelector('.sweep-status'));
            const clicked = performance.now();
            new MutationObserver((_changes, observer) => {
              if (status.dataset['state'] !== 'cancelled') return;
              observer.disconnect();
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked))); // painted
            }).observe(status, { attributeFilter: ['data-state'] });
            /** @type {HTMLButtonElement | null} */ (document.querySelector('.cancel'))?.click();
          }),
      );
      cancels.push(Number(cancelled));
      await page.waitForTimeout(300);
    }
    console.log(`Chromium cancel of ${method}: ${whole(Math.max(...cancels))} ms (slowest of 5)`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await server.close();
}
