// Rows of a sweep: what they say and which scenario they stand for.
import type { ParameterValue, Scenario, SweepCounts, SweepPlan, SweepRow, SweepSpec } from '../engine/engine';

// Many rows as numbers: one becomes an object when somebody looks at it.
export interface SweepRows {
  length: number;
  index(row: number): number; // of its configuration
  value(row: number, column: number): number;
  row(row: number): SweepRow;
}
export interface SweepResult {
  plan: SweepPlan;
  counts: SweepCounts;
  top: SweepRow[]; // best first; ranked on 12 significant digits, then by index
  best_per: SweepRow[]; // best first
  pareto: SweepRow[]; // sorted by the first pareto quantity, best first
  sample: SweepRows; // by index
}

// From the engine's numbers.
export function result_of(plan: SweepPlan, numbers: Float64Array): SweepResult {
  const [evaluated = 0, invalid = 0, does_not_fit = 0, rejected = 0, kept = 0, ...lengths] = numbers.subarray(0, 9);
  const width = 1 + plan.columns.length;
  let begin = 9;
  const rows = lengths.map((length): SweepRows => {
    const own = numbers.subarray(begin, (begin += length * width));
    return {
      length,
      index: (row) => own[row * width] ?? NaN,
      value: (row, column) => own[row * width + 1 + column] ?? NaN,
      row: (row) => {
        const [index = 0, ...values] = own.subarray(row * width, (row + 1) * width);
        return { index, at: place_of(plan, index), values };
      },
    };
  });
  const [top = [], best_per = [], pareto = []] = rows.map((each, at) => (at < 3 ? all(each) : []));
  const counts = { evaluated, invalid, does_not_fit, rejected, kept };
  return { plan, counts, top, best_per, pareto, sample: rows[3]! };
}

export const all = ({ length, row }: SweepRows): SweepRow[] => Array.from({ length }, (_, at) => row(at));

// The last axis turns fastest.
function place_of(plan: SweepPlan, index: number): number[] {
  return plan.axes.reduceRight<number[]>((at, { values }) => {
    at.unshift(index % values.length);
    index = Math.floor(index / values.length);
    return at;
  }, []);
}

// One column per swept parameter: where in a row its value is found.
export interface Place {
  parameter: string;
  axis: number;
  part: number; // of the axis's tuple
}

export const places = (plan: SweepPlan): Place[] =>
  plan.axes.flatMap(({ parameters }, axis) => parameters.map((parameter, part) => ({ parameter, axis, part })));

export const value_at = (plan: SweepPlan, row: SweepRow, { axis, part }: Place): ParameterValue =>
  plan.axes[axis]?.values[row.at[axis] ?? 0]?.[part] ?? '';

export function scenario_of(spec: SweepSpec, plan: SweepPlan, row: SweepRow): Scenario {
  const scenario: Scenario = { ...spec.scenario };
  for (const place of places(plan)) scenario[place.parameter] = value_at(plan, row, place);
  return scenario;
}

// What points are told apart by: of which value of a parameter a configuration is.
export interface Hues {
  parameter: string;
  values: ParameterValue[];
  of(index: number): number; // which of the values
}

// The first parameter that the best is asked for each value of, if a picture can tell so many apart.
const most_hues = 8;
export function hues_of(plan: SweepPlan, spec: Pick<SweepSpec, 'best_per'>): Hues | null {
  for (const parameter of spec.best_per) {
    const axis = plan.axes.findIndex(({ parameters }) => parameters.length === 1 && parameters[0] === parameter);
    const values = plan.axes[axis]?.values.map(([value]) => value ?? '') ?? [];
    if (values.length < 2 || values.length > most_hues) continue;
    const stride = plan.axes.slice(axis + 1).reduce((product, each) => product * each.values.length, 1);
    return { parameter, values, of: (index) => Math.floor(index / stride) % values.length };
  }
  return null;
}

// The values that a parameter takes, each once, in the order of its axis.
export function values_of(plan: SweepPlan, parameter: string): ParameterValue[] {
  const place = places(plan).find((each) => each.parameter === parameter);
  if (!place) return [];
  return [...new Set(plan.axes[place.axis]?.values.map((tuple) => tuple[place.part] ?? '') ?? [])];
}

// The best row for each combination of the parameters' values, from rows that are the best for a finer one. The rows
// come best first, so the first of each group is its best.
export function best_per(plan: SweepPlan, rows: readonly SweepRow[], parameters: readonly string[]): SweepRow[] {
  const used = places(plan).filter((place) => parameters.includes(place.parameter));
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify(used.map((place) => value_at(plan, row, place)));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export interface Order {
  column: number; // of parameters first, then of quantities; -1: as the engine ranked them
  down: boolean;
}

export function sorted(plan: SweepPlan, rows: readonly SweepRow[], { column, down }: Order): readonly SweepRow[] {
  if (column < 0) return rows;
  const columns = places(plan);
  const place = columns[column];
  const key = (row: SweepRow): ParameterValue =>
    place ? value_at(plan, row, place) : (row.values[column - columns.length] ?? NaN);
  const sign = down ? -1 : 1;
  const compare = (a: ParameterValue, b: ParameterValue) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b), 'en', { numeric: true });
  return [...rows].sort((a, b) => sign * compare(key(a), key(b)) || a.index - b.index);
}
