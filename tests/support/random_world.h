#pragma once

#include <cstdint>

#include "tests/support/world.h"

namespace firebreak::support {

/// The most of each that a random world has.
struct WorldSize {
  std::size_t zones = 4;
  std::size_t sites = 3;
  std::size_t systems = 6;
  std::size_t identities = 2;
  std::size_t services = 3;
  std::size_t customers = 2;
  std::size_t links = 4;
  std::size_t policies = 2;
  std::size_t rules = 6;  ///< of each policy
  std::size_t pivots = 4;
  std::size_t scenarios = 3;
  std::size_t needs = 3;     ///< items of a node, each up to three deep
  std::size_t managed = 20;  ///< how many of a hundred systems say what they are managed by
};

/// A world without faults in which every feature of the format can occur, the same for a seed on every machine. It has
/// at least one system and, where `size` asks for any, one scenario.
[[nodiscard]] World random_world(std::uint64_t seed, const WorldSize& size = {});

}  // namespace firebreak::support
