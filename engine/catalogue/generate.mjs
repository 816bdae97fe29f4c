// Turns data/*.json into one C++ file of constexpr tables, so that the engine parses nothing at start.
// Usage: node generate.mjs <out_dir>   writes <out_dir>/catalogue_tables.inc and catalogue_tables_slim.inc, the same
// numbers without the prose (notes, titles, configs), which the page fetches as JSON when somebody asks for it.
// The data is checked first; any fault stops the build with every fault named.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);

const KINDS = ['datasheet', 'measured', 'published', 'assumed'];
const NOT_SUPPORTED = 'not supported';

// Order and spelling of the members of Device in catalogue.h.
const NUMBER_FACTS = [
  'year',
  'peak_dense_bf16_tflops',
  'peak_dense_fp16_tflops',
  'peak_dense_fp8_tflops',
  'peak_dense_int8_tops',
  'peak_dense_fp4_tflops',
  'memory_marketed_gb',
  'memory_bandwidth_gb_per_s',
  'scaleup_unidirectional_gb_per_s',
  'scaleout_nic_gbit_per_s',
  'tdp_w',
  'sm_count',
  'boost_mhz',
  'usd_per_gpu_hour',
  'measured_bf16_tflops',
  'measured_fp8_tflops',
  'measured_memory_bandwidth_gb_per_s',
];
const RANGE_FACTS = ['scaleup_domain_devices'];
const FLAG_FACTS = ['native_fp8', 'native_fp4'];
const TEXT_FACTS = ['memory_type', 'scaleup_kind'];

// Members of ModelShape in catalogue.h, each with the other spellings that publishers use for the same thing.
// Only spellings are folded here. Fields whose meaning depends on the model family (Mixtral's intermediate_size
// is that of an expert) are left to whoever reads the configuration.
const SHAPE = {
  hidden_size: [],
  num_hidden_layers: ['num_layers'],
  first_k_dense_replace: ['moe_layer_start_index'],
  intermediate_size: ['ffn_hidden_size'],
  moe_intermediate_size: ['expert_ffn_hidden_size'],
  n_routed_experts: ['num_experts', 'num_local_experts', 'moe_num_experts'],
  n_shared_experts: ['num_shared_experts', 'num_shared_expert', 'moe_num_shared_experts'],
  num_experts_per_tok: ['num_experts_per_token', 'experts_per_token', 'moe_topk', 'moe_k'],
  num_attention_heads: [],
  num_key_value_heads: [],
  head_dim: [],
  q_lora_rank: [],
  kv_lora_rank: [],
  qk_nope_head_dim: [],
  qk_rope_head_dim: [],
  v_head_dim: [],
  vocab_size: [],
  num_nextn_predict_layers: ['mtp_num_hidden_layers'],
  n_group: ['num_expert_group'],
  topk_group: [],
};

// Members of Architecture in engine/architecture/architecture.h, in order; an entry gives those that are not 0.
const ARCHITECTURE = [
  'layers',
  'hidden_size',
  'vocab_size',
  'tied_embeddings',
  'attention_kind',
  'heads',
  'kv_heads',
  'head_dim',
  'v_head_dim',
  'q_lora_rank',
  'kv_lora_rank',
  'qk_nope_head_dim',
  'qk_rope_head_dim',
  'attention_output_gate',
  'window_layers',
  'window_tokens',
  'window_kv_heads',
  'linear_layers',
  'linear_key_heads',
  'linear_value_heads',
  'linear_key_head_dim',
  'linear_value_head_dim',
  'linear_conv_kernel',
  'index_layers',
  'index_heads',
  'index_head_dim',
  'index_topk',
  'moe_layers',
  'dense_intermediate_size',
  'experts',
  'experts_per_token',
  'expert_intermediate_size',
  'shared_expert_intermediate_size',
  'expert_groups',
  'expert_group_limit',
  'mtp_layers',
  'experts_only_quantized',
];

