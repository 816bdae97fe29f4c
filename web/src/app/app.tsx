// The shell: header, question, answers. On a phone the numbers come first and the whole form is folded away.
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/i18n';
import { ConfigDialog } from '../panels/config_dialog';
import { Conclusions } from '../panels/conclusions';
import { Economics } from '../panels/economics';
import { ExplanationDialog } from '../panels/explanation';
import { FactsDialog } from '../panels/facts';
import { FullForm, ShortForm } from '../panels/form';
import { Headline } from '../panels/headline';
import { Memory } from '../panels/memory';
import { Methods } from '../panels/methods';
import { Notes } from '../panels/notes';
import { Sources } from '../panels/sources';
import { Summary } from '../panels/summary';
import { Tables } from '../panels/tables';
import { Times } from '../panels/time';
import { PageContext, type Page } from '../state/context';
import { is_narrow } from '../state/media';
import { Banners, InputBanner } from './banners';
import { Footer } from './footer';
import { Header } from './header';
import { PlanPage, SweepPage, ValidationPage } from './lazy_page';
import { LiveRegion } from './live_region';
import { Questions } from './questions';
import { Later, LaterOrSeen } from '../panels/later';
import { last_seen_stage } from '../state/stages';
import { listen_for_shortcuts } from './shortcuts';

export function App({ page }: { page: Page }) {
  useEffect(() => listen_for_shortcuts(page), [page]);
  return (
    <PageContext.Provider value={page}>
      <a class="skip-link" href="#results" onClick={skip_to_results}>
        {t('app.skip')}
      </a>
      <Header />
      <Body page={page} />
      <Footer />
      <Later stage={last_seen_stage}>
        {() => (
          <>
            <ExplanationDialog />
            <FactsDialog />
            <ConfigDialog />
            <LiveRegion />
          </>
        )}
      </Later>
    </PageContext.Provider>
  );
}

function Body({ page }: { page: Page }) {
  const view = page.views.view.value;
  if (view === 'plan') return <PlanPage />;
  if (view === 'sweep') return <SweepPage />;
  if (view === 'validation') return <ValidationPage />;
  return is_narrow.value ? <NarrowPage /> : <WidePage />;
}

function WidePage() {
  return (
    <>
      <Questions />
      <div class="wide-page">
        <aside class="question" aria-label={t('form.title')}>
          <FullForm />
        </aside>
        <main id="results" tabIndex={-1}>
          <Summary />
          <Banners />
          <Headline />
          <Notes />
          <Details />
        </main>
      </div>
    </>
  );
}

function NarrowPage() {
  return (
    <main id="results" tabIndex={-1} class="narrow-page">
      <Summary />
      <Banners />
      <Headline />
      <Later stage={1}>{() => <Questions />}</Later>
      <Later stage={2}>
        {() => (
          <>
            <ShortForm />
            <details class="all-inputs">
              <summary>
                <h2>{t('form.all')}</h2>
              </summary>
              <Later stage={last_seen_stage + 1}>{() => <FullForm />}</Later>
            </details>
          </>
        )}
      </Later>
      <Later stage={last_seen_stage}>{() => <Notes />}</Later>
      <Details />
    </main>
  );
}

const details = [Memory, Times, Methods, Tables, Economics, Conclusions, Sources];

function Details() {
  return (
    <>
      {details.map((Part, index) => (
        <LaterOrSeen key={index} stage={last_seen_stage + index + 1}>
          {() => <Part />}
        </LaterOrSeen>
      ))}
      <Later stage={last_seen_stage}>{() => <InputBanner />}</Later>
    </>
  );
}

// A plain jump would put "#results" where the link belongs.
function skip_to_results(event: Event) {
  event.preventDefault();
  document.getElementById('results')?.focus();
}
