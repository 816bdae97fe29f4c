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
/** Of the day's nodes, cooling included. 0 per million: no tokens. */
export interface DayEnergy {
  node_kw: number;
  kwh_per_day: number;
  kwh_per_million_output_tokens: number;
  kwh_per_million_tokens: number; // in and out
}
export interface DayPlan {
  prefill: DeploymentUnit | null; // null: the phases share their GPUs
  decode: DeploymentUnit | null;
  prefill_to_decode: { units: number; nodes: number } | null; // prefill units per decode unit, and nodes per node; null: not both are known
  formats: { matmul: string; core_attention: string; dispatch: string; combine: string }; // choice.<format>; "": the method does not say
  hours: { nodes: number; freed_nodes: number }[]; // 24, of an assumed profile; [] where the day has no nodes
  energy: DayEnergy | null; // null: the GPU's power or the number of nodes is unknown
  quantities: Record<string, number>; // economics.*
}

/** Loads of ranks, each with what the busiest has over the mean. */
export interface DealtLoads {
  max_over_mean: number;
  loads: number[];
}
export interface BalancedLoads {
  mean: number;
  before: DealtLoads; // no balancer
  after: DealtLoads;
}
export interface BalancedExperts {
  ranks: number;
  nodes: number; // 0: the ranks do not fill whole nodes
  groups: number;
  redundant: number;
  slots_per_rank: number;
  load: BalancedLoads; // shares of a layer's tokens
  policy: 'hierarchical' | 'global' | 'unchanged'; // what was used; unchanged: nothing was better than experts in order
  hierarchical_max_over_mean: number | null; // null: not possible or not asked for
  global_max_over_mean: number | null;
  placement: number[][]; // experts of each rank
  redundancy: { redundant: number; slots_per_rank: number; max_over_mean: number }[]; // tried, from the fewest on
  wanted_max_over_mean: number;
  redundant_needed: number | null; // null: no count that was tried reaches it
}
/** A phase with some of its balancers at work; null where the question does not fit. */
export interface BalanceState {
  expert_max_over_mean: number;
  attention_max_over_mean: number;
  pass_ms: number | null; // a prefill pass, a decode step
  tpot_ms: number | null; // decode only
  tokens_per_s_per_gpu: number | null;
}
export interface PhaseBalance {
  requests: number;
  attention: BalancedLoads; // prefill: query-key pairs; decode: tokens of KV cache held
  count: BalancedLoads; // prefill: prompt tokens computed; decode: requests
  experts: BalancedExperts | null; // null: a dense model
  states: { none: BalanceState; requests_only: BalanceState; both: BalanceState; even: BalanceState };
}
export interface BalancePlan {
  prefill: PhaseBalance | null; // null: not asked for, or on decode's GPUs
  decode: PhaseBalance | null;
}
export type TimelineStream = 'computing' | 'communication';
export interface TimelineEvent {
  index: number; // data-event in the drawing
  stage: string; // plan.timeline.stage.<stage> words it
  stream: TimelineStream;
  micro_batch: 0 | 1;
  layer: number;
  start_ms: number;
  end_ms: number;
  alone_ms: number; // with nothing beside it
}
/** A pass under one overlap. */
export interface OverlapPass {
  overlap: 'none' | 'single_batch' | 'two_batch';
  micro_batches: number;
  micro_batch_tokens: number; // of an attention rank
  layers: number; // with experts
  total_ms: number;
  method_ms: number; // the report's own figure, without bubbles
  computing_ms: number;
  communication_ms: number;
  hidden_ms: number;
  exposed_ms: number; // waiting_ms + slowed_ms
  waiting_ms: number;
  slowed_ms: number;
  period_ms: number; // of a layer in steady state; 0: too few layers
  tokens_per_s_per_gpu: number;
  rests: { stream: TimelineStream; reason: string; count: number; total_ms: number }[]; // bubbles of the whole pass; plan.timeline.rest.<reason>
  events: TimelineEvent[]; // of the layers that are drawn
}
export interface OverlapPoint {
  batch: number;
  times: {
    none_ms: number; // TPOT in decode, pass in prefill
    two_batch_ms: number;
    timeline_ms: number; // two micro-batches with their bubbles
    none_tokens_per_s_per_gpu: number;
    two_batch_tokens_per_s_per_gpu: number;
  } | null; // no room
}
export interface TimelinePlan {
  phase: 'prefill' | 'decode';
  overlap_share: number;
  chosen: number; // of passes: the scenario's own overlap
  passes: OverlapPass[];
  batch: string; // the parameter that the curve varies
  curve: OverlapPoint[];
  pays_from: number | null; // null: never
  timeline_pays_from: number | null;
}

