// What the page may call. The engine answers in JSON text: validation happens in C++, because embind would turn a
// string into NaN, truncate a fraction and drop an unknown field without a word.
//
// Every call returns the text of an Answer. Parse it with JSON.parse; nothing throws for bad input.

/** Error codes are data; `error.<code>` in engine/texts words them, filling {field}, {value}, {allowed} and the others. */
export interface EngineError {
  code: string;
  /** Long parameter key or other name that is at fault, "" when the input as a whole is. */
  field: string;
  /** What was given, as text, at most 80 characters. */
  value: string;
  /** What would be accepted: a range such as "1 to 4096", a list "1, 4, 8, auto", or a suggestion. May be "". */
  allowed: string;
}
export type Answer<T> = { ok: true; value: T } | { ok: false; errors: EngineError[] };

export interface About {
  release: string; // "0.1.0"
  link_version: number; // 1
}

export type ParameterType = 'integer' | 'number' | 'choice' | 'boolean' | 'model' | 'device';
export type ParameterValue = number | string | boolean; // "auto" where allows_auto

export interface ParameterInfo {
  key: string; // "decode.batch_per_gpu"; name and hint: parameter.<key>, parameter.<key>.hint in engine/texts
  link_key: string; // "db"
  group: string; // name: group.<group>
  type: ParameterType;
  unit: string; // unit.<unit> words it; "" for none
  minimum: number | null;
  maximum: number | null;
  choices: string[]; // choice.<choice> words it; for model/device: ids
  allows_auto: boolean;
  default: ParameterValue;
  since: number; // link version that introduced it
  methods: string[]; // the only methods that know it (others ignore it: hide the field); empty: all
}
export interface Parameters {
  groups: string[]; // display order
  parameters: ParameterInfo[]; // display order within group
}

export interface QuantityInfo {
  key: string; // "decode.tpot_ms"; words: quantity.<key>, quantity.<key>.hint
  unit: string;
  group: string; // "model" | "prefill" | "decode" | "memory" | "economics"
  symbol: string; // as it stands in formulas, e.g. "TPOT"
}

/** A number of the catalogue with where it comes from. */
export interface Fact {
  value: number | null; // null: see state
  state: 'known' | 'unsupported' | 'unknown';
  kind?: 'datasheet' | 'measured' | 'published' | 'assumed';
  source?: string; // id in sources
  unverified?: boolean;
}
export interface Source {
  id: string;
  title: string;
  date: string | null;
  kind: string;
  url?: string | null;
}
/** What a form needs to know of the catalogue. */
export interface Names {
  models: { id: string; name: string; covered: boolean; total_b?: number; active_b?: number }[]; // parameters in billions, as counted
  devices: { id: string; name: string; vendor: string; memory_gb: number | null }[];
  presets: { id: string; scenario: Scenario }[]; // name: preset.<id>, preset.<id>.hint
}
/** Every fact with its source: not in the module but in a file beside it, `moecalc catalogue all --format json`. */
export interface Catalogue {
  models: Record<string, unknown>[]; // each with id, name, published_total_b, published_active_b, ...
  devices: Record<string, unknown>[]; // each with id, name, and Facts under unit-bearing keys
  sources: Source[];
}

/** Flat: long key -> value. Missing keys mean the default. */
export type Scenario = Record<string, ParameterValue>;

