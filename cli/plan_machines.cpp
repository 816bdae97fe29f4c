#include "plan_machines.h"

#include <ostream>

#include "plan/machines.h"
#include "plan_boxes.h"
#include "table.h"

namespace moecalc::cli {
namespace {

class MachinesPrinter {
 public:
  MachinesPrinter(std::ostream& out, Language language) : out_(out), language_(language) {}

  void rows(const std::vector<MachineRow>& list) {
    out_ << say("rows") << '\n' << fill(say("assumptions"), {{"prompt", brief(assumed_prompt_tokens)}, {"output", brief(assumed_output_tokens)}}) << '\n';
    std::vector<Cells> table{{boxes("model"), say("machine"), say("configuration"), say("taken_as"), boxes("format"), say("printed_tokens_per_s"), say("predicted_tokens_per_s"), say("ratio"),
                              say("printed_concurrency"), boxes("users_with_room"), say("predicted_users"), say("printed_per_user"), boxes("tokens_per_s_per_user"), say("most_context"), say("remark")}};
    for (const MachineRow& row : list) table.push_back(cells_of(row));
    print_table(out_, table, "lllllrrrrrrrrrl");
  }

  void cards(const std::vector<CardRow>& list) {
    out_ << '\n' << say("cards") << '\n';
    std::vector<Cells> table{{say("card"), boxes("device"), say("memory_gb"), say("as_printed"), say("bandwidth_gb_per_s"), say("as_printed"), say("fp16_tflops"), say("as_printed"),
                              say("int8_tops"), say("as_printed"), "FP16", "INT8"}};
    for (const CardRow& row : list) {
      const Device& device = devices()[row.device];
      const card_table::Card& p = *row.printed;
      table.push_back({std::string(p.name), std::string(device.id), known(device.memory_marketed_gb), printed(p.memory_gb), known(device.memory_bandwidth_gb_per_s), printed(p.bandwidth_gb_per_s),
                       known(device.peak_dense_fp16_tflops), printed(p.fp16_tflops), known(device.peak_dense_int8_tops), printed(p.int8_tops), say("reading." + std::string(name_of(row.fp16))),
                       say("reading." + std::string(name_of(row.int8)))});
    }
    print_table(out_, table, "llrrrrrrrrll");
  }

 private:
  std::string say(const std::string& key) const { return std::string(words(language_, "plan.machines." + key)); }
  std::string boxes(const std::string& key) const { return std::string(words(language_, "plan.boxes." + key)); }
  static std::string printed(double value) { return brief(value > 0 ? std::optional(value) : std::nullopt); }
  static std::string known(const Fact& fact) { return brief(fact.known() ? std::optional(fact.value) : std::nullopt); }

  Cells cells_of(const MachineRow& row) const {
    const card_table::Machine& machine = *row.printed;
    const auto& service = row.answer.service;
    const auto of = [&](double Service::*member) { return brief(service ? std::optional(&*service->*member) : std::nullopt); };
    return {std::string(machine.model),
            std::string(machine.machine),
            std::string(machine.configuration),
            brief(machine.devices) + " × " + std::string(machine.device),
            held_name(row.format, language_),
            printed(machine.tokens_per_s),
            of(&Service::tokens_per_s),
            brief(row.ratio),
            printed(machine.concurrency),
            brief(row.answer.users_with_room),
            of(&Service::users),
            printed(machine.concurrency > 0 ? machine.tokens_per_s / machine.concurrency : 0),
            of(&Service::tokens_per_s_per_user),
            brief(row.most_context_tokens),
            remark(row)};
  }

  std::string remark(const MachineRow& row) const {
    if (!row.covered) return say("remark.not_covered");
    if (!row.answer.unknown.empty()) {
      std::string figures;
      for (const Parameter p : row.answer.unknown) figures += (figures.empty() ? "" : ", ") + std::string(info(p).key);
      return fill(say("remark.unknown"), {{"figures", figures}});
    }
    if (row.answer.users_with_room < 1 || (row.printed->concurrency > row.answer.users_with_room)) return say("remark.does_not_fit");
    if (!row.answer.service) return say("remark.too_slow");
    return say(row.ratio ? "remark.compared" : "remark.not_enough_printed");
  }

  std::ostream& out_;
  Language language_;
};

}  // namespace

Errors print_machines(std::ostream& out, const Plan& plan, Language language) {
  const Outcome<MachinesPlan> machines = plan_machines(plan);
  if (!machines.ok()) return machines.errors();
  MachinesPrinter printer(out, language);
  printer.rows(machines.value().rows);
  printer.cards(machines.value().cards);
  print_matrix(out, plan.base, machines.value().matrix, language);
  return {};
}

}  // namespace moecalc::cli
