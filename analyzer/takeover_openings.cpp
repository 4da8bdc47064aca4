// What may be opened is tried: without one rule that denies or passes, with one link working, with one action of the
// scenario undone, is the target reached? For the way with the least to open, every flow that is closed becomes a step
// of price 1, or 2 where no links join the two or a border runs between; the cheapest way to everything is then found
// in order of price (Knuth 1977). A step that requires several things costs the sum of theirs, so that the way is the
// cheapest where no two of them share what must be opened.

#include "analyzer/takeover_openings.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>
#include <utility>
#include <vector>

#include "analyzer/dark.h"
#include "analyzer/flow_spread.h"
#include "analyzer/mask.h"
#include "analyzer/need_law.h"

namespace firebreak {

namespace {

class OpeningSearch {
 public:
  OpeningSearch(const Graph& graph, const Scenario& scenario, const NeedRun& run, NodeId to,
                TakeoverExplanation& result)
      : graph_(graph), scenario_(scenario), to_(to), result_(result), run_(run) {
    // About a second on a network of 100,000 systems.
    tries_ = 8 + 1'000'000 / (graph.node_count + 1);
  }

  void run() {
    undo_each(Opening::Type::block, scenario_.block.size(), &Scenario::block);
    undo_each(Opening::Type::isolated_zone, scenario_.isolated_zones.size(), &Scenario::isolated_zones);
    undo_each(Opening::Type::isolated_system, scenario_.isolated_systems.size(), &Scenario::isolated_systems);
    undo_each(Opening::Type::off, scenario_.off.size(), &Scenario::off);
    restore_links();
    drop_rules();
    std::ranges::stable_sort(result_.openings, {}, &Opening::step);
  }

 private:
  /// Keeps an opening when the target is reached with it; false when no more may be tried.
  template <class Try>
  bool attempt(Opening opening, const Try& spread) {
    if (tries_ == 0) {
      result_.openings_complete = false;
      return false;
    }
    --tries_;
    const Blast found = spread();
    if (!found.reached[to_]) return true;
    opening.step = found.step[to_];
    result_.openings.push_back(opening);
    return true;
  }

  static NodeId acted_on(NodeId n) { return n; }
  static NodeId acted_on(const FlowRule& /*block*/) { return {}; }

  template <class Action>
  void undo_each(Opening::Type type, std::size_t count, std::vector<Action> Scenario::*actions) {
    for (std::size_t i = 0; i < count; ++i) {
      Scenario without = scenario_;
      std::vector<Action>& list = std::invoke(actions, without);
      const Opening opening{type, {}, acted_on(list[i]), i, 0};
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
      if (!attempt(opening, [&] { return blast(graph_, without); })) return;
    }
  }

  void restore_links() {
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      const VertexId v(n.index());
      if (graph_.kind[n] != NodeKind::link || run_.fails[v] != 0) continue;
      if (std::ranges::binary_search(scenario_.off, n)) continue;  // tried as an action
      NeedRun working = run_;
      working.fails.erase(v);
      const Opening opening{Opening::Type::link, {}, n, 0, 0};
      if (!attempt(opening, [&] { return blast(graph_, scenario_, working); })) return;
    }
  }

  /// Rules that hold some reached place as source and one that is not as target, and so may keep the two apart.
  void drop_rules() {
    const std::vector<RuleIndex> rules = closing_rules();
    if (rules.empty()) return;
    Graph without = graph_;
    PortSetId nothing;
    for (const PortSetId id : ids<PortSetId>(without.ports.size())) {
      if (without.ports[id].empty()) nothing = id;
    }
    if (!nothing.valid()) nothing = without.ports.push_back(PortSet());
    for (const RuleIndex r : rules) {
      GraphRule& rule = without.flow.rules[r];
      const PortSetId ports = rule.ports;
      rule.ports = nothing;
      const Opening opening{Opening::Type::rule, rule.rule, {}, 0, 0};
      const bool more = attempt(opening, [&] { return blast(without, scenario_, run_); });
      rule.ports = ports;
      if (!more) return;
    }
  }

