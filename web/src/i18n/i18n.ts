// Words in two languages. Components that call these functions redraw when the language changes.
import { batch, signal } from '@preact/signals';
import type { EngineError } from '../engine/engine';
import { format_number } from './format';
import { language } from './language';
import { load_words, type Language, type PageKey, type Words } from './words';

export type { PageKey };
export type Places = Readonly<Record<string, string | number>>;

const words = signal<Words>({ engine: {}, page: {} as Words['page'], later: () => Promise.resolve({}) });

export function use_words(chosen: Language, loaded: Words) {
  batch(() => {
    words.value = loaded;
    language.value = chosen;
  });
}

export async function change_language(chosen: Language) {
  const loaded = await load_words(chosen);
  use_words(chosen, { ...loaded, engine: { ...loaded.engine, ...(await loaded.later()) } });
}

export async function load_later_words() {
  const now = words.peek();
  const later = await now.later();
  if (words.peek() === now) words.value = { ...now, engine: { ...now.engine, ...later } };
}

export function fill(template: string, places: Places = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = places[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? format_number(value) : value;
  });
}

// A word of the page.
export function t(key: PageKey, places?: Places): string {
  return fill(words.value.page[key], places);
}

export const is_page_key = (key: string): key is PageKey => key in words.value.page;

// A word of the engine; `otherwise` if it has none (names of models and devices are data, not words).
export function word(key: string, otherwise = key, places?: Places): string {
  return fill(words.value.engine[key] ?? otherwise, places);
}

export const has_word = (key: string): boolean => key in words.value.engine;

export const parameter_name = (key: string) => word(`parameter.${key}`, key);
export const quantity_name = (key: string) => word(`quantity.${key}`, key);
export const unit_name = (unit: string) => (unit === '' ? '' : word(`unit.${unit}`, unit));
export const choice_name = (choice: string) => word(`choice.${choice}`, choice);

// Shorter, for headings that already say the phase.
export function short_quantity_name(key: string): string {
  const short = `short.${key}`;
  return is_page_key(short) ? t(short) : quantity_name(key);
}

// What a reader gave, fit to be repeated: short, and without characters that hide or turn the text around. The engine's errors are so already; what
// the page itself puts in place of their values is not.
const most_shown = 100;
const hidden = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;
export function shown(text: string): string {
  const characters = [...text.slice(0, 2 * most_shown)]; // never half of one
  const start = characters.slice(0, most_shown).join('');
  return start.replace(hidden, '?') + (start.length < text.length ? '…' : '');
}

export function error_text(error: EngineError): string {
  const places = {
    field: has_word(`parameter.${error.field}`)
      ? parameter_name(error.field)
      : has_word(`quantity.${error.field}`)
        ? quantity_name(error.field)
        : word(`plan.field.${error.field}`, shown(error.field)),
    value: shown(error.value),
    allowed: error.allowed,
  };
  if (error.code === 'not_a_number' && error.value.trim() === '') return t('error.empty', places);
  return word(`error.${error.code}`, t('error.unknown', { code: error.code }), places);
}
