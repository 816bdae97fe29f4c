// The page with its server gone, and what happens when the server has a newer one.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { write_service_worker } from '../../scripts/service_worker.mjs';
import { start_server } from '../../scripts/static_server.mjs';
import { real_engine } from '../web/real_engine';
import {
  accessibility_violations,
  dist,
  launch_browser,
  new_page,
  open,
  overflows_sideways,
  wrongs,
} from './harness.mjs';

const base = '/some/where/moecalc/';
let browser: Browser;
let folder: string;
let server: Awaited<ReturnType<typeof start_server>>;
let is_up: boolean;
const opened: Awaited<ReturnType<typeof new_page>>[] = [];

beforeAll(async () => {
  browser = await launch_browser();
});
afterAll(async () => {
  await browser?.close();
});
// Each test has a copy of the built page of its own, which it may change.
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'moecalc-offline-'));
  cpSync(dist, folder, { recursive: true });
  server = await start_server({ folder, base });
  is_up = true;
});
afterEach(async () => {
  await go_offline();
  rmSync(folder, { recursive: true });
  for (const { page, record } of opened.splice(0)) {
    expect(wrongs(record, server.url)).toEqual([]);
    await page.context().close();
  }
});
async function go_offline() {
  if (is_up) await server.close();
  is_up = false;
}

async function visit(fragment = '', options: BrowserContextOptions & { width?: number } = {}): Promise<Page> {
  const visited = await new_page(browser, { serviceWorkers: 'allow', ...options });
  opened.push(visited);
  await open(visited.page, fragment ? `${server.url}#${fragment}` : server.url);
  return visited.page;
}
// All files are here and the page is answered by the service worker.
const is_kept = (page: Page) =>
  page.evaluate(async () => {
    const { serviceWorker } = navigator;
    if (!serviceWorker.controller) {
      await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    }
    return serviceWorker.controller !== null;
  });
const kept_builds = (page: Page) => page.evaluate(async () => (await caches.keys()).length);
const build_of = (page: Page) => page.locator('meta[name=test-build]').getAttribute('content', { timeout: 1000 });
const reopened_in = (page: Page, build: string) =>
  expect.poll(() => build_of(page).catch(() => null), { timeout: 30_000 }).toBe(build);
const update_banner = (page: Page, said: string) => page.locator(`[data-banner=update][data-said=${said}]`);
const headline = (page: Page) =>
  page
    .locator('.headline [data-value]')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['value']));

// A later build: index.html says so, and a chunk that only some views ask for has another name.
function deploy(build: string) {
  const index = join(folder, 'index.html');
  writeFileSync(
    index,
    readFileSync(index, 'utf8').replace('<title>', `<meta name="test-build" content="${build}" /><title>`),
  );
  const assets = join(folder, 'assets');
  const from = readdirSync(assets).find((name) => /^validation-[^/]*\.js$/.test(name))!;
  const to = `validation-${build}.js`;
  renameSync(join(assets, from), join(assets, to));
  for (const name of readdirSync(assets).filter((each) => each.endsWith('.js'))) {
    const text = readFileSync(join(assets, name), 'utf8');
    if (text.includes(from)) writeFileSync(join(assets, name), text.replaceAll(from, to));
  }
  write_service_worker(folder);
}

