// From an input to the painted frame with the new numbers, in the built page with everything drawn: on this machine's processor, and on one 4 times slower.
import { launch_browser, new_page, open, serve_dist, wrongs } from '../tests/browser/harness.mjs';

const inputs = 100;
const server = await serve_dist();
const browser = await launch_browser();

/** @param {number} width @param {number} slowdown */
async function measure(width, slowdown) {
  const { page, record } = await new_page(browser, { width });
  await open(page, server.url);
  await page.locator('.chart svg').nth(2).waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const field = width < 600 ? '#short-decode-batch_per_gpu' : '#full-decode-batch_per_gpu';
  /** @type {number[]} */
  const times = await page.evaluate(
    async ([selector, count]) => {
      const input = /** @type {HTMLInputElement} */ (document.querySelector(String(selector)));
      const shown = /** @type {HTMLElement} */ (document.querySelector('[data-first-result]'));
      const found = [];
      for (let i = 0; i < Number(count); i++) {
        const begun = performance.now();
        const painted = new Promise((resolve) => {
          new MutationObserver((_changes, observer) => {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
          }).observe(shown, { subtree: true, childList: true, characterData: true, attributes: true });
        });
        input.value = String(17 + ((i * 37) % 111)); // never the same twice running
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        found.push(await painted);
        await new Promise((resolve) => setTimeout(resolve, 20 + (i % 7) * 60)); // typing: also into the drawing of what came before
      }
      return found;
    },
    [field, inputs],
  );
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => (times[Math.ceil(times.length * share) - 1] ?? NaN).toFixed(0);
  console.log(
    `Chromium, ${width} px, CPU/${slowdown}: input to new numbers ${at(0.5)} ms median, ${at(0.95)} ms 95 %, ${at(1)} ms at most`,
  );
  const wrong = wrongs(record, server.url);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  await page.context().close();
}

try {
  for (const [width, slowdown] of [
    [1280, 1],
    [390, 4],
  ]) {
    await measure(Number(width), Number(slowdown));
  }
} finally {
  await browser.close();
  await server.close();
}
