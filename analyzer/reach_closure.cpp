// All steps as one graph: a system leads to the kind of sources it is, that to the groups of targets its row permits,
// and those to their members; a pivot stands between those that can use it and what it takes. In what the strongly
// connected parts of it leave, which has no circles, each part reaches itself and what the parts behind it reach: 256
// parts at a time, a bit each. A pivot that requires several things is no arc. For each part it is seen which of these
// fire in the end, and what they take is added: the least fixed point from a start is the union of what it reaches by
// arcs and what every pivot that fires reaches by arcs.

#include "analyzer/reach_closure.h"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <map>
#include <utility>

#include "analyzer/dark.h"
#include "analyzer/flow_rows.h"
#include "analyzer/flow_spread.h"
#include "analyzer/mask.h"
#include "analyzer/need_law.h"

namespace firebreak {

namespace {

using Vertex = std::uint32_t;
using Arcs = std::vector<std::pair<Vertex, Vertex>>;  ///< by the first

/// A pivot that needs more than what uses it: `user` stands for all that can use it from one kind of place.
struct Conjunction {
  Vertex user;
  std::vector<NodeId> requires_all;
  Vertex taking;  ///< leads to what it takes
};

class StepGraph {
 public:
  StepGraph(const Graph& graph, const Scenario& scenario, std::size_t most_arcs)
      : graph_(graph),
        mask_(graph, scenario),
        run_(run_need(mask_)),
        dark_(find_dark(mask_, run_)),
        components_(components_at_once(graph, run_)),
        flows_(mask_, components_, dark_),
        groups_(group_places(graph, scenario)),
        rows_(graph, scenario, groups_),
        most_arcs_(most_arcs) {}

  /// False when there are too many arcs.
  [[nodiscard]] bool make() {
    find_targets();
    number_vertices();
    add_nodes();
    add_sources();
    add_lists();
    add_pivots();
    return arcs.size() <= most_arcs_;
  }

  Arcs arcs;
  std::vector<Conjunction> conjunctions;
  std::size_t vertices = 0;

 private:
  struct Source {
    SenderId sender;
    NodeId zone;

    friend auto operator<=>(const Source&, const Source&) = default;
  };
  using Area = std::pair<std::uint32_t, NodeId>;

  [[nodiscard]] NodeId zone_of(GroupId g) const { return graph_.flow.classes[groups_.base[g]].zone; }
  [[nodiscard]] Area area_of(NodeId zone) const { return {components_.label(zone), mask_.border(zone)}; }

  void find_targets() {
    in_zone_.resize(graph_.node_count);
    takeable_.resize(groups_.size());
    for (const GroupId g : ids<GroupId>(groups_.size())) {
      for (const NodeId n : groups_.members[g]) {
        if (flows_.can_be_taken(n)) takeable_[g].push_back(n);
      }
      if (takeable_[g].empty()) continue;
      in_zone_[zone_of(g)].push_back(g);
      in_area_[area_of(zone_of(g))].push_back(g);
    }
  }

  /// Nodes, then kinds of sources by zone, then groups; lists and pivots get theirs as they are met.
  void number_vertices() {
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      const GroupId g = flows_.sender(n);
      if (g.valid()) source_of_.try_emplace({rows_.sides().sender[g], graph_.zone[n]}, 0);
    }
    vertices = graph_.node_count;
    for (auto& [source, vertex] : source_of_) vertex = static_cast<Vertex>(vertices++);
    first_group_ = static_cast<Vertex>(vertices);
    vertices += groups_.size();
  }

  [[nodiscard]] Vertex vertex(GroupId g) const { return first_group_ + g.index(); }

  void add(Vertex from, Vertex to) {
    if (arcs.size() <= most_arcs_) arcs.emplace_back(from, to);
  }

  [[nodiscard]] bool disabled(NodeId n) const { return graph_.kind[n] == NodeKind::identity && mask_.off(n); }

