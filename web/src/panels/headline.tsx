// The numbers that people ask for first. Each is a button that opens its explanation.
import { quantity_name, short_quantity_name, t, unit_name } from '../i18n/i18n';
import { format_exact, format_number, missing } from '../i18n/format';
import type { Report } from '../engine/engine';
import { use_store } from '../state/context';
import { quantity_unit } from './quantities';

interface HeadlineGroup {
  id: 'decode' | 'prefill' | 'memory' | 'economics';
  quantities: string[];
}

const groups: HeadlineGroup[] = [
  {
    id: 'decode',
    quantities: ['decode.tpot_ms', 'decode.tps_per_user', 'decode.tokens_per_s_per_gpu'],
  },
  { id: 'prefill', quantities: ['prefill.ttft_ms', 'prefill.tokens_per_s_per_node'] },
  { id: 'memory', quantities: ['memory.largest_batch_per_gpu'] },
  {
    id: 'economics',
    quantities: ['economics.cost_usd_per_day', 'economics.revenue_usd_per_day', 'economics.profit_over_cost'],
  },
];

export function Headline() {
  const store = use_store();
  const report = store.report.value;
  return (
    <section
      class={`headline${store.stale.value ? ' stale' : ''}`}
      aria-labelledby="headline-title"
      data-status={report?.status ?? 'none'}
    >
      <h2 id="headline-title" class="visually-hidden">
        {t('headline.title')}
      </h2>
      {groups.map((group, index) => (
        <div key={group.id} class={`headline-group headline-${group.id}`}>
          <h3>
            {group.id === 'economics' ? name_of_day(report) : t(`headline.${group.id}`)}
            <GroupMark group={group.id} report={report} />
          </h3>
          <div class="headline-numbers">
            {group.quantities.map((quantity, place) => (
              <HeadlineNumber key={quantity} quantity={quantity} report={report} first={index === 0 && place === 0} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

// Rates per node are no part of what a given number of nodes costs and earns.
const is_of_day = (key: string) => key.startsWith('economics.') && !key.endsWith('_tokens_per_s_per_node');

// Whose day it is: money is of so many nodes, whatever the question's GPU.
function name_of_day(report: Report | null): string {
  const asked = report?.scenario['economics.average_nodes'];
  const needed = report?.quantities['economics.fleet_nodes'];
  const is_published = report !== null && !report.changed.some(is_of_day);
  if (is_published && typeof asked === 'number')
    return t('headline.economics_published', { nodes: format_exact(asked) });
  if (typeof asked === 'number') return t('headline.economics_of', { nodes: format_exact(asked) });
  return needed === undefined ? t('headline.economics') : t('headline.economics_of', { nodes: format_number(needed) });
}

function GroupMark({ group, report }: { group: HeadlineGroup['id']; report: Report | null }) {
  if (group !== 'decode' && group !== 'memory') return null;
  const gpus = report?.quantities['decode.gpus'];
  if (group === 'memory' && gpus !== undefined && report?.memory?.fits) {
    return <span class="mark good">{t('memory.fits_on', { gpus: format_exact(gpus) })}</span>;
  }
  if (report?.status === 'does_not_fit') {
    return <span class="mark bad">{t('memory.does_not_fit_short')}</span>;
  }
  if (report?.memory?.ignored) return <span class="mark warn">{t('memory.ignored_short')}</span>;
  return null;
}

interface HeadlineNumberProps {
  quantity: string;
  report: Report | null;
  first: boolean;
}

function HeadlineNumber({ quantity, report, first }: HeadlineNumberProps) {
  const store = use_store();
  const value = report?.quantities[quantity];
  const unit = quantity_unit(store.engine, quantity);
  return (
    <button
      type="button"
      class="headline-number"
      data-quantity={quantity}
      data-value={value}
      {...(first ? { 'data-first-result': true } : {})}
      disabled={value === undefined}
      title={t('number.explain', { name: quantity_name(quantity) })}
      onClick={() => (store.explaining.value = [quantity])}
    >
      <span class="name">{short_quantity_name(quantity)}</span>
      <span class="value">{value === undefined ? missing : format_number(value)}</span>
      <span class="unit">{unit_name(unit)}</span>
    </button>
  );
}
