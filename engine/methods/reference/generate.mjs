// Turns data/efficiencies.json and data/serving.json into constexpr tables, so that the engine parses nothing at start.
// Usage: node generate.mjs <out_dir>   writes <out_dir>/efficiency_tables.inc. A constant that is missing stops the build by name.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const values = new Map();
for (const file of ['efficiencies', 'serving']) {
  for (const { key, value } of JSON.parse(readFileSync(join(here, 'data', `${file}.json`), 'utf8')).constants) {
    if (values.has(key)) throw new Error(`${key} stands twice`);
    values.set(key, value);
  }
}

// The first of the keys that has a value.
function value_of(...keys) {
  const key = keys.find((each) => values.has(each));
  if (key === undefined) throw new Error(`no constant ${keys.join(' or ')}`);
  const value = values.get(key);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${key} is not a number`);
  return String(value);
}
const brace = (...items) => `{${items.join(', ')}}`;

const FAMILIES = ['ampere', 'ada', 'hopper', 'blackwell', 'blackwell_gddr', 'other'];
const FORMATS = ['bf16', 'fp8', 'int8', 'w8a16', 'w4a16', 'nvfp4'];
// Whose measurements stand in where a family has none: messages of other devices are taken to be as Hopper's.
const kin = (family) => (family.startsWith('blackwell') ? 'blackwell' : 'hopper');

// A format that the family cannot compute is never asked for; its line repeats BF16. FP8 is the better of the two kernels measured (one scale a
// tensor, one a block): engines choose.
function gemm(family, format) {
  const of = (kernel, name) => Number(value_of(`gemm.${family}.${kernel}.${name}`, `gemm.${family}.bf16.${name}`));
  const kernels = format === 'fp8' && values.has(`gemm.${family}.fp8_block.eb`) ? ['fp8', 'fp8_block'] : [format];
  return brace(...['eb', 'ef'].map((name) => Math.max(...kernels.map((kernel) => of(kernel, name)))));
}

const message = (prefix) => brace(value_of(`${prefix}.latency`), value_of(`${prefix}.eff`));

function all_reduce(family) {
  const custom = `all_reduce.custom.${family}`;
  if (values.has(`${custom}.one_shot.latency`)) return brace(message(`${custom}.one_shot`), message(`${custom}.two_shot`), 0, 0);
  const nccl = values.has(`all_reduce.nccl.${family}.latency`) ? `all_reduce.nccl.${family}` : 'all_reduce.nccl.hopper';
  const slowdown = values.get(`${nccl}.slowdown_per_gpu_beyond_two`) ?? 0;
  return brace(brace(0, 0), message(nccl), value_of(`${nccl}.latency_per_gpu`), slowdown);
}

const low_latency = (family) =>
  brace(message(`dispatch.one_node.${kin(family)}.ll`), message(`combine.one_node.${kin(family)}.ll`), message('dispatch.nodes.ll'), message('combine.nodes.ll'));
const normal = (family) =>
  brace(message(`dispatch.one_node.${kin(family)}.normal`), message(`combine.one_node.${kin(family)}.normal`), message('exchange.nodes.normal'), message('exchange.nodes.normal'));

const rows = FAMILIES.map((family) =>
  brace(
    brace(brace(FORMATS.map((format) => gemm(family, format)).join(', '))),
    brace(value_of(`experts_decode.${family}.fp8.eb`, `experts_decode.${family}.eb`), value_of(`experts_decode.${family}.fp8.ef`, `experts_decode.${family}.ef`)),
    brace(value_of(`serving.experts_decode.${family}.four_bit.eb`, `experts_decode.${family}.fp8.eb`, `experts_decode.${family}.eb`), value_of(`experts_decode.${family}.nvfp4.ef`, `experts_decode.${family}.fp8.ef`, `experts_decode.${family}.ef`)),
    value_of(`experts_prefill.${family}.fp8.ef_deepgemm`, `experts_prefill.${family}.fp8.ef`, `experts_decode.${family}.ef`),
    brace(value_of(`serving.attention_decode.${family}.ekv`, `attention_decode.${family}.ekv`), value_of(`attention_decode.${family}.efa`, `mla_decode.${family}.fp8_kv.efa`)),
    value_of(`attention_prefill.${family}.efa`, `attention_prefill.${family}.core_efa`, `attention_prefill.${family}.module_efa`, 'attention_prefill.other.efa'),
    value_of(`stream.${family}`, 'stream.ampere'),
    value_of(`serving.gemm_floor.${family}`, `gemm.${family}.bf16.floor`),
    all_reduce(family),
    low_latency(family),
    normal(family),
    value_of(`serving.launch.${family}`),
    value_of(`serving.tpot_error.${family}`),
  ),
);

// Before a dispatch the switched domain's kernels exchange counts.
const [dispatch, combine] = ['dispatch', 'combine'].map((what) => `${what}.nvlink_domain`);
const prepared = brace(Number(value_of(`${dispatch}.latency`)) + Number(value_of('prepare.nvlink_domain.latency')), value_of(`${dispatch}.eff`));
const text = `// Made by generate.mjs; do not edit.
constexpr ExchangeCurves nvlink_domain = ${brace(prepared, message(combine), ...['dispatch', 'combine'].map((what) => message(`${what}.nodes.ll`)))};
constexpr MessageCurve between_domains = ${message('collective.nodes')};
constexpr Calibration calibration = {
  {{
${rows.map((row) => `    ${row},`).join('\n')}
  }},
  ${brace(...['attention_floor', 'eager_layer', 'sequence', 'all_reduce_factor', 'effective_tokens', 'overlap_share', 'engine.sglang', 'engine.vllm', 'engine.trtllm'].map((key) => value_of(`serving.${key}`)))},
};
`;
mkdirSync(process.argv[2], { recursive: true });
writeFileSync(join(process.argv[2], 'efficiency_tables.inc'), text);
