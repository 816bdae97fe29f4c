// The first screen as HTML, made when the page is built: the page's own components over the native engine's answers. Readers and search engines have
// numbers before any script, and keep them where WebAssembly is missing.
import { render } from 'preact-render-to-string';
import engine_en from '#texts/en.json';
import engine_zh from '#texts/zh.json';
import { Questions } from '../app/questions';
import questions from '../app/questions.json';
import type { Engine, Names, Parameters, QuantityInfo, Report, Scenario } from '../engine/engine';
import page_en from '../i18n/en.json';
import { t, use_words, word } from '../i18n/i18n';
import share_en from '../i18n/share_en.json';
import share_zh from '../i18n/share_zh.json';
import type { Language } from '../i18n/words';
import page_zh from '../i18n/zh.json';
import { Headline } from '../panels/headline';
import { parts_of_summary, Summary, title_of_summary } from '../panels/summary';
import { card_svg } from '../share/card';
import { quoted_numbers } from '../share/numbers';
import { PageContext, type Page } from '../state/context';
import { create_store } from '../state/store';
import type { BoxesPlan } from '#engine_rest';
import { AnswerTable, boxes_answer, sweep_answer, type SweepAnswer } from './answers';

// What scripts/first_screens.mjs had the command line print.
export interface Native {
  release: string;
  parameters: Parameters;
  quantities: QuantityInfo[];
  names: Names;
  screens: NativeScreen[];
}
interface NativeScreen {
  id: string; // "": the page as it opens
  view: 'calculator' | 'plan' | 'sweep';
  link: string;
  scenario: Scenario;
  report: Report | null; // of the calculator
  boxes?: BoxesPlan; // of a plan
  sweep?: SweepAnswer; // of a sweep
}

export interface Screen {
  id: string;
  view: NativeScreen['view'];
  language: Language;
  link: string;
  title: string;
  description: string;
  html: string;
  card: string; // SVG
}

const words = {
  en: { engine: engine_en, page: page_en, share: share_en },
  zh: { engine: engine_zh, page: page_zh, share: share_zh },
};

export function prerender(native: Native): Screen[] {
  return (['en', 'zh'] as const).flatMap((language) => {
    const { engine, page } = words[language];
    use_words(language, { engine, page, later: () => Promise.resolve({}) });
    return native.screens.map((screen) => prerender_screen(native, screen, language));
  });
}

function prerender_screen(
  native: Native,
  { id, view, link, scenario, report, boxes, sweep }: NativeScreen,
  language: Language,
): Screen {
  const engine = {
    parameters: () => native.parameters,
    quantities: () => native.quantities,
    names: () => native.names,
  } as Engine;
  engine.evaluate = () => (report ? { ok: true, value: report } : { ok: false, errors: [] });
  const store = create_store(engine);
  store.load(scenario);
  const title = title_of(id) ?? title_of_summary(store);
  const answer = boxes ? boxes_answer(store, boxes) : sweep ? sweep_answer(store, sweep) : null;
  const about = report ? parts_of_summary(store).join(' · ') : description_of(id, language);
  const numbers = report ? quoted_numbers(engine, report) : (answer?.numbers ?? []);
  const list = numbers.map(({ name, value, unit }) => `${name} ${value} ${unit}`.trim()).join(t('list.separator'));
  const said = answer?.numbers_are ? `${answer.numbers_are}: ${list}` : list;
  return {
    id,
    view,
    language,
    link,
    title: id === '' ? t('app.title') : `${title} | moecalc`,
    description:
      id === ''
        ? words[language].share['site.description']
        : [about.replace(/[.。]$/, ''), said].filter(Boolean).join('. '),
    html: as_prerendered(
      render(
        <PageContext.Provider value={{ store } as Page}>
          <header class="page-header">
            <p class="brand">
              <strong>moecalc</strong> <span class="tagline">{t('app.tagline')}</span>
            </p>
          </header>
          <Questions />
          <div class="wide-page prerendered">
            <main>
              {report ? (
                <>
                  <Summary />
                  <Headline />
                </>
              ) : (
                <>
                  <h1>{title}</h1>
                  <p>{about}</p>
                  {answer && <AnswerTable title={title} answer={answer} />}
                </>
              )}
            </main>
          </div>
        </PageContext.Provider>,
      ),
    ),
    card: card_svg({
      title,
      about: answer?.numbers_are || about,
      numbers,
      foot: `moecalc ${native.release}`,
      dark: false,
    }),
  };
}

// The mark is for the first number that the page itself has computed.
const as_prerendered = (html: string) => html.replace(' data-first-result="true"', '');

const is_question = (id: string) => questions.some((question) => question.id === id);

function title_of(id: string): string | null {
  if (id === '') return null;
  return is_question(id) ? t(`questions.${id}` as 'questions.deployment') : word(`preset.${id}`);
}

function description_of(id: string, language: Language): string {
  return words[language].share[`question.${id}` as 'question.h200_users'];
}
