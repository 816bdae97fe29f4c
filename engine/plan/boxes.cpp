#include "plan/boxes.h"

namespace moecalc {
namespace {

using enum Parameter;

constexpr std::string_view default_devices[] = {"a100-pcie-80g", "h800", "h20", "h200", "b200", "gb200", "mi300x", "ascend-910b3", "ascend-910c", "rtx-4090"};

// The H20 that it warns of and the Blackwell that it expects.
constexpr std::string_view example_devices[] = {"h20", "b200"};

// Links slower than this are PCIe and its kin, not NVLink.
constexpr double slow_link_gb_per_s = 100;
// FLOP a byte of memory bandwidth: below, prompts take long beside what decode reads.
constexpr double little_compute_flop_per_byte = 100;
// Money of a user over that of the cheapest box, up to which a box gets each verdict; beyond the last it is not recommended.
constexpr double verdict_ratios[] = {1.25, 2, 4, 8};

double wanted_speed(const Scenario& s) { return s[purchase_tokens_per_s_per_user]; }

Outcome<FormatRow> row_of(const Scenario& question, const Box& box, HeldFormat format) {
  const Outcome<Held> held = held_once(question, format.weights);
  if (!held.ok()) return held.errors();
  const Outcome<BoxAnswer> answer = serve_most(question, box, format.weights, wanted_speed(question));
  if (!answer.ok()) return answer.errors();
  return FormatRow{format, held.value().weights_gb, answer.value()};
}

bool fits(const FormatRow& row) { return row.answer.users_with_room >= 1; }

// The first that fits: as asked or BF16, then weights made small.
std::optional<std::size_t> first_that_fits(const std::vector<FormatRow>& rows, FormatChoice unquantised) {
  for (const FormatChoice wanted : {unquantised, FormatChoice::int8, FormatChoice::int4}) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].format.weights == wanted && fits(rows[i])) return i;
    }
  }
  return std::nullopt;
}

const Service* service_of(const ComputedBox& box) {
  if (!box.chosen || !box.formats[*box.chosen].answer.service) return nullptr;
  return &*box.formats[*box.chosen].answer.service;
}

Outcome<ComputedBox> compute(const Scenario& question, const Box& box, double guide_price_10k_cny) {
  const Device& card = devices()[box.device];
  ComputedBox computed{box, total_gb(question, box), {}, std::nullopt, cost_of(question, box, guide_price_10k_cny), {}, guide::Verdict::no_price, {}};
  for (const HeldFormat& format : formats_of(card)) {
    Outcome<FormatRow> row = row_of(question, box, format);
    if (!row.ok()) return row.errors();
    computed.formats.push_back(std::move(row.value()));
  }
  computed.chosen = first_that_fits(computed.formats, unquantised_format(question, card).weights);
  if (const Service* service = service_of(computed)) computed.per_user = cost_per_user(computed.cost, *service);
  return computed;
}

// What a verdict compares: the price of a bought box, the month of a rented one.
std::optional<double> money_of(const ComputedBox& box) { return box.per_user.price_per_user ? box.per_user.price_per_user : box.per_user.per_user_month; }

guide::Verdict verdict_of(const ComputedBox& box, FormatChoice unquantised, double cheapest) {
  if (!service_of(box) || box.formats[*box.chosen].format.weights != unquantised) return guide::Verdict::not_recommended;
  const std::optional<double> money = money_of(box);
  if (!money) return guide::Verdict::no_price;
  std::size_t level = 0;
  while (level < std::size(verdict_ratios) && *money > verdict_ratios[level] * cheapest) ++level;
  return static_cast<guide::Verdict>(level);
}

