#pragma once

#include <cstddef>

#include "firebreak/topology.h"

namespace firebreak::bench {

/// The size of a made-up network, the same for the same numbers on every machine.
struct NetworkSize {
  std::size_t systems = 100'000;
  std::size_t zones = 1'000;
  std::size_t rules = 10'000;
  double denies = 0.05;  ///< the share of rules that deny
};

/// Systems spread over zones, with one of 50 tags each and two ports they expose; one first-match policy between zones,
/// its rules from and to a zone (nine in ten) or a tag, each on one port.
[[nodiscard]] Topology make_network(const NetworkSize& size);

}  // namespace firebreak::bench
