// What is said about new versions.
import { lazy_words } from '../i18n/lazy_words';
import type english from '../i18n/offline_en.json';

export const { say: o, arrive: words_arrive } = lazy_words<keyof typeof english>(async (chosen) =>
  chosen === 'zh'
    ? (await import('../i18n/offline_zh.json')).default
    : (await import('../i18n/offline_en.json')).default,
);
