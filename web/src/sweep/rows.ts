// Rows of a sweep: what they say and which scenario they stand for.
import type { ParameterValue, Scenario, SweepPlan, SweepRow, SweepSpec } from '../engine/engine';

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
