// Where the ways are a network, the minimum cut is found by what flows through it, else by clauses.
//
// A point that every way uses is on any one way: so those of one way are tried, each by a run without it. Where the
// target is reached all the same, those that the new way does not use are struck out with it.

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "firebreak/choke.h"

#include "analyzer/choke/network_cut.h"
#include "analyzer/choke/point_cut.h"
#include "analyzer/choke/ways.h"

namespace firebreak {

using solver::Verdict;

namespace {

class ChokeSearch {
 public:
  ChokeSearch(const Graph& graph, const Scenario& scenario, const ChokeOptions& options)
      : graph_(graph), options_(options), costs_(graph, options), ways_(graph, scenario) {
    base_ = ways_.run(options.starts, {});
    for (const NodeId n : options.protect) {
      if (base_.reached[n]) result_.reached.push_back(n);
    }
    std::ranges::sort(result_.reached);
  }

  [[nodiscard]] ChokePoints run() {
    if (result_.reached.empty()) return std::move(result_);
    find_points();
    find_direct();
    if (result_.direct.size() < result_.reached.size()) find_cut();
    return std::move(result_);
  }

 private:
  using Points = std::map<WayPoint, std::uint32_t>;

  [[nodiscard]] Points candidates(const Blast& blast, NodeId target) const {
    Points points = ways_.used(blast, target);
    if (options_.any_start) return points;
    std::erase_if(points, [&](const auto& p) {
      return p.first.type == WayPoint::Type::node && std::ranges::binary_search(starts_, p.first.node);
    });
    return points;
  }

  void find_points() {
    starts_ = options_.starts;
    std::ranges::sort(starts_);
    std::map<NodeId, Points> left;  // by target: what may be on every way to it
    std::map<WayPoint, std::vector<NodeId>> targets;
    for (const NodeId n : result_.reached) {
      for (const auto& [point, position] : left[n] = candidates(base_, n)) targets[point].push_back(n);
    }
    std::vector<std::pair<std::uint32_t, ChokePoint>> found;
    for (const auto& [point, of] : targets) {
      const auto open = [&, p = point](NodeId n) { return left[n].contains(p); };
      if (std::ranges::none_of(of, open)) continue;
      if (has_run_out(options_.patience)) {
        result_.all_points = false;
        result_.complete = false;
        break;
      }
      const Blast without = ways_.run(options_.starts, {&point, 1});
      ChokePoint choke{point, {}};
      std::uint32_t position = ~std::uint32_t{0};
      for (const NodeId n : of) {
        if (!open(n)) continue;
        if (without.reached[n]) {
          const Points others = ways_.used(without, n);
          std::erase_if(left[n], [&](const auto& p) { return !others.contains(p.first); });
        } else {
          choke.guards.push_back(n);
          position = std::min(position, left[n].at(point));
        }
      }
      if (!choke.guards.empty()) found.emplace_back(position, std::move(choke));
    }
    std::ranges::stable_sort(found, {}, [](const auto& f) { return std::pair(~f.second.guards.size(), f.first); });
    for (auto& [position, choke] : found) result_.points.push_back(std::move(choke));
  }

  void find_direct() {
    std::vector<WayPoint> everything;
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (costs_.can_go(n)) everything.push_back({WayPoint::Type::node, n, {}, {}});
    }
    for (const GraphRule& rule : graph_.flow.rules) {
      if (rule.action == RuleAction::allow) everything.push_back({WayPoint::Type::rule, {}, rule.rule, {}});
    }
    for (const PivotId p : ids<PivotId>(graph_.pivots.size())) {
      everything.push_back({WayPoint::Type::pivot, {}, {}, p});
    }
    const Blast blast = ways_.run(options_.starts, everything);
    for (const NodeId n : result_.reached) (blast.reached[n] ? result_.direct : cuttable_).push_back(n);
  }

  void find_cut() {
    NetworkCut network(ways_, graph_, costs_, options_.starts, cuttable_, rows_);
    std::optional<NetworkCut::Cuts> cuts = network.find(options_.patience);
    if (!cuts) {
      search_cut();
      return;
    }
    MinimumCut& found = result_.cut.emplace();
    auto& [cost, near_start, near_protected] = *cuts;
    found.cost = costs_.unscaled(cost, std::max(near_start.points.size(), near_protected.points.size()));
    result_.cut_bound = found.cost;
    found.near_start = std::move(near_start.points);
    found.reached_near_start = std::move(near_start.reached);
    found.near_protected = std::move(near_protected.points);
    found.reached_near_protected = std::move(near_protected.reached);
  }

