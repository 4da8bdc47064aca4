#include "tests/property/trial.h"

#include <cstdlib>
#include <exception>
#include <gtest/gtest.h>

#include "firebreak/load.h"

namespace firebreak::property {

namespace {

/// What the check says; a world that cannot be built is a fault of the world's maker.
std::string ask(const Check& check, const support::World& world) {
  try {
    return check(world);
  } catch (const std::exception& e) {
    return e.what();
  }
}

std::string as_toml(const support::World& world) {
  const TopologyBuilder::Result result = support::try_build(world);
  return result.topology ? write_toml(*result.topology) : std::string("(it has faults)");
}

}  // namespace

bool full() {
  const char* value = std::getenv("FIREBREAK_FULL");  // NOLINT(concurrency-mt-unsafe): nothing here sets it
  return value != nullptr && std::string(value) == "1";
}

void report_fault(const std::string& where, const support::World& world, const Check& check) {
  const support::World small =
      support::shrunk(world, [&](const support::World& candidate) { return !ask(check, candidate).empty(); });
  ADD_FAILURE() << where << ": " << ask(check, world) << "\n\nthe smallest world with a fault: " << ask(check, small)
                << "\n\n"
                << as_toml(small);
}

void hold_on_all_worlds(const std::function<void(const support::Visit&)>& enumerate, const Check& check) {
  std::size_t number = 0;
  bool failed = false;
  enumerate([&](const support::World& world) {
    ++number;
    if (failed || ask(check, world).empty()) return;
    failed = true;
    report_fault("world " + std::to_string(number), world, check);
  });
  EXPECT_GT(number, 0U);
}

void hold_on_random_worlds(const Trial& trial, const Check& check) {
  const std::size_t worlds = full() ? trial.worlds * 50 : trial.worlds;
  for (std::uint64_t seed = trial.first_seed; seed < trial.first_seed + worlds; ++seed) {
    const support::World world = support::random_world(seed, trial.size);
    if (ask(check, world).empty()) continue;
    report_fault("seed " + std::to_string(seed), world, check);
    return;
  }
}

}  // namespace firebreak::property
