#pragma once

#include <chrono>

#include "report/picture/graphviz.h"
#include "report/picture/layout_process.h"
#include "report/picture/picture.h"

namespace firebreak::report {

struct PlanResult {
  ChildResult::End end = ChildResult::End::done;  ///< how the first layout went; there is a plan when it is done
  LayoutPlan plan;
};

/// The plan for a picture, found by trying, each time in a child process: where thick arrows pass behind nodes that are
/// not theirs, other ways are tried and the best is taken. Unless the deadline cuts it short, the plan depends on the
/// picture alone.
[[nodiscard]] PlanResult best_plan(const Picture& picture, std::chrono::steady_clock::time_point deadline);

}  // namespace firebreak::report
