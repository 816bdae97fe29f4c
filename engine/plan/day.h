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

struct DayPlan {
  Report report;
  std::optional<DeploymentUnit> prefill;  // none where the phases share their GPUs
  std::optional<DeploymentUnit> decode;
};

Outcome<DayPlan> plan_day(const Plan& plan);

}  // namespace moecalc
