// The engine as the page sees it: objects instead of JSON text. Nothing is computed here.
import type {
  About,
  Answer,
  Conclusion,
  DecodedLink,
  Explanation,
  GridRequest,
  GridRow,
  MoecalcModule,
  Names,
  Parameters,
  QuantityInfo,
  Report,
  Scenario,
  SweepPartial,
  SweepPlan,
  SweepSpec,
} from '#engine';

export type * from '#engine';

export interface Engine {
  about(): About;
  parameters(): Parameters;
  quantities(): QuantityInfo[];
  names(): Names;
  conclusions(): Conclusion[];
  evaluate(scenario: Scenario): Answer<Report>;
  explain(scenario: Scenario, quantity: string): Answer<Explanation>;
  decode_link(text: string): Answer<DecodedLink>;
  grid(request: GridRequest): Answer<GridRow[]>;
  sweep_presets(): { id: string; sweep: SweepSpec }[];
  sweep_plan(spec: SweepSpec): Answer<SweepPlan>;
  sweep_link(spec: SweepSpec): Answer<{ link: string }>;
  sweep_merge(spec: string, partials: readonly SweepPartial[]): SweepPartial;
  sweep_result(spec: string, partial: SweepPartial, most_sampled: number): Float64Array;
}

// Numbers out of the module's memory, where the next call writes others.
export function numbers_of(answer: Float64Array | string): Float64Array {
  if (typeof answer === 'string') throw new Error(answer.slice(0, 500));
  return answer.slice();
}

export function wrap(module: MoecalcModule): Engine {
  return {
    about: once(() => certain<About>(module.about())),
    parameters: once(() => certain<Parameters>(module.parameters())),
    quantities: once(() => certain<QuantityInfo[]>(module.quantities())),
    names: once(() => certain<Names>(module.names())),
    conclusions: once(() => certain<Conclusion[]>(module.conclusions())),
    evaluate: (scenario) => JSON.parse(module.evaluate(JSON.stringify(scenario))),
    explain: (scenario, quantity) => JSON.parse(module.explain(JSON.stringify(scenario), quantity)),
    decode_link: (text) => JSON.parse(module.decode_link(text)),
    grid: (request) => JSON.parse(module.grid(JSON.stringify(request))),
    sweep_presets: once(() => certain<{ id: string; sweep: SweepSpec }[]>(module.sweep_presets())),
    sweep_plan: (spec) => JSON.parse(module.sweep_plan(JSON.stringify(spec))),
    sweep_link: (spec) => JSON.parse(module.sweep_link(JSON.stringify(spec))),
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

// Answers that depend on no input are asked for once, when first needed: the catalogue is large and no number on the
// first screen needs all of it.
function once<T>(ask: () => T): () => T {
  let answer: T | undefined;
  return () => (answer ??= ask());
}

// These calls take no input, so a refusal is a fault of the build, not of the reader.
function certain<T>(text: string): T {
  const answer = JSON.parse(text) as Answer<T>;
  if (!answer.ok) throw new Error(answer.errors.map((error) => error.code).join(', '));
  return answer.value;
}
