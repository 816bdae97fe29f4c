// Time from navigation to the first headline number ([data-first-result] with a digit), median of several visits
// with an empty cache. The phone: a processor 4 times slower, 9 Mbit/s, 170 ms to each answer.
import { parseArgs } from 'node:util';
import { launch_browser, serve_dist } from '../tests/browser/harness.mjs';

const phone = { slowdown: 4, megabits_per_second: 9, round_trip_ms: 170 };
const budget_ms = 1000;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });

const server = await serve_dist();
const browser = await launch_browser();

// Only the plain protocol: Playwright's helpers put 300 KB of script into the page, which a slow processor feels.
async function visit() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: phone.slowdown });
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: phone.round_trip_ms,
    downloadThroughput: (phone.megabits_per_second * 1e6) / 8,
    uploadThroughput: (phone.megabits_per_second * 1e6) / 8,
  });
  await devtools.send('Runtime.enable');
  await devtools.send('Runtime.addBinding', { name: 'report_first_result' });
  // After the next frame is painted: what is in the document is not yet on the screen.
  const watch = `new MutationObserver((changes, observer) => {
    if (!/\\d/.test(document.querySelector('[data-first-result]')?.textContent ?? '')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => report_first_result(String(performance.now()))));
  }).observe(document, { subtree: true, childList: true, characterData: true });`;
  await devtools.send('Page.enable');
  await devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: watch });
  const time_ms = await new Promise((found, failed) => {
    devtools.once('Runtime.bindingCalled', ({ payload }) => found(Number(payload)));
    setTimeout(() => failed(new Error('no first result within 30 s')), 30_000).unref();
    devtools.send('Page.navigate', { url: server.url }).catch(failed);
  });
  await context.close();
  return Number(time_ms);
}

try {
  /** @type {number[]} */
  const times_ms = [];
  for (let run = 0; run < Number(values.runs); run++) times_ms.push(await visit());
  const sorted = [...times_ms].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  console.log(`visits: ${times_ms.map((time) => Math.round(time)).join(', ')} ms`);
  console.log(
    `first result: ${Math.round(median)} ms (median; budget ${budget_ms} ms; CPU/${phone.slowdown}, ` +
      `${phone.megabits_per_second} Mbit/s, ${phone.round_trip_ms} ms)`,
  );
  if (!(median <= budget_ms)) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
