// Where the time of each phase goes: a bar and a table row per operator. Hatched bars run while something else runs and
// are not in the sum.
import { lazy_chart } from '../charts/lazy_chart';
import { is_hidden, time_picture } from '../charts/time_picture';
import { quantity_name, t, word } from '../i18n/i18n';
import { format_fixed, format_number, format_percent } from '../i18n/format';
import type { PhaseReport } from '../engine/engine';
import { use_store } from '../state/context';
import { is_narrow } from '../state/media';
import { NumberButton } from './number_button';

const Picture = lazy_chart(time_picture);

export function Times() {
  const store = use_store();
  const phases = store.report.value?.phases ?? {};
  return (
    <>
      {phases.decode && <PhaseTime id="decode" phase={phases.decode} />}
      {phases.prefill && <PhaseTime id="prefill" phase={phases.prefill} />}
    </>
  );
}

function PhaseTime({ id, phase }: { id: 'decode' | 'prefill'; phase: PhaseReport }) {
  const store = use_store();
  const quantities = store.report.value?.quantities ?? {};
  const narrow = is_narrow.value; // the limiting resource then stands below the operator's name
  const hides_some = phase.operators.some((operator) => !operator.counted);
  const taken_off = phase.operators.reduce((sum, operator) => sum - Math.min(0, operator.total_ms), 0);
  // `reference` gives the times of a whole pass, which two micro-batches run twice; the others those of a layer.
  const of_passes = store.report.value?.scenario['method'] === 'reference';
  const name = t(of_passes ? (id === 'decode' ? 'time.decode_step' : 'time.prefill_pass') : `time.${id}`);
  return (
    <section class={`panel time${store.stale.value ? ' stale' : ''}`} aria-labelledby={`time-${id}-title`}>
      <h2 id={`time-${id}-title`}>
        {name}
        <span class="total">
          {quantity_name(phase.total_quantity)}{' '}
          <NumberButton quantity={phase.total_quantity} value={phase.total_ms} unit="ms" />
        </span>
      </h2>
      <Picture
        data={phase}
        label={t('time.picture', { phase: name })}
        class="time-picture"
        rows={phase.operators.length}
      />
      <div class="scroll" tabIndex={0} role="group" aria-label={t('time.table', { phase: name })}>
        <table>
          <caption class="visually-hidden">{t('time.table', { phase: name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('time.operator')}</th>
              {!narrow && <th scope="col">{t('time.resource')}</th>}
              <th scope="col" class="num">
                {t(of_passes ? 'time.per_pass' : 'time.per_layer')}
              </th>
              <th scope="col" class="num">
                {t(of_passes ? 'time.passes' : 'time.layers')}
              </th>
              <th scope="col" class="num">
                {t('time.total')}
              </th>
              <th scope="col" class="num">
                {t('time.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {phase.operators.map((operator) => (
              <tr key={operator.id} class={is_hidden(operator) ? 'hidden-by-overlap' : ''}>
                <th scope="row" class="keyed">
                  <span
                    class={`swatch resource-${operator.resource}${is_hidden(operator) ? ' hatched' : ''}`}
                    aria-hidden="true"
                  />
                  {word(`operator.${operator.id}`)}
                  {narrow && <span class="about below">{word(`resource.${operator.resource}`)}</span>}
                </th>
                {!narrow && <td>{word(`resource.${operator.resource}`)}</td>}
                <td class="num">
                  <NumberButton
                    quantity={operator.quantity}
                    value={quantities[operator.quantity] ?? operator.total_ms / operator.layers}
                  />
                </td>
                <td class="num">{Math.abs(operator.layers)}</td>
                <td class="num">{format_fixed(operator.total_ms, 3)}</td>
                <td class="num">
                  {operator.counted ? format_percent(operator.total_ms / phase.total_ms) : t('time.hidden')}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={narrow ? 3 : 4}>
                {quantity_name(phase.total_quantity)}
              </th>
              <td class="num">{format_fixed(phase.total_ms, 3)}</td>
              <td class="num">{format_percent(1)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      {taken_off > 0 && <p class="hint">{t('time.taken_off_hint', { hidden: format_number(taken_off) })}</p>}
      {hides_some && (
        <p class="hint">
          {t('time.hidden_hint', {
            hidden: format_number(
              phase.operators
                .filter((operator) => !operator.counted)
                .reduce((sum, operator) => sum + operator.total_ms, 0),
            ),
          })}
        </p>
      )}
    </section>
  );
}
