#!/usr/bin/env python3
"""Thins the measured kernel tables to what the fits need, and writes them to data/.

    python3 thin_tables.py FOLDER     # the folder with the full tables, see README.md for their sources

The rule for each table stands where it is thinned. Nothing is averaged, corrected or left out because it fits badly.
"""
import collections
import csv
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
AICONFIGURATOR = "the aiconfigurator project, NVIDIA (github ai-dynamo/aiconfigurator), Apache-2.0"


def rows(folder, name):
    with open(os.path.join(folder, name), newline="") as file:
        return list(csv.DictReader(file))


def write(name, about, header, table):
    path = os.path.join(HERE, "data", name)
    with open(path, "w", newline="") as file:
        for line in about:
            file.write("# " + line + "\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(table)
    print(f"{name}: {len(table)} rows, {os.path.getsize(path)} bytes")


def short(text):
    return f"{float(text):.5g}"


def pivot(table, group, column, value, columns):
    """One row per group, one column per value of `column`."""
    found = collections.OrderedDict()
    for row in table:
        found.setdefault(tuple(row[k] for k in group), {})[int(row[column])] = short(row[value])
    return [list(key) + [cells.get(c, "") for c in columns] for key, cells in found.items()]


def gemm(folder):
    columns = [1, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 8192, 32768]
    table = rows(folder, "aic_gemm.csv")
    for row in table:
        row["source"] = row["framework"]
        row["format"] = {"bfloat16": "bf16", "fp8_static": "fp8", "sq": "int8", "int8_wo": "w8a16", "int4_wo": "w4a16"}.get(row["dtype"], row["dtype"])
        row["source"] += "_static" if row["dtype"] == "fp8_static" else ""
    group = ["system", "source", "format", "n", "k"]
    write("gemm.csv",
          ["Time of one GEMM (m x k) * (k x n) in microseconds, by m. Source: " + AICONFIGURATOR + ".",
           "Thinned: m of 12 powers of two out of 19 values; every n, k, system, framework and format kept."],
          group + [f"m{c}" for c in columns], pivot(table, group, "m", "latency_us", columns))


def mla_core(folder):
    keep_batch = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512}
    table = []
    for row in rows(folder, "aic_mla_core_h200_trtllm.csv"):
        batch, kv = int(row["batch_size"]), int(row["isl"]) + int(row["step"])
        if row["num_heads"] not in ("128", "16", "8") or batch not in keep_batch:
            continue
        table.append([row["phase"], row["kv_cache_dtype"], row["num_heads"], batch, kv, short(row["latency_us"])])
    write("mla_core_h200.csv",
          ["MLA attention core of DeepSeek-V3 on an H200 (TensorRT-LLM 1.3.0rc10), microseconds, without projections. Source: " + AICONFIGURATOR + ".",
           "Thinned: heads 128, 16, 8 and batches of powers of two. tokens = KV length (generation) or prompt length (context)."],
          ["phase", "kv_format", "heads", "batch", "tokens", "us"], table)


def mla_module(folder):
    table = []
    for row in rows(folder, "aic_mla_module_dsv3.csv"):
        if row["num_heads"] not in ("128", "64", "16"):
            continue
        batch, tokens = int(row["batch_size"]), int(row["isl"])
        generation = row["phase"] == "generation"
        if generation and tokens not in (1, 128, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072):
            continue
        if not generation and tokens < 512:  # host bound: the table's context rows have no CUDA graph
            continue
        table.append([row["system"], row["phase"], row["kernel_source"], row["num_heads"], batch, tokens, short(row["latency_us"])])
    write("mla_module.csv",
          ["MLA attention of DeepSeek-V3 with its projections (SGLang 0.5.10, FP8 block weights), microseconds. Source: " + AICONFIGURATOR + ".",
           "Thinned: heads 128, 64, 16; generation at 11 KV lengths; context of 512 tokens and more (shorter ones are bound by the host)."],
          ["system", "phase", "kernel", "heads", "batch", "tokens", "us"], table)


