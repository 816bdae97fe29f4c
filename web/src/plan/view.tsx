// The plan view: what is asked beside one report. Every kind is a tab; its answer comes from the engine for the page's question.
import type { ComponentChildren } from 'preact';
import { Banners } from '../app/banners';
import type { Answer } from '../engine/engine';
import { rest_now } from '../engine/rest';
import { error_text } from '../i18n/i18n';
import type { Page } from '../state/context';
import { use_page } from '../state/context';
import type { PlanAnswers } from '#engine_rest';
import { Balance, BalanceQuestion } from './balance';
import { Boxes } from './boxes';
import { Day } from './day';
import { Machines } from './machines';
import './plan.css';
import { Timeline } from './timeline';
import { p } from './words';

export { words_arrive } from './words';

type Kind = keyof PlanAnswers;
const kinds: readonly Kind[] = ['day', 'balance', 'timeline', 'boxes', 'machines'];

export function PlanView({ page }: { page: Page }) {
  const chosen = page.views.plan.value.plan;
  return (
    <main id="results" tabIndex={-1} class="narrow-page plan">
      <h1>{p('title')}</h1>
      <nav class="plan-kinds" aria-label={p('kinds')}>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            data-plan={kind}
            aria-current={kind === chosen ? 'true' : undefined}
            onClick={() => page.views.edit_plan({ plan: kind })}
          >
            {p(`kind.${kind}`)}
          </button>
        ))}
      </nav>
      <Banners />
      {chosen === 'boxes' && <Answered kind="boxes">{(plan) => <Boxes plan={plan} />}</Answered>}
      {chosen === 'machines' && <Answered kind="machines">{(plan) => <Machines plan={plan} />}</Answered>}
      {chosen === 'day' && <Answered kind="day">{(plan) => <Day plan={plan} />}</Answered>}
      {chosen === 'balance' && <BalanceQuestion />}
      {chosen === 'balance' && <Answered kind="balance">{(plan) => <Balance plan={plan} />}</Answered>}
      {chosen === 'timeline' && <Answered kind="timeline">{(plan) => <Timeline plan={plan} />}</Answered>}
    </main>
  );
}

// The engine's answer, or why there is none.
function Answered<K extends Kind>({
  kind,
  children,
}: {
  kind: K;
  children: (plan: PlanAnswers[K]) => ComponentChildren;
}) {
  const { store, views } = use_page();
  const asked = { ...views.plan.value, plan: kind, scenario: store.scenario.value };
  const answer: Answer<PlanAnswers[K]> = rest_now().plan<K>(asked);
  if (answer.ok) return <>{children(answer.value)}</>;
  return (
    <section class="banner bad" role="alert" data-banner="plan">
      <p>{p('refused')}</p>
      <ul>
        {answer.errors.map((error, index) => (
          <li key={index}>{error_text(error)}</li>
        ))}
      </ul>
    </section>
  );
}
