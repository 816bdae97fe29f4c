// The models and devices one can choose, with the names people know them by and what tells them apart.
import type { Engine, Names, ParameterInfo } from '../engine/engine';
import { format_number } from '../i18n/format';
import { t } from '../i18n/i18n';

export interface Option {
  id: string;
  name: string;
  detail: string; // found by the search too
  covered: boolean; // false: no method answers for it; choosing it says why
}

export const custom = 'custom';

// Made anew only when a list is opened or a name is asked for: some thousand short texts at most.
export function options_of(engine: Engine, info: ParameterInfo): Option[] {
  const names = engine.names();
  const entries = info.type === 'model' ? models(names) : devices(names);
  const own = {
    id: custom,
    name: t(info.type === 'model' ? 'options.model' : 'options.device'),
    detail: '',
    covered: true,
  };
  return info.choices.map(
    (id) => entries.get(id) ?? (id === custom ? own : { id, name: id, detail: '', covered: true }),
  );
}

function models({ models }: Names): Map<string, Option> {
  return new Map(
    models.map(({ id, name, covered, total_b, active_b }) => {
      const size = active_b === total_b ? billions(total_b) : `${billions(total_b)}-A${billions(active_b)}`;
      return [id, { id, name, covered, detail: covered ? size : t('options.not_covered') }];
    }),
  );
}

function devices({ devices }: Names): Map<string, Option> {
  return new Map(
    devices.map(({ id, name, vendor, memory_gb }) => {
      const memory = memory_gb === null ? '' : `, ${format_number(memory_gb)} GB`;
      return [id, { id, name, covered: true, detail: vendor + memory }];
    }),
  );
}

// "671B", "37.6B": three digits.
const billions = (value = 0) => `${Number(value.toPrecision(3))}B`;

export function name_of(engine: Engine, info: ParameterInfo | undefined, id: string): string {
  if (!info) return id;
  if (id === custom) return t(info.type === 'model' ? 'options.model' : 'options.device');
  const names = engine.names();
  return (info.type === 'model' ? names.models : names.devices).find((entry) => entry.id === id)?.name ?? id;
}