def moe(folder):
    table = [row for row in rows(folder, "aic_moe_dsv3_sglang.csv") if row["distribution"] in ("uniform", "power_law_1.01")]
    group = ["system", "phase", "distribution", "moe_ep_size"]
    columns = sorted({int(row["num_tokens"]) for row in table})
    write("moe.csv",
          ["Routed experts of DeepSeek-V3 (SGLang 0.5.10 deepepmoe, FP8 block weights: 256 experts, top 8, hidden 7168, intermediate 2048), microseconds,",
           "by tokens of the whole expert parallel group. Source: " + AICONFIGURATOR + ". Thinned: 2 of 6 token distributions."],
          group + [f"t{c}" for c in columns], pivot(table, group, "num_tokens", "latency_us", columns))


def deepep(folder):
    table = []
    for row in rows(folder, "aic_deepep_7168.csv"):
        if (row["num_topk"], row["num_experts"]) != ("8", "256"):
            continue
        table.append([row["system"], row["mode"], row["num_token"], row["dispatch_sms"], short(row["dispatch_us"]), short(row["combine_us"])])
    write("deepep_one_node.csv",
          ["DeepEP inside one node (8 GPUs; GB200 4), hidden 7168, top 8 of 256 experts, FP8 dispatch and BF16 combine, microseconds, by tokens per GPU.",
           "Source: " + AICONFIGURATOR + ". Thinned: one of three (top k, experts). mode ll = low latency; normal by SMs used."],
          ["system", "mode", "tokens", "sms", "dispatch_us", "combine_us"], table)


def alltoall(folder):
    keep = {1, 2, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768}
    table = [[row["op_name"].replace("alltoall_", ""), row["kernel_source"], row["moe_dtype"], row["moe_ep_size"], row["num_tokens"], short(row["latency_us"])]
             for row in rows(folder, "aic_gb200_alltoall_7168.csv") if int(row["num_tokens"]) in keep and row["moe_dtype"] != "fp8"]
    write("alltoall_gb200.csv",
          ["All-to-all of TensorRT-LLM 1.2.0rc6 over the NVLink of GB200 NVL72, hidden 7168, top 8 of 256 experts, balanced, microseconds, by tokens per GPU.",
           "Source: " + AICONFIGURATOR + ". Thinned: tokens of powers of two; dispatch in BF16 and NVFP4."],
          ["op", "kernel", "format", "expert_parallel", "tokens", "us"], table)


def collectives(folder):
    table = []
    for row in rows(folder, "aic_nccl.csv"):
        if row["nccl_dtype"] != "half" or row["op_name"] == "alltoall":
            continue
        size = int(row["message_bytes"])
        if size > 1 << 29 or size < 1024:
            continue
        table.append([row["system"], "nccl", row["op_name"], row["num_gpus"], size, short(row["latency_us"])])
    for row in rows(folder, "aic_custom_allreduce.csv"):
        if "eager" in row["kernel_source"]:
            continue
        size = 2 * int(row["message_size"])  # the table counts elements of BF16
        table.append([row["system"], row["framework"].lower(), "all_reduce", row["num_gpus"], size, short(row["latency_us"])])
    write("collectives.csv",
          ["All-reduce, all-gather and reduce-scatter inside one node, microseconds, by bytes of the whole message. Source: " + AICONFIGURATOR + ".",
           "Thinned: NCCL in half precision, 1 KiB to 512 MiB; custom all-reduce in CUDA graphs only."],
          ["system", "library", "op", "gpus", "bytes", "us"], table)


def published(folder):
    wanted = ("DeepGEMM", "FlashMLA", "FlashAttention", "FA3", "DeepEP", "CANN", "pplx-kernels NVLink")
    table = []
    for row in rows(folder, "kernels.csv"):
        if not row["kernel"].startswith(wanted) or row["kernel"].startswith("DeepEP LL (aic)"):
            continue
        source = row["source_title"] + (", " + row["source_address"] if row["source_address"] else "")
        table.append([row["id"], row["kernel"], row["op"], row["hardware"], row["precision"], row["shape_or_settings"], row["metric"], row["value"], row["unit"], source])
    write("published.csv",
          ["Single figures that publishers state for their kernels. The source column names where; the figures are facts quoted from",
           "documentation and papers (DeepGEMM, DeepEP, FlashMLA: MIT licence)."],
          ["id", "kernel", "op", "hardware", "precision", "settings", "metric", "value", "unit", "source"], table)


def main():
    folder = sys.argv[1]
    for thin in (gemm, mla_core, mla_module, moe, deepep, alltoall, collectives, published):
        thin(folder)


if __name__ == "__main__":
    main()
