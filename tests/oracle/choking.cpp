#include "tests/oracle/choking.h"

#include <algorithm>

#include "tests/oracle/values.h"

namespace firebreak::oracle {

namespace {

bool is_reached(const ChokeTrial& trial, const WayPoints& away, const std::vector<NodeId>& targets) {
  const std::vector<NodeId> reached = trial.reached(away);
  return std::ranges::any_of(targets, [&](NodeId n) { return holds(reached, n); });
}

/// Points of which a cut that holds those taken away has to hold one more: a few without which all others do not help.
WayPoints needed(const ChokeTrial& trial, const WayPoints& away, const std::vector<NodeId>& targets) {
  WayPoints without = away;
  WayPoints few;
  for (const WayPoint& point : trial.cut_points()) {
    if (!without.insert(point).second) continue;
    if (is_reached(trial, without, targets)) continue;
    without.erase(point);
    few.insert(point);
  }
  return few;
}

/// Tries every point of every set of which one is needed.
class CutTrial {
 public:
  CutTrial(const ChokeTrial& trial, const std::vector<NodeId>& targets) : trial_(trial), targets_(targets) {}

  void extend(const WayPoints& away) {
    if (!seen_.insert(away).second) return;
    const CutCost cost = trial_.cost_of(away);
    if (!best_.empty() && cost > trial_.cost_of(best_.front())) return;
    if (!is_reached(trial_, away, targets_)) {
      if (!best_.empty() && cost < trial_.cost_of(best_.front())) best_.clear();
      best_.push_back(away);
      return;
    }
    for (const WayPoint& point : needed(trial_, away, targets_)) {
      WayPoints more = away;
      more.insert(point);
      extend(more);
    }
  }

  [[nodiscard]] std::vector<WayPoints> best() const { return best_; }

 private:
  const ChokeTrial& trial_;
  const std::vector<NodeId>& targets_;
  std::set<WayPoints> seen_;
  std::vector<WayPoints> best_;
};

}  // namespace

WayPoints ChokeTrial::all_points() const {
  WayPoints points;
  for (const System& system : topology_.systems) points.insert({WayPoint::Type::node, system.node, {}, {}});
  for (const Identity& identity : topology_.identities) points.insert({WayPoint::Type::node, identity.node, {}, {}});
  for (const Policy& policy : topology_.policies) {
    if (policy.replaced) continue;
    for (const RuleId rule : policy.rules) {
      if (topology_.rules[rule].action == RuleAction::allow) points.insert({WayPoint::Type::rule, {}, rule, {}});
    }
  }
  for (const PivotId p : ids<PivotId>(topology_.pivots.size())) points.insert({WayPoint::Type::pivot, {}, {}, p});
  return points;
}

WayPoints ChokeTrial::cut_points() const {
  WayPoints points = all_points();
  for (const NodeId n : options_.protect) points.erase({WayPoint::Type::node, n, {}, {}});
  if (options_.any_start) return points;
  for (const NodeId n : options_.starts) points.erase({WayPoint::Type::node, n, {}, {}});
  return points;
}

std::vector<NodeId> ChokeTrial::reached(const WayPoints& away, const std::vector<NodeId>& held) const {
  std::vector<RuleId> rules;
  for (const WayPoint& point : away) {
    if (point.type == WayPoint::Type::rule) rules.push_back(point.rule);
  }
  const auto gone = [&](NodeId n) { return away.contains({WayPoint::Type::node, n, {}, {}}) && !holds(held, n); };
  if (!steps_.contains(rules)) steps_.emplace(rules, takings(topology_, scenario_, rules));
  std::vector<Taking> steps = steps_.at(rules);
  std::erase_if(steps, [&](const Taking& step) {
    return gone(step.target) || (step.pivot.valid() && away.contains({WayPoint::Type::pivot, {}, {}, step.pivot}));
  });
  std::vector<NodeId> starts = held;
  for (const NodeId n : options_.starts) {
    if (!gone(n)) starts.push_back(n);
  }
  const Spread result = spread(topology_, starts, steps);
  std::vector<NodeId> nodes;
  for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
    if (result.step[n]) nodes.push_back(n);
  }
  return nodes;
}

CutCost ChokeTrial::cost_of(const WayPoints& cut) const {
  double cost = 0;
  for (const WayPoint& point : cut) {
    if (point.type == WayPoint::Type::rule) {
      cost += topology_.rules[point.rule].cost;
    } else if (point.type == WayPoint::Type::pivot) {
      cost += 1;
    } else {
      cost += kind_of(topology_, point.node) == NodeKind::system ? topology_.system(point.node).cost
                                                                 : topology_.identity(point.node).cost;
    }
  }
  return {cost, cut.size()};
}

std::vector<WayPoints> minimum_cuts(const ChokeTrial& trial, const std::vector<NodeId>& targets) {
  if (is_reached(trial, trial.cut_points(), targets)) return {};
  CutTrial search(trial, targets);
  search.extend({});
  return search.best();
}

}  // namespace firebreak::oracle
