#pragma once

#include <bit>
#include <cstddef>
#include <vector>

#include "firebreak/indexed.h"

namespace firebreak {

/// A list that grows by pieces of a few megabytes, so that a large one is not copied, nor held twice, while it grows.
/// For lists of millions that are filled once. Cost: an item is found in two steps.
template <class T>
class Chunked {
 public:
  using value_type = T;

  using iterator = IndexIterator<Chunked, std::size_t, T>;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] T& operator[](std::size_t i) { return starts_[i / kItems][i % kItems]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return starts_[i / kItems][i % kItems]; }
  /// Throws std::bad_alloc.
  void push_back(const T& item) {
    if (size_ % kItems == 0) {
      chunks_.emplace_back().reserve(size_ == 0 ? 0 : kItems);
      starts_.push_back(chunks_.back().data());
    }
    chunks_.back().push_back(item);
    starts_.back() = chunks_.back().data();
    ++size_;
  }
  [[nodiscard]] iterator begin() const { return {*this, 0}; }
  [[nodiscard]] iterator end() const { return {*this, size_}; }

 private:
  static constexpr std::size_t kBytes = std::size_t{4} << 20U;
  static constexpr std::size_t kItems = std::bit_ceil(kBytes / sizeof(T));

  std::vector<std::vector<T>> chunks_;  ///< the first grows as a vector does, so that small lists stay small
  std::vector<T*> starts_;
  std::size_t size_ = 0;
};

}  // namespace firebreak
