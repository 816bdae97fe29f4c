// moecalc sweep: a sweep on all cores, whole or one shard of it, and the merging of shards.
//
// A shard's output is a document {moecalc_sweep, release, sweep, shard, shards, partial}; any scheduler can run shards on any
// machines, and --merge of all of them equals one run.
#pragma once

#include "arguments.h"

namespace moecalc::cli {

int run_sweep_command(const Arguments& arguments);

}  // namespace moecalc::cli
