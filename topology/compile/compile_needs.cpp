// Nodes come first, each an "all" of its needs, its site, its host; every group of a needs expression becomes one more
// vertex behind them. Arcs are laid down by the vertex that needs, so that one pass over the vertices in order fills
// the relation. A need that isolation, links or policies can sever gets a leaf that says between which places its
// traffic runs.

#include <algorithm>
#include <bit>

#include "topology/compile/compile.h"

namespace firebreak::compiling {

namespace {

/// The number of each of some items, counted in their order, in little more than a bit for each item.
class NumberOf {
 public:
  void assign(std::size_t items) {
    bits_.assign(items / kBits + 1, 0);
    before_.assign(items / kBits + 1, 0);
  }
  /// Counts an item, behind all that were counted.
  void add(std::uint32_t item) {
    for (; last_ < item / kBits; ++last_) before_[last_ + 1] = count_;
    bits_[last_] |= std::uint64_t{1} << (item % kBits);
    ++count_;
  }
  /// How many were counted before this one.
  [[nodiscard]] std::uint32_t operator[](std::uint32_t item) const {
    const std::uint64_t below = bits_[item / kBits] & ((std::uint64_t{1} << (item % kBits)) - 1);
    return before_[item / kBits] + static_cast<std::uint32_t>(std::popcount(below));
  }

 private:
  static constexpr std::uint32_t kBits = 64;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> before_;  ///< how many before each word of bits
  std::uint32_t last_ = 0;             ///< the word of the last item
  std::uint32_t count_ = 0;
};

class NeedCompiler {
 public:
  NeedCompiler(const Topology& topology, Graph& graph) : topology_(topology), graph_(graph), relation_(graph.need) {}

  void run(Helper* helper) {
    number_groups();
    const std::size_t arcs = count_arcs();
    reserve(arcs);
    // Making room for the outputs is no work for the processor; it waits for the memory.
    do_both(
        helper, [&] { relation_.outputs.items.resize(arcs); }, [&] { lay_arcs(); });
    // No longer needed, where memory is at its fullest.
    number_of_ = {};
    std::vector<Group>().swap(groups_);
    index_outputs();
    index_leaves();
  }

 private:
  struct Group {
    std::uint32_t need;
    NodeId owner;
    bool inside_soft;
    bool inside_guess;
  };

  [[nodiscard]] VertexId vertex_of(std::uint32_t group) const {
    return VertexId(graph_.node_count + number_of_[group]);
  }
  [[nodiscard]] std::uint32_t arc_count() const { return static_cast<std::uint32_t>(relation_.arcs.size()); }

  void number_groups() {
    number_of_.assign(topology_.needs.size());
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      const NeedRange range = topology_.needs_of(n);
      std::uint32_t soft_end = 0;
      std::uint32_t guess_end = 0;
      for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const Need& need = topology_.needs[i];
        if (need.soft) soft_end = std::max(soft_end, need.end);
        if (need.assumed) guess_end = std::max(guess_end, need.end);
        if (need.type == Need::Type::leaf) continue;
        number_of_.add(i);
        groups_.push_back({i, n, i < soft_end, i < guess_end});
      }
    }
  }

