#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "firebreak/patience.h"

#include "analyzer/solver/blocks.h"
#include "analyzer/solver/families.h"

namespace firebreak::solver {

/// How the minimal solutions of a block are found.
enum class Way : std::uint8_t {
  functions,  ///< its gates as decision diagrams, and the solutions are read from these
  sets,       ///< its gates as families of minimal sets: small where there are few solutions, however shared
};

struct BlockTask {
  const Circuit& circuit;
  const Block& block;
  const std::unordered_map<GateId, FamilyId>& modules;  ///< what is known of the leaves that are no inputs
  const Patience& patience;
};

struct BlockResult {
  std::optional<std::vector<FamilyId>> roots;  ///< nothing when there was no room
  std::size_t gates_done = 0;                  ///< how far it came
};

/// Tries to solve a block in one order of its leaves with at most so many nodes; each takes about 40 bytes. The
/// families of the roots are put behind those there are. Cost: linear in the room.
[[nodiscard]] BlockResult solve_block(const BlockTask& task, const std::vector<GateId>& order, Way way,
                                      std::size_t most_nodes, Families& families);

}  // namespace firebreak::solver
