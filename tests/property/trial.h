#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "tests/support/random_world.h"
#include "tests/support/small_worlds.h"
#include "tests/support/world.h"

/// Running a check on many worlds. By default the bounds fit a test run of a minute; with FIREBREAK_FULL=1 in the
/// environment fifty times as many random worlds are tried.
namespace firebreak::property {

/// What is wrong with a world; empty = nothing.
using Check = std::function<std::string(const support::World&)>;

struct Trial {
  std::size_t worlds = 1000;
  std::uint64_t first_seed = 1;
  support::WorldSize size = {};
};

[[nodiscard]] bool full();

/// Checks the random worlds of consecutive seeds. The first fault is reported as a failed test with its seed, the
/// smallest world that still has a fault, as TOML, and what is wrong with that.
void hold_on_random_worlds(const Trial& trial, const Check& check);

/// Checks every world of an enumeration, up to the first fault, which is reported likewise.
void hold_on_all_worlds(const std::function<void(const support::Visit&)>& enumerate, const Check& check);

/// Reports a fault of a world, made as small as it goes.
void report_fault(const std::string& where, const support::World& world, const Check& check);

}  // namespace firebreak::property
