#!/usr/bin/env python3
"""Fits the kernel curves of the method `reference` to the measured tables in data/.

    python3 fit_kernels.py      # numpy and scipy; about a minute; no arguments; the same answer each time

Writes ../engine/methods/reference/data/efficiencies.json and residuals.md. Each curve is a sum of a launch floor and the larger of a
memory time and a compute time, both linear in the work: monotone by construction, and computed with + - * / max min alone.
Fits are robust (soft L1) in the logarithm of the time; what is reported of them is |predicted / measured - 1|.
"""
import csv
import json
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from scipy.optimize import least_squares

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "engine", "methods", "reference", "data", "efficiencies.json")

AIC = "aiconfigurator project (NVIDIA, Apache-2.0)"

# What the tables' devices can do by their sheets: GB/s; dense TFLOPS by format; link GB/s in one direction.
SHEET = {
    "a100_sxm": dict(family="ampere", bandwidth=2039, bf16=312, int8=624, link=300),
    "l40s": dict(family="ada", bandwidth=864, bf16=362, fp8=733, link=32),
    "h100_sxm": dict(family="hopper", bandwidth=3350, bf16=989, fp8=1979, link=450),
    "h200_sxm": dict(family="hopper", bandwidth=4800, bf16=989, fp8=1979, link=450),
    "b200_sxm": dict(family="blackwell", bandwidth=8000, bf16=2250, fp8=4500, nvfp4=9000, link=900),
    "gb200": dict(family="blackwell", bandwidth=8000, bf16=2500, fp8=5000, nvfp4=10000, link=900),
    "rtx_pro_6000_server": dict(family="blackwell_gddr", bandwidth=1792, bf16=467.8, fp8=935.6, nvfp4=1871.2, link=64),
}
FAMILIES = ["ampere", "ada", "hopper", "blackwell", "blackwell_gddr"]

constants = []
tables = []