// Members of CountedParts in catalogue.h, and what most publishers' total and active numbers have.
const COUNTED_PARTS = {
  total: { embedding: true, lm_head: true, router: true, all_layers_as_moe: false, digits_cut: false, vision_b: 0 },
  active: { embedding: false, lm_head: true, router: true, all_layers_as_moe: false, digits_cut: false, vision_b: 0 },
};

function read(name) {
  return JSON.parse(readFileSync(join(here, 'data', `${name}.json`), 'utf8'))[name];
}

function check_keys(where, object, required, optional) {
  for (const key of required) if (!(key in object)) fault(where, `"${key}" is missing`);
  for (const key of Object.keys(object)) {
    if (!required.includes(key) && !optional.includes(key)) fault(where, `unknown key "${key}"`);
  }
}

const is_text = (value) =>
  typeof value === 'string' && value.trim() === value && value !== '' && !/[\u0000-\u001f\\]/.test(value);
const is_positive = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;

// --- sources -------------------------------------------------------------------------------------------------
const sources = read('sources');
const source_index = new Map();
sources.forEach((source, index) => {
  const where = `sources.json ${source.id}`;
  check_keys(where, source, ['id', 'title', 'kind', 'date'], ['url', 'repository', 'commit', 'licence']);
  for (const [key, value] of Object.entries(source)) {
    if (!(key === 'date' && value === null) && !is_text(value)) fault(where, `"${key}" is not a plain text`);
  }
  if (!KINDS.includes(source.kind)) fault(where, `unknown kind "${source.kind}"`);
  if (source.date !== null && !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(source.date)) fault(where, 'the date is not ISO 8601');
  if (source_index.has(source.id)) fault(where, 'the id is used twice');
  source_index.set(source.id, index);
});

function check_source_list(where, list) {
  if (!Array.isArray(list) || list.length === 0) return fault(where, 'no source');
  if (new Set(list).size !== list.length) fault(where, 'a source is listed twice');
  for (const id of list) if (!source_index.has(id)) fault(where, `unknown source "${id}"`);
}

// --- names: an id or alias belongs to one entry; compared as find_device() and find_model() compare ---------------
const fold = (name) => name.toLowerCase().replaceAll('_', '-');

function check_names(file, entries) {
  const seen = new Map();
  for (const entry of entries) {
    const where = `${file} ${entry.id}`;
    if (!/^[a-z0-9.-]+$/.test(entry.id)) fault(where, 'an id is lower-case letters, digits, "." and "-"');
    if (!Array.isArray(entry.aliases)) fault(where, '"aliases" is not a list');
    const names = [entry.id, ...entry.aliases];
    const folded = new Set(names.map(fold));
    // An alias may equal the id of its own entry only when the spelling adds nothing: that is a mistake too.
    if (folded.size !== names.length) fault(where, 'an alias repeats the id or another alias');
    for (const name of folded) {
      if (seen.has(name)) fault(where, `"${name}" also names ${seen.get(name)}`);
      seen.set(name, entry.id);
    }
  }
}

