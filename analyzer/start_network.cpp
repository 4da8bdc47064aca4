// A least fixed point with one counter per vertex, as the start law has it, over what is not up only. Links that come
// up join parts of the network (union-find without path compression, so that copies stay cheap); two parts that meet
// are an input like any other.

#include "analyzer/start_network.h"

#include <algorithm>
#include <map>
#include <utility>

#include "analyzer/standing.h"

namespace firebreak {

namespace {

class Cutter {
 public:
  Cutter(const Mask& mask, const StartFrame& frame)
      : mask_(mask), graph_(mask.graph()), need_(graph_.need), frame_(frame), of_(need_.owner.size()) {}

  StartNetwork run() {
    std::size_t at_last = 0;
    part_ = parts_joined(frame_.running, network_.parts);
    last_part_ = parts_joined(frame_.possible, at_last);
    for (const VertexId v : ids<VertexId>(need_.owner.size())) {
      if (frame_.running[v] != 0 || frame_.possible[v] == 0) continue;
      const bool is_node = v.index() < graph_.node_count;
      of_[v] = add(is_node ? NodeId(v.index()) : NodeId::none(), 0);
      if (is_node) network_.held[of_[v]] = frame_.held[NodeId(v.index())] != 0;
    }
    for (const VertexId v : ids<VertexId>(need_.owner.size())) {
      if (of_[v].valid()) lay(v);
    }
    network_.outputs = packed_by<PendingId>(network_.size(), start_arcs_, &Laid::from, &Laid::output);
    network_.run_outputs = packed_by<PendingId>(network_.size(), run_arcs_, &Laid::from, &Laid::output);
    network_.inputs = inverted<PendingId>(network_.outputs, network_.size(), &StartNetwork::Output::to);
    network_.of.resize(graph_.node_count);
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      network_.of[n] = of_[VertexId(n.index())];
      if (graph_.kind[n] != NodeKind::link || !network_.of[n].valid()) continue;
      network_.joins.push_back({network_.of[n], part_[graph_.ends[n].first], part_[graph_.ends[n].second]});
    }
    return std::move(network_);
  }

 private:
  struct Laid {
    PendingId from;
    StartNetwork::Output output;
  };
  /// What an input waits for: nothing, one thing, two, or for what never comes.
  struct Wait {
    PendingId provider{};
    PendingId meeting{};
    bool never = false;

    [[nodiscard]] bool comes() const { return provider.valid() || meeting.valid(); }
    [[nodiscard]] bool is_over() const { return !never && !comes(); }
    friend bool operator==(const Wait&, const Wait&) = default;
  };

  PendingId add(NodeId node, std::uint32_t open) {
    network_.node.push_back(node);
    network_.held.push_back(false);
    network_.spare.push_back(0);
    return network_.open.push_back(open);
  }

  /// The zones joined by links that are `up`, by number.
  [[nodiscard]] IdVector<NodeId, PartId> parts_joined(const IdVector<VertexId, std::uint8_t>& up, std::size_t& count) {
    IdVector<NodeId, PartId> parts(graph_.node_count);
    std::vector<NodeId> open;
    for (const NodeId zone : ids<NodeId>(graph_.node_count)) {
      if (graph_.kind[zone] != NodeKind::zone || parts[zone].valid()) continue;
      const PartId part(count++);
      parts[zone] = part;
      open = {zone};
      while (!open.empty()) {
        const NodeId at = open.back();
        open.pop_back();
        for (const LinkEnd& end : graph_.links_of[at]) {
          if (parts[end.zone].valid() || up[VertexId(end.link.index())] == 0) continue;
          parts[end.zone] = part;
          open.push_back(end.zone);
        }
      }
    }
    return parts;
  }

  /// Whether a need is across zones that nothing which can be up connects.
  [[nodiscard]] bool apart(LeafId leaf) const {
    if (!leaf.valid() || !graph_.has_links) return false;
    const Leaf found = leaf_of(graph_, leaf);
    if (!found.from_zone.valid() || !found.to_zone.valid()) return false;
    return last_part_[found.from_zone] != last_part_[found.to_zone];
  }

