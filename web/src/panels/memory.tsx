// The memory of one GPU: what lies in it, where it ends, how large the batch can be, and what would make it fit.
import { lazy_chart } from '../charts/lazy_chart';
import { memory_picture } from '../charts/memory_picture';
import { choice_name, parameter_name, t, word } from '../i18n/i18n';
import { format_fixed, format_number, format_percent } from '../i18n/format';
import type { MemoryReport, ParameterValue } from '../engine/engine';
import { use_store } from '../state/context';
import { value_text } from './field';
import { NumberButton } from './number_button';

const Picture = lazy_chart(memory_picture);

export function Memory() {
  const store = use_store();
  const memory = store.report.value?.memory;
  if (!memory) return null;
  return (
    <section
      class={`panel memory${store.stale.value ? ' stale' : ''}`}
      aria-labelledby="memory-title"
      data-fits={memory.fits}
    >
      <h2 id="memory-title">{t('memory.title')}</h2>
      <Verdict memory={memory} />
      <FitsIf memory={memory} />
      <Picture data={memory} label={t('memory.picture')} class="memory-picture" />
      <Ledger memory={memory} />
    </section>
  );
}

function Verdict({ memory }: { memory: MemoryReport }) {
  const numbers = {
    total: format_fixed(memory.total_gib, 2),
    usable: format_fixed(memory.usable_gib, 2),
    batch: format_number(memory.batch_per_gpu),
    largest: format_number(memory.largest_batch_per_gpu),
    short: format_fixed(memory.total_gib - memory.usable_gib, 2),
  };
  if (memory.fits) return <p class="verdict good">{t('memory.fits', numbers)}</p>;
  if (memory.ignored) return <p class="verdict warn">{t('memory.ignored', numbers)}</p>;
  return (
    <p class="verdict bad" role="status">
      {t('memory.does_not_fit', numbers)}
    </p>
  );
}

function FitsIf({ memory }: { memory: MemoryReport }) {
  const store = use_store();
  if (memory.fits || memory.fits_if.length === 0) return null;
  const text = (key: string, value: ParameterValue) => {
    const info = store.info(key);
    return info ? value_text(info, value) : choice_name(String(value));
  };
  return (
    <div class="fits-if">
      <h3>{t('memory.fits_if')}</h3>
      <div class="buttons">
        {memory.fits_if.map(({ parameter, value }) => (
          <button
            key={`${parameter} ${String(value)}`}
            type="button"
            onClick={() => store.load({ ...store.scenario.peek(), [parameter]: value })}
          >
            {t('memory.change', { field: parameter_name(parameter), value: text(parameter, value) })}
          </button>
        ))}
      </div>
    </div>
  );
}

function Ledger({ memory }: { memory: MemoryReport }) {
  const share = (gib: number) => format_percent(gib / memory.usable_gib);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t('memory.table')}>
      <table class="ledger">
        <caption class="visually-hidden">{t('memory.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('memory.item')}</th>
            <th scope="col" class="num">
              GiB
            </th>
            <th scope="col" class="num">
              {t('memory.of_usable')}
            </th>
          </tr>
        </thead>
        <tbody>
          {memory.items.map((item, index) => (
            <tr key={item.id}>
              <th scope="row" class="keyed">
                <span class={`swatch series-${index % 10}`} aria-hidden="true" />
                {word(`ledger.${item.id}`)}
              </th>
              <td class="num">
                <NumberButton quantity={item.quantity} value={item.gib}>
                  {format_fixed(item.gib, 2)}
                </NumberButton>
              </td>
              <td class="num">{share(item.gib)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr class={memory.fits ? '' : 'over'}>
            <th scope="row">{t('memory.total')}</th>
            <td class="num">{format_fixed(memory.total_gib, 2)}</td>
            <td class="num">{share(memory.total_gib)}</td>
          </tr>
          <tr>
            <th scope="row">{t('memory.usable')}</th>
            <td class="num">{format_fixed(memory.usable_gib, 2)}</td>
            <td class="num">{t('memory.of_card', { capacity: format_fixed(memory.capacity_gib, 0) })}</td>
          </tr>
          <tr>
            <th scope="row">{t('memory.largest_batch')}</th>
            <td class="num">
              <NumberButton quantity="memory.largest_batch_per_gpu" value={memory.largest_batch_per_gpu} />
            </td>
            <td class="num">{t('memory.asked', { batch: format_number(memory.batch_per_gpu) })}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
