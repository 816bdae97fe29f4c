#!/usr/bin/env bash
# The command line as its users meet it: cli_test.sh MOECALC. Prints what failed; exit status 1 if anything did.
set -u
moecalc=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export MOECALC_LANG=en
checks=0
failures=0

fail() {
  echo "FAILED: $1"
  failures=$((failures + 1))
}
# near WHAT PRINTED DIGITS COMMAND...: the command's one number, rounded to so many decimals, is the printed one.
near() {
  local what=$1 printed=$2 digits=$3 value
  shift 3
  checks=$((checks + 1))
  value=$("$@") || fail "$what: exit status $?"
  [ "$(printf "%.${digits}f" "$value")" = "$printed" ] || fail "$what: $value for $printed"
}
# status WANTED COMMAND...: its exit status; what it wrote is in $folder/out and $folder/err.
status() {
  local wanted=$1 got=0
  shift
  checks=$((checks + 1))
  "$@" >"$folder/out" 2>"$folder/err" || got=$?
  [ "$got" = "$wanted" ] || fail "$*: exit status $got for $wanted"
}
# says FILE TEXT
says() {
  checks=$((checks + 1))
  grep -qF -- "$2" "$folder/$1" || fail "std$1 does not say '$2': $(head -c 300 "$folder/$1")"
}

# The columns of the article's summary.
preset() { "$moecalc" eval --preset "$1" --get "$2" "${@:3}"; }
near 'H800 prefill' 52240.1 1 preset zartbot-prefill-h800 prefill.tokens_per_s_per_node
near 'H800 prefill, serial' 33741.0 1 preset zartbot-prefill-h800 prefill.tokens_per_s_per_node --set overlap=none
near 'H20 prefill' 9377.0 1 preset zartbot-prefill-h20 prefill.tokens_per_s_per_node
near 'H800 batch 32' 3246.137 3 preset zartbot-decode-h800-b32 decode.tokens_per_s_per_gpu
near 'H800 batch 32, serial' 1879.856 3 preset zartbot-decode-h800-b32 decode.tokens_per_s_per_gpu --set overlap=none
near 'H800 batch 64 TPOT' 19.716 3 preset zartbot-decode-h800-b64 decode.tpot_ms
near 'H800 batch 128 TPS' 25.360 3 preset zartbot-decode-h800-b128 decode.tps_per_user
near 'H20 batch 32' 904.803 3 preset zartbot-decode-h20-b32 decode.tokens_per_s_per_gpu
near 'H20-3e batch 32' 1080.591 3 preset zartbot-decode-h20-3e-b32 decode.tokens_per_s_per_gpu
near 'H20-3e batch 64' 1306.001 3 preset zartbot-decode-h20-3e-b64 decode.tokens_per_s_per_gpu
near 'cost of the day' 87072 0 preset deepseek-official economics.cost_usd_per_day
near 'profit over cost' 5.45 2 preset deepseek-official economics.profit_over_cost

# Bases, settings, formats.
status 0 "$moecalc" eval --get decode.tpot_ms --get prefill.ttft_ms --set overlap=none --set overlap=ideal
[ "$(wc -l <"$folder/out")" = 2 ] || fail '--get prints one number a line'
printf '{"method": "zartbot", "decode": {"batch_per_gpu": 32}, "phase": "decode"}' >"$folder/question.json"
near 'a file' 3246.137 3 "$moecalc" eval "$folder/question.json" --get decode.tokens_per_s_per_gpu
near 'standard input' 3246.137 3 sh -c "'$moecalc' eval - --get decode.tokens_per_s_per_gpu <'$folder/question.json'"
link=$("$moecalc" link --set method=zartbot --set device=h20 --set decode.batch_per_gpu=32)
near 'a link' 904.803 3 "$moecalc" eval --link "$link" --get decode.tokens_per_s_per_gpu
status 0 "$moecalc" eval --link "https://example.org/?${link#?}。" --get decode.tokens_per_s_per_gpu
says out 904.80
says err 'restored'
status 0 "$moecalc" eval --format json
says out '"decode.tpot_ms"'
status 0 "$moecalc" eval --set method=zartbot --explain decode.dispatch_ms
says out 'k_MB'
status 0 "$moecalc" eval --lang zh
says out '显存'