  [[nodiscard]] std::vector<RuleIndex> closing_rules() const {
    const FlowRelation& flow = graph_.flow;
    IdVector<SelectorId, std::uint8_t> reached(flow.meant_by.size(), 0);
    IdVector<SelectorId, std::uint8_t> unreached(flow.meant_by.size(), 0);
    for (const FlowClassId c : ids<FlowClassId>(flow.classes.size())) {
      if (flow.classes[c].zone_itself) continue;
      const auto is_reached = [&](NodeId n) { return static_cast<bool>(result_.blast.reached[n]); };
      const bool some = std::ranges::any_of(flow.members[c], is_reached);
      const bool others = !std::ranges::all_of(flow.members[c], is_reached);
      for (const SelectorId selector : flow.selectors_of[c]) {
        if (some) reached[selector] = 1;
        if (others) unreached[selector] = 1;
      }
    }
    const auto holds = [](std::span<const SelectorId> selectors, const IdVector<SelectorId, std::uint8_t>& some) {
      return selectors.empty() || std::ranges::any_of(selectors, [&](SelectorId s) { return some[s] != 0; });
    };
    std::vector<RuleIndex> rules;
    for (const RuleIndex r : ids<RuleIndex>(flow.rules.size())) {
      if (flow.rules[r].action == RuleAction::allow) continue;
      if (holds(flow.from_selectors[r], reached) && holds(flow.to_selectors[r], unreached)) rules.push_back(r);
    }
    return rules;
  }

  const Graph& graph_;
  const Scenario& scenario_;
  NodeId to_;
  TakeoverExplanation& result_;
  const NeedRun& run_;
  std::size_t tries_ = 0;
};

/// The cheapest ways to everything.
class WaySearch {
 public:
  WaySearch(const Graph& graph, const Scenario& scenario, const NeedRun& run)
      : graph_(graph),
        mask_(graph, scenario),
        dark_(find_dark(mask_, run)),
        components_(components_at_once(graph, run)),
        flows_(mask_, components_, dark_),
        best_(graph.node_count),
        final_(graph.node_count, 0),
        left_(graph.pivots.size()) {
    for (const PivotId p : ids<PivotId>(graph.pivots.size())) left_[p] = graph.pivots[p].requires_all.size();
    for (const NodeId start : scenario.compromised) offer(start, {{0, 0}, {}});
  }

  [[nodiscard]] std::vector<WayStep> way_to(NodeId to) {
    while (!open_.empty() && final_[to] == 0) {
      const auto [price, n] = open_.top();
      open_.pop();
      if (final_[n] != 0) continue;
      final_[n] = 1;
      order_.push_back(n);
      leave(n);
    }
    return final_[to] != 0 ? collected(to) : std::vector<WayStep>();
  }

 private:
  using Price = std::pair<std::uint32_t, std::uint32_t>;  ///< what must be opened, then steps

  struct Arrival {
    Price price{~std::uint32_t{0}, ~std::uint32_t{0}};
    WayStep step;
  };

  void offer(NodeId n, const Arrival& arrival) {
    if (final_[n] != 0 || arrival.price >= best_[n].price) return;
    best_[n] = arrival;
    best_[n].step.node = n;
    open_.push({arrival.price, n});
  }

  [[nodiscard]] Price price(NodeId n) const { return best_[n].price; }
  [[nodiscard]] bool disabled(NodeId n) const { return graph_.kind[n] == NodeKind::identity && mask_.off(n); }

  void leave(NodeId n) {
    if (disabled(n)) return;
    const auto [opened, steps] = price(n);
    if (const GroupId group = flows_.sender(n); group.valid() && sent_.insert(group).second) {
      flows_.spread_from(group, [&](NodeId t) {
        offer(t, {{opened, steps + 1}, {.how = {StepType::flow, n, {}, n}}});
      });
      open_flows(n);
    }
    for (const NodeId guest : graph_.guests[n]) {
      if (dark_[guest] == 0) offer(guest, {{opened, steps + 1}, {.how = {StepType::hosting, n, {}, n}}});
    }
    for (const PivotId p : graph_.pivots_requiring[n]) {
      if (--left_[p] > 0) continue;
      for (const NodeId other : graph_.pivots[p].from) {
        if (final_[other] != 0 && !disabled(other)) use(p, other);
      }
    }
    for (const PivotId p : graph_.pivots_from[n]) {
      if (left_[p] == 0) use(p, n);
    }
  }

