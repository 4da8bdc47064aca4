#pragma once

#include <string_view>
#include <vector>

#include "tests/support/world.h"

namespace firebreak::support {

/// What a random need may speak of.
struct NeedChoices {
  std::vector<std::string_view> systems;
  std::vector<std::string_view> others;   ///< sites, services, links, identities: what a need may be on besides systems
  std::vector<std::string_view> sources;  ///< zones and systems: where traffic may start
};

/// Up to `most` items, each up to three deep, with every attribute now and then. Nothing when there is nothing to need.
[[nodiscard]] NeedDecls random_needs(Random& random, const NeedChoices& choices, std::size_t most);

}  // namespace firebreak::support
