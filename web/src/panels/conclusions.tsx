// What the article concludes, with the numbers computed now, each with the scenario it is about.
import { rest } from '../engine/rest';
import { t, word } from '../i18n/i18n';
import { use_page } from '../state/context';

export function Conclusions() {
  const { store, calm } = use_page();
  // Not before the first numbers are on the screen: these are a dozen evaluations.
  const conclusions = calm.value ? (rest()?.conclusions() ?? []) : [];
  return (
    <section class="panel conclusions" aria-labelledby="conclusions-title">
      <h2 id="conclusions-title">{t('conclusions.title')}</h2>
      <p class="hint">{t('conclusions.hint')}</p>
      <ol>
        {conclusions.map((conclusion) => (
          <li key={conclusion.id}>
            <span>{word(`conclusion.${conclusion.id}`, conclusion.id, conclusion.numbers)}</span>{' '}
            <button type="button" class="open" onClick={() => store.load(conclusion.scenario)}>
              {t('conclusions.open')}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
