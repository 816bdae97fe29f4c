// The whole method: decode and memory of one question.
#pragma once

#include "methods/shinez/memory.h"
#include "methods/shinez/method.h"

namespace moecalc::shinez {

template <class R>
void run(R& r, const Inputs& in) {
  run_decode(r, in);
  run_memory(r, in);
}

}  // namespace moecalc::shinez
