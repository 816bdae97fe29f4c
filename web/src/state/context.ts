// Hands the state to the components.
import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LinkSync } from './link_sync';
import type { Answered, Store } from './store';
import type { Views } from './view';

export interface Page {
  store: Store;
  views: Views;
  links: LinkSync;
  // The last good answer with its question, once the reader pauses; null before the first numbers are drawn.
  calm: ReadonlySignal<Answered | null>;
}

export const PageContext = createContext<Page | null>(null);

export function use_page(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('a component is outside the page');
  return page;
}

export const use_store = (): Store => use_page().store;