# Plans.
plan_link='v=2&n=0.2.0&d=h200&qn=8&pl=boxes&plm=deepseek-r1&pld=h200&k=5fdd'
status 0 "$moecalc" plan --link "$plan_link" --format json
cp "$folder/out" "$folder/by_link"
status 0 "$moecalc" plan boxes --set device=h200 --set purchase.devices=8 --models deepseek-r1 --devices h200 --format json
cmp -s "$folder/out" "$folder/by_link" || fail 'the link of a plan stands for its kind, lists and question'
status 2 "$moecalc" plan --link "$link"
says err 'boxes'
status 0 "$moecalc" plan balance --set decode.expert_parallel=144
says out '176 redundant experts bring max/mean to'
seq 1 255 >"$folder/loads"
status 2 "$moecalc" plan balance --histogram "$folder/loads"
says err '256'
echo 256 >>"$folder/loads"
status 0 "$moecalc" plan balance --histogram "$folder/loads" --format json
says out '"redundant_needed"'
status 0 "$moecalc" plan balance --lang zh
says out '最大/平均'
status 0 "$moecalc" plan timeline --set phase=prefill
says out 'Micro-batch'
status 0 "$moecalc" plan timeline --format trace
says out '"traceEvents"'
status 0 "$moecalc" plan timeline --format svg --lang zh
says out '气泡'
status 2 "$moecalc" plan timeline --set method=zartbot
says err 'It covers: reference'
status 2 "$moecalc" eval --format svg

for what in models devices sources presets parameters; do
  status 0 "$moecalc" catalogue "$what"
  status 0 "$moecalc" catalogue "$what" --format json
done
status 0 "$moecalc" parameters
says out decode.batch_per_gpu
status 0 "$moecalc" quantities
says out decode.tpot_ms
status 0 "$moecalc" conclusions
status 0 "$moecalc" --help
status 0 "$moecalc" --version

# Models: what a config.json says, and the table of all counts.
cat >"$folder/config.json" <<'JSON'
{"model_type": "qwen3", "num_hidden_layers": 36, "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128,
 "intermediate_size": 12288, "vocab_size": 151936, "tie_word_embeddings": false, "novel_part": 1}
JSON
status 0 "$moecalc" model "$folder/config.json"
says out '8190.4'
says out novel_part
status 0 sh -c "'$moecalc' model - --format json <'$folder/config.json'"
says out '"sum": 8190427136'
says out '"kv_elements_per_token": 73728'
status 0 "$moecalc" catalogue parameters
says out 'not covered: block-sparse attention'
checks=$((checks + 1))
grep -q DIFFERS "$folder/out" && fail 'a counted model differs from what is published'

# The reference method: any model and device, one's own too; what goes together and what does not.
status 0 "$moecalc" eval
says out reference
for name in deepseek-r1-8xh200 deepseek-deployment-reference qwen3-235b-8xh20 gpt-oss-120b-1xh100 llama-3.1-70b-4xh100; do
  status 0 "$moecalc" eval --preset "$name" --get decode.tokens_per_s_per_gpu --get decode.tpot_ms
  [ "$(wc -l <"$folder/out")" = 2 ] || fail "$name gives a throughput and a TPOT"
done
status 0 "$moecalc" eval --preset deepseek-r1-8xh200 --explain decode.tpot_ms
says out T_mixed
own_model='--set model=custom --set model.layers=24 --set model.hidden_size=2048 --set model.vocab_size=100000 --set model.heads=16
 --set model.kv_heads=4 --set model.head_dim=128 --set model.v_head_dim=128 --set model.dense_intermediate_size=8192'
status 0 "$moecalc" eval $own_model --set device=l20 --set decode.batch_per_gpu=8 --get decode.tpot_ms
link=$("$moecalc" link $own_model --set device=l20 --set decode.batch_per_gpu=8)
checks=$((checks + 1))
[ "$("$moecalc" eval --link "$link" --get decode.tpot_ms)" = "$(cat "$folder/out")" ] || fail 'a custom model travels in its link'
status 3 "$moecalc" eval --set device=h20 --set decode.expert_parallel=4
says out 'Does not fit'

# Validation: a table of measured runs becomes predictions; a row that cannot become one says why.
cat >"$folder/runs.csv" <<'CSV'
id,model,device,weight_format,concurrency,mean_prompt_tokens,mean_output_tokens,measured_tpot_ms,attention_tensor_parallel
one,deepseek-r1,h200,fp8,16,1024,1024,20,8
two,llama-3.1-70b,h100-sxm,fp8,8,1024,1024,15,4
"=1+1",no-such-model,h200,fp8,16,1024,1024,20,8
CSV
status 0 "$moecalc" validate "$folder/runs.csv"
says out '66.7%'
says out 'no-such-model'
status 0 "$moecalc" validate "$folder/runs.csv" --format csv
[ "$(wc -l <"$folder/out")" = 4 ] || fail 'validate gives a line for each run'
says out "'=1+1,20,"
status 0 "$moecalc" validate "$folder/runs.csv" --format json
says out '"predicted_tpot_ms"'
says out '"summaries"'

