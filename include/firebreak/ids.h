#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace firebreak {

/// A number that names one thing of one kind. Ids of different kinds do not convert into each other, have an order
/// (the order of the source) and no arithmetic. `Id::none()` names nothing and is what a default-constructed id holds.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value_(static_cast<std::uint32_t>(index)) {}

  [[nodiscard]] static constexpr Id none() { return {}; }
  [[nodiscard]] constexpr bool valid() const { return value_ != kNone; }
  [[nodiscard]] constexpr std::uint32_t index() const { return value_; }

  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t value_ = kNone;
};

/// The most things a topology can hold.
inline constexpr std::uint32_t kMaxIds = std::numeric_limits<std::int32_t>::max();

using NodeId = Id<struct NodeTag>;                ///< zone, site, system, identity, service, customer or link
using NeedId = Id<struct NeedTag>;                ///< one item of a needs expression
using PolicyId = Id<struct PolicyTag>;            ///< one enforcement point
using RuleId = Id<struct RuleTag>;                ///< one rule of a policy
using PivotId = Id<struct PivotTag>;              ///< one pivot
using ScenarioId = Id<struct ScenarioTag>;        ///< one named scenario
using RequireId = Id<struct RequireTag>;          ///< one invariant
using WordId = Id<struct WordTag>;                ///< one tag or kind word
using NeedMannerId = Id<struct NeedMannerTag>;    ///< what many needs have in common
using PivotMannerId = Id<struct PivotMannerTag>;  ///< what many pivots have in common
using PhraseId = Id<struct PhraseTag>;            ///< one text that many things share
using PortSetId = Id<struct PortSetTag>;          ///< one distinct set of ports
using FileId = Id<struct FileTag>;                ///< one input file

/// A vector that can be indexed only by the ids it belongs to.
template <class IdType, class T>
class IdVector {
 public:
  using value_type = T;
  using reference = typename std::vector<T>::reference;
  using const_reference = typename std::vector<T>::const_reference;

  IdVector() = default;
  explicit IdVector(std::size_t size, const T& value = T()) : items_(size, value) {}

  [[nodiscard]] reference operator[](IdType id) { return items_[id.index()]; }
  [[nodiscard]] const_reference operator[](IdType id) const { return items_[id.index()]; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] IdType next_id() const { return IdType(items_.size()); }
  [[nodiscard]] bool contains(IdType id) const { return id.index() < items_.size(); }

  IdType push_back(T value) {
    items_.push_back(std::move(value));
    return IdType(items_.size() - 1);
  }
  void assign(std::size_t size, const T& value) { items_.assign(size, value); }
  void resize(std::size_t size, const T& value = T()) { items_.resize(size, value); }
  void reserve(std::size_t size) { items_.reserve(size); }

  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

/// All ids from the first to the last of a collection, for range loops: `for (NodeId n : ids<NodeId>(count))`.
template <class IdType>
class IdRange {
 public:
  class iterator {
   public:
    constexpr explicit iterator(std::size_t at) : at_(at) {}
    constexpr IdType operator*() const { return IdType(at_); }
    constexpr iterator& operator++() {
      ++at_;
      return *this;
    }
    friend constexpr bool operator==(iterator, iterator) = default;

   private:
    std::size_t at_;
  };

  constexpr IdRange(std::size_t first, std::size_t last) : first_(first), last_(last) {}
  [[nodiscard]] constexpr iterator begin() const { return iterator(first_); }
  [[nodiscard]] constexpr iterator end() const { return iterator(last_); }
  [[nodiscard]] constexpr std::size_t size() const { return last_ - first_; }

 private:
  std::size_t first_;
  std::size_t last_;
};

template <class IdType>
[[nodiscard]] constexpr IdRange<IdType> ids(std::size_t count) {
  return {0, count};
}

}  // namespace firebreak

template <class Tag>
struct std::hash<firebreak::Id<Tag>> {
  std::size_t operator()(firebreak::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>()(id.index()); }
};
