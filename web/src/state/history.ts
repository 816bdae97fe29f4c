// Undo and redo over whole values. Typing in one field is one step: entries with the same tag replace each other.
import { signal, type ReadonlySignal } from '@preact/signals';

export interface History<T> {
  readonly current: T;
  readonly can_undo: ReadonlySignal<boolean>;
  readonly can_redo: ReadonlySignal<boolean>;
  record(value: T, tag?: string): void;
  // The next record starts a new step, even with the same tag.
  close_step(): void;
  undo(): T | undefined;
  redo(): T | undefined;
}

const most_steps = 200;

export function create_history<T>(first: T): History<T> {
  let entries: T[] = [first];
  let at = 0;
  let open_tag: string | undefined;
  const can_undo = signal(false);
  const can_redo = signal(false);
  const publish = () => {
    can_undo.value = at > 0;
    can_redo.value = at < entries.length - 1;
  };
  const step = (by: number): T | undefined => {
    const entry = entries[at + by];
    if (entry === undefined) return undefined;
    at += by;
    open_tag = undefined;
    publish();
    return entry;
  };
  return {
    get current() {
      return entries[at] as T;
    },
    can_undo,
    can_redo,
    record(value, tag) {
      const replace = tag !== undefined && tag === open_tag;
      entries = [...entries.slice(0, replace ? at : at + 1), value].slice(-most_steps);
      at = entries.length - 1;
      open_tag = tag;
      publish();
    },
    close_step() {
      open_tag = undefined;
    },
    undo: () => step(-1),
    redo: () => step(1),
  };
}
