// The page is drawn in stages, a task each: the first numbers, then what lies below them, so that the reader is never kept waiting for what is not on the
// screen yet.
import { computed, signal, type ReadonlySignal } from '@preact/signals';

const last_stage = 20;
const stage = signal(0); // 0: the first numbers

const reached: ReadonlySignal<boolean>[] = Array.from({ length: last_stage + 1 }, (_, at) =>
  computed(() => stage.value >= at),
);

// Whoever draws with it draws again when it changes, and only then.
export const is_reached = (at: number): boolean => reached[Math.min(at, last_stage)]!.value;

export function start_stages(words_for_the_rest: () => Promise<void>) {
  const next = () => {
    stage.value += 1;
    if (stage.peek() < last_stage) setTimeout(next, 0);
  };
  // In the second frame the first one has been painted; the timer lets the second one go too.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => words_for_the_rest().then(next, next))));
}
