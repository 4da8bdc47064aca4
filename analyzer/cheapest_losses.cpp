// What fails is lost itself or misses enough of what it needs. As clauses that is true of all that fails, but also of
// circles whose members only say so of each other. The cheapest model is tried by the need law; where it is not enough,
// some of what it says fails is founded on nothing but itself, and a clause asks that circle for a reason from outside
// (Lin and Zhao, "ASSAT: computing answer sets of a logic program by SAT solvers", 2004). Likewise two zones are taken
// as cut apart until a way is found that still joins them.

#include "analyzer/cheapest_losses.h"

#include <algorithm>
#include <map>
#include <utility>

#include "analyzer/need_law.h"
#include "analyzer/solver/cheapest.h"
#include "analyzer/solver/scale.h"
#include "analyzer/strong_components.h"

namespace firebreak {

namespace {

using solver::Literal;
using solver::Verdict;

/// A vertex, or behind the vertices a pair of zones.
using PointId = Id<struct PointTag>;

std::vector<double> costs(const Graph& graph, std::span<const NodeId> losses) {
  std::vector<double> costs;
  for (const NodeId n : losses) costs.push_back(graph.cost[n]);
  return costs;
}

class LossSearch {
 public:
  LossSearch(const Graph& graph, const Scenario& scenario, std::span<const NodeId> losses, NodeId target,
             const Patience& patience)
      : graph_(graph),
        need_(graph.need),
        scenario_(scenario),
        losses_(losses),
        target_(target),
        patience_(patience),
        base_(run_need(graph, scenario)),
        cheapest_(sat_),
        scale_(costs(graph, losses)),
        always_(sat_.add_variable()),
        lost_(graph.node_count),
        fails_(need_.owner.size()),
        pair_of_(need_.leaves.size()) {
    sat_.add_clause({always_});
    may_be_lost_.assign(graph.node_count, 0);
    for (const NodeId n : losses) may_be_lost_[n] = 1;
    sat_.add_clause({fails(VertexId(target.index()))});
    say_open();
  }

  [[nodiscard]] CheapestLosses run(std::size_t count) {
    CheapestLosses result;
    if (base_.fails[VertexId(target_.index())] != kNever) {
      result.sets.emplace_back();
      return result;
    }
    while (result.sets.size() < count) {
      const Verdict verdict = next();
      result.complete = verdict != Verdict::undecided;
      if (verdict != Verdict::satisfiable) break;
      std::vector<NodeId> set = minimal(chosen());
      std::vector<Literal> other;
      for (const NodeId n : set) other.push_back(~lost_[n]);
      sat_.add_clause(other);
      result.sets.push_back(std::move(set));
    }
    return result;
  }

 private:
  using Pair = std::pair<NodeId, NodeId>;

  /// The cheapest model that the need law agrees with.
  [[nodiscard]] Verdict next() {
    while (true) {
      if (has_run_out(patience_)) return Verdict::undecided;
      const Verdict verdict = cheapest_.solve({}, patience_);
      if (verdict != Verdict::satisfiable) return verdict;
      const NeedRun run = run_with(chosen());
      if (run.fails[VertexId(target_.index())] != kNever) return verdict;
      ask_for_reasons(run);
    }
  }

  [[nodiscard]] std::vector<NodeId> chosen() const {
    std::vector<NodeId> set;
    for (const NodeId n : losses_) {
      if (lost_[n].valid() && sat_.holds(lost_[n])) set.push_back(n);
    }
    std::ranges::sort(set);
    return set;
  }

  [[nodiscard]] NeedRun run_with(const std::vector<NodeId>& lost) const {
    Scenario scenario = scenario_;
    std::vector<NodeId> off;
    std::ranges::set_union(scenario.off, lost, std::back_inserter(off));
    scenario.off = std::move(off);
    return run_need(graph_, scenario);
  }

  /// Without what the target fails without; where sizes are counted the cheapest set has nothing of the kind.
  [[nodiscard]] std::vector<NodeId> minimal(std::vector<NodeId> set) const {
    for (std::size_t i = scale_.counts() ? 0 : set.size(); i-- > 0;) {
      std::vector<NodeId> smaller = set;
      smaller.erase(smaller.begin() + static_cast<std::ptrdiff_t>(i));
      if (run_with(smaller).fails[VertexId(target_.index())] != kNever) set = std::move(smaller);
    }
    return set;
  }

