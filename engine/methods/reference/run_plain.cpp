// What sweeps run: a file of its own, so that the WebAssembly build can give it speed and the rest of the engine size.
#include "methods/reference/fit.h"
#include "methods/reference/run.h"

namespace moecalc::reference {

template void run<Plain>(Plain&, const Inputs&);

bool fits(const Inputs& in) {
  Results results;
  Plain plain(results);
  const auto a = bind_architecture(plain, in);
  run_memory(plain, in, a, bind_decode_layout(plain, in), bind_formats(plain, in));
  return results[QuantityId::memory_free_gib] >= 0;
}

}  // namespace moecalc::reference
