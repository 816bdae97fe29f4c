#include "pipeline/timeline.h"

namespace moecalc {
namespace {

constexpr std::string_view stage_names[] = {"dense_layers", "attention", "attention_step_1", "attention_step_2", "shared_expert", "experts",
                                            "dispatch",     "combine",   "lm_head",          "draft",            "scheduling"};
constexpr std::string_view stream_names[] = {"computing", "communication"};
constexpr std::string_view rest_names[] = {"start", "dispatch", "combine", "computing", "other_micro_batch", "end"};

class Simulation {
 public:
  Simulation(std::span<const Task> tasks, double overlap_share) : tasks_(tasks), share_(overlap_share), done_(tasks.size()) {
    for (const Task& task : tasks) timeline_.events.push_back({task, 0, 0});
    for (Queue& queue : queues_) go_to_next(queue);
  }

  Timeline run() {
    while (queues_[0].at < tasks_.size() || queues_[1].at < tasks_.size()) advance();
    return std::move(timeline_);
  }

 private:
  struct Queue {
    Stream stream;
    std::size_t at = no_task;  // the task at its head; tasks_.size(): none left
    double left_ms = 0;
    bool has_begun = false;
  };

  void go_to_next(Queue& queue) {
    do ++queue.at;
    while (queue.at < tasks_.size() && tasks_[queue.at].stream != queue.stream);
    queue.has_begun = false;
    if (queue.at < tasks_.size()) queue.left_ms = tasks_[queue.at].work_ms;
  }

  bool runs(const Queue& queue) const { return queue.at < tasks_.size() && (tasks_[queue.at].after == no_task || done_[tasks_[queue.at].after]); }

  // To the next end of a task. The first task of the list that is not done waits for nobody, so at least one stream runs.
  void advance() {
    bool running[2];
    for (std::size_t i = 0; i < 2; ++i) {
      Queue& queue = queues_[i];
      running[i] = runs(queue);
      if (running[i] && !queue.has_begun) timeline_.events[queue.at].start_ms = timeline_.total_ms;
      queue.has_begun = running[i];
    }
    const bool both = running[0] && running[1];
    const Queue& shorter = both ? (queues_[1].left_ms < queues_[0].left_ms ? queues_[1] : queues_[0]) : running[0] ? queues_[0] : queues_[1];
    const double work = shorter.left_ms;
    const double start = timeline_.total_ms;
    timeline_.total_ms = start + (both ? work * (2 - share_) : work);
    if (both) {
      timeline_.slowed_ms += work * (1 - share_);
      timeline_.hidden_ms += work * share_;
    } else if (running[1]) {
      timeline_.waiting_ms += work;
    }
    for (std::size_t i = 0; i < 2; ++i) {
      if (!running[i]) add_bubble(queues_[i], queues_[1 - i], start);
    }
    for (std::size_t i = 0; i < 2; ++i) {
      if (running[i]) take_work(queues_[i], work);
    }
  }

  void take_work(Queue& queue, double work) {
    (queue.stream == Stream::computing ? timeline_.computing_ms : timeline_.communication_ms) += work;
    queue.left_ms -= work;
    if (queue.left_ms > 0) return;
    done_[queue.at] = true;
    timeline_.events[queue.at].end_ms = timeline_.total_ms;
    if (queue.stream == Stream::communication) has_sent_ = true;
    go_to_next(queue);
  }

  Rest reason_of(const Queue& resting, const Queue& busy) const {
    if (resting.at >= tasks_.size()) return Rest::end;
    const Task& awaited = tasks_[tasks_[resting.at].after];
    if (resting.stream == Stream::computing) return awaited.stage == Stage::dispatch ? Rest::dispatch : Rest::combine;
    if (!has_sent_) return Rest::start;
    return tasks_[busy.at].micro_batch == awaited.micro_batch ? Rest::computing : Rest::other_micro_batch;
  }

  void add_bubble(const Queue& resting, const Queue& busy, double start) {
    const double end = timeline_.total_ms;
    const Rest reason = reason_of(resting, busy);
    for (std::size_t i = timeline_.bubbles.size(); i-- > 0;) {
      Bubble& last = timeline_.bubbles[i];
      if (last.stream != resting.stream) continue;
      if (last.reason == reason && last.end_ms == start) {
        last.end_ms = end;
        return;
      }
      break;
    }
    timeline_.bubbles.push_back({resting.stream, reason, start, end});
  }

  std::span<const Task> tasks_;
  double share_;
  Timeline timeline_;
  std::vector<bool> done_;
  bool has_sent_ = false;
  Queue queues_[2] = {{Stream::computing}, {Stream::communication}};
};

// A place in the issue order of one layer. `behind`: it belongs to the layer before.
struct Slot {
  std::size_t micro_batch;
  Stage stage;
  bool behind;
};

// The orders in which computing is issued; a message follows what feeds it. Two micro-batches as DeepSeek describes them ("DeepSeek-V3/R1 Inference System
// Overview", 2025-03-01), in the order in which SGLang issues them (operations_strategy.py).
constexpr Slot one_batch_slots[] = {{0, Stage::attention, false}, {0, Stage::shared_expert, false}, {0, Stage::experts, false}};
constexpr Slot one_batch_split_slots[] = {
    {0, Stage::attention_step_1, false}, {0, Stage::attention_step_2, false}, {0, Stage::shared_expert, false}, {0, Stage::experts, false}};
constexpr Slot two_batch_slots[] = {{0, Stage::attention, false}, {1, Stage::attention, false},     {0, Stage::experts, false},
                                    {1, Stage::experts, false},   {0, Stage::shared_expert, false}, {1, Stage::shared_expert, false}};
constexpr Slot five_stage_slots[] = {{0, Stage::attention_step_1, false}, {1, Stage::experts, true},           {0, Stage::attention_step_2, false},
                                     {0, Stage::shared_expert, false},    {1, Stage::attention_step_1, false}, {0, Stage::experts, false},
                                     {1, Stage::attention_step_2, false}, {1, Stage::shared_expert, false}};

class TaskList {
 public:
  TaskList(const PassStages& stages, bool is_serial) : s_(stages), is_serial_(is_serial) {}