  void add_nodes() {
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (disabled(n)) continue;
      const GroupId g = flows_.sender(n);
      if (g.valid()) add(n.index(), source_of_.at({rows_.sides().sender[g], graph_.zone[n]}));
      for (const NodeId guest : graph_.guests[n]) {
        if (dark_[guest] == 0) add(n.index(), guest.index());
      }
      for (const PivotId p : graph_.pivots_from[n]) use(p, n);
    }
  }

  /// Joins a node with a pivot it can use.
  void use(PivotId p, NodeId from) {
    const GraphPivot& pivot = graph_.pivots[p];
    if (pivot.effort == kNever) return;
    std::uint32_t place = kEverywhere;
    if (pivot.port.valid()) {
      const GroupId group = flows_.sender(from);
      if (!group.valid()) return;
      place = group.index();
    } else if (graph_.kind[from] == NodeKind::system && mask_.any_borders()) {
      place = mask_.border(graph_.zone[from]).index();
    }
    std::vector<NodeId> others = pivot.requires_all;
    std::erase(others, from);
    if (std::ranges::any_of(others, [&](NodeId n) { return disabled(n); })) return;
    Use& found = uses_.try_emplace({p, place}, Use{from, 0, 0}).first->second;
    if (found.taking == 0) found.taking = static_cast<Vertex>(vertices++);
    if (others.empty()) {
      add(from.index(), found.taking);
      return;
    }
    if (others.size() < pivot.requires_all.size()) {
      // It is one of those it requires: what the others have to add to it is its own affair.
      conjunctions.push_back({from.index(), std::move(others), found.taking});
      return;
    }
    if (found.user == 0) {
      found.user = static_cast<Vertex>(vertices++);
      conjunctions.push_back({found.user, std::move(others), found.taking});
    }
    add(from.index(), found.user);
  }

  void add_sources() {
    SenderId loaded;
    for (const auto& [source, vertex] : source_of_) {
      if (source.sender != loaded) rows_.load(source.sender);
      loaded = source.sender;
      add_inside(source, vertex);
      add_across(source, vertex);
      if (arcs.size() > most_arcs_) return;
    }
  }

  /// Whether a target listens on some of the ports.
  [[nodiscard]] bool gets_at(PortSetId ports, GroupId to) {
    const PortSetId exposes = graph_.flow.classes[groups_.base[to]].exposes;
    if (!exposes.valid()) return ports != rows_.ports().none();
    return rows_.ports().intersect(ports, exposes) != rows_.ports().none();
  }

  void add_inside(const Source& source, Vertex from) {
    const CellStates& row = rows_.inside();
    if (row.singled_out().empty()) {
      add_list({area_of(source.zone), source.zone, FlowRows::ports_of(row.base())}, from);
      return;
    }
    for (const GroupId to : in_zone_[source.zone]) {
      if (gets_at(FlowRows::ports_of(row.at(rows_.sides().receiver[to])), to)) add(from, vertex(to));
    }
  }

  /// What may be sent to another zone may be sent inside one too, since fewer policies judge there: so it does no harm
  /// that a list of all targets of an area holds those of the source's own zone.
  void add_across(const Source& source, Vertex from) {
    const CellStates& row = rows_.across();
    const Area area = area_of(source.zone);
    const auto all = in_area_.find(area);
    if (all == in_area_.end()) return;
    const PortSetId rest = FlowRows::ports_of(row.base());
    if (row.singled_out().empty()) {
      add_list({area, NodeId::none(), rest}, from);
      return;
    }
    const auto try_group = [&](GroupId to) {
      const NodeId zone = zone_of(to);
      if (zone == source.zone || takeable_[to].empty() || area_of(zone) != area) return;
      if (gets_at(FlowRows::ports_of(row.at(rows_.sides().receiver[to])), to)) add(from, vertex(to));
    };
    if (rest != rows_.ports().none()) {
      for (const GroupId to : all->second) try_group(to);
      return;
    }
    for (const ReceiverId r : row.singled_out()) {
      for (const GroupId to : rows_.sides().receivers[r]) try_group(to);
    }
  }

