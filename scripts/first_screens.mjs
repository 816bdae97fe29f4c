// What the prerendered first screens show, from the native engine: the page as it opens, each preset, each question of the first screen.
// node scripts/first_screens.mjs MOECALC CATALOGUE.json OUT.json
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [moecalc = '', catalogue_file = '', out = ''] = process.argv.slice(2);
const ask = (/** @type {string[]} */ ...words) => execFileSync(moecalc, words, { encoding: 'utf8' });
/** @param {string[]} words */
const ask_json = (...words) => JSON.parse(ask(...words, '--format', 'json'));

/** Exit status 3 is an answer too: it does not fit. @param {string[]} words */
function evaluate(...words) {
  try {
    return ask_json('eval', ...words);
  } catch (error) {
    if (/** @type {any} */ (error).status === 3) return JSON.parse(/** @type {any} */ (error).stdout);
    throw error;
  }
}

/** @param {string} id @param {string[]} base */
function screen(id, ...base) {
  const report = evaluate(...base);
  const changed = report.changed.map((/** @type {string} */ key) => [key, report.scenario[key]]);
  return { id, view: 'calculator', link: report.link, scenario: Object.fromEntries(changed), report };
}

const catalogue = JSON.parse(readFileSync(catalogue_file, 'utf8'));
const questions = JSON.parse(readFileSync(new URL('../web/src/app/questions.json', import.meta.url), 'utf8'));
const presets = ask_json('catalogue', 'presets');
const names = {
  models: catalogue.models.map((/** @type {any} */ { id, name }) => ({ id, name })),
  devices: catalogue.devices.map((/** @type {any} */ { id, name }) => ({ id, name })),
  presets,
};
/** What answers each kind of question. @type {Record<string, (id: string, link: string) => object>} */
const answers = {
  calculator: (id, link) => screen(id, '--link', link),
  plan: (id, link) => ({ id, view: 'plan', link, scenario: {}, report: null, boxes: ask_json('plan', '--link', link) }),
  sweep: (id, link) => ({
    id,
    view: 'sweep',
    link,
    scenario: {},
    report: null,
    sweep: ask_json('sweep', '--link', link),
  }),
};
const screens = [
  screen(''),
  ...presets.map((/** @type {{ id: string }} */ { id }) => screen(id, '--preset', id)),
  ...questions.map((/** @type {{ id: string, view: string, link: string }} */ { id, view, link }) =>
    answers[view]?.(id, link),
  ),
];
const release = ask('--version').trim().split(/\s+/)[1] ?? '';
writeFileSync(
  out,
  JSON.stringify({ release, parameters: ask_json('parameters'), quantities: ask_json('quantities'), names, screens }),
);