  [[nodiscard]] Literal lost(NodeId n) {
    if (lost_[n].valid()) return lost_[n];
    lost_[n] = Literal(sat_.add_variable());
    cheapest_.add_cost(lost_[n], scale_.up(graph_.cost[n]));
    return lost_[n];
  }

  [[nodiscard]] bool can_be_lost(VertexId v) const {
    return v.index() < graph_.node_count && may_be_lost_[NodeId(v.index())] != 0;
  }

  /// That a vertex fails; what that asks for is said by `say_open`.
  [[nodiscard]] Literal fails(VertexId v) {
    if (fails_[v].valid()) return fails_[v];
    if (base_.fails[v] != kNever) {
      fails_[v] = always_;
    } else if (need_.fails_at[v] == 0 && !can_be_lost(v)) {
      fails_[v] = ~always_;
    } else {
      fails_[v] = Literal(sat_.add_variable());
      claims_.push_back(PointId(v.index()));
      open_.push_back(v);
    }
    return fails_[v];
  }

  /// The pair of zones a need crosses; none when it crosses no links.
  [[nodiscard]] PointId pair_of(LeafId l) {
    const Leaf leaf = leaf_of(graph_, l);
    const bool crosses =
        graph_.has_links && leaf.from_zone.valid() && leaf.to_zone.valid() && leaf.from_zone != leaf.to_zone;
    if (!crosses) return {};
    if (pair_of_[l].valid()) return pair_of_[l];
    const Pair pair = std::minmax(leaf.from_zone, leaf.to_zone);
    const auto [at, fresh] = known_pairs_.try_emplace(pair, PointId(fails_.size() + pairs_.size()));
    if (fresh) {
      pairs_.push_back({pair, Literal(sat_.add_variable())});
      claims_.push_back(at->second);
    }
    pair_of_[l] = at->second;
    return at->second;
  }

  [[nodiscard]] bool is_vertex(PointId p) const { return p.index() < fails_.size(); }
  [[nodiscard]] Literal literal(PointId p) const {
    return is_vertex(p) ? fails_[VertexId(p.index())] : pairs_[p.index() - fails_.size()].cut;
  }

  /// What an input is lost by.
  struct Input {
    PointId provider;
    PointId pair;  ///< or none
  };
  struct Inputs {
    std::vector<Input> list;  ///< those that may be lost
    std::size_t enough = 0;   ///< so many of them
  };
  [[nodiscard]] Inputs inputs_of(VertexId v) {
    Inputs inputs;
    std::size_t lost_already = 0;
    for (const ArcId a : need_.inputs(v)) {
      const Arc& arc = need_.arcs[a];
      if (arc.soft) continue;
      const bool severed = arc.leaf.valid() && base_.severed[arc.leaf] != kNever;
      if (severed || base_.fails[arc.from] != kNever) {
        ++lost_already;
        continue;
      }
      const PointId pair = arc.leaf.valid() ? pair_of(arc.leaf) : PointId::none();
      if (fails(arc.from) == ~always_ && !pair.valid()) continue;
      inputs.list.push_back({PointId(arc.from.index()), pair});
    }
    inputs.enough = need_.fails_at[v] - lost_already;
    return inputs;
  }

  void say_open() {
    while (!open_.empty()) {
      const VertexId v = open_.back();
      open_.pop_back();
      say(v);
    }
  }

  /// A vertex that fails is lost itself or has lost enough inputs.
  void say(VertexId v) {
    std::vector<Literal> clause{~fails_[v]};
    if (can_be_lost(v)) clause.push_back(lost(NodeId(v.index())));
    const Inputs inputs = inputs_of(v);
    if (need_.fails_at[v] == 0 || inputs.list.size() < inputs.enough) {
      sat_.add_clause(clause);
    } else if (inputs.enough == 1) {
      for (const Input& input : inputs.list) add_literals(clause, input);
      sat_.add_clause(clause);
    } else if (inputs.enough == inputs.list.size()) {
      for (const Input& input : inputs.list) {
        std::vector<Literal> longer = clause;
        add_literals(longer, input);
        sat_.add_clause(longer);
      }
    } else {
      say_some(std::move(clause), inputs);
    }
  }

