// Where all ways of one length are filled, distances are counted from the sink, so that a search from the source goes
// only where the sink can be reached; a vertex that leads nowhere is not entered again in the same phase.

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

void FlowNetwork::begin(End& end, Vertex v) const {
  end.open.assign(1, v);
  end.at = 0;
  end.seen[v] = search_;
}

/// Looks at the arcs of one more vertex. One that the other end knows, if there is one, else none.
template <bool from_source>
FlowNetwork::Vertex FlowNetwork::step(End& end, const End& other) const {
  const Vertex v = end.open[end.at++];
  for (ArcIndex a = first_[v]; a < first_[v + 1]; ++a) {
    const Vertex next = arcs_[a].to;
    if (end.seen[next] == search_) continue;
    if (!is_open<from_source>(a)) continue;
    end.seen[next] = search_;
    end.by[next] = from_source ? a : arcs_[a].back;
    if (other.seen[next] == search_) return next;
    end.open.push_back(next);
  }
  return kFar;
}

/// A vertex in the middle of a way that is left; none when one end has seen all that it can. The end that has fewer
/// vertices to look at goes on.
FlowNetwork::Vertex FlowNetwork::meet() {
  ++search_;
  begin(source_end_, source_);
  begin(sink_end_, sink_);
  while (true) {
    const std::size_t ahead = source_end_.open.size() - source_end_.at;
    const std::size_t behind = sink_end_.open.size() - sink_end_.at;
    if (ahead == 0 || behind == 0) return kFar;
    const Vertex middle = ahead <= behind ? step<true>(source_end_, sink_end_) : step<false>(sink_end_, source_end_);
    if (middle != kFar) return middle;
  }
}

FlowNetwork::Amount FlowNetwork::fill(std::span<const ArcIndex> way) {
  Amount most = kUnlimited;
  for (const ArcIndex a : way) most = std::min(most, arcs_[a].left);
  if (most == kUnlimited) return most;
  for (const ArcIndex a : way) {
    if (arcs_[a].left != kUnlimited) arcs_[a].left -= most;
    Arc& back = arcs_[arcs_[a].back];
    if (back.left != kUnlimited) back.left += most;
  }
  return most;
}

/// Fills a way that is found from both ends; 0 when none is left.
FlowNetwork::Amount FlowNetwork::push_between() {
  const Vertex middle = meet();
  if (middle == kFar) return 0;
  way_.clear();
  for (Vertex v = middle; v != source_; v = arcs_[arcs_[way_.back()].back].to) way_.push_back(source_end_.by[v]);
  for (Vertex v = middle; v != sink_; v = arcs_[way_.back()].to) way_.push_back(sink_end_.by[v]);
  return fill(way_);
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
      if (level_[from] != kFar || !is_open<false>(a)) continue;
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
  return fill(way_);
}

FlowNetwork::Amount FlowNetwork::maximise(Vertex source, Vertex sink, const Patience& patience) {
  source_ = source;
  sink_ = sink;
  make_arcs();
  for (End* end : {&source_end_, &sink_end_}) {
    end->by.resize(vertices_);
    end->seen.assign(vertices_, 0);
  }
  Amount sum = 0;
  const auto goes_on = [&](Amount more) {
    sum = more == kUnlimited ? kUnlimited : sum + more;
    complete_ = more == 0 || more == kUnlimited || !has_run_out(patience);
    return more > 0 && more != kUnlimited && complete_;
  };
  for (std::size_t ways = 0; ways < few_ways_; ++ways) {
    if (!goes_on(push_between())) return sum;
  }
  while (level_vertices()) {
    next_.assign(first_.begin(), first_.end() - 1);
    while (goes_on(push_one())) {
    }
    if (!complete_ || sum == kUnlimited) break;
  }
  return sum;
}

template <bool from_source>
std::vector<std::uint8_t> FlowNetwork::found_from(Vertex end) const {
  std::vector<std::uint8_t> found(vertices_, 0);
  std::vector<Vertex> open{end};
  found[end] = 1;
  while (!open.empty()) {
    const Vertex v = open.back();
    open.pop_back();
    for (ArcIndex a = first_[v]; a < first_[v + 1]; ++a) {
      if (!is_open<from_source>(a) || found[arcs_[a].to] != 0) continue;
      found[arcs_[a].to] = 1;
      open.push_back(arcs_[a].to);
    }
  }
  return found;
}

std::vector<std::uint8_t> FlowNetwork::side_near_source() const {
  return found_from<true>(source_);
}

std::vector<std::uint8_t> FlowNetwork::side_near_sink() const {
  std::vector<std::uint8_t> side = found_from<false>(sink_);
  for (std::uint8_t& on_side : side) on_side ^= 1U;
  return side;
}

}  // namespace firebreak::solver