  /// How many there will be: one for each item of a needs expression, and what sites, hosts and uses add.
  [[nodiscard]] std::size_t count_arcs() const {
    std::size_t arcs = 0;
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      const NeedRange range = topology_.needs_of(n);
      arcs += range.end - range.begin;
      arcs += (graph_.site[n].valid() ? 1U : 0U) + (graph_.host[n].valid() ? 1U : 0U);
      if (graph_.kind[n] == NodeKind::site && graph_.parent[n].valid()) ++arcs;
    }
    for (const Customer& customer : topology_.customers) arcs += customer.uses.size();
    return arcs;
  }

  /// Room for the longest lists, so that they are not copied while they grow; what is too much is never touched.
  void reserve(std::size_t arcs) {
    const std::size_t vertices = graph_.node_count + groups_.size();
    relation_.fails_at.reserve(vertices);
    relation_.degrades_at.reserve(vertices);
    relation_.owner.reserve(vertices);
    relation_.spare_counts.reserve(vertices);
    relation_.first_input.reserve(vertices + 1);
    relation_.arcs.reserve(arcs);
    relation_.leaves.reserve(topology_.needs.size());
  }

  void lay_arcs() {
    for (const NodeId n : ids<NodeId>(graph_.node_count)) lay_node(n);
    for (const Group& group : groups_) lay_group(group);
    relation_.first_input.push_back(arc_count());
  }

  void begin_vertex(NodeId owner, bool spare_counts) {
    relation_.first_input.push_back(arc_count());
    relation_.owner.push_back(owner);
    relation_.spare_counts.push_back(spare_counts);
  }

  void end_vertex(std::uint32_t fails_at, std::uint32_t degrades_at) {
    relation_.fails_at.push_back(fails_at);
    relation_.degrades_at.push_back(degrades_at);
  }

  void lay_node(NodeId n) {
    begin_vertex(n, false);
    const std::uint32_t before = arc_count();
    const VertexId to(n.index());
    lay_items(topology_.needs_of(n), n, to, false);
    if (graph_.site[n].valid()) lay_physical(graph_.site[n], to, ArcType::site);
    if (graph_.host[n].valid()) lay_physical(graph_.host[n], to, ArcType::host);
    if (graph_.kind[n] == NodeKind::site && graph_.parent[n].valid()) {
      lay_physical(graph_.parent[n], to, ArcType::parent);
    }
    std::uint32_t fails_at = arc_count() > before ? 1 : 0;
    const std::uint32_t degrades_at = graph_.kind[n] == NodeKind::customer ? lay_uses(n, to) : fails_at;
    if (graph_.kind[n] == NodeKind::customer) fails_at = arc_count() - before;
    end_vertex(fails_at, degrades_at);
  }

  std::uint32_t lay_uses(NodeId n, VertexId to) {
    std::uint32_t index = 0;
    for (const auto& used : topology_.customer(n).uses) {
      relation_.arcs.push_back(
          {.from = VertexId(used.value.index()), .to = to, .type = ArcType::uses, .leaf = {}, .need = index++});
    }
    return index > 0 ? 1 : 0;
  }

  void lay_physical(NodeId provider, VertexId to, ArcType type) {
    relation_.arcs.push_back({.from = VertexId(provider.index()), .to = to, .type = type, .leaf = {}});
  }

  void lay_group(const Group& group) {
    const Need& need = topology_.needs[group.need];
    const bool redundant = need.type == Need::Type::any || need.type == Need::Type::at_least;
    begin_vertex(group.owner, redundant && !group.inside_soft);
    const std::uint32_t before = arc_count();
    lay_items({group.need + 1, need.end}, group.owner, vertex_of(group.need), group.inside_guess);
    const std::uint32_t members = arc_count() - before;
    const std::uint32_t must_hold = need.type == Need::Type::all ? members : need.type == Need::Type::any ? 1 : need.k;
    end_vertex(members - must_hold + 1, members - must_hold + 1);
  }

  void lay_items(NeedRange range, NodeId owner, VertexId to, bool inside_guess) {
    for (std::uint32_t i = range.begin; i < range.end; i = topology_.needs[i].end) {
      const Need& need = topology_.needs[i];
      const bool leaf = need.type == Need::Type::leaf;
      Arc arc{.from = leaf ? VertexId(need.on.index()) : vertex_of(i),
              .to = to,
              .grace = need.grace,
              .type = leaf ? ArcType::need : ArcType::group,
              .soft = need.soft,
              .fallback = need.fallback,
              .start = need.start,
              .assumed = need.assumed || inside_guess,
              .leaf = {},
              .need = i};
      if (leaf) lay_leaf(need, owner, arc);
      if (arc.fallback) relation_.fallbacks.push_back(ArcId(arc_count()));
      relation_.arcs.push_back(arc);
    }
  }

  /// The leaf of the arc about to be laid, unless nothing can sever it.
  void lay_leaf(const Need& need, NodeId owner, Arc& arc) {
    const NodeKind owner_kind = graph_.kind[owner];
    const NodeKind provider_kind = graph_.kind[need.on];
    if (owner_kind == NodeKind::site || provider_kind == NodeKind::site) return;
    const bool to_system = provider_kind == NodeKind::system;
    if (!to_system && owner_kind != NodeKind::system) return;
    LeafRecord leaf;
    leaf.arc = ArcId(arc_count());
    arc.only_isolation = owner_kind == NodeKind::link || !to_system;
    NodeId from_zone;
    NodeId to_zone;
    if (!arc.only_isolation) {
      leaf.source = need.from.valid() ? need.from : owner_kind == NodeKind::system ? owner : NodeId::none();
      if (leaf.source.valid()) from_zone = graph_.zone[leaf.source];
      to_zone = graph_.zone[need.on];
      leaf.port = need.port;
      if (leaf.port.valid() && from_zone.valid() && to_zone.valid()) {
        const FlowClassId from = graph_.flow.class_of[leaf.source];
        const FlowClassId to = graph_.flow.class_of[need.on];
        arc.permitted = includes(permitted_ports(graph_, from, to), graph_.ports[leaf.port]);
      }
    }
    arc.leaf = relation_.leaves.push_back(leaf);
    if (!arc.permitted) relation_.denied.push_back(arc.leaf);
    if (depends_on_links(from_zone, to_zone) && graph_.component[from_zone] != graph_.component[to_zone]) {
      relation_.apart.push_back(arc.leaf);
    }
  }

  [[nodiscard]] bool depends_on_links(NodeId from_zone, NodeId to_zone) const {
    return graph_.has_links && from_zone.valid() && to_zone.valid() && from_zone != to_zone;
  }

  void index_outputs() {
    const std::size_t vertices = relation_.owner.size();
    auto& first = relation_.outputs.first;
    first.assign(vertices + 1, 0);
    for (const Arc& arc : relation_.arcs) ++first[arc.from.index() + 1];
    for (std::size_t v = 0; v < vertices; ++v) first[v + 1] += first[v];
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const ArcId a : ids<ArcId>(relation_.arcs.size())) {
      const Arc& arc = relation_.arcs[a];
      relation_.outputs.items[next[arc.from.index()]++] = {
          arc.to, a, arc.soft, arc.fallback, arc.start, arc.grace > 0, arc.leaf.valid()};
    }
  }

  void index_leaves() {
    auto& first = relation_.leaves_at.first;
    first.assign(graph_.node_count + 1, 0);
    for (const LeafId l : ids<LeafId>(relation_.leaves.size())) {
      const Leaf leaf = leaf_of(graph_, l);
      if (!depends_on_links(leaf.from_zone, leaf.to_zone)) continue;
      ++first[leaf.from_zone.index() + 1];
      ++first[leaf.to_zone.index() + 1];
    }
    for (std::size_t n = 0; n < graph_.node_count; ++n) first[n + 1] += first[n];
    relation_.leaves_at.items.resize(first.back());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const LeafId l : ids<LeafId>(relation_.leaves.size())) {
      const Leaf leaf = leaf_of(graph_, l);
      if (!depends_on_links(leaf.from_zone, leaf.to_zone)) continue;
      relation_.leaves_at.items[next[leaf.from_zone.index()]++] = l;
      relation_.leaves_at.items[next[leaf.to_zone.index()]++] = l;
    }
  }

  const Topology& topology_;
  Graph& graph_;
  NeedRelation& relation_;
  NumberOf number_of_;  ///< of the groups, by item of Topology::needs
  std::vector<Group> groups_;
};

}  // namespace

void compile_needs(const Topology& topology, Graph& graph, Helper* helper) {
  NeedCompiler(topology, graph).run(helper);
}

}  // namespace firebreak::compiling
