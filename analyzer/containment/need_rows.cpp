#include "analyzer/containment/need_rows.h"

#include <algorithm>
#include <ranges>

#include "analyzer/combinations.h"
#include "analyzer/mask.h"

namespace firebreak {

using solver::Literal;

namespace {

/// More combinations of lost inputs than this are not written down before they are met.
constexpr std::size_t kMostCombinations = 2000;

std::size_t combinations_of(std::size_t n, std::size_t k) {
  std::size_t result = 1;
  for (std::size_t i = 0; i < k && result <= kMostCombinations; ++i) result = result * (n - i) / (i + 1);
  return result;
}

}  // namespace

NeedRows::NeedRows(const Graph& graph, const NeedRun& base, Cuts& cuts, solver::SatSolver& sat, Felt felt)
    : graph_(graph), need_(graph.need), base_(base), cuts_(cuts), sat_(sat), felt_(std::move(felt)) {
  for (const Pass pass : kPasses) {
    lost_[pass].resize(need_.owner.size());
    left_[pass] = pass == kFails ? need_.fails_at : need_.degrades_at;
    for (const Arc& arc : need_.arcs) {
      if (left_[pass][arc.to] > 0 && lost_already(pass, arc)) --left_[pass][arc.to];
    }
  }
  list_leaves();
}

void NeedRows::list_leaves() {
  IdVector<NodeId, std::vector<LeafId>> leaves(graph_.node_count);
  IdVector<NodeId, std::vector<LeafId>> from(graph_.node_count);
  for (const LeafId l : ids<LeafId>(need_.leaves.size())) {
    if (base_.severed[l] != kNever) continue;
    const Leaf leaf = leaf_of(graph_, l);
    const auto list = [&](NodeId n) {
      if (leaves[n].empty() || leaves[n].back() != l) leaves[n].push_back(l);
    };
    list(leaf.owner);
    list(leaf.provider);
    if (leaf.source.valid()) from[leaf.source].push_back(l);
    const NodeId source = leaf.source.valid() ? graph_.zone[leaf.source] : leaf.from_zone;
    for (const NodeId end : {source, graph_.zone[leaf.provider]}) {
      for (NodeId z = end; z.valid(); z = graph_.parent[z]) list(z);
    }
  }
  leaves_of_ = packed_lists<NodeId>(leaves);
  leaves_from_ = packed_lists<NodeId>(from);
}

bool NeedRows::lost_already(Pass pass, VertexId v) const {
  return (pass == kFails ? base_.fails[v] : base_.degrades[v]) != kNever;
}

bool NeedRows::lost_already(Pass pass, const Arc& arc) const {
  if (!counts(pass, arc)) return pass == kDegrades;  // a fallback is no full stand-in; a soft need never fails
  return lost_already(pass, arc.from) || (arc.leaf.valid() && base_.severed[arc.leaf] != kNever);
}

/// The literal of a vertex being lost, which is passed on when it is new.
Literal NeedRows::literal(Pass pass, VertexId v) {
  Literal& known = lost_[pass][v];
  if (known.valid()) return known;
  known = Literal(sat_.add_variable(true));
  open_.push_back({pass, v});
  const Literal result = known;
  if (v.index() >= graph_.node_count || graph_.kind[NodeId(v.index())] != NodeKind::service) return result;
  const Pass other = pass == kFails ? kDegrades : kFails;
  if (!lost_[other][v].valid()) {
    lost_[other][v] = Literal(sat_.add_variable(true));
    open_.push_back({other, v});
  }
  sat_.add_clause({~lost_[kFails][v], lost_[kDegrades][v]});
  felt_(NodeId(v.index()), lost_[kFails][v], lost_[kDegrades][v]);
  return result;
}

void NeedRows::add(CutId cut, Literal action) {
  const Action& what = cuts_.action(cut);
  if (what.type == Action::Type::switch_off || what.type == Action::Type::disable) {
    const VertexId v(what.node.index());
    for (const Pass pass : kPasses) {
      if (!lost_already(pass, v)) sat_.add_clause({~action, literal(pass, v)});
    }
  } else {
    sever_by(cut, action);
  }
  spread();
}

/// An isolation or a block. Whether it severs a leaf is asked for as few as can be.
void NeedRows::sever_by(CutId cut, Literal action) {
  const auto try_leaf = [&](LeafId l) {
    if (cuts_.severs(cut, leaf_of(graph_, l))) sever(l, action);
  };
  const Action& what = cuts_.action(cut);
  if (what.node.valid()) {
    const bool by_end = what.to.valid() && leaves_of_[what.to].size() < leaves_of_[what.node].size();
    std::ranges::for_each(leaves_of_[by_end ? what.to : what.node], try_leaf);
    return;
  }
  const FlowRule& blocked = cuts_.blocked(what);
  if (blocked.from.everything && blocked.to.everything) {
    for (const LeafId l : ids<LeafId>(need_.leaves.size())) try_leaf(l);
    return;
  }
  const auto count = [](const PlaceSet& places, const Packed<NodeId, LeafId>& leaves) {
    std::size_t sum = 0;
    for (const NodeId n : places.nodes) sum += leaves[n].size();
    return places.everything ? ~std::size_t{0} : sum;
  };
  const bool by_end = count(blocked.to, leaves_of_) < count(blocked.from, leaves_from_);
  for (const NodeId n : by_end ? blocked.to.nodes : blocked.from.nodes) {
    if (by_end && graph_.kind[n] != NodeKind::system) continue;  // nothing is needed of a zone
    for (const LeafId l : by_end ? leaves_of_[n] : leaves_from_[n]) {
      if (!by_end || leaf_of(graph_, l).provider == n) try_leaf(l);
    }
  }
}

void NeedRows::sever(LeafId leaf, Literal cause) {
  if (base_.severed[leaf] != kNever) return;
  for (const Pass pass : kPasses) lose(pass, need_.leaves[leaf].arc, cause);
}

/// An input is lost when `cause` holds.
void NeedRows::lose(Pass pass, ArcId a, Literal cause) {
  const Arc& arc = need_.arcs[a];
  if (!counts(pass, arc) || lost_already(pass, arc) || lost_already(pass, arc.to)) return;
  const std::uint32_t left = left_[pass][arc.to];
  if (left == 0) return;  // it never fails by its inputs
  if (left == 1) {
    sat_.add_clause({~cause, literal(pass, arc.to)});
    return;
  }
  const auto [at, fresh] = input_lost_[pass].try_emplace(a);
  if (fresh) at->second = Literal(sat_.add_variable(true));
  sat_.add_clause({~cause, at->second});
  if (fresh) combine(pass, arc.to, at->second);
}

/// Says that a group is lost when this input and as many others as it takes are.
void NeedRows::combine(Pass pass, VertexId v, Literal input) {
  Group& group = groups_[pass][v];
  const std::size_t others = left_[pass][v] - 1;
  const std::vector<Literal> before = group.inputs;
  group.inputs.push_back(input);
  if (before.size() < others || group.partial) return;
  if (combinations_of(before.size(), others) > kMostCombinations) {
    group.partial = true;
    return;
  }
  const Literal lost = literal(pass, v);
  std::vector<std::size_t> chosen = first_combination(others);
  std::vector<Literal> clause;
  do {
    clause.assign({~input, lost});
    for (const std::size_t i : chosen) clause.push_back(~before[i]);
    sat_.add_clause(clause);
  } while (next_combination(chosen, before.size()));
}

void NeedRows::spread() {
  while (!open_.empty()) {
    const Event event = open_.back();
    open_.pop_back();
    const Literal lost = lost_[event.pass][event.vertex];
    for (const Output& output : need_.outputs[event.vertex]) lose(event.pass, output.arc, lost);
  }
}

bool NeedRows::explain(const Scenario& scenario, const NeedRun& run) {
  const Mask mask(graph_, scenario);
  std::vector<Event> open;
  for (const NodeId n : ids<NodeId>(graph_.node_count)) {
    if (graph_.kind[n] != NodeKind::service) continue;
    const VertexId v(n.index());
    for (const Pass pass : kPasses) {
      const bool lost = (pass == kFails ? run.fails[v] : run.degrades[v]) != kNever;
      if (!lost || lost_already(pass, v)) continue;
      if (!lost_[pass][v].valid() || !sat_.holds(lost_[pass][v])) open.push_back({pass, v});
    }
  }
  bool said = false;
  std::array<std::map<VertexId, bool>, 2> seen;
  while (!open.empty()) {
    const Event event = open.back();
    open.pop_back();
    if (!seen[event.pass].try_emplace(event.vertex).second) continue;
    const bool more = explain_vertex(event.pass, event.vertex, mask, run, open);
    said = said || more;
  }
  spread();
  return said;
}

/// Goes on to what a loss is due to, and says what has not been said: lost connections, and combinations that were left
/// out.
bool NeedRows::explain_vertex(Pass pass, VertexId v, const Mask& mask, const NeedRun& run, std::vector<Event>& open) {
  if (v.index() < graph_.node_count && mask.off(NodeId(v.index()))) return false;
  const Moments<VertexId>& lost = pass == kFails ? run.fails : run.degrades;
  bool said = false;
  std::vector<Literal> reasons;
  for (const ArcId a : need_.inputs(v)) {
    const Arc& arc = need_.arcs[a];
    if (!counts(pass, arc) || lost_already(pass, arc)) continue;
    const bool severed = arc.leaf.valid() && run.severed[arc.leaf] != kNever;
    const bool provider = lost.before(arc.from, v);
    if (severed && mask.severed(leaf_of(graph_, arc.leaf)) == Loss::none) {
      const bool more = explain_parting(leaf_of(graph_, arc.leaf), arc.leaf, run, open);
      said = said || more;
    }
    if (provider) open.push_back({pass, arc.from});
    if (!severed && !provider) continue;
    if (const auto at = input_lost_[pass].find(a); at != input_lost_[pass].end()) reasons.push_back(at->second);
  }
  const auto group = groups_[pass].find(v);
  const std::uint32_t left = left_[pass][v];
  if (group == groups_[pass].end() || !group->second.partial || reasons.size() < left) return said;
  std::vector<Literal> clause{literal(pass, v)};
  for (std::size_t i = 0; i < left; ++i) clause.push_back(~reasons[i]);
  sat_.add_clause(clause);
  return true;
}

/// The failed links on the edge of what the beginning of a need still reaches at the moment it is cut off from its end.
/// Links that fail later may fail because of that.
std::vector<NodeId> NeedRows::parting_links(const Leaf& leaf, const NeedRun& run) const {
  std::vector<NodeId> down;
  for (const VertexId v : run.fails.order()) {
    if (v.index() < graph_.node_count && graph_.kind[NodeId(v.index())] == NodeKind::link) down.emplace_back(v.index());
  }
  IdVector<NodeId, std::size_t> place(graph_.node_count, down.size());
  for (std::size_t i = 0; i < down.size(); ++i) place[down[i]] = i;
  std::map<NodeId, bool> reached;
  std::vector<NodeId> edge;
  const auto is_cut_off_by = [&](std::size_t count) {
    reached = {{leaf.from_zone, true}};
    edge.clear();
    std::vector<NodeId> zones{leaf.from_zone};
    for (std::size_t i = 0; i < zones.size(); ++i) {
      for (const LinkEnd& end : graph_.links_of[zones[i]]) {
        if (place[end.link] < count) {
          edge.push_back(end.link);
        } else if (reached.try_emplace(end.zone, true).second) {
          zones.push_back(end.zone);
        }
      }
    }
    return !reached.contains(leaf.to_zone);
  };
  const auto counts = std::views::iota(std::size_t{0}, down.size());
  const auto enough = std::ranges::partition_point(counts, [&](std::size_t count) { return !is_cut_off_by(count); });
  if (!is_cut_off_by(static_cast<std::size_t>(enough - counts.begin()))) return {};  // not by links
  std::erase_if(edge, [&](NodeId link) {
    const auto [a, b] = graph_.ends[link];
    return reached.contains(a) && reached.contains(b);
  });
  std::ranges::sort(edge);
  edge.erase(std::ranges::unique(edge).begin(), edge.end());
  return edge;
}

/// Says that links that have failed part the ends of a need.
bool NeedRows::explain_parting(const Leaf& leaf, LeafId l, const NeedRun& run, std::vector<Event>& open) {
  const std::vector<NodeId> edge = parting_links(leaf, run);
  if (edge.empty()) return false;
  for (const NodeId link : edge) {
    if (!lost_already(kFails, VertexId(link.index()))) open.push_back({kFails, VertexId(link.index())});
  }
  if (!parted_[edge].try_emplace(l).second) return false;
  std::vector<Literal> clause{Literal(sat_.add_variable(true))};
  for (const NodeId link : edge) {
    const VertexId v(link.index());
    if (!lost_already(kFails, v)) clause.push_back(~literal(kFails, v));
  }
  sat_.add_clause(clause);
  sever(l, clause.front());
  return true;
}

}  // namespace firebreak
