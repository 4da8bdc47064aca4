#include "analyzer/loss_law.h"

namespace firebreak {

std::span<const VertexId> LossLaw::lose(std::span<const NodeId> off) {
  severed_.clear();
  const auto lost = probe_.lose(off, {});
  if (!probe_.lost_links() || !links_.separate(lost)) return lost;
  Scenario more;
  more.off.assign(off.begin(), off.end());
  const NeedRun run = run_need(graph_, join(scenario_, more));
  for (const LeafId l : run.severed.order()) {
    if (!base_.severed.has(l)) severed_.push_back(l);
  }
  return probe_.lose(off, severed_);
}

}  // namespace firebreak