void add_reasons(const Scenario& question, ComputedBox& box, double cheapest) {
  const Device& card = devices()[box.box.device];
  const auto add = [&](std::string_view code, bool is_good, std::vector<std::pair<std::string_view, double>> numbers = {}) { box.reasons.push_back({code, is_good, std::move(numbers)}); };
  const FormatChoice unquantised = unquantised_format(question, card).weights;
  if (!box.chosen) {
    double smallest = box.formats[0].weights_gb;
    for (const FormatRow& row : box.formats) smallest = row.weights_gb < smallest ? row.weights_gb : smallest;
    add("does_not_fit", false, {{"weights", smallest}, {"total", box.total_gb}});
    return;
  }
  const FormatRow& row = box.formats[*box.chosen];
  const FormatChoice asked = question.choice<FormatChoice>(weight_format);
  if (row.format.weights != unquantised) add("only_quantised", false);
  else if (asked == FormatChoice::fp8 && unquantised == FormatChoice::fp8) add("native_fp8", true);
  else if (asked != unquantised) add("no_units_for_format", false, {{"weights", row.weights_gb}});
  if (box.box.nodes() > 1) add("several_nodes", false, {{"nodes", box.box.nodes()}});
  else add("single_node", true);
  const Fact& link = card.scaleup_unidirectional_gb_per_s;
  if (box.box.devices > 1 && link.known() && link.value < slow_link_gb_per_s) add("slow_links", false, {{"rate", link.value}});
  const Fact& peak = card.peak_dense_bf16_tflops;
  const Fact& bandwidth = card.memory_bandwidth_gb_per_s;
  if (peak.known() && bandwidth.known() && peak.value * 1000 < little_compute_flop_per_byte * bandwidth.value) add("little_compute", false, {{"rate", peak.value * 1000 / bandwidth.value}});
  const Service* service = service_of(box);
  if (service == nullptr) {
    add(row.answer.unknown.empty() ? "too_slow" : "figures_unknown", false, {{"speed", wanted_speed(question)}});
    return;
  }
  if (service->kv_room_gb < guide::least_kv_gb) add("small_kv_room", false, {{"room", service->kv_room_gb}, {"reserve", guide::least_kv_gb}});
  if (const std::optional<double> money = money_of(box)) {
    if (*money == cheapest) add("cheapest_user", true);
    else add("times_the_cheapest", *money <= verdict_ratios[1] * cheapest, {{"times", *money / cheapest}});
  } else {
    add("no_price_known", false);
  }
}

Agreement agreement_of(guide::Verdict ours, guide::Verdict printed) {
  if (ours == guide::Verdict::no_price) return Agreement::not_judged;
  return ours == printed ? Agreement::agrees : ours < printed ? Agreement::better : Agreement::worse;
}

Outcome<BoxRow> row_of(const Scenario& question, const guide::PrintedBox& printed) {
  BoxRow row{&printed, {}, {}};
  for (const std::string_view id : printed.devices) {
    if (id.empty()) continue;
    const std::size_t device = *device_index(id);
    Box box{device, printed.gpus, printed.nodes > 0 ? printed.gpus / printed.nodes : question[gpus_per_node]};
    if (printed.gpus == 0) {
      const Outcome<std::optional<SizedBox>> smallest =
          smallest_box(question, device, unquantised_format(question, devices()[device]).weights, question[purchase_users], wanted_speed(question));
      if (!smallest.ok()) return smallest.errors();
      box.devices = smallest.value() ? smallest.value()->box.devices : most_nodes * box.per_node;
    }
    Outcome<ComputedBox> computed = compute(question, box, printed.price_10k_cny);
    if (!computed.ok()) return computed.errors();
    row.computed.push_back(std::move(computed.value()));
  }
  return row;
}

// Verdicts compare boxes, so they come when all are computed.
void judge(const Scenario& question, std::vector<BoxRow>& rows) {
  std::optional<double> cheapest;
  for (const BoxRow& row : rows) {
    for (const ComputedBox& box : row.computed) {
      const std::optional<double> money = money_of(box);
      if (money && (!cheapest || *money < *cheapest)) cheapest = money;
    }
  }
  for (BoxRow& row : rows) {
    for (ComputedBox& box : row.computed) {
      box.verdict = verdict_of(box, unquantised_format(question, devices()[box.box.device]).weights, cheapest.value_or(0));
      add_reasons(question, box, cheapest.value_or(0));
      row.agreement.push_back(agreement_of(box.verdict, row.printed->advice));
    }
  }
}

Outcome<MemoryRules> rules_of(const Scenario& question) {
  const Outcome<Held> fp8 = held_once(question, FormatChoice::fp8);
  if (!fp8.ok()) return fp8.errors();
  const Outcome<Held> bf16 = held_once(question, FormatChoice::bf16);
  if (!bf16.ok()) return bf16.errors();
  const double of_user = fp8.value().kv_gb_per_user;
  return MemoryRules{fp8.value().weights_gb,
                     bf16.value().weights_gb,
                     fp8.value().weights_gb + guide::most_kv_gb,
                     bf16.value().weights_gb + guide::least_kv_gb,
                     of_user,
                     guide::least_kv_gb / of_user,
                     guide::most_kv_gb / of_user};
}

