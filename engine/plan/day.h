// DeepSeek's system on one page: its deployment units, and a day of service on them.
//
// A unit is the smallest group of nodes that holds one prefill or one decode instance: its expert-parallel group. What the units
// cost and bring is in the report (economics/economics.h).
#pragma once

#include "plan/plan.h"
#include "report/report.h"

namespace moecalc {

struct DeploymentUnit {
  double gpus;
  double nodes;
  double tensor_parallel;
  double data_parallel;
  double expert_parallel;
  double redundant_experts;
  double routed_experts_per_gpu;  // redundant ones included
  double shared_experts_per_gpu;  // every GPU holds them all
  double tokens_per_s_per_node;   // the reader's, or the method's; 0: neither
  double nodes_of_day;            // what the day's load needs; 0 without a rate
  double units_of_day;
};

// How much prefill the day needs for its decode.
struct PrefillToDecode {
  double units;  // prefill units per decode unit
  double nodes;
};

// Nodes in use in one hour of the assumed profile, and those that the peak has and this hour leaves to other work.
struct HourOfDay {
  double nodes;
  double freed_nodes;
};

// The format of one kind of work in a unit, as `choice.<format>`.
struct WorkFormats {
  std::string_view matmul;
  std::string_view core_attention;
  std::string_view dispatch;
  std::string_view combine;
};

// What the day's nodes draw, the room's cooling included (the purchase.* inputs say how much).
struct DayEnergy {
  double node_kw;
  double kwh_per_day;
  double kwh_per_million_output_tokens;
  double kwh_per_million_tokens;  // in and out
};

struct DayPlan {
  Report report;
  WorkFormats formats;
  std::vector<HourOfDay> hours;  // 24; none where the day has no cost
  std::optional<DayEnergy> energy;  // none where the GPU's power or the number of nodes is unknown
  std::optional<DeploymentUnit> prefill;  // none where the phases share their GPUs
  std::optional<DeploymentUnit> decode;
  std::optional<PrefillToDecode> prefill_to_decode;  // none where a phase has no unit, rate or load
};

// Errors: what the method cannot answer for; a peak below the average, or so high that no node is left for the night.
Outcome<DayPlan> plan_day(const Plan& plan);

}  // namespace moecalc
