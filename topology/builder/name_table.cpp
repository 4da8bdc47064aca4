#include "topology/builder/name_table.h"

#include <algorithm>
#include <functional>

namespace firebreak {

bool NameTable::holds(const Slot& slot, std::string_view name) const {
  if (slot.size != name.size()) return false;
  const std::string_view start = name.substr(0, kStart);
  if (!std::equal(start.begin(), start.end(), slot.start.begin())) return false;
  return name.size() <= kStart || texts_[slot.number] == name;
}

std::size_t NameTable::first_slot(std::string_view name) const {
  const std::uint64_t hash = std::hash<std::string_view>()(name);
  return static_cast<std::size_t>(hash ^ (hash >> 32U)) & (slots_.size() - 1);
}

/// The slot that holds the name, or the free one where it belongs.
std::size_t NameTable::slot_of(std::string_view name) const {
  std::size_t at = first_slot(name);
  while (slots_[at].number != kFree && !holds(slots_[at], name)) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void NameTable::prefetch(std::string_view name) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[first_slot(name)]);
}

void NameTable::put(std::size_t slot, std::uint32_t number) {
  const std::string_view name = texts_[number];
  slots_[slot].number = number;
  slots_[slot].size = static_cast<std::uint32_t>(name.size());
  std::copy_n(name.begin(), std::min(name.size(), kStart), slots_[slot].start.begin());
}

void NameTable::grow() {
  const std::size_t size = slots_.empty() ? 64 : slots_.size() * 2;
  slots_.assign(size, Slot());
  for (std::uint32_t number = 0; number < texts_.size(); ++number) put(slot_of(texts_[number]), number);
}

std::uint32_t NameTable::intern(std::string_view name, TextPool& pool) {
  if (2 * (texts_.size() + 1) > slots_.size()) grow();
  const std::size_t slot = slot_of(name);
  if (slots_[slot].number == kFree) {
    texts_.push_back(pool.add(name));
    put(slot, static_cast<std::uint32_t>(texts_.size() - 1));
  }
  return slots_[slot].number;
}

std::optional<std::uint32_t> NameTable::find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(name)];
  if (slot.number == kFree) return std::nullopt;
  return slot.number;
}

}  // namespace firebreak
