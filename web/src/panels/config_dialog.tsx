// A model that the catalogue does not have: its config.json, pasted, chosen or dropped, becomes the question's model.
import { computed, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ImportedConfig, Scenario } from '../engine/engine';
import { rest } from '../engine/rest';
import { format_exact, format_fixed } from '../i18n/format';
import { error_text, parameter_name, t, word } from '../i18n/i18n';
import { use_store } from '../state/context';
import { config_is_open } from './config_is_open';
import { value_text } from './field';

// Outlives the dialog: a text that was refused is still there to be mended.
const text = signal('');
const answer = computed(() => (text.value.trim() === '' ? null : (rest()?.read_config(text.value) ?? 'waiting')));

const parts = [
  'full_attention',
  'window_attention',
  'linear_attention',
  'indexer',
  'dense_ffn',
  'routed_experts',
  'shared_experts',
  'router',
  'embedding',
  'lm_head',
] as const;

// Without what was said of the shape before; the model's own method.
export function with_model(scenario: Scenario, model: Scenario): Scenario {
  const others = Object.entries(scenario).filter(([key]) => !key.startsWith('model'));
  return { ...Object.fromEntries(others), method: 'reference', ...model };
}

export function ConfigDialog() {
  const store = use_store();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = config_is_open.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  const close = () => dialog.current?.close();
  const read = async (file: File | undefined) => {
    if (file) text.value = await file.text();
  };
  const now = open ? answer.value : null;
  return (
    <dialog
      ref={dialog}
      class="config"
      aria-labelledby="config-title"
      onClose={() => (config_is_open.value = false)}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void read(event.dataTransfer?.files[0]);
      }}
    >
      {open && (
        <div class="dialog-body">
          <div class="dialog-head">
            <h2 id="config-title">{t('config.title')}</h2>
            <button type="button" class="close" aria-label={t('dialog.close')} onClick={close}>
              ×
            </button>
          </div>
          <p class="hint" id="config-hint">
            {t('config.hint')}
          </p>
          <textarea
            rows={8}
            spellcheck={false}
            aria-label={t('config.text')}
            aria-describedby="config-hint"
            aria-invalid={now !== null && now !== 'waiting' && !now.ok}
            value={text.value}
            onInput={(event) => (text.value = event.currentTarget.value)}
          />
          <label class="file">
            {t('config.file')}{' '}
            <input
              type="file"
              accept=".json,application/json"
              onChange={(event) => void read(event.currentTarget.files?.[0])}
            />
          </label>
          <div role="status" class="config-answer">
            {now === 'waiting' && <p>{t('explanation.loading')}</p>}
            {now !== null && now !== 'waiting' && !now.ok && (
              <ul class="bad-text">
                {now.errors.map((error, index) => (
                  <li key={index}>{error_text(error)}</li>
                ))}
              </ul>
            )}
            {now !== null && now !== 'waiting' && now.ok && <Recognised config={now.value} />}
          </div>
          {now !== null && now !== 'waiting' && now.ok && (
            <button
              type="button"
              class="primary"
              onClick={() => {
                store.load(with_model(store.scenario.peek(), now.value.scenario));
                close();
              }}
            >
              {t('config.use')}
            </button>
          )}
        </div>
      )}
    </dialog>
  );
}

function Recognised({ config }: { config: ImportedConfig }) {
  const store = use_store();
  const { total_parameters: total, active_parameters: active, kv_bytes_per_token: kv } = config;
  const shape = Object.entries(config.scenario).filter(([key]) => key !== 'model');
  return (
    <>
      <p>
        <strong>{config.model_type}</strong>{' '}
        {t('config.counts', {
          total: format_fixed(total.sum / 1e9, 2),
          active: format_fixed(active.sum / 1e9, 2),
          bf16: format_fixed(kv.bf16 / 1024, 2),
          fp8: format_fixed(kv.fp8 / 1024, 2),
        })}
      </p>
      {(config.notes.length > 0 || config.unknown_fields.length > 0) && (
        <ul class="config-notes">
          {config.notes.map(({ code, ...places }, index) => (
            <li key={index}>{word(`config_note.${code}`, code, places)}</li>
          ))}
          {config.unknown_fields.length > 0 && (
            <li>{t('config.unknown', { fields: config.unknown_fields.join(t('list.separator')) })}</li>
          )}
        </ul>
      )}
      <div class="scroll" tabIndex={0} role="group" aria-label={t('config.parts')}>
        <table>
          <caption class="visually-hidden">{t('config.parts')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('config.part')}</th>
              <th scope="col" class="num">
                {t('config.total')}
              </th>
              <th scope="col" class="num">
                {t('config.active')}
              </th>
            </tr>
          </thead>
          <tbody>
            {parts
              .filter((part) => (total[part] ?? 0) > 0 || (active[part] ?? 0) > 0)
              .map((part) => (
                <tr key={part}>
                  <th scope="row">{t(`part.${part}`)}</th>
                  <td class="num">{format_fixed((total[part] ?? 0) / 1e6, 1)}</td>
                  <td class="num">{format_fixed((active[part] ?? 0) / 1e6, 1)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>{t('config.fields', { count: shape.length })}</summary>
        <dl class="config-fields">
          {shape.map(([key, value]) => {
            const info = store.info(key);
            return (
              <div key={key}>
                <dt>{parameter_name(key)}</dt>
                <dd>{info ? value_text(info, value) : format_exact(Number(value))}</dd>
              </div>
            );
          })}
        </dl>
      </details>
    </>
  );
}
