// One line that says what is being asked, in the field's shorthand.
import { Fragment } from 'preact';
import { choice_name, has_word, t, word } from '../i18n/i18n';
import { format_exact } from '../i18n/format';
import { use_store } from '../state/context';
import { same_scenario, sparse } from '../state/scenario';
import type { Store } from '../state/store';
import { overlap_name } from './axis_value';
import { name_of } from './options';

const sharing = [
  ['EP', 'expert_parallel'],
  ['TP', 'tensor_parallel'],
  ['DP', 'data_parallel'],
  ['MoE-TP', 'moe_tensor_parallel'],
  ['PP', 'pipeline_parallel'],
] as const;

export function Summary() {
  const store = use_store();
  return (
    <div class="summary">
      <h1>{title_of_summary(store)}</h1>
      <p class="parts">
        {parts_of_summary(store).map((part) => (
          <Fragment key={part}>
            <span>{part}</span>{' '}
          </Fragment>
        ))}
      </p>
      <PresetHint />
    </div>
  );
}

// The preset that the question is, if it is one.
export const present_preset = (store: Store) =>
  store.engine
    .names()
    .presets.find(({ scenario }) => same_scenario(sparse(scenario, store.table), store.scenario.value));

// Where its numbers come from.
function PresetHint() {
  const key = `preset.${present_preset(use_store())?.id ?? ''}.hint`;
  return has_word(key) ? <p class="hint">{word(key)}</p> : null;
}

export function title_of_summary(store: Store): string {
  const name = (key: string) => {
    const asked = (store.report.value?.scenario ?? store.scenario.value)[key] ?? store.value(key);
    return name_of(store.engine, store.info(key), String(asked));
  };
  return t('summary.title', { model: name('model'), device: name('device') });
}

export function parts_of_summary(store: Store): string[] {
  const number = (key: string) => {
    const value = store.resolved(key);
    return typeof value === 'number' ? format_exact(value) : String(value);
  };
  // "EP32 DP32": what is shared among more than one GPU.
  const layout = (of: 'prefill' | 'decode') =>
    sharing
      .map(([short, key]) => [short, store.resolved(`${of}.${key}`)] as const)
      .filter(([, gpus]) => Number(gpus) > 1)
      .map(([short, gpus]) => `${short}${String(gpus)}`)
      .join(' ') || t('summary.one_gpu');
  const phase = store.resolved('phase');
  const is_reference = store.resolved('method') === 'reference';
  const aggregated = is_reference && store.resolved('serving') === 'aggregated';
  const given_batch = store.report.value?.quantities['decode.batch_per_gpu'];
  const batch =
    given_batch === undefined ? number('decode.batch_per_gpu') : format_exact(Number(given_batch.toPrecision(4)));
  return [
    ...(phase === 'decode' || aggregated
      ? []
      : [
          is_reference
            ? t('summary.prefill_layout', { layout: layout('prefill') })
            : t('summary.prefill', {
                ep: number('prefill.expert_parallel'),
                tp: number('prefill.tensor_parallel'),
              }),
        ]),
    ...(phase === 'prefill'
      ? []
      : [
          is_reference
            ? t(aggregated ? 'summary.aggregated_layout' : 'summary.decode_layout', {
                layout: layout('decode'),
                batch,
              })
            : t('summary.decode', {
                ep: number('decode.expert_parallel'),
                tp: number('decode.tensor_parallel'),
                batch: number('decode.batch_per_gpu'),
              }),
        ]),
    t('summary.tokens', { prompt: number('prompt_tokens'), output: number('output_tokens') }),
    t('summary.nic', { nic: number('nic_gbit_per_s') }),
    ...(is_reference ? [t('summary.weights', { format: choice_name(String(store.resolved('weight_format'))) })] : []),
    t('summary.kv', { format: choice_name(String(store.resolved('kv_format'))) }),
    t('summary.overlap', { overlap: overlap_name(String(store.resolved('overlap'))) }),
    word(`choice.${String(store.resolved('method'))}`),
  ];
}
