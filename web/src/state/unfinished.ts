// What the reader typed and the engine refuses is in no link. It is kept for as long as the tab lives, so that a reload brings it back.
import { effect } from '@preact/signals';
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
    for (const [name, text] of Object.entries(kept.texts)) store.type(name, String(text));
  }
  effect(() => {
    const texts = store.texts.value;
    const unfinished = store.stale.value && Object.keys(texts).length > 0;
    try {
      if (unfinished) storage.setItem(key, JSON.stringify({ link: links.link.peek(), texts }));
      else storage.removeItem(key);
    } catch {
      // Too long a text for the browser's storage: it stays as long as the page does.
    }
  });
}

function read(text: string | null): { link: string; texts: Record<string, unknown> } | null {
  try {
    const { link, texts } = JSON.parse(text ?? 'null') as { link: string; texts: Record<string, unknown> };
    return { link, texts: texts ?? {} };
  } catch {
    return null;
  }
}
