#include "report/picture/layout_plan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

// dot now and then draws an arrow behind a node that has nothing to do with it, which then seems to lie on its way.
// Other efforts and distances give other orders of the nodes, mostly without that.

namespace firebreak::report {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostForRetry = 260;  ///< nodes and edges; larger pictures take too long

using Way = std::pair<const char*, const char*>;  ///< effort and distance
constexpr auto kWays = std::to_array<Way>({{"1", "0.18"},
                                           {"0.5", "0.18"},
                                           {"4", "0.18"},
                                           {"1", "0.26"},
                                           {"0.5", "0.26"},
                                           {"4", "0.26"},
                                           {"0.25", "0.18"},
                                           {"2", "0.22"}});

struct Trial {
  ChildResult::End end = ChildResult::End::not_started;
  int hidden = 0;
};

Trial try_plan(const Picture& picture, const LayoutPlan& plan, Clock::time_point deadline) {
  const auto work = [&]() -> std::optional<std::string> {
    const std::optional<int> found = hidden_chains(picture, plan);
    if (!found) return std::nullopt;
    return std::to_string(*found);
  };
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  const ChildResult result = run_in_child(work, left);
  Trial trial{result.end, 0};
  std::from_chars(result.bytes.data(), result.bytes.data() + result.bytes.size(), trial.hidden);
  return trial;
}

}  // namespace

PlanResult best_plan(const Picture& picture, Clock::time_point deadline) {
  const bool may_retry = picture.nodes.size() + picture.edges.size() <= kMostForRetry;
  PlanResult best;
  std::optional<int> fewest;
  for (const auto& [effort, distance] : kWays) {
    const LayoutPlan plan{effort, distance};
    const Trial trial = try_plan(picture, plan, deadline);
    if (!fewest) best = {trial.end, plan};
    if (trial.end != ChildResult::End::done) break;
    if (!fewest || trial.hidden < *fewest) best = {trial.end, plan};
    fewest = std::min(fewest.value_or(trial.hidden), trial.hidden);
    if (*fewest == 0 || !may_retry) break;
  }
  return best;
}

}  // namespace firebreak::report
