// What share of a data sheet's figure kernels reach, and what a message costs beside it, by generation of device and number format.
//
// Every value is a line of data/efficiencies.json (fitted to kernel measurements by fitting/fit_kernels.py, each with its source and residual) or of
// data/serving.json (the few constants that only whole servers show, fitted to serving runs by fitting/fit_serving.py); generate.mjs makes a
// table of them at build time.
#pragma once

#include <array>

#include "catalogue/catalogue.h"

namespace moecalc::reference {

// blackwell_gddr: RTX PRO 6000 and kin. other: no kernel table for it; the median of the families that have one.
enum class Generation { ampere, ada, hopper, blackwell, blackwell_gddr, other };
inline constexpr std::size_t generation_count = 6;

Generation generation_of(const Device& device);

// How a GEMM computes: w8a16 and w4a16 read small weights and multiply in BF16.
enum class KernelFormat { bf16, fp8, int8, w8a16, w4a16, nvfp4 };
inline constexpr std::size_t kernel_format_count = 6;

struct KernelShares {
  double memory;   // of the memory bandwidth
  double compute;  // of the dense peak of the format
};

// A latency and a share of a link's bandwidth, one direction.
struct MessageCurve {
  double latency_us;
  double share;
};

// Custom kernels: one shot (every GPU reads all others) or two (reduce-scatter, all-gather), whichever is quicker; share 0: there is no such kernel.
struct AllReduceCurve {
  MessageCurve one_shot;
  MessageCurve two_shot;
  double latency_per_gpu_us;
  double slowdown_per_gpu;  // of each GPU beyond two where all share a PCIe root
};

// Dispatch and combine, within a scale-up domain and between domains.
struct ExchangeCurves {
  MessageCurve dispatch_scaleup;
  MessageCurve combine_scaleup;
  MessageCurve dispatch_scaleout;
  MessageCurve combine_scaleout;
};

struct Efficiency {
  std::array<KernelShares, kernel_format_count> gemm;
  KernelShares expert;          // grouped GEMM of decode, BF16 and eight bits
  KernelShares expert_four_bit;
  double expert_prefill_compute;
  KernelShares attention_decode;
  double attention_prefill;
  double stream;               // of the memory bandwidth: norms, activations, permutation
  double gemm_floor_us;        // one product, however small
  AllReduceCurve all_reduce;
  ExchangeCurves low_latency;  // DeepEP's kernels of decode
  ExchangeCurves normal;       // and of prefill
  double launch_us;            // one small kernel of a step, with the gap before it
  double tpot_error;           // how far off a prediction may be: nine of ten runs are nearer; wider where nothing was measured
};


// Domains larger than a node of eight (NVL72): one copy of a token a rank, over switched NVLink.
const ExchangeCurves& nvlink_domain_exchange();
// Between domains, all-reduce and its kin.
MessageCurve collective_between_domains();

// Only whole servers show these.
struct ServingConstants {
  double attention_floor_us;   // one attention core: planning, splitting, merging
  double eager_layer_us;       // a layer of a pass with prompts: launched one by one, no captured graph
  double sequence_us;          // sampling and host work of one sequence of a rank
  double all_reduce_factor;    // over the kernel's own time: GPUs arrive at different times
  double effective_tokens;     // routing is uneven: so much of the tokens' number reaches distinct experts as if it were even
  double overlap_share;        // of what two micro-batches could hide, the part they do
  double sglang, vllm, trtllm;  // an engine's launches over the mean
};

// Everything that was measured rather than counted.
struct Calibration {
  std::array<Efficiency, generation_count> by_generation;
  ServingConstants serving;

  const Efficiency& of(Generation generation) const { return by_generation[static_cast<std::size_t>(generation)]; }
};
const Calibration& standard_calibration();

}  // namespace moecalc::reference
