#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace firebreak {

/// Does `work` for each number below `parts`, in any order, maybe side by side, and returns when all is done: the
/// library itself starts no threads. What the work of one part writes is not read by that of another.
using Workers = std::function<void(std::size_t parts, const std::function<void(std::size_t part)>& work)>;

/// One part after the other where no workers were given.
inline void run_parts(const Workers& workers, std::size_t parts, const std::function<void(std::size_t)>& work) {
  if (workers) {
    workers(parts, work);
    return;
  }
  for (std::size_t part = 0; part < parts; ++part) work(part);
}

/// Does one piece of work at a time beside what its caller does, on another thread, or at once: the library itself
/// starts no threads.
class Helper {
 public:
  virtual ~Helper() = default;
  /// Begins some work. What was begun before has been awaited.
  virtual void begin(std::function<void()> work) = 0;
  /// Returns when the work that was begun is done, if there is any; throws what it threw.
  virtual void await() = 0;
  /// The same, for one who gives up: what it threw is lost.
  virtual void settle() noexcept = 0;

 protected:
  Helper() = default;
  Helper(const Helper&) = default;
  Helper& operator=(const Helper&) = default;
};

/// Does both, side by side where there is a helper.
template <class First, class Second>
void do_both(Helper* helper, const First& beside, const Second& here) {
  if (helper == nullptr) {
    beside();
    here();
    return;
  }
  struct Settled {
    Helper& helper;
    ~Settled() { helper.settle(); }
  };
  const Settled settled{*helper};
  helper->begin([&beside] { beside(); });
  here();
  helper->await();
}

/// Told that so many more of about `of` things are done; may be called by several workers at once.
using Tally = std::function<void(std::uint64_t more, std::uint64_t of)>;

/// How the work of a question about very many things is divided: into shards, of which one machine works on one, and
/// that into parts for the workers there.
struct Division {
  std::size_t shard = 0;   ///< which share of the work, ...
  std::size_t shards = 1;  ///< ... of so many that together are all of it
  std::size_t parts = 1;   ///< what is given to workers at once
  Workers workers = {};
  Tally tally = {};

  void tell(std::uint64_t more, std::uint64_t of) const {
    if (tally) tally(more, of);
  }

  /// Does `work(part, i)` for this shard's share of the numbers below `count`, each once. Neighbours go to different
  /// shards and parts, since the work of neighbours takes alike long.
  template <class Work>
  void each(std::size_t count, const Work& work) const {
    run_parts(workers, parts, [&](std::size_t part) {
      for (std::size_t i = shard + part * shards; i < count; i += parts * shards) work(part, i);
    });
  }
};

}  // namespace firebreak
