// What is stuck is cut into strongly connected components (Tarjan 1972); those with a circle are the loops. For each, a
// set started by hand is tried by the start law among its members alone, all else that it needs being up. Sets are
// tried by size; where that is too much, members are left out of the whole one by one.

#include "analyzer/start_by_hand.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "analyzer/combinations.h"
#include "analyzer/strong_components.h"

namespace firebreak {

namespace {

using Part = std::vector<PendingId>;

/// The strongly connected components of what is stuck that hold a circle.
std::vector<Part> circles(const StartNetwork& network, const IdVector<PendingId, std::uint8_t>& stuck) {
  std::vector<IndexArc> arcs;
  const auto add = [&](PendingId from, PendingId to) {
    if (stuck[from] != 0 && stuck[to] != 0) arcs.emplace_back(from.index(), to.index());
  };
  for (const PendingId p : ids<PendingId>(network.size())) {
    for (const StartNetwork::Output& output : network.outputs[p]) add(p, output.to);
  }
  for (const StartNetwork::Join& join : network.joins) {
    for (const StartNetwork::Meeting& meeting : network.meetings) add(join.link, meeting.meeting);
  }
  const auto [component, count] = strong_components(network.size(), arcs);
  std::vector<std::uint8_t> circular(count, 0);
  for (const auto& [from, to] : arcs) {
    if (component[from] == component[to]) circular[component[from]] = 1;
  }
  std::vector<Part> parts(count);
  for (const PendingId p : ids<PendingId>(network.size())) parts[component[p.index()]].push_back(p);
  std::vector<Part> found;
  for (std::uint32_t c = 0; c < count; ++c) {
    if (circular[c] != 0) found.push_back(std::move(parts[c]));
  }
  return found;
}

/// One loop: which sets started by hand are enough.
class Loop {
 public:
  Loop(const Graph& graph, const StartNetwork& network, const std::vector<NodeId>& compromised, Part part)
      : network_(network), part_(std::move(part)) {
    IdVector<PendingId, std::uint32_t> local(network.size(), kOutside);
    for (std::uint32_t i = 0; i < part_.size(); ++i) local[part_[i]] = i;
    arcs_.resize(part_.size());
    awaited_.assign(part_.size(), 0);
    for (std::uint32_t i = 0; i < part_.size(); ++i) {
      for (const StartNetwork::Output& output : network.outputs[part_[i]]) {
        if (local[output.to] != kOutside) lay(i, {local[output.to], output.owner, output.physical});
      }
      if (network.node[part_[i]].valid()) members_.push_back(network.node[part_[i]]);
    }
    spare_.assign(part_.size(), 0);
    for (std::uint32_t i = 0; i < part_.size(); ++i) {
      // Of the inputs still open, those from outside the loop come.
      const std::uint32_t open = network.open[part_[i]];
      const std::uint32_t from_outside = inputs_of(part_[i]) - awaited_[i];
      spare_[i] = open > from_outside ? open - from_outside : 0;
    }
    for (const StartNetwork::Join& join : network.joins) {
      if (local[join.link] != kOutside) joins_.push_back({local[join.link], join.a, join.b});
    }
    for (const StartNetwork::Meeting& meeting : network.meetings) {
      if (local[meeting.meeting] != kOutside) meetings_.push_back({local[meeting.meeting], meeting.a, meeting.b});
    }
    for (const StartNetwork::Join& join : network.joins) {
      if (local[join.link] == kOutside) outside_joins_.emplace_back(join.a, join.b);
    }
    const auto rank = [&](NodeId n) {
      const Seconds cleaning = std::ranges::binary_search(compromised, n) ? graph.rebuild[n] : Seconds{0};
      return std::tuple(graph.kind[n] != NodeKind::system, kind_rank(graph.kind[n]), cleaning + graph.start[n], n);
    };
    candidates_ = members_;
    std::ranges::sort(candidates_, {}, rank);
  }

  [[nodiscard]] const std::vector<NodeId>& members() const { return members_; }
  [[nodiscard]] const std::vector<NodeId>& candidates() const { return candidates_; }
  [[nodiscard]] std::size_t size() const { return part_.size(); }

  /// Whether all members start when these are started by hand.
  [[nodiscard]] bool enough(const std::vector<NodeId>& by_hand) {
    by_hand_.assign(by_hand.begin(), by_hand.end());
    std::ranges::sort(by_hand_);
    open_ = spare_;
    up_.assign(part_.size(), 0);
    order_.clear();
    parts_.resize(network_.parts);
    for (std::uint32_t p = 0; p < parts_.size(); ++p) parts_[p] = p;
    for (const auto& [a, b] : outside_joins_) join(a, b);
    for (std::uint32_t i = 0; i < part_.size(); ++i) {
      for (const Arc& arc : arcs_[i]) {
        if (waived(arc) && open_[arc.to] != 0) --open_[arc.to];
      }
    }
    for (std::uint32_t i = 0; i < part_.size(); ++i) {
      if (open_[i] == 0) raise(i);
    }
    spread();
    return order_.size() == part_.size();
  }

