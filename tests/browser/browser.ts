// What every test file in a real browser repeats: Chromium and the served page for as long as the file runs, pages that must end without a wrong,
// and for plans the command line, whose numbers the page must show.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BoxMatrix, PlanAnswers } from '#engine_rest';
import type { PlanSpec } from '#engine';
import type { Engine } from '../../web/src/engine/engine';
import { real_engine } from '../web/real_engine';
import {
  accessibility_violations,
  launch_browser,
  new_page,
  open,
  overflows_sideways,
  serve_dist,
  wrongs,
} from './harness.mjs';

export type PageOptions = BrowserContextOptions & { width?: number; height?: number };
type Visited = Awaited<ReturnType<typeof new_page>>;

// Whatever a test does on its pages, nothing may break the policy, ask another host or end up in the console.
export function use_browser() {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serve_dist>>;
  const opened: Visited[] = [];
  beforeAll(async () => {
    [browser, server] = await Promise.all([launch_browser(), serve_dist()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    for (const { page, record } of opened.splice(0)) {
      expect(wrongs(record, server.url)).toEqual([]);
      await page.context().close();
    }
  });
  const at = (link: string) => (link ? `${server.url}#${link}` : server.url);

  // An empty page, for tests that open it in their own way.
  async function empty_page(options: PageOptions = {}): Promise<Visited> {
    const visited = await new_page(browser, options);
    opened.push(visited);
    return visited;
  }
  // The page with its first number.
  async function visit(link = '', options: PageOptions = {}): Promise<Page> {
    const { page } = await empty_page(options);
    await open(page, at(link));
    return page;
  }
  // The page without waiting: a view that has no first number, or that refuses to show one.
  async function go_to(link: string, options: PageOptions = {}): Promise<Page> {
    const { page } = await empty_page(options);
    await page.goto(at(link));
    return page;
  }
  return { browser: () => browser, url: () => server.url, empty_page, visit, go_to };
}

export const fragment = (page: Page) => new URL(page.url()).hash.slice(1);

// Opens every fold, so that all fields can be reached.
export async function unfold(page: Page) {
  await expect
    .poll(() => page.evaluate(() => performance.getEntriesByName('drawn').length), { timeout: 30_000 })
    .toBe(1);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}

export const appearances = ['en-GB', 'zh-CN'].flatMap((locale) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ locale, colorScheme })),
);

// Tests that a view excludes nobody: axe over all that can be unfolded, in both languages and themes, and the narrowest phone.
export function test_appearance(show: (options: PageOptions) => Promise<Page>) {
  test.each(appearances)('axe finds nothing: $locale, $colorScheme', async (appearance) => {
    const page = await show(appearance);
    await unfold(page);
    expect(await accessibility_violations(page)).toEqual([]);
  });
  test.each(['en-GB', 'zh-CN'])('at 320 px nothing is wider than the window: %s', async (locale) => {
    const page = await show({ locale, width: 320 });
    await unfold(page);
    expect(await overflows_sideways(page)).toBe(false);
  });
}

// The texts of a table's body, row by row.
export const cells = (page: Page, table: string) =>
  page
    .locator(`table[data-table=${table}] tbody tr`)
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));

// A number as the page shows it: right in every digit that is shown.
export function expect_shown(text: string | undefined, value: number | null) {
  if (value === null) return expect(text).toBe('—');
  const digits = (text ?? '').replaceAll(',', '');
  expect(digits, `${text} for ${value}`).toMatch(/^-?\d+(\.\d+)?$/);
  const decimals = digits.split('.')[1]?.length ?? 0;
  expect(Math.abs(Number(digits) - value), `${text} for ${value}`).toBeLessThanOrEqual(0.500001 * 10 ** -decimals);
}

// --- Plans ----------------------------------------------------------------------------------------------------------

type Kind = keyof PlanAnswers;
export type PlanOf<K extends Kind> = Partial<Omit<PlanSpec, 'plan'>> & { plan: K };

const native = fileURLToPath(new URL('../../build/native/moecalc', import.meta.url));

export const command_line = (...words: string[]) =>
  execFileSync(native, words, { encoding: 'utf8', maxBuffer: 1 << 26 });

const whole = <K extends Kind>(plan: PlanOf<K>) => ({
  scenario: {},
  histogram: [],
  lengths: [],
  models: [],
  devices: [],
  ...plan,
});

// Links of plans, and what the command line answers to one.
export function use_plans() {
  let engine: Engine;
  beforeAll(async () => {
    engine = await real_engine();
  });
  const link_of = <K extends Kind>(plan: PlanOf<K>): string => {
    const answer = engine.plan_link(whole(plan));
    if (!answer.ok) throw new Error(JSON.stringify(answer.errors));
    return answer.value.link;
  };
  return {
    whole,
    link_of,
    answer_to<K extends Kind>(plan: PlanOf<K>): PlanAnswers[K] {
      return answer_to_link(plan.plan, link_of(plan));
    },
  };
}

export const answer_to_link = <K extends Kind>(kind: K, link: string): PlanAnswers[K] =>
  JSON.parse(command_line('plan', kind, '--link', link, '--format', 'json')) as PlanAnswers[K];

// The name that the catalogue has for a model or a device.
const catalogue: Record<string, { id: string; name: string }[]> = {};
export function name_of(of: 'models' | 'devices', id: string): string {
  const entries = (catalogue[of] ??= JSON.parse(command_line('catalogue', of, '--format', 'json')));
  return entries.find((each) => each.id === id)?.name ?? `no ${id}`;
}

// The matrix of boxes and machines.
export async function expect_matrix(page: Page, matrix: BoxMatrix) {
  const rows = await cells(page, 'matrix');
  expect(rows.length).toBe(matrix.cells.length);
  matrix.cells.forEach((cell, at) => {
    const of = rows[at] ?? [];
    expect(of.slice(0, 2)).toEqual([name_of('models', cell.model), name_of('devices', cell.device)]);
    expect_shown(of[2], cell.devices);
    expect_shown(of[4], cell.weights_gb);
    const is_known = cell.unknown.length === 0;
    expect_shown(of[5], is_known ? cell.users_with_room : null);
    expect_shown(of[6], is_known ? cell.users : null);
    expect_shown(of[7], cell.tokens_per_s_per_user);
    expect_shown(of[8], cell.tokens_per_s);
    expect_shown(of[9], cell.price);
    expect_shown(of[10], cell.price_per_user);
    expect_shown(of[11], cell.per_hour);
    expect_shown(of[12], cell.per_million_tokens);
  });
}
