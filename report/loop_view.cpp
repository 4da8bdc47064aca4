#include "report/loop_view.h"

#include <fmt/format.h>

#include "report/wording.h"

namespace firebreak::report {

std::vector<LoopView> loop_views(const Topology& topology, const std::vector<RestoreLoop>& loops) {
  std::vector<LoopView> views;
  for (const RestoreLoop& loop : loops) {
    views.push_back({ids_of(topology, loop.members), ids_of(topology, loop.by_hand), loop.smallest});
  }
  return views;
}

Section loop_section(std::string title, const std::vector<LoopView>& loops, const TextStyle& style) {
  return list_section(std::move(title), loops, style, [](const LoopView& loop) {
    const std::string members = loop.members.size() == 1
                                    ? fmt::format("{} waits for itself", loop.members[0])
                                    : fmt::format("{} wait for each other", listing(loop.members, 8));
    std::string by_hand = fmt::format("start {} by hand", listing(loop.by_hand, 8));
    if (!loop.smallest) by_hand += " (fewer may do: not all smaller sets were tried)";
    return Entry{.lead = members + ":", .facts = std::move(by_hand)};
  });
}

}  // namespace firebreak::report
