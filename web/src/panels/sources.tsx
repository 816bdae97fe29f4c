// Where numbers come from.
import { t, word } from '../i18n/i18n';
import { useState } from 'preact/hooks';
import { catalogue } from '../engine/catalogue';
import type { Source } from '../engine/engine';

export const kind_name = (kind: string) => word(`kind.${kind}`, kind);

export function SourceLine({ id }: { id: string }) {
  const source = catalogue()?.sources.find((each) => each.id === id);
  return <span class="source">{source ? <SourceText source={source} /> : word(`source.${id}`, id)}</span>;
}

function SourceText({ source }: { source: Source }) {
  const title = word(`source.${source.id}`, source.title);
  const about = [source.date, kind_name(source.kind)].filter(Boolean).join(', ');
  return (
    <>
      {source.url ? (
        <a href={source.url} rel="noopener noreferrer external" target="_blank">
          {title}
        </a>
      ) : (
        title
      )}{' '}
      <span class="about">({about})</span>
    </>
  );
}

export function Sources() {
  const [is_open, open] = useState(false);
  return (
    <section class="panel sources" aria-labelledby="sources-title">
      <h2 id="sources-title">{t('sources.title')}</h2>
      <p class="hint">{t('sources.hint')}</p>
      <details onToggle={(event) => open(event.currentTarget.open)}>
        <summary>{t('sources.show')}</summary>
        <ul>
          {(is_open ? catalogue() : null)?.sources.map((source) => (
            <li key={source.id}>
              <SourceText source={source} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