describe('with the server gone after one visit', () => {
  test.each([false, true])('every view works (the page opened anew: %s)', async (anew) => {
    const page = await visit();
    const before = await headline(page);
    await is_kept(page);
    await go_offline();
    if (anew) {
      await page.goto('about:blank');
      await open(page, `${server.url}?utm_source=chat`);
    }
    expect(await headline(page)).toEqual(before);

    await page.locator('.headline button').first().click();
    await page.locator('dialog[open] .formula-box').first().waitFor();
    await page.locator('dialog[open] .close').click();
    for (const kind of ['day', 'balance', 'timeline', 'boxes', 'machines']) {
      await page.locator('[data-view=plan]').click();
      await page.locator(`[data-plan=${kind}]`).click();
      await page.locator('main .panel').first().waitFor();
      expect(await page.locator('[data-banner]').count(), kind).toBe(0);
    }
    await page.locator('[data-view=sweep]').click();
    await page.locator('.sweep-status[data-state=done]').waitFor();
    await page.locator('.pareto-picture canvas').waitFor();
    expect(page.workers().length).toBeGreaterThan(0);
    await page.locator('[data-view=validation]').click();
    await page.locator('table[data-table=runs] tbody tr').first().waitFor();
    await page.locator('[data-view=calculator]').click();
    await page.locator('[data-language=zh]').click();
    await page.locator('html[lang=zh-CN]').waitFor();
    await page.locator('[data-view=sweep]').click();
    await expect.poll(() => page.locator('main h1').textContent()).toBe('扫描设计空间');
  });

  test('a page in a folder opens, with a query and without its last slash', async () => {
    const folders = join(folder, 'p', 'somewhere');
    mkdirSync(folders, { recursive: true });
    const index = readFileSync(join(folder, 'index.html'), 'utf8').replaceAll('="./', '="../../');
    writeFileSync(
      join(folders, 'index.html'),
      index.replace('<title>', '<meta name="test-build" content="p" /><title>'),
    );
    write_service_worker(folder);
    const page = await visit();
    await is_kept(page);
    await go_offline();
    for (const path of ['p/somewhere/', 'p/somewhere/?from=chat', 'p/somewhere', 'p/somewhere/index.html']) {
      await page.goto('about:blank');
      await open(page, `${server.url}${path}#v=1&n=0.1.0&d=h20-3e&ph=decode&db=64&k=c4d8`);
      expect(await build_of(page)).toBe('p');
      expect(await page.locator('h1').first().textContent(), path).toContain('H20-3e');
    }
  });

  test('a link opens, and a config.json is read', async () => {
    const page = await visit();
    await is_kept(page);
    await go_offline();
    const other = await page.context().newPage();
    await open(other, `${server.url}index.html#v=1&n=0.1.0&d=h20-3e&ph=decode&db=64&k=c4d8`);
    expect(await other.locator('h1').textContent()).toContain('H20-3e');
    const config = {
      model_type: 'llama',
      hidden_size: 4096,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      intermediate_size: 14336,
      vocab_size: 128256,
    };
    await other.locator('.import').first().click();
    await other.locator('dialog.config textarea').fill(JSON.stringify(config));
    await other.locator('dialog.config .primary').click();
    await expect.poll(() => other.locator('dialog[open]').count()).toBe(0);
    expect((await headline(other)).length).toBeGreaterThan(0);
  });
});

describe('a new version', () => {
  test('is asked about; pages that are open go on with their own files', async () => {
    const page = await visit();
    await is_kept(page);
    const other = await page.context().newPage();
    await open(other, server.url);
    deploy('2');
    await open(page, `${server.url}?again#v=1&n=0.1.0&d=h20-3e&ph=decode&db=64&k=c4d8`);
    await update_banner(page, 'ready').waitFor();
    expect(await page.locator('meta[name=test-build]').count()).toBe(0);
    expect(await accessibility_violations(page)).toEqual([]);
    await page.locator('[data-language=zh]').click();
    await expect.poll(() => update_banner(page, 'ready').textContent()).toContain('有新版本');
    await page.locator('[data-language=en]').click();
    await update_banner(page, 'ready').locator('button', { hasText: 'Later' }).click();
    expect(await page.locator('[data-banner=update]').count()).toBe(0);
    expect(await kept_builds(page)).toBe(2);

    await page.reload();
    await update_banner(page, 'ready').locator('button', { hasText: 'Reload' }).click();
    await reopened_in(page, '2');
    await page.locator('h1', { hasText: 'H20-3e' }).waitFor();

    // The server no longer has this page's file.
    await other.locator('[data-view=validation]').click();
    await other.locator('table[data-table=runs] tbody tr').first().waitFor();
    expect(await kept_builds(page)).toBe(2);
    await other.close();
    await page.reload();
    await expect.poll(() => kept_builds(page)).toBe(1);
    expect(await build_of(page)).toBe('2');
    await page.locator('[data-view=validation]').click();
    await page.locator('table[data-table=runs] tbody tr').first().waitFor();
  });

  test('put off is not lost: it opens later, even with the server gone', async () => {
    const page = await visit();
    await is_kept(page);
    deploy('2');
    for (let i = 0; i < 3; i++) {
      await page.reload();
      await update_banner(page, 'ready').locator('button', { hasText: 'Later' }).click();
    }
    await page.reload();
    await update_banner(page, 'ready').waitFor();
    await go_offline();
    await page.waitForTimeout(300);
    await update_banner(page, 'ready').locator('button', { hasText: 'Reload' }).click();
    await reopened_in(page, '2');
    await page.locator('[data-view=validation]').click();
    await page.locator('table[data-table=runs] tbody tr').first().waitFor();
    await expect.poll(() => kept_builds(page)).toBe(1);
  });

  test.each([320, 1280])('is told without anything scrolling sideways at %i px', async (width) => {
    const page = await visit('', { width });
    await is_kept(page);
    deploy('2');
    await page.reload();
    await update_banner(page, 'ready').waitFor();
    expect(await overflows_sideways(page)).toBe(false);
  });

  test('half written by its host is not taken', async () => {
    const page = await visit();
    await is_kept(page);
    deploy('2');
    writeFileSync(join(folder, 'index.html'), 'being written');
    await page.reload();
    await page.waitForTimeout(1500);
    expect(await page.locator('[data-banner=update]').count()).toBe(0);
    await page.locator('[data-first-result]').filter({ hasText: /\d/ }).first().waitFor();
    opened.at(-1)!.record.errors.length = 0; // the browser says that a hash is wrong
  });
});

