// Starts the engine, answers the question of the address, draws the page.
import { render } from 'preact';
import { load_engine, type LoadFailure } from '../engine/load';
import { warm_formats } from '../i18n/format';
import { load_later_words, use_words } from '../i18n/i18n';
import type { Language, Words } from '../i18n/words';
import { preset_page } from '../state/home';
import { browser_address, start_link_sync } from '../state/link_sync';
import { start_stages } from '../state/stages';
import { start_preferences } from '../state/preferences';
import { settled } from '../state/settled';
import { create_store } from '../state/store';
import { create_views } from '../state/view';
import { App } from './app';
import { Failure } from './failure';

const pause_ms = 250; // typing slower than this is a pause

export async function start(root: HTMLElement, language: Language, words_on_the_way: Promise<Words>) {
  const arriving = Promise.all([load_engine(), words_on_the_way.catch(() => null)]);
  setTimeout(warm_formats); // meanwhile
  const [loaded, words] = await arriving;
  if ('failure' in loaded) return fail(root, loaded);
  if (!words) return fail(root, { failure: 'load_failed', detail: '' });
  // For the browser's console: moecalc.evaluate({ device: 'h20' }). Also what the parity test asks.
  Object.assign(globalThis, { moecalc: Object.assign(loaded.engine, { heap_bytes: loaded.heap_bytes }) });
  use_words(language, words);
  start_preferences(document);
  // Each of these is a task of its own, so that the browser can answer the reader in between. The engine keeps what it was asked.
  const { parameters, names, quantities } = loaded.engine;
  for (const ask of [parameters, names, quantities]) {
    await next_task();
    ask();
  }
  await next_task();
  const store = create_store(loaded.engine);
  const views = create_views(store);
  const links = start_link_sync(store, views, browser_address(window, preset_page(document)));
  const calm = settled(store.good, pause_ms);
  const page = { store, views, links, calm };
  await next_task();
  root.replaceChildren(); // the prerendered numbers that stood there meanwhile
  render(<App page={page} />, root);
  const follow_updates = () =>
    void import('../offline/updates').then((offline) => offline.follow_updates(page)).catch(() => {}); // the page does without
  const was_here_before = self.origin !== 'null' && Boolean(navigator.serviceWorker?.controller); // a sandboxed frame may not even ask
  start_stages(
    () => {
      if (was_here_before) follow_updates();
      void import('../state/unfinished')
        .then(({ keep_unfinished }) => keep_unfinished(store, links, sessionStorage))
        .catch(() => {}); // no storage here
      return load_later_words();
    },
    () => was_here_before || follow_updates(), // a first visit fetches the whole page: when it is of use
  );
}

const next_task = () => new Promise((resolve) => setTimeout(resolve));

// The prerendered numbers stay, below a sentence.
function fail(root: HTMLElement, why: { failure: LoadFailure; detail: string }) {
  const place = document.createElement('div');
  root.prepend(place);
  render(<Failure {...why} />, place);
}
