// Questions that people ask, as links: each opens the view that answers it.
import { t } from '../i18n/i18n';
import { home_url } from '../state/home';
import questions from './questions.json';

export type Question = (typeof questions)[number];

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

// Where the page is at home the fragment is enough: nothing is loaded again.
function link_to(link: string): string {
  const home = home_url(document);
  return home.pathname === location.pathname ? `#${link}` : `${home.href}#${link}`;
}
