// What stands in the sweep form, as text, and the sweep it means. A text that makes no sense goes to the engine as it
// is: the engine words the complaint, and nothing typed is lost.
import type { Goal, ParameterInfo, ParameterValue, Scenario, SweepAxis, SweepSpec } from '../engine/engine';
import { sparse, value_of_text, type ParameterTable } from '../state/scenario';

export type AxisKind = 'list' | 'step' | 'linear' | 'log' | 'all';

export interface AxisDraft {
  id: number;
  parameters: string[]; // several move together
  kind: AxisKind;
  list: string; // "16, 32, 64"; of several parameters "1/2, 1/1"
  from: string;
  to: string;
  step: string;
  points: string;
  vendor: string;
}
export interface ConstraintDraft {
  id: number;
  quantity: string;
  bound: 'at_least' | 'at_most';
  value: string;
}
export interface GoalDraft {
  quantity: string;
  goal: Goal;
}
export interface Draft {
  scenario: Scenario;
  axes: AxisDraft[];
  constraints: ConstraintDraft[];
  objective: GoalDraft;
  best_per: string[];
  pareto: GoalDraft[];
  top: string;
  sample: string;
  quantities: string[];
}

let ids = 0;
const new_id = () => ++ids;
const separator = ', ';

export function new_axis(info: ParameterInfo): AxisDraft {
  const is_number = info.type === 'integer' || info.type === 'number';
  const low = info.minimum ?? 1;
  const start = typeof info.default === 'number' ? info.default : low;
  const few = info.type === 'boolean' ? ['false', 'true'] : info.choices.slice(0, 3);
  return {
    ...blank([info.key]),
    kind: 'list',
    list: is_number ? String(start) : few.join(separator),
    from: String(Math.max(low, 1)),
    to: String(start),
  };
}

const blank = (parameters: string[]): AxisDraft => ({
  id: new_id(),
  parameters,
  kind: 'list',
  list: '',
  from: '1',
  to: '16',
  step: '1',
  points: '8',
  vendor: '',
});

export const new_constraint = (quantity: string): ConstraintDraft => ({
  id: new_id(),
  quantity,
  bound: 'at_least',
  value: '0',
});

export function draft_of(spec: SweepSpec): Draft {
  return {
    scenario: spec.scenario ?? {},
    axes: (spec.axes ?? []).map(axis_draft),
    constraints: (spec.constraints ?? []).map((constraint) => ({
      id: new_id(),
      quantity: constraint.quantity,
      ...('at_least' in constraint
        ? { bound: 'at_least' as const, value: String(constraint.at_least) }
        : { bound: 'at_most' as const, value: String(constraint.at_most) }),
    })),
    objective: spec.objective,
    best_per: spec.best_per ?? [],
    pareto: spec.pareto ?? [],
    top: String(spec.top ?? 0),
    sample: String(spec.sample ?? 0),
    quantities: spec.quantities ?? [],
  };
}

function axis_draft(axis: SweepAxis): AxisDraft {
  if ('parameters' in axis) {
    return { ...blank(axis.parameters), list: axis.values.map((tuple) => tuple.join('/')).join(separator) };
  }
  const made = blank([axis.parameter]);
  if ('values' in axis) return { ...made, list: axis.values.join(separator) };
  if ('all' in axis) return { ...made, kind: 'all', vendor: axis.vendor ?? '' };
  const ends = { from: String(axis.from), to: String(axis.to) };
  if ('step' in axis) return { ...made, ...ends, kind: 'step', step: String(axis.step) };
  return { ...made, ...ends, kind: axis.scale, points: String(axis.points) };
}

export function spec_of(draft: Draft, table: ParameterTable): SweepSpec {
  return {
    scenario: draft.scenario,
    axes: draft.axes.map((axis) => axis_of(axis, table)),
    constraints: draft.constraints.map(({ quantity, bound, value }) =>
      bound === 'at_least' ? { quantity, at_least: number_of(value) } : { quantity, at_most: number_of(value) },
    ),
    objective: draft.objective,
    top: number_of(draft.top),
    best_per: draft.best_per,
    pareto: draft.pareto,
    sample: number_of(draft.sample),
    quantities: draft.quantities,
  };
}

function axis_of(axis: AxisDraft, table: ParameterTable): SweepAxis {
  const [parameter = ''] = axis.parameters;
  const items = split(axis.list);
  if (axis.parameters.length > 1) {
    return {
      parameters: axis.parameters,
      values: items.map((item) =>
        item.split('/').map((text, at) => value_of(text, table.get(axis.parameters[at] ?? ''))),
      ),
    };
  }
  const ends = { parameter, from: number_of(axis.from), to: number_of(axis.to) };
  switch (axis.kind) {
    case 'list':
      return { parameter, values: items.map((item) => value_of(item, table.get(parameter))) };
    case 'step':
      return { ...ends, step: number_of(axis.step) };
    case 'linear':
    case 'log':
      return { ...ends, points: number_of(axis.points), scale: axis.kind };
    case 'all':
      return {
        parameter: parameter === 'model' ? 'model' : 'device',
        all: true,
        ...(axis.vendor === '' ? {} : { vendor: axis.vendor }),
      };
  }
}

export const split = (text: string): string[] => text.split(/[\s,，;；、]+/).filter((item) => item !== '');

export const join = (items: readonly string[]): string => items.join(separator);

function value_of(text: string, info: ParameterInfo | undefined): ParameterValue {
  if (!info) return text;
  if (info.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (info.type !== 'integer' && info.type !== 'number') return text;
  return value_of_text(text, info);
}

export const reads_as_number = (text: string): boolean => typeof number_of(text) === 'number';

// What is no number stays a text, although the type says otherwise: the engine answers with what it wanted.
function number_of(text: string): number {
  const clean = text.normalize('NFKC').trim().replaceAll(',', '');
  const number = clean === '' ? NaN : Number(clean);
  return Number.isFinite(number) ? number : (text as unknown as number);
}

// Two sweeps that mean the same are equal as this text.
export function canonical(spec: SweepSpec, table: ParameterTable): string {
  const { scenario, ...others } = spec_of(draft_of(spec), table);
  return JSON.stringify([sparse_entries(scenario, table), others]);
}

const sparse_entries = (scenario: Scenario, table: ParameterTable) =>
  Object.entries(sparse(scenario, table)).sort(([one], [other]) => (one < other ? -1 : 1));
