#include "plan/guide.h"

namespace moecalc::guide {
namespace {

using enum Verdict;

constexpr Point a100_points[] = {{"many_on_the_market", true, false}, {"easy_to_source", true, false}, {"no_fp8", false, true},
                                 {"second_hand", false, false},       {"old_two_nodes", false, true}};
constexpr Point dgx_points[] = {{"native_fp8", true, true},          {"single_node", true, true},           {"vendor_integrated", true, false},
                                {"scarce_opaque_price", false, false}, {"proprietary_socket", false, false}, {"grey_import", false, false}};
constexpr Point h200_points[] = {{"modest_peripherals", true, false}, {"single_node", true, true}, {"second_hand", false, false}};
constexpr Point h100_points[] = {{"native_fp8", true, true}, {"flexible_sourcing", true, false}, {"second_hand", false, false}};
constexpr Point h40_points[] = {{"legal_channel", true, false}, {"easy_to_buy", true, false}, {"performance_cut", false, true}};
constexpr Point mi300x_points[] = {{"stable_supply", true, false}, {"known_to_run", true, false}, {"vendor_supports", true, false},
                                   {"rough_drivers", false, false}, {"moving_software", false, false}};
constexpr Point ascend_points[] = {{"provider_runs_it", true, false}, {"little_documentation", false, false}, {"no_fp8", false, true}};

// The "H40" is in no vendor's list; what is printed of it (96 GB, FP8 units, made for China, slow) is the H20, which stands in for it.
constexpr PrintedBox printed[] = {
    {"a100", not_recommended, {"a100-pcie-80g", ""}, 20, 2, 80, 1600, 10, 200, "", a100_points},
    {"dgx-h200", most_recommended, {"h200", ""}, 8, 1, 141, 1128, 8, 285, "", dgx_points},
    {"h200", most_recommended, {"h200", ""}, 8, 1, 141, 1128, 8, 245, "", h200_points},
    {"h100", recommended, {"h800", "h100-pcie"}, 16, 2, 80, 1280, 10, 0, "about_the_same_price", h100_points},
    {"h40", not_much_recommended, {"h20", ""}, 16, 2, 96, 1536, 0, 220, "no_such_gpu", h40_points},
    {"mi300x", somewhat_recommended, {"mi300x", ""}, 8, 1, 192, 1536, 0, 200, "", mi300x_points},
    {"ascend", not_much_recommended, {"ascend-910b3", "ascend-910c"}, 0, 0, 0, 0, 0, 0, "no_figures", ascend_points},
};

constexpr Generation series[] = {
    {"Pascal", 2016, "Tesla P40, GeForce GTX 1080", ""},
    {"Volta", 2017, "Tesla V100", "v100-sxm2-32g"},
    {"Turing", 2018, "Quadro RTX 6000, RTX 2080", ""},
    {"Ampere", 2020, "RTX A6000, A100, RTX 3090", "a100-sxm-80g"},
    {"Ada", 2022, "RTX 6000 Ada, L40, RTX 4090", "rtx-4090"},
    {"Hopper", 2022, "H100, H200", "h100-sxm"},
    {"Blackwell", 2024, "B200, RTX 5090", "b200"},
};

constexpr std::string_view verdicts[] = {"most_recommended", "recommended", "somewhat_recommended", "not_much_recommended", "not_recommended", "no_price"};

}  // namespace

std::string_view name_of(Verdict verdict) { return verdicts[static_cast<std::size_t>(verdict)]; }

std::span<const PrintedBox> boxes() { return printed; }

std::span<const Generation> generations() { return series; }

double price_10k_cny_per_gpu(std::string_view device) {
  double cheapest = 0;
  for (const PrintedBox& box : printed) {
    if (box.devices[0] != device || box.price_10k_cny == 0) continue;
    const double each = box.price_10k_cny / box.gpus;
    if (cheapest == 0 || each < cheapest) cheapest = each;
  }
  return cheapest;
}

}  // namespace moecalc::guide
