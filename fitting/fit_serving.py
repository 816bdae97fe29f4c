"""Fits the constants of method `reference` that only whole servers show, and measures how well they carry over.

    python3 fitting/fit_serving.py [MOECALC]              refit on every row, print constants and errors
    python3 fitting/fit_serving.py [MOECALC] --holdout    also: fit on a part, score the rest
    python3 fitting/fit_serving.py [MOECALC] --holdout --write
                                                          also write serving.json and serving_residuals.md
    python3 fitting/fit_serving.py [MOECALC] --record     after building: the errors that tests/golden/validation_test.cpp holds predictions to

The model is not written a second time: every trial is one run of `moecalc validate --constants FILE` (MOECALC: the program, build/native/moecalc
without). What is fitted is log(predicted / measured TPOT) of the rows with use = score, under a loss (soft L1) that lets single bad runs go.
Deterministic; a few minutes with --holdout. Needs numpy and scipy. After --write build again: the constants are compiled in.
"""
import argparse
import csv
import io
import json
import os
import subprocess
import tempfile

import numpy as np
from scipy.optimize import least_squares

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RUNS = os.path.join(ROOT, "validation", "serving_runs.csv")
SERVING = os.path.join(ROOT, "engine", "methods", "reference", "data", "serving.json")
EVIDENCE = os.path.join(ROOT, "fitting", "serving_residuals.md")
RECORD = os.path.join(ROOT, "tests", "golden", "validation.json")
AICONFIGURATOR = "serving runs of the aiconfigurator project (Apache-2.0)"

# key: (before, low, high, digits, rows it can see, why no kernel table gives it).
# `before` is what the kernel tables alone say; where they say nothing, the neutral value.
FREE = {
    "serving.launch.hopper": (2.0, 0.5, 20, 1, "hopper", "tables time GEMMs, attention, experts and messages, not the small kernels between them, nor the gaps"),
    "serving.launch.blackwell": (2.0, 0.5, 20, 1, "blackwell", "as Hopper's"),
    "serving.gemm_floor.blackwell": (4.72, 2, 15, 1, "blackwell", "kernels in a graph overlap their starts; the table, one kernel at a time, says 4.7. Held at 2 or more, the least of any table"),
    "serving.attention_floor": (14.9, 1, 40, 0, "all", "the table, one kernel at a time, says 14.9 for MLA; grouped heads have no table"),
    "serving.eager_layer": (0.0001, 0.0001, 300, 0, "agg and disagg prefill", "how an engine launches a pass that no captured graph fits is no kernel's time"),
    "serving.sequence": (0.0001, 0.0001, 60, 0, "all", "sampling and host work; in no table"),
    "serving.all_reduce_factor": (1.0, 0.5, 3, 2, "TP > 1", "in the table all GPUs arrive at once; in a server one waits for the last"),
    "serving.effective_tokens": (1.0, 0.3, 1.5, 2, "models with experts", "how unevenly real text chooses experts; the table's tokens choose evenly"),
    "serving.experts_decode.blackwell.four_bit.eb": (0.507, 0.3, 0.85, 2, "nvfp4 on blackwell, with experts", "no table of FP4 experts; held at 0.85 or less, the most that any kernel reads at"),
    "serving.experts_decode.hopper.four_bit.eb": (0.796, 0.2, 0.85, 2, "gpt-oss on hopper", "weight-only: no table of FP4 experts"),
    "serving.attention_decode.blackwell.ekv": (0.286, 0.15, 0.85, 2, "blackwell", "the only table, of a whole MLA module, gives 0.286, which no server shows"),
    "serving.engine.sglang": (1.0, 0.7, 1.4, 2, "sglang", "an engine's launches over the mean of the three; held near 1"),
    "serving.engine.vllm": (1.0, 0.7, 1.4, 2, "vllm", "as SGLang's"),
    "serving.engine.trtllm": (1.0, 0.7, 1.4, 2, "trtllm", "as SGLang's"),
}
FACTORS = [key for key in FREE if key.startswith("serving.engine.")]
BLACKWELL = ("b200_sxm", "gb200")


