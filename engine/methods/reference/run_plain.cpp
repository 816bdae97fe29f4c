// What sweeps run: a file of its own, so that the WebAssembly build can give it speed and the rest of the engine size.
#include "methods/reference/fit.h"
#include "methods/reference/run.h"

namespace moecalc::reference {

template void run_model<Plain>(Plain&, const Inputs&);
template void run<Plain>(Plain&, const Inputs&);

bool fits(const Inputs& in) {
  Results results;
  Plain plain(results);
  const auto a = bind_architecture(plain, in);
  run_memory(plain, in, a, bind_decode_layout(plain, in), bind_formats(plain, in));
  return results[QuantityId::memory_free_gib] >= 0;
}

OverlapChoice quicker_decode_overlap(Inputs in) {
  const auto step = [&](OverlapChoice overlap) {
    in.decode_overlap = overlap;
    Results results;
    Plain plain(results);
    run_step(plain, in, bind_architecture(plain, in), bind_decode_layout(plain, in), bind_formats(plain, in));
    return results[QuantityId::decode_step_ms];
  };
  return step(OverlapChoice::two_batch) < step(OverlapChoice::none) ? OverlapChoice::two_batch : OverlapChoice::none;
}

OverlapChoice quicker_prefill_overlap(Inputs in) {
  const auto pass = [&](OverlapChoice overlap) {
    in.prefill_overlap = overlap;
    Results results;
    Plain plain(results);
    run_prefill<Plain>(plain, in, bind_architecture(plain, in), bind_formats(plain, in), nullptr);
    return results[QuantityId::prefill_pass_ms];
  };
  return pass(OverlapChoice::two_batch) < pass(OverlapChoice::none) ? OverlapChoice::two_batch : OverlapChoice::none;
}

double settled_occupancy(Inputs in) {
  using enum QuantityId;
  in.with_prefill = in.with_decode = true;
  const double flight = in.concurrency * in.decode.replicas;
  in.occupancy = 0.9;
  for (int round = 0; round < 14; ++round) {
    Results results;
    Plain plain(results);
    run(plain, in);
    const double capacity = in.prefill.replicas * results[prefill_tokens_per_s_total] / in.prompt_tokens;
    const double of_request = (in.output_tokens * results[decode_tpot_ms] + results[prefill_ttft_ms]) / 1000;
    const double rate = flight / of_request < capacity ? flight / of_request : capacity;
    double busy = rate * in.output_tokens * results[decode_tpot_ms] / 1000 / flight;
    if (busy > 1) busy = 1;
    in.occupancy = 0.4 * in.occupancy + 0.6 * busy;
  }
  return in.occupancy;
}

double occupancy_beside_prompts(const Inputs& in) {
  const double fresh = fresh_tokens(1.0, in.prompt_tokens, in.prefix_cache_hit_rate);
  const double chunk = smaller(in.prefill_rank_tokens, fresh);
  const double most = in.output_tokens / tokens_per_step(1.0, in.acceptance, in.draft_tokens) /
                      passes_of_prompt(fresh, chunk, in.prefill.data_parallel, in.prefill.pipeline_parallel);
  return most < in.concurrency ? most / in.concurrency : 1;
}

}  // namespace moecalc::reference
