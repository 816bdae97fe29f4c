// The validation view's own words.
import { lazy_words } from '../i18n/lazy_words';
import type english from '../i18n/validation_en.json';

export type ValidationKey = keyof typeof english;

export const {
  say: v,
  knows,
  arrive: words_arrive,
} = lazy_words<ValidationKey>(async (chosen) =>
  chosen === 'zh'
    ? (await import('../i18n/validation_zh.json')).default
    : (await import('../i18n/validation_en.json')).default,
);
