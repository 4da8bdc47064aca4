#include "analyzer/port_algebra.h"

#include <utility>

namespace firebreak {

namespace {

std::uint64_t pair_key(PortSetId a, PortSetId b) {
  return std::uint64_t{a.index()} << 32U | b.index();
}

}  // namespace

std::size_t PortAlgebra::Hash::operator()(const PortSet& ports) const noexcept {
  std::uint64_t hash = 0x9E3779B97F4A7C15U;
  for (const PortRange& range : ports.ranges()) {
    hash = (hash ^ (std::uint64_t{range.first} << 32U | range.last)) * 0xFF51AFD7ED558CCDU;
    hash ^= hash >> 29U;
  }
  return hash;
}

PortAlgebra::PortAlgebra(const IdVector<PortSetId, PortSet>& known) : sets_(known) {
  for (const PortSetId id : ids<PortSetId>(sets_.size())) ids_.try_emplace(sets_[id], id);
  none_ = intern(PortSet());
  any_ = intern(PortSet::any());
}

PortSetId PortAlgebra::intern(const PortSet& ports) {
  const auto [at, fresh] = ids_.try_emplace(ports, sets_.next_id());
  if (fresh) sets_.push_back(ports);
  return at->second;
}

PortSetId PortAlgebra::unite(PortSetId a, PortSetId b) {
  if (a == b || b == none_) return a;
  if (a == none_) return b;
  if (a == any_ || b == any_) return any_;
  if (b < a) std::swap(a, b);
  const auto [at, fresh] = united_.try_emplace(pair_key(a, b));
  if (fresh) at->second = intern(firebreak::unite(sets_[a], sets_[b]));
  return at->second;
}

PortSetId PortAlgebra::intersect(PortSetId a, PortSetId b) {
  if (a == b || b == any_) return a;
  if (a == any_) return b;
  if (a == none_ || b == none_) return none_;
  if (b < a) std::swap(a, b);
  const auto [at, fresh] = intersected_.try_emplace(pair_key(a, b));
  if (fresh) at->second = intern(firebreak::intersect(sets_[a], sets_[b]));
  return at->second;
}

PortSetId PortAlgebra::subtract(PortSetId a, PortSetId b) {
  if (a == b || b == any_ || a == none_) return none_;
  if (b == none_) return a;
  const auto [at, fresh] = subtracted_.try_emplace(pair_key(a, b));
  if (fresh) at->second = intern(firebreak::subtract(sets_[a], sets_[b]));
  return at->second;
}

}  // namespace firebreak