Outcome<std::optional<SizedBox>> sized_box(const Scenario& question, std::size_t device, FormatChoice format) {
  if (question.is_automatic(purchase_devices)) return smallest_box(question, device, format, question[purchase_users], wanted_speed(question));
  const Box box{device, question[purchase_devices], question[gpus_per_node]};
  const Outcome<BoxAnswer> answer = serve_most(question, box, format, wanted_speed(question));
  if (!answer.ok()) return answer.errors();
  return std::optional<SizedBox>(SizedBox{box, answer.value()});
}

MatrixCell cell_of(const Scenario& question, std::size_t model, std::size_t device) {
  MatrixCell cell{model, device, unquantised_format(question, devices()[device]), 0, std::nullopt, {}, {}};
  const Outcome<Held> held = held_once(question, cell.format.weights);
  if (!held.ok()) return cell;
  cell.weights_gb = held.value().weights_gb;
  const Outcome<std::optional<SizedBox>> sized = sized_box(question, device, cell.format.weights);
  if (!sized.ok() || !sized.value()) return cell;
  cell.sized = sized.value();
  cell.cost = cost_of(question, cell.sized->box);
  if (cell.sized->answer.service) cell.per_user = cost_per_user(cell.cost, *cell.sized->answer.service);
  return cell;
}

// Among the boxes of one model that serve: those of fewest devices, and the one of least money.
void mark_best(std::span<MatrixCell> row) {
  double fewest = 0;
  MatrixCell* cheapest = nullptr;
  const auto money = [](const MatrixCell& cell) { return cell.cost.price ? cell.cost.price : cell.cost.per_hour; };
  for (MatrixCell& cell : row) {
    if (!cell.sized || !cell.sized->answer.service) continue;
    if (fewest == 0 || cell.sized->box.devices < fewest) fewest = cell.sized->box.devices;
    if (money(cell) && (cheapest == nullptr || *money(cell) < *money(*cheapest))) cheapest = &cell;
  }
  for (MatrixCell& cell : row) cell.is_smallest = cell.sized && cell.sized->answer.service && cell.sized->box.devices == fewest;
  if (cheapest != nullptr) cheapest->is_cheapest = true;
}

}  // namespace

std::string_view name_of(Agreement agreement) {
  constexpr std::string_view names[] = {"agrees", "better", "worse", "not_judged"};
  return names[static_cast<std::size_t>(agreement)];
}

Outcome<Matrix> matrix_of(const Scenario& question, std::span<const std::size_t> models, std::span<const std::size_t> devices) {
  const std::size_t cells = models.size() * devices.size();
  if (cells > largest_matrix) return Error{ErrorCode::grid_too_large, "devices", std::to_string(cells), std::to_string(largest_matrix)};
  Matrix matrix{{models.begin(), models.end()}, {devices.begin(), devices.end()}, {}};
  for (const std::size_t model : models) {
    const Scenario of_model = with_model(question, model);
    for (const std::size_t device : devices) matrix.cells.push_back(cell_of(of_model, model, device));
    mark_best(std::span(matrix.cells).last(devices.size()));
  }
  return matrix;
}

Outcome<BoxesPlan> plan_boxes(const Plan& plan) {
  const Outcome<MemoryRules> rules = rules_of(plan.base);
  if (!rules.ok()) return rules.errors();
  BoxesPlan boxes{rules.value(), {}, {}, {}};
  for (const guide::PrintedBox& printed : guide::boxes()) {
    Outcome<BoxRow> row = row_of(plan.base, printed);
    if (!row.ok()) return row.errors();
    boxes.rows.push_back(std::move(row.value()));
  }
  judge(plan.base, boxes.rows);
  for (const std::string_view id : example_devices) {
    Outcome<ComputedBox> computed = compute(plan.base, {*device_index(id), 8, 8}, 0);
    if (!computed.ok()) return computed.errors();
    boxes.examples.push_back(std::move(computed.value()));
  }
  std::vector<std::size_t> of_models = plan.models, of_devices = plan.devices;
  if (of_models.empty()) of_models = {static_cast<std::size_t>(plan.base[model])};
  if (of_devices.empty()) {
    for (const std::string_view id : default_devices) of_devices.push_back(*device_index(id));
  }
  Outcome<Matrix> matrix = matrix_of(plan.base, of_models, of_devices);
  if (!matrix.ok()) return matrix.errors();
  boxes.matrix = std::move(matrix.value());
  return boxes;
}

}  // namespace moecalc
