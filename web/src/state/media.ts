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