  void search_cut() {
    PointCut cut(ways_, costs_, rows_);
    ask(cut);
    const Verdict verdict = cut.find(options_.patience);
    result_.cut_bound = cut.bound();
    result_.complete = result_.complete && verdict == Verdict::satisfiable;
    if (verdict != Verdict::satisfiable) return;
    MinimumCut& found = result_.cut.emplace();
    found.cost = result_.cut_bound;
    Place near_start = place_of(cut.cut());
    Place near_protected = near_start;
    found.both_found = go_near(cut, PointCut::Side::starts, near_start);
    PointCut other(ways_, costs_, rows_);
    ask(other);
    found.both_found = other.find(options_.patience) == Verdict::satisfiable && found.both_found;
    if (found.both_found) found.both_found = go_near(other, PointCut::Side::protected_nodes, near_protected);
    result_.complete = result_.complete && found.both_found;
    found.near_start = std::move(near_start.points);
    found.reached_near_start = std::move(near_start.reached);
    found.near_protected = std::move(near_protected.points);
    found.reached_near_protected = std::move(near_protected.reached);
  }

  void ask(PointCut& cut) const {
    for (const NodeId n : options_.starts) cut.begin_at(n, false);
    for (const NodeId n : cuttable_) cut.protect(n);
  }

  /// Where a cut lies. All ascending.
  struct Place {
    std::vector<WayPoint> points;
    std::vector<NodeId> reached;
    std::vector<NodeId> met;  ///< reached, or taken away
  };

  [[nodiscard]] Place place_of(const std::vector<WayPoint>& points) {
    Place place{points, ways_.run(options_.starts, points).order, {}};
    std::ranges::sort(place.reached);
    place.met = place.reached;
    for (const WayPoint& p : points) {
      if (p.type == WayPoint::Type::node) place.met.push_back(p.node);
    }
    std::ranges::sort(place.met);
    return place;
  }

  [[nodiscard]] static bool is_before(const Place& a, const Place& b) {
    return std::ranges::includes(b.reached, a.reached) && std::ranges::includes(b.met, a.met) &&
           a.reached.size() + a.met.size() < b.reached.size() + b.met.size();
  }

  /// Exchanges points of a cut until no cut lies before it, or behind it.
  [[nodiscard]] bool go_near(PointCut& cut, PointCut::Side side, Place& place) {
    const bool to_starts = side == PointCut::Side::starts;
    cut.settle();
    place = place_of(cut.cut());
    const auto is_nearer = [&] {
      Place next = place_of(cut.cut());
      const bool nearer = to_starts ? is_before(next, place) : is_before(place, next);
      if (nearer) place = std::move(next);
      return nearer;
    };
    std::set<WayPoint> fixed;
    while (true) {
      hold(cut, side, place);
      const auto movable = [&](const WayPoint& p) { return !fixed.contains(p); };
      Verdict verdict = Verdict::unsatisfiable;
      while (verdict == Verdict::unsatisfiable) {
        const auto next = std::ranges::find_if(place.points, movable);
        if (next == place.points.end()) return true;
        const WayPoint point = *next;
        fixed.insert(point);
        verdict = cut.move(point, side, is_nearer, options_.patience);
      }
      if (verdict == Verdict::undecided) return false;
    }
  }

  /// What lies on the other side of a cut stays there.
  void hold(PointCut& cut, PointCut::Side side, const Place& place) const {
    if (side == PointCut::Side::protected_nodes) {
      for (const NodeId n : place.reached) cut.begin_at(n, true);
      return;
    }
    for (const NodeId n : base_.order) {
      if (!std::ranges::binary_search(place.met, n)) cut.protect(n);
    }
  }

  const Graph& graph_;
  const ChokeOptions& options_;
  PointCosts costs_;
  Ways ways_;
  Blast base_;
  std::vector<NodeId> starts_;  ///< ascending
  std::vector<NodeId> cuttable_;
  std::vector<WayRow> rows_;
  ChokePoints result_;
};

}  // namespace

std::vector<NodeId> systems_outside(const Graph& graph, const std::vector<NodeId>& nodes) {
  IdVector<NodeId, std::uint8_t> inside(graph.node_count, 0);
  for (const NodeId n : nodes) {
    if (graph.zone[n].valid()) inside[graph.zone[n]] = 1;
  }
  IdVector<NodeId, std::uint8_t> leads(graph.node_count,
                                       0);  // one outside all zones is a start if a step leads from it
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (!graph.pivots_from[n].empty()) leads[n] = 1;
    if (graph.host[n].valid()) leads[graph.host[n]] = 1;
  }
  std::vector<NodeId> systems;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::system || (!graph.zone[n].valid() && leads[n] == 0)) continue;
    bool within = std::ranges::find(nodes, n) != nodes.end();
    for (NodeId z = graph.zone[n]; z.valid() && !within; z = graph.parent[z]) within = inside[z] != 0;
    if (!within) systems.push_back(n);
  }
  return systems;
}

ChokePoints choke_points(const Graph& graph, const Scenario& scenario, const ChokeOptions& options) {
  return ChokeSearch(graph, scenario, options).run();
}

}  // namespace firebreak