describe('a link of a newer release', () => {
  // Right but for its release.
  async function newer_link() {
    const engine = await real_engine();
    const link = 'v=2&n=99.0.0&d=h20-3e&ph=decode&db=64&k=';
    const answer = engine.decode_link(`${link}0000`);
    if (!answer.ok) throw new Error('no link');
    return link + answer.value.problems.find(({ code }) => code === 'link_checksum_wrong')!.allowed;
  }

  test('fetches the new version and opens in it', async () => {
    const page = await visit();
    await is_kept(page);
    deploy('2');
    const link = await newer_link();
    await page.goto(`${server.url}?#${link}`);
    await reopened_in(page, '2');
    await page.locator('h1', { hasText: 'H20-3e' }).waitFor();
    expect(new URL(page.url()).hash).toBe(`#${link}`);
    // The new build is not that release either; it says so and does not ask for ever.
    await update_banner(page, 'none').waitFor();
  });

  test('pasted into an open page does the same', async () => {
    const page = await visit();
    await is_kept(page);
    await page.reload(); // so that the page has its word from the start
    await page.locator('[data-first-result]').filter({ hasText: /\d/ }).first().waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    deploy('2');
    const link = await newer_link();
    await page.evaluate((fragment) => (location.hash = fragment), link);
    await reopened_in(page, '2');
    expect(new URL(page.url()).hash).toBe(`#${link}`);
  });

  test('without a network says so and shows what it can', async () => {
    const page = await visit();
    await is_kept(page);
    await go_offline();
    const link = await newer_link();
    await page.goto(`${server.url}?#${link}`);
    await update_banner(page, 'unreachable').waitFor();
    await page.locator('h1', { hasText: 'H20-3e' }).waitFor();
    expect(await accessibility_violations(page)).toEqual([]);
    opened.at(-1)!.record.errors.length = 0; // the browser says that it could not fetch sw.js
  });

  test('of this release or an older one changes nothing', async () => {
    const page = await visit('v=1&n=0.1.0&d=h20-3e&ph=decode&db=64&k=c4d8');
    await is_kept(page);
    await page.waitForTimeout(500);
    expect(await page.locator('[data-banner=update]').count()).toBe(0);
  });
});

test('without service workers the page is as it was', async () => {
  const visited = await new_page(browser, { serviceWorkers: 'allow' });
  opened.push(visited);
  await visited.page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  await open(visited.page, server.url);
  await visited.page.locator('[data-view=validation]').click();
  await visited.page.locator('table[data-table=runs] tbody tr').first().waitFor();
  expect(visited.page.context().serviceWorkers()).toEqual([]);
});

test('Chromium would install it', async () => {
  const page = await visit();
  await is_kept(page);
  const session = await page.context().newCDPSession(page);
  const { errors, manifest } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(manifest).toMatchObject({ startUrl: server.url, scope: server.url });
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // Tests run in private windows.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
});