// --- devices ---------------------------------------------------------------------------------------------------
function check_fact(where, key, fact) {
  const valued = RANGE_FACTS.includes(key) && !('value' in fact) ? ['min', 'max'] : ['value'];
  check_keys(where, fact, [...valued, 'kind', 'source'], ['unverified', 'note']);
  if (!KINDS.includes(fact.kind)) fault(where, `unknown kind "${fact.kind}"`);
  if (!source_index.has(fact.source)) fault(where, `unknown source "${fact.source}"`);
  if ('unverified' in fact && fact.unverified !== true) fault(where, '"unverified" is true or absent');
  if ('note' in fact && !is_text(fact.note)) fault(where, '"note" is not a plain text');
  if ((fact.kind === 'measured') !== key.startsWith('measured_')) fault(where, 'kind and key disagree about measuring');
  if (NUMBER_FACTS.includes(key)) {
    const supported_or_not = key.startsWith('peak_dense_') && fact.value === NOT_SUPPORTED;
    if (!supported_or_not && !is_positive(fact.value)) fault(where, 'neither a number above 0 nor "not supported"');
  } else if (RANGE_FACTS.includes(key)) {
    const { min, max } = 'value' in fact ? { min: fact.value, max: fact.value } : fact;
    if (!is_positive(min) || !Number.isInteger(min) || !Number.isInteger(max) || max < min) {
      fault(where, 'neither a count nor a range of counts');
    }
  } else if (FLAG_FACTS.includes(key)) {
    if (typeof fact.value !== 'boolean') fault(where, 'neither true nor false');
  } else if (TEXT_FACTS.includes(key)) {
    if (!is_text(fact.value)) fault(where, 'not a plain text');
  } else {
    fault(where, 'unknown key');
  }
}

const devices = read('devices');
check_names('devices.json', devices);
for (const device of devices) {
  const where = `devices.json ${device.id}`;
  check_keys(
    where,
    device,
    ['id', 'name', 'aliases', 'vendor', 'facts', 'confidence', 'sources'],
    ['architecture', 'notes'],
  );
  for (const key of ['name', 'vendor', 'confidence', 'architecture', 'notes']) {
    if (key in device && !is_text(device[key])) fault(where, `"${key}" is not a plain text`);
  }
  check_source_list(where, device.sources);
  for (const [key, fact] of Object.entries(device.facts)) check_fact(`${where} ${key}`, key, fact);
  for (const [flag, peak] of [
    ['native_fp8', 'peak_dense_fp8_tflops'],
    ['native_fp4', 'peak_dense_fp4_tflops'],
  ]) {
    const value = device.facts[peak]?.value;
    if (device.facts[flag]?.value === true && value === NOT_SUPPORTED) fault(where, `${flag} and ${peak} disagree`);
  }
}

// --- models ----------------------------------------------------------------------------------------------------
const models = read('models');
check_names('models.json', models);
const model_by_id = new Map(models.map((model) => [model.id, model]));

// The value of a field under its first spelling that is present: a number, null (the model does without), undefined.
function shape_value(where, config, field) {
  let found;
  for (const spelling of [field, ...SHAPE[field]]) {
    if (!(spelling in config)) continue;
    const value = config[spelling];
    if (value !== null && !(Number.isSafeInteger(value) && value >= 0)) fault(where, `"${spelling}" is not a count`);
    if (found !== undefined && found !== value) fault(where, `two spellings of "${field}" disagree`);
    found = value;
  }
  return found;
}

