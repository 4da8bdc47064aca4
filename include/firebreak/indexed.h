#pragma once

#include <cstddef>

namespace firebreak {

/// Goes through a list by its index operator, for lists whose items are made, or found in several steps, when they are
/// looked at. `Index` is what the operator takes, made of a number.
template <class List, class Index, class Item>
class IndexIterator {
 public:
  using value_type = Item;
  using difference_type = std::ptrdiff_t;

  IndexIterator() = default;
  IndexIterator(const List& list, std::size_t at) : list_(&list), at_(at) {}
  [[nodiscard]] decltype(auto) operator*() const { return (*list_)[static_cast<Index>(at_)]; }
  IndexIterator& operator++() {
    ++at_;
    return *this;
  }
  IndexIterator operator++(int) {
    const IndexIterator before = *this;
    ++at_;
    return before;
  }
  friend bool operator==(const IndexIterator& a, const IndexIterator& b) { return a.at_ == b.at_; }

 private:
  const List* list_ = nullptr;
  std::size_t at_ = 0;
};

}  // namespace firebreak
