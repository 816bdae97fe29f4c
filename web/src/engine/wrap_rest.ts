// The rest of the engine as the page sees it: objects instead of JSON text, and the numbers of sweeps.
import type {
  Answer,
  Conclusion,
  Explanation,
  ImportedConfig,
  PlanSpec,
  Scenario,
  SweepPartial,
  SweepPlan,
  SweepSpec,
} from '#engine';
import type { PlanAnswers, RestModule } from '#engine_rest';
import { certain, once } from './engine';
import { numbers_of } from './numbers';

export interface Rest {
  explain(scenario: Scenario, quantity: string): Answer<Explanation>;
  conclusions(): Conclusion[];
  read_config(text: string): Answer<ImportedConfig>;
  plan<Kind extends keyof PlanAnswers>(plan: PlanSpec & { plan: Kind }): Answer<PlanAnswers[Kind]>;
  timeline_trace(plan: PlanSpec): Answer<string>;
  timeline_svg(plan: PlanSpec, word: (key: string) => string): Answer<string>;
  sweep_plan(spec: SweepSpec): Answer<SweepPlan>;
  sweep_run(spec: string, begin: number, end: number, hash_bound: number): SweepPartial;
  sweep_merge(spec: string, partials: readonly SweepPartial[]): SweepPartial;
  sweep_result(spec: string, partial: SweepPartial, most_sampled: number): Float64Array;
}

export function wrap_rest(module: RestModule): Rest {
  return {
    explain: (scenario, quantity) => JSON.parse(module.explain(JSON.stringify(scenario), quantity)),
    conclusions: once(() => certain<Conclusion[]>(module.conclusions())),
    read_config: (text) => JSON.parse(module.read_config(text)),
    plan: (plan) => JSON.parse(module.plan(JSON.stringify(plan))),
    timeline_trace: (plan) => JSON.parse(module.timeline_trace(JSON.stringify(plan))),
    timeline_svg: (plan, word) => JSON.parse(module.timeline_svg(JSON.stringify(plan), word)),
    sweep_plan: (spec) => JSON.parse(module.sweep_plan(JSON.stringify(spec))),
    sweep_run: (spec, begin, end, hash_bound) => numbers_of(module.sweep_run(spec, begin, end, hash_bound)),
    sweep_merge: (spec, partials) => numbers_of(module.sweep_merge(spec, bytes_of(partials))),
    sweep_result: (spec, partial, most_sampled) =>
      numbers_of(module.sweep_result(spec, bytes_of([partial]), most_sampled)),
  };
}

function bytes_of(partials: readonly SweepPartial[]): Uint8Array {
  const all = new Float64Array(partials.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const partial of partials) {
    all.set(partial, at);
    at += partial.length;
  }
  return new Uint8Array(all.buffer);
}
