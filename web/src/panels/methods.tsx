// The same question put to every method, beside what others measured for this model on this device.
import { useState } from 'preact/hooks';
import { choice_name, error_text, short_quantity_name, t, unit_name } from '../i18n/i18n';
import { format_number, missing } from '../i18n/format';
import type { Scenario } from '../engine/engine';
import { use_page } from '../state/context';
import { load_validation, validation, type Run } from '../validation/data';
import { quantity_unit } from './quantities';

const compared = [
  'decode.tpot_ms',
  'decode.tps_per_user',
  'decode.tokens_per_s_per_gpu',
  'decode.tokens_per_s_per_node',
  'prefill.tokens_per_s_per_node',
  'memory.largest_batch_per_gpu',
];
const most_runs = 8;

export function Methods() {
  const { store, calm } = use_page();
  const scenario = calm.value?.scenario;
  const info = store.info('method');
  if (!scenario || !info) return null;
  const present = scenario['method'] ?? info.default;
  return (
    <section class="panel methods" aria-labelledby="methods-title">
      <h2 id="methods-title">{t('methods.title')}</h2>
      <p class="hint">{t('methods.hint')}</p>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="methods-title">
        <table class="cells" data-table="methods">
          <thead>
            <tr>
              <th scope="col">{t('methods.method')}</th>
              {compared.map((quantity) => (
                <th key={quantity} scope="col" class="num">
                  {quantity.endsWith('per_node')
                    ? t(quantity.startsWith('prefill') ? 'methods.prefill_per_node' : 'methods.decode_per_node')
                    : short_quantity_name(quantity)}{' '}
                  <span class="unit">{unit_name(quantity_unit(store.engine, quantity))}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {info.choices.map((method) => (
              <MethodRow key={method} method={method} here={method === present} scenario={{ ...scenario, method }} />
            ))}
          </tbody>
        </table>
      </div>
      <Measured scenario={scenario} />
    </section>
  );
}

function MethodRow({ method, here, scenario }: { method: string; here: boolean; scenario: Scenario }) {
  const { store } = use_page();
  const answer = store.engine.evaluate(scenario);
  return (
    <tr data-method={method} class={here ? 'here' : ''}>
      <th scope="row">
        {here || !answer.ok ? (
          choice_name(method)
        ) : (
          <button type="button" class="link" title={t('methods.take')} onClick={() => store.load(scenario)}>
            {choice_name(method)}
          </button>
        )}
      </th>
      {answer.ok ? (
        compared.map((quantity) => {
          const value = answer.value.quantities[quantity];
          const refused =
            value === undefined && quantity === 'decode.tpot_ms' && answer.value.status === 'does_not_fit';
          return (
            <td key={quantity} class="num">
              {refused ? <span class="refused">{t('grid.does_not_fit')}</span> : format_number(value)}
            </td>
          );
        })
      ) : (
        <td colSpan={compared.length} class="refusal">
          {answer.errors.map((error, index) => (
            <p key={index}>{error_text(error)}</p>
          ))}
        </td>
      )}
    </tr>
  );
}

// Runs of the same model on the same device, those with the nearest number of requests in flight first.
export function matching_runs(runs: readonly Run[], model: string, device: string, concurrency: number): Run[] {
  const distance = (run: Run) => Math.abs(Math.log(run.concurrency / concurrency));
  return runs
    .filter((run) => run.catalogue_model === model && run.catalogue_device === device)
    .sort((one, other) => distance(one) - distance(other))
    .slice(0, most_runs);
}

function Measured({ scenario }: { scenario: Scenario }) {
  const { store, calm } = use_page();
  const [failed, set_failed] = useState(false);
  const data = validation.value;
  if (!data) {
    return (
      <p>
        <button type="button" class="load-measured" onClick={() => load_validation().catch(() => set_failed(true))}>
          {t('methods.load')}
        </button>{' '}
        {failed && <span class="bad-text">{t('view.not_loaded')}</span>}
      </p>
    );
  }
  const asked = (key: string) => String(scenario[key] ?? store.info(key)?.default ?? '');
  const concurrency = Number(calm.value?.report.quantities['decode.global_batch'] ?? 64);
  const runs = matching_runs(data.runs, asked('model'), asked('device'), concurrency);
  if (runs.length === 0) return <p class="hint measured-none">{t('methods.none')}</p>;
  return (
    <>
      <h3 id="methods-measured">{t('methods.measured')}</h3>
      <p class="hint">{t('methods.measured_hint')}</p>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="methods-measured">
        <table data-table="measured">
          <thead>
            <tr>
              <th scope="col">{t('methods.run')}</th>
              <th scope="col" class="num">
                {t('methods.requests')}
              </th>
              <th scope="col" class="num">
                {t('methods.measured_tpot')} <span class="unit">ms</span>
              </th>
              <th scope="col" class="num">
                {t('methods.predicted_tpot')} <span class="unit">ms</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id}>
                <th scope="row">
                  {[run.engine, choice_name(run.weight_format), run.mode].join(t('list.separator'))}
                  <span class="about below">{run.id}</span>
                </th>
                <td class="num">{format_number(run.concurrency)}</td>
                <td class="num">{format_number(run.measured)}</td>
                <td class="num">{run.predicted === null ? missing : format_number(run.predicted)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
