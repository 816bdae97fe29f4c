// The tables of the published analysis, for whatever is asked: the reader's scenario with two or three inputs varied.
import type { Scenario } from '../engine/engine';
import { t } from '../i18n/i18n';
import { use_store } from '../state/context';
import type { Store } from '../state/store';
import { GridTable, type TableSpec } from './grid_table';

const overlap = { parameter: 'overlap', values: ['none', 'ideal'] };
const nic = { parameter: 'nic_gbit_per_s', values: [400, 200, 100] };
const batch = (values: number[]) => ({ parameter: 'decode.batch_per_gpu', values });

const layout_of_decode = ['decode.expert_parallel', 'decode.tensor_parallel', 'decode.data_parallel'];

// A quarter, a half, the batch itself and twice as much.
const around = (value: number) => [1 / 4, 1 / 2, 1, 2].map((part) => Math.round(part * Math.max(4, value)));

// The same for any model on any device: layouts that fit the model, and devices of today.
function of_reference(store: Store, [by_batch, largest]: TableSpec[], [by_device]: TableSpec[]): TableSpec[] {
  const quantities = store.report.value?.quantities ?? {};
  const has_experts = Number(store.resolved('model.moe_layers')) > 0;
  const layouts = has_experts
    ? { parameter: 'decode.expert_parallel', values: [8, 16, 32, 72, 144] }
    : { parameter: 'decode.tensor_parallel', values: [1, 2, 4, 8] };
  const free_decode: Scenario = {
    'decode.redundant_experts': 'auto',
    'decode.tensor_parallel': 'auto',
    'decode.data_parallel': 'auto',
    'decode.moe_tensor_parallel': 'auto',
    'decode.concurrency': 'auto',
  };
  const free_prefill: Scenario = {
    'prefill.redundant_experts': 'auto',
    'prefill.tensor_parallel': 'auto',
    'prefill.data_parallel': 'auto',
    'prefill.expert_parallel': 'auto',
    'prefill.moe_tensor_parallel': 'auto',
  };
  const asked_batch = quantities['decode.batch_per_gpu'] ?? Number(store.resolved('decode.batch_per_gpu'));
  const is_free = layout_of_decode.some((key) => store.value(key) === 'auto');
  const tables: (TableSpec | false | undefined)[] = [
    'decode.gpus' in quantities &&
      by_batch && {
        ...by_batch,
        hint: is_free ? `${by_batch.hint} ${t('grid.free_hint')}` : by_batch.hint,
        fixed: { 'decode.concurrency': 'auto' },
        rows: [batch(around(asked_batch))],
        columns: [],
      },
    'decode.gpus' in quantities &&
      largest && {
        ...largest,
        fixed: free_decode,
        wary: (value) => value < asked_batch,
        rows: [{ parameter: 'kv_format', values: ['fp8', 'bf16'] }],
        columns: [layouts],
      },
    'prefill.gpus' in quantities &&
      by_device && {
        ...by_device,
        hint: t('grid.prefill_any_hint'),
        fixed: free_prefill,
        rows: [{ parameter: 'device', values: ['h800', 'h20', 'h200', 'b200'] }],
        columns: [],
      },
  ];
  return tables.filter((table) => table !== false && table !== undefined);
}

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
  const of_article = [...(phase === 'prefill' ? [] : decode), ...(phase === 'decode' ? [] : prefill)];
  const tables = store.value('method') === 'reference' ? of_reference(store, decode, prefill) : of_article;
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
