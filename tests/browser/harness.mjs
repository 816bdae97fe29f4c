// What every test in a real browser needs: the built page on a server under a sub-path, Chromium, and a page
// that writes down everything that should not happen. Plain JavaScript: scripts/ use it without a build step.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { start_server } from '../../scripts/static_server.mjs';

/** The folder of the built page. */
export const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** Serves the built page as a project site does, never at the top of a host. */
export const serve_dist = () => start_server({ folder: dist, base: '/some/where/moecalc/' });

export function launch_browser() {
  const found = [process.env['CHROMIUM'], '/usr/bin/chromium'].find((path) => path && existsSync(path));
  if (!found) throw new Error('no Chromium: run scripts/setup, or name one in the variable CHROMIUM');
  return chromium.launch({
    executablePath: found,
    args: [
      '--no-sandbox', // containers run as root
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * Everything worth knowing that happened in a page.
 * @typedef {{ errors: string[], violations: string[], requests: string[] }} Record
 */

/**
 * Every breach of the policy in any page, for setup.ts, which fails the test.
 * @type {string[]}
 */
export const violations_seen = [];

/**
 * A page in a fresh profile, without cache, cookies or history, recorded from its first moment.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions & { width?: number, height?: number }} options
 */
export async function new_page(browser, { width = 1280, height = 900, ...options } = {}) {
  // Only the tests of the service worker want one: it fetches the whole page, for every fresh profile again.
  const usual = { locale: 'en-GB', serviceWorkers: /** @type {const} */ ('block') };
  const context = await browser.newContext({ viewport: { width, height }, ...usual, ...options });
  const page = await context.newPage();
  /** @type {Record} */
  const record = { errors: [], violations: [], requests: [] };
  context.on('request', (request) => record.requests.push(request.url()));
  context.on('response', (response) => {
    if (response.status() >= 400) record.errors.push(`${response.status()} ${response.url()}`);
  });
  const note_violation = (/** @type {string} */ text) => {
    record.violations.push(text);
    violations_seen.push(text);
  };
  context.on('console', (message) => {
    if (message.type() === 'error') record.errors.push(message.text());
    if (/content security policy/i.test(message.text())) note_violation(message.text()); // also of workers, which have no event
  });
  context.on('weberror', (error) => record.errors.push(String(error.error())));
  await context.exposeFunction('record_violation', note_violation);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // @ts-expect-error: exposed above
      window.record_violation(`${event.violatedDirective}: ${event.blockedURI || event.sourceFile}`);
    });
  });
  return { page, record };
}

/**
 * Opens the page and waits for its first number.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 */
export async function open(page, url) {
  await page.goto(url);
  await page.locator('[data-first-result]').filter({ hasText: /\d/ }).first().waitFor();
  await page.mouse.move(1, 1); // a reader is there: what lies below the screen is drawn
}

/**
 * What went wrong, one line each; empty when all is well. Any request that leaves the page's own folder is wrong.
 * @param {Record} record
 * @param {string} url of the page's folder
 */
export function wrongs({ errors, violations, requests }, url) {
  const is_own = (/** @type {string} */ request) => /^(data|blob):/.test(request) || request.startsWith(url);
  return [
    ...errors.map((text) => `error: ${text}`),
    ...violations.map((text) => `content security policy: ${text}`),
    ...requests.filter((request) => !is_own(request)).map((request) => `request to elsewhere: ${request}`),
  ];
}

/**
 * axe's findings, one line each. Its source goes in by evaluate: a script element would break the page's policy.
 * @param {import('playwright-core').Page | import('playwright-core').Frame} page
 */
export async function accessibility_violations(page) {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    // @ts-expect-error: defined by the line above
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(
      (/** @type {import('axe-core').Result} */ { id, help, nodes }) =>
        `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join('; ')})`,
    );
  });
}

/**
 * Whether the page scrolls sideways, as no page should.
 * @param {import('playwright-core').Page} page
 */
export const overflows_sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
