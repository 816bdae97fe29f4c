// What the reader typed and the engine refuses is in no link, nor is what was changed beside it. It is kept for as long as the tab lives, so that a reload brings it back.
import { effect } from '@preact/signals';
import type { Scenario } from '../engine/engine';
import type { LinkSync } from './link_sync';
import type { Store } from './store';

const key = 'moecalc.unfinished';

export function keep_unfinished(
  store: Store,
  links: LinkSync,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
) {
  const kept = read(storage.getItem(key));
  // Of another question it would be a surprise.
  if (kept?.link === links.link.peek()) {
    const others = Object.entries(kept.scenario).filter(([name]) => !(name in kept.texts));
    if (others.length > 0) store.load(Object.fromEntries(others), 'edit');
    for (const [name, text] of Object.entries(kept.texts)) store.type(name, String(text));
  }
  effect(() => {
    const texts = store.texts.value;
    const unfinished = store.stale.value && Object.keys(texts).length > 0;
    try {
      const scenario = store.scenario.value;
      if (unfinished) storage.setItem(key, JSON.stringify({ link: links.link.peek(), scenario, texts }));
      else storage.removeItem(key);
    } catch {
      // Too long a text for the browser's storage: it stays as long as the page does.
    }
  });
}

interface Kept {
  link: string;
  scenario: Scenario;
  texts: Record<string, unknown>;
}

function read(text: string | null): Kept | null {
  try {
    const { link, scenario, texts } = JSON.parse(text ?? 'null') as Kept;
    return { link, scenario: scenario ?? {}, texts: texts ?? {} };
  } catch {
    return null;
  }
}
