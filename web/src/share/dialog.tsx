// Sharing what is shown: as a link, in Markdown, as an embed, as a citation, as a picture, as data. The link is copied at once.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { embed_views, type EmbedView } from '../embed/request';
import published from '../embed/published.json';
import { language } from '../i18n/language';
import { choice_name, parameter_name, quantity_name, t, unit_name } from '../i18n/i18n';
import { title_of_summary, parts_of_summary } from '../panels/summary';
import type { Page } from '../state/context';
import { home_url } from '../state/home';
import { system_is_dark } from '../state/media';
import { theme } from '../state/preferences';
import { csv_cell, download } from '../sweep/csv';
import { card_size, card_svg } from './card';
import { formats, write, type Format, type Shared } from './formats';
import { quoted_numbers } from './numbers';
import { is_sharing } from './open';
import './share.css';
import { e } from './words';

export { words_arrive } from './words';

export function ShareDialog({ page }: { page: Page }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [format, set_format] = useState<Format>('link');
  const [chosen_view, set_view] = useState<EmbedView | null>(null);
  const [copied, set_copied] = useState<boolean | null>(null);
  const views = views_of(page);
  const view = chosen_view && views.includes(chosen_view) ? chosen_view : views[0]!;
  const shared = use_shared(page, view);
  const text = write(format, shared);
  const is_embed = format === 'iframe' || format === 'element';
  const from_file = shared.home.startsWith('file:');

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      set_copied(true);
    } catch {
      set_copied(false);
      field.current?.focus();
      field.current?.select();
    }
  }
  useEffect(() => {
    dialog.current?.showModal();
    void copy();
  }, []);
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      class="share-dialog"
      aria-labelledby="share-title"
      onClose={() => (is_sharing.value = false)}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id="share-title">{e('title')}</h2>
          <button type="button" class="close" aria-label={t('dialog.close')} onClick={close}>
            ×
          </button>
        </div>
        <div class="share-formats" role="group" aria-label={e('formats')}>
          {formats.map((each) => (
            <button
              key={each}
              type="button"
              data-format={each}
              aria-pressed={each === format}
              onClick={() => {
                set_format(each);
                set_copied(null);
              }}
            >
              {e(`format.${each}`)}
            </button>
          ))}
        </div>
        {is_embed && views.length > 1 && (
          <label class="share-view">
            {e('view')}
            <select value={view} onChange={(event) => set_view(event.currentTarget.value as EmbedView)}>
              {views.map((each) => (
                <option key={each} value={each}>
                  {e(`view.${each}`)}
                </option>
              ))}
            </select>
          </label>
        )}
        <textarea
          ref={field}
          readOnly
          rows={is_embed ? 6 : 4}
          spellcheck={false}
          aria-label={e(`format.${format}`)}
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div class="share-line">
          <button type="button" class="primary" onClick={() => void copy()}>
            {e('copy')}
          </button>
          <p class="share-state" role="status">
            {copied === true && <span class="good-text">{e('copied')}</span>}
            {copied === false && <span class="bad-text">{e('not_copied')}</span>} {e('length', { count: text.length })}
          </p>
        </div>
        {is_stale(page) && <p class="bad-text">{e('stale')}</p>}
        <p class="hint">{e(from_file ? 'from_file' : is_embed ? 'embed_hint' : 'hint')}</p>
        <Files page={page} shared={shared} />
      </div>
    </dialog>
  );
}

const is_stale = ({ store, views }: Page) => views.view.value === 'calculator' && store.stale.value;

// The views of an embed that fit what is on the page, the likeliest first.
function views_of({ views }: Page): readonly EmbedView[] {
  const now = views.view.value;
  if (now === 'sweep') return ['pareto'];
  if (now === 'plan') return views.plan.value.plan === 'timeline' ? ['timeline', 'plan'] : ['plan'];
  return embed_views.filter((view) => view !== 'pareto' && view !== 'plan');
}

