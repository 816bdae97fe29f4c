// Parameters of DeepSeek-V3/R1, counted as section 1 of the article counts them.
//
// Its printouts come from a profiler over modules with biases: in x out + out for each linear layer, and wkv_b, which the
// profiler does not see running, with no multiply-accumulates. The bias-free counts are the model's real ones.
#pragma once

#include <array>
#include <string_view>

#include "methods/zartbot/work.h"

namespace moecalc::zartbot {

struct LinearCount {
  std::string_view name;
  double parameters = 0;
  double macs = 0;  // per token, as the profiler reports them (biases counted like multiplications)
};

struct MlaCount {
  std::array<LinearCount, 5> linears;  // wq_a, wq_b, wkv_a, wkv_b, wo
  double parameters = 0;               // of the five
  double norm_parameters = 0;          // q_norm and kv_norm, part of the module's total in the printed shares
  double macs = 0;
};
MlaCount count_mla(const Shape& shape, bool with_bias);

struct FfnCount {
  std::array<LinearCount, 3> linears;  // w1 (gate), w2 (down), w3 (up)
  double parameters = 0;
  double activation_macs = 0;  // SiLU, one an element of the width, part of the module's total in the printed shares
  double macs = 0;
};
FfnCount count_ffn(const Shape& shape, double width, bool with_bias);

double count_gate(const Shape& shape, bool with_bias);
double count_embedding(const Shape& shape);

// Model quantities of a report: bias-free.
template <class R>
void run_model(R& r, const Inputs& in, const BoundShape<R>& m) {
  using enum QuantityId;
  const auto attention = r.result(model_attention_parameters_m, m.d * m.r_q + m.r_q * m.heads * (m.n + m.p) + m.d * (m.r_kv + m.p) +
                                                                    m.r_kv * m.heads * (m.n + m.v) + m.heads * m.v * m.d);
  r.result(model_attention_absorbed_parameters_m, m.d * m.r_q + m.r_q * m.heads * m.p + m.heads * m.r_q * m.r_kv + m.d * (m.r_kv + m.p) +
                                                      m.heads * m.r_kv * m.d);
  const auto dense = r.result(model_dense_ffn_parameters_m, 3.0 * m.d * m.f);
  const auto expert = r.result(model_expert_parameters_m, 3.0 * m.d * m.f_e);
  const auto sparse = m.layers - m.dense;
  r.result(model_total_parameters_b, m.layers * attention + m.dense * dense + sparse * (expert * (m.experts + 1.0) + m.d * m.experts + m.experts) +
                                         2.0 * m.vocabulary * m.d);
  const auto kv_element = bind_parameter(r, "B_kv", Parameter::kv_format, bytes(in.kv_bytes_per_element));
  r.result(model_kv_kib_per_token, kv_element * kv_elements(m) * m.layers);
}

}  // namespace moecalc::zartbot
