// Sweeps in the built page, in headless Chromium: configurations per second for each method, the first point after the
// click, a hundred thousand points drawn and hovered, ten million configurations with their memory, and how fast Cancel
// answers.
import { availableParallelism } from 'node:os';
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
  reference: (lengths) => ({
    ...common,
    scenario: { method: 'reference', phase: 'decode' },
    axes: [
      { parameter: 'prompt_tokens', from: 1000, to: 1000 + lengths - 1, step: 1 },
      { parameter: 'device', values: ['h800', 'b200'] },
      { parameter: 'overlap', values: ['none', 'two_batch'] },
      { parameter: 'decode.expert_parallel', values: [32, 72, 144, 288] },
      { parameter: 'decode.batch_per_gpu', from: 2, to: 250, step: 2 },
    ],
    best_per: ['device', 'decode.expert_parallel'],
  }),
};
const per_length = 2000; // configurations for each length of the context

const server = await serve_dist();
const browser = await launch_browser();
const workers = Math.min(8, availableParallelism()); // as the page counts them
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

/**
 * From another choice of an axis to the frame with the last of the points: they are drawn over several frames.
 * @param {import('playwright-core').Page} page
 */
async function time_to_plot(page) {
  const other = await page
    .locator('.frontier select')
    .first()
    .locator('option:not(:checked)')
    .first()
    .getAttribute('value');
  return page.evaluate(
    (value) =>
      new Promise((resolve) => {
        const begun = performance.now();
        let last = begun;
        const { fillRect } = CanvasRenderingContext2D.prototype;
        CanvasRenderingContext2D.prototype.fillRect = function (...place) {
          last = performance.now();
          return fillRect.apply(this, place);
        };
        const select = /** @type {HTMLSelectElement} */ (document.querySelector('.frontier select'));
        select.value = value ?? '';
        select.dispatchEvent(new Event('change', { bubbles: true }));
        const look = () => {
          if (last === begun || performance.now() - last < 300) return void requestAnimationFrame(look);
          CanvasRenderingContext2D.prototype.fillRect = fillRect;
          resolve(last - begun);
        };
        look();
      }),
    other,
  );
}

/**
 * Moves the mouse all over the picture: how long from each move to the frame that answers it, and how long the frames.
 * @param {import('playwright-core').Page} page
 */
async function hover(page) {
  const picture = page.locator('.pareto-picture');
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  if (!box) throw new Error('no picture');
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    const found = { moves: /** @type {number[]} */ ([]), frames: /** @type {number[]} */ ([]) };
    Object.assign(globalThis, { found });
    document.querySelector('.pareto-picture')?.addEventListener(
      'mousemove',
      () => {
        const moved = performance.now();
        requestAnimationFrame(() => setTimeout(() => found.moves.push(performance.now() - moved)));
      },
      true,
    );
    let last = performance.now();
    requestAnimationFrame(function frame() {
      found.frames.push(performance.now() - last);
      last = performance.now();
      requestAnimationFrame(frame);
    });
  });
  let hits = 0;
  for (let i = 0; i < 200; i++) {
    const x = 60 + ((box.width - 80) * ((i * 37) % 100)) / 100;
    const y = 20 + ((box.height - 70) * ((i * 61) % 199)) / 199;
    await page.mouse.move(box.x + x, box.y + y);
    const cursor = await picture.evaluate((each) => /** @type {HTMLElement} */ (each.firstElementChild).style.cursor);
    if (cursor === 'pointer') hits++;
  }
  const { moves, frames } = await page.evaluate(() => {
    // @ts-expect-error: made above
    return /** @type {{ moves: number[], frames: number[] }} */ (globalThis.found);
  });
  const rising = (/** @type {number} */ one, /** @type {number} */ other) => one - other;
  return { moves: moves.sort(rising), frames: frames.sort(rising), hits };
}

try {
  for (const [method, sweep] of Object.entries(sweeps)) {
    const { page, record, ms, total } = await run(sweep(2_000_000 / per_length));
    console.log(
      `Chromium, ${workers} workers, ${method}: ${whole((total * 1000) / ms)} configurations/s (${whole(total)} in ${(ms / 1000).toFixed(1)} s)`,
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
    const { page, record, ms, total } = await run({ ...sweep(2_000_000 / per_length), sample: 100_000 });
    const points = Number(await page.locator('.pareto-picture').getAttribute('data-points'));
    console.log(
      `Chromium 2,000,000 configurations of ${method} with ${whole(points)} points: ${whole((total * 1000) / ms)} configurations/s`,
    );
    const plotted = await time_to_plot(page);
    console.log(`Chromium ${whole(points)} points of ${method} drawn again: ${whole(plotted)} ms`);
    const { moves, frames, hits } = await hover(page);
    const ms_of = (/** @type {number[]} */ all, /** @type {number} */ share) =>
      (all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? NaN).toFixed(1);
    console.log(
      `Chromium hover over ${whole(points)} points of ${method}: move to frame ${ms_of(moves, 0.5)} ms median, ` +
        `${ms_of(moves, 0.95)} ms 95 %; frames ${ms_of(frames, 0.5)} ms median, ${ms_of(frames, 0.95)} ms 95 % ` +
        `(${moves.length} moves, ${hits} on a point)`,
    );
    const wrong = wrongs(record, server.url);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    await page.context().close();
  }

  for (const [method, sweep] of Object.entries(sweeps)) {
    const { page, ms, total, script_mb, wasm_mb } = await run(sweep(10_000_000 / per_length));
    console.log(
      `Chromium, ${workers} workers, long, ${method}: ${whole((total * 1000) / ms)} configurations/s (${whole(total)} in ${(ms / 1000).toFixed(1)} s); at most ` +
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
