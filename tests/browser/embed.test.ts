// Embeds in articles of another origin: every view, two at once, lazy, in a sandbox, in the host's colours.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { start_server } from '../../scripts/static_server.mjs';
import type { Engine } from '../../web/src/engine/engine';
import { real_engine } from '../web/real_engine';
import published from '../../web/src/embed/published.json';
import { accessibility_violations, dist, launch_browser, new_page, serve_dist, wrongs } from './harness.mjs';

let engine: Engine;
let browser: Browser;
let site: Awaited<ReturnType<typeof serve_dist>>;
let host: Awaited<ReturnType<typeof start_server>>;
const folder = mkdtempSync(join(tmpdir(), 'moecalc-host-'));
const opened: Awaited<ReturnType<typeof new_page>>[] = [];

beforeAll(async () => {
  [engine, browser, site, host] = await Promise.all([
    real_engine(),
    launch_browser(),
    serve_dist(),
    start_server({ folder }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await host?.close();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const { page, record } of opened.splice(0)) {
    const own = record.requests.filter((request) => !request.startsWith(host.url));
    expect(wrongs({ ...record, requests: own }, site.url)).toEqual([]);
    await page.context().close();
  }
});

const patient = { timeout: 20_000 };
const filler = '<p>An article says much before it comes to its numbers.</p>'.repeat(60);
const integrity = published['1']['moe-calc.js'];
const loader = () =>
  `<script async src="${site.url}embed/1/moe-calc.js" integrity="${integrity}" crossorigin="anonymous"></script>`;

async function article(body: string, options = {}): Promise<Page> {
  const head =
    '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Article</title>';
  writeFileSync(join(folder, 'index.html'), `${head}<body>${body}</body></html>`);
  const visited = await new_page(browser, { width: 900, ...options });
  opened.push(visited);
  await visited.page.goto(host.url);
  return visited.page;
}
const link_of = (scenario: Record<string, string | number>) => {
  const answer = engine.evaluate(scenario);
  if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
  return { link: answer.value.link, quantities: answer.value.quantities };
};
const tpot_of = async (frame: FrameLocator) =>
  Number(await frame.locator('[data-quantity="decode.tpot_ms"][data-value]').first().getAttribute('data-value'));

test('two embeds of one article show their own numbers, as high as they need', async () => {
  const [one, other] = [link_of({ device: 'h20' }), link_of({ device: 'h800', 'decode.batch_per_gpu': 32 })];
  const page = await article(
    `${loader()}<moe-calc link="${one.link}"></moe-calc><moe-calc view="memory" height="50"></moe-calc><moe-calc link="${other.link}"></moe-calc>`,
  );
  const frames = [0, 2].map((index) => page.frameLocator(`moe-calc >> nth=${index} >> iframe`));
  await frames[1]!.locator('[data-first-result]').waitFor();
  expect(await tpot_of(frames[0]!)).toBe(one.quantities['decode.tpot_ms']);
  expect(await tpot_of(frames[1]!)).toBe(other.quantities['decode.tpot_ms']);
  for (const index of [0, 1, 2]) {
    const frame = page.frameLocator(`moe-calc >> nth=${index} >> iframe`);
    await frame.locator('.embed-foot').waitFor();
    await expect
      .poll(
        () =>
          frame.locator('body').evaluate((body) => Math.ceil(body.getBoundingClientRect().height) - window.innerHeight),
        patient,
      )
      .toBe(0);
  }
  const way_back = await frames[0]!.locator('.embed-foot a').getAttribute('href');
  expect(way_back).toBe(`${site.url}#${one.link}`);
});

describe.each(['summary', 'breakdown', 'memory', 'pareto', 'timeline', 'compare', 'cost', 'plan'])(
  'the view %s',
  (view) => {
    test.each(['en', 'zh'])('in %s, in an article of another origin', async (lang) => {
      const page = await article(`${loader()}<moe-calc view="${view}" lang="${lang}" theme="dark"></moe-calc>`);
      const frame = page.frameLocator('iframe');
      const drawn: Record<string, string> = {
        summary: '.headline-number[data-value]',
        pareto: '.frontier [data-points]',
        timeline: '.timeline-drawing svg',
        plan: '.architecture svg, .architecture',
      };
      await frame
        .locator(drawn[view] ?? 'table tbody td')
        .first()
        .waitFor();
      await frame.locator('.embed-foot a').waitFor();
      const html = frame.locator('html');
      expect(await html.getAttribute('lang')).toBe(lang === 'zh' ? 'zh-CN' : 'en');
      expect(await html.getAttribute('data-theme')).toBe('dark');
      expect(await html.evaluate((root) => root.scrollWidth - root.clientWidth)).toBe(0);
      const kept = () =>
        html.evaluate(async () => [localStorage.length, (await navigator.serviceWorker.getRegistrations()).length]);
      expect(await kept()).toEqual([0, 0]);
      const inside = page.frames().find((each) => each.url().startsWith(site.url));
      expect(new URL(inside!.url()).hash).toBe('');
      expect(await accessibility_violations(inside!)).toEqual([]);
    });
  },
);

test('an embed waits until it is nearly seen, and its picture stands there meanwhile', async () => {
  const page = await article(`${loader()}${filler}<moe-calc><a href="#x">A picture</a></moe-calc>`);
  await page.waitForFunction(() => customElements.get('moe-calc'));
  expect(await page.locator('iframe').count()).toBe(0);
  expect(await page.getByText('A picture').count()).toBe(1);
  await page.locator('moe-calc').scrollIntoViewIfNeeded();
  await page.frameLocator('iframe').locator('[data-first-result]').waitFor();
  expect(await page.getByText('A picture').count()).toBe(0);
});

test('the theme follows the article', async () => {
  const page = await article(`${loader()}<moe-calc></moe-calc>`);
  const html = page.frameLocator('iframe').locator('html');
  await page.frameLocator('iframe').locator('[data-first-result]').waitFor();
  const shown = () => html.getAttribute('data-theme');
  await expect.poll(shown, patient).toBe('light');
  await page.evaluate(() => document.body.setAttribute('style', 'background: oklch(0.2 0.02 250)'));
  await expect.poll(shown, patient).toBe('dark');
  await page.evaluate(() => document.body.setAttribute('style', 'background: color(srgb 1 1 1)'));
  await expect.poll(shown, patient).toBe('light');
});

test('only the page around an embed may change its theme', async () => {
  const page = await article(
    `<iframe id="embed" src="${site.url}embed/1/embed.html?theme=light&id=7"></iframe><iframe id="stranger" srcdoc="<p>x"></iframe>`,
  );
  const frame = page.frameLocator('#embed');
  await frame.locator('[data-first-result]').waitFor();
  const theme = () => frame.locator('html').getAttribute('data-theme');
  const say = (from: string, message: object) =>
    page.evaluate(
      ([who, data]) => {
        const target = (document.getElementById('embed') as HTMLIFrameElement).contentWindow!;
        const post = `parent.frames[0].postMessage(${JSON.stringify(data)}, '*')`;
        if (who === 'host') target.postMessage(data, '*');
        else (document.getElementById('stranger') as HTMLIFrameElement).contentWindow!.window.eval(post);
      },
      [from, message] as const,
    );
  await say('stranger', { moecalc: 'theme', id: '7', theme: 'dark' });
  await say('host', { moecalc: 'theme', id: '8', theme: 'dark' });
  await say('host', { moecalc: 'theme', id: '7', theme: 'javascript:' });
  await page.waitForTimeout(200);
  expect(await theme()).toBe('light');
  await say('host', { moecalc: 'theme', id: '7', theme: 'dark' });
  await expect.poll(theme, patient).toBe('dark');
});

test.each(['summary', 'memory', 'timeline'])('%s works in a sandbox with scripts only', async (view) => {
  const page = await article(
    `<iframe sandbox="allow-scripts" width="860" height="700" src="${site.url}embed.html?view=${view}"></iframe>`,
  );
  const frame = page.frameLocator('iframe');
  await frame.locator('.embed-foot').waitFor();
  await frame
    .locator(view === 'pareto' ? '.frontier [data-points]' : '.panel, .headline')
    .first()
    .waitFor();
  if (view === 'pareto') await frame.locator('[data-state=done]').waitFor();
});

test('a view that is none, and a link that is damaged, are named', async () => {
  const page = await article(
    `<iframe src="${site.url}embed/1/embed.html?view=<b>x</b>"></iframe><iframe src="${site.url}embed/1/embed.html#v=2&m=nothing&k=zz"></iframe>`,
  );
  await page.frameLocator('iframe >> nth=0').getByText('“<b>x</b>” is no view').waitFor();
  await page.frameLocator('iframe >> nth=1').locator('[data-banner=link]').waitFor();
});

// Articles name these files with their hashes: once published they stay as they are.
test.each(Object.entries(published))('the embed files of protocol %s are the published ones', (protocol, files) => {
  for (const [name, hash] of Object.entries(files)) {
    const bytes = readFileSync(join(dist, 'embed', protocol, name));
    expect(`sha384-${createHash('sha384').update(bytes).digest('base64')}`, name).toBe(hash);
  }
});
