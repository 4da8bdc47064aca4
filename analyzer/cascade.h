#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <unordered_map>
#include <utility>
#include <vector>

#include "firebreak/duration.h"
#include "firebreak/graph.h"
#include "firebreak/moments.h"

/// The one kernel both laws run on: a monotone threshold network flipped in order of time.
namespace firebreak {

/// Things to do at later moments, taken out moment by moment, in the order they were put in. Moments are few (sums of a
/// few durations), so each has a bucket and only the moments are sorted. Cost: constant per item, logarithmic in the
/// number of waiting moments per moment.
template <class Item>
class Agenda {
 public:
  void put(Seconds when, Item item) {
    if (last_ == kNoBucket || buckets_[last_].when != when) last_ = bucket(when);
    buckets_[last_].items.push_back(std::move(item));
  }

  [[nodiscard]] bool empty() const { return moments_.empty(); }
  [[nodiscard]] Seconds next() const { return moments_.top(); }

  /// All items of the next moment.
  [[nodiscard]] std::vector<Item> take() {
    const auto at = by_moment_.find(moments_.top());
    moments_.pop();
    const std::size_t index = at->second;
    by_moment_.erase(at);
    if (last_ == index) last_ = kNoBucket;
    std::vector<Item> items = std::move(buckets_[index].items);
    buckets_[index] = {kNever, {}};
    free_.push_back(index);
    return items;
  }

 private:
  struct Bucket {
    Seconds when = kNever;
    std::vector<Item> items;
  };
  static constexpr std::size_t kNoBucket = ~std::size_t{0};

  std::size_t bucket(Seconds when) {
    const auto [at, fresh] = by_moment_.try_emplace(when, 0);
    if (!fresh) return at->second;
    moments_.push(when);
    if (free_.empty()) {
      buckets_.emplace_back();
      free_.push_back(buckets_.size() - 1);
    }
    at->second = free_.back();
    free_.pop_back();
    buckets_[at->second].when = when;
    return at->second;
  }

  std::vector<Bucket> buckets_;
  std::vector<std::size_t> free_;
  std::unordered_map<Seconds, std::size_t> by_moment_;  // never iterated
  std::priority_queue<Seconds, std::vector<Seconds>, std::greater<>> moments_;
  std::size_t last_ = kNoBucket;
};

/// A threshold network in motion. A vertex flips once as many of its inputs have flipped as its threshold says (0 =
/// never by its inputs), at the moment the last of these did. What flipping does to others, and after which delay, is
/// the law's own business: it takes flipped vertices with `next` and answers with `count` (one input of a vertex flips
/// now) or `later`.
///
/// Flipping in order of time makes every vertex flip once, at the least time there is (Knuth 1977), and every cause
/// before what it causes.
class Cascade {
 public:
  explicit Cascade(const IdVector<VertexId, std::uint32_t>& thresholds)
      : open_(thresholds), flipped_(thresholds.size()) {}

  [[nodiscard]] Seconds now() const { return now_; }
  [[nodiscard]] bool flipped(VertexId v) const { return flipped_.has(v); }

  void flip(VertexId v) {
    if (!flipped(v)) flipped_.put(v, now_);
  }

  void count(VertexId v) {
    if (open_[v] != 0 && --open_[v] == 0) flip(v);
  }

  /// `item` comes up again when this moment comes.
  void later(Seconds when, std::uint32_t item) { agenda_.put(when, item); }

  /// Whether a vertex has flipped and was taken.
  [[nodiscard]] bool taken(VertexId v) const { return flipped_.place(v) < taken_; }

  /// The next vertex that has flipped and was not taken yet, none when this moment is worked off.
  [[nodiscard]] VertexId next() { return waiting() > 0 ? flipped_.order()[taken_++] : VertexId::none(); }

  /// The vertex that `next` returns after so many others; none where that is not known yet.
  [[nodiscard]] VertexId ahead(std::size_t others) const {
    return others < waiting() ? flipped_.order()[taken_ + others] : VertexId::none();
  }
  /// Starts fetching what flipping a vertex looks at.
  void prefetch(VertexId v) const { flipped_.prefetch(v); }

  /// Moves on to the next moment and returns what was put off until then; empty when there is none.
  [[nodiscard]] std::vector<std::uint32_t> advance() {
    if (agenda_.empty()) return {};
    now_ = agenda_.next();
    return agenda_.take();
  }

  /// The result: when each vertex flipped, in the order of flipping.
  [[nodiscard]] const Moments<VertexId>& moments() const { return flipped_; }
  [[nodiscard]] Moments<VertexId> take() { return std::move(flipped_); }

 private:
  /// How many have flipped and were not taken yet.
  [[nodiscard]] std::size_t waiting() const { return flipped_.order().size() - taken_; }

  IdVector<VertexId, std::uint32_t> open_;  ///< inputs still to flip
  Moments<VertexId> flipped_;
  std::size_t taken_ = 0;
  Seconds now_ = 0;
  Agenda<std::uint32_t> agenda_;
};

}  // namespace firebreak
