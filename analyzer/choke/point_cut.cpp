#include "analyzer/choke/point_cut.h"

#include <algorithm>

namespace firebreak {

using solver::Literal;
using solver::Verdict;

namespace {

enum Role : std::uint8_t { kNone, kStart, kHeldStart, kProtected };

std::vector<double> all_costs(const Graph& graph, const ChokeOptions& options) {
  std::vector<double> costs(graph.cost.begin(), graph.cost.end());
  costs.insert(costs.end(), options.rule_costs.begin(), options.rule_costs.end());
  costs.insert(costs.end(), graph.pivots.size(), 1.0);
  return costs;
}

}  // namespace

PointCosts::PointCosts(const Graph& graph, const ChokeOptions& options)
    : graph_(graph), options_(options), can_go_(graph.node_count, 0), scale_(all_costs(graph, options)) {
  for (const NodeId n : ids<NodeId>(graph.node_count)) can_go_[n] = can_be_compromised(graph.kind[n]) ? 1 : 0;
  for (const NodeId n : options.protect) can_go_[n] = 0;
  if (options.any_start) return;
  for (const NodeId n : options.starts) can_go_[n] = 0;
}

PointCosts::Cost PointCosts::scaled(const WayPoint& point) const {
  const double cost = point.type == WayPoint::Type::node   ? graph_.cost[point.node]
                      : point.type == WayPoint::Type::rule ? options_.rule_costs[point.rule]
                                                           : 1.0;
  return scale_.up(cost);
}

PointCut::PointCut(Ways& ways, const PointCosts& costs, std::vector<WayRow>& rows)
    : ways_(ways),
      costs_(costs),
      rows_(rows),
      cheapest_(sat_),
      role_(ways.stations(), kNone),
      reached_(ways.stations()) {
  for (const WayRow& row : rows) add(row);
}

Literal PointCut::away(const WayPoint& point) {
  const auto [at, fresh] = away_.try_emplace(point);
  if (!fresh) return at->second;
  at->second = Literal(sat_.add_variable());
  if (settled_) {
    sat_.add_clause({~at->second});  // the bound was proven without it, so that it would cost more
  } else {
    cheapest_.add_cost(at->second, costs_.scaled(point));
  }
  return at->second;
}

void PointCut::settle() {
  sat_.add_clause({cheapest_.settled()});
  settled_ = true;
}

Literal PointCut::reached(StationId s) {
  if (!reached_[s].valid()) reached_[s] = Literal(sat_.add_variable(true));
  return reached_[s];
}

void PointCut::begin_at(NodeId n, bool held) {
  const StationId s = Ways::station(n);
  if (role_[s] == kHeldStart || (role_[s] == kStart && !held)) return;
  if (role_[s] == kNone) starts_.push_back(n);
  role_[s] = held ? kHeldStart : kStart;
  std::vector<Literal> clause{reached(s)};
  if (!held && costs_.can_go(n)) clause.push_back(away({WayPoint::Type::node, n, {}, {}}));
  sat_.add_clause(clause);
}

void PointCut::protect(NodeId n) {
  const StationId s = Ways::station(n);
  if (role_[s] == kProtected) return;
  role_[s] = kProtected;
  protected_.push_back(n);
  sat_.add_clause({~reached(s)});
  if (costs_.can_go(n)) sat_.add_clause({~away({WayPoint::Type::node, n, {}, {}})});
}

void PointCut::add(const WayRow& row) {
  std::vector<Literal> clause{reached(row.to)};
  for (const StationId from : row.from) clause.push_back(~reached(from));
  for (const WayPoint& point : row.points) clause.push_back(away(point));
  if (const NodeId n(row.to.index()); ways_.is_node(row.to) && costs_.can_go(n)) {
    clause.push_back(away({WayPoint::Type::node, n, {}, {}}));
  }
  sat_.add_clause(clause);
}

/// Whether what the model takes away keeps attackers from the targets; otherwise learns how they get there.
bool PointCut::stops(std::span<const NodeId> starts, std::span<const NodeId> targets) {
  cut_.clear();
  for (const auto& [point, literal] : away_) {
    if (sat_.holds(literal)) cut_.push_back(point);
  }
  const Blast blast = ways_.run(starts, cut_);
  if (std::ranges::none_of(targets, [&](NodeId n) { return blast.reached[n]; })) return true;
  for (WayRow& row : ways_.new_rows(blast, targets)) {
    add(row);
    rows_.push_back(std::move(row));
  }
  return false;
}

Verdict PointCut::find(const Patience& patience) {
  while (true) {
    const Verdict verdict = cheapest_.solve({}, patience);
    if (verdict != Verdict::satisfiable) return verdict;
    if (stops(starts_, protected_)) return verdict;
    if (has_run_out(patience)) return Verdict::undecided;
  }
}

Verdict PointCut::move(const WayPoint& point, Side side, const std::function<bool()>& is_nearer,
                       const Patience& patience) {
  const std::vector<WayPoint> before = cut_;
  std::vector<NodeId> starts = starts_;
  std::vector<NodeId> targets = protected_;
  std::vector<Literal> wanted{~away(point)};
  if (point.type == WayPoint::Type::node) {
    const Literal there = reached(Ways::station(point.node));
    wanted.push_back(side == Side::starts ? ~there : there);
    (side == Side::starts ? targets : starts).push_back(point.node);
  }
  Verdict verdict = sat_.solve(wanted, patience);
  for (; verdict == Verdict::satisfiable; verdict = sat_.solve(wanted, patience)) {
    if (!stops(starts, targets)) continue;
    if (is_nearer()) return verdict;
    std::vector<Literal> another;
    for (const WayPoint& p : cut_) another.push_back(~away(p));
    sat_.add_clause(another);
  }
  if (verdict == Verdict::unsatisfiable) sat_.add_clause({away(point)});
  cut_ = before;
  return verdict;
}

}  // namespace firebreak