def load(name):
    with open(os.path.join(HERE, "data", name), newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def three_digits(value):
    return float(f"{value:.3g}")


def put(key, value, unit, kind, source, why="", points=0, median=None, p90=None):
    entry = {"key": key, "value": three_digits(value), "unit": unit, "kind": kind, "source": source}
    if kind == "fitted":
        entry.update(points=int(points), residual_median=round(float(median), 3), residual_p90=round(float(p90), 3))
    if why:
        entry["why"] = why
    constants.append(entry)


def value(key):
    return next(c["value"] for c in constants if c["key"] == key)


def fit(model, start, measured, groups=None):
    """Parameters in the logarithm; each group (a band of sizes) weighs the same.

    A start of 2 or more is a time in microseconds and stays above 2 us (a launch); a smaller one is a share or a cost and is free below 1,
    or below 10 if it starts at 1 or above.
    """
    measured = np.asarray(measured, float)
    weights = np.ones(len(measured))
    if groups is not None:
        for group in np.unique(groups):
            weights[groups == group] = 1 / np.sqrt((groups == group).sum())
    start = np.asarray(start, float)
    lower = np.log(np.where(start >= 2, 2, 1e-3))
    upper = np.log(np.where(start >= 2, 2000, np.where(start >= 1, 10, 1)))
    solution = least_squares(lambda logs: weights * np.log(model(np.exp(logs)) / measured), np.log(start), loss="soft_l1", bounds=(lower, upper),
                             f_scale=0.1 * np.median(weights), max_nfev=2000)
    parameters = np.array([three_digits(p) for p in np.exp(solution.x)])
    error = np.abs(model(parameters) / measured - 1)
    return parameters, error


def residuals(title, rows):
    tables.append((title, rows))


def show(error):
    return f"{100 * np.median(error):.1f} / {100 * np.quantile(error, 0.9):.1f}" if len(error) else ""


# --- 1. GEMM -------------------------------------------------------------------------------------------------------------------------
# t = floor + quantise + max((weights + activations) / (eb * bandwidth), flop / (ef * peak)).
# `quantise`: an FP8, INT8 or NVFP4 product first reads its BF16 input and writes it quantised, at eb of the bandwidth; weight-only does not.

WEIGHT_BYTES = {"bf16": 2, "fp8": 1, "fp8_block": 1 + 4 / 128 / 128, "int8": 1, "nvfp4": 0.5625, "w8a16": 1, "w4a16": 0.5}
INPUT_BYTES = {"bf16": 2, "fp8": 1, "fp8_block": 1 + 4 / 128, "int8": 1, "nvfp4": 0.5625, "w8a16": 2, "w4a16": 2}
PEAK_OF = {"bf16": "bf16", "fp8": "fp8", "fp8_block": "fp8", "int8": "int8", "nvfp4": "nvfp4", "w8a16": "bf16", "w4a16": "bf16"}
BANDS = ["1-16", "17-128", "129-1024", ">1024"]


def gemm():
    points = {}
    for row in load("gemm.csv"):
        sheet, form = SHEET[row["system"]], row["format"]
        n, k = int(row["n"]), int(row["k"])
        for column, cell in row.items():
            if column[0] != "m" or not cell:
                continue
            m = int(column[1:])
            memory = (n * k * WEIGHT_BYTES[form] + m * k * INPUT_BYTES[form] + m * n * 2) / sheet["bandwidth"] / 1e3
            quantise = 0 if form in ("bf16", "w8a16", "w4a16") or row["source"].endswith("static") else m * k * (2 + INPUT_BYTES[form]) / sheet["bandwidth"] / 1e3
            compute = 2 * m * n * k / sheet[PEAK_OF[form]] / 1e6
            points.setdefault((sheet["family"], form), []).append((m, memory, quantise, compute, float(cell), n * k * WEIGHT_BYTES[form]))
    rows = []
    for family in FAMILIES:
        forms = [form for fam, form in points if fam == family]
        for form in forms:
            m, memory, quantise, compute, measured, weights = (np.array(column, float) for column in zip(*points[family, form]))
            band = np.digitize(m, [17, 129, 1025])
            model = lambda p: p[0] + quantise / p[1] + np.maximum(memory / p[1], compute / p[2])
            p, error = fit(model, [5, 0.8, 0.6], measured, band)
            name = f"gemm.{family}.{form}."
            for part, number, unit in zip(("floor", "eb", "ef"), p, ("us", "1", "1")):
                put(name + part, number, unit, "fitted", AIC + ", GEMM tables", "", len(m), np.median(error), np.quantile(error, 0.9))
            rows.append([family, form, len(m), *p, show(error)] + [show(error[band == b]) for b in range(4)])
            if form == "bf16":
                big = (m <= 8) & (weights >= 128e6)
                fraction = memory[big] / measured[big]
                put(f"stream.{family}", np.median(fraction), "1", "fitted", AIC + ", GEMM tables: BF16, m <= 8, weights of 128 MB and more",
                    "share of the sheet's memory bandwidth that a large weight stream reaches", big.sum(),
                    np.median(np.abs(np.median(fraction) / fraction - 1)), np.quantile(np.abs(np.median(fraction) / fraction - 1), 0.9))
    residuals("GEMM: median / P90 of |error| in %, by rows m", [["family", "format", "points", "floor us", "eb", "ef", "all"] + BANDS] + rows)

    def assume(family, form, like_family, like_form, why, **replaced):
        for part, unit in (("floor", "us"), ("eb", "1"), ("ef", "1")):
            put(f"gemm.{family}.{form}.{part}", replaced.get(part, value(f"gemm.{like_family}.{like_form}.{part}")), unit, "assumed", "none", why)

    for form in ("int8", "w8a16", "w4a16"):
        for family in ("ada", "hopper", "blackwell", "blackwell_gddr"):
            like = {"int8": "fp8"}.get(form, "bf16")
            change = {}
            if like == "bf16":  # the A100's ratio of weight-only to BF16
                change = {part: value(f"gemm.{family}.bf16.{part}") * value(f"gemm.ampere.{form}.{part}") / value(f"gemm.ampere.bf16.{part}") for part in ("eb", "ef")}
                change["eb"] = min(change["eb"], 0.9)
            assume(family, form, family, like, "no table: as FP8" if like == "fp8" else "no table: BF16 times the A100's ratio of weight-only to BF16", **change)
    for form in ("bf16", "fp8", "fp8_block", "int8", "w8a16", "w4a16", "nvfp4"):
        like = "blackwell" if form == "nvfp4" else "hopper"
        median = lambda part: np.median([value(f"gemm.{f}.{form}.{part}") for f in FAMILIES if any(c["key"] == f"gemm.{f}.{form}.{part}" for c in constants)])
        assume("other", form, like, form, "no table for devices outside the tables' families: the families' median", floor=median("floor"), eb=median("eb"), ef=median("ef"))


# --- 2. MLA and attention ------------------------------------------------------------------------------------------------------------


def mla():
    rows = []
    sheet = SHEET["h200_sxm"]
    for form, width in (("bfloat16", 2), ("fp8", 1)):
        found = [r for r in load("mla_core_h200.csv") if r["phase"] == "generation" and r["kv_format"] == form]
        heads, batch, tokens, measured = (np.array([float(r[c]) for r in found]) for c in ("heads", "batch", "tokens", "us"))
        memory = batch * tokens * 576 * width / sheet["bandwidth"] / 1e3
        compute = batch * tokens * heads * 2 * (576 + 512) / sheet["bf16"] / 1e6
        query = batch * heads * (576 + 512) * 2 / sheet["bandwidth"] / 1e3
        model = lambda p: p[0] + query / 0.8 + np.maximum(memory / p[1], compute / p[2])
        band = np.digitize(memory, [5, 50])
        p, error = fit(model, [10, 0.7, 0.6], measured, band)
        short = {"bfloat16": "bf16", "fp8": "fp8"}[form]
        for part, number, unit in zip(("floor", "ekv", "efa"), p, ("us", "1", "1")):
            put(f"mla_decode.hopper.{short}_kv.{part}", number, unit, "fitted", AIC + ", MLA core on H200, TensorRT-LLM 1.3.0rc10",
                "of the BF16 peak", len(found), np.median(error), np.quantile(error, 0.9))
        rows.append(["core", "hopper", short + " KV", len(found), *p, show(error), *[show(error[band == b]) for b in range(3)]])

    # With its projections (SGLang): t = floor + weights + core. The table calls the KV FP8; two bytes per element fit
    # at least as well on both families, and one byte would mean a third of the bandwidth: it is read as BF16.
    found_all = [r for r in load("mla_module.csv") if r["phase"] == "generation"]
    for family in ("hopper", "blackwell"):
        found = [r for r in found_all if SHEET[r["system"]]["family"] == family]
        heads, batch, tokens, measured = (np.array([float(r[c]) for r in found]) for c in ("heads", "batch", "tokens", "us"))
        bandwidth = np.array([SHEET[r["system"]]["bandwidth"] for r in found])
        bf16 = np.array([SHEET[r["system"]]["bf16"] for r in found])
        fp8 = np.array([SHEET[r["system"]]["fp8"] for r in found])
        replicated, shared = 7168 * (1536 + 576), 1536 * 192 + 128 * 7168
        weights = (replicated + heads * shared + heads * 2 * 128 * 512 * 2) / bandwidth / 1e3
        products = 2 * batch * (replicated + heads * (shared + 2 * 128 * 512 * fp8 / bf16)) / fp8 / 1e6
        for width in (2, 1):
            memory = batch * tokens * 576 * width / bandwidth / 1e3
            compute = batch * tokens * heads * 2 * (576 + 512) / bf16 / 1e6
            model = lambda p: p[0] + np.maximum(weights / p[3], products / 0.5) + np.maximum(memory / p[1], compute / p[2])
            p, error = fit(model, [25, 0.6, 0.6, 0.7], measured, np.digitize(memory, [5, 50]))
            rows.append(["module", family, f"{width} B per KV element", len(found), *p[:3], show(error), f"weights eb {p[3]}", "", ""])
            if width == 2:
                for part, number, unit in zip(("floor", "ekv", "efa", "eb_weights"), p, ("us", "1", "1", "1")):
                    put(f"mla_module.{family}.{part}", number, unit, "fitted", AIC + ", MLA module tables, SGLang 0.5.10",
                        f"with its projections; KV counted at {width} B per element", len(found), np.median(error), np.quantile(error, 0.9))
    for part, unit in (("floor", "us"), ("ekv", "1"), ("efa", "1")):
        for form in ("bf16_kv", "fp8_kv"):
            put(f"mla_decode.blackwell.{form}.{part}", value(f"mla_module.blackwell.{part}") if part != "floor" else value(f"mla_decode.hopper.{form}.floor"), unit, "assumed",
                "none", "no table of the core alone: the module's value; floor as Hopper")

    # Prefill: causal, so half of the square; 192 and 128 wide heads.
    for family in ("hopper", "blackwell"):
        parts = []
        if family == "hopper":
            for r in load("mla_core_h200.csv"):
                if r["phase"] == "context" and r["kv_format"] == "bfloat16" and int(r["tokens"]) >= 512:
                    parts.append(("core", r, SHEET["h200_sxm"], float(r["heads"])))
        for r in load("mla_module.csv"):
            if r["phase"] == "context" and SHEET[r["system"]]["family"] == family:
                parts.append(("module", r, SHEET[r["system"]], float(r["heads"])))
        for kind in ("core", "module"):
            found = [(r, s, h) for k, r, s, h in parts if k == kind]
            if not found:
                continue
            tokens = np.array([float(r["tokens"]) for r, _, _ in found])
            batch = np.array([float(r["batch"]) for r, _, _ in found])
            heads = np.array([h for _, _, h in found])
            measured = np.array([float(r["us"]) for r, _, _ in found])
            attention = batch * tokens * tokens / 2 * heads * 2 * 320 / np.array([s["bf16"] for _, s, _ in found]) / 1e6
            project = 2 * batch * tokens * (7168 * 2112 + heads * (1536 * 192 + 512 * 256 + 128 * 7168)) / np.array([s["fp8"] for _, s, _ in found]) / 1e6
            elements = batch * tokens * heads * (192 * 2 + 128 * 2) * 2 / np.array([s["bandwidth"] for _, s, _ in found]) / 1e3
            if kind == "core":
                model = lambda p: p[0] + elements / 0.8 + attention / p[1]
                p, error = fit(model, [20, 0.6], measured, np.digitize(attention, [100, 1000]))
            else:
                model = lambda p: np.maximum(p[0], project / p[2] + elements / 0.8 + attention / p[1])
                p, error = fit(model, [500, 0.6, 0.5], measured, np.digitize(attention, [100, 1000]))
            rows.append([f"prefill {kind}", family, "causal", len(found), p[0], "", p[1], show(error), f"projections ef {p[2]}" if len(p) > 2 else "", "", ""])
            name = f"attention_prefill.{family}.{kind}_efa"
            put(name, p[1], "1", "fitted", AIC + (", MLA core on H200" if kind == "core" else ", MLA module tables, SGLang 0.5.10"), "of the BF16 peak, causal FLOP", len(found),
                np.median(error), np.quantile(error, 0.9))
    residuals("MLA: median / P90 of |error| in %", [["part", "family", "KV", "points", "floor us", "ekv", "efa", "all", "small", "middle", "large"]] + rows)

    put("attention_prefill.ampere.efa", 0.6, "1", "assumed", "none", "no table: FlashAttention-2 on A100 is quoted at up to 73 % of the peak, less at short lengths")
    put("attention_prefill.ada.efa", 0.5, "1", "assumed", "none", "no table: below the GEMM's ef of the family")
    put("attention_prefill.other.efa", 0.4, "1", "assumed", "none", "no table")
    for family in ("ampere", "ada", "blackwell_gddr", "other"):
        put(f"attention_decode.{family}.ekv", 0.6, "1", "assumed", "none", "no table: below the streaming share of large weights, as on Hopper")
        put(f"attention_decode.{family}.efa", 0.4, "1", "assumed", "none", "no table")
    for family in ("hopper", "blackwell"):
        for part in ("ekv", "efa"):
            mean = 0.5 * (value(f"mla_decode.{family}.bf16_kv.{part}") + value(f"mla_decode.{family}.fp8_kv.{part}"))
            put(f"attention_decode.{family}.{part}", mean, "1", "assumed", "none", "grouped-query attention has no table: the mean of MLA with BF16 and FP8 KV")


# --- 3. Experts ----------------------------------------------------------------------------------------------------------------------


def experts():
    rows = []
    expert = 3 * 7168 * 2048
    for family in ("hopper", "blackwell"):
        for phase in ("generation", "context"):
            data = []
            for row in load("moe.csv"):
                if row["phase"] != phase or row["distribution"] != "uniform" or SHEET[row["system"]]["family"] != family:
                    continue
                sheet, group = SHEET[row["system"]], int(row["moe_ep_size"])
                for column, cell in row.items():
                    if column[0] == "t" and cell:
                        tokens, local = int(column[1:]), 256 / group
                        read = local * min(1, tokens * 8 / 256)  # the table deals its tokens out evenly
                        pairs = tokens * 8 / group
                        data.append((group, tokens, read * expert / sheet["bandwidth"] / 1e3, 2 * pairs * expert / sheet["fp8"] / 1e6,
                                     pairs * (7168 * 4 + 2048 * 6) / sheet["bandwidth"] / 1e3, float(cell), pairs))
            group, tokens, memory, compute, move, measured, pairs = (np.array(c, float) for c in zip(*data))
            if phase == "generation":
                model = lambda p: p[0] + np.maximum(memory / p[1], compute / p[2])
                p, error = fit(model, [20, 0.75, 0.5], measured, np.digitize(memory, [20, 100]))
                for part, number, unit in zip(("floor", "eb", "ef"), p, ("us", "1", "1")):
                    put(f"experts_decode.{family}.fp8.{part}", number, unit, "fitted", AIC + ", DeepSeek-V3 experts, SGLang 0.5.10",
                        "both products of an expert with activation and quantisation between", len(data), np.median(error), np.quantile(error, 0.9))
                rows.append([family, "decode (masked)", len(data), *p, show(error), ""])
            else:
                # The benchmark scans the ids of the whole group's tokens: a cost per token of the group that a real dispatch does not have.
                # Prefill below some 400 us is bound by the host in this table.
                model = lambda p: np.maximum(p[0], np.maximum(memory / 0.7, compute / p[1]) + move / 0.7 + tokens * p[2])
                p, error = fit(model, [380, 0.6, 0.005], measured, np.digitize(compute, [200, 1000]))
                put(f"experts_prefill.{family}.fp8.ef", p[1], "1", "fitted", AIC + ", DeepSeek-V3 experts, SGLang 0.5.10",
                    "beside the bytes that permutation, activation and quantisation move", len(data), np.median(error), np.quantile(error, 0.9))
                rows.append([family, "prefill (contiguous)", len(data), p[0], "0.7", p[1], show(error), f"{p[2]} us per token of the group: benchmark's own"])
    # DeepGEMM's own figures (H800): masked and contiguous products.
    contiguous = [float(r["value"]) / 1979 for r in load("published.csv") if "contiguous groups" in r["settings"] and r["metric"] == "compute" and "2025-03" in r["kernel"]]
    put("experts_prefill.hopper.fp8.ef_deepgemm", np.median(contiguous), "1", "fitted", "DeepGEMM README (H800)", "the products alone", len(contiguous),
        np.median(np.abs(np.array(contiguous) / np.median(contiguous) - 1)), np.max(np.abs(np.array(contiguous) / np.median(contiguous) - 1)))
    residuals("Routed experts: median / P90 of |error| in %", [["family", "phase", "points", "floor us", "eb", "ef", "all", "note"]] + rows)
    ratio_b = value("gemm.blackwell.nvfp4.eb") / value("gemm.blackwell.fp8.eb")
    ratio_f = value("gemm.blackwell.nvfp4.ef") / value("gemm.blackwell.fp8.ef")
    put("experts_decode.blackwell.nvfp4.eb", value("experts_decode.blackwell.fp8.eb") * ratio_b, "1", "assumed", "none", "no table: FP8 times the GEMM's ratio of NVFP4 to FP8")
    put("experts_decode.blackwell.nvfp4.ef", value("experts_decode.blackwell.fp8.ef") * ratio_f, "1", "assumed", "none", "no table: FP8 times the GEMM's ratio of NVFP4 to FP8")
    put("experts_prefill.blackwell.nvfp4.ef", value("experts_prefill.blackwell.fp8.ef") * ratio_f, "1", "assumed", "none", "no table: FP8 times the GEMM's ratio of NVFP4 to FP8")
    for family in ("ampere", "ada", "blackwell_gddr", "other"):
        put(f"experts_decode.{family}.eb", 0.85 * value(f"stream.{family}") if family != "other" else 0.65, "1", "assumed", "none", "no table: 0.85 of a dense weight stream, as on Hopper")
        put(f"experts_decode.{family}.ef", 0.75 * value(f"gemm.{family}.bf16.ef"), "1", "assumed", "none", "no table: three quarters of the dense product")


# --- 4. Dispatch and combine ---------------------------------------------------------------------------------------------------------

HIDDEN = 7168
FP8_TOKEN, BF16_TOKEN = HIDDEN + HIDDEN // 128 * 4 + 16, 2 * HIDDEN


def exchange():
    rows = []
    found_all = load("deepep_one_node.csv")
    for family in ("hopper", "blackwell"):
        for mode in ("ll", "normal"):
            found = [r for r in found_all if SHEET[r["system"]]["family"] == family and r["mode"] == mode and (mode == "ll" or r["sms"] == "24" )]
            for op, token in (("dispatch", FP8_TOKEN), ("combine", BF16_TOKEN)):
                measured, size = [], []
                for r in found:
                    ranks = 4 if r["system"] == "gb200" else 8
                    copies = 8.0 if mode == "ll" else ranks * (1 - (1 - 1 / ranks) ** 8)
                    size.append(float(r["tokens"]) * copies * token / SHEET[r["system"]]["link"] / 1e3)
                    measured.append(float(r[op + "_us"]))
                size = np.array(size)
                p, error = fit(lambda p: p[0] + size / p[1], [15, 0.6], measured, np.digitize(size, [10, 100]))
                rows.append(["one node", family, mode, op, len(found), *p, show(error)])
                why = "copies to every expert" if mode == "ll" else "one copy per rank that has an expert of the token; 24 SMs"
                put(f"{op}.one_node.{family}.{mode}.latency", p[0], "us", "fitted", AIC + ", DeepEP tables", why, len(found), np.median(error), np.quantile(error, 0.9))
                put(f"{op}.one_node.{family}.{mode}.eff", p[1], "1", "fitted", AIC + ", DeepEP tables", "of the link's bandwidth in one direction; " + why, len(found), np.median(error), np.quantile(error, 0.9))
    # Across nodes, low latency: DeepEP's README (June 2025), H800 with one 400 Gbit/s NIC per GPU; copies inside the node take NVLink.
    published = load("published.csv")
    for op, token in (("dispatch", FP8_TOKEN), ("combine", BF16_TOKEN)):
        size, measured = [], []
        for r in published:
            if r["kernel"].startswith("DeepEP low-latency Jun") and r["op"] == op and r["metric"] == "latency" and not r["settings"].startswith("EP8 "):
                group = int(r["settings"].split()[0][2:])
                size.append(128 * 8 * token * (1 - 8 / group) / 50 / 1e3)
                measured.append(float(r["value"]))
        size = np.array(size)
        p, error = fit(lambda p: p[0] + size / p[1], [35, 0.9], measured)
        rows.append(["nodes", "hopper", "ll", op, len(measured), *p, show(error)])
        put(f"{op}.nodes.ll.latency", p[0], "us", "fitted", "DeepEP README, June 2025 (H800, 400 Gbit/s per GPU)", "EP16 to EP256", len(measured), np.median(error), np.quantile(error, 0.9))
        put(f"{op}.nodes.ll.eff", p[1], "1", "fitted", "DeepEP README, June 2025 (H800, 400 Gbit/s per GPU)", "of the NIC; every copy to another node", len(measured), np.median(error), np.quantile(error, 0.9))
    # Across nodes, normal: DeepEP counts one copy per node, the own one too: 1 - 1/nodes of its figure is on the NIC.
    share = []
    for r in published:
        if r["metric"] == "bottleneck bandwidth" and "RDMA" in r["unit"] and "Jun" in r["kernel"] and not r["settings"].startswith("EP16"):
            nodes = int(r["settings"].split()[0][2:]) / 8
            share.append(float(r["value"]) * (1 - 1 / nodes) / 50)
        if r["kernel"] == "DeepEP V2" and "8x" in r["settings"] and "NVLink" not in r["settings"]:
            nodes = int(r["settings"].split("8x")[1].split()[0])
            share.append(float(r["value"]) * (1 - 1 / nodes) / 50)
    share = np.array(share)
    middle = np.median(share)
    put("exchange.nodes.normal.eff", middle, "1", "fitted", "DeepEP README, June 2025 and V2", "of the NIC; one copy per other node that has an expert of the token", len(share),
        np.median(np.abs(share / middle - 1)), np.quantile(np.abs(share / middle - 1), 0.9))
    put("exchange.nodes.normal.latency", 60, "us", "assumed", "none", "no table of small messages across nodes: twice the low-latency kernels'")
    rows.append(["nodes", "hopper", "normal", "both", len(share), "60 (assumed)", middle, show(np.abs(share / middle - 1))])
    # The NVLink domain of GB200.
    for op in ("dispatch", "combine", "prepare"):
        data = []
        for r in load("alltoall_gb200.csv"):
            if r["op"] != op or r["kernel"] != "NVLinkTwoSided" or int(r["expert_parallel"]) < 4:
                continue
            ranks = int(r["expert_parallel"])
            token = {"nvfp4": HIDDEN * 0.5625, "bfloat16": 2 * HIDDEN}[r["format"]] if op == "dispatch" else 2 * HIDDEN
            copies = ranks * (1 - (1 - 1 / ranks) ** 8)
            data.append((float(r["tokens"]) * copies * token / 900 / 1e3 if op != "prepare" else float(r["tokens"]) / 1e3, float(r["us"])))
        size, measured = (np.array(c) for c in zip(*data))
        p, error = fit(lambda p: p[0] + size / p[1], [12, 0.6], measured, np.digitize(size, np.quantile(size, [0.33, 0.67])))
        rows.append(["NVLink domain", "GB200", "two-sided", op, len(data), *p, show(error)])
        put(f"{op}.nvlink_domain.latency", p[0], "us", "fitted", AIC + ", GB200 all-to-all", "EP4 to EP64", len(data), np.median(error), np.quantile(error, 0.9))
        put(f"{op}.nvlink_domain.eff", p[1], "1" if op != "prepare" else "thousand tokens per us", "fitted", AIC + ", GB200 all-to-all",
            "of 900 GB/s; one copy per rank that has an expert of the token" if op != "prepare" else "", len(data), np.median(error), np.quantile(error, 0.9))
    residuals("Dispatch and combine: median / P90 of |error| in %", [["where", "family", "mode", "op", "points", "latency us", "share of link", "all"]] + rows)


# --- 5. Collectives ------------------------------------------------------------------------------------------------------------------


def collectives():
    rows = []
    found_all = load("collectives.csv")
    for family in FAMILIES:
        for library in ("custom", "nccl"):
            for op in ("all_reduce", "all_gather", "reduce_scatter"):
                found = [r for r in found_all if SHEET[r["system"]]["family"] == family and r["op"] == op and (r["library"] == "nccl") == (library == "nccl")
                         and int(r["bytes"]) >= 1024 and not (library == "custom" and family in ("ada", "blackwell_gddr"))]  # no peer access: not used there
                if not found:
                    continue
                if library == "custom":  # where both frameworks have a figure, the faster kernel
                    fastest = {}
                    for r in found:
                        point = (r["system"], r["gpus"], r["bytes"])
                        if point not in fastest or float(r["us"]) < float(fastest[point]["us"]):
                            fastest[point] = r
                    found = list(fastest.values())
                gpus = np.array([float(r["gpus"]) for r in found])
                size = np.array([float(r["bytes"]) for r in found]) / np.array([SHEET[r["system"]]["link"] for r in found]) / 1e3
                measured = np.array([float(r["us"]) for r in found])
                ring = (gpus - 1) / gpus * size * (2 if op == "all_reduce" else 1)
                band = np.digitize(np.array([float(r["bytes"]) for r in found]), [1 << 15, 1 << 20])
                if library == "custom":
                    # One shot: each GPU reads all others' copies. Two shots: reduce-scatter, then all-gather.
                    model = lambda p: np.minimum(p[0] + (gpus - 1) * size / p[1], p[2] + ring / p[3])
                    p, error = fit(model, [3.5, 0.3, 14, 0.8], measured, band)
                    names, units = ("one_shot.latency", "one_shot.eff", "two_shot.latency", "two_shot.eff"), ("us", "1", "us", "1")
                else:
                    # Over PCIe more than two GPUs share a host's lanes and cross its sockets: the bandwidth falls with each GPU beyond two.
                    over_pcie = family in ("ada", "blackwell_gddr")
                    model = lambda p: p[0] + p[1] * (gpus - 1) + ring / p[2] * (1 + p[3] * (gpus - 2) if over_pcie else 1)
                    p, error = fit(model, [8, 1.5, 0.6] + ([0.5] if family == "blackwell_gddr" else [1.5] if over_pcie else []), measured, band)
                    names, units = ("latency", "latency_per_gpu", "eff", "slowdown_per_gpu_beyond_two"), ("us", "us", "1", "1")
                for part, number, unit in zip(names, p, units):
                    put(f"{op}.{library}.{family}.{part}", number, unit, "fitted", AIC + f", {'custom all-reduce' if library == 'custom' else 'NCCL'} tables", "the faster of SGLang's and TensorRT-LLM's kernels" if library == "custom" else "", len(found),
                        np.median(error), np.quantile(error, 0.9))
                rows.append([family, library, op, len(found), " ".join(f"{n} {v}" for n, v in zip(names, p)), show(error)] + [show(error[band == b]) for b in range(3)])
    residuals("Collectives inside a node: median / P90 of |error| in %", [["family", "library", "op", "points", "constants", "all", "to 32 KiB", "to 1 MiB", "larger"]] + rows)
    put("collective.nodes.latency", 25, "us", "assumed", "none", "no table across nodes: a NIC round trip each way and the reduction's steps")
    put("collective.nodes.eff", 0.85, "1", "assumed", "none", "of the NIC; no table across nodes")


def main():
    gemm()
    mla()
    experts()
    exchange()
    collectives()
    os.makedirs(os.path.dirname(OUT), exist_ok=True)
    about = {
        "what": "Constants of kernel curves, fitted to measured tables by fitting/fit_kernels.py; do not edit by hand.",
        "residual": "median and 90th percentile of |predicted / measured - 1| of the whole curve that the constant is part of",
        "efficiency": "a share of the device's sheet number: dense FLOP/s of the compute format, memory bandwidth, link bandwidth in one direction",
    }
    with open(OUT, "w") as file:
        file.write("{\n\"about\": " + json.dumps(about, indent=1) + ",\n\"constants\": [\n")
        file.write(",\n".join(json.dumps(entry) for entry in constants))
        file.write("\n]\n}\n")
    with open(os.path.join(HERE, "residuals.md"), "w") as file:
        file.write("# Residuals of the kernel curves\n\nWritten by fit_kernels.py.\n")
        for title, table in tables:
            file.write(f"\n## {title}\n\n")
            for i, row in enumerate(table):
                file.write("| " + " | ".join(str(cell) for cell in row) + " |\n")
                if i == 0:
                    file.write("|" + "---|" * len(row) + "\n")
    print(f"{len(constants)} constants")


if __name__ == "__main__":
    main()
