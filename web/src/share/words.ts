// The words of embeds and of the share dialog.
import { lazy_words } from '../i18n/lazy_words';
import type english from '../i18n/share_en.json';

export type ShareKey = keyof typeof english;

export const { say: e, arrive: words_arrive } = lazy_words<ShareKey>(async (chosen) =>
  chosen === 'zh' ? (await import('../i18n/share_zh.json')).default : (await import('../i18n/share_en.json')).default,
);