for (const model of models) {
  const where = `models.json ${model.id}`;
  check_keys(
    where,
    model,
    ['id', 'name', 'aliases', 'confidence', 'complete', 'sources'],
    [
      'published_total_b',
      'published_active_b',
      'incomplete_because',
      'architecture',
      'not_covered_because',
      'published_counts',
      'same_shapes_as',
      'unverified',
      'notes',
      'config',
    ],
  );
  check_source_list(where, model.sources);
  for (const key of ['published_total_b', 'published_active_b']) {
    if (!(key in model)) continue;
    check_keys(`${where} ${key}`, model[key], ['value', 'kind', 'source'], []);
    if (!is_positive(model[key].value)) fault(`${where} ${key}`, 'not a number above 0');
    if (!KINDS.includes(model[key].kind)) fault(`${where} ${key}`, `unknown kind "${model[key].kind}"`);
    if (!source_index.has(model[key].source)) fault(`${where} ${key}`, `unknown source "${model[key].source}"`);
  }
  if (typeof model.complete !== 'boolean') fault(where, '"complete" is neither true nor false');
  if (model.complete === 'incomplete_because' in model) fault(where, 'an incomplete entry, and only it, says why');
  if ('same_shapes_as' in model) {
    if (!model_by_id.get(model.same_shapes_as)?.config) fault(where, 'same_shapes_as names no model with a config');
    if ('config' in model) fault(where, 'has both a config and same_shapes_as');
  }
  // Covered, or it says why not; an entry that shows another's shapes is as covered as that.
  const ways = ['architecture', 'not_covered_because', 'same_shapes_as'].filter((key) => key in model);
  if (ways.length !== 1) fault(where, 'needs one of "architecture", "not_covered_because" and "same_shapes_as"');
  if ('not_covered_because' in model && !is_text(model.not_covered_because)) fault(where, 'no reason for not covering it');
  if ('architecture' in model && !model.complete) fault(where, 'an incomplete entry has an architecture');
  for (const [key, value] of Object.entries(model.architecture ?? {})) {
    if (!ARCHITECTURE.includes(key)) fault(`${where} architecture`, `unknown key "${key}"`);
    if (!is_positive(value)) fault(`${where} architecture ${key}`, 'not a number above 0');
  }
  const counts = model.published_counts ?? {};
  check_keys(`${where} published_counts`, counts, [], ['total', 'active', 'note']);
  if ('note' in counts && !is_text(counts.note)) fault(`${where} published_counts`, 'the note is not a plain text');
  for (const [of, defaults] of Object.entries(COUNTED_PARTS)) {
    for (const [part, value] of Object.entries(counts[of] ?? {})) {
      if (typeof value !== typeof defaults[part]) fault(`${where} published_counts ${of}`, `"${part}" is unknown or of another type`);
    }
  }
  const config = model.config ?? {};
  for (const field of Object.keys(SHAPE)) shape_value(where, config, field);
  if (JSON.stringify(config).includes(')json"')) fault(where, 'the config would end its C++ literal');
}

if (faults.length > 0) {
  for (const line of faults) console.error(`catalogue: ${line}`);
  process.exit(1);
}
if (process.argv.length !== 3) {
  console.error('usage: node generate.mjs <out_dir>');
  process.exit(2);
}

