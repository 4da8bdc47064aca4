#pragma once

#include <cstddef>
#include <numeric>
#include <vector>

/// Going through all sets of one size, in lexicographic order.
namespace firebreak {

/// The first set: 0, 1, ... size - 1.
[[nodiscard]] inline std::vector<std::size_t> first_combination(std::size_t size) {
  std::vector<std::size_t> set(size);
  std::iota(set.begin(), set.end(), std::size_t{0});
  return set;
}

/// Makes an ascending set of numbers below `count` the next one of its size; false, and the set as it was, when it is
/// the last. Cost: linear in the size, constant on average.
[[nodiscard]] inline bool next_combination(std::vector<std::size_t>& set, std::size_t count) {
  std::size_t i = set.size();
  while (i > 0 && set[i - 1] == count - set.size() + i - 1) --i;
  if (i == 0) return false;
  ++set[i - 1];
  for (; i < set.size(); ++i) set[i] = set[i - 1] + 1;
  return true;
}

}  // namespace firebreak