export interface Operator {
  id: string; // operator.<id> words it: mla_dense_layers, mla, kv_load, dense_ffn, shared_expert, routed_experts, dispatch, combine
  quantity: string; // time of one layer, a quantity key
  layers: number; // how many layers run it; of the method `reference`, whose times are of a whole pass: how many micro-batches
  total_ms: number; // layers x time; negative: time hidden behind the others, taken off the sum
  resource: 'compute' | 'memory' | 'network';
  counted: boolean; // false: hidden by overlap, not in the phase's total
}
export interface PhaseReport {
  operators: Operator[];
  total_quantity: string; // "prefill.ttft_ms", "decode.tpot_ms", "decode.step_ms", …
  total_ms: number; // sum of counted operators
}
export interface LedgerItem {
  id: string; // ledger.<id>
  quantity: string; // "memory.kv_gib"
  gib: number;
}
export interface MemoryReport {
  fits: boolean;
  ignored: boolean; // ignore_capacity let it through: mark the results
  capacity_gib: number; // the whole card
  usable_gib: number; // what the method lets the model use
  items: LedgerItem[]; // weights, KV: sum = total_gib
  total_gib: number;
  batch_per_gpu: number;
  largest_batch_per_gpu: number; // unrounded
  /** Changes each of which alone would make it fit; empty when it fits. */
  fits_if: { parameter: string; value: ParameterValue }[];
}
export interface Note {
  code: string; // note.<code>
  parameters: Record<string, number | string>;
}
export interface Report {
  scenario: Scenario; // every key, as asked ("auto" stays "auto")
  resolved: Scenario; // what each "auto" became, only those keys
  changed: string[]; // keys that differ from the defaults
  link: string; // "v=1&...&k=7f3a", without '#'
  status: 'ok' | 'does_not_fit';
  quantities: Record<string, number>; // only the quantities that this scenario has
  phases: { prefill?: PhaseReport; decode?: PhaseReport };
  memory?: MemoryReport;
  notes: Note[]; // what the reader must know beside the numbers
}

export interface ExplanationInput {
  symbol: string; // as in formula
  name: string; // text key for the name, e.g. "symbol.hidden_size", "quantity.decode.dispatch_ms" or "parameter.prompt_tokens"
  value: number; // in `unit`
  unit: string;
  base_per_unit: number; // value * base_per_unit is what the formula takes
  origin: 'parameter' | 'quantity' | 'catalogue' | 'method' | 'definition';
  reference: string; // parameter key, quantity key, or "" ; a quantity can be explained in turn
  source: string; // source id, "" for parameters and quantities
}
export interface Explanation {
  quantity: string;
  symbol: string;
  value: number; // in `unit`
  unit: string;
  base_per_unit: number;
  /** Infix text over the symbols: + - * / ( ) max(,) min(,) and numbers. */
  formula: string;
  inputs: ExplanationInput[];
  /** Where formula has max/min: the argument that decided, as formula text. */
  limit: string;
  /** quirk.<id> words what the article does here and what would be physically right. */
  quirks: string[];
}

export interface DecodedLink {
  scenario: Scenario; // every key; what could be read, defaults elsewhere
  problems: EngineError[]; // empty: link is whole
  release: string; // release that wrote it, "" if not said
  repaired: string; // the link as it was written, where its checksum is right and the text given was another; else ""
  sweep: SweepSpec | null; // a link can carry a sweep over its scenario
  plan: PlanSpec | null; // or a plan that stands on it
}

export interface GridRequest {
  scenario: Scenario;
  axes: { parameter: string; values: ParameterValue[] }[]; // at most 4096 rows together; last axis fastest
  quantities: string[];
}
export interface GridRow {
  at: ParameterValue[]; // one per axis
  status: 'ok' | 'does_not_fit' | 'invalid';
  values: (number | null)[]; // one per quantity
}
export interface Conclusion {
  id: string; // conclusion.<id> is a sentence with {name} places
  numbers: Record<string, number>;
  scenario: Scenario; // the scenario to open, as changes from the defaults
}

// --- Plans ----------------------------------------------------------------------------------------------------------

/** What is asked beside one report; the answers are in moecalc_rest.d.ts. */
export type PlanKind = 'day' | 'balance' | 'timeline' | 'boxes' | 'machines';
export interface PlanSpec {
  plan: PlanKind;
  scenario: Scenario;
  histogram: number[]; // pasted loads of experts; [] for none
  lengths?: number[]; // pasted lengths of requests; none or [] for none
  models: string[]; // ids; [] for the plan's own
  devices: string[];
}

