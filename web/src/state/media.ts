// Facts about the screen that decide what is drawn, as signals.
import { signal, type ReadonlySignal } from '@preact/signals';

function media(query: string): ReadonlySignal<boolean> {
  if (typeof matchMedia !== 'function') return signal(false);
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => (matches.value = list.matches));
  return matches;
}

// Below this width the form no longer stands beside the results. The same number is in styles/layout.css.
export const is_narrow = media('(max-width: 59.99rem)');
export const system_is_dark = media('(prefers-color-scheme: dark)');
export const reduces_motion = media('(prefers-reduced-motion: reduce)');

// True once the first numbers are on the screen: what lies below them is drawn only then.
export const first_numbers_shown = signal(false);

export function watch_first_frame(words_for_the_rest: () => Promise<void>) {
  const show = () => (first_numbers_shown.value = true);
  // In the second frame the first one has been painted; the timer lets the second one go too.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => words_for_the_rest().then(show, show))));
}
