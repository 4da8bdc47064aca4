// Two families are put together level by level: first the sets without the variable of a level, then those with it,
// from which those are taken out that hold one without it. What waits for its parts is kept as a frame with the stage
// that it has come to, and what was worked out is remembered.

#include "analyzer/solver/set_diagrams.h"

#include <algorithm>
#include <limits>

#include "analyzer/solver/at_least.h"

namespace firebreak::solver {

namespace {

constexpr std::size_t kStepsPerNode = 2;
constexpr std::size_t kBetweenLooks = 1U << 14U;  ///< steps between two looks at the patience
constexpr std::uint8_t kDone = std::numeric_limits<std::uint8_t>::max();

}  // namespace

SetDiagrams::SetDiagrams(std::size_t most_nodes, const Patience& patience)
    : table_(most_nodes, patience), patience_(patience), steps_left_(most_nodes * kStepsPerNode) {}

DiagramId SetDiagrams::at_least(std::size_t threshold, std::vector<DiagramId> members) {
  return at_least_of(*this, threshold, members);
}

SetDiagrams::Ways SetDiagrams::ways(DiagramId d, std::uint32_t level) const {
  const DiagramNode& node = table_[d];
  return node.level == level ? Ways{node.without, node.with} : Ways{d, 0};
}

bool SetDiagrams::known(Task task, DiagramId& a, DiagramId& b) {
  if (task == Task::excluded) {
    while (a > 1 && b > 1 && table_[b].level < table_[a].level) b = table_[b].without;
    if (b == 1 || a == b) return result_ = 0, true;
    return result_ = a, a <= 1 || b == 0;
  }
  if (a > b) std::swap(a, b);
  if (a == b) return result_ = a, true;
  const bool either = task == Task::either;
  if (a == 0) return result_ = either ? b : 0, true;
  if (a == 1) return result_ = either ? 1 : b, true;
  return false;
}

bool SetDiagrams::begin(Task task, DiagramId a, DiagramId b) {
  if (known(task, a, b)) return true;
  result_ = cache(task).find(a, b);
  if (result_ != kNoDiagram) return true;
  frames_.push_back({task, 0, std::min(table_[a].level, table_[b].level), a, b});
  return false;
}

void SetDiagrams::go_on() {
  Frame& frame = frames_.back();
  const Ways a = ways(frame.a, frame.level);
  const Ways b = ways(frame.b, frame.level);
  const Task task = frame.task;
  const std::uint8_t stage = frame.stage++;
  if (stage == 1) frame.without = result_;
  if (stage == 3) frame.part = result_;
  const std::uint8_t last = task == Task::both ? 5 : 2;
  if (stage == last) frame.stage = kDone;
  if (stage == 0) {
    begin(task, a.without, b.without);
  } else if (stage == last) {
    // Of the sets with the variable those go that hold one without it.
    begin(Task::excluded, result_, task == Task::excluded ? b.without : frame.without);
  } else if (task != Task::both) {
    begin(task, a.with, b.with);
  } else if (stage == 1) {
    // The variable comes from the first of them, or from both, or from the second alone.
    begin(Task::either, b.without, b.with);
  } else if (stage == 2) {
    begin(task, a.with, result_);
  } else if (stage == 3) {
    begin(task, a.without, b.with);
  } else {
    begin(Task::either, frame.part, result_);
  }
}

bool SetDiagrams::may_go_on() {
  if (steps_left_ == 0) return false;
  --steps_left_;
  return steps_left_ % kBetweenLooks != 0 || !has_run_out(patience_);
}

DiagramId SetDiagrams::set_node(std::uint32_t level, DiagramId without, DiagramId with) {
  return with == 0 ? without : table_.node(level, without, with);
}

DiagramId SetDiagrams::work_out(Task task, DiagramId a, DiagramId b) {
  if (begin(task, a, b)) return result_;
  while (!frames_.empty()) {
    if (frames_.back().stage != kDone) {
      go_on();
      continue;
    }
    const Frame& frame = frames_.back();
    result_ = may_go_on() ? set_node(frame.level, frame.without, result_) : kNoDiagram;
    if (result_ == kNoDiagram) break;
    DiagramCache& known = cache(frame.task);
    known.remember(frame.a, frame.b, result_);
    known.fit(table_.size());
    frames_.pop_back();
  }
  frames_.clear();
  return result_;
}

}  // namespace firebreak::solver
