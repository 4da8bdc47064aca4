#pragma once

#include <string>
#include <vector>

#include "firebreak/restore.h"

#include "report/document.h"
#include "report/views.h"

namespace firebreak::report {

/// A start loop with names.
struct LoopView {
  std::vector<std::string> members;
  std::vector<std::string> by_hand;
  bool smallest = true;
};
template <class V>
void describe(V& visit, const LoopView& x) {
  visit("members", x.members, "ids of what waits for each other to start");
  visit("by_hand", x.by_hand, "ids of those to start by hand: then all members start");
  visit("smallest", x.smallest, "no smaller set does; false = not all smaller ones were tried");
}

[[nodiscard]] std::vector<LoopView> loop_views(const Topology& topology, const std::vector<RestoreLoop>& loops);

[[nodiscard]] Section loop_section(std::string title, const std::vector<LoopView>& loops, const TextStyle& style);

}  // namespace firebreak::report
