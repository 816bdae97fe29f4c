// The page's one state: the question (a sparse scenario), what the reader typed, and the engine's answer to it.
// The answer is computed at once on every change: an evaluation takes microseconds.
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Answer, Engine, EngineError, ParameterInfo, ParameterValue, Report, Scenario } from '../engine/engine';
import { create_history, type History } from './history';
import { same_scenario, sparse, value_of_text, type ParameterTable } from './scenario';

// What kind of change made the present question; the address bar treats them differently.
//   edit: a field; load: a whole scenario opened on the page; step: undo or redo; address: it came from the address bar
export type ChangeKind = 'edit' | 'load' | 'step' | 'address';

export interface Answered {
  scenario: Scenario;
  report: Report;
}

export interface Store {
  readonly engine: Engine;
  readonly table: ParameterTable;
  readonly groups: readonly string[];
  readonly scenario: ReadonlySignal<Scenario>;
  // Raw text of fields being typed in or holding something the engine refuses.
  readonly texts: ReadonlySignal<Readonly<Record<string, string>>>;
  readonly answer: ReadonlySignal<Answer<Report>>;
  // The last good answer with its question; null only if no question was good so far.
  readonly good: ReadonlySignal<Answered | null>;
  readonly report: ReadonlySignal<Report | null>;
  // The question that `report` answers.
  readonly answered: ReadonlySignal<Scenario>;
  readonly stale: ReadonlySignal<boolean>;
  readonly errors: ReadonlySignal<ReadonlyMap<string, readonly EngineError[]>>;
  readonly history: History<Scenario>;
  readonly last_change: Signal<ChangeKind>;
  // Quantities being explained, the innermost last; empty: the dialog is closed.
  readonly explaining: Signal<readonly string[]>;

  info(key: string): ParameterInfo | undefined;
  // What one field shows. Each is a signal of its own underneath, so that a component redraws for its own key only.
  // The value asked for (default included); "auto" stays "auto".
  value(key: string): ParameterValue;
  // The value that the last answer took: "auto" resolved.
  resolved(key: string): ParameterValue;
  text(key: string): string | undefined;
  errors_of(key: string): readonly EngineError[];
  is_changed(key: string): boolean;
  set(key: string, value: ParameterValue): void;
  type(key: string, text: string): void;
  // The reader left the field: a good text gives way to the plain value, a refused one stays.
  settle(key: string): void;
  load(scenario: Scenario, kind?: ChangeKind): void;
  undo(): void;
  redo(): void;
}

export function create_store(engine: Engine): Store {
  const parameters = engine.parameters();
  const table: ParameterTable = new Map(parameters.parameters.map((info) => [info.key, info]));
  const scenario = signal<Scenario>({});
  const texts = signal<Readonly<Record<string, string>>>({});
  const last_change = signal<ChangeKind>('address');
  const explaining = signal<readonly string[]>([]);
  const history = create_history<Scenario>({});

  const answer = computed(() => engine.evaluate(scenario.value));
  const good = signal<Answered | null>(null);
  const note_if_good = () => {
    const now = answer.peek();
    if (now.ok) good.value = { report: now.value, scenario: scenario.peek() };
  };
  note_if_good();
  const errors = computed(() => {
    const by_field = new Map<string, EngineError[]>();
    const now = answer.value;
    if (now.ok) return by_field;
    for (const error of now.errors) {
      const field = table.has(error.field) ? error.field : '';
      by_field.set(field, [...(by_field.get(field) ?? []), of_typed_text(error, texts.value[field])]);
    }
    return by_field;
  });

  function change(next: Scenario, kind: ChangeKind, tag?: string) {
    const kept = sparse(next, table);
    batch(() => {
      last_change.value = kind;
      scenario.value = kept;
      note_if_good();
    });
    // Only questions with an answer are steps: undo leads from a slip back to what stood before it.
    if (kind !== 'step' && answer.peek().ok && !same_scenario(kept, history.current)) {
      history.record(kept, tag);
    }
  }

  function without_text(key: string) {
    if (!(key in texts.peek())) return;
    const { [key]: _gone, ...others } = texts.peek();
    texts.value = others;
  }

  const value = per_key((key): ParameterValue => scenario.value[key] ?? table.get(key)?.default ?? '');
  const no_errors: readonly EngineError[] = [];

  const store: Store = {
    engine,
    table,
    groups: parameters.groups,
    scenario,
    texts,
    answer,
    good,
    report: computed(() => good.value?.report ?? null),
    answered: computed(() => good.value?.scenario ?? {}),
    stale: computed(() => !answer.value.ok),
    errors,
    history,
    last_change,
    explaining,
    info: (key) => table.get(key),
    value,
    resolved: per_key((key) => {
      const report = store.report.value;
      return report?.resolved[key] ?? report?.scenario[key] ?? value(key);
    }),
    text: per_key((key) => texts.value[key]),
    errors_of: per_key((key) => errors.value.get(key) ?? no_errors),
    is_changed: per_key((key) => key in scenario.value),
    set(key, next) {
      batch(() => {
        without_text(key);
        history.close_step();
        change({ ...scenario.peek(), [key]: next }, 'edit');
      });
    },
    type(key, text) {
      const info = table.get(key);
      if (!info) return;
      batch(() => {
        texts.value = { ...texts.peek(), [key]: text };
        change({ ...scenario.peek(), [key]: value_of_text(text, info) }, 'edit', key);
      });
    },
    settle(key) {
      history.close_step();
      if (!errors.peek().has(key)) without_text(key);
    },
    load(next, kind = 'load') {
      batch(() => {
        texts.value = {};
        history.close_step();
        change(next, kind);
      });
    },
    undo() {
      const slip = !same_scenario(scenario.peek(), history.current);
      const back = slip ? history.current : history.undo();
      if (back) step(back);
    },
    redo() {
      const next = history.redo();
      if (next) step(next);
    },
  };
  function step(to: Scenario) {
    batch(() => {
      texts.value = {};
      change(to, 'step');
    });
  }
  return store;
}

// The engine sees a JSON text where a number belongs and complains about the type; who typed it wants to hear that it
// is no number.
function of_typed_text(error: EngineError, text: string | undefined): EngineError {
  return error.code === 'wrong_type' && text !== undefined ? { ...error, code: 'not_a_number', value: text } : error;
}

// A function of a key that keeps one computed signal per key.
function per_key<T>(compute: (key: string) => T): (key: string) => T {
  const made = new Map<string, ReadonlySignal<T>>();
  return (key) => {
    let signal = made.get(key);
    if (!signal) made.set(key, (signal = computed(() => compute(key))));
    return signal.value;
  };
}
