#include "report/layout_plan.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>

// dot now and then draws an arrow behind a node that has nothing to do with it, which then seems to lie on its way. Other efforts and
// distances give other orders of the nodes, mostly without that.

namespace firebreak::report {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostForRetry = 260;  ///< nodes and edges; larger pictures take too long
constexpr double kUpright = 0.82;
constexpr double kWanted = 0.70;

constexpr const char* kWays[][2] = {{"1", "0.18"},   {"0.5", "0.18"}, {"4", "0.18"},    {"1", "0.26"},
                                    {"0.5", "0.26"}, {"4", "0.26"},   {"0.25", "0.18"}, {"2", "0.22"}};

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", value);
  return text.data();
}

struct Trial {
  ChildResult::End end = ChildResult::End::not_started;
  LayoutMeasure measure;
};

Trial try_plan(const Picture& picture, const LayoutPlan& plan, Clock::time_point deadline) {
  const auto work = [&]() -> std::optional<std::string> {
    const std::optional<LayoutMeasure> found = measure(picture, plan);
    if (!found) return std::nullopt;
    return number(found->tall) + " " + std::to_string(found->hidden);
  };
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  const ChildResult result = run_in_child(work, left);
  Trial trial;
  trial.end = result.end;
  std::sscanf(result.bytes.c_str(), "%lf %d", &trial.measure.tall, &trial.measure.hidden);
  return trial;
}

}  // namespace

PlanResult best_plan(const Picture& picture, Clock::time_point deadline) {
  const bool may_retry = picture.nodes.size() + picture.edges.size() <= kMostForRetry;
  PlanResult best;
  std::optional<int> fewest;
  for (const auto& [effort, distance] : kWays) {
    LayoutPlan plan{effort, distance, {}};
    Trial trial = try_plan(picture, plan, deadline);
    if (!fewest) best = {trial.end, plan};
    if (trial.end != ChildResult::End::done) break;
    if (trial.measure.tall > kUpright) {
      plan.ratio = number(std::max(kWanted, trial.measure.tall / 2));
      trial = try_plan(picture, plan, deadline);
      if (trial.end != ChildResult::End::done) break;
    }
    if (!fewest || trial.measure.hidden < *fewest) best = {trial.end, plan};
    fewest = std::min(fewest.value_or(trial.measure.hidden), trial.measure.hidden);
    if (*fewest == 0 || !may_retry) break;
  }
  return best;
}

}  // namespace firebreak::report
