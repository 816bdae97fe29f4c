// The question once the reader pauses. What is costly to draw follows this; the headline follows every key stroke.
import { effect, signal, type ReadonlySignal } from '@preact/signals';

export function settled<T>(source: ReadonlySignal<T>, delay_ms: number): ReadonlySignal<T | null> {
  const calm = signal<T | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const now = source.value;
    clearTimeout(timer);
    timer = setTimeout(() => (calm.value = now), delay_ms);
  });
  return calm;
}
