// One input of the form, made from its row in the parameter table. The same parameter may stand on the page twice
// (short form and full form), so ids carry a prefix.
import { choice_name, error_text, has_word, parameter_name, t, unit_name, word } from '../i18n/i18n';
import { format_exact } from '../i18n/format';
import type { ParameterInfo, ParameterValue } from '../engine/engine';
import { use_store } from '../state/context';
import { Combobox } from './combobox';
import { config_is_open } from './config_is_open';
import { facts_of } from './facts';
import { custom, options_of } from './options';

interface FieldProps {
  name: string;
  prefix: string;
  hints?: boolean;
}

export function Field({ name, prefix, hints = true }: FieldProps) {
  const store = use_store();
  const info = store.info(name);
  if (!info) return null;
  const id = `${prefix}-${name.replaceAll('.', '-')}`;
  const errors = store.errors_of(name);
  const changed = store.is_changed(name);
  const hint_key = `parameter.${name}.hint`;
  const shows_hint = hints && has_word(hint_key);
  const described = [...(shows_hint ? [`${id}-hint`] : []), ...(errors.length ? [`${id}-error`] : [])].join(' ');
  const control: ControlProps = { info, id, described, invalid: errors.length > 0, facts: hints };

  return (
    <div class={`field${changed ? ' changed' : ''}${errors.length ? ' invalid' : ''}`}>
      <div class="field-head">
        <label for={id}>{parameter_name(name)}</label>
        {changed && (
          <button
            type="button"
            class="reset"
            title={t('field.reset_to', { value: value_text(info, info.default) })}
            aria-label={t('field.reset', { field: parameter_name(name) })}
            onClick={() => store.set(name, info.default)}
          >
            ↺
          </button>
        )}
      </div>
      <Control {...control} />
      {hints && info.type === 'model' && (
        <button type="button" class="link import" onClick={() => (config_is_open.value = true)}>
          {t('config.open')}
        </button>
      )}
      <div class="field-error" id={`${id}-error`} aria-live="polite">
        {errors.map((error) => (
          <p key={error.code}>{error_text(error)}</p>
        ))}
      </div>
      {shows_hint && (
        <p class="hint" id={`${id}-hint`}>
          {word(hint_key)} <span class="range">{range_text(info)}</span>
        </p>
      )}
    </div>
  );
}

interface ControlProps {
  info: ParameterInfo;
  id: string;
  described: string;
  invalid: boolean;
  // A button to the catalogue's entry; the short form has no room for it.
  facts: boolean;
}

function Control(props: ControlProps) {
  switch (props.info.type) {
    case 'integer':
    case 'number':
      return <NumberControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} />;
    case 'boolean':
      return <BooleanControl {...props} />;
    case 'model':
    case 'device':
      return <NamedControl {...props} />;
  }
}

const aria = ({ described, invalid }: ControlProps) => ({
  'aria-describedby': described || undefined,
  'aria-invalid': invalid,
});

// A text field, not type=number: a spinner throws away what it cannot read.
function NumberControl(props: ControlProps) {
  const { info, id } = props;
  const store = use_store();
  const value = store.value(info.key);
  const automatic = info.allows_auto && value === 'auto';
  const text = store.text(info.key) ?? (automatic ? '' : String(value));
  const resolved = automatic ? store.resolved(info.key) : '';
  return (
    <div class="control">
      <input
        {...aria(props)}
        id={id}
        type="text"
        inputMode={info.type === 'integer' ? 'numeric' : 'decimal'}
        autocomplete="off"
        spellcheck={false}
        value={text}
        placeholder={automatic ? (resolved === 'auto' ? t('field.auto') : value_text(info, resolved)) : ''}
        onInput={(event) => store.type(info.key, event.currentTarget.value)}
        onBlur={() => store.settle(info.key)}
      />
      {info.unit !== '' && <span class="unit">{unit_name(info.unit)}</span>}
      {info.allows_auto && (
        <button
          type="button"
          class="auto"
          aria-pressed={automatic}
          aria-label={`${t('field.auto')}: ${parameter_name(info.key)}`}
          onClick={() => store.set(info.key, automatic ? explicit(resolved, info) : 'auto')}
        >
          {t('field.auto')}
        </button>
      )}
    </div>
  );
}

// What to write into the field when the reader leaves "auto": what auto stood for.
function explicit(resolved: ParameterValue, info: ParameterInfo): ParameterValue {
  return resolved === 'auto' ? (info.minimum ?? 1) : resolved;
}

function ChoiceControl(props: ControlProps) {
  const { info, id } = props;
  const store = use_store();
  const resolved = store.resolved(info.key);
  const automatic_label =
    resolved === 'auto' || store.value(info.key) !== 'auto'
      ? t('field.auto')
      : t('field.auto_is', { value: value_text(info, resolved) });
  return (
    <div class="control">
      <select
        {...aria(props)}
        id={id}
        value={String(store.value(info.key))}
        onChange={(event) => store.set(info.key, event.currentTarget.value)}
      >
        {info.allows_auto && <option value="auto">{automatic_label}</option>}
        {info.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice_name(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}

function BooleanControl(props: ControlProps) {
  const { info, id } = props;
  const store = use_store();
  return (
    <div class="control">
      <input
        {...aria(props)}
        id={id}
        type="checkbox"
        checked={store.value(info.key) === true}
        onChange={(event) => store.set(info.key, event.currentTarget.checked)}
      />
    </div>
  );
}

function NamedControl(props: ControlProps) {
  const { info, id } = props;
  const store = use_store();
  const value = String(store.value(info.key));
  const type = info.type === 'model' ? 'model' : 'device';
  return (
    <div class="control">
      <Combobox
        id={id}
        label={parameter_name(info.key)}
        described={props.described}
        invalid={props.invalid}
        value={value}
        options={options_of(store.engine, info)}
        onChoose={(chosen) => store.set(info.key, chosen)}
      />
      {props.facts && (
        <button
          type="button"
          class="auto"
          title={t('field.facts')}
          aria-label={`${parameter_name(info.key)}: ${t('field.facts')}`}
          disabled={value === custom || !info.choices.includes(value)}
          onClick={() => (facts_of.value = { type, id: value })}
        >
          i
        </button>
      )}
    </div>
  );
}

export function value_text(info: ParameterInfo, value: ParameterValue): string {
  if (value === 'auto') return t('field.auto');
  if (typeof value === 'number') return format_exact(value);
  if (typeof value === 'boolean') return t(value ? 'field.yes' : 'field.no');
  return info.type === 'choice' ? choice_name(value) : value;
}

function range_text(info: ParameterInfo): string {
  if (info.minimum === null || info.maximum === null) return '';
  if (info.type !== 'integer' && info.type !== 'number') return '';
  return t('field.range', {
    minimum: format_exact(info.minimum),
    maximum: format_exact(info.maximum),
  });
}
