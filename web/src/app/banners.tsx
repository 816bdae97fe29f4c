// What the reader must be told before the numbers: a damaged link, a refused input, a link of another release.
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { error_text, parameter_name, t } from '../i18n/i18n';
import { use_page } from '../state/context';
import { go_to_field } from '../panels/go_to_field';

// What must be said by code that comes after the first numbers.
export const late_banner = signal<ComponentType | null>(null);

const most_shown = 65_536; // characters of a damaged link, as many as the engine reads

export function Banners() {
  const LateBanner = late_banner.value;
  return (
    <>
      <LinkBanner />
      <RepairedBanner />
      <ReleaseBanner />
      {LateBanner && <LateBanner />}
    </>
  );
}

function LinkBanner() {
  const { links } = use_page();
  const problem = links.problem.value;
  if (!problem) return null;
  return (
    <section class="banner bad" role="alert" data-banner="link" aria-labelledby="link-problem-title">
      <h2 id="link-problem-title">{t('link.damaged')}</h2>
      <ul>
        {[...new Set(problem.problems.map(error_text))].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>
        {problem.used.length === 0
          ? t('link.used_nothing')
          : t('link.used', { fields: problem.used.map(parameter_name).join(t('list.separator')) })}
      </p>
      <label>
        {t('link.raw')}
        <input
          type="text"
          readOnly
          value={problem.raw.slice(0, most_shown)}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <button type="button" onClick={links.dismiss}>
        {t('banner.dismiss')}
      </button>
    </section>
  );
}

function RepairedBanner() {
  const { links } = use_page();
  if (!links.repaired.value) return null;
  return (
    <section class="banner" role="status" data-banner="repaired">
      <p>{t('link.repaired')}</p>
      <button type="button" onClick={() => (links.repaired.value = false)}>
        {t('banner.dismiss')}
      </button>
    </section>
  );
}

function ReleaseBanner() {
  const { store, links } = use_page();
  if (links.other_release.value === '') return null;
  return (
    <section class="banner" role="status" data-banner="release">
      <p>
        {t('link.other_release', {
          release: links.other_release.value,
          here: store.engine.about().release,
        })}
      </p>
      <button type="button" onClick={() => (links.other_release.value = '')}>
        {t('banner.dismiss')}
      </button>
    </section>
  );
}

// Stands at the foot of the window, over the page: what is read does not jump while someone types.
export function InputBanner() {
  const { store } = use_page();
  if (!store.stale.value) return null;
  const fields = [...store.errors.value];
  return (
    <section class="banner warn at-foot" role="status" data-banner="input">
      <p>{t(store.report.value ? 'stale.kept' : 'stale.none')}</p>
      <ul>
        {fields.map(([field, errors]) =>
          errors.map((error) => (
            <li key={`${field} ${error.code}`}>
              {field === '' ? (
                error_text(error)
              ) : (
                <button type="button" class="link" onClick={() => go_to_field(field)}>
                  {error_text(error)}
                </button>
              )}
            </li>
          )),
        )}
      </ul>
    </section>
  );
}
