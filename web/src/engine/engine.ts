// The engine as the page sees it: objects instead of JSON text. Nothing is computed here.
import type {
  About,
  Answer,
  DecodedLink,
  GridRequest,
  GridRow,
  MoecalcModule,
  Names,
  Parameters,
  PlanSpec,
  QuantityInfo,
  Report,
  Scenario,
  SweepSpec,
} from '#engine';

export type * from '#engine';

export interface Engine {
  about(): About;
  parameters(): Parameters;
  quantities(): QuantityInfo[];
  names(): Names;
  evaluate(scenario: Scenario): Answer<Report>;
  decode_link(text: string): Answer<DecodedLink>;
  grid(request: GridRequest): Answer<GridRow[]>;
  sweep_presets(): { id: string; sweep: SweepSpec }[];
  sweep_link(spec: SweepSpec): Answer<{ link: string }>;
  plan_link(plan: PlanSpec): Answer<{ link: string }>;
}

export function wrap(module: MoecalcModule): Engine {
  return {
    about: once(() => certain<About>(module.about())),
    parameters: once(() => certain<Parameters>(module.parameters())),
    quantities: once(() => certain<QuantityInfo[]>(module.quantities())),
    names: once(() => certain<Names>(module.names())),
    evaluate: (scenario) => JSON.parse(module.evaluate(JSON.stringify(scenario))),
    decode_link: (text) => JSON.parse(module.decode_link(text)),
    grid: (request) => JSON.parse(module.grid(JSON.stringify(request))),
    sweep_presets: once(() => certain<{ id: string; sweep: SweepSpec }[]>(module.sweep_presets())),
    plan_link: (plan) => JSON.parse(module.plan_link(JSON.stringify(plan))),
    sweep_link: (spec) => JSON.parse(module.sweep_link(JSON.stringify(spec))),
  };
}

// Answers that depend on no input are asked for once, when first needed: the catalogue is large and no number on the
// first screen needs all of it.
export function once<T>(ask: () => T): () => T {
  let answer: T | undefined;
  return () => (answer ??= ask());
}

// These calls take no input, so a refusal is a fault of the build, not of the reader.
export function certain<T>(text: string): T {
  const answer = JSON.parse(text) as Answer<T>;
  if (!answer.ok) throw new Error(answer.errors.map((error) => error.code).join(', '));
  return answer.value;
}
