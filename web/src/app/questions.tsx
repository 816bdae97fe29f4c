// Questions that people ask, as links: each opens the view that answers it.
import { t } from '../i18n/i18n';
import questions from './questions.json';

export function Questions() {
  return (
    <nav class="questions" aria-label={t('questions.title')}>
      <ul>
        {questions.map(({ id, link }) => (
          <li key={id}>
            <a href={link_to(link)} data-question={id}>
              {t(`questions.${id}` as 'questions.deployment')}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

// At home this changes the fragment and loads nothing. Prerendered, it is relative to the page like every other address.
function link_to(link: string): string {
  const home = typeof document === 'undefined' ? './' : (document.documentElement.dataset['home'] ?? '');
  return `${home}#${link}`;
}
