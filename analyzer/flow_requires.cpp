// The sources are asked in source order, each kind of them with one row. Of a row only the distinct port sets in it are
// compared with what is required; where none of them breaks it, no target is looked at.

#include "analyzer/flow_requires.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "analyzer/flow_rows.h"

namespace firebreak {

namespace {

/// Some of the places of one group, in source order.
struct Part {
  GroupId group;
  std::vector<NodeId> places;
};

class FlowRequire {
 public:
  FlowRequire(const Graph& graph, const RequireQuestion& question)
      : graph_(graph),
        question_(question),
        groups_(group_places(graph, nothing_)),
        rows_(graph, nothing_, groups_),
        sources_(parts(question.from_places)),
        targets_(parts(question.to_places)),
        clean_(rows_.sides().senders.size(), 0) {
    for (const Part& target : targets_) wanted_.push_back(rows_.sides().receiver[target.group]);
    std::ranges::sort(wanted_);
    wanted_.erase(std::ranges::unique(wanted_).begin(), wanted_.end());
  }

  [[nodiscard]] RequireVerdict judge() {
    RequireVerdict verdict;
    for (const Part& source : sources_) {
      const SenderId sender = rows_.sides().sender[source.group];
      if (clean_[sender] == 0 && !row_breaks(sender)) clean_[sender] = 1;
      if (clean_[sender] != 0 && !distance_breaks()) continue;
      verdict.flow = witness(source);
      if (!verdict.flow.from.valid()) continue;
      verdict.holds = false;
      break;
    }
    return verdict;
  }

 private:
  [[nodiscard]] std::vector<Part> parts(const PlaceSet& places) const {
    std::vector<Part> found;
    IdVector<GroupId, std::size_t> at(groups_.size(), kNone);
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      const GroupId g = groups_.group_of[n];
      if (!g.valid() || !places.contains(n)) continue;
      if (at[g] == kNone) {
        at[g] = found.size();
        found.push_back({g, {}});
      }
      found[at[g]].places.push_back(n);
    }
    return found;
  }

  /// Whether it can break the require that no links join two places: where flows are demanded.
  [[nodiscard]] bool distance_breaks() const {
    return graph_.has_links && question_.type == Require::Type::always_flows && !question_.ports.empty();
  }

  [[nodiscard]] PortSet offending(const PortSet& permitted) const {
    switch (question_.type) {
      case Require::Type::only_flows:
        return subtract(permitted, question_.ports);
      case Require::Type::never_flows:
        return intersect(permitted, question_.ports);
      default:
        return subtract(question_.ports, permitted);
    }
  }

  void load(SenderId sender) {
    if (loaded_ == sender) return;
    rows_.load(sender);
    loaded_ = sender;
  }

  [[nodiscard]] bool breaks(CellStates::State state) {
    const PortSetId ports = FlowRows::ports_of(state);
    const auto [at, fresh] = breaks_.try_emplace(ports, false);
    if (fresh) at->second = !offending(rows_.ports()[ports]).empty();
    return at->second;
  }

  /// Whether the row of a kind of sources breaks the require for some kind of targets that is asked for.
  [[nodiscard]] bool row_breaks(SenderId sender) {
    load(sender);
    const auto breaks_for = [&](ReceiverId r) { return breaks(rows_.across().at(r)) || breaks(rows_.inside().at(r)); };
    const auto broken = [&](CellStates::State state) { return breaks(state); };
    if (std::ranges::none_of(rows_.across().states(), broken) &&
        std::ranges::none_of(rows_.inside().states(), broken)) {
      return false;
    }
    return std::ranges::any_of(wanted_, breaks_for);
  }

  /// The ports on which a flow between two groups breaks the require.
  [[nodiscard]] PortSet broken_between(GroupId from, GroupId to) {
    const NodeId a = graph_.flow.classes[groups_.base[from]].zone;
    const NodeId b = graph_.flow.classes[groups_.base[to]].zone;
    if (graph_.component[a] != graph_.component[b]) return offending({});
    const CellStates& row = a == b ? rows_.inside() : rows_.across();
    const CellStates::State state = row.at(rows_.sides().receiver[to]);
    return breaks(state) ? offending(rows_.ports()[FlowRows::ports_of(state)]) : PortSet();
  }

  /// The first broken flow from these sources, or none.
  [[nodiscard]] FlowWitness witness(const Part& source) {
    load(rows_.sides().sender[source.group]);
    FlowWitness first;
    for (const Part& target : targets_) {
      const NodeId from = source.places.front();
      const NodeId to = target.places.front() != from ? target.places.front()
                        : target.places.size() > 1    ? target.places[1]
                                                      : NodeId::none();
      // Of a place and itself no flow is asked; then another of the sources stands for them.
      const NodeId other = to.valid() || source.places.size() < 2 ? from : source.places[1];
      if (!to.valid() && other == from) continue;
      const FlowWitness found{other, to.valid() ? to : target.places.front(), {}};
      const bool earlier = !first.from.valid() || std::pair(found.from, found.to) < std::pair(first.from, first.to);
      if (!earlier) continue;
      PortSet ports = broken_between(source.group, target.group);
      if (!ports.empty()) first = {found.from, found.to, std::move(ports)};
    }
    return first;
  }

  static constexpr std::size_t kNone = ~std::size_t{0};

  const Graph& graph_;
  const RequireQuestion& question_;
  const Scenario nothing_;
  FlowGroups groups_;
  FlowRows rows_;
  std::vector<Part> sources_;
  std::vector<Part> targets_;
  std::vector<ReceiverId> wanted_;  ///< the kinds of targets, ascending
  IdVector<SenderId, std::uint8_t> clean_;
  SenderId loaded_;
  std::unordered_map<PortSetId, bool> breaks_;  ///< of the sets met so far; never iterated
};

}  // namespace

RequireVerdict judge_flow_require(const Graph& graph, const RequireQuestion& question) {
  return FlowRequire(graph, question).judge();
}

}  // namespace firebreak
