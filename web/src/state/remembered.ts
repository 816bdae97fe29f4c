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
  const asked = remembered('language') ?? navigator.language;
  return asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
