// Which of the page's views is shown, and what it is about beside the question: the sweep, the plan. The link says so: a
// link with a sweep or a plan in it opens that view. The validation view shows the same to everyone and has no link.
import { batch, signal, type Signal } from '@preact/signals';
import type { PlanSpec, Scenario, SweepSpec } from '../engine/engine';
import { same_scenario } from './scenario';
import type { Store } from './store';

export type View = 'calculator' | 'plan' | 'sweep' | 'validation';

// Views where the page's question is edited.
export const has_question = (view: View) => view === 'calculator' || view === 'plan';

// A plan stands on the page's question, so that both are edited in one place.
export type PlanPart = Omit<PlanSpec, 'scenario'>;
export const first_plan: PlanPart = { plan: 'day', histogram: [], lengths: [], models: [], devices: [] };

export interface Views {
  readonly view: Signal<View>;
  // Kept while the calculator is shown; null: nobody has looked at the sweep view yet.
  readonly sweep: Signal<SweepSpec | null>;
  readonly plan: Signal<PlanPart>;
  show(view: View): void;
  // An edit by the reader, which the address follows.
  edit_plan(change: Partial<PlanPart>): void;
  // A scenario found in the sweep view becomes the calculator's question.
  load(scenario: Scenario): void;
}

// DeepSeek's published system: what the day is about until the reader asks for something else.
const first_of_day = 'deepseek-official';

export function create_views(store: Store): Views {
  const view = signal<View>('calculator');
  const sweep = signal<SweepSpec | null>(null);
  const plan = signal<PlanPart>(first_plan);
  // Only where the reader has asked nothing, and only while the day is looked at: left as it was, it goes again.
  let asked_for_reader: Scenario | null = null;
  const ask_first_of_day = () => {
    const is_asked = Object.keys(store.scenario.peek()).length > 0;
    const preset = store.engine.names().presets.find(({ id }) => id === first_of_day);
    if (is_asked || !preset) return;
    store.load(preset.scenario);
    asked_for_reader = store.scenario.peek();
  };
  const take_back = () => {
    if (asked_for_reader && same_scenario(asked_for_reader, store.scenario.peek())) store.load({});
    asked_for_reader = null;
  };
  return {
    view,
    sweep,
    plan,
    show(next) {
      if (next === view.peek()) return;
      batch(() => {
        store.last_change.value = 'load'; // a step that Back undoes
        if (next === 'sweep') sweep.value ??= store.engine.sweep_presets()[0]?.sweep ?? null;
        if (view.peek() === 'plan') take_back();
        if (next === 'plan' && plan.peek().plan === 'day') ask_first_of_day();
        view.value = next;
      });
    },
    edit_plan(change) {
      batch(() => {
        store.last_change.value = 'edit';
        if (change.plan && change.plan !== 'day') take_back();
        if (change.plan === 'day' && plan.peek().plan !== 'day') ask_first_of_day();
        plan.value = { ...plan.value, ...change };
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
