// A pass as a timeline: which stage of which micro-batch runs when, on the stream that computes and on the one that carries messages.
//
// Picture: two queues in the order in which an engine issues its work. Each stream works off its own, one stage at a time; a stage also waits for the
// stage of its micro-batch that feeds it. While both streams run, each is slowed: a share s of what runs side by side is really hidden, so both go at
// 1/(2 - s). Two stages a >= b that run side by side as long as they can then take a + (1 - s) b: the rule of pipeline/overlap.h, which is therefore
// the shortest that any order of stages can reach. What dependencies add to it are the bubbles.
//
// The order is fixed beforehand and never chosen from durations: with it, less work or a larger share never makes a pass longer, which does not hold
// for "whatever is ready first" (Graham, "Bounds on multiprocessing timing anomalies", 1969).
//
// Times in ms. Only + - * / and comparisons, so that native and WebAssembly agree bit for bit.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace moecalc {

enum class Stream { computing, communication };

enum class Stage {
  dense_layers,      // all layers without experts, whole; before the others
  attention,         // with its projections, its all-reduce and the router
  attention_step_1,  // of decode: the projections before the core
  attention_step_2,  // of decode: core, output projection, all-reduce, router
  shared_expert,
  experts,
  dispatch,
  combine,
  lm_head,
  draft,       // MTP's layers
  scheduling,  // sampling and host
};
std::string_view name_of(Stage stage);
std::string_view name_of(Stream stream);

// One stage of one micro-batch in one layer.
struct Task {
  Stage stage;
  Stream stream;
  std::size_t micro_batch;
  std::size_t layer;  // from 0; layers without experts before the first that has them
  double work_ms;  // alone; what takes no time is no task
  std::size_t after;
};
inline constexpr std::size_t no_task = static_cast<std::size_t>(-1);

struct Event {
  Task task;
  double start_ms;
  double end_ms;
};

// Why a stream rests.
enum class Rest {
  start,              // communication: no message yet
  dispatch,           // computing waits for a dispatch
  combine,            // computing waits for a combine
  computing,          // communication waits for what it will send
  other_micro_batch,  // communication waits for a stage that has its turn after one of the other micro-batch
  end,                // nothing left
};
std::string_view name_of(Rest rest);

struct Bubble {
  Stream stream;
  Rest reason;
  double start_ms;
  double end_ms;
};

struct Timeline {
  std::vector<Event> events;  // in the order of the tasks
  std::vector<Bubble> bubbles;
  double total_ms = 0;
  double computing_ms = 0;      // work of the stream
  double communication_ms = 0;  // work of the stream
  double hidden_ms = 0;         // by which the total is less than both streams' work
  double waiting_ms = 0;        // computing rests while messages travel
  double slowed_ms = 0;         // computing takes longer because messages travel beside it

  double exposed_ms() const { return waiting_ms + slowed_ms; }  // what messages add to computing
};

// Tasks in the order of issue; `after` names an earlier one. overlap_share: 0 (nothing is hidden) to 1.
Timeline simulate(std::span<const Task> tasks, double overlap_share);

// Times of one micro-batch: of one layer with experts, and of what comes before and after all of them.
struct PassStages {
  double dense_layers_ms = 0;
  double attention_step_1_ms = 0;
  double attention_step_2_ms = 0;
  double shared_expert_ms = 0;
  double experts_ms = 0;
  double dispatch_ms = 0;
  double combine_ms = 0;
  double lm_head_ms = 0;
  double draft_ms = 0;
  double scheduling_ms = 0;
  std::size_t layers = 0;       // with experts
  std::size_t first_layer = 0;  // number of the first of them
};

enum class Order {
  serial,                // one micro-batch, computing waits for every message
  beside_shared_expert,  // one micro-batch, its shared expert runs while its dispatch travels
  two_batches,           // prefill: attention and experts of one while the other's messages travel
  five_stages,           // decode: attention in two steps, the second micro-batch two of five stages behind
};
// splits_attention: the two steps of attention as tasks of their own; five_stages always does.
std::vector<Task> tasks_of(const PassStages& stages, Order order, bool splits_attention);

// Time from one layer to the next in the second half of the pass, where start-up is over; 0 with fewer than four layers.
double steady_period_ms(const Timeline& timeline);

}  // namespace moecalc
