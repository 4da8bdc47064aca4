#include "topology/suggestions.h"

#include <algorithm>
#include <fmt/format.h>

#include "topology/nearest.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr std::size_t kLongestWord = 512;  ///< nothing is near a longer one
constexpr std::size_t kShortestPart = 3;   ///< of an id or name, to be taken for a part of it
constexpr std::size_t kMostNamed = 3;

/// Whether a text holds a word, whatever the case of its ASCII letters.
bool holds(std::string_view text, std::string_view word) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto found = std::ranges::search(text, word, {}, lower, lower);
  return !found.empty();
}

}  // namespace

std::string Suggestions::for_id(std::string_view word, KindSet kinds) {
  if (const std::string_view near = search(word, kinds.bits()); !near.empty()) {
    return fmt::format("did you mean {}?", quoted(near));
  }
  if (std::string whole = for_part(word, kinds); !whole.empty()) return whole;
  const std::string_view other = search(word, KindSet::all().bits());
  if (other.empty()) return {};
  // An id that is defined twice may stand for something else than a node.
  const NodeId node = topology_->find(other);
  const std::string what = node.valid() ? ", " + with_article(topology_->nodes[node].kind) : "";
  return fmt::format("the nearest id is {}{}", quoted(other), what);
}

std::string Suggestions::for_part(std::string_view word, KindSet kinds) {
  if (word.size() < kShortestPart || word.size() > kLongestWord) return {};
  std::string ids;
  std::size_t count = 0;
  for (const Node& node : topology_->nodes) {
    if (node.id.empty() || !kinds.has(node.kind)) continue;
    const std::uint64_t cost = node.id.size() + node.name.size();
    if (cost >= steps_) return {};
    steps_ -= cost;
    if (!holds(node.id, word) && !holds(node.name, word)) continue;
    if (++count > kMostNamed) break;
    ids += (ids.empty() ? "" : ", ") + quoted(node.id);
  }
  if (count == 0) return {};
  return count == 1 ? fmt::format("did you mean {}?", ids)
                    : fmt::format("it may be one of {}{}", ids, count > kMostNamed ? " and more" : "");
}

std::string Suggestions::for_word(std::string_view word, List list) {
  const std::string_view near = search(word, list);
  if (near.empty()) return {};
  return fmt::format("did you mean {}?", quoted((list == kTags ? "tag:" : "kind:") + std::string(near)));
}

std::string_view Suggestions::search(std::string_view word, List list) {
  if (steps_ == 0 || word.size() > kLongestWord) return {};
  const auto [entry, is_new] = found_.try_emplace({list, std::string(word)});
  if (is_new) entry->second = nearest(word, candidates(list), steps_);
  return entry->second;
}

const std::vector<std::string_view>& Suggestions::candidates(List list) {
  const auto [entry, is_new] = lists_.try_emplace(list);
  if (!is_new) return entry->second;
  if (list == kTags || list == kKinds) {
    entry->second = carried_words(list);
    return entry->second;
  }
  for (const Node& node : topology_->nodes) {
    if ((list >> static_cast<std::uint32_t>(node.kind) & 1U) != 0 && !node.id.empty()) entry->second.push_back(node.id);
  }
  return entry->second;
}

std::vector<std::string_view> Suggestions::carried_words(List list) const {
  IdVector<WordId, std::uint8_t> carried(topology_->words.size());
  const auto carry = [&](std::span<const WordId> tags, WordId kind) {
    if (list == kKinds && kind.valid()) carried[kind] = 1;
    if (list != kTags) return;
    for (const WordId tag : tags) carried[tag] = 1;
  };
  for (const System& system : topology_->systems) carry(topology_->tags_of(system), system.kind);
  for (const Identity& identity : topology_->identities) carry(topology_->tags_of(identity), identity.kind);
  for (const Service& service : topology_->services) carry(topology_->tags_of(service), WordId::none());
  std::vector<std::string_view> words;
  for (const WordId word : ids<WordId>(topology_->words.size())) {
    if (carried[word] != 0) words.push_back(topology_->words[word]);
  }
  return words;
}

}  // namespace firebreak
