#include "analyzer/sweep/wide_loser.h"

#include <bit>
#include <utility>

namespace firebreak {

namespace {

/// Adds one to the numbers of these bits, a plane for each digit; returns those that pass the last.
PassBits add_one(std::span<PassBits> planes, PassBits carry) {
  for (PassBits& plane : planes) {
    if (!carry.any()) break;
    PassBits next = carry;
    next.keep(plane);
    plane.flip(carry);
    carry = next;
  }
  return carry;
}

}  // namespace

WideLoser::WideLoser(const LossBase& base)
    : base_(base), failed_(base.network.size()), fresh_(base.network.size()), counts_(base.network.size(), 0) {
  lost_inputs_.first.reserve(base.network.size() + 1);
  std::size_t planes = 0;
  for (const PointId p : ids<PointId>(base.network.size())) {
    const std::uint32_t to_lose = base.network.to_lose(p);
    if (to_lose > 1) planes += static_cast<std::size_t>(std::bit_width(to_lose - 1));
    lost_inputs_.first.push_back(static_cast<std::uint32_t>(planes));
  }
  lost_inputs_.items.resize(planes);
}

std::span<const WideLoser::Answer> WideLoser::lose(std::span<const std::span<const NodeId>> losses) {
  for (std::size_t i = 0; i < losses.size(); ++i) {
    PassBits bit;
    bit.set(i);
    for (const NodeId n : losses[i]) {
      const PointId p = LossNetwork::point(n);
      if (!base_.network.has_failed(p)) fail(p, bit);
    }
  }
  spread();
  read(losses);
  for (const PointId p : touched_) failed_[p] = PassBits();
  for (const PointId p : counting_) counts_[p] = 0;
  touched_.clear();
  counting_.clear();
  return answers_;
}

void WideLoser::fail(PointId p, const PassBits& bits) {
  const PassBits more = bits.without(failed_[p]);
  if (!more.any()) return;
  if (!failed_[p].any()) touched_.push_back(p);
  failed_[p].add(more);
  if (!fresh_[p].any()) queue_.push_back(p);
  fresh_[p].add(more);
}

void WideLoser::count(PointId p, const PassBits& bits) {
  const std::span<PassBits> planes =
      std::span(lost_inputs_.items).subspan(lost_inputs_.first[p.index()], lost_inputs_[p].size());
  if (counts_[p] == 0) {
    counts_[p] = 1;
    counting_.push_back(p);
    const std::uint64_t begin = (std::uint64_t{1} << planes.size()) - base_.network.to_lose(p);
    for (std::size_t i = 0; i < planes.size(); ++i) planes[i] = (begin >> i & 1U) != 0 ? PassBits::all() : PassBits();
  }
  const PassBits over = add_one(planes, bits);
  if (over.any()) fail(p, over);
}

void WideLoser::spread() {
  for (std::size_t at = 0; at < queue_.size();) {
    const PointId lost = queue_[at++];  // what it takes down is appended
    const PassBits bits = std::exchange(fresh_[lost], PassBits());
    for (const PointId to : base_.network.takes_down(lost)) fail(to, bits);
    for (const PointId to : base_.network.weakens(lost)) count(to, bits);
  }
  queue_.clear();
}

void WideLoser::read(std::span<const std::span<const NodeId>> losses) {
  answers_.assign(losses.size(), {});
  fails_.clear();
  links_.resize(losses.size());
  for (const PointId p : touched_) {
    if (!base_.network.is_node(p)) continue;
    const NodeId n(p.index());
    const PassBits over = add_one(fails_, failed_[p]);
    if (over.any()) fails_.push_back(over);
    if (base_.weight[n] > 0) failed_[p].each([&](std::size_t i) { answers_[i].result.weight += base_.weight[n]; });
    if (base_.graph.kind[n] == NodeKind::link) failed_[p].each([&](std::size_t i) { links_[i].push_back(p); });
  }
  for (std::size_t i = 0; i < losses.size(); ++i) {
    Loser::Result& result = answers_[i].result;
    for (std::size_t digit = 0; digit < fails_.size(); ++digit) {
      if (fails_[digit].has(i)) result.fails += std::uint32_t{1} << digit;
    }
    for (const NodeId n : losses[i]) {
      if (!base_.network.has_failed(LossNetwork::point(n))) --result.fails;
    }
    if (links_[i].empty()) continue;
    if (!link_losses_) link_losses_ = std::make_unique<LinkLosses>(base_.graph, base_.run);
    answers_[i].separated = link_losses_->separate(links_[i]);
    links_[i].clear();
  }
}

}  // namespace firebreak
