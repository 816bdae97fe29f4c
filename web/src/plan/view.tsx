// The plan view: what is asked beside one report. Every kind is a tab; its answer comes from the engine for the page's question.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Banners } from '../app/banners';
import type { EngineError } from '../engine/engine';
import { rest_now } from '../engine/rest';
import { error_text } from '../i18n/i18n';
import { Field } from '../panels/field';
import type { Page } from '../state/context';
import { use_page, use_store } from '../state/context';
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
      <PlanBody chosen={chosen} />
    </main>
  );
}

// One kind of plan, without the tabs.
export function PlanBody({ chosen }: { chosen: Kind }) {
  return (
    <>
      {chosen === 'boxes' && <Answered kind="boxes">{(plan) => <Boxes plan={plan} />}</Answered>}
      {chosen === 'machines' && <Answered kind="machines">{(plan) => <Machines plan={plan} />}</Answered>}
      {chosen === 'day' && <Answered kind="day">{(plan) => <Day plan={plan} />}</Answered>}
      {chosen === 'balance' && <BalanceQuestion />}
      {chosen === 'balance' && <Answered kind="balance">{(plan) => <Balance plan={plan} />}</Answered>}
      {chosen === 'timeline' && <Answered kind="timeline">{(plan) => <Timeline plan={plan} />}</Answered>}
    </>
  );
}

// The engine's answer. While the question is refused, why, over the last good answer, so that no input leaves under the reader's fingers; where there
// was none yet, the inputs that are at fault.
export function Answered<K extends Kind>({
  kind,
  children,
}: {
  kind: K;
  children: (plan: PlanAnswers[K]) => ComponentChildren;
}) {
  const { store, views } = use_page();
  const good = useRef<PlanAnswers[K] | null>(null);
  const answer = rest_now().plan<K>({ ...views.plan.value, plan: kind, scenario: store.scenario.value });
  if (answer.ok) good.current = answer.value;
  return (
    <>
      {!answer.ok && <Refused errors={answer.errors} with_inputs={!good.current} />}
      <div class={`plan-body${answer.ok ? '' : ' stale'}`}>{good.current && children(good.current)}</div>
    </>
  );
}

function Refused({ errors, with_inputs }: { errors: readonly EngineError[]; with_inputs: boolean }) {
  const store = use_store();
  const fields = [...new Set(errors.map(({ field }) => field))].filter((field) => store.info(field));
  return (
    <section class="banner bad" role="alert" data-banner="plan">
      <p>{p('refused')}</p>
      <ul>
        {errors.map((error, index) => (
          <li key={index}>{error_text(error)}</li>
        ))}
      </ul>
      {with_inputs && fields.map((name) => <Field key={name} name={name} prefix="refused" hints={false} />)}
    </section>
  );
}
