// The state of the sweep view: the form's draft, the run, what is known of its result. It outlives the view, so that
// going to the calculator and back costs nothing.
import { batch, computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { Answer, SweepPartial, SweepPlan, SweepSpec } from '../engine/engine';
import { rest_now } from '../engine/rest';
import type { Page } from '../state/context';
import { make_browser_workers, worker_count } from './browser_workers';
import { draft_of, spec_of, type Draft } from './draft';
import { create_pool, type Pool, type Progress } from './pool';
import { places, result_of, values_of, type SweepResult } from './rows';

// Up to here a sweep runs again whenever something changes; above it waits for the button.
export const live_total = 20_000;
const most_groups = 4_096; // of the heat map and the best per group together: they come with every piece
const live_delay_ms = 80;
const sampled_while_running = 10_000; // an even sample too: the rest is plotted when the sweep is done

export type RunState = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
export interface Shown {
  spec: SweepSpec;
  heat: Heat | null;
  result: SweepResult;
  complete: boolean;
}
export type Heat = readonly [rows: string, columns: string];

export interface Session {
  readonly draft: ReadonlySignal<Draft>;
  readonly spec: ReadonlySignal<SweepSpec>;
  readonly plan: ReadonlySignal<Answer<SweepPlan>>;
  // The heat map's two parameters; null: fewer than two vary, or too many cells.
  readonly heat: ReadonlySignal<Heat | null>;
  readonly heat_choices: ReadonlySignal<string[]>;
  readonly state: ReadonlySignal<RunState>;
  readonly progress: ReadonlySignal<Progress | null>;
  readonly reason: ReadonlySignal<string>;
  readonly shown: ReadonlySignal<Shown | null>;
  // What is shown belongs to another sweep than the form's.
  readonly stale: ReadonlySignal<boolean>;
  readonly workers: number;
  readonly pool: Pool;
  change(draft: Draft): void;
  open(spec: SweepSpec): void; // a preset
  choose_heat(heat: Heat): void;
  start(): void;
  cancel(): void;
  // The view is on the screen.
  attend(): () => void;
}

const sessions = new WeakMap<Page, Session>();

export function session_of(page: Page): Session {
  let session = sessions.get(page);
  if (!session) sessions.set(page, (session = create_session(page)));
  return session;
}

function create_session({ store, views }: Page): Session {
  const { engine, table } = store;
  const rest = rest_now();
  const workers = worker_count();
  const pool = create_pool({
    make: make_browser_workers,
    workers,
    merge: (spec, partials) => rest.sweep_merge(spec, partials),
    now: () => performance.now(),
  });

  const first = views.sweep.peek() ?? engine.sweep_presets()[0]!.sweep;
  const draft = signal(draft_of(first));
  const spec = computed(() => views.sweep.value ?? first);
  const plan = computed(() => rest.sweep_plan(spec.value));
  const asked_heat = signal<Heat | null>(null);
  const state = signal<RunState>('idle');
  const progress = signal<Progress | null>(null);
  const reason = signal('');
  const shown = signal<Shown | null>(null);

  const heat_choices = computed(() => {
    const answer = plan.value;
    if (!answer.ok) return [];
    return places(answer.value)
      .map(({ parameter }) => parameter)
      .filter((parameter) => values_of(answer.value, parameter).length > 1);
  });
  const heat = computed((): Heat | null => {
    const answer = plan.value;
    if (!answer.ok) return null;
    const choices = heat_choices.value;
    const usual = ['decode.expert_parallel', 'decode.batch_per_gpu', 'device'].filter((each) => choices.includes(each));
    const compared =
      spec.value.best_per.length === 1 ? spec.value.best_per.filter((each) => choices.includes(each)) : [];
    const names = [...new Set([...compared, ...usual, ...choices])];
    const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other): Heat => [one, other]));
    const is_small = (axes: Heat) => {
      const groups = new Set([...axes, ...spec.value.best_per]);
      return [...groups].reduce((product, each) => product * values_of(answer.value, each).length, 1) <= most_groups;
    };
    const asked = asked_heat.value;
    if (asked?.every((each) => choices.includes(each))) return is_small(asked) ? asked : null;
    return pairs.find(is_small) ?? null;
  });
  // What the workers are asked: the heat map needs the best for each of its cells as well.
  const asked = computed((): SweepSpec => {
    const groups = [...new Set([...spec.value.best_per, ...(heat.value ?? [])])];
    return { ...spec.value, best_per: groups };
  });
  const asked_text = computed(() => JSON.stringify(asked.value));
  const shown_text = signal('');
  let running_text = '';

  // Another sweep came from outside: a link, Back, a preset.
  let own = views.sweep.peek();
  effect(() => {
    const now = views.sweep.value;
    if (now && now !== own) {
      own = now;
      draft.value = draft_of(now);
    }
  });

  function start() {
    const answer = plan.peek();
    if (!answer.ok || answer.value.total < 1) return;
    const asked_now = { spec: spec.peek(), heat: heat.peek() };
    const text = asked_text.peek();
    running_text = text;
    const show = (partial: SweepPartial, complete: boolean) => {
      const rows = rest.sweep_result(text, partial, complete ? Infinity : sampled_while_running);
      shown_text.value = text;
      shown.value = { ...asked_now, result: result_of(answer.value, rows), complete };
    };
    batch(() => {
      state.value = 'running';
      reason.value = '';
      progress.value = { done: 0, total: answer.value.total, ms: 0, replaced: 0 };
    });
    let told = 0;
    const fail = (why: unknown) =>
      batch(() => {
        state.value = 'failed';
        reason.value = String(why);
      });
    const drawing = (draw: () => void) => {
      try {
        batch(draw);
      } catch (why) {
        pool.cancel();
        fail(why);
      }
    };
    pool.run(text, answer.value.total, {
      progress(now) {
        if (now.ms - told < 100) return;
        told = now.ms;
        progress.value = now;
      },
      partial(partial, now) {
        drawing(() => {
          progress.value = now;
          show(partial, false);
        });
      },
      done(partial, now) {
        drawing(() => {
          show(partial, true);
          progress.value = now;
          state.value = 'done';
        });
      },
      failed: fail,
    });
  }

  function cancel() {
    if (state.peek() !== 'running') return;
    pool.cancel();
    state.value = 'cancelled';
    setTimeout(() => attended && warm(), 300); // first the answer on the screen
  }

  function warm() {
    const answer = plan.peek();
    if (answer.ok) pool.warm(asked_text.peek(), answer.value.total);
  }

  let attended = false;
  function attend() {
    attended = true;
    warm();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop_following = effect(() => {
      const text = asked_text.value;
      const answer = plan.value;
      untracked(() => {
        clearTimeout(timer);
        const is_known = text === shown_text.peek() && shown.peek()?.complete;
        if (!answer.ok || is_known || (text === running_text && state.peek() === 'running')) {
          if (state.peek() === 'running' && text !== running_text) {
            pool.cancel();
            state.value = is_known ? 'done' : 'idle';
          }
          return;
        }
        // Nobody asked for what is running now any more.
        if (state.peek() === 'running') pool.cancel();
        const from_outside = store.last_change.peek() === 'address';
        if (answer.value.total <= live_total)
          timer = setTimeout(start, from_outside || !shown.peek() ? 0 : live_delay_ms);
        else if (from_outside) timer = setTimeout(start);
        else {
          timer = setTimeout(warm, live_delay_ms);
          if (state.peek() === 'running') state.value = 'idle';
        }
      });
    });
    const watch = setInterval(pool.check, 500);
    return () => {
      attended = false;
      clearTimeout(timer);
      clearInterval(watch);
      stop_following();
      if (state.peek() === 'running') state.value = 'cancelled';
      pool.stop();
    };
  }

  return {
    draft,
    spec,
    plan,
    heat,
    heat_choices,
    state,
    progress,
    reason,
    shown,
    stale: computed(() => shown.value !== null && shown_text.value !== asked_text.value),
    workers,
    pool,
    change(next) {
      batch(() => {
        draft.value = next;
        own = spec_of(next, table);
        store.last_change.value = 'edit';
        views.sweep.value = own;
      });
    },
    open(next) {
      batch(() => {
        store.last_change.value = 'load';
        views.sweep.value = next;
      });
    },
    choose_heat: (next) => (asked_heat.value = next),
    start,
    cancel,
    attend,
  };
}
