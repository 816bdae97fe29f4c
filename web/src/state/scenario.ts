// A scenario on the page is sparse: only what differs from the defaults. What is not there is the default, so two
// scenarios that mean the same are equal as text.
import type { ParameterInfo, ParameterValue, Scenario } from '../engine/engine';

export type ParameterTable = ReadonlyMap<string, ParameterInfo>;

export function sparse(scenario: Scenario, table: ParameterTable): Scenario {
  const kept: Scenario = {};
  for (const key of [...table.keys()]) {
    const value = scenario[key];
    if (value !== undefined && value !== table.get(key)?.default) kept[key] = value;
  }
  // A key that the table lacks is kept, so that the engine can complain about it.
  for (const [key, value] of Object.entries(scenario)) if (!table.has(key)) kept[key] = value;
  return kept;
}

export function same_scenario(a: Scenario, b: Scenario): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

const plain_number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const grouped_number = /^\d{1,3}(,\d{3})+(\.\d+)?$/;

// What a typed text means. A text that is no number goes to the engine as it is: it words the complaint.
// NFKC turns the full-width digits of a Chinese keyboard into plain ones. Half a character would make the question no JSON.
export function value_of_text(text: string, info: ParameterInfo): ParameterValue {
  const clean = text
    .replace(/\p{Cs}/gu, '\ufffd')
    .normalize('NFKC')
    .trim();
  if (info.allows_auto && (clean === '' || clean.toLowerCase() === 'auto')) return 'auto';
  const digits = grouped_number.test(clean) ? clean.replaceAll(',', '') : clean;
  if (!plain_number.test(digits)) return clean;
  const number = Number(digits);
  return Number.isFinite(number) ? number : clean;
}