  /// Flows that are closed, opened: from the first of each area to all that could be taken.
  void open_flows(NodeId n) {
    const auto [opened, steps] = price(n);
    const NodeId zone = graph_.zone[n];
    const std::pair area(components_.label(zone), mask_.border(zone));
    if (!areas_.insert(area).second) return;
    for (const NodeId t : ids<NodeId>(graph_.node_count)) {
      if (final_[t] != 0 || t == n || !flows_.can_be_taken(t)) continue;
      const NodeId other = graph_.zone[t];
      const bool apart = std::pair(components_.label(other), mask_.border(other)) != area;
      offer(t, {{opened + (apart ? 2 : 1), steps + 1}, {.how = {StepType::flow, n, {}, n}, .closed = true}});
    }
  }

  void use(PivotId p, NodeId from) {
    const GraphPivot& pivot = graph_.pivots[p];
    if (pivot.effort == kNever) return;
    auto [opened, steps] = price(from);
    for (const NodeId required : pivot.requires_all) {
      if (required == from) continue;
      opened += price(required).first;
      steps = std::max(steps, price(required).second);
    }
    for (const NodeId t : pivot.to) {
      if (t == from || dark_[t] != 0 || mask_.isolated(t)) continue;
      WayStep step{.how = {StepType::pivot, from, p, from}};
      std::uint32_t more = 0;
      if (pivot.port.valid()) {
        const GroupId group = flows_.sender(from);
        if (!group.valid() || !flows_.able(t)) continue;
        step.closed = !flows_.can_send(group, t, graph_.ports[pivot.port]);
        more = step.closed ? 1 : 0;
      } else if (graph_.kind[from] == NodeKind::system && mask_.border_into(graph_.zone[from], graph_.zone[t])) {
        step.closed = true;
        more = 1;
      }
      offer(t, {{opened + more, steps + 1}, step});
    }
  }

  /// The steps to a node and to all that they require, in the order they are taken.
  [[nodiscard]] std::vector<WayStep> collected(NodeId to) const {
    std::vector<std::uint8_t> wanted(graph_.node_count, 0);
    std::vector<NodeId> open = {to};
    wanted[to.index()] = 1;
    const auto want = [&](NodeId n) {
      if (!n.valid() || wanted[n.index()] != 0) return;
      wanted[n.index()] = 1;
      open.push_back(n);
    };
    while (!open.empty()) {
      const Step& how = best_[open.back()].step.how;
      open.pop_back();
      want(how.from);
      if (how.type != StepType::pivot) continue;
      for (const NodeId required : graph_.pivots[how.pivot].requires_all) want(required);
    }
    std::vector<WayStep> way;
    for (const NodeId n : order_) {
      if (wanted[n.index()] != 0) way.push_back(best_[n].step);
    }
    return way;
  }

  using Entry = std::pair<Price, NodeId>;

  const Graph& graph_;
  const Mask mask_;
  IdVector<NodeId, std::uint8_t> dark_;
  ZoneComponents components_;
  FlowSpread flows_;
  IdVector<NodeId, Arrival> best_;
  IdVector<NodeId, std::uint8_t> final_;
  IdVector<PivotId, std::size_t> left_;  ///< of what a pivot requires
  std::vector<NodeId> order_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open_;
  std::set<GroupId> sent_;
  std::set<std::pair<std::uint32_t, NodeId>> areas_;
};

}  // namespace

void find_openings(const Graph& graph, const Scenario& scenario, const NeedRun& run, NodeId to,
                   TakeoverExplanation& result) {
  OpeningSearch(graph, scenario, run, to, result).run();
  result.way = WaySearch(graph, scenario, run).way_to(to);
}

}  // namespace firebreak
