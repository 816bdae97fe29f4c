// The plan view's own words.
import { lazy_words } from '../i18n/lazy_words';
import type english from '../i18n/plan_en.json';

export type PlanKey = keyof typeof english;

export const { say: p, arrive: words_arrive } = lazy_words<PlanKey>(async (chosen) =>
  chosen === 'zh' ? (await import('../i18n/plan_zh.json')).default : (await import('../i18n/plan_en.json')).default,
);