  /// The meeting a need waits for, besides its provider; none when its zones are connected, or need not be.
  [[nodiscard]] PendingId meeting_of(LeafId leaf) {
    if (!leaf.valid() || !graph_.has_links) return {};
    const Leaf found = leaf_of(graph_, leaf);
    if (!found.from_zone.valid() || !found.to_zone.valid()) return {};
    const auto parts = std::minmax(part_[found.from_zone], part_[found.to_zone]);
    if (parts.first == parts.second) return {};
    const auto [at, fresh] = meetings_.try_emplace(parts, PendingId::none());
    if (fresh) {
      at->second = add({}, 1);
      network_.meetings.push_back({at->second, parts.first, parts.second});
    }
    return at->second;
  }

  void lay(VertexId v) {
    const PendingId to = of_[v];
    const auto inputs = static_cast<std::uint32_t>(need_.inputs(v).size());
    const std::uint32_t must = need_.fails_at[v] == 0 ? 0 : inputs - need_.fails_at[v] + 1;
    std::uint32_t to_start = 0;
    std::uint32_t to_run = 0;
    std::uint32_t awaited_to_run = 0;
    for (const ArcId a : need_.inputs(v)) {
      const Arc& arc = need_.arcs[a];
      const Wait to_run_again = wait_to_run(arc);
      const Wait to_start_again = wait_to_start(arc, to_run_again);
      if (to_run_again.is_over()) ++to_run;
      if (to_start_again.is_over()) ++to_start;
      if (to_start_again != to_run_again) network_.runs_later = true;
      if (to_run_again.comes()) ++awaited_to_run;
      if (to_run_again.comes()) lay(to_run_again, arc, run_arcs_);
      if (to_start_again.comes()) lay(to_start_again, arc, start_arcs_);
    }
    network_.open[to] = must > to_start ? must - to_start : 0;
    const std::uint32_t must_run = must > to_run ? must - to_run : 0;
    network_.spare[to] = awaited_to_run >= must_run ? awaited_to_run - must_run : kNeverRuns;
    if (network_.spare[to] == kNeverRuns) network_.runs_later = true;
  }

  [[nodiscard]] Wait wait_to_run(const Arc& arc) {
    if (arc.soft) return {};
    if (frame_.possible[arc.from] == 0 || always_severed(mask_, arc.leaf) || apart(arc.leaf)) return {.never = true};
    return {of_[arc.from], meeting_of(arc.leaf)};
  }

  /// A node started by hand waits neither for the members of its loop nor, where these hold links, for links.
  [[nodiscard]] Wait wait_to_start(const Arc& arc, Wait wait) {
    if (!arc.start) return {};
    const NodeId owner = need_.owner[arc.to];
    if (!wait.comes() || frame_.by_hand[owner] == 0 || is_physical(arc)) return wait;
    const std::uint32_t loop = frame_.loop[owner];
    if (arc.from.index() < graph_.node_count && frame_.loop[NodeId(arc.from.index())] == loop) wait.provider = {};
    if (frame_.loop_has_links[loop] != 0) wait.meeting = {};
    return wait;
  }

  [[nodiscard]] static bool is_physical(const Arc& arc) {
    return arc.type == ArcType::site || arc.type == ArcType::host || arc.type == ArcType::parent;
  }

  void lay(const Wait& wait, const Arc& arc, std::vector<Laid>& arcs) {
    const StartNetwork::Output output{of_[arc.to], need_.owner[arc.to], is_physical(arc)};
    PendingId from = wait.provider.valid() ? wait.provider : wait.meeting;
    if (wait.provider.valid() && wait.meeting.valid()) {
      from = add({}, 2);
      arcs.push_back({wait.provider, {from, output.owner, false}});
      arcs.push_back({wait.meeting, {from, output.owner, false}});
    }
    arcs.push_back({from, output});
  }

