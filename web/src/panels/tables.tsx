// The tables of the published analysis, for whatever is asked: the reader's scenario with two or three inputs varied.
import { t } from '../i18n/i18n';
import { use_store } from '../state/context';
import { GridTable, type TableSpec } from './grid_table';

const overlap = { parameter: 'overlap', values: ['none', 'ideal'] };
const nic = { parameter: 'nic_gbit_per_s', values: [400, 200, 100] };
const batch = (values: number[]) => ({ parameter: 'decode.batch_per_gpu', values });

export function Tables() {
  const store = use_store();
  const phase = store.value('phase');
  const decode: TableSpec[] = [
    {
      id: 'batch',
      title: t('grid.batch'),
      hint: t('grid.batch_hint'),
      fixed: {},
      rows: [batch([32, 64, 128, 256])],
      columns: [overlap],
      quantities: ['decode.tpot_ms', 'decode.tps_per_user', 'decode.tokens_per_s_per_gpu'],
    },
    {
      id: 'largest',
      title: t('grid.largest'),
      hint: t('grid.largest_hint'),
      fixed: { 'decode.redundant_experts': 'auto' },
      rows: [
        { parameter: 'mla_absorb', values: ['yes', 'no'] },
        { parameter: 'kv_format', values: ['fp8', 'bf16'] },
        { parameter: 'decode.tensor_parallel', values: [1, 4] },
      ],
      columns: [{ parameter: 'decode.expert_parallel', values: [34, 72, 144, 320] }],
      quantities: ['memory.largest_batch_per_gpu'],
      wary: (value, scenario) =>
        value < Number(scenario['decode.batch_per_gpu'] ?? store.value('decode.batch_per_gpu')),
    },
    {
      id: 'budget',
      title: t('grid.budget'),
      hint: t('grid.budget_hint'),
      fixed: {},
      rows: [batch([32, 64, 128])],
      columns: [nic],
      quantities: ['decode.time_budget_ms'],
      wary: (value) => value < 0,
    },
  ];
  const prefill: TableSpec[] = [
    {
      id: 'prefill-device',
      title: t('grid.prefill_device'),
      hint: t('grid.prefill_device_hint'),
      fixed: { 'prefill.data_parallel': 'auto' },
      rows: [
        { parameter: 'device', values: ['h800', 'h20', 'h20-3e'] },
        { parameter: 'prefill.tensor_parallel', values: [4, 8] },
      ],
      columns: [overlap],
      quantities: ['prefill.ttft_ms', 'prefill.tokens_per_s_per_node'],
    },
    {
      id: 'prefill-network',
      title: t('grid.prefill_network'),
      hint: t('grid.prefill_network_hint'),
      fixed: { 'prefill.data_parallel': 'auto' },
      rows: [{ parameter: 'prefill.tensor_parallel', values: [4, 8] }, nic],
      columns: [overlap],
      quantities: ['prefill.ttft_ms', 'prefill.tokens_per_s_per_node'],
    },
  ];
  const tables = [...(phase === 'prefill' ? [] : decode), ...(phase === 'decode' ? [] : prefill)];
  return (
    <section class="panel tables" aria-labelledby="tables-title">
      <h2 id="tables-title">{t('grid.title')}</h2>
      <p class="hint">{t('grid.hint')}</p>
      {tables.map((spec) => (
        <GridTable key={spec.id} spec={spec} />
      ))}
    </section>
  );
}
