// One view without the page around it, and the way back to the page.
import type { ComponentType } from 'preact';
import { lazy_view } from '../app/lazy_page';
import { Later } from '../panels/later';
import { Banners } from '../app/banners';
import { rest_arrives } from '../engine/rest';
import { language } from '../i18n/language';
import { load_later_words } from '../i18n/i18n';
import { CostTable } from '../panels/economics';
import { ExplanationDialog } from '../panels/explanation';
import { Headline } from '../panels/headline';
import { Memory } from '../panels/memory';
import { Methods } from '../panels/methods';
import { Summary } from '../panels/summary';
import { Times } from '../panels/time';
import { PageContext, type Page } from '../state/context';
import { home_url } from '../state/home';
import { embed_views, type EmbedRequest, type EmbedView } from './request';
import { e } from '../share/words';

const Waiting = ({ words }: { words: string }) => <p role="status">{words}</p>;

const Pareto = lazy_view(async () => {
  const { FrontierAlone, words_arrive } = await import('../sweep/alone');
  await Promise.all([words_arrive(), rest_arrives()]);
  return FrontierAlone;
}, Waiting);
async function plans() {
  const alone = await import('../plan/alone');
  await Promise.all([alone.words_arrive(), load_later_words(), rest_arrives()]);
  return alone;
}
const Plan = lazy_view(async () => (await plans()).PlanAlone, Waiting);
const Timeline = lazy_view(async () => (await plans()).TimelineAlone, Waiting);

type Body = ComponentType<{ page: Page }>;

// What stands below the question's name. A sweep and a plan are about more than one question, and name themselves.
const about_the_question: Partial<Record<EmbedView, Body>> = {
  summary: Headline,
  breakdown: Times,
  memory: Memory,
  compare: Methods,
  cost: CostTable,
  timeline: Timeline,
};
const on_their_own: Partial<Record<EmbedView, Body>> = { pareto: Pareto, plan: Plan };

export function Embed({ page, request }: { page: Page; request: EmbedRequest }) {
  const view = request.view;
  const Below = view && about_the_question[view];
  const Body = view && (Below ?? on_their_own[view]);
  return (
    <PageContext.Provider value={page}>
      <main class="embed-view" data-view={view ?? ''}>
        {Below && <Summary />}
        {Body ? (
          <>
            <Banners />
            <Body page={page} />
          </>
        ) : (
          <p class="verdict bad" role="alert">
            {e('unknown_view', { asked: request.asked, views: embed_views.join(', ') })}
          </p>
        )}
        <OpenInPage page={page} />
      </main>
      <Later stage={1}>{() => <ExplanationDialog />}</Later>
    </PageContext.Provider>
  );
}

function OpenInPage({ page: { links } }: { page: Page }) {
  const home = home_url(document);
  home.hash = links.link.value;
  return (
    <p class="embed-foot">
      <a href={home.href} target="_blank" rel="noopener" hrefLang={language.value}>
        {e('open')}
      </a>
    </p>
  );
}
