// Tells a screen reader the new headline, once the reader pauses.
import { quantity_name, t, unit_name } from '../i18n/i18n';
import { format_number } from '../i18n/format';
import { quantity_unit } from '../panels/quantities';
import { use_page } from '../state/context';

const told = ['decode.tpot_ms', 'decode.tokens_per_s_per_gpu', 'prefill.ttft_ms'];

export function LiveRegion() {
  const { store, calm } = use_page();
  const report = calm.value?.report;
  const text = !report
    ? ''
    : report.status === 'does_not_fit'
      ? t('memory.does_not_fit_short')
      : told
          .filter((quantity) => quantity in report.quantities)
          .map(
            (quantity) =>
              `${quantity_name(quantity)} ${format_number(report.quantities[quantity])} ` +
              unit_name(quantity_unit(store.engine, quantity)),
          )
          .join(t('list.separator'));
  return (
    <div class="visually-hidden" aria-live="polite" data-live>
      {text}
    </div>
  );
}
