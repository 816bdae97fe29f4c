// Language and theme: the reader's, not the question's, so they are remembered here and never part of a link.
import { effect, signal } from '@preact/signals';
import { change_language, t } from '../i18n/i18n';
import { language } from '../i18n/language';
import type { Language } from '../i18n/words';
import { remember, remembered } from './remembered';

export type Theme = 'system' | 'light' | 'dark';

export const theme = signal<Theme>('system');

export function start_preferences(document: Document) {
  const asked = remembered('theme');
  if (asked === 'light' || asked === 'dark') theme.value = asked;
  show_preferences(document);
}

// Without looking at what was chosen before: an embed follows its host.
export function show_preferences(document: Document) {
  const root = document.documentElement;
  effect(() => {
    root.lang = language.value === 'zh' ? 'zh-CN' : 'en';
    document.title = t('app.title');
  });
  effect(() => {
    if (theme.value === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme.value;
  });
}

export async function choose_language(chosen: Language) {
  await change_language(chosen);
  remember('language', chosen);
}

export function choose_theme(chosen: Theme) {
  theme.value = chosen;
  remember('theme', chosen);
}
