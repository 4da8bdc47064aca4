#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace firebreak::report {

/// How a piece of work in a process of its own ended.
struct ChildResult {
  /// `refused`: the work made nothing; `late`: the deadline came first; `died`: it crashed; `not_started`: no process
  /// could be had.
  enum class End : unsigned char { done, refused, late, died, not_started };
  End end = End::not_started;
  std::string bytes;  ///< of work that is done
};

/// Runs `work` in a child process and returns the bytes it made. At the deadline the child is killed. Nothing the work
/// prints is seen, and its memory is gone with it. Safe in a program with threads: the child does the work and leaves
/// without running anything of its parent's.
[[nodiscard]] ChildResult run_in_child(const std::function<std::optional<std::string>()>& work,
                                       std::chrono::milliseconds deadline);

}  // namespace firebreak::report