  std::vector<Task> make(std::span<const Slot> slots) {
    // Engines run the layers without experts before they begin to alternate.
    for (std::size_t batch = 0; batch <= slots.back().micro_batch; ++batch) add(Stage::dense_layers, batch, 0, s_.dense_layers_ms);
    // One round more than layers: what stands one behind, and what follows the last.
    for (std::size_t layer = 0; layer <= s_.layers; ++layer) {
      for (const Slot& slot : slots) issue(slot, layer);
    }
    return std::move(tasks_);
  }

 private:
  void add(Stage stage, std::size_t micro_batch, std::size_t layer, double work_ms) {
    if (!(work_ms > 0)) return;
    const bool is_message = stage == Stage::dispatch || stage == Stage::combine;
    const bool needs_message = !(stage == Stage::shared_expert && !is_serial_);
    tasks_.push_back({stage, is_message ? Stream::communication : Stream::computing, micro_batch, layer, work_ms,
                      needs_message ? last_[micro_batch] : last_computing_[micro_batch]});
    last_[micro_batch] = is_message || needs_message ? tasks_.size() - 1 : last_[micro_batch];
    if (!is_message) last_computing_[micro_batch] = tasks_.size() - 1;
  }

  void issue(const Slot& slot, std::size_t round) {
    const std::size_t b = slot.micro_batch;
    const bool is_first = slot.stage == Stage::attention || slot.stage == Stage::attention_step_1;
    if (slot.behind && round == 0) return;
    const std::size_t layer = slot.behind ? round - 1 : round;
    if (layer == s_.layers) {
      if (is_first) issue_end(b);
      return;
    }
    const std::size_t number = s_.first_layer + layer;
    switch (slot.stage) {
      case Stage::attention: add(slot.stage, b, number, s_.attention_step_1_ms + s_.attention_step_2_ms); break;
      case Stage::attention_step_1: add(slot.stage, b, number, s_.attention_step_1_ms); break;
      case Stage::attention_step_2: add(slot.stage, b, number, s_.attention_step_2_ms); break;
      case Stage::shared_expert: add(slot.stage, b, number, s_.shared_expert_ms); break;
      default: add(slot.stage, b, number, s_.experts_ms);
    }
    if (slot.stage == Stage::attention || slot.stage == Stage::attention_step_2) add(Stage::dispatch, b, number, s_.dispatch_ms);
    if (slot.stage == Stage::experts) add(Stage::combine, b, number, s_.combine_ms);
  }

  void issue_end(std::size_t b) {
    const std::size_t after_all = s_.first_layer + s_.layers;
    add(Stage::lm_head, b, after_all, s_.lm_head_ms);
    add(Stage::draft, b, after_all, s_.draft_ms);
    add(Stage::scheduling, b, after_all, s_.scheduling_ms);
  }

  const PassStages& s_;
  bool is_serial_;
  std::vector<Task> tasks_;
  std::size_t last_[2] = {no_task, no_task};            // of a micro-batch: what the next stage waits for
  std::size_t last_computing_[2] = {no_task, no_task};
};

}  // namespace

std::string_view name_of(Stage stage) { return stage_names[static_cast<std::size_t>(stage)]; }
std::string_view name_of(Stream stream) { return stream_names[static_cast<std::size_t>(stream)]; }
std::string_view name_of(Rest rest) { return rest_names[static_cast<std::size_t>(rest)]; }

Timeline simulate(std::span<const Task> tasks, double overlap_share) { return Simulation(tasks, overlap_share).run(); }

std::vector<Task> tasks_of(const PassStages& stages, Order order, bool splits_attention) {
  TaskList list(stages, order == Order::serial);
  if (order == Order::two_batches) return list.make(two_batch_slots);
  if (order == Order::five_stages) return list.make(five_stage_slots);
  return splits_attention ? list.make(one_batch_split_slots) : list.make(one_batch_slots);
}

double steady_period_ms(const Timeline& timeline) {
  // Starts of the first micro-batch's layers.
  std::vector<double> starts;
  std::size_t layer = no_task;
  for (const Event& event : timeline.events) {
    const bool is_first = event.task.stage == Stage::attention || event.task.stage == Stage::attention_step_1;
    if (!is_first || event.task.micro_batch != 0 || event.task.layer == layer) continue;
    layer = event.task.layer;
    starts.push_back(event.start_ms);
  }
  if (starts.size() < 4) return 0;
  const std::size_t middle = starts.size() / 2;
  return (starts.back() - starts[middle]) / static_cast<double>(starts.size() - 1 - middle);
}

}  // namespace moecalc
