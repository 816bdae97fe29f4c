// Which of the page's views is shown, and the sweep that the second one is about. The link says both: a link with a sweep
// in it opens the sweep view. The validation view shows the same to everyone and has no link.
import { batch, signal, type Signal } from '@preact/signals';
import type { Scenario, SweepSpec } from '../engine/engine';
import type { Store } from './store';

export type View = 'calculator' | 'sweep' | 'validation';

export interface Views {
  readonly view: Signal<View>;
  // Kept while the calculator is shown; null: nobody has looked at the sweep view yet.
  readonly sweep: Signal<SweepSpec | null>;
  show(view: View): void;
  // A scenario found in the sweep view becomes the calculator's question.
  load(scenario: Scenario): void;
}

export function create_views(store: Store): Views {
  const view = signal<View>('calculator');
  const sweep = signal<SweepSpec | null>(null);
  return {
    view,
    sweep,
    show(next) {
      if (next === view.peek()) return;
      batch(() => {
        store.last_change.value = 'load'; // a step that Back undoes
        if (next === 'sweep') sweep.value ??= store.engine.sweep_presets()[0]?.sweep ?? null;
        view.value = next;
      });
    },
    load(scenario) {
      batch(() => {
        view.value = 'calculator';
        store.load(scenario);
      });
    },
  };
}
