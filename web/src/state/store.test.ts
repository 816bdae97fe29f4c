import { beforeAll, describe, expect, test } from 'vitest';
import { real_engine } from '../../../tests/web/real_engine';
import type { Engine } from '../engine/engine';
import { start_link_sync } from './link_sync';
import { create_store } from './store';
import { keep_unfinished } from './unfinished';
import { create_views } from './view';

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

describe('what is unfinished', () => {
  const create = (storage: Map<string, string>, fragment: string) => {
    const store = create_store(engine);
    const address = { fragment: () => fragment, replace() {}, push() {}, on_navigate() {}, on_leave() {} };
    const links = start_link_sync(store, create_views(store), address);
    keep_unfinished(store, links, {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
      removeItem: (key) => void storage.delete(key),
    });
    return { store, links };
  };
  test('survives a reload of the same question, and of no other', () => {
    const storage = new Map<string, string>();
    const before = create(storage, '');
    before.store.type(batch, '32');
    before.store.type(batch, 'many');
    const link = before.links.link.value;
    expect(create(new Map(storage), link).store.texts.value).toEqual({ [batch]: 'many' });
    before.store.set('prompt_tokens', 1000); // right by itself, but in no link yet
    const after = create(new Map(storage), link).store;
    expect(after.texts.value).toEqual({ [batch]: 'many' });
    expect(after.scenario.value).toMatchObject({ prompt_tokens: 1000 });
    expect(create(new Map(storage), '').store.texts.value).toEqual({});
    before.store.type(batch, '64');
    expect(storage.size).toBe(0);
  });
  test('a damaged record is left aside', () => {
    for (const text of ['', 'x', '[]', '{"link":3}', 'null']) {
      expect(create(new Map([['moecalc.unfinished', text]]), '').store.stale.value).toBe(false);
    }
  });
});
