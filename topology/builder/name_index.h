#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/topology.h"

#include "topology/builder/name_table.h"
#include "topology/builder/text_pool.h"

namespace firebreak {

/// What an id names. Ids share one namespace over all kinds of things.
struct Definition {
  enum class Type : std::uint8_t { none, node, policy, scenario, require };
  Type type = Type::none;
  NodeKind kind{};          ///< of a node
  std::uint32_t index = 0;  ///< the NodeId, PolicyId, ScenarioId or RequireId
};

/// The texts of a topology, and what its ids and words are.
struct NameIndex {
  TextPool texts;
  NameTable names;                      ///< every id that was defined or mentioned
  std::vector<Definition> definitions;  ///< by number of the name
  NameTable words;                      ///< tags and kinds; the number is the WordId
  NameTable phrases;                    ///< the number is the PhraseId

  /// The number of a name, with room for its definition.
  std::uint32_t intern(std::string_view name) { return intern(name, NameTable::hash(name)); }
  std::uint32_t intern(std::string_view name, std::uint64_t hash) {
    const std::uint32_t number = names.intern(name, hash, texts);
    if (number >= definitions.size()) definitions.resize(number + std::size_t{1});
    return number;
  }
  /// What an id names; Type::none when it names nothing.
  [[nodiscard]] Definition find(std::string_view id) const {
    const auto number = names.find(id);
    return number ? definitions[*number] : Definition{};
  }
};

struct Topology::Storage {
  NameIndex index;
};

}  // namespace firebreak
