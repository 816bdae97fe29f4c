// The engine as the page sees it: objects instead of JSON text. Nothing is computed here.
import type {
  About,
  Answer,
  Catalogue,
  Conclusion,
  DecodedLink,
  Explanation,
  GridRequest,
  GridRow,
  MoecalcModule,
  Parameters,
  QuantityInfo,
  Report,
  Scenario,
} from '#engine';

export type * from '#engine';

export interface Engine {
  about(): About;
  parameters(): Parameters;
  quantities(): QuantityInfo[];
  catalogue(): Catalogue;
  conclusions(): Conclusion[];
  evaluate(scenario: Scenario): Answer<Report>;
  explain(scenario: Scenario, quantity: string): Answer<Explanation>;
  decode_link(text: string): Answer<DecodedLink>;
  grid(request: GridRequest): Answer<GridRow[]>;
}

export function wrap(module: MoecalcModule): Engine {
  return {
    about: once(() => certain<About>(module.about())),
    parameters: once(() => certain<Parameters>(module.parameters())),
    quantities: once(() => certain<QuantityInfo[]>(module.quantities())),
    catalogue: once(() => certain<Catalogue>(module.catalogue())),
    conclusions: once(() => certain<Conclusion[]>(module.conclusions())),
    evaluate: (scenario) => JSON.parse(module.evaluate(JSON.stringify(scenario))),
    explain: (scenario, quantity) => JSON.parse(module.explain(JSON.stringify(scenario), quantity)),
    decode_link: (text) => JSON.parse(module.decode_link(text)),
    grid: (request) => JSON.parse(module.grid(JSON.stringify(request))),
  };
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
