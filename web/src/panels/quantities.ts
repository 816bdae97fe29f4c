// What the engine says about its quantities, by key.
import type { Engine, QuantityInfo } from '../engine/engine';

const tables = new WeakMap<Engine, Map<string, QuantityInfo>>();

export function quantity_info(engine: Engine, key: string): QuantityInfo | undefined {
  let table = tables.get(engine);
  if (!table) {
    table = new Map(engine.quantities().map((info) => [info.key, info]));
    tables.set(engine, table);
  }
  return table.get(key);
}

export const quantity_unit = (engine: Engine, key: string): string => quantity_info(engine, key)?.unit ?? '';