function use_shared(page: Page, view: EmbedView): Shared {
  const { store, views, links } = page;
  const home = home_url(document);
  home.search = '';
  home.hash = '';
  const fragment = links.link.value;
  const report = store.report.value;
  const place = views.view.value;
  const about_question = place === 'calculator' && report !== null;
  const dark = theme.value === 'dark' || (theme.value === 'system' && system_is_dark.value);
  const release = store.engine.about().release;
  const said = language.value;
  return useMemo(() => {
    const numbers = about_question ? quoted_numbers(store.engine, report) : [];
    const question = title_of_summary(store);
    const title = place === 'calculator' ? question : `${t(`tabs.${place}`)}: ${question}`;
    const date = new Date().toISOString().slice(0, 10);
    const about = parts_of_summary(store).join(' · ');
    return {
      link: fragment ? `${home.href}#${fragment}` : home.href,
      home: home.href,
      title,
      numbers: numbers.map(({ name, value, unit }) => `${name} ${value} ${unit}`.trim()).join(t('list.separator')),
      view,
      language: said,
      release,
      date,
      picture: card_svg({ title, about, numbers, foot: `moecalc ${release} · ${date}`, dark }),
      integrity: published['1']['moe-calc.js'],
    };
  }, [fragment, report, place, view, dark, said]);
}

function Files({ page, shared }: { page: Page; shared: Shared }) {
  const { store, views, links } = page;
  const [failed, set_failed] = useState(false);
  const report = store.report.value;
  const file = 'moecalc';
  const json = () => {
    const common = { moecalc: shared.release, date: shared.date, link: shared.link };
    if (views.view.value === 'sweep') return { ...common, sweep: views.sweep.value };
    const question = { ...common, scenario: store.answered.value };
    return views.view.value === 'plan' ? { ...question, plan: views.plan.value } : { ...question, report };
  };
  return (
    <div class="share-files" role="group" aria-label={e('files')}>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(shared.picture)}`}
        alt={shared.title}
        width={300}
        height={158}
      />
      <div class="buttons">
        <button
          type="button"
          data-download="png"
          onClick={() =>
            void png_of(shared.picture).then(
              (png) => download(`${file}.png`, 'image/png', png),
              () => set_failed(true),
            )
          }
        >
          PNG
        </button>
        <button
          type="button"
          data-download="svg"
          onClick={() => download(`${file}.svg`, 'image/svg+xml', shared.picture)}
        >
          SVG
        </button>
        {views.view.value === 'calculator' && report && (
          <button
            type="button"
            data-download="csv"
            onClick={() => download(`${file}.csv`, 'text/csv', csv_of_report(page))}
          >
            CSV
          </button>
        )}
        <button
          type="button"
          data-download="json"
          disabled={links.link.value === ''}
          onClick={() => download(`${file}.json`, 'application/json', JSON.stringify(json(), null, 2))}
        >
          JSON
        </button>
      </div>
      {failed && <p class="bad-text">{e('no_picture')}</p>}
    </div>
  );
}

// Inputs as asked and results, a row each; the key is for programs, the name for people.
function csv_of_report({ store }: Page): string {
  const report = store.report.value;
  if (!report) return '';
  const inputs = Object.entries(report.scenario).map(([key, value]) => {
    const resolved = report.resolved[key] ?? value;
    const shown = typeof resolved === 'string' ? choice_name(resolved) : resolved;
    return ['input', key, parameter_name(key), shown, store.info(key)?.unit ?? ''] as const;
  });
  const units = new Map(store.engine.quantities().map(({ key, unit }) => [key, unit]));
  const results = Object.entries(report.quantities).map(
    ([key, value]) => ['result', key, quantity_name(key), value, units.get(key) ?? ''] as const,
  );
  const rows = [...inputs, ...results].map(([kind, key, name, value, unit]) => [
    kind,
    key,
    name,
    value,
    unit_name(unit),
  ]);
  return [['kind', 'key', 'name', 'value', 'unit'], ...rows]
    .map((row) => `${row.map(csv_cell).join(',')}\r\n`)
    .join('');
}

async function png_of(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), card_size);
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((png) => (png ? resolve(png) : reject(new Error('no picture'))), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
