// What the reader must know beside the numbers.
import { has_word, parameter_name, quantity_name, t, word, type Places } from '../i18n/i18n';
import { use_store } from '../state/context';

export function Notes() {
  const store = use_store();
  const notes = store.report.value?.notes ?? [];
  if (notes.length === 0) return null;
  return (
    <section class={`panel notes${store.stale.value ? ' stale' : ''}`} aria-labelledby="notes-title">
      <h2 id="notes-title">{t('notes.title')}</h2>
      <ul>
        {notes.map((note, index) => (
          <li key={`${note.code} ${index}`}>{word(`note.${note.code}`, note.code, worded(note.parameters))}</li>
        ))}
      </ul>
    </section>
  );
}

// A text among a note's values may be a key that has words of its own.
export function worded(places: Places): Places {
  const name = (value: string) => {
    if (has_word(`parameter.${value}`)) return parameter_name(value);
    if (has_word(`quantity.${value}`)) return quantity_name(value);
    if (has_word(`choice.${value}`)) return word(`choice.${value}`);
    return value;
  };
  return Object.fromEntries(
    Object.entries(places).map(([key, value]) => [key, typeof value === 'string' ? name(value) : value]),
  );
}
