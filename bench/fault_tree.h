#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace firebreak::bench {

/// A coherent fault tree.
struct FaultTree {
  /// A basic event or a gate, by its place in `events` or `gates`.
  struct Member {
    bool is_gate = false;
    std::size_t index = 0;

    friend bool operator==(const Member&, const Member&) = default;
  };
  /// Fails when at least so many of its members fail.
  struct Gate {
    std::size_t threshold = 1;
    std::vector<Member> members;
  };

  std::string name;
  std::size_t events = 0;
  std::vector<Gate> gates;  ///< the first one is the top; each is below it
};

/// The tree in an Open-PSA file, below the gate "r1" or, where there is none, the first gate that is part of no other;
/// or why it cannot be used, such as "it has a 'not'".
[[nodiscard]] std::variant<FaultTree, std::string> read_open_psa(const std::string& path);

/// The tree as an Open-PSA file.
[[nodiscard]] std::string open_psa(const FaultTree& tree);

/// The tree as a topology in JSON: events are systems, gates are services, and the top is the service "top". A gate
/// that fails with one of its members needs all of them.
[[nodiscard]] std::string topology_json(const FaultTree& tree);

/// A made-up tree, the same for the same numbers on every machine: gates of two to five members, mostly "or" and "and",
/// some of which are members of several gates near each other.
[[nodiscard]] FaultTree random_fault_tree(std::size_t gates, std::uint64_t seed);

}  // namespace firebreak::bench
