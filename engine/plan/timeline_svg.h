// The timeline of every overlap as one drawing that stands alone: the first layers with experts, each pass on the same scale, in colours that light and
// dark pages both carry. Events have their times as titles; their numbers (data-pass, data-event) are for a page that shows more.
#pragma once

#include <functional>
#include <string>

#include "plan/timeline.h"

namespace moecalc {

using WordOf = std::function<std::string(const std::string& key)>;  // from engine/texts, in the reader's language

std::string timeline_svg(const TimelinePlan& plan, const WordOf& word);

}  // namespace moecalc