# Bad input: status 2, worded on standard error, nothing on standard output.
refused() {
  status 2 "$moecalc" "${@:2}"
  says err "$1"
  [ -s "$folder/out" ] && fail "${*:2}: wrote to standard output"
}
refused decode.batch_per_gpu eval --set batch_per_gpus=1
refused 1e300 eval --set decode.batch_per_gpu=1e300
refused -1 eval --set decode.batch_per_gpu=-1
refused NaN eval --set decode.batch_per_gpu=NaN
refused 'h800, h20, h20-3e' eval --set method=zartbot --set device=h200
refused '1, 4, 8' eval --set method=zartbot --set decode.tensor_parallel=3
refused deepseek-v3 eval --set method=zartbot --set model=qwen3-32b
refused zartbot-decode eval --preset nonsense
refused 'v=2' eval --link 'nonsense'
refused decode.nonsense eval --get decode.nonsense
refused nothing-here.json eval nothing-here.json
refused --nonsense eval --nonsense 1
refused '' eval --preset deepseek-official --link "$link"
refused '' eval --set
printf '{"num_hidden_layers": 4, "hc_mult": 4}' >"$folder/uncovered.json"
refused 'hc_mult' model "$folder/uncovered.json"
printf '{"num_hidden_layers": 4}' >"$folder/incomplete.json"
refused 'hidden_size' model "$folder/incomplete.json"
refused 'model' model
refused 'EP' eval --set decode.expert_parallel=7 --set decode.tensor_parallel=2
refused deepseek-v4-pro eval --set model=deepseek-v4-pro
refused model.layers eval --set model=custom
refused device.memory_gib eval --set device=custom
refused mean_prompt_tokens validate "$folder/question.json"
refused nothing-here.csv validate nothing-here.csv
refused FILE.csv validate

# What does not fit: status 3, the ledger, no throughput.
status 3 "$moecalc" eval --set method=zartbot --set kv_format=bf16
says out 'kv_format = fp8'
grep -q tokens_per_s_per_gpu "$folder/out" && grep -q 'decode.tokens_per_s' "$folder/out" && fail 'a throughput for what does not fit'
status 3 "$moecalc" eval --set method=zartbot --set kv_format=bf16 --get memory.largest_batch_per_gpu --get decode.tpot_ms
[ "$(tail -n 1 "$folder/out")" = null ] || fail 'null stands for what does not fit'
says err GiB
status 0 "$moecalc" eval --set method=zartbot --set kv_format=bf16 --set ignore_capacity=true --get decode.tpot_ms

# Sweeps: shards merged in any order equal the whole; threads do not matter.
status 0 "$moecalc" sweep --preset shinez-tps20
[ "$(wc -l <"$folder/out")" = 30 ] || fail 'the search of the article has 29 rows'
"$moecalc" sweep --preset device-ladder --format json --threads 1 >"$folder/one.json"
"$moecalc" sweep --preset device-ladder --format json --threads 3 >"$folder/three.json"
for i in 1 2 3; do "$moecalc" sweep --preset device-ladder --shard $i/3 >"$folder/shard$i.json"; done
"$moecalc" sweep --merge "$folder"/shard3.json "$folder"/shard1.json "$folder"/shard2.json --format json >"$folder/merged.json"
for other in three merged; do
  checks=$((checks + 1))
  cmp -s "$folder/one.json" "$folder/$other.json" || fail "the sweep by $other differs"
done
status 2 "$moecalc" sweep --merge "$folder/shard1.json" "$folder/shard3.json"
status 2 "$moecalc" sweep --merge "$folder/question.json"
status 0 "$moecalc" sweep --link 'v=2&n=0.2.0&ph=decode&sx0=d~v~h20~h800&sx1=de~v~8~16~32~64~144&sx2=db~r~4~256~4&sc0=decode.tps_per_user~ge~10&so=decode.tokens_per_s_per_gpu~max&st=50&ss=2000&sg=d&sp=decode.tps_per_user~max~decode.tokens_per_s_per_gpu~max&sq=decode.tpot_ms&k=6144'
[ "$(wc -l <"$folder/out")" = 3 ] || fail 'the sweep of a link has its two rows'
status 2 "$moecalc" sweep --link "$link"
says err 'sx0='
status 2 "$moecalc" sweep
says err 'moecalc sweep FILE'
status 2 "$moecalc" sweep --preset nonsense
status 2 "$moecalc" sweep --preset device-ladder --shard 4/3

echo "$checks checks, $failures failures"
[ "$failures" = 0 ]
