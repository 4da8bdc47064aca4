#include "topology/builder/name_table.h"

#include <algorithm>

#include "topology/text_number.h"

namespace firebreak {

namespace {

/// Neighbours in the table are names that differ in these bits of their last character alone.
constexpr std::uint64_t kNeighbours = 15;

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0xD6E8FEB86659FD93U;
  value ^= value >> 32U;
  value *= 0xD6E8FEB86659FD93U;
  return value ^ (value >> 32U);
}

}  // namespace

NameTable::Ending NameTable::ending_of(std::string_view name) {
  constexpr std::size_t kLast = 8;
  constexpr std::size_t kLongest = 255;
  const std::size_t last = std::min(name.size(), kLast);
  const std::size_t before = std::min(name.size() - last, kInEnding - kLast);
  const std::string_view rest = name.substr(name.size() - last - before, before);
  return {number_of(name.substr(name.size() - last)),
          static_cast<std::uint32_t>(number_of(rest) | (std::min(name.size(), kLongest) << 24U))};
}

std::uint64_t NameTable::hash(std::string_view name) {
  if (name.empty()) return 0;
  const Ending ending = ending_of(name);
  const auto last = static_cast<unsigned char>(name.back());
  // The last character itself is taken out again: with fewer than eight it is not the highest byte of the number.
  const std::uint64_t bits = std::uint64_t{last & kNeighbours} << (8 * (std::min<std::size_t>(name.size(), 8) - 1));
  std::uint64_t hash = mixed((ending.last ^ bits) + ending.before * 0x9E3779B97F4A7C15U);
  for (std::size_t rest = name.size() > kInEnding ? name.size() - kInEnding : 0; rest > 0;) {
    const std::size_t taken = std::min<std::size_t>(rest, 8);
    rest -= taken;
    hash = mixed(hash + number_of(name.substr(rest, taken)));
  }
  return (hash & ~kNeighbours) | (last & kNeighbours);
}

/// The slot that holds the name, or the free one where it belongs.
std::size_t NameTable::slot_of(std::string_view name, std::uint64_t hash) const {
  const Ending ending = ending_of(name);
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.number == kFree) return at;
    if (slot.last != ending.last || slot.before != ending.before) continue;
    if (name.size() <= kInEnding || texts_[slot.number] == name) return at;
  }
}

void NameTable::prefetch(std::uint64_t hash) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
}

void NameTable::put(std::size_t slot, std::uint32_t number) {
  const Ending ending = ending_of(texts_[number]);
  slots_[slot] = {number, ending.before, ending.last};
}

void NameTable::grow() {
  const std::size_t size = slots_.empty() ? 64 : slots_.size() * 2;
  slots_.assign(size, Slot());
  for (std::uint32_t number = 0; number < texts_.size(); ++number) {
    put(slot_of(texts_[number], hash(texts_[number])), number);
  }
}

std::uint32_t NameTable::intern(std::string_view name, std::uint64_t hash, TextPool& pool) {
  if (3 * (texts_.size() + 1) > 2 * slots_.size()) grow();
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
