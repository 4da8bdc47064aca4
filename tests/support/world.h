#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firebreak/builder.h"
#include "firebreak/topology.h"

#include "tests/support/random.h"

/// Topologies as declarations, which tests make, change and build.
namespace firebreak::support {

using Declaration = std::variant<ZoneDecl, SiteDecl, SystemDecl, IdentityDecl, ServiceDecl, CustomerDecl, LinkDecl,
                                 PolicyDecl, PivotDecl, ScenarioDecl>;

/// Declarations in source order, and the texts they speak of. Copies share the texts, which only ever grow.
class World {
 public:
  std::vector<Declaration> declarations;

  /// A view of the text that lives as long as any copy of this world.
  std::string_view keep(std::string text) { return texts_->emplace_back(std::move(text)); }

 private:
  std::shared_ptr<std::deque<std::string>> texts_ = std::make_shared<std::deque<std::string>>();
};

/// Hands the declarations to a builder.
[[nodiscard]] TopologyBuilder::Result try_build(const World& world);

/// The topology. Throws std::runtime_error with the diagnostics when the world has faults.
[[nodiscard]] Topology build(const World& world);

/// All needs expressions of the world.
[[nodiscard]] std::vector<NeedDecls*> needs_of(World& world);

/// Sets the size of every group right again after items were added or removed; `depth` gives the nesting of each item.
[[nodiscard]] std::vector<std::uint32_t> depths(const NeedDecls& needs);
void set_sizes(NeedDecls& needs, const std::vector<std::uint32_t>& depth);

/// The same world with every id replaced, wherever it is spoken of.
[[nodiscard]] World renamed(const World& world, const std::function<std::string(std::string_view)>& new_id);

/// The same world with its declarations in another order. Rules stay in the order of their policy.
[[nodiscard]] World shuffled(World world, Random& random);

/// The smallest world on which `fails` still holds that can be had by leaving out one thing after the other: a
/// declaration, a rule, an item of a need, a selector, an attribute. `fails` is never asked about a world with faults.
[[nodiscard]] World shrunk(World world, const std::function<bool(const World&)>& fails);

}  // namespace firebreak::support
