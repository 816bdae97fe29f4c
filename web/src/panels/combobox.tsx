// A text field with a list that narrows while one types: the ARIA combobox pattern. A text that names nothing is not
// thrown away: it goes to the engine, which says what is wrong with it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/i18n';
import type { Option } from './options';

interface ComboboxProps {
  id: string;
  label: string;
  described: string;
  invalid: boolean;
  value: string;
  options: Option[];
  onChoose: (id: string) => void;
}

export function Combobox(props: ComboboxProps) {
  const { id, options, value } = props;
  const [text, set_text] = useState<string | null>(null); // null: nothing typed, the chosen name is shown
  const [open, set_open] = useState(false);
  const [at, set_at] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const chosen = options.find((option) => option.id === value);
  const shown = text === null ? options : options.filter((option) => matches(option, text));

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at, open]);

  function show() {
    set_open(true);
    set_at(text === null ? options.findIndex((option) => option.id === value) : 0);
  }
  function choose(option: Option) {
    set_text(null);
    set_open(false);
    if (option.id !== value) props.onChoose(option.id);
  }
  function cancel() {
    set_text(null);
    set_open(false);
  }
  function leave() {
    set_open(false);
    if (text === null) return;
    const clean = text.normalize('NFKC').trim();
    const exact = options.find((option) => is_named(option, clean));
    set_text(null);
    if (exact) choose(exact);
    else props.onChoose(clean);
  }
  function on_key(event: KeyboardEvent) {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      if (shown.length) set_at((at + by + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const option = shown[at];
      if (text?.trim() === '') cancel();
      else if (open && option) choose(option);
      else if (text !== null) leave();
      else show();
    } else if (event.key === 'Escape' && (open || text !== null)) {
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }
  }

  return (
    <div class="combobox">
      <input
        id={id}
        type="text"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[at] ? `${id}-option-${at}` : undefined}
        aria-describedby={props.described || undefined}
        aria-invalid={props.invalid}
        autocomplete="off"
        spellcheck={false}
        value={text ?? chosen?.name ?? value}
        onInput={(event) => {
          set_text(event.currentTarget.value);
          set_open(true);
          set_at(0);
        }}
        onFocus={(event) => event.currentTarget.select()}
        onClick={show}
        onBlur={leave}
        onKeyDown={on_key}
      />
      <span class="chevron" aria-hidden="true">
        ▾
      </span>
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={props.label} hidden={!open}>
        {open &&
          shown.map((option, index) => (
            <li
              key={option.id}
              id={`${id}-option-${index}`}
              role="option"
              aria-selected={index === at}
              class={option.covered ? undefined : 'not-covered'}
              // mousedown would take the focus, and leaving the field closes the list
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <span>{option.name}</span>
              <span class="detail">{[option.id, option.detail].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        {open && shown.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled="true" class="nothing">
            {t('combobox.nothing')}
          </li>
        )}
      </ul>
    </div>
  );
}

function matches(option: Option, text: string): boolean {
  const all = `${option.name} ${option.id} ${option.detail}`.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .every((part) => all.includes(part));
}

function is_named(option: Option, text: string): boolean {
  const lower = text.toLowerCase();
  return option.id.toLowerCase() === lower || option.name.toLowerCase() === lower;
}
