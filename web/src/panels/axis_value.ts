// A value of a table's axis as its heading says it: "EP144", "400 Gbit/s", "FP8".
import type { ParameterValue } from '../engine/engine';
import { choice_name, is_page_key, t, unit_name } from '../i18n/i18n';
import type { Store } from '../state/store';
import { value_text } from './field';
import { name_of } from './options';

export function axis_value(store: Store, parameter: string, value: ParameterValue): string {
  const info = store.info(parameter);
  if (!info) return String(value);
  if (parameter.endsWith('.expert_parallel')) return `EP${String(value)}`;
  if (parameter.endsWith('.tensor_parallel')) return `TP${String(value)}`;
  if (info.type === 'device' || info.type === 'model') return name_of(store.engine, info, String(value));
  if (parameter === 'overlap') return overlap_name(String(value));
  const text = value_text(info, value);
  return parameter === 'nic_gbit_per_s' ? `${text} ${unit_name(info.unit)}` : text;
}

// Two words, where the form's choice has a sentence.
export function overlap_name(choice: string): string {
  const key = `overlap.${choice}`;
  return is_page_key(key) ? t(key) : choice_name(choice);
}
