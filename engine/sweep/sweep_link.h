// A sweep as pairs of a link, behind the pairs of its base scenario:
//   sx0=d~v~h800~h20  sx1=db~r~16~128~8  sx2=kf=wf~v~bf16=bf16~fp8=fp8  sc0=decode.tps_per_user~ge~20
//   so=decode.tokens_per_s_per_gpu~max  sp=QUANTITY~max~QUANTITY~min  sg=d~nic  st=100  ss=2000  sq=QUANTITY~QUANTITY
// Axes: v values, r from~to~step, p and l from~to~points (linear, logarithmic), a all entries~vendor.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenario/link.h"
#include "sweep/sweep.h"

namespace moecalc {

std::string encode_link(const Sweep& sweep);

struct DecodedSweepLink {
  DecodedLink link;
  std::optional<Sweep> sweep;  // when the link carries one that could be read
};
DecodedSweepLink decode_sweep_link(std::string_view text);

}  // namespace moecalc