 private:
  struct Arc {
    std::uint32_t to;
    NodeId owner;
    bool physical;
  };
  struct Meeting {
    std::uint32_t at;
    PartId a;
    PartId b;
  };
  static constexpr std::uint32_t kOutside = ~std::uint32_t{0};

  static int kind_rank(NodeKind kind) {
    return kind == NodeKind::link ? 0 : kind == NodeKind::site ? 1 : kind == NodeKind::service ? 2 : 3;
  }

  void lay(std::uint32_t from, const Arc& arc) {
    arcs_[from].push_back(arc);
    ++awaited_[arc.to];
  }

  /// How many inputs something has in the whole network.
  [[nodiscard]] std::uint32_t inputs_of(PendingId p) {
    if (inputs_.empty()) {
      inputs_.assign(network_.size(), 0);
      for (const StartNetwork::Output& output : network_.outputs.items) ++inputs_[output.to];
    }
    return inputs_[p];
  }

  [[nodiscard]] bool waived(const Arc& arc) const {
    return !arc.physical && std::ranges::binary_search(by_hand_, arc.owner);
  }

  void raise(std::uint32_t i) {
    if (up_[i] != 0) return;
    up_[i] = 1;
    order_.push_back(i);
  }

  void spread() {
    for (std::size_t taken = 0;;) {
      for (; taken < order_.size(); ++taken) {
        for (const Arc& arc : arcs_[order_[taken]]) {
          if (!waived(arc) && open_[arc.to] != 0 && --open_[arc.to] == 0) raise(arc.to);
        }
        for (const Meeting& link : joins_) {
          if (link.at == order_[taken]) join(link.a, link.b);
        }
      }
      for (const Meeting& meeting : meetings_) {
        if (find(meeting.a) == find(meeting.b)) raise(meeting.at);
      }
      if (taken == order_.size()) return;
    }
  }

  [[nodiscard]] std::uint32_t find(PartId p) const {
    std::uint32_t at = p.index();
    while (parts_[at] != at) at = parts_[at];
    return at;
  }
  void join(PartId a, PartId b) { parts_[find(a)] = find(b); }

  const StartNetwork& network_;
  Part part_;
  std::vector<NodeId> members_;
  std::vector<NodeId> candidates_;
  std::vector<std::vector<Arc>> arcs_;
  std::vector<std::uint32_t> awaited_;  ///< inputs from inside the loop
  std::vector<std::uint32_t> spare_;    ///< of these, how many must come
  std::vector<Meeting> joins_;          ///< links of the loop
  std::vector<Meeting> meetings_;
  std::vector<std::pair<PartId, PartId>> outside_joins_;
  IdVector<PendingId, std::uint32_t> inputs_;
  std::vector<NodeId> by_hand_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint8_t> up_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> parts_;
};

/// How much trying a loop may take: visits of its members.
constexpr std::size_t kMostVisits = 20'000'000;

RestoreLoop choose(Loop& loop, const Patience& patience) {
  RestoreLoop result{loop.members(), {}, true};
  const std::vector<NodeId>& candidates = loop.candidates();
  std::size_t visits = 0;
  const auto may_go_on = [&] {
    visits += loop.size();
    return visits <= kMostVisits && !has_run_out(patience);
  };
  std::vector<NodeId> chosen;
  bool found = false;
  for (std::size_t size = 1; !found && result.smallest; ++size) {
    std::vector<std::size_t> choice = first_combination(size);
    do {
      chosen.clear();
      for (const std::size_t i : choice) chosen.push_back(candidates[i]);
      found = loop.enough(chosen);
      result.smallest = found || may_go_on();
    } while (!found && result.smallest && next_combination_of_first(choice, candidates.size()));
  }
  if (!result.smallest) {
    chosen = candidates;
    for (std::size_t i = candidates.size(); i-- > 0;) {
      std::vector<NodeId> fewer = chosen;
      std::erase(fewer, candidates[i]);
      if (loop.enough(fewer)) chosen = std::move(fewer);
    }
  }
  std::ranges::sort(chosen);
  result.by_hand = std::move(chosen);
  return result;
}

}  // namespace

std::vector<RestoreLoop> find_start_loops(const Graph& graph, const StartNetwork& network,
                                          const IdVector<PendingId, std::uint8_t>& stuck,
                                          const std::vector<NodeId>& compromised, const Patience& patience) {
  std::vector<RestoreLoop> loops;
  for (Part& part : circles(network, stuck)) {
    Loop loop(graph, network, compromised, std::move(part));
    // A circle that alternatives lead around starts once all before it has.
    if (!loop.enough({})) loops.push_back(choose(loop, patience));
  }
  std::ranges::sort(loops, {}, &RestoreLoop::members);
  return loops;
}

}  // namespace firebreak