  /// Not too many of the inputs may still be there.
  void say_some(std::vector<Literal> clause, const Inputs& inputs) {
    std::vector<Literal> there;
    for (const Input& input : inputs.list) {
      const Literal is_there(sat_.add_variable());
      std::vector<Literal> gone{is_there};
      add_literals(gone, input);
      sat_.add_clause(gone);
      there.push_back(is_there);
    }
    solver::Totalizer sum(there);
    clause.push_back(~sum.at_least(inputs.list.size() - inputs.enough + 1, sat_));
    sat_.add_clause(clause);
  }

  void add_literals(std::vector<Literal>& clause, const Input& input) const {
    clause.push_back(literal(input.provider));
    if (input.pair.valid()) clause.push_back(literal(input.pair));
  }

  /// Whether the model says of a point what is not so.
  [[nodiscard]] bool is_wrong(PointId p, const NeedRun& run) const {
    if (!sat_.holds(literal(p))) return false;
    if (is_vertex(p)) return run.fails[VertexId(p.index())] == kNever;
    const auto [a, b] = pairs_[p.index() - fails_.size()].zones;
    return !links_joining(a, b, run).empty();
  }

  /// The links of a way from one zone to another on which none fails; none when there is no way.
  [[nodiscard]] std::vector<NodeId> links_joining(NodeId a, NodeId b, const NeedRun& run) const {
    std::map<NodeId, LinkEnd> by{{a, {}}};
    std::vector<NodeId> reached{a};
    for (std::size_t i = 0; i < reached.size() && !by.contains(b); ++i) {
      for (const LinkEnd& end : graph_.links_of[reached[i]]) {
        if (run.fails[VertexId(end.link.index())] != kNever) continue;
        if (by.try_emplace(end.zone, LinkEnd{end.link, reached[i]}).second) reached.push_back(end.zone);
      }
    }
    std::vector<NodeId> links;
    if (!by.contains(b)) return links;
    for (NodeId at = b; at != a; at = by.at(at).zone) links.push_back(by.at(at).link);
    return links;
  }

  /// Takes what the model says wrongly, finds those groups that rest on nothing wrong but themselves, and says of each
  /// what it has to rest on besides.
  void ask_for_reasons(const NeedRun& run) {
    std::vector<PointId> wrong;
    std::map<PointId, std::uint32_t> number;
    for (const PointId p : claims_) {
      if (!is_wrong(p, run)) continue;
      number.emplace(p, static_cast<std::uint32_t>(wrong.size()));
      wrong.push_back(p);
    }
    std::vector<std::vector<PointId>> rests(wrong.size());
    for (std::size_t i = 0; i < wrong.size(); ++i) {
      for (const PointId on : possible_reasons(wrong[i], run)) {
        if (number.contains(on)) rests[i].push_back(on);
      }
    }
    for (const std::vector<std::uint32_t>& part : founding_parts(rests, number)) {
      std::vector<PointId> group;
      for (const std::uint32_t i : part) group.push_back(wrong[i]);
      std::ranges::sort(group);
      ask(group, run);
    }
    say_open();
  }

  /// What a point may be so for.
  [[nodiscard]] std::vector<PointId> possible_reasons(PointId p, const NeedRun& run) {
    std::vector<PointId> points;
    if (is_vertex(p)) {
      for (const Input& input : inputs_of(VertexId(p.index())).list) {
        points.push_back(input.provider);
        if (input.pair.valid()) points.push_back(input.pair);
      }
      return points;
    }
    const auto [a, b] = pairs_[p.index() - fails_.size()].zones;
    for (const NodeId link : links_joining(a, b, run)) {
      (void)fails(VertexId(link.index()));
      points.emplace_back(link.index());
    }
    return points;
  }

