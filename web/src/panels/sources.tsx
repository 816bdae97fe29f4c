// Where numbers come from.
import { t, word } from '../i18n/i18n';
import type { Source } from '../engine/engine';
import { use_store } from '../state/context';

export const kind_name = (kind: string) => word(`kind.${kind}`, kind);

export function SourceLine({ id }: { id: string }) {
  const source = use_store()
    .engine.catalogue()
    .sources.find((each) => each.id === id);
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
  const store = use_store();
  return (
    <section class="panel sources" aria-labelledby="sources-title">
      <h2 id="sources-title">{t('sources.title')}</h2>
      <p class="hint">{t('sources.hint')}</p>
      <details>
        <summary>{t('sources.show', { count: store.engine.catalogue().sources.length })}</summary>
        <ul>
          {store.engine.catalogue().sources.map((source) => (
            <li key={source.id}>
              <SourceText source={source} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
