// How often per second the text API answers: one evaluation, and one row of a grid of 4,096.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include "api/api.h"

namespace {

// Seconds per call: the best of five rounds of at least 0.2 s, so that a busy machine disturbs little.
double seconds_per_call(const std::function<std::string()>& call) {
  using clock = std::chrono::steady_clock;
  const std::string answer = call();
  if (answer.rfind(R"({"ok":true)", 0) != 0) {
    std::fprintf(stderr, "not an answer: %.300s\n", answer.c_str());
    std::exit(1);
  }
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const auto start = clock::now();
    double elapsed = 0;
    int calls = 0;
    while (elapsed < 0.2) {
      call();
      ++calls;
      elapsed = std::chrono::duration<double>(clock::now() - start).count();
    }
    best = elapsed / calls < best ? elapsed / calls : best;
  }
  return best;
}

void print(const char* what, double seconds) {
  std::printf("%-28s %12.0f /s %10.2f us each\n", what, 1 / seconds, seconds * 1e6);
}

// Batches 1 to 4096: as many rows as one request may have.
std::string grid_request() {
  std::string values;
  for (int batch = 1; batch <= 4096; ++batch) values += (batch > 1 ? "," : "") + std::to_string(batch);
  return R"({"scenario":{},"axes":[{"parameter":"decode.batch_per_gpu","values":[)" + values +
         R"(]}],"quantities":["decode.tpot_ms"]})";
}

}  // namespace

int main() {
  print("evaluate, default scenario", seconds_per_call([] { return moecalc::api::evaluate("{}"); }));
  const std::string request = grid_request();
  print("grid, one row of 4,096", seconds_per_call([&] { return moecalc::api::grid(request); }) / 4096);
}
