import { beforeAll, beforeEach, expect, test } from 'vitest';
import { real_engine } from '../../../tests/web/real_engine';
import type { Engine } from '../engine/engine';
import { create_store, type Store } from './store';
import { create_views, type Views } from './view';

let engine: Engine;
beforeAll(async () => {
  engine = await real_engine();
});

let store: Store;
let views: Views;
beforeEach(() => {
  store = create_store(engine);
  views = create_views(store);
});
const asked = () => Object.keys(store.scenario.value).length;

test('the day of DeepSeek’s system is looked at without changing the question', () => {
  views.show('plan');
  expect(asked()).toBeGreaterThan(0);
  views.show('calculator');
  expect(store.scenario.value).toEqual({});
  views.show('plan');
  views.edit_plan({ plan: 'boxes' });
  expect(store.scenario.value).toEqual({});
  views.edit_plan({ plan: 'day' });
  expect(asked()).toBeGreaterThan(0);
});

test('what the reader changed there stays', () => {
  views.show('plan');
  store.set('decode.batch_per_gpu', 17);
  const mine = store.scenario.value;
  views.show('calculator');
  expect(store.scenario.value).toEqual(mine);
});

test('a question of the reader’s own is the day’s question too', () => {
  store.set('device', 'h20');
  views.show('plan');
  expect(store.scenario.value).toEqual({ device: 'h20' });
  views.show('calculator');
  expect(store.scenario.value).toEqual({ device: 'h20' });
});