// --- Sweeps ---------------------------------------------------------------------------------------------------------

/** One axis: values of one parameter, or of several that move together (then each value is an array). */
export type SweepAxis =
  | { parameter: string; values: ParameterValue[] }
  | { parameter: string; from: number; to: number; step: number } // both ends included when step divides
  | { parameter: string; from: number; to: number; points: number; scale: 'linear' | 'log' }
  | { parameter: 'device' | 'model'; all: true; vendor?: string } // every catalogue entry that the scenario's method answers for
  | { parameters: string[]; values: ParameterValue[][] };
export type Goal = 'maximize' | 'minimize';
export interface SweepSpec {
  scenario: Scenario; // base: changes from the defaults
  axes: SweepAxis[]; // last axis fastest
  constraints: ({ quantity: string; at_least: number } | { quantity: string; at_most: number })[];
  objective: { quantity: string; goal: Goal };
  top: number; // how many best rows to keep, 0..1000
  best_per: string[]; // parameters (of axes): the best row for each combination of their values; [] for none
  pareto: { quantity: string; goal: Goal }[]; // two or three; [] for none
  sample: number; // rows to keep for plotting, chosen evenly by a hash of the index, 0..200000
  quantities: string[]; // columns of every kept row
}
export interface SweepPlan {
  total: number; // configurations
  axes: { parameters: string[]; values: ParameterValue[][] }[]; // ranges written out; each value a tuple of one or more
  columns: string[]; // quantity keys of SweepRow.values: objective, pareto, constraints and quantities, each once
}
export interface SweepCounts {
  evaluated: number;
  invalid: number; // the method does not answer
  does_not_fit: number;
  rejected: number; // by a constraint
  kept: number; // passed all
}
/**
 * What a range of configurations leaves behind; merge in any order. The numbers of engine/sweep/sweep_json.h: the first five are
 * SweepCounts, the sixth is the hash_bound for ranges still to run; the rest is the engine's.
 */
export type SweepPartial = Float64Array;
export interface SweepRow {
  index: number; // configuration number
  at: number[]; // index into each axis's values
  values: number[]; // by SweepPlan.columns; NaN where the configuration lacks the quantity
}

// --- A model's config.json ------------------------------------------------------------------------------------------

export type ParameterCounts = { sum: number } & Record<string, number>; // "routed_experts", …; part.<key> words them
export interface ImportedConfig {
  model_type: string;
  scenario: Scenario; // changes that make it the model of a question
  total_parameters: ParameterCounts;
  active_parameters: ParameterCounts;
  kv_bytes_per_token: { bf16: number; fp8: number }; // by the format of the cache
  window_elements_per_sequence: number;
  linear_elements_per_sequence: number;
  notes: { code: string; field: string; value: string }[]; // config_note.<code>
  unknown_fields: string[];
}

/** Raw module: all arguments and results are JSON text. What else the engine answers is in moecalc_rest.d.ts. */
export interface MoecalcModule {
  about(): string; // Answer<About>
  parameters(): string; // Answer<Parameters>
  quantities(): string; // Answer<QuantityInfo[]>
  names(): string; // Answer<Names>
  evaluate(scenario: string): string; // Answer<Report>
  decode_link(text: string): string; // Answer<DecodedLink>; text with or without '#'
  grid(request: string): string; // Answer<GridRow[]>
  sweep_presets(): string; // Answer<{ id: string; sweep: SweepSpec }[]>: sweep_preset.<id> and .hint word them
  sweep_link(spec: string): string; // Answer<{ link: string }>: scenario and sweep in one link
  plan_link(plan: string): string; // Answer<{ link: string }>
}
export default function create_moecalc(options?: {
  wasmBinary?: ArrayBuffer | Uint8Array;
  locateFile?: (path: string) => string;
  instantiateWasm?: unknown;
}): Promise<MoecalcModule>;
