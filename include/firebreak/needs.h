#pragma once

#include <cstddef>
#include <cstdint>

#include "firebreak/chunked.h"
#include "firebreak/ids.h"
#include "firebreak/indexed.h"
#include "firebreak/source.h"

/// Needs expressions as a topology keeps them: one flat list.
namespace firebreak {

/// One item of a needs expression. Items of a topology lie in one array, each group directly before its members, so
/// that the members of item i are i+1, then the one at its `end`, and so on until the group's own `end`.
struct Need {
  enum class Type : std::uint8_t { leaf, all, any, at_least };
  Type type = Type::leaf;
  bool soft : 1 = false;      ///< its loss only degrades
  bool fallback : 1 = false;  ///< it can stand in, but only as degraded
  bool start : 1 = true;      ///< needed to start, not only to run
  bool assumed : 1 = false;   ///< a guess
  std::uint32_t k = 0;        ///< at_least: how many members must hold, 1 to their number
  std::uint32_t end = 0;      ///< index of the first item behind this one and its members
  NodeId on;                  ///< leaf: what is needed
  NodeId from;                ///< leaf: the zone or system where the traffic starts; none = the dependant
  PortSetId port;             ///< leaf: the flow the policy must allow; none = not stated
  std::uint32_t grace = 0;    ///< seconds its loss is not felt
  Span at;
};

/// What many needs have in common.
struct NeedManner {
  NodeId from;
  PortSetId port;
  std::uint32_t grace = 0;

  friend bool operator==(const NeedManner&, const NeedManner&) = default;
};

/// The items of all needs expressions, made as they are looked at: estates have millions of them, which take 28 bytes
/// each.
class NeedList {
 public:
  using value_type = Need;
  using iterator = IndexIterator<NeedList, std::size_t, Need>;

  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] Need operator[](std::size_t i) const {
    const Record& kept = records_[i];
    const NeedManner& manner = manners_[kept.manner];
    const bool leaf = kept.type == Need::Type::leaf;
    return {.type = kept.type,
            .soft = kept.soft,
            .fallback = kept.fallback,
            .start = kept.start,
            .assumed = kept.assumed,
            .k = leaf ? 0 : kept.on_or_k,
            .end = kept.end,
            .on = leaf ? NodeId(kept.on_or_k) : NodeId::none(),
            .from = manner.from,
            .port = manner.port,
            .grace = manner.grace,
            .at = kept.at};
  }
  [[nodiscard]] iterator begin() const { return {*this, 0}; }
  [[nodiscard]] iterator end() const { return {*this, size()}; }

  [[nodiscard]] NeedMannerId add_manner(const NeedManner& manner) { return manners_.push_back(manner); }
  /// Adds an item, whose `from`, `port` and `grace` are those of the manner. Throws std::bad_alloc.
  void push_back(const Need& need, NeedMannerId manner);
  /// What a leaf is on.
  void set_on(std::size_t i, NodeId on) { records_[i].on_or_k = on.index(); }
  /// Where the traffic of an item starts, and of all others of its manner.
  void set_from(std::size_t i, NodeId from) { manners_[records_[i].manner].from = from; }

 private:
  struct Record {
    Need::Type type = Need::Type::leaf;
    bool soft : 1 = false;
    bool fallback : 1 = false;
    bool start : 1 = true;
    bool assumed : 1 = false;
    std::uint32_t on_or_k = 0;  ///< of a leaf: the number of the node; of a group: k
    std::uint32_t end = 0;
    NeedMannerId manner;
    Span at;
  };
  static_assert(sizeof(Record) == 28);

  Chunked<Record> records_;
  IdVector<NeedMannerId, NeedManner> manners_;
};

}  // namespace firebreak