// --- writing C++ -------------------------------------------------------------------------------------------------
function tables(is_slim) {
const lines = ['// Written by engine/catalogue/generate.mjs from data/*.json: change those, not this.', ''];
const text = (value) => (value === undefined || value === null ? '{}' : JSON.stringify(value));
const prose = (value) => (is_slim ? '{}' : text(value));
const kind = (name) => `FactKind::${name}`;

// Facts become calls of the constexpr functions at the top of catalogue.cpp; an absent fact is {}: unknown.
function origin(fact) {
  const unverified = fact.unverified === true;
  let rest = `${kind(fact.kind)}, ${source_index.get(fact.source)}`;
  if (unverified || fact.note !== undefined) rest += `, ${unverified}`;
  if (fact.note !== undefined) rest += `, ${prose(fact.note)}`;
  return rest;
}
function number_fact(fact, value = fact?.value) {
  if (fact === undefined) return '{}';
  return value === NOT_SUPPORTED ? `unsupported(${origin(fact)})` : `known(${value}, ${origin(fact)})`;
}
function flag_fact(fact) {
  if (fact === undefined) return '{}';
  return fact.value ? `known(1, ${origin(fact)})` : `unsupported(${origin(fact)})`;
}
function text_fact(fact) {
  return fact === undefined ? '{}' : `known_text(${prose(fact.value)}, ${origin(fact)})`;
}
function lists(name, entry) {
  const aliases = entry.aliases.map(text).join(', ');
  const ids = entry.sources.map((id) => source_index.get(id)).join(', ');
  if (entry.aliases.length > 0) lines.push(`constexpr std::string_view ${name}_aliases[] = {${aliases}};`);
  lines.push(`constexpr int ${name}_sources[] = {${ids}};`);
  return [entry.aliases.length > 0 ? `${name}_aliases` : '{}', `${name}_sources`];
}

lines.push('constexpr Source source_table[] = {');
for (const source of sources) {
  const { id, title, date, url, repository, commit, licence } = source;
  const where = [url, repository, commit, licence].map(prose).join(', ');
  lines.push(`  {${text(id)}, ${prose(title)}, ${kind(source.kind)}, ${prose(date)}, ${where}},`);
}
lines.push('};', '');

const device_rows = devices.map((device, index) => {
  const [aliases, ids] = lists(`device_${index}`, device);
  const facts = device.facts;
  const domain = facts.scaleup_domain_devices;
  const members = {
    id: text(device.id),
    name: text(device.name),
    aliases,
    vendor: text(device.vendor),
    architecture: text(device.architecture),
    ...Object.fromEntries(NUMBER_FACTS.map((key) => [key, number_fact(facts[key])])),
    scaleup_domain_devices_min: number_fact(domain, domain?.value ?? domain?.min),
    scaleup_domain_devices_max: number_fact(domain, domain?.value ?? domain?.max),
    native_fp8: flag_fact(facts.native_fp8),
    native_fp4: flag_fact(facts.native_fp4),
    memory_type: text_fact(facts.memory_type),
    scaleup_kind: text_fact(facts.scaleup_kind),
    confidence: prose(device.confidence),
    notes: prose(device.notes),
    sources: ids,
  };
  return braces(members);
});
const model_rows = models.map((model, index) => {
  const [aliases, ids] = lists(`model_${index}`, model);
  const config = model.config ?? model_by_id.get(model.same_shapes_as)?.config;
  const shape = Object.keys(SHAPE).map((field) => {
    const value = shape_value(model.id, config ?? {}, field);
    if (value === undefined) return '{}';
    return value === null ? '{0, FactState::unsupported}' : `{${value}, FactState::known}`;
  });
  const shown_as = model.same_shapes_as === undefined ? model : model_by_id.get(model.same_shapes_as);
  const counts = shown_as.published_counts ?? {};
  const members = {
    id: text(model.id),
    name: text(model.name),
    aliases,
    published_total_b: number_fact(model.published_total_b),
    published_active_b: number_fact(model.published_active_b),
    model_type: text(config?.model_type),
    shape: `{${shape.join(', ')}}`,
    config_json: config === undefined || is_slim ? '{}' : `R"json(${JSON.stringify(config)})json"`,
    same_shapes_as: text(model.same_shapes_as),
    complete: String(model.complete),
    incomplete_because: prose(model.incomplete_because),
    architecture: record(ARCHITECTURE, shown_as.architecture),
    covered: String('architecture' in shown_as),
    not_covered_because: text(shown_as.not_covered_because),
    total_counts: record(Object.keys(COUNTED_PARTS.total), { ...COUNTED_PARTS.total, ...counts.total }),
    active_counts: record(Object.keys(COUNTED_PARTS.active), { ...COUNTED_PARTS.active, ...counts.active }),
    published_counts_note: prose(counts.note),
    unverified: String(model.unverified === true),
    confidence: prose(model.confidence),
    notes: prose(model.notes),
    sources: ids,
  };
  return braces(members);
});
// The members that are given and not 0, by name.
function record(keys, values = {}) {
  const given = keys.filter((key) => values[key]).map((key) => `.${key} = ${values[key]}`);
  return `{${given.join(', ')}}`;
}
function braces(members) {
  const inside = Object.entries(members).map(([key, value]) => `    .${key} = ${value},`);
  return ['  {', ...inside, '  },'].join('\n');
}
lines.push('', 'constexpr Device device_table[] = {', ...device_rows, '};', '');
lines.push('constexpr Model model_table[] = {', ...model_rows, '};', '');

return lines.join('\n');
}

const out = process.argv[2];
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'catalogue_tables.inc'), tables(false));
writeFileSync(join(out, 'catalogue_tables_slim.inc'), tables(true));
