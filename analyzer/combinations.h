#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

/// Going through all sets of one size.
namespace firebreak {

/// The first set: 0, 1, ... size - 1.
[[nodiscard]] inline std::vector<std::size_t> first_combination(std::size_t size) {
  std::vector<std::size_t> set(size);
  std::iota(set.begin(), set.end(), std::size_t{0});
  return set;
}

/// Makes an ascending set of numbers below `count` the next one of its size in lexicographic order; false, and the set
/// as it was, when it is the last. Cost: linear in the size, constant on average.
[[nodiscard]] inline bool next_combination(std::vector<std::size_t>& set, std::size_t count) {
  std::size_t i = set.size();
  while (i > 0 && set[i - 1] == count - set.size() + i - 1) --i;
  if (i == 0) return false;
  ++set[i - 1];
  for (; i < set.size(); ++i) set[i] = set[i - 1] + 1;
  return true;
}

/// The same in colexicographic order: all sets of the first n numbers come before any that holds a later one.
[[nodiscard]] inline bool next_combination_of_first(std::vector<std::size_t>& set, std::size_t count) {
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i] + 1 == (i + 1 < set.size() ? set[i + 1] : count)) continue;
    ++set[i];
    std::iota(set.begin(), set.begin() + static_cast<std::ptrdiff_t>(i), std::size_t{0});
    return true;
  }
  return false;
}

}  // namespace firebreak
