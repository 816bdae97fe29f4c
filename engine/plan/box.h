// A box that serves one model: so many devices in nodes, which work off prompts and produce answers on the same GPUs (aggregated serving).
//
// A model can be spread over them in many ways: replicas, pipeline stages of whole nodes, attention cut by TP or repeated by DP, experts over all GPUs
// of a stage. The way that serves most users is taken. Memory and speed are the reference method's.
//
// A user is a request in flight. GB are 1e9 bytes; a card's capacity counts as printed on the box.
#pragma once

#include <optional>
#include <vector>

#include "scenario/scenario.h"

namespace moecalc {

struct Box {
  std::size_t device;  // of the catalogue
  double devices;
  double per_node;

  double nodes() const { return devices > per_node ? devices / per_node : 1; }
};

// How weights are held, and the format that they are multiplied in.
struct HeldFormat {
  FormatChoice weights;
  FormatChoice computed;
};

// All that the device can run: BF16 (FP16 where it has no BF16 units), eight and four bits natively or with weights alone made small.
std::vector<HeldFormat> formats_of(const Device& device);

// The question's weight format where the device has units for it or needs none, else BF16.
HeldFormat unquantised_format(const Scenario& question, const Device& device);

// The question for another model or device: numbers that replaced those of the former one are dropped.
Scenario with_model(const Scenario& question, std::size_t model);
Scenario with_device(const Scenario& question, std::size_t device);

// All weights, held once, and the KV of one user.
struct Held {
  double weights_gb;
  double kv_gb_per_user;
};
Outcome<Held> held_once(const Scenario& question, FormatChoice format);
// A card's memory times the cards.
double total_gb(const Scenario& question, const Box& box);

struct Service {
  Scenario scenario;  // with the layout and the users as its concurrency: a question of its own
  double users;
  double tokens_per_s_per_user;
  double tokens_per_s;  // produced by the whole box
  double tpot_ms;
  double ttft_ms;
  double kv_room_gb;  // what the layout leaves for KV, all devices
};

struct BoxAnswer {
  double users_with_room = 0;          // requests in flight that fit; 0: the model does not
  std::optional<Service> service;      // none: no room, no user gets the wanted speed, or figures are unknown
  std::vector<Parameter> unknown;      // figures of the device that time needs and nobody has told us: then memory alone is answered
};

// The most users that fit and get so many tokens/s each. Errors: what makes the question unanswerable for every layout.
Outcome<BoxAnswer> serve_most(const Scenario& question, const Box& box, FormatChoice format, double tokens_per_s_per_user);

// So many users at once, as fast as can be.
Outcome<BoxAnswer> serve_users(const Scenario& question, const Box& box, FormatChoice format, double users);

struct SizedBox {
  Box box;
  BoxAnswer answer;
};

// The fewest devices (1, 2, 4, … of a node, then whole nodes) that serve so many users at that speed; where figures are unknown, that hold them. None: not
// even `most_nodes` do.
inline constexpr double most_nodes = 64;
Outcome<std::optional<SizedBox>> smallest_box(const Scenario& question, std::size_t device, FormatChoice format, double users, double tokens_per_s_per_user);

}  // namespace moecalc
