#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

namespace firebreak::bench {

/// What `write_estate` makes. The same numbers give the same bytes on every machine.
struct GeneratorOptions {
  std::uint64_t systems = 1000;  ///< without the planted ones
  std::uint64_t seed = 1;
  std::uint64_t pivots = 6;      ///< for each system
  std::uint64_t per_zone = 100;  ///< systems
  bool planted = true;           ///< parts whose answers are known
};

/// Writes a made-up estate as a topology in JSON: offices and server zones behind a firewall, racks in rooms in data
/// centres with two feeds each, hosts and guests, hubs that all share (directory, names, storage), heavy-tailed needs
/// with alternatives and k of n, services and customers with heavy-tailed weights, accounts, pivots that mostly stay in
/// their zone. A scenario "attack" names a compromise. False: the file could not be written. Memory: constant.
[[nodiscard]] bool write_estate(const GeneratorOptions& options, std::FILE* out);

/// The answers to what was planted, as JSON: `reach` (from, and how many are reached), `cut` (from, to, and how many
/// systems every way between them has to be robbed of), `cut_sets` (a service, and its minimal cut sets by size).
[[nodiscard]] std::string planted_answers(const GeneratorOptions& options);

}  // namespace firebreak::bench
