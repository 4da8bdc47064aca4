#include "firebreak/whatif.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "firebreak/blast.h"

#include "analyzer/need_law.h"
#include "analyzer/sweep/loser.h"

namespace firebreak {

struct WhatIf::State {
  explicit State(std::shared_ptr<const LossBase> on) : base(std::move(on)), loser(*base) {}

  std::shared_ptr<const LossBase> base;
  Loser loser;
  std::vector<NodeId> failed;  ///< kept for their room only
  std::vector<NodeId> off;
};

WhatIf::WhatIf(const Graph& graph, const Scenario& scenario)
    : state_(std::make_unique<State>(std::make_shared<LossBase>(graph, scenario))) {}
WhatIf::WhatIf(std::unique_ptr<State> state) : state_(std::move(state)) {}
WhatIf::~WhatIf() = default;
WhatIf::WhatIf(WhatIf&&) noexcept = default;
WhatIf& WhatIf::operator=(WhatIf&&) noexcept = default;

WhatIf WhatIf::another() const {
  return WhatIf(std::make_unique<State>(state_->base));
}

namespace {

/// Only nodes are switched off besides.
bool only_switches_off(const Scenario& more) {
  return more.isolated_systems.empty() && more.isolated_zones.empty() && more.block.empty() && more.allow.empty();
}

/// What fails without what is off, and what of all weighs how much.
void sum_up(const LossBase& base, std::span<const NodeId> failed, std::span<const NodeId> off, WhatIfAnswer& answer) {
  std::uint64_t lost = 0;
  for (const NodeId n : failed) lost += base.weight[n];
  answer.weight_lost = solver::tidy(base.scale.down(lost));
  std::ranges::set_difference(failed, off, std::back_inserter(answer.fails));
}

}  // namespace

WhatIfAnswer WhatIf::ask(const Scenario& more) {
  const LossBase& base = *state_->base;
  WhatIfAnswer answer;
  const bool compromised = !base.scenario.compromised.empty() || !more.compromised.empty();
  if (only_switches_off(more) && !compromised) {
    std::vector<NodeId>& failed = state_->failed;
    std::vector<NodeId>& off = state_->off;
    state_->loser.lose(more.off);
    failed = base.fails;
    state_->loser.each_lost([&](NodeId n) { failed.push_back(n); });
    const auto more_failed = failed.begin() + static_cast<std::ptrdiff_t>(base.fails.size());
    std::sort(more_failed, failed.end());
    if (more_failed != failed.begin()) std::inplace_merge(failed.begin(), more_failed, failed.end());
    off.clear();
    std::ranges::set_union(base.scenario.off, more.off, std::back_inserter(off));
    sum_up(base, failed, off, answer);
    return answer;
  }
  const Scenario whole = join(base.scenario, more);
  const NeedRun run = run_need(base.graph, whole);
  std::vector<NodeId> failed;
  for (const VertexId v : run.fails.order()) {
    if (v.index() < base.graph.node_count) failed.emplace_back(v.index());
  }
  std::ranges::sort(failed);
  sum_up(base, failed, whole.off, answer);
  if (compromised) answer.reached = static_cast<std::uint32_t>(blast(base.graph, whole, run).order.size());
  return answer;
}

}  // namespace firebreak
