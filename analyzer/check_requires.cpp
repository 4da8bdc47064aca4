#include <algorithm>
#include <utility>

#include "firebreak/check.h"

#include "analyzer/combinations.h"
#include "analyzer/flow_requires.h"
#include "analyzer/need_law.h"
#include "analyzer/support.h"

namespace firebreak {

namespace {

using Verdict = RequireVerdict;

Verdict judge_never_reaches(const Graph& graph, const RequireQuestion& question) {
  Scenario start;
  start.compromised = question.from;
  const Blast spread = blast(graph, start);
  Verdict verdict;
  NodeId nearest;
  for (const NodeId n : question.to) {
    if (spread.reached[n] && (!nearest.valid() || spread.step[n] < spread.step[nearest])) nearest = n;
  }
  if (nearest.valid()) {
    verdict.holds = false;
    verdict.path = path_to(spread, nearest);
  }
  return verdict;
}

Verdict judge_reaches_at_most(const Graph& graph, const RequireQuestion& question) {
  Verdict verdict;
  const NeedRun run = run_need(graph, Scenario{});
  const auto try_start = [&](std::vector<NodeId> from) {
    Scenario start;
    start.compromised = std::move(from);
    const Blast spread = blast(graph, start, run);
    const std::uint64_t beyond = spread.order.size() - start.compromised.size();
    if (beyond < verdict.reached || (beyond == verdict.reached && verdict.start.valid())) return;
    verdict.reached = beyond;
    verdict.start = question.each ? start.compromised.front() : NodeId::none();
    if (beyond <= question.count) return;
    verdict.holds = false;
    verdict.path.assign(spread.order.begin() + static_cast<std::ptrdiff_t>(start.compromised.size()),
                        spread.order.end());
  };
  if (question.each) {
    for (const NodeId n : question.from) try_start({n});
  } else if (!question.from.empty()) {
    try_start(question.from);
  }
  return verdict;
}

class Survival {
 public:
  Survival(const Graph& graph, const RequireQuestion& question, std::uint64_t runs)
      : graph_(graph), question_(question), runs_left_(runs) {
    const IdVector<VertexId, bool> support = find_support(graph, question.services);
    for (const NodeId n : question.of) {
      if (support[VertexId(n.index())]) losable_.push_back(n);
    }
  }

  [[nodiscard]] Verdict judge() {
    const std::size_t most = std::min<std::size_t>(question_.any, losable_.size());
    for (std::size_t size = 0; size <= most; ++size) {
      if (!try_losses(size)) break;
    }
    return std::move(verdict_);
  }

 private:
  /// Tries all sets of one size; false when a witness was found or the limit was hit.
  bool try_losses(std::size_t size) {
    std::vector<std::size_t> set = first_combination(size);
    do {
      if (runs_left_ == 0) {
        verdict_.decided = false;
        return false;
      }
      --runs_left_;
      if (breaks(set)) return false;
    } while (next_combination(set, losable_.size()));
    return true;
  }

  bool breaks(const std::vector<std::size_t>& set) {
    Scenario lost;
    for (const std::size_t i : set) lost.off.push_back(losable_[i]);
    std::ranges::sort(lost.off);
    const NeedRun run = run_need(graph_, lost);
    const auto failed = std::ranges::find_if(
        question_.services, [&](NodeId service) { return run.fails[VertexId(service.index())] != kNever; });
    if (failed == question_.services.end()) return false;
    verdict_.holds = false;
    verdict_.losses = lost.off;
    verdict_.service = *failed;
    return true;
  }

  const Graph& graph_;
  const RequireQuestion& question_;
  std::uint64_t runs_left_;
  std::vector<NodeId> losable_;
  Verdict verdict_;
};

}  // namespace

RequireVerdict judge(const Graph& graph, const RequireQuestion& question, const CheckLimits& limits) {
  switch (question.type) {
    case Require::Type::never_reaches:
      return judge_never_reaches(graph, question);
    case Require::Type::reaches_at_most:
      return judge_reaches_at_most(graph, question);
    case Require::Type::survives:
      return Survival(graph, question, limits.runs).judge();
    default:
      return judge_flow_require(graph, question);
  }
}

ScenarioVerdict judge(const Graph& graph, const Scenario& scenario, const std::vector<ExpectationQuestion>& expected,
                      Baseline baseline) {
  const Impact states = impact(graph, scenario, std::move(baseline));
  const auto about_reach = [](const ExpectationQuestion& e) {
    return e.type == Expectation::Type::reached || e.type == Expectation::Type::unreached;
  };
  std::optional<Blast> spread;
  if (std::ranges::any_of(expected, about_reach)) spread = blast(graph, scenario, states.run);
  ScenarioVerdict verdict;
  for (const ExpectationQuestion& expectation : expected) {
    for (const NodeId n : expectation.who) {
      const bool reached = spread && spread->reached[n];
      const State state = states.state[n];
      bool met = false;
      switch (expectation.type) {
        case Expectation::Type::off:
          met = state == State::off;
          break;
        case Expectation::Type::fails:
          met = state == State::fails;
          break;
        case Expectation::Type::degraded:
          met = state == State::degraded;
          break;
        case Expectation::Type::at_risk:
          met = state == State::at_risk;
          break;
        case Expectation::Type::works:
          met = state == State::works;
          break;
        case Expectation::Type::reached:
          met = reached;
          break;
        case Expectation::Type::unreached:
          met = !reached;
          break;
      }
      if (!met) verdict.differences.push_back({expectation.type, n, state, reached});
    }
  }
  verdict.passed = verdict.differences.empty();
  return verdict;
}

}  // namespace firebreak