  static constexpr std::uint32_t kNeverRuns = ~std::uint32_t{0};

  const Mask& mask_;
  const Graph& graph_;
  const NeedRelation& need_;
  const StartFrame& frame_;
  StartNetwork network_;
  IdVector<VertexId, PendingId> of_;
  IdVector<NodeId, PartId> part_;       ///< at the beginning
  IdVector<NodeId, PartId> last_part_;  ///< with everything up
  std::map<std::pair<PartId, PartId>, PendingId> meetings_;
  std::vector<Laid> start_arcs_;
  std::vector<Laid> run_arcs_;
};

}  // namespace

StartNetwork cut_out(const Mask& mask, const StartFrame& frame) {
  return Cutter(mask, frame).run();
}

StartState::StartState(const StartNetwork& network)
    : network_(&network), open_(network.open), up_(network.size(), 0), part_(network.parts) {
  for (const PartId p : ids<PartId>(network.parts)) part_[p] = p;
  for (const PendingId p : ids<PendingId>(network.size())) {
    if (open_[p] == 0 && !network.held[p]) raise(p);
  }
  settle();
}

void StartState::finish(PendingId p) {
  raise(p);
  settle();
}

void StartState::raise(PendingId p) {
  if (up_[p] != 0) return;
  up_[p] = 1;
  order_.push_back(p);
}

PartId StartState::part(PartId p) const {
  while (part_[p] != p) p = part_[p];
  return p;
}

void StartState::settle() {
  while (taken_ < order_.size()) {
    bool joined = false;
    for (; taken_ < order_.size(); ++taken_) {
      const PendingId from = order_[taken_];
      for (const StartNetwork::Output& output : network_->outputs[from]) {
        if (open_[output.to] != 0 && --open_[output.to] == 0 && !network_->held[output.to]) raise(output.to);
      }
      const auto join = std::ranges::lower_bound(network_->joins, from, {}, &StartNetwork::Join::link);
      if (join == network_->joins.end() || join->link != from) continue;
      const PartId a = part(join->a);
      const PartId b = part(join->b);
      if (a == b) continue;
      part_[a] = b;
      joined = true;
    }
    if (!joined) return;
    for (const StartNetwork::Meeting& meeting : network_->meetings) {
      if (up_[meeting.meeting] == 0 && part(meeting.a) == part(meeting.b)) raise(meeting.meeting);
    }
  }
}

IdVector<PendingId, std::uint8_t> StartState::running() const {
  IdVector<PendingId, std::uint8_t> runs(network_->size(), 1);
  IdVector<PendingId, std::uint32_t> missing(network_->size(), 0);
  std::vector<PendingId> lost;
  const auto lose = [&](PendingId p) {
    if (runs[p] == 0) return;
    runs[p] = 0;
    lost.push_back(p);
  };
  // Groups, meetings and needs that wait for two things have no job of their own: they run when their inputs do.
  for (const PendingId p : ids<PendingId>(network_->size())) {
    if ((network_->node[p].valid() && up_[p] == 0) || network_->spare[p] == ~std::uint32_t{0}) lose(p);
  }
  std::vector<PartId> parts(network_->parts);
  const auto find = [&](PartId p) {
    while (parts[p.index()] != p) p = parts[p.index()];
    return p;
  };
  for (std::size_t taken = 0;;) {
    for (; taken < lost.size(); ++taken) {
      for (const StartNetwork::Output& output : network_->run_outputs[lost[taken]]) {
        if (++missing[output.to] > network_->spare[output.to]) lose(output.to);
      }
    }
    for (const PartId p : ids<PartId>(network_->parts)) parts[p.index()] = p;
    for (const StartNetwork::Join& join : network_->joins) {
      if (runs[join.link] != 0) parts[find(join.a).index()] = find(join.b);
    }
    for (const StartNetwork::Meeting& meeting : network_->meetings) {
      if (find(meeting.a) != find(meeting.b)) lose(meeting.meeting);
    }
    if (taken == lost.size()) return runs;
  }
}

}  // namespace firebreak
