// The part of the engine that the first numbers do without: explanations, conclusions, config.json, sweeps. A module of
// its own, fetched when somebody first looks at what it says.
import { signal } from '@preact/signals';
import type { Rest } from './wrap_rest';

const loaded = signal<Rest | null>(null);
let starting: Promise<Rest> | undefined;

export function rest_arrives(): Promise<Rest> {
  starting ??= import('./start_rest').then(async ({ start_rest }) => (loaded.value = await start_rest()));
  starting.catch(() => (starting = undefined)); // offline: asked again next time
  return starting;
}

// It, or null while it is on its way; whoever renders with it draws again when it is there.
export function rest(): Rest | null {
  if (!loaded.peek()) void rest_arrives().catch(() => {});
  return loaded.value;
}

// For code that is only reached once it is there.
export function rest_now(): Rest {
  const now = loaded.peek();
  if (!now) throw new Error('the rest of the engine has not arrived');
  return now;
}
