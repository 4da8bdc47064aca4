// An input explains its vertex when it was lost by the time the vertex flipped, and what it points at flipped before.
// Among these as many as the threshold asks for are named, those that came first; so following causes always goes back
// in the order of flipping and ends. The last of them to be felt is the one that flipped the vertex: it stands first.

#include <algorithm>

#include "firebreak/impact.h"

#include "analyzer/mask.h"

namespace firebreak {

class CauseFinder::Parts {
 public:
  Parts(const Graph& graph, const Scenario& scenario, const NeedRun& run)
      : relation_(graph.need), mask_(graph, scenario), run_(run) {}

  [[nodiscard]] std::size_t node_count() const { return mask_.graph().node_count; }

  /// The causes of a vertex; `at` becomes the moment it flipped.
  [[nodiscard]] std::vector<Cause> of(VertexId v, Seconds at) const {
    std::vector<Cause> found;
    if (v.index() < node_count() && mask_.off(NodeId(v.index()))) return found;
    const Side side = this->side(v, at);
    if (side.times[v] == kNever || side.times[v] > at) return found;
    for (const ArcId a : relation_.inputs(v)) {
      const Cause cause = lost(a, v, side);
      if (cause.loss != Loss::none) found.push_back(cause);
    }
    std::ranges::stable_sort(found, {}, &Cause::after);
    const std::uint32_t enough = side.failing ? relation_.fails_at[v] : relation_.degrades_at[v];
    if (found.size() > enough) found.resize(enough);
    std::ranges::stable_sort(found, [](const Cause& a, const Cause& b) {
      if (a.after != b.after) return a.after > b.after;
      return a.loss != Loss::standing_in && b.loss == Loss::standing_in;
    });
    return found;
  }

  /// When the provider of a cause had to be lost for it to be felt at `cause.after`.
  [[nodiscard]] Seconds lost_at(const Cause& cause) const { return cause.after - relation_.arcs[cause.arc].grace; }

 private:
  /// One of the two passes of the law.
  struct Side {
    const Moments<VertexId>& times;
    bool failing;
  };

  [[nodiscard]] Side side(VertexId v, Seconds at) const {
    if (run_.fails[v] != kNever && run_.fails[v] <= at) return {run_.fails, true};
    return {run_.degrades, false};
  }

  /// Why an input of `v` was lost by the time `v` flipped; Loss::none when it was not.
  [[nodiscard]] Cause lost(ArcId a, VertexId v, const Side& side) const {
    const Arc& arc = relation_.arcs[a];
    Cause cause{a, arc.from, Loss::none, kNever};
    if (side.failing && arc.soft) return cause;
    if (!side.failing && arc.fallback) return {a, arc.from, Loss::standing_in, 0};
    const Seconds limit = side.times[v];
    if (arc.leaf.valid() && run_.severed[arc.leaf] != kNever && run_.severed[arc.leaf] + arc.grace <= limit) {
      const Loss loss = mask_.severed(leaf_of(mask_.graph(), arc.leaf));
      cause = {a, arc.from, loss == Loss::none ? Loss::disconnected : loss, run_.severed[arc.leaf] + arc.grace};
    }
    const Seconds provider = side.times[arc.from];
    if (side.times.before(arc.from, v) && provider + arc.grace <= limit && provider + arc.grace < cause.after) {
      cause = {a, arc.from, Loss::provider, provider + arc.grace};
    }
    return cause;
  }

  const NeedRelation& relation_;
  Mask mask_;
  const NeedRun& run_;
};

CauseFinder::CauseFinder(const Graph& graph, const Scenario& scenario, const NeedRun& run)
    : parts_(std::make_unique<Parts>(graph, scenario, run)) {}
CauseFinder::~CauseFinder() = default;
CauseFinder::CauseFinder(CauseFinder&&) noexcept = default;

std::vector<Cause> CauseFinder::of(VertexId vertex, Seconds at) const {
  return parts_->of(vertex, at);
}

std::vector<Cause> CauseFinder::direct(NodeId node, Seconds at) const {
  std::vector<Cause> direct;
  std::vector<Cause> open;  // the next one last
  const auto put = [&open](std::vector<Cause> causes, Seconds held) {
    for (Cause& cause : causes) cause.held = held;
    open.insert(open.end(), causes.rbegin(), causes.rend());
  };
  put(parts_->of(VertexId(node.index()), at), 0);
  while (!open.empty()) {
    const Cause cause = open.back();
    open.pop_back();
    if (cause.vertex.index() < parts_->node_count() || cause.loss != Loss::provider) {
      direct.push_back(cause);
    } else {
      const Seconds lost = parts_->lost_at(cause);
      put(parts_->of(cause.vertex, lost), cause.held + cause.after - lost);
    }
  }
  return direct;
}

std::vector<Cause> CauseFinder::chain(NodeId node, Seconds at) const {
  std::vector<Cause> chain;
  VertexId vertex(node.index());
  while (true) {
    const std::vector<Cause> found = parts_->of(vertex, at);
    if (found.empty()) return chain;
    chain.push_back(found.front());
    if (found.front().loss != Loss::provider) return chain;
    vertex = found.front().vertex;
    at = parts_->lost_at(found.front());
  }
}

}  // namespace firebreak