  /// The strongly connected parts that rest on no other part.
  [[nodiscard]] static std::vector<std::vector<std::uint32_t>> founding_parts(
      const std::vector<std::vector<PointId>>& rests, const std::map<PointId, std::uint32_t>& number) {
    std::vector<IndexArc> edges;
    for (std::uint32_t i = 0; i < rests.size(); ++i) {
      for (const PointId on : rests[i]) edges.emplace_back(i, number.at(on));
    }
    const auto [component, count] = strong_components(rests.size(), edges);
    std::vector<bool> rests_on_others(count, false);
    for (const auto& [from, to] : edges) {
      if (component[from] != component[to]) rests_on_others[component[from]] = true;
    }
    std::vector<std::vector<std::uint32_t>> parts(count);
    for (std::uint32_t i = 0; i < rests.size(); ++i) parts[component[i]].push_back(i);
    std::vector<std::vector<std::uint32_t>> founding;
    for (std::uint32_t c = 0; c < count; ++c) {
      if (!rests_on_others[c]) founding.push_back(std::move(parts[c]));
    }
    return founding;
  }

  /// If any of a group is so, one of them is for a reason outside of the group.
  void ask(const std::vector<PointId>& group, const NeedRun& run) {
    std::vector<Literal> reasons;
    for (const PointId p : group) add_reasons(reasons, p, group, run);
    if (group.size() == 1) {
      reasons.push_back(~literal(group.front()));
      sat_.add_clause(reasons);
      return;
    }
    const Literal founded(sat_.add_variable());
    reasons.push_back(~founded);
    sat_.add_clause(reasons);
    for (const PointId p : group) sat_.add_clause({~literal(p), founded});
  }

  /// Of what is outside of the group and not so yet, something must become so before a point can be.
  void add_reasons(std::vector<Literal>& reasons, PointId p, const std::vector<PointId>& group, const NeedRun& run) {
    const auto outside = [&](PointId on) { return on.valid() && !std::ranges::binary_search(group, on); };
    if (!is_vertex(p)) {
      const auto [a, b] = pairs_[p.index() - fails_.size()].zones;
      for (const NodeId link : links_joining(a, b, run)) {
        if (outside(PointId(link.index()))) reasons.push_back(fails(VertexId(link.index())));
      }
      return;
    }
    const VertexId v(p.index());
    if (can_be_lost(v)) reasons.push_back(lost(NodeId(v.index())));
    const Inputs inputs = inputs_of(v);
    std::size_t gone = 0;
    std::vector<Input> left;
    for (const Input& input : inputs.list) {
      const Input beyond{outside(input.provider) ? input.provider : PointId::none(),
                         outside(input.pair) ? input.pair : PointId::none()};
      const auto holds = [&](PointId on) { return on.valid() && sat_.holds(literal(on)); };
      if (holds(beyond.provider) || holds(beyond.pair)) {
        ++gone;
      } else if (beyond.provider.valid() || beyond.pair.valid()) {
        left.push_back(beyond);
      }
    }
    if (need_.fails_at[v] == 0 || gone + left.size() < inputs.enough) return;
    // So many of them are needed that one is among any of this number.
    left.resize(left.size() + gone + 1 - inputs.enough);
    for (const Input& input : left) {
      if (input.provider.valid()) reasons.push_back(literal(input.provider));
      if (input.pair.valid()) reasons.push_back(literal(input.pair));
    }
  }

  struct ZonePair {
    Pair zones;
    Literal cut;
  };

  const Graph& graph_;
  const NeedRelation& need_;
  const Scenario& scenario_;
  std::span<const NodeId> losses_;
  NodeId target_;
  const Patience& patience_;
  const NeedRun base_;
  solver::SatSolver sat_;
  solver::Cheapest cheapest_;
  const solver::CountedScale scale_;
  Literal always_;
  IdVector<NodeId, std::uint8_t> may_be_lost_;
  IdVector<NodeId, Literal> lost_;
  IdVector<VertexId, Literal> fails_;
  std::vector<ZonePair> pairs_;  ///< behind the vertices
  IdVector<LeafId, PointId> pair_of_;
  std::map<Pair, PointId> known_pairs_;
  std::vector<PointId> claims_;  ///< what has a literal of its own
  std::vector<VertexId> open_;   ///< of these nothing has been said yet
};

}  // namespace

CheapestLosses cheapest_losses(const Graph& graph, const Scenario& scenario, std::span<const NodeId> losses,
                               NodeId target, std::size_t count, const Patience& patience) {
  return LossSearch(graph, scenario, losses, target, patience).run(count);
}

}  // namespace firebreak