class Engine:
    def __init__(self, program):
        self.program = program
        with open(RUNS, newline="") as f:
            rows = list(csv.DictReader(f))
        self.rows = [row for row in rows if row["use"] == "score"]
        self.measured = np.array([float(row["measured_tpot_ms"]) for row in self.rows])
        self.groups = np.array([row["config_group"] or row["id"] for row in self.rows])
        self.folder = tempfile.TemporaryDirectory()
        self.table = self.table_of(np.ones(len(self.rows), bool))
        self.runs = 0

    # A file with the chosen rows alone: a trial runs no more than it needs.
    def table_of(self, chosen):
        name = os.path.join(self.folder.name, f"{hash(chosen.tobytes())}.csv")
        with open(name, "w", newline="") as f:
            writer = csv.DictWriter(f, self.rows[0].keys())
            writer.writeheader()
            writer.writerows(row for row, is_chosen in zip(self.rows, chosen) if is_chosen)
        return name, chosen

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], check=True, capture_output=True, text=True).stdout

    # log(predicted / measured) of a table's rows; without one, of all that are scored.
    def errors(self, constants, table=None):
        name, chosen = table or self.table
        trial = os.path.join(self.folder.name, "trial.json")
        with open(trial, "w") as f:
            json.dump({"constants": [{"key": key, "value": float(value)} for key, value in constants.items()]}, f)
        answers = csv.DictReader(io.StringIO(self.run("validate", name, "--format", "csv", "--constants", trial)))
        predicted = np.array([float(row["predicted_tpot_ms"] or "nan") for row in answers])
        self.runs += 1
        return np.log(predicted / self.measured[chosen])

    def column(self, name):
        return np.array([row[name] for row in self.rows])


def before():
    return {key: spec[0] for key, spec in FREE.items()}


# Fits on the rows of `train`; without factors, every engine's is 1.
def fit(engine, train, with_factors=False):
    keys = [key for key in FREE if with_factors or key not in FACTORS]
    low, high = (np.log([FREE[k][i] for k in keys]) for i in (1, 2))
    # Not from the answer: from values anybody would start with.
    plain = {"serving.eager_layer": 20, "serving.sequence": 5, "serving.attention_decode.blackwell.ekv": 0.5, "serving.attention_floor": 8, "serving.launch.hopper": 5,
             "serving.launch.blackwell": 5}
    x0 = np.clip(np.log([plain.get(k, FREE[k][0]) for k in keys]), low + 1e-6, high - 1e-6)

    table = engine.table_of(train)

    def residuals(x):
        values = dict(zip(keys, np.exp(x)))
        r = engine.errors(before() | values, table)
        held = [np.log(values[k]) for k in keys if k in FACTORS]
        # Constants that few rows see stay near their start: a hundredth of a row each.
        return np.concatenate([r[np.isfinite(r)], held, 0.01 * (x - x0)])

    found = least_squares(residuals, x0, bounds=(low, high), loss="soft_l1", f_scale=0.1, diff_step=0.02, xtol=2e-3, ftol=3e-4, max_nfev=40)
    return before() | dict(zip(keys, np.exp(found.x)))


# Median and 90th percentile of |error|, median of the signed error, in percent.
def summary(log_errors):
    e = np.expm1(log_errors[np.isfinite(log_errors)])
    return (np.median(abs(e)) * 100, np.percentile(abs(e), 90) * 100, np.median(e) * 100) if len(e) else (np.nan,) * 3


def text(log_errors):
    return "{:.1f} / {:.1f} / {:+.1f}".format(*summary(log_errors))


def is_deepseek(engine):
    return np.char.startswith(engine.column("model"), "deepseek")


def band(concurrency):
    low = 1
    for high in (4, 8, 16, 32, 64, 128, 256):
        if concurrency <= high:
            return f"{low}-{high}"
        low = high + 1
    return "257 and more"


