#include "methods/zartbot/conclusions.h"

#include <initializer_list>

#include "methods/evaluate.h"
#include "scenario/presets.h"

namespace moecalc::zartbot {
namespace {

using enum QuantityId;

// A question in the words of the command line; all of them are valid (a test evaluates every conclusion).
Scenario question(std::initializer_list<Setting> settings) {
  Scenario scenario = Scenario::defaults();
  scenario.set("method", "zartbot");
  for (const Setting& s : settings) scenario.set(s.key, s.value);
  return scenario;
}

double number(const Scenario& scenario, QuantityId id) {
  const Outcome<Numbers> numbers = evaluate_numbers(scenario);
  return numbers.ok() ? numbers.value().results[id] : std::numeric_limits<double>::quiet_NaN();
}

Scenario prefill(std::string_view device, std::string_view tp) {
  return question({{"phase", "prefill"}, {"device", device}, {"prefill.tensor_parallel", tp}});
}

Scenario prefill_network(std::string_view device, std::string_view prompt, std::string_view nic) {
  Scenario scenario = prefill(device, "4");
  scenario.set("prompt_tokens", prompt);
  scenario.set("nic_gbit_per_s", nic);
  return scenario;
}

Scenario decode(std::string_view device, std::string_view batch) {
  return question({{"phase", "decode"}, {"device", device}, {"decode.batch_per_gpu", batch}});
}

// A decode number whether or not the batch fits: the article's tables ask no memory.
double decode_number(Scenario scenario, QuantityId id) {
  scenario.set("ignore_capacity", "true");
  return number(scenario, id);
}

Scenario with(Scenario scenario, std::string_view key, std::string_view value) {
  scenario.set(key, value);
  return scenario;
}

}  // namespace

std::vector<Conclusion> conclusions() {
  std::vector<Conclusion> list;

  list.push_back({"prefill_tp4_beats_tp8",
                  {{"tp4", number(prefill("h800", "4"), prefill_tokens_per_s_per_node)},
                   {"tp8", number(prefill("h800", "8"), prefill_tokens_per_s_per_node)}},
                  prefill("h800", "4")});

  const Scenario h20_tp4_serial = with(prefill("h20", "4"), "overlap", "none");
  list.push_back({"prefill_h20_needs_tp8",
                  {{"tp4_ttft", number(h20_tp4_serial, prefill_ttft_ms)},
                   {"tp8_ttft", number(with(prefill("h20", "8"), "overlap", "none"), prefill_ttft_ms)}},
                  with(prefill("h20", "8"), "overlap", "none")});

  // The prompt's length decides: attention grows with its square, the all-to-all with its length.
  list.push_back({"prefill_network",
                  {{"long_800g", number(prefill_network("h20", "4383", "100"), prefill_time_budget_ms)},
                   {"short_800g", number(prefill_network("h20", "1024", "100"), prefill_time_budget_ms)},
                   {"h800_long_3200g", number(prefill_network("h800", "4383", "400"), prefill_time_budget_ms)},
                   {"h800_long_1600g", number(prefill_network("h800", "4383", "200"), prefill_time_budget_ms)},
                   {"h800_short_3200g", number(prefill_network("h800", "1024", "400"), prefill_time_budget_ms)},
                   {"h800_short_1600g", number(prefill_network("h800", "1024", "200"), prefill_time_budget_ms)}},
                  prefill_network("h20", "4383", "100")});

  list.push_back({"decode_absorb",
                  {{"absorbed", decode_number(decode("h800", "32"), decode_mla_tp1_ms)},
                   {"standard", decode_number(with(decode("h800", "32"), "mla_absorb", "no"), decode_mla_tp1_ms)}},
                  decode("h800", "32")});

  const auto largest = [](std::string_view device, std::string_view ep, std::string_view kv, std::string_view tp) {
    return number(question({{"phase", "decode"}, {"device", device}, {"decode.expert_parallel", ep}, {"kv_format", kv}, {"decode.tensor_parallel", tp}}),
                  memory_largest_batch_per_gpu);
  };
  list.push_back({"decode_at_most_8_experts",
                  {{"ep34", largest("h800", "34", "fp8", "1")},
                   {"ep72", largest("h800", "72", "fp8", "1")},
                   {"ep144", largest("h800", "144", "fp8", "1")},
                   {"ep320", largest("h800", "320", "fp8", "1")}},
                  question({{"phase", "decode"}, {"decode.expert_parallel", "34"}, {"decode.batch_per_gpu", "64"}})});

  list.push_back({"decode_h800_needs_fp8_kv",
                  {{"fp8", largest("h800", "144", "fp8", "1")}, {"bf16", largest("h800", "144", "bf16", "1")}},
                  question({{"phase", "decode"}, {"kv_format", "bf16"}})});

  list.push_back({"decode_batch_for_20_tps",
                  {{"h800_128", decode_number(decode("h800", "128"), decode_tps_per_user)},
                   {"h800_256", decode_number(decode("h800", "256"), decode_tps_per_user)},
                   {"h20_32", decode_number(decode("h20", "32"), decode_tps_per_user)},
                   {"h20_64", decode_number(decode("h20", "64"), decode_tps_per_user)},
                   {"h20_3e_64", decode_number(decode("h20-3e", "64"), decode_tps_per_user)},
                   {"h20_3e_128", decode_number(decode("h20-3e", "128"), decode_tps_per_user)}},
                  decode("h800", "128")});

  list.push_back({"decode_h800_tight_budget", {{"budget", decode_number(decode("h800", "128"), decode_time_budget_ms)}}, decode("h800", "128")});

  const auto budget = [](std::string_view device, std::string_view batch, std::string_view nic) {
    return decode_number(with(decode(device, batch), "nic_gbit_per_s", nic), decode_time_budget_ms);
  };
  list.push_back({"decode_network",
                  {{"h20_1600g", budget("h20", "32", "200")},
                   {"h20_800g", budget("h20", "32", "100")},
                   {"h20_3e_3200g", budget("h20-3e", "64", "400")},
                   {"h20_3e_1600g", budget("h20-3e", "64", "200")}},
                  with(decode("h20-3e", "64"), "nic_gbit_per_s", "200")});

  // DeepSeek's published day: tokens a second and node, over eight GPUs.
  const Scenario day = preset_scenario("deepseek-official").value();
  const double measured = day[Parameter::economics_decode_tokens_per_s_per_node] / day[Parameter::gpus_per_node];
  const double computed = decode_number(decode("h800", "32"), decode_tokens_per_s_per_gpu);
  list.push_back({"production_delivers", {{"measured", measured}, {"computed", computed}, {"share", measured / computed}}, decode("h800", "32")});
  return list;
}

}  // namespace moecalc::zartbot
