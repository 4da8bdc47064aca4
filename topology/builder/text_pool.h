#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace firebreak {

/// Owns texts. What `add` returns stays valid, at the same place, for as long as the pool (also when the pool is
/// moved).
class TextPool {
 public:
  /// A copy of the text; an empty view for an empty text.
  [[nodiscard]] std::string_view add(std::string_view text);

 private:
  std::vector<std::vector<char>> chunks_;  ///< never grown past the capacity they start with, so nothing moves
  std::size_t open_ = 0;                   ///< the chunk that small texts are appended to, once there is one
};

}  // namespace firebreak
