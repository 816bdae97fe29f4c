// Keeps the address bar and the question together: the fragment is the link.
// Typing replaces it, not more often than browsers allow; opening another scenario adds a step, so that Back works.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { DecodedLink, EngineError, Scenario } from '../engine/engine';
import type { Store } from './store';
import type { Views } from './view';

export interface Address {
  fragment(): string; // without '#'; with '?' in front where the link stands in the query
  replace(fragment: string): void;
  push(fragment: string): void;
  on_navigate(listener: () => void): void;
  on_leave(listener: () => void): void;
}

export interface LinkProblem {
  raw: string;
  problems: readonly EngineError[];
  // Keys that the link set and that were used.
  used: readonly string[];
}

export interface LinkSync {
  problem: Signal<LinkProblem | null>;
  // The opened link had been changed on its way, and could be restored.
  repaired: Signal<boolean>;
  // Release that wrote the opened link, when it is another than this one.
  other_release: Signal<string>;
  // The link of what is shown; of the last that had one, while an input is refused.
  link: ReadonlySignal<string>;
  dismiss(): void;
}

const throttle_ms = 300; // Safari refuses more than 100 changes in 30 seconds

export function start_link_sync(store: Store, views: Views, address: Address): LinkSync {
  const problem = signal<LinkProblem | null>(null);
  const repaired = signal(false);
  const other_release = signal('');
  let shown = address.fragment();
  let pending: { link: string; timer: ReturnType<typeof setTimeout> } | null = null;

  function flush() {
    if (!pending) return;
    clearTimeout(pending.timer);
    shown = pending.link;
    pending = null;
    address.replace(shown);
  }

  function open() {
    const raw = address.fragment();
    if (pending) clearTimeout(pending.timer);
    pending = null;
    shown = raw;
    if (raw === '') {
      problem.value = null;
      repaired.value = false;
      other_release.value = '';
      show(null);
      return;
    }
    const text = raw.replace(/^\?/, '');
    const answer = store.engine.decode_link(raw);
    const decoded = answer.ok ? answer.value : null;
    show(decoded);
    const problems = answer.ok ? answer.value.problems : answer.errors;
    problem.value = problems.length ? { raw: text, problems, used: Object.keys(store.scenario.peek()) } : null;
    repaired.value = !problems.length && !!decoded?.repaired;
    // The address becomes the link as it was written, behind '#', where no server sees it.
    if (decoded?.repaired || text !== raw) {
      shown = decoded?.repaired || text;
      address.replace(shown);
    }
    const release = decoded?.release ?? '';
    const here = store.engine.about().release;
    other_release.value = release && !same_release(release, here) ? release : '';
  }

  function show(decoded: DecodedLink | null) {
    const scenario: Scenario = decoded?.scenario ?? {};
    batch(() => {
      if (decoded?.sweep) views.sweep.value = decoded.sweep;
      if (decoded?.plan) {
        const { scenario: _same, ...part } = decoded.plan;
        views.plan.value = part;
      }
      views.view.value = decoded?.sweep ? 'sweep' : decoded?.plan ? 'plan' : 'calculator';
      store.load(scenario, 'address');
    });
  }

  // A bad input has no link; the last good one stays.
  const present = computed(() => {
    const sweep = views.view.value === 'sweep' ? views.sweep.value : null;
    const plan = views.view.value === 'plan' ? { ...views.plan.value, scenario: store.scenario.value } : null;
    const answer = sweep ? store.engine.sweep_link(sweep) : plan ? store.engine.plan_link(plan) : store.answer.value;
    return answer.ok ? answer.value.link : null;
  });
  const link = signal('');
  effect(() => {
    link.value = present.value ?? link.peek();
  });

  if (shown) open();
  address.on_navigate(() => {
    if (address.fragment() !== shown) open();
  });
  address.on_leave(flush);

  effect(() => {
    const link = present.value;
    if (link === null) return;
    const kind = store.last_change.peek();
    if (kind === 'address' || link === (pending?.link ?? shown)) return;
    if (kind === 'load') {
      flush(); // Back shall lead to the last thing typed
      shown = link;
      address.push(link);
    } else if (pending) {
      pending.link = link;
    } else {
      pending = { link, timer: setTimeout(flush, throttle_ms) };
    }
  });

  return {
    problem,
    repaired,
    other_release,
    link,
    dismiss() {
      problem.value = null;
      if (present.peek() === null) return;
      shown = link.peek();
      address.replace(shown);
    },
  };
}

// A link may write the release short ("0.1" for "0.1.0").
function same_release(written: string, here: string): boolean {
  return here === written || here.startsWith(`${written}.`);
}

// Some programs turn '#' into '?'. Every link begins with its version; what stands before it may be in percent codes, also of percent codes.
export const start_of_link = (part: string) => part.search(/([#?&]|%(25)*(23|3f|26))v(\W|$)/i);
export const holds_link = (part: string) => start_of_link(part.replace(invisible, '')) >= 0;
// Zero-width signs and marks of direction as an address writes them; one may stand amid a percent code.
const invisible = /%(25)*(e2%(25)*(80%(25)*(8[b-f]|a[a-e])|81%(25)*a[0-9a-f])|ef%(25)*bb%(25)*bf)/gi;

// A preset's page opens with a link of its own; what is asked next has its address at home.
export interface PresetPage {
  link: string;
  home: string; // path
}

export function browser_address(window: Window, preset: PresetPage | null = null): Address {
  const opened_at = window.location.pathname;
  const go = (method: 'pushState' | 'replaceState', fragment: string) => {
    const { pathname, search } = window.location;
    const path = preset ? preset.home : holds_link(search) ? pathname : '';
    try {
      window.history[method](null, '', `${path}#${fragment}`);
    } catch {
      // Some browsers refuse too many changes; the next one brings the address up to date.
    }
  };
  return {
    fragment() {
      const { hash, search, pathname } = window.location;
      if (holds_link(search) && !holds_link(hash)) return search;
      return hash.slice(1) || (preset && pathname === opened_at ? preset.link : '');
    },
    replace: (fragment) => go('replaceState', fragment),
    push: (fragment) => go('pushState', fragment),
    on_navigate(listener) {
      window.addEventListener('popstate', listener);
      window.addEventListener('hashchange', listener);
    },
    on_leave: (listener) => window.addEventListener('pagehide', listener),
  };
}
