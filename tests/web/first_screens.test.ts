// The prerendered first screens: the native engine's numbers are the WebAssembly's, and the pages around them are sound.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import questions from '../../web/src/app/questions.json';
import { oembed_of, page_of } from '../../web/plugins/static_pages';
import type { Engine } from '../../web/src/engine/engine';
import type { Rest } from '../../web/src/engine/wrap_rest';
import { prerender, type Native, type Screen } from '../../web/src/prerender/prerender';
import { card_svg, lines_of } from '../../web/src/share/card';
import { result_of } from '../../web/src/sweep/rows';
import { real_engine, real_rest } from './real_engine';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const native = JSON.parse(read('build/first_screens.json')) as Native;
const site = 'https://example.org/tools/moecalc/';

let engine: Engine;
let rest: Rest;
let screens: Screen[];
beforeAll(async () => {
  [engine, rest] = await Promise.all([real_engine(), real_rest()]);
  screens = prerender(native);
});
const screen_of = (id: string, language = 'en') => {
  const found = screens.find((screen) => screen.id === id && screen.language === language);
  if (!found) throw new Error(`no screen ${id}`);
  return found;
};

describe.each(native.screens)('the screen “$id”', ({ view, link, report, boxes, sweep }) => {
  test('has the numbers that WebAssembly gives for its link', () => {
    const decoded = engine.decode_link(link);
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.errors));
    expect(decoded.value.problems).toEqual([]);
    const { scenario, plan, sweep: spec } = decoded.value;
    expect(view).toBe(spec ? 'sweep' : plan ? 'plan' : 'calculator');
    if (view === 'calculator') {
      const answer = engine.evaluate(scenario);
      expect(answer.ok && answer.value.quantities).toEqual(report!.quantities);
    } else if (view === 'plan') {
      const answer = rest.plan({ ...plan!, plan: 'boxes' });
      expect(answer).toEqual({ ok: true, value: boxes });
    } else {
      const text = JSON.stringify(spec);
      const planned = rest.sweep_plan(spec!);
      if (!planned.ok) throw new Error(JSON.stringify(planned.errors));
      const rows = rest.sweep_result(text, rest.sweep_run(text, 0, planned.value.total, 2 ** 53 - 1), 0);
      expect(result_of(planned.value, rows).best_per).toEqual(sweep!.best_per);
    }
  });
});

test('there is one for the page as it opens, every preset and every question, in both languages', () => {
  const ids = ['', ...engine.names().presets.map(({ id }) => id), ...questions.map(({ id }) => id)];
  expect(screens.map(({ id, language }) => `${language} ${id}`)).toEqual(
    ['en', 'zh'].flatMap((language) => ids.map((id) => `${language} ${id}`)),
  );
});

test('every question has an answer', () => {
  for (const { id, link } of questions) {
    const decoded = engine.decode_link(link);
    if (!decoded.ok) throw new Error(id);
    const { sweep, plan, scenario } = decoded.value;
    const answer = sweep ? rest.sweep_plan(sweep) : plan ? rest.plan(plan) : engine.evaluate(scenario);
    expect(answer.ok, id).toBe(true);
  }
});

test('the numbers stand in the HTML, in the reader’s language', () => {
  const { html, title, description } = screen_of('');
  const tpot = native.screens[0]?.report?.quantities['decode.tpot_ms'] ?? NaN;
  expect(html).toContain(`data-value="${tpot}"`);
  expect(html).toContain(tpot.toPrecision(4));
  expect([title, description].join()).not.toMatch(/undefined|\{/);
  expect(screen_of('', 'zh').html).toContain('单用户速度');
});

test('so do the answers of plans and sweeps, and on their cards', () => {
  const boxes = screen_of('cheapest_50');
  const cheapest = boxes.html.match(/<th scope="row">([^<]*)<\/th>/)?.[1] ?? '';
  expect(cheapest).toMatch(/^\d+ × /);
  expect(boxes.card).toContain(cheapest);
  expect(boxes.description).toContain(cheapest);
  const sweep = screen_of('h20_or_h800', 'zh');
  for (const part of [sweep.html, sweep.card, sweep.description]) {
    expect(part).toMatch(/H800 SXM · EP\d+ · /);
    expect(part).toContain('H20 96GB · EP');
  }
});

describe('a page', () => {
  const template = read('web/index.html');
  test('of a preset leads up to the page’s files and opens its question', () => {
    const page = page_of(template, screen_of('deepseek-official', 'zh'), '');
    expect(page).toContain('<html lang="zh-CN" data-home="../../../" data-link="v=');
    expect(page).toContain('href="../../../manifest.webmanifest"');
    expect(page).not.toMatch(/="\.\//);
    expect(page).not.toContain('og:image');
    expect(page).not.toContain('<!-- first screen -->');
  });
  test('has a preview card with absolute addresses', () => {
    const page = page_of(template, screen_of('h20_or_h800'), site);
    expect(page).toContain(`<meta property="og:image" content="${site}p/h20_or_h800/card.png" />`);
    expect(page).toContain(`<link rel="canonical" href="${site}p/h20_or_h800/" />`);
    expect(page).toContain(`hreflang="zh-CN" href="${site}zh/p/h20_or_h800/"`);
    expect(page).toContain('<title>H20 or H800? | moecalc</title>');
  });
  test('keeps hostile words as words', () => {
    const hostile = { ...screen_of(''), title: '</title><script>$&', description: '"><img src=x>' };
    const page = page_of(template, hostile, site);
    expect(page).not.toContain('<script>$');
    expect(page).not.toContain('<img src=x>');
  });
});

test('oEmbed shows the view that the link is about', () => {
  expect(oembed_of(screen_of('h20_or_h800'), site)).toMatchObject({
    version: '1.0',
    type: 'rich',
    thumbnail_url: `${site}p/h20_or_h800/card.png`,
  });
  expect(oembed_of(screen_of('h20_or_h800'), site).html).toContain(
    `${site}embed/1/embed.html?view=pareto&#38;lang=en#v=2`,
  );
  expect(oembed_of(screen_of('cheapest_50'), site).html).toContain('view=plan');
  expect(oembed_of(screen_of('a100_16'), site).html).toContain('view=summary');
});

describe('a card', () => {
  test('breaks its lines and ends what is too long', () => {
    expect(lines_of('one two three four', 6, 3)).toEqual(['one two', 'three four']);
    expect(lines_of('one two three four five six seven', 6, 2).at(-1)).toMatch(/…$/);
    expect(lines_of('选择还是', 2, 2)).toEqual(['选择', '还是']);
  });
  test('escapes what it is given and is well-formed', () => {
    const svg = card_svg({
      title: '<b>&"\u0000\u202e',
      about: "'",
      numbers: [{ name: '<', value: '&', unit: '>' }],
      foot: '',
      dark: true,
    });
    expect(svg).not.toMatch(/<b>|\u0000/);
    expect(svg).not.toMatch(/&(?!#\d+;)/);
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
  });
});
