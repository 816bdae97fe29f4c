import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { real_engine } from '../../../tests/web/real_engine';
import type { Engine } from '../engine/engine';
import { start_link_sync, type Address } from './link_sync';
import { create_store, type Store } from './store';
import { create_views } from './view';

let engine: Engine;
beforeAll(async () => {
  engine = await real_engine();
});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

// An address bar with its history.
function fake_address(first = '') {
  const steps = [first];
  let navigate = () => {};
  let leave = () => {};
  const address: Address = {
    fragment: () => steps.at(-1) ?? '',
    replace: (fragment) => void (steps[steps.length - 1] = fragment),
    push: (fragment) => void steps.push(fragment),
    on_navigate: (listener) => (navigate = listener),
    on_leave: (listener) => (leave = listener),
  };
  return {
    address,
    steps,
    leave: () => leave(),
    go: (fragment: string) => {
      steps.push(fragment);
      navigate();
    },
    back: () => {
      steps.pop();
      navigate();
    },
  };
}

const start = (store: Store, address: Address, views = create_views(store)) => start_link_sync(store, views, address);
const batch = 'decode.batch_per_gpu';
const link_of = (scenario: Record<string, number | string | boolean>) => {
  const answer = engine.evaluate(scenario);
  if (!answer.ok) throw new Error('not a valid scenario');
  return answer.value.link;
};

test('the address stays as it is until something changes', () => {
  const bar = fake_address();
  start(create_store(engine), bar.address);
  vi.runAllTimers();
  expect(bar.steps).toEqual(['']);
});

test('typing replaces the address, at most every 300 ms', () => {
  const bar = fake_address();
  const store = create_store(engine);
  start(store, bar.address);
  for (const text of ['6', '64']) store.type(batch, text);
  expect(bar.steps).toEqual(['']);
  vi.advanceTimersByTime(300);
  expect(bar.steps).toEqual([link_of({ [batch]: 64 })]);
  store.type(batch, '64x'); // refused: the last good link stays
  vi.runAllTimers();
  expect(bar.steps).toEqual([link_of({ [batch]: 64 })]);
});

test('opening a scenario adds a step after what was typed; Back restores both', () => {
  const bar = fake_address();
  const store = create_store(engine);
  start(store, bar.address);
  store.type(batch, '64');
  store.load({ [batch]: 32 });
  expect(bar.steps).toEqual([link_of({ [batch]: 64 }), link_of({ [batch]: 32 })]);
  bar.back();
  expect(store.scenario.value).toEqual({ [batch]: 64 });
  vi.runAllTimers();
  expect(bar.steps).toEqual([link_of({ [batch]: 64 })]);
});

test('leaving the page writes what was typed', () => {
  const bar = fake_address();
  const store = create_store(engine);
  start(store, bar.address);
  store.type(batch, '64');
  bar.leave();
  expect(bar.steps).toEqual([link_of({ [batch]: 64 })]);
});

test('a link opens its scenario, without a problem', () => {
  const link = link_of({ [batch]: 64, overlap: 'none' });
  const bar = fake_address(link);
  const store = create_store(engine);
  const links = start(store, bar.address);
  expect(store.scenario.value).toEqual({ [batch]: 64, overlap: 'none' });
  expect(links.problem.value).toBeNull();
  expect(links.other_release.value).toBe('');
  bar.go(''); // the bare page is the default question
  expect(store.scenario.value).toEqual({});
});

test('a damaged link says so, keeps its text, and is replaced when dismissed', () => {
  const whole = link_of({ [batch]: 64, overlap: 'none' });
  const cut = whole.slice(0, -7); // as a chat cuts it
  const bar = fake_address(cut);
  const store = create_store(engine);
  const links = start(store, bar.address);
  expect(links.problem.value?.raw).toBe(cut);
  expect(links.problem.value?.problems.length).toBeGreaterThan(0);
  vi.runAllTimers();
  expect(bar.steps).toEqual([cut]);
  links.dismiss();
  expect(links.problem.value).toBeNull();
  const answer = store.answer.value;
  expect(answer.ok && bar.steps).toEqual([answer.ok && answer.value.link]);
});

test('nonsense in the address shows the defaults and a problem', () => {
  const bar = fake_address('results');
  const store = create_store(engine);
  const links = start(store, bar.address);
  expect(store.scenario.value).toEqual({});
  expect(links.problem.value?.problems.length).toBeGreaterThan(0);
});
