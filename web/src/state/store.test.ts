import { beforeAll, describe, expect, test } from 'vitest';
import { real_engine } from '../../../tests/web/real_engine';
import type { Engine } from '../engine/engine';
import { create_store } from './store';

let engine: Engine;
beforeAll(async () => {
  engine = await real_engine();
});

const batch = 'decode.batch_per_gpu';

describe('the store', () => {
  test('opens on a real answer', () => {
    const store = create_store(engine);
    expect(store.stale.value).toBe(false);
    expect(store.report.value?.quantities['decode.tpot_ms']).toBeGreaterThan(0);
  });

  test('a typed value is answered at once', () => {
    const store = create_store(engine);
    store.type(batch, '64');
    expect(store.report.value?.scenario[batch]).toBe(64);
    store.settle(batch);
    expect(store.texts.value).toEqual({});
  });

  test('a refused text is kept, with the last good answer', () => {
    const store = create_store(engine);
    store.type(batch, '64');
    store.type(batch, '64x');
    store.settle(batch);
    expect(store.texts.value[batch]).toBe('64x');
    expect(store.errors.value.get(batch)?.[0]?.value).toContain('64x');
    expect(store.stale.value).toBe(true);
    expect(store.report.value?.scenario[batch]).toBe(64);
    expect(store.answered.value).toEqual({ [batch]: 64 });
  });

  test('undo leaves a slip behind, then walks back; typing is one step', () => {
    const store = create_store(engine);
    store.type(batch, '6');
    store.type(batch, '64');
    store.settle(batch);
    store.set('overlap', 'none');
    store.type(batch, '');
    expect(store.stale.value).toBe(true);
    store.undo();
    expect(store.scenario.value).toEqual({ [batch]: 64, overlap: 'none' });
    expect(store.texts.value).toEqual({});
    store.undo();
    expect(store.scenario.value).toEqual({ [batch]: 64 });
    store.undo();
    expect(store.scenario.value).toEqual({});
    expect(store.history.can_undo.value).toBe(false);
    store.redo();
    expect(store.scenario.value).toEqual({ [batch]: 64 });
  });

  test('a device outside the method names its field', () => {
    const store = create_store(engine);
    store.set('device', 'no such thing');
    expect([...store.errors.value.keys()]).toEqual(['device']);
  });

  test('every preset has an answer', () => {
    const presets = engine.names().presets;
    expect(presets.length).toBeGreaterThanOrEqual(9);
    for (const preset of presets) {
      const store = create_store(engine);
      store.load(preset.scenario);
      expect(store.stale.value, preset.id).toBe(false);
    }
  });
});
