// What the first result does without, in a module of its own: the page fetches it after the first numbers, and so do the workers of sweeps.

// --- Answers to plans -----------------------------------------------------------------------------------------------

/** The smallest group of nodes that holds one prefill or one decode instance. */
export interface DeploymentUnit {
  gpus: number;
  nodes: number;
  tensor_parallel: number;
  data_parallel: number;
  expert_parallel: number;
  redundant_experts: number;
  routed_experts_per_gpu: number; // redundant ones included
  shared_experts_per_gpu: number;
  tokens_per_s_per_node: number; // 0: no rate is known
  nodes_of_day: number;
  units_of_day: number;
}
export interface DayPlan {
  prefill: DeploymentUnit | null; // null: the phases share their GPUs
  decode: DeploymentUnit | null;
  formats: { matmul: string; core_attention: string; dispatch: string; combine: string }; // choice.<format>; "": the method does not say
  hours: { nodes: number; freed_nodes: number }[]; // 24, of an assumed profile; [] where the day has no nodes
  quantities: Record<string, number>; // economics.*
}

/** What each kind of plan answers. */
export interface PlanAnswers {
  day: DayPlan;
}

/** Raw module: JSON text, but for the numbers of sweeps. Partials go in as their bytes, one after another. */
export interface RestModule {
  explain(scenario: string, quantity: string): string; // Answer<Explanation>
  conclusions(): string; // Answer<Conclusion[]>: what the article concludes, recomputed
  read_config(text: string): string; // Answer<ImportedConfig>
  plan(plan: string): string; // Answer<PlanAnswers[kind]>
  sweep_plan(spec: string): string; // Answer<SweepPlan>; refuses a sweep too large, with its size
  /** Configurations begin..end-1: a SweepPartial as a view of the module's memory, good until the next call, or Answer with errors. */
  sweep_run(spec: string, begin: number, end: number, hash_bound: number): Float64Array | string;
  /** SweepPartial as such a view, or Answer with errors. */
  sweep_merge(spec: string, partials: Uint8Array): Float64Array | string;
  /**
   * Rows with their columns, as such a view: SweepCounts; how many rows of top (best first; ranked on 12 significant digits, then by
   * index), best_per (best first), pareto (by its first quantity, best first) and sample (by index; at most most_sampled); then the rows:
   * index and values.
   */
  sweep_result(spec: string, partial: Uint8Array, most_sampled: number): Float64Array | string;
}
export default function create_moecalc_rest(options?: {
  wasmBinary?: ArrayBuffer | Uint8Array;
  instantiateWasm?: unknown;
}): Promise<RestModule>;
