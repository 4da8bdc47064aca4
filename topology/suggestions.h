#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/topology.h"

#include "topology/kind_set.h"

namespace firebreak {

/// Finds what somebody may have meant by an unknown word. All searches of one object together take a bounded number of
/// steps (about a second's worth), however many words are unknown and ids are known; once they are used up there are no
/// more hints.
class Suggestions {
 public:
  explicit Suggestions(const Topology& topology) : topology_(&topology) {}

  /// A hint for an id that nothing has, in a place that takes these kinds: "did you mean 'servers'?" where one is near
  /// in spelling or has the word in its id or name; empty when nothing is like it.
  [[nodiscard]] std::string for_id(std::string_view word, KindSet kinds);
  /// The same for a tag or kind that nothing carries.
  [[nodiscard]] std::string for_tag(std::string_view word) { return for_word(word, kTags); }
  [[nodiscard]] std::string for_kind(std::string_view word) { return for_word(word, kKinds); }

 private:
  /// Lists of candidates: by the bits of a KindSet, then tags, then kinds.
  using List = std::uint32_t;
  static constexpr List kTags = 1U << kNodeKinds;
  static constexpr List kKinds = kTags + 1;

  [[nodiscard]] std::string for_word(std::string_view word, List list);
  [[nodiscard]] std::string_view search(std::string_view word, List list);
  [[nodiscard]] std::string for_part(std::string_view word, KindSet kinds);
  [[nodiscard]] const std::vector<std::string_view>& candidates(List list);
  [[nodiscard]] std::vector<std::string_view> carried_words(List list) const;

  const Topology* topology_;
  std::map<List, std::vector<std::string_view>> lists_;
  std::map<std::pair<List, std::string>, std::string_view> found_;
  std::uint64_t steps_ = 150'000'000;
};

}  // namespace firebreak
