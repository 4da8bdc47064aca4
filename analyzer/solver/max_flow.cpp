// Distances are counted from the sink, so that a search from the source goes only where the sink can be reached; a
// vertex that leads nowhere is not entered again in the same phase.

#include "analyzer/solver/max_flow.h"

#include <algorithm>

namespace firebreak::solver {

namespace {

constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

}  // namespace

void FlowNetwork::make_arcs() {
  first_.assign(vertices_ + 1, 0);
  for (const Given& arc : given_) {
    ++first_[arc.from + 1];
    ++first_[arc.to + 1];
  }
  for (std::size_t v = 0; v < vertices_; ++v) first_[v + 1] += first_[v];
  arcs_.resize(2 * given_.size());
  std::vector<ArcIndex> at(first_.begin(), first_.end() - 1);
  for (const Given& arc : given_) {
    const ArcIndex there = at[arc.from]++;
    const ArcIndex back = at[arc.to]++;
    arcs_[there] = {arc.to, back, arc.capacity};
    arcs_[back] = {arc.from, there, 0};
  }
  given_.clear();
  given_.shrink_to_fit();
}

/// Counts distances to the sink, as far as the source; false when it is not found.
bool FlowNetwork::level_vertices() {
  level_.assign(vertices_, kFar);
  level_[sink_] = 0;
  open_.assign(1, sink_);
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const Vertex v = open_[i];
    if (level_[v] >= level_[source_]) break;
    for (ArcIndex a = first_[v]; a < first_[v + 1]; ++a) {
      const Vertex from = arcs_[a].to;
      if (level_[from] != kFar || arcs_[arcs_[a].back].left == 0) continue;
      level_[from] = level_[v] + 1;
      open_.push_back(from);
    }
  }
  return level_[source_] != kFar;
}

/// Fills one shortest way; 0 when none is left at this distance.
FlowNetwork::Amount FlowNetwork::push_one() {
  way_.clear();
  Vertex v = source_;
  while (v != sink_) {
    ArcIndex& a = next_[v];
    while (a < first_[v + 1] && (arcs_[a].left == 0 || level_[arcs_[a].to] + 1 != level_[v])) ++a;
    if (a < first_[v + 1]) {
      way_.push_back(a);
      v = arcs_[a].to;
      continue;
    }
    if (way_.empty()) return 0;
    v = arcs_[arcs_[way_.back()].back].to;
    way_.pop_back();
    ++next_[v];
  }
  Amount most = kUnlimited;
  for (const ArcIndex a : way_) most = std::min(most, arcs_[a].left);
  for (const ArcIndex a : way_) {
    if (arcs_[a].left != kUnlimited) arcs_[a].left -= most;
    Arc& back = arcs_[arcs_[a].back];
    if (back.left != kUnlimited) back.left += most;
  }
  return most;
}

FlowNetwork::Amount FlowNetwork::maximise(Vertex source, Vertex sink, const Patience& patience) {
  source_ = source;
  sink_ = sink;
  make_arcs();
  Amount sum = 0;
  while (level_vertices()) {
    next_.assign(first_.begin(), first_.end() - 1);
    for (Amount more = push_one(); more > 0; more = push_one()) {
      if (more == kUnlimited) return kUnlimited;
      sum += more;
      if (has_run_out(patience)) {
        complete_ = false;
        return sum;
      }
    }
  }
  return sum;
}

std::vector<std::uint8_t> FlowNetwork::side_near_source() const {
  std::vector<std::uint8_t> side(vertices_, 0);
  std::vector<Vertex> open{source_};
  side[source_] = 1;
  while (!open.empty()) {
    const Vertex v = open.back();
    open.pop_back();
    for (ArcIndex a = first_[v]; a < first_[v + 1]; ++a) {
      if (arcs_[a].left == 0 || side[arcs_[a].to] != 0) continue;
      side[arcs_[a].to] = 1;
      open.push_back(arcs_[a].to);
    }
  }
  return side;
}

std::vector<std::uint8_t> FlowNetwork::side_near_sink() const {
  std::vector<std::uint8_t> side(vertices_, 1);
  std::vector<Vertex> open{sink_};
  side[sink_] = 0;
  while (!open.empty()) {
    const Vertex v = open.back();
    open.pop_back();
    for (ArcIndex a = first_[v]; a < first_[v + 1]; ++a) {
      if (arcs_[arcs_[a].back].left == 0 || side[arcs_[a].to] == 0) continue;
      side[arcs_[a].to] = 0;
      open.push_back(arcs_[a].to);
    }
  }
  return side;
}

}  // namespace firebreak::solver