  /// All targets of an area, or of a zone in it, on some ports.
  struct List {
    Area area;
    NodeId zone;
    PortSetId ports;

    friend auto operator<=>(const List&, const List&) = default;
  };

  void add_list(const List& list, Vertex from) {
    if (list.ports == rows_.ports().none()) return;
    const auto [at, fresh] = lists_.try_emplace(list, 0);
    if (fresh) at->second = static_cast<Vertex>(vertices++);
    add(from, at->second);
  }

  void add_lists() {
    for (const GroupId g : ids<GroupId>(groups_.size())) {
      for (const NodeId n : takeable_[g]) add(vertex(g), n.index());
    }
    for (const auto& [list, from] : lists_) {
      const std::vector<GroupId>& targets = list.zone.valid() ? in_zone_[list.zone] : in_area_.at(list.area);
      for (const GroupId to : targets) {
        if (gets_at(list.ports, to)) add(from, vertex(to));
      }
    }
  }

  void add_pivots() {
    for (const auto& [key, use] : uses_) {
      const GraphPivot& pivot = graph_.pivots[key.first];
      const NodeId zone = graph_.zone[use.sample];
      const bool from_system = graph_.kind[use.sample] == NodeKind::system;
      for (const NodeId t : pivot.to) {
        const bool takes =
            pivot.port.valid()
                ? flows_.able(t) && flows_.can_send(flows_.sender(use.sample), t, graph_.ports[pivot.port])
                : dark_[t] == 0 && !mask_.isolated(t) && !(from_system && mask_.border_into(zone, graph_.zone[t]));
        if (takes) add(use.taking, t.index());
      }
    }
  }

  /// A pivot from one kind of place.
  struct Use {
    NodeId sample;
    Vertex user = 0;
    Vertex taking = 0;
  };

  static constexpr std::uint32_t kEverywhere = ~std::uint32_t{0} - 1;

  const Graph& graph_;
  const Mask mask_;
  NeedRun run_;
  IdVector<NodeId, std::uint8_t> dark_;
  ZoneComponents components_;
  FlowSpread flows_;
  FlowGroups groups_;
  FlowRows rows_;
  std::size_t most_arcs_;
  IdVector<GroupId, std::vector<NodeId>> takeable_;
  IdVector<NodeId, std::vector<GroupId>> in_zone_;
  std::map<Area, std::vector<GroupId>> in_area_;
  std::map<Source, Vertex> source_of_;
  std::map<List, Vertex> lists_;
  std::map<std::pair<PivotId, std::uint32_t>, Use> uses_;
  Vertex first_group_ = 0;
};

/// The strongly connected parts, numbered so that arcs lead from higher numbers to lower ones.
class Condensed {
 public:
  Condensed(Arcs arcs, std::size_t vertices) : part_(vertices) {
    std::ranges::sort(arcs);
    using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                   boost::no_property, std::uint32_t, std::uint32_t>;
    const Csr whole(boost::edges_are_sorted, arcs.begin(), arcs.end(), static_cast<std::uint32_t>(vertices));
    count_ = boost::strong_components(
        whole, boost::make_iterator_property_map(part_.begin(), boost::get(boost::vertex_index, whole)));
    for (auto& [from, to] : arcs) {
      from = part_[from];
      to = part_[to];
    }
    std::erase_if(arcs, [](const auto& arc) { return arc.first == arc.second; });
    std::ranges::sort(arcs);
    const auto rest = std::ranges::unique(arcs);
    arcs.erase(rest.begin(), rest.end());
    first_.assign(count_ + 1, 0);
    for (const auto& [from, to] : arcs) ++first_[from + 1];
    for (std::size_t p = 0; p < count_; ++p) first_[p + 1] += first_[p];
    for (const auto& [from, to] : arcs) behind_.push_back(to);
  }

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::uint32_t part(Vertex v) const { return part_[v]; }
  [[nodiscard]] std::span<const std::uint32_t> behind(std::size_t part) const {
    return std::span(behind_).subspan(first_[part], first_[part + 1] - first_[part]);
  }

