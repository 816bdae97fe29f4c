// Fetches the words of a language: the engine's (parameters, quantities, errors, notes; engine/texts) and the page's.
// Imported by the entry, which has to stay small, so nothing else is imported here.
import type page_en from './en.json';

export type Language = 'en' | 'zh';
export type PageKey = keyof typeof page_en;
export interface Words {
  engine: Readonly<Record<string, string>>;
  page: Readonly<Record<PageKey, string>>;
  // Words of the engine that the first screen does without: explanations, conclusions, sources.
  later(): Promise<Readonly<Record<string, string>>>;
}

export const load_words = (language: Language): Promise<Words> =>
  language === 'zh' ? import('./words_zh') : import('./words_en');
