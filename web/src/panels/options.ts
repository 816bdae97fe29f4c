// The models and devices one can choose, with the names people know them by.
import type { Engine, ParameterInfo } from '../engine/engine';

export interface Option {
  id: string;
  name: string;
  detail: string;
}

const made = new WeakMap<ParameterInfo, Option[]>();

export function options_of(engine: Engine, info: ParameterInfo): Option[] {
  let options = made.get(info);
  if (options) return options;
  const names = engine.names();
  const entries = new Map<string, { name: string; vendor?: string }>(
    (info.type === 'model' ? names.models : names.devices).map((entry) => [entry.id, entry]),
  );
  options = info.choices.map((id) => {
    const entry = entries.get(id);
    return { id, name: entry?.name ?? id, detail: entry?.vendor ?? '' };
  });
  made.set(info, options);
  return options;
}

export function name_of(engine: Engine, info: ParameterInfo | undefined, id: string): string {
  if (!info) return id;
  return options_of(engine, info).find((option) => option.id === id)?.name ?? id;
}