 private:
  std::vector<std::uint32_t> part_;
  std::size_t count_ = 0;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> behind_;
};

constexpr std::size_t kWords = 4;
using Bits = std::array<std::uint64_t, kWords>;
constexpr std::size_t kBits = kWords * 64;

void add_bits(Bits& to, const Bits& from) {
  for (std::size_t w = 0; w < kWords; ++w) to[w] |= from[w];
}
bool has_bit(const Bits& bits, std::size_t i) {
  return (bits[i / 64] >> (i % 64) & 1U) != 0;
}

/// Which of up to kBits parts each part reaches by arcs; `columns` are these parts.
std::vector<Bits> reach(const Condensed& parts, std::span<const std::uint32_t> columns) {
  std::vector<Bits> bits(parts.count(), Bits{});
  for (std::size_t i = 0; i < columns.size(); ++i) bits[columns[i]][i / 64] |= std::uint64_t{1} << (i % 64);
  for (std::size_t p = 0; p < parts.count(); ++p) {
    for (const std::uint32_t to : parts.behind(p)) add_bits(bits[p], bits[to]);
  }
  return bits;
}

/// Which conjunctions fire from each part.
class Firing {
 public:
  Firing(const Condensed& parts, const std::vector<Conjunction>& conjunctions) : fired_(parts.count(), 0), sets_(1) {
    if (conjunctions.empty()) return;
    find_columns(parts, conjunctions);
    for (std::size_t begin = 0; begin < columns_.size(); begin += kBits) {
      matrix_.push_back(reach(parts, std::span(columns_).subspan(begin, std::min(kBits, columns_.size() - begin))));
    }
    std::map<std::vector<Bits>, std::uint32_t> known;
    for (std::size_t p = 0; p < parts.count(); ++p) {
      std::vector<Bits> row;
      for (const std::vector<Bits>& block : matrix_) row.push_back(block[p]);
      const auto [at, fresh] = known.try_emplace(row, 0);
      if (fresh) at->second = fire(row);
      fired_[p] = at->second;
    }
  }

  /// The parts that what fires leads to, besides those a part reaches by arcs.
  [[nodiscard]] const std::vector<std::uint32_t>& taking(std::size_t part) const { return sets_[fired_[part]]; }

 private:
  struct Condition {
    std::vector<std::size_t> columns;  ///< all of these must be reached
    std::uint32_t taking;
  };

  void find_columns(const Condensed& parts, const std::vector<Conjunction>& conjunctions) {
    std::map<std::uint32_t, std::size_t> column;
    const auto of = [&](Vertex v) {
      const auto [at, fresh] = column.try_emplace(parts.part(v), columns_.size());
      if (fresh) columns_.push_back(parts.part(v));
      return at->second;
    };
    for (const Conjunction& c : conjunctions) {
      Condition condition{{of(c.user)}, parts.part(c.taking)};
      for (const NodeId n : c.requires_all) condition.columns.push_back(of(n.index()));
      conditions_.push_back(std::move(condition));
    }
  }

  /// The number of the set of what fires from a row of reached columns.
  std::uint32_t fire(std::vector<Bits> row) {
    std::vector<std::uint32_t> taking;
    std::vector<std::uint8_t> done(conditions_.size(), 0);
    for (bool again = true; again;) {
      again = false;
      for (std::size_t c = 0; c < conditions_.size(); ++c) {
        const Condition& condition = conditions_[c];
        const auto reached = [&](std::size_t column) { return has_bit(row[column / kBits], column % kBits); };
        if (done[c] != 0 || !std::ranges::all_of(condition.columns, reached)) continue;
        done[c] = 1;
        again = true;
        taking.push_back(condition.taking);
        for (std::size_t b = 0; b < matrix_.size(); ++b) add_bits(row[b], matrix_[b][condition.taking]);
      }
    }
    if (taking.empty()) return 0;
    sets_.push_back(std::move(taking));
    return static_cast<std::uint32_t>(sets_.size() - 1);
  }

