// What sweeps run: a file of its own, so that the WebAssembly build can give it speed and the rest of the engine size.
#include "methods/zartbot/run.h"

namespace moecalc::zartbot {

template void run<Plain>(Plain&, Results&, const Inputs&);

}  // namespace moecalc::zartbot
