#pragma once

#include <cstddef>
#include <cstdint>

#include "firebreak/topology.h"

namespace firebreak::bench {

/// The size of a made-up estate, the same for the same numbers on every machine.
struct EstateSize {
  std::size_t systems = 10'000;
  std::size_t services = 1'000;
  std::uint64_t seed = 1;
  std::size_t compromised = 10;  ///< named in its scenario "attack"
  std::size_t critical = 20;     ///< systems that are crown jewels
};

/// Systems in zones of a hundred, offices and server zones. Each can take over ten others through the network, eight of
/// them in its own zone. Systems need hubs that all share (one of two, two of three) and some need another of their
/// zone; a service needs one to three of: a server, one of two or three, two of three. The
/// weights of services are heavy-tailed. The attacker sits in one office and on servers; crown jewels are servers.
[[nodiscard]] Topology make_estate(const EstateSize& size);

}  // namespace firebreak::bench