// Boxes and machines; null: unknown, or there is none.
/** How weights are held and what they are multiplied in: choice.<format>; together plan.boxes.held.<format>_<computed_in>. */
export interface HeldWeights {
  format: string;
  computed_in: string;
  weights_gb: number;
}
export interface BoxService {
  users_with_room: number; // 0: does not fit
  unknown: string[]; // parameters of the device that nobody has told us: then memory alone is answered
  users: number; // 0: nobody gets the wanted speed
  tokens_per_s_per_user: number | null;
  tokens_per_s: number | null;
  tpot_ms: number | null;
  ttft_ms: number | null;
  kv_room_gb: number | null;
  link: string | null; // the same question for the calculator
}
/** In the plan's currency. */
export interface BoxMoney {
  power_kw: number | null;
  price: number | null;
  per_hour: number | null;
  price_per_user: number | null;
  per_user_month: number | null;
  per_million_tokens: number | null;
}
export interface FormatRow extends HeldWeights, BoxService {}
export interface ComputedBox extends BoxMoney {
  device: string;
  devices: number;
  nodes: number;
  total_gb: number;
  formats: FormatRow[];
  chosen: number | null; // which of them; null: none fits
}
export interface JudgedBox extends ComputedBox {
  verdict: string; // plan.boxes.verdict.<verdict>
  agreement: 'agrees' | 'better' | 'worse' | 'not_judged'; // with the guide's advice
  reasons: { code: string; good: boolean; numbers: Record<string, number> }[]; // plan.boxes.reason.<code>
}
export interface BoxRow {
  id: string; // plan.boxes.id.<id>
  advice: string; // the guide's verdict
  gpus: number | null; // as printed, and what follows
  nodes: number | null;
  total_gb: number | null;
  power_kw: number | null;
  price_10k_cny: number | null;
  note: string; // plan.boxes.note.<note>; "" for none
  points: { code: string; good: boolean; computed: boolean }[]; // plan.boxes.point.<code>
  computed: JudgedBox[];
}
export interface MatrixCell extends HeldWeights, BoxService, BoxMoney {
  model: string;
  device: string;
  devices: number | null; // null: fits no box
  smallest: boolean;
  cheapest: boolean;
}
export interface BoxMatrix {
  models: string[];
  devices: string[];
  cells: MatrixCell[]; // row by row
}
export interface MemoryRules {
  fp8_weights_gb: number;
  bf16_weights_gb: number;
  fp8_minimum_gb: number;
  bf16_minimum_gb: number;
}
export interface BoxesPlan {
  currency: string;
  asked_format: string;
  rules: MemoryRules & {
    kv_gb_per_user: number;
    least_users_of_reserve: number;
    most_users_of_reserve: number;
    printed: MemoryRules & { least_kv_gb: number; most_kv_gb: number };
  };
  rows: BoxRow[];
  examples: ComputedBox[]; // eight H20, eight B200
  generations: { series: string; year: number; cards: string; device: string; units: string[] }[];
  matrix: BoxMatrix;
}
export interface MachineRow extends HeldWeights, BoxService {
  model: string;
  machine: string;
  configuration: string;
  printed_tokens_per_s: number | null;
  printed_concurrency: number | null;
  printed_tokens_per_s_per_user: number | null;
  device: string;
  devices: number;
  total_gb: number;
  covered: boolean;
  ratio: number | null; // predicted over printed
  most_context_tokens: number | null;
}
export interface CardRow {
  card: string;
  device: string;
  printed_memory_gb: number | null;
  memory_gb: number | null;
  printed_bandwidth_gb_per_s: number | null;
  bandwidth_gb_per_s: number | null;
  printed_fp16_tflops: number | null;
  fp16_tflops: number | null; // dense
  printed_int8_tops: number | null;
  int8_tops: number | null;
  printed_link_gb_per_s: number | null; // one direction
  link_gb_per_s: number | null;
  fp16_reading: string; // plan.machines.reading.<reading>
  int8_reading: string;
}
export interface MachinesPlan {
  currency: string;
  assumed_prompt_tokens: number;
  assumed_output_tokens: number;
  rows: MachineRow[];
  cards: CardRow[];
  matrix: BoxMatrix;
}

/** What each kind of plan answers. */
export interface PlanAnswers {
  boxes: BoxesPlan;
  machines: MachinesPlan;
  day: DayPlan;
  balance: BalancePlan;
  timeline: TimelinePlan;
}

/** Raw module: JSON text, but for the numbers of sweeps. Partials go in as their bytes, one after another. */
export interface RestModule {
  explain(scenario: string, quantity: string): string; // Answer<Explanation>
  conclusions(): string; // Answer<Conclusion[]>: what the article concludes, recomputed
  read_config(text: string): string; // Answer<ImportedConfig>
  plan(plan: string): string; // Answer<PlanAnswers[kind]>
  timeline_trace(plan: string): string; // Answer<string>: JSON that Perfetto opens
  timeline_svg(plan: string, word: (key: string) => string): string; // Answer<string>
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
