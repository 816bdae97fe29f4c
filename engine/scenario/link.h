// A scenario as the fragment of an address: v=1&n=0.1.0&d=h20&db=32&k=7f3a
//
// Readable and short: only what differs from the defaults of link version v, under the short keys of the parameter table.
// n is the release that wrote it; k, always last, is the CRC-16 of all text before "&k=", because chat programs cut
// links. Alphabet: A-Z a-z 0-9 - . _ ~ = &. A link that has been published decodes for ever (tests/links).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "errors/error.h"
#include "scenario/scenario.h"

namespace moecalc {

// Further pairs that a link can carry (a sweep, a plan): key without '=' and '&', value of the agreed alphabet.
using LinkPairs = std::vector<std::pair<std::string, std::string>>;

std::string encode_link(const Scenario& scenario, const LinkPairs& further = {});

inline constexpr std::size_t largest_link_bytes = 65536;  // the longest plan has 50,000

struct DecodedLink {
  Scenario scenario;    // all that could be read, defaults elsewhere
  Errors problems;      // empty when the link is whole
  std::string release;  // what wrote it; empty when the link does not say
  std::string repaired;  // the link as it was written, where its checksum is right and the text was another
  LinkPairs sweep;      // pairs of a sweep, unread (sweep/sweep_link.h)
  LinkPairs plan;       // pairs of a plan, unread (plan/plan_link.h)
};

// Takes the fragment with or without '#', or a whole address; '?' may stand for '#'. Never fails: what was wrong is in `problems`.
// What chat programs do to a link is undone first (percent codes, "&amp;", characters put in), and text behind the checksum is ignored.
DecodedLink decode_link(std::string_view given);

}  // namespace moecalc
