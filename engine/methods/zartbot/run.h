// The whole method: model, prefill, decode and memory of one question.
#pragma once

#include "methods/zartbot/decode.h"
#include "methods/zartbot/memory.h"
#include "methods/zartbot/method.h"
#include "methods/zartbot/parameter_count.h"
#include "methods/zartbot/prefill.h"

namespace moecalc::zartbot {

template <class R>
void run(R& r, Results& results, const Inputs& in) {
  const auto shape = bind_shape(r, in.shape);
  run_model(r, in, shape);
  if (in.with_prefill) run_prefill(r, in, shape);
  if (!in.with_decode) return;
  run_decode(r, in, shape);
  run_memory(r, in, shape, results[QuantityId::decode_tensor_parallel]);
}

}  // namespace moecalc::zartbot
