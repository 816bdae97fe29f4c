#include "methods/zartbot/parameter_count.h"

namespace moecalc::zartbot {
namespace {

LinearCount linear(std::string_view name, double in, double out, bool with_bias) {
  const double parameters = in * out + (with_bias ? out : 0);
  return {name, parameters, parameters};
}

}  // namespace

MlaCount count_mla(const Shape& s, bool with_bias) {
  const double q_heads = s.num_attention_heads * (s.qk_nope_head_dim + s.qk_rope_head_dim);
  const double kv_heads = s.num_attention_heads * (s.qk_nope_head_dim + s.v_head_dim);
  MlaCount count;
  count.linears = {
      linear("wq_a", s.hidden_size, s.q_lora_rank, with_bias),
      linear("wq_b", s.q_lora_rank, q_heads, with_bias),
      linear("wkv_a", s.hidden_size, s.kv_lora_rank + s.qk_rope_head_dim, with_bias),
      linear("wkv_b", s.kv_lora_rank, kv_heads, with_bias),
      linear("wo", s.num_attention_heads * s.v_head_dim, s.hidden_size, with_bias),
  };
  count.linears[3].macs = 0;  // its weight is used directly, so the profiler never sees the module run
  count.norm_parameters = s.q_lora_rank + s.kv_lora_rank;
  for (const LinearCount& l : count.linears) {
    count.parameters += l.parameters;
    count.macs += l.macs;
  }
  return count;
}

FfnCount count_ffn(const Shape& s, double width, bool with_bias) {
  FfnCount count;
  count.linears = {
      linear("w1", s.hidden_size, width, with_bias),
      linear("w2", width, s.hidden_size, with_bias),
      linear("w3", s.hidden_size, width, with_bias),
  };
  count.activation_macs = width;
  for (const LinearCount& l : count.linears) {
    count.parameters += l.parameters;
    count.macs += l.macs;
  }
  return count;
}

double count_gate(const Shape& s, bool with_bias) { return s.hidden_size * s.n_routed_experts + (with_bias ? s.n_routed_experts : 0); }
double count_embedding(const Shape& s) { return s.vocab_size * s.hidden_size; }

}  // namespace moecalc::zartbot