  std::vector<std::uint32_t> columns_;
  std::vector<Condition> conditions_;
  std::vector<std::vector<Bits>> matrix_;
  std::vector<std::uint32_t> fired_;  ///< by part: index in sets_
  std::vector<std::vector<std::uint32_t>> sets_;
};

/// The sum of the weights of the bits that are set, a byte at a time.
class WeightedCount {
 public:
  explicit WeightedCount(std::span<const std::uint32_t> weights) : sums_(kBits / 8) {
    for (std::size_t byte = 0; byte < sums_.size(); ++byte) {
      for (std::size_t value = 1; value < 256; ++value) {
        const auto low = static_cast<std::size_t>(std::countr_zero(value));
        const std::size_t i = byte * 8 + low;
        sums_[byte][value] = sums_[byte][value & (value - 1)] + (i < weights.size() ? weights[i] : 0);
      }
    }
  }

  [[nodiscard]] std::uint32_t of(const Bits& bits) const {
    std::uint32_t sum = 0;
    for (std::size_t w = 0; w < kWords; ++w) {
      if (bits[w] == 0) continue;
      for (std::size_t b = 0; b < 8; ++b) sum += sums_[w * 8 + b][bits[w] >> (b * 8) & 0xFFU];
    }
    return sum;
  }

 private:
  std::vector<std::array<std::uint32_t, 256>> sums_;
};

}  // namespace

std::optional<ReachClosure> reach_closure(const Graph& graph, const Scenario& scenario,
                                          const std::vector<NodeId>& targets, std::size_t most_arcs) {
  StepGraph steps(graph, scenario, most_arcs);
  if (!steps.make()) return std::nullopt;
  const Condensed parts(std::move(steps.arcs), steps.vertices);
  const Firing firing(parts, steps.conjunctions);
  const auto counts = [&](NodeId n) {
    return graph.kind[n] == NodeKind::system || graph.kind[n] == NodeKind::identity;
  };
  std::vector<std::uint32_t> weight(parts.count(), 0);
  for (const NodeId n : ids<NodeId>(graph.node_count)) weight[parts.part(n.index())] += counts(n) ? 1U : 0U;
  std::vector<std::uint32_t> columns;
  for (std::size_t p = 0; p < parts.count(); ++p) {
    if (weight[p] > 0) columns.push_back(static_cast<std::uint32_t>(p));
  }
  ReachClosure result;
  result.reaches.assign(targets.size(), IdVector<NodeId, bool>(graph.node_count, false));
  std::vector<std::uint32_t> size(parts.count(), 0);
  std::vector<std::vector<bool>> reaches(targets.size(), std::vector<bool>(parts.count(), false));
  for (std::size_t begin = 0; begin < columns.size(); begin += kBits) {
    const std::span<const std::uint32_t> block =
        std::span(columns).subspan(begin, std::min(kBits, columns.size() - begin));
    std::vector<std::uint32_t> weights;
    for (const std::uint32_t p : block) weights.push_back(weight[p]);
    const WeightedCount count(weights);
    const std::vector<Bits> bits = reach(parts, block);
    for (std::size_t p = 0; p < parts.count(); ++p) {
      Bits all = bits[p];
      for (const std::uint32_t taking : firing.taking(p)) add_bits(all, bits[taking]);
      size[p] += count.of(all);
      for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto at = std::ranges::lower_bound(block, parts.part(targets[t].index()));
        if (at == block.end() || *at != parts.part(targets[t].index())) continue;
        if (has_bit(all, static_cast<std::size_t>(at - block.begin()))) reaches[t][p] = true;
      }
    }
  }
  result.size.assign(graph.node_count, 0);
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (!counts(n)) continue;
    const std::uint32_t part = parts.part(n.index());
    result.size[n] = size[part];
    for (std::size_t t = 0; t < targets.size(); ++t) result.reaches[t][n] = reaches[t][part];
  }
  return result;
}

}  // namespace firebreak
