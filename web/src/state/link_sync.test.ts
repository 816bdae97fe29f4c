import * as fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { real_engine } from '../../../tests/web/real_engine';
import type { Engine } from '../engine/engine';
import { browser_address, start_link_sync, type Address } from './link_sync';
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

test('a link that was changed on its way is restored, and so is the address', () => {
  const link = link_of({ [batch]: 64 });
  for (const changed of [`${encodeURIComponent(link)}%E3%80%82`, `${link}&utm_source=chat`, `?${link}`]) {
    const bar = fake_address(changed);
    const store = create_store(engine);
    const links = start(store, bar.address);
    expect(store.scenario.value).toEqual({ [batch]: 64 });
    expect(links.problem.value).toBeNull();
    expect(links.repaired.value).toBe(true);
    expect(bar.steps).toEqual([link]);
    bar.go('');
    expect(links.repaired.value).toBe(false);
  }
});

test('a cut link in the query moves to the fragment and says what is wrong', () => {
  const cut = link_of({ [batch]: 64, overlap: 'none' }).slice(0, -7);
  const bar = fake_address(`?${cut}`);
  const links = start(create_store(engine), bar.address);
  expect(bar.steps).toEqual([cut]);
  expect(links.problem.value?.raw).toBe(cut);
  expect(links.repaired.value).toBe(false);
});

// As much of a window as the address bar needs.
function fake_window(url: string) {
  const location = new URL(url);
  const set = (_state: unknown, _title: string, to: string) => (location.href = new URL(to, location).href);
  const window = { location, history: { pushState: set, replaceState: set }, addEventListener() {} };
  return { location, address: browser_address(window as unknown as Window) };
}

test.each([
  // address, what is taken for the link, the address afterwards
  ['https://a.example/x/?v=2&n=0.2.0&k=b3d7', '?v=2&n=0.2.0&k=b3d7', 'https://a.example/x/#LINK'],
  ['https://a.example/x/?fbclid=1&v=2&k=b3d7#rd', '?fbclid=1&v=2&k=b3d7', 'https://a.example/x/#LINK'],
  ['https://a.example/x/?v%3D2%26n%3D0.2.0', '?v%3D2%26n%3D0.2.0', 'https://a.example/x/#LINK'],
  ['https://a.example/x/?%23v%3D2', '?%23v%3D2', 'https://a.example/x/#LINK'],
  ['https://a.example/x/?%253fv%253d2', '?%253fv%253d2', 'https://a.example/x/#LINK'],
  ['https://a.example/x/?v', '?v', 'https://a.example/x/#LINK'],
  ['https://a.example/x/?utm_source=chat#v=2&k=b3d7', 'v=2&k=b3d7', 'https://a.example/x/?utm_source=chat#LINK'],
  ['https://a.example/x/?view=memory#v=2', 'v=2', 'https://a.example/x/?view=memory#LINK'],
  ['https://a.example/x/?view=memory', '', 'https://a.example/x/?view=memory#LINK'],
  ['https://a.example/x/#v=2&k=b3d7', 'v=2&k=b3d7', 'https://a.example/x/#LINK'],
])('the address %s holds %s', (url, fragment, afterwards) => {
  const { location, address } = fake_window(url);
  expect(address.fragment()).toBe(fragment);
  address.replace('LINK');
  expect(location.href).toBe(afterwards);
  expect(address.fragment()).toBe('LINK');
});

test('nonsense in the address shows the defaults and a problem', () => {
  const bar = fake_address('results');
  const store = create_store(engine);
  const links = start(store, bar.address);
  expect(store.scenario.value).toEqual({});
  expect(links.problem.value?.problems.length).toBeGreaterThan(0);
});

// What chats, mail and readers do to a link, one after another.
const mangle: Record<string, (link: string, at: number) => string> = {
  percent_codes: encodeURIComponent,
  lower_case_codes: (link) => encodeURIComponent(link).replace(/%../g, (code) => code.toLowerCase()),
  html: (link) => link.replaceAll('&', '&amp;'),
  line_break: (link, at) => `${link.slice(0, at)}\r\n${link.slice(at)}`,
  invisible: (link, at) => `${link.slice(0, at)}\u200b${link.slice(at)}`,
  full_stop: (link) => `${link}。`,
  tracker: (link) => `${link}&utm_source=chat`,
  query: (link) => `?${link.replace(/^\?/, '')}`,
};

test('any link survives any few changes on its way, in the address bar of a browser', () => {
  const question = fc.record({
    [batch]: fc.integer({ min: 1, max: 512 }),
    prompt_tokens: fc.integer({ min: 1, max: 100_000 }),
  });
  const changes = fc.array(fc.tuple(fc.constantFrom(...Object.keys(mangle)), fc.nat(30)), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(question, changes, (scenario, steps) => {
      const link = link_of(scenario);
      const changed = steps.reduce((text, [name, at]) => mangle[name]?.(text, at + 3) ?? text, link);
      const { location, address } = fake_window(`https://a.example/x/${changed.startsWith('?') ? '' : '#'}${changed}`);
      const store = create_store(engine);
      const links = start(store, address);
      expect(links.problem.value).toBeNull();
      expect(link_of(store.scenario.value)).toBe(link);
      expect(location.hash).toBe(`#${link}`);
      expect(location.search).toBe('');
    }),
    // Found by chance once: an invisible sign amid a percent code.
    {
      examples: [
        [
          { [batch]: 1, prompt_tokens: 1 },
          [
            ['query', 0],
            ['percent_codes', 0],
            ['query', 0],
            ['invisible', 0],
          ],
        ],
      ],
    },
  );
}, 30_000);

test('any cut is said, in the fragment and in the query', () => {
  const link = link_of({ [batch]: 64, overlap: 'none', device: 'h20' });
  for (let length = 1; length < link.length; ++length) {
    for (const mark of ['#', '?']) {
      const { address } = fake_window(`https://a.example/x/${mark}${link.slice(0, length)}`);
      expect(start(create_store(engine), address).problem.value, mark + link.slice(0, length)).not.toBeNull();
    }
  }
}, 30_000);

test('any text in the address is answered: a question without a problem, or a problem', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('#', '#v=2&', '?v=2&', '#pl=', '#v=2&sx0='),
      (text, start_of) => {
        const { address } = fake_window(
          `https://a.example/x/${start_of}${encodeURIComponent(text.replace(/\p{Cs}/gu, ''))}`,
        );
        const store = create_store(engine);
        const links = start(store, address);
        expect(links.problem.value?.problems.length).toBeGreaterThan(0);
        expect(store.answer.value.ok).toBe(true);
      },
    ),
  );
}, 30_000);
