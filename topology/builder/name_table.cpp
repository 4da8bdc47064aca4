#include "topology/builder/name_table.h"

#include <algorithm>
#include <functional>

namespace firebreak {

namespace {

constexpr std::size_t kLongest = 255;

std::uint8_t size_mark(std::string_view name) {
  return static_cast<std::uint8_t>(std::min(name.size(), kLongest));
}

}  // namespace

bool NameTable::holds(const Slot& slot, std::string_view name) const {
  if (slot.size != size_mark(name)) return false;
  const std::size_t kept = std::min(name.size(), kEnd);
  if (!std::equal(name.end() - static_cast<std::ptrdiff_t>(kept), name.end(), slot.end.begin())) return false;
  return name.size() <= kEnd || texts_[slot.number] == name;
}

std::uint64_t NameTable::hash(std::string_view name) {
  const std::uint64_t hash = std::hash<std::string_view>()(name);
  return hash ^ (hash >> 32U);
}

/// The slot that holds the name, or the free one where it belongs.
std::size_t NameTable::slot_of(std::string_view name, std::uint64_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].number != kFree && !holds(slots_[at], name)) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void NameTable::prefetch(std::uint64_t hash) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
}

void NameTable::put(std::size_t slot, std::uint32_t number) {
  const std::string_view name = texts_[number];
  const std::size_t kept = std::min(name.size(), kEnd);
  slots_[slot].number = number;
  slots_[slot].size = size_mark(name);
  std::copy_n(name.end() - static_cast<std::ptrdiff_t>(kept), kept, slots_[slot].end.begin());
}

void NameTable::grow() {
  const std::size_t size = slots_.empty() ? 64 : slots_.size() * 2;
  slots_.assign(size, Slot());
  for (std::uint32_t number = 0; number < texts_.size(); ++number) {
    put(slot_of(texts_[number], hash(texts_[number])), number);
  }
}

std::uint32_t NameTable::intern(std::string_view name, std::uint64_t hash, TextPool& pool) {
  if (2 * (texts_.size() + 1) > slots_.size()) grow();
  const std::size_t slot = slot_of(name, hash);
  if (slots_[slot].number == kFree) {
    texts_.push_back(pool.add(name));
    put(slot, static_cast<std::uint32_t>(texts_.size() - 1));
  }
  return slots_[slot].number;
}

std::optional<std::uint32_t> NameTable::find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(name, hash(name))];
  if (slot.number == kFree) return std::nullopt;
  return slot.number;
}

}  // namespace firebreak
