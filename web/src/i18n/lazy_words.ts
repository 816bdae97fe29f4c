// The words of a view that is code of its own: they arrive with it, not with the first screen's.
import { effect, signal } from '@preact/signals';
import { fill, type Places } from './i18n';
import { language } from './language';
import type { Language } from './words';

export function lazy_words<Key extends string>(load: (chosen: Language) => Promise<Readonly<Record<Key, string>>>) {
  const words = signal({} as Readonly<Record<Key, string>>);
  let following: Promise<void> | undefined;
  return {
    say: (key: Key, places?: Places): string => fill(words.value[key] ?? '', places),
    knows: (key: string): key is Key => key in words.value,
    arrive: (): Promise<void> =>
      (following ??= new Promise((resolve, reject) => {
        effect(() => {
          const chosen = language.value;
          load(chosen).then((loaded) => {
            if (language.peek() === chosen) words.value = loaded;
            resolve();
          }, reject);
        });
      })),
  };
}
