// Views that are code of their own: fetched when they are first shown.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { rest_arrives } from '../engine/rest';
import { load_later_words, t } from '../i18n/i18n';
import type { Page } from '../state/context';
import { use_page } from '../state/context';
import { Banners } from './banners';

type View = ComponentType<{ page: Page }>;

// `Waiting` stands in until the code is there.
export function lazy_view(load: () => Promise<View>, Waiting: ComponentType<{ words: string }>) {
  let arrived: View | null = null;
  return function LazyView() {
    const page = use_page();
    const [, redraw] = useState(0);
    const [failed, set_failed] = useState(false);
    useEffect(() => {
      if (arrived) return;
      load()
        .then((view) => {
          arrived = view;
          redraw(1);
        })
        .catch(() => set_failed(true));
    }, []);
    const View = arrived;
    if (View) return <View page={page} />;
    return <Waiting words={t(failed ? 'view.not_loaded' : 'view.loading')} />;
  };
}

const WaitingPage = ({ words }: { words: string }) => (
  <main id="results" tabIndex={-1} class="narrow-page">
    <Banners />
    <p role="status">{words}</p>
  </main>
);

export const PlanPage = lazy_view(async () => {
  const { PlanView, words_arrive } = await import('../plan/view');
  await Promise.all([words_arrive(), load_later_words(), rest_arrives()]);
  return PlanView;
}, WaitingPage);

export const SweepPage = lazy_view(async () => {
  const { SweepView, words_arrive } = await import('../sweep/view');
  await Promise.all([words_arrive(), rest_arrives()]);
  return SweepView;
}, WaitingPage);

export const ValidationPage = lazy_view(async () => {
  const { ValidationView, words_arrive, load_validation } = await import('../validation/view');
  await Promise.all([words_arrive(), load_validation()]);
  return ValidationView;
}, WaitingPage);
