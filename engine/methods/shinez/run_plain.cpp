// What sweeps run: a file of its own, so that the WebAssembly build can give it speed and the rest of the engine size.
#include "methods/shinez/run.h"

namespace moecalc::shinez {

template void run<Plain>(Plain&, const Inputs&);

}  // namespace moecalc::shinez
