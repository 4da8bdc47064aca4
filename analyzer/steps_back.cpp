#include "analyzer/steps_back.h"

#include <algorithm>
#include <queue>

namespace firebreak {

TimesBack::TimesBack(const StepGraph& steps) {
  std::vector<std::pair<Vertex, Before>> pairs;
  pairs.reserve(steps.arcs.size());
  for (std::size_t i = 0; i < steps.arcs.size(); ++i) {
    pairs.push_back({steps.arcs[i].second, {steps.arcs[i].first, steps.efforts[i]}});
  }
  before_ = packed_pairs(steps.vertices, pairs);
}

const std::vector<Seconds>& TimesBack::to(NodeId target) {
  times_.assign(before_.size(), kNever);
  using Due = std::pair<Seconds, Vertex>;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> open;
  times_[target.index()] = 0;
  open.emplace(0, target.index());
  while (!open.empty()) {
    const auto [time, v] = open.top();
    open.pop();
    if (time > times_[v]) continue;
    for (const Before& before : before_[v]) {
      const Seconds longer = time + before.effort;
      if (longer >= times_[before.from]) continue;
      times_[before.from] = longer;
      open.emplace(longer, before.from);
    }
  }
  return times_;
}

}  // namespace firebreak
