#pragma once

#include <string_view>

#include "firebreak/diff.h"

#include "tests/support/toml.h"

namespace firebreak {

/// A small topology before and after a change.
class Change {
 public:
  Change(std::string_view was, std::string_view is)
      : before(support::from_toml(was)),
        after(support::from_toml(is)),
        graph_before(compile(before)),
        graph_after(compile(after)),
        matched(match(before, after)) {}
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  [[nodiscard]] Versions versions() const { return {graph_before, graph_after, matched}; }
  [[nodiscard]] PairId pair(std::string_view id) const {
    const NodeId now = after.find(id);
    return now.valid() ? matched.of_after[now] : matched.of_before[before.find(id)];
  }

  const Topology before;
  const Topology after;
  const Graph graph_before;
  const Graph graph_after;
  const Match matched;
};

}  // namespace firebreak
