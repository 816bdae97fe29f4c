// The sweep view's own words. They arrive with its code, not with the first screen's.
import { effect, signal } from '@preact/signals';
import { fill, type Places } from '../i18n/i18n';
import { language } from '../i18n/language';
import type { Language } from '../i18n/words';
import type english from '../i18n/sweep_en.json';

export type SweepKey = keyof typeof english;
type SweepWords = Readonly<Record<SweepKey, string>>;

const words = signal<SweepWords>({} as SweepWords);

const load = async (chosen: Language): Promise<SweepWords> =>
  chosen === 'zh' ? (await import('../i18n/sweep_zh.json')).default : (await import('../i18n/sweep_en.json')).default;

let following: Promise<void> | undefined;

export function words_arrive(): Promise<void> {
  return (following ??= new Promise((resolve, reject) => {
    effect(() => {
      const chosen = language.value;
      load(chosen).then((loaded) => {
        if (language.peek() === chosen) words.value = loaded;
        resolve();
      }, reject);
    });
  }));
}

export const s = (key: SweepKey, places?: Places): string => fill(words.value[key] ?? '', places);
