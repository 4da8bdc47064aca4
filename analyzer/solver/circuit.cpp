#include "analyzer/solver/circuit.h"

#include <algorithm>
#include <utility>

namespace firebreak::solver {

namespace {

std::size_t shape(std::uint32_t threshold, std::span<const GateId> members) {
  std::uint64_t hash = threshold;
  for (const GateId g : members) hash = (hash ^ g.index()) * 0x9E3779B97F4A7C15U + (hash >> 29U);
  return static_cast<std::size_t>(hash);
}

}  // namespace

Circuit::Circuit() {
  gates_.resize(2);
}

GateId Circuit::input(InputId input) {
  const auto [at, fresh] = inputs_.try_emplace(input, gates_.next_id());
  if (fresh) gates_.push_back({0, input, 0, 0});
  return at->second;
}

GateId Circuit::at_least(std::size_t threshold, std::vector<GateId> members) {
  std::erase(members, never());
  const auto constant = static_cast<std::size_t>(std::erase(members, always()));
  threshold = threshold > constant ? threshold - constant : 0;
  if (threshold == 0) return always();
  std::ranges::sort(members);
  if (threshold == 1 || threshold == members.size()) {
    const bool all = threshold != 1;
    const auto rest = std::ranges::unique(members);
    members.erase(rest.begin(), rest.end());
    if (all) threshold = members.size();
  }
  if (threshold > members.size()) return never();
  if (members.size() == 1) return members.front();
  const auto needed = static_cast<std::uint32_t>(threshold);
  const std::size_t key = shape(needed, members);
  const auto [first, last] = by_shape_.equal_range(key);
  for (auto at = first; at != last; ++at) {
    const GateId g = at->second;
    if (gates_[g].threshold == needed && std::ranges::equal(this->members(g), members)) return g;
  }
  const auto begin = static_cast<std::uint32_t>(members_.size());
  members_.insert(members_.end(), members.begin(), members.end());
  const GateId made = gates_.push_back({needed, {}, begin, static_cast<std::uint32_t>(members_.size())});
  by_shape_.emplace(key, made);
  return made;
}

std::vector<GateId> cone(const Circuit& circuit, std::span<const GateId> roots) {
  IdVector<GateId, bool> below(circuit.size(), false);
  for (const GateId root : roots) below[root] = true;
  for (std::size_t i = circuit.size(); i-- > 0;) {
    const GateId g(i);
    if (!below[g]) continue;
    for (const GateId member : circuit.members(g)) below[member] = true;
  }
  std::vector<GateId> gates;
  for (const GateId g : ids<GateId>(circuit.size())) {
    if (below[g]) gates.push_back(g);
  }
  return gates;
}

}  // namespace firebreak::solver