# Each row's error from the fit on the other half of the deployments, by seed.
def halves(engine, seeds, with_factors=False):
    names = sorted(set(engine.groups))
    all_errors = []
    for seed in seeds:
        first = set(np.random.default_rng(seed).permutation(names)[: len(names) // 2])
        inside = np.array([g in first for g in engine.groups])
        errors = np.full(len(engine.groups), np.nan)
        for train in (inside, ~inside):
            errors[~train] = engine.errors(fit(engine, train, with_factors))[~train]
        all_errors.append(errors)
    return all_errors


# Each row's error from the fit on all rows with another value in the column.
def without(engine, values, with_factors=False):
    errors = np.full(len(values), np.nan)
    for value in sorted(set(values)):
        left_out = values == value
        errors[left_out] = engine.errors(fit(engine, ~left_out, with_factors))[left_out]
    return errors


# Published systems: name, published tokens/s per node, result, arguments of `moecalc eval`.
PREFILL = "phase=prefill prompt_tokens=4096 prefix_cache_hit_rate=0 prefill.expert_parallel=32 prefill.redundant_experts=32 prefill.batch_tokens_per_gpu=16384 overlap=two_batch"
PUBLISHED = (
    ("DeepSeek, prefill, H800, EP32", 62713, "prefill.tokens_per_s_per_node", f"model=deepseek-r1 device=h800 {PREFILL}"),
    ("SGLang, decode, H100, EP72", 22282, "decode.tokens_per_s_per_node", "model=deepseek-r1 device=h100-sxm phase=decode decode.expert_parallel=72 decode.redundant_experts=32 "
     "decode.batch_per_gpu=256 kv_tokens=2000 kv_format=bf16 overlap=two_batch"),
    ("SGLang, prefill, H100, EP32, busiest GPU 1/0.85 of the mean", 50302, "prefill.tokens_per_s_per_node", f"model=deepseek-r1 device=h100-sxm {PREFILL} prefill.expert_imbalance=1.176470588"),
)


def published(engine):
    rows = []
    for name, measured, quantity, inputs in PUBLISHED:
        arguments = [word for each in inputs.split() for word in ("--set", each)]
        phase = quantity.split(".")[0]
        step, hidden = ("pass_ms", "pass_hidden_ms") if phase == "prefill" else ("step_ms", "step_hidden_ms")
        got = [float(line) for line in engine.run("eval", *arguments, "--get", quantity, "--get", f"{phase}.{step}", "--get", f"{phase}.{hidden}").split()]
        rows.append((name, measured, *got))
    return rows


# What share of the shorter stream must be hidden; each system's throughput is the reciprocal of (step + hidden (1 - share / share now)), times two batches.
def fit_overlap(rows, now):
    shares = np.arange(0.2, 1.0, 0.005)
    loss = [sum(np.log(predicted * step / (step + 2 * hidden * (1 - share / now)) / measured) ** 2 for _, measured, predicted, step, hidden in rows) for share in shares]
    return float(shares[int(np.argmin(loss))])


def write_constants(values, rows_of, overlap, errors):
    with open(SERVING) as f:
        document = json.load(f)
    for line in document["constants"]:
        key = line["key"]
        if key.startswith("serving.launch.") and key not in FREE:
            kin = "blackwell" if "blackwell" in key else "hopper"
            line["value"] = round(values[f"serving.launch.{kin}"], FREE[f"serving.launch.{kin}"][3])
        elif key in FACTORS:
            line["value"], line["kind"], line["source"] = 1, "assumed", "none"
            line["why"] = "a factor an engine gains nothing on held-out rows, and loses on devices left out (fitting/serving_residuals.md)"
        elif key in FREE:
            _, _, _, digits, _, why = FREE[key]
            line["value"] = round(values[key], digits)
            if digits == 0:
                line["value"] = int(line["value"])
            seen = errors[rows_of[key]]
            median, p90, _ = summary(seen)
            line["kind"], line["source"] = "fitted", AICONFIGURATOR
            line["points"], line["residual_median"], line["residual_p90"] = int(rows_of[key].sum()), round(median / 100, 3), round(p90 / 100, 3)
            line["why"] = why
        elif key == "serving.overlap_share":
            line["value"], line["kind"], line["points"] = round(overlap, 2), "fitted", len(PUBLISHED)
            line["source"] = "DeepSeek profile-data README; SGLang's blog of 2025-05-05 (validation/published_systems.csv: M0006, M0010, M0013)"
            line["why"] = "to the three published systems; a kernel measured alone hides nothing"
    with open(SERVING, "w") as f:
        head, lines = document["about"], document["constants"]
        f.write('{\n"about": ' + json.dumps(head, indent=1) + ',\n"constants": [\n' + ",\n".join(json.dumps(line) for line in lines) + "\n]\n}\n")


def rows_seen(engine):
    device, engines, model, mode = engine.column("device"), engine.column("engine"), engine.column("model"), engine.column("mode")
    blackwell = np.isin(device, BLACKWELL)
    dense = np.array([any(name in m for name in ("Llama", "Qwen3-32B")) for m in model])
    tp = np.array([float(t or 1) > 1 for t in engine.column("attention_tensor_parallel")])
    four = engine.column("weight_format") == "nvfp4"
    seen = {name: engines == name for name in ("sglang", "vllm", "trtllm")} | {"hopper": ~blackwell, "blackwell": blackwell, "all": np.ones(len(model), bool), "agg and disagg prefill": np.ones(len(model), bool), "agg": mode == "agg",
            "TP > 1": tp, "models with experts": ~dense, "nvfp4 on blackwell, with experts": blackwell & ~dense & four, "gpt-oss on hopper": ~blackwell & ~dense & four}
    return {key: seen[spec[4]] for key, spec in FREE.items()}


def evidence(engine, tables, constants, rows_of, notes):
    columns = {"device": engine.column("device"), "model": engine.column("model"), "engine": engine.column("engine"), "mode": engine.column("mode"),
               "weights": engine.column("weight_format"), "concurrency": np.array([band(float(c)) for c in engine.column("concurrency")])}
    lines = ["# Residuals of the serving constants", "", "Written by fit_serving.py. TPOT of the rows with use = score: median |error| / 90th percentile of |error| / median signed error, in %.", ""]
    lines += notes + [""]
    lines += ["## Constants", "", "| key | from tables alone | fitted | rows that see it | why no table gives it |", "|---|---|---|---|---|"]
    for key, (start, _, _, digits, seen, why) in FREE.items():
        if key in FACTORS:
            continue
        lines.append(f"| {key} | {0 if start < 0.001 else start} | {round(constants[key], digits):g} | {int(rows_of[key].sum())} ({seen}) | {why} |")
    lines += ["", "## Errors", "", "| | | rows | " + " | ".join(tables) + " |", "|---|---|---|" + "---|" * len(tables)]

    def line(by, value, mask):
        cells = [text(np.concatenate([e[mask] for e in each])) for each in tables.values()]
        lines.append(f"| {by} | {value} | {int(mask.sum())} | " + " | ".join(cells) + " |")

    every = np.ones(len(engine.rows), bool)
    line("all", "", every)
    line("DeepSeek", "", is_deepseek(engine))
    for by, values in columns.items():
        order = sorted(set(values), key=lambda v: int(v.split("-")[0].split()[0]) if by == "concurrency" else v)
        for value in order:
            line(by, value, values == value)
    return "\n".join(lines) + "\n"


# What the program, as it is built, gets wrong; the test fails when it gets worse.
def record(engine):
    summaries = {}
    for line in json.loads(engine.run("validate", RUNS, "--format", "json"))["summaries"]:
        if line["by"] in ("", "device", "engine", "mode", "weight_format"):
            tpot = line["tpot"]
            summaries[f"{line['by']} {line['value']}".strip() or "all"] = {
                "rows": tpot["rows"], "median": round(tpot["median_error"] * 100, 1), "p90": round(tpot["p90_error"] * 100, 1), "bias": round(tpot["bias"] * 100, 1)}
    systems = [{"name": name, "published": measured, "quantity": quantity, "settings": dict(word.split("=") for word in inputs.split())} for name, measured, quantity, inputs in PUBLISHED]
    with open(RECORD, "w") as f:
        f.write('{\n"about": "Written by fitting/fit_serving.py --record. Errors in percent.",\n"serving_runs": {\n'
                + ",\n".join(f" {json.dumps(name)}: {json.dumps(values)}" for name, values in summaries.items()) + '\n},\n"published_systems": [\n'
                + ",\n".join(" " + json.dumps(system) for system in systems) + "\n]\n}\n")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("moecalc", nargs="?", default=os.path.join(ROOT, "build", "native", "moecalc"))
    arguments.add_argument("--holdout", action="store_true")
    arguments.add_argument("--seeds", type=int, default=3)
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--record", action="store_true")
    given = arguments.parse_args()
    engine = Engine(given.moecalc)
    if given.record:
        return record(engine)
    every = np.ones(len(engine.rows), bool)
    rows_of = rows_seen(engine)

    with open(SERVING) as f:
        standing = {line["key"]: line["value"] for line in json.load(f)["constants"]}
    exact = fit(engine, every)
    rounded = {key: round(value, FREE[key][3]) if key in FREE else value for key, value in exact.items()}
    for key in FREE:
        if key in FACTORS:
            continue
        print(f"{key:48} before {FREE[key][0]:8.4g}  in the file {standing[key]:8.4g}  fitted {exact[key]:8.4g}  rounded {rounded[key]:g}")
    errors = {"tables alone": [engine.errors(before())], "in the file": [engine.errors({k: standing[k] for k in FREE})], "fitted": [engine.errors(exact)], "rounded": [engine.errors(rounded)]}
    systems = published(engine)
    overlap = fit_overlap(systems, standing["serving.overlap_share"])
    print(f"overlap share {overlap:.3f} (in the file {standing['serving.overlap_share']})")
    for name, measured, predicted, *_ in systems:
        print(f"  {name}: {predicted:,.0f} / {measured:,} = {predicted / measured:.3f}")
    notes = ["Tables alone: every kernel table's own floor (GEMM, attention core), the shortest of them (2 us) for the small kernels that no table holds, and nothing for what only servers have.",
             "Held out: constants from untuned starting values, fitted on half of the deployments (config_group) and scored on the other half, twice over with different halves; or fitted without the row's own device or model. "
             "The form of the method, its kernel counts and its bounds were chosen with all rows in view; only the constants are held out."]
    tables = {"tables alone": errors["tables alone"], "fitted on all rows": errors["rounded"]}
    if given.holdout:
        seeds = range(1, given.seeds + 1)
        tables["held out (half of the deployments)"] = halves(engine, seeds)
        errors["held out: half of the deployments"] = tables["held out (half of the deployments)"]
        tables["its device left out"] = errors["held out: device"] = [without(engine, engine.column("device"))]
        tables["its model left out"] = errors["held out: model"] = [without(engine, engine.column("model"))]
        with_factors = fit(engine, every, True)
        found = ", ".join(f"{key.split('.')[-1]} {with_factors[key]:.2f}" for key in FACTORS)
        errors["fitted, a factor an engine"] = [engine.errors(with_factors)]
        errors["held out: half, a factor an engine"] = halves(engine, seeds, True)
        errors["held out: device, a factor an engine"] = [without(engine, engine.column("device"), True)]
        print("factors:", found)

        def both(what):
            return f"{text(np.concatenate(errors[what + ', a factor an engine']))} (without: {text(np.concatenate(errors[what]))})"

        errors["held out: half"] = errors["held out: half of the deployments"]
        notes.append(f"A factor an engine on launch times, fitted with the rest: {found}. It gives {both('fitted')}; on held-out halves {both('held out: half')}, on devices left out {both('held out: device')}: "
                     "it gains in sample what it loses elsewhere, so the file keeps 1.")
        del errors["held out: half"]
    print(f"{'':40} {'all':24} DeepSeek")
    for name, each in errors.items():
        deepseek = np.concatenate([e[is_deepseek(engine)] for e in each])
        print(f"{name:40} {text(np.concatenate(each)):24} {text(deepseek)}")
    print(engine.runs, "runs of validate")
    if given.write:
        write_constants(rounded, rows_of, overlap, errors["rounded"][0])
        if given.holdout:
            with open(EVIDENCE, "w") as f:
                f.write(evidence(engine, tables, rounded, rows_of, notes))


if __name__ == "__main__":
    main()
