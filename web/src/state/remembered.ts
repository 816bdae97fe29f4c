// What the reader chose, in the browser's storage. Storage may be forbidden (private windows, sandboxed frames): then a
// choice lasts as long as the page. Imported by the entry, so nothing else is imported here.
import type { Language } from '../i18n/words';

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`moecalc.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string) {
  try {
    localStorage.setItem(`moecalc.${key}`, value);
  } catch {
    // Nothing to do: see above.
  }
}

export function preferred_language(): Language {
  // A Chinese page is read in Chinese; the English one is everybody's.
  const of_page = document.documentElement.lang === 'zh-CN' ? 'zh' : navigator.language;
  const asked = remembered('language') ?? of_page;
  return asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
