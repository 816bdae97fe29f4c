// The sweep view's own words.
import { lazy_words } from '../i18n/lazy_words';
import type english from '../i18n/sweep_en.json';

export type SweepKey = keyof typeof english;

export const { say: s, arrive: words_arrive } = lazy_words<SweepKey>(async (chosen) =>
  chosen === 'zh' ? (await import('../i18n/sweep_zh.json')).default : (await import('../i18n/sweep_en.json')).default,
);
