// Starts the engine, answers the question of the frame's address, draws the one view that was asked for.
import { render } from 'preact';
import { Failure } from '../app/failure';
import { load_engine } from '../engine/load';
import { load_later_words, use_words } from '../i18n/i18n';
import type { Words } from '../i18n/words';
import type { Page } from '../state/context';
import { start_link_sync, type Address } from '../state/link_sync';
import { start_stages } from '../state/stages';
import { show_preferences, theme } from '../state/preferences';
import { settled } from '../state/settled';
import { create_store } from '../state/store';
import { create_views, first_plan } from '../state/view';
import './embed.css';
import { browser_frame, talk_to_parent } from './frame';
import type { EmbedRequest } from './request';
import { Embed } from './view';
import { words_arrive } from '../share/words';

const pause_ms = 250;

export async function start_embed(root: HTMLElement, request: EmbedRequest, words_on_the_way: Promise<Words>) {
  talk_to_parent(browser_frame(window, document.body), request.id);
  const [loaded, words] = await Promise.all([load_engine(), words_on_the_way.catch(() => null)]);
  root.replaceChildren();
  if ('failure' in loaded) return render(<Failure {...loaded} />, root);
  if (!words) return render(<Failure failure="load_failed" detail="" />, root);
  use_words(request.language, words);
  theme.value = request.theme;
  show_preferences(document);
  // Only the key numbers can be drawn with the first words.
  await Promise.all([words_arrive(), request.view === 'summary' ? undefined : load_later_words()]);
  const store = create_store(loaded.engine);
  const views = create_views(store);
  const links = start_link_sync(store, views, fixed_address(request.link));
  const page: Page = { store, views, links, calm: settled(store.good, pause_ms) };
  make_room_for(request, page);
  render(<Embed page={page} request={request} />, root);
  start_stages(load_later_words);
}

// An embed reads its address once and leaves it alone.
function fixed_address(fragment: string): Address {
  return { fragment: () => fragment, replace() {}, push() {}, on_navigate() {}, on_leave() {} };
}

// A view that needs more than the link says gets it here: the first sweep, a plan of the kind that the view shows. So the link to the whole page
// leads to the same.
function make_room_for({ view }: EmbedRequest, { store, views }: Page) {
  if (view === 'pareto') {
    views.sweep.value ??= store.engine.sweep_presets()[0]?.sweep ?? null;
    views.view.value = 'sweep';
  } else if (view === 'timeline' || view === 'plan') {
    if (view === 'timeline') views.plan.value = { ...first_plan, plan: 'timeline' };
    views.view.value = 'plan';
  } else views.view.value = 'calculator';
}
