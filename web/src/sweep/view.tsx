// The sweep view: the question on the left, what the sweep finds on the right.
import { useEffect } from 'preact/hooks';
import { Banners } from '../app/banners';
import type { EngineError } from '../engine/engine';
import { error_text, has_word, quantity_name } from '../i18n/i18n';
import type { Page } from '../state/context';
import { is_narrow } from '../state/media';
import { fetch_charts } from './chart';
import { SweepForm } from './form';
import { Results } from './results';
import { session_of } from './session';
import { Status } from './status';
import './sweep.css';
import { s, type SweepKey } from './words';

export { words_arrive } from './words';

// The engine names parts of a sweep as its JSON does; the reader knows them by the form's headings.
const headings: Readonly<Record<string, SweepKey>> = {
  axes: 'axes',
  constraints: 'constraints',
  objective: 'objective',
  pareto: 'pareto',
  best_per: 'best_per',
  top: 'top',
  sample: 'sample',
  quantities: 'columns',
};
function refusal(error: EngineError): string {
  const heading = headings[error.field];
  const typed = error.code === 'wrong_type' && /^"(.*)"$/.exec(error.value)?.[1]; // the form's text, as JSON has it
  if (typed) return error_text({ ...error, code: 'not_a_number', value: typed });
  if (error.code === 'not_a_number' && has_word(`quantity.${error.field}`)) {
    const name = quantity_name(error.field);
    return error_text({ ...error, field: s('constraint', { name }), allowed: s('bound.any') });
  }
  return error_text({ ...error, field: heading ? s(heading) : error.field });
}

export function SweepView({ page }: { page: Page }) {
  const session = session_of(page);
  useEffect(() => {
    fetch_charts();
    // For the browser's console and the tests: moecalc.sweep.kill_one()
    const console_api = (globalThis as { moecalc?: object }).moecalc;
    if (console_api) Object.assign(console_api, { sweep: session.pool });
    return session.attend();
  }, [session]);
  const plan = session.plan.value;
  return (
    <div class={is_narrow.value ? 'sweep-page sweep-narrow' : 'sweep-page wide-page'}>
      <aside class="question" aria-label={s('form')}>
        <SweepForm session={session} />
      </aside>
      <main id="results" tabIndex={-1}>
        <h1>{s('title')}</h1>
        <Banners />
        {plan.ok ? null : (
          <section class="banner bad" role="alert" data-banner="sweep">
            <p>{s('refused')}</p>
            <ul>
              {plan.errors.map((error, index) => (
                <li key={index}>{refusal(error)}</li>
              ))}
            </ul>
          </section>
        )}
        <Status session={session} />
        <Results session={session} />
      </main>
    </div>
  );
}
