// The page is drawn in stages, a task each, so that the reader is never kept waiting for what is not on the screen. First the numbers, then what is seen
// with them; the rest when the reader shows up, or after a while.
import { computed, signal, type ReadonlySignal } from '@preact/signals';

export const last_seen_stage = 3;
const last_stage = 23;
const stage = signal(0); // 0: the first numbers
const patience_ms = 5000;
const signs_of_life = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin'] as const;

const reached: ReadonlySignal<boolean>[] = Array.from({ length: last_stage + 1 }, (_, at) =>
  computed(() => stage.value >= at),
);

// Whoever draws with it draws again when it changes, and only then.
export const is_reached = (at: number): boolean => reached[Math.min(at, last_stage)]!.value;

export function start_stages(words_for_the_rest: () => Promise<void>, when_reader_is_here: () => void = () => {}) {
  const reader = reader_shows_up();
  const next = () => {
    if (stage.peek() >= last_stage) return void performance.mark('drawn');
    stage.value += 1;
    if (stage.peek() === last_seen_stage) void reader.then(next);
    else if (stage.peek() < last_seen_stage) requestAnimationFrame(() => setTimeout(next));
    else setTimeout(next);
  };
  const start = () => {
    addEventListener('beforeprint', () => (stage.value = last_stage));
    next();
  };
  // In the second frame the first one has been painted; the timer lets the second one go too.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => words_for_the_rest().then(start, start))));
  void reader.then(when_reader_is_here);
}

function reader_shows_up(): Promise<void> {
  return new Promise((resolve) => {
    const here = () => {
      for (const sign of signs_of_life) removeEventListener(sign, here, { capture: true });
      clearTimeout(timer);
      setTimeout(resolve); // first what the reader wants
    };
    const timer = setTimeout(here, patience_ms);
    for (const sign of signs_of_life) addEventListener(sign, here, { capture: true, passive: true });
  });
}
