#include "methods/capacity.h"

#include <cmath>

#include "methods/evaluate.h"

namespace moecalc {

using enum Parameter;

bool has_room(const Scenario& scenario, const Results& results) {
  if (!results.has(QuantityId::memory_largest_batch_per_gpu)) return true;
  // A method that takes other batches than the reader's whole ones says which it took.
  if (results.has(QuantityId::decode_batch_per_gpu)) return results[QuantityId::memory_free_gib] >= 0;
  return scenario[decode_batch_per_gpu] <= results[QuantityId::memory_largest_batch_per_gpu];
}

void withhold_speed(const Scenario& scenario, Results& results) {
  const auto clear = [&](QuantityId first, QuantityId last) {
    for (int id = static_cast<int>(first); id <= static_cast<int>(last); ++id) results.clear(static_cast<QuantityId>(id));
  };
  // The context is none of the two, and the ledger refers to it.
  const double context = results[QuantityId::decode_context_tokens];
  clear(QuantityId::decode_micro_batch, QuantityId::decode_tokens_per_s_total);
  results.set(QuantityId::decode_context_tokens, context);
  // Prefill on the same GPUs has no room either.
  if (!scenario.is_aggregated()) return;
  clear(QuantityId::prefill_pass_tokens, QuantityId::prefill_tokens_per_s_total);
  for (const QuantityId id : {QuantityId::prefill_ttft_ms, QuantityId::prefill_tokens_per_s_per_gpu, QuantityId::prefill_tokens_per_s_per_node}) results.clear(id);
}

std::vector<Change> changes_that_fit(const Scenario& scenario, const Results& results) {
  std::vector<Change> changes;
  const auto offer = [&](Parameter p, double value) {
    Scenario changed = scenario;
    changed.set(p, value);
    const Outcome<Numbers> numbers = evaluate_numbers(changed);
    const bool does_fit = numbers.ok() && numbers.value().fits;
    if (does_fit) changes.push_back({p, value});
    return does_fit;
  };
  const double largest = std::floor(results[QuantityId::memory_largest_batch_per_gpu]);
  if (!scenario.is_automatic(decode_concurrency)) {
    // Concurrency decides: the batch per GPU would not be looked at.
    const double most = std::floor(results[QuantityId::memory_largest_batch_per_gpu] * results[QuantityId::decode_gpus] * scenario[decode_replicas]);
    if (most >= 1) offer(decode_concurrency, most);
  } else if (largest >= 1 && !offer(decode_batch_per_gpu, largest) && largest >= 2) {
    offer(decode_batch_per_gpu, largest - 1);  // where two batches halve it, it must be even
  }
  if (scenario.choice<FormatChoice>(kv_format) == FormatChoice::bf16) offer(kv_format, static_cast<double>(FormatChoice::fp8));
  for (const double ep : {32.0, 34.0, 64.0, 72.0, 128.0, 144.0, 256.0, 320.0}) {
    if (ep > scenario[decode_expert_parallel] && offer(decode_expert_parallel, ep)) break;
  }
  if (!scenario.is_automatic(decode_tensor_parallel) && scenario[decode_tensor_parallel] != 1) offer(decode_tensor_parallel, 1);
  return changes;
}

}  // namespace moecalc
