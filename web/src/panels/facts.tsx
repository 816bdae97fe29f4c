// The catalogue's entry of a model or device: every number with its kind and source.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { catalogue } from '../engine/catalogue';
import { has_word, t, unit_name, word } from '../i18n/i18n';
import { format_exact } from '../i18n/format';
import { kind_name, SourceLine } from './sources';

// Which entry is shown; null: none.
export const facts_of = signal<{ type: 'model' | 'device'; id: string } | null>(null);

function catalogue_entry(type: 'model' | 'device', id: string) {
  const all = catalogue();
  return (type === 'model' ? all?.models : all?.devices)?.find((each) => each['id'] === id);
}

export function FactsDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = facts_of.value;
  useEffect(() => {
    if (shown) dialog.current?.showModal();
  }, [shown]);
  const entry = shown && catalogue_entry(shown.type, shown.id);
  return (
    <dialog
      ref={dialog}
      class="facts"
      aria-labelledby="facts-title"
      onClose={() => (facts_of.value = null)}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      {entry && (
        <div class="dialog-body">
          <div class="dialog-head">
            <h2 id="facts-title">{String(entry['name'] ?? shown.id)}</h2>
            <button type="button" class="close" aria-label={t('dialog.close')} onClick={() => dialog.current?.close()}>
              ×
            </button>
          </div>
          <div class="scroll" tabIndex={0} role="group" aria-labelledby="facts-title">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('facts.name')}</th>
                  <th scope="col" class="num">
                    {t('facts.value')}
                  </th>
                  <th scope="col">{t('facts.source')}</th>
                </tr>
              </thead>
              <tbody>
                {Object.entries(entry)
                  .filter(([key]) => key !== 'id' && key !== 'name')
                  .map(([key, value]) => (
                    <FactRow key={key} name={key} value={value} />
                  ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </dialog>
  );
}

// A number, flag or text of the catalogue; `state` stands only where there is no value.
interface CatalogueFact {
  value: number | string | boolean | null;
  state?: 'known' | 'unsupported' | 'unknown';
  unit?: string;
  kind?: string;
  source?: string;
  unverified?: boolean;
  note?: string;
}

function FactRow({ name, value }: { name: string; value: unknown }) {
  if (name === 'sources' && Array.isArray(value)) {
    return (
      <tr>
        <th scope="row">{t('facts.sources')}</th>
        <td colSpan={2}>
          {value.map((id) => (
            <SourceLine key={String(id)} id={String(id)} />
          ))}
        </td>
      </tr>
    );
  }
  if (name === 'shape' && typeof value === 'object' && value !== null) {
    return (
      <>
        {Object.entries(value).map(([key, number]) => (
          <FactRow key={key} name={key} value={number} />
        ))}
      </>
    );
  }
  if (!is_fact(value)) {
    const text = plain_text(value);
    if (text === '') return null;
    return (
      <tr>
        <th scope="row">{fact_name(name)}</th>
        <td colSpan={2}>{text}</td>
      </tr>
    );
  }
  const has_source = catalogue()?.sources.some((source) => source.id === value.source);
  return (
    <tr>
      <th scope="row">{fact_name(name)}</th>
      <td class="num">
        {fact_value(name, value)}{' '}
        {value.value !== null && value.unit && <span class="unit">{unit_of(value.unit)}</span>}
      </td>
      <td>
        {value.source && has_source ? <SourceLine id={value.source} /> : value.kind && kind_name(value.kind)}
        {value.unverified && <span class="mark warn">{t('facts.unverified')}</span>}
        {value.note && <span class="about"> {value.note}</span>}
      </td>
    </tr>
  );
}

function fact_value(name: string, fact: CatalogueFact): string {
  const { value, state } = fact;
  if (typeof value === 'number') return name.endsWith('year') ? String(value) : format_exact(value);
  if (typeof value === 'boolean') return t(value ? 'field.yes' : 'field.no');
  if (typeof value === 'string') return value;
  return word(`state.${state ?? 'unknown'}`);
}

const unit_of = (unit: string) => (has_word(`unit.${unit}`) ? unit_name(unit) : unit);

function is_fact(value: unknown): value is CatalogueFact {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'value' in value;
}

function plain_text(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (typeof value === 'number') return format_exact(value);
  if (typeof value === 'object') return '';
  return String(value);
}

// "memory_bandwidth_gb_per_s": its own word, or as written without the unit, which stands beside the value.
function fact_name(key: string): string {
  if (has_word(`fact.${key}`)) return word(`fact.${key}`);
  if (has_word(`parameter.device.${key}`)) return word(`parameter.device.${key}`);
  return key.replace(/_(gbit_per_s|gb_per_s|tflops|gib|gb|mhz|tops|w)$/, '').replaceAll('_', ' ');
}
