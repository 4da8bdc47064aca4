#include "tests/support/changed_world.h"

#include <algorithm>

#include "tests/support/random_world.h"

namespace firebreak::support {

namespace {

std::string_view id_of(const Declaration& declaration) {
  return std::visit(
      [](const auto& d) -> std::string_view {
        if constexpr (requires { d.id; }) {
          return d.id.value;
        } else {
          return {};
        }
      },
      declaration);
}

PolicyDecl* some_policy(World& world, Random& random) {
  std::vector<PolicyDecl*> policies;
  for (Declaration& declaration : world.declarations) {
    auto* policy = std::get_if<PolicyDecl>(&declaration);
    if (policy != nullptr && !policy->rules.empty()) policies.push_back(policy);
  }
  return policies.empty() ? nullptr : policies[random.below(policies.size())];
}

void drop(World& world, Random& random) {
  const std::size_t at = random.below(world.declarations.size());
  world.declarations.erase(world.declarations.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Takes over a declaration of another world, in the place of one with the same id.
void take_over(World& world, const World& other, Random& random) {
  const Declaration& declaration = other.declarations[random.below(other.declarations.size())];
  const auto at = std::ranges::find_if(world.declarations, [&](const Declaration& mine) {
    return !id_of(mine).empty() && id_of(mine) == id_of(declaration);
  });
  if (at == world.declarations.end()) {
    world.declarations.push_back(declaration);
  } else {
    *at = declaration;
  }
}

void drop_rule(World& world, Random& random) {
  PolicyDecl* policy = some_policy(world, random);
  if (policy == nullptr) return;
  const std::size_t at = random.below(policy->rules.size());
  policy->rules.erase(policy->rules.begin() + static_cast<std::ptrdiff_t>(at));
}

void move_rule(World& world, Random& random) {
  PolicyDecl* policy = some_policy(world, random);
  if (policy == nullptr) return;
  std::swap(policy->rules[random.below(policy->rules.size())], policy->rules[random.below(policy->rules.size())]);
}

}  // namespace

Topology changed(const World& world, std::uint64_t seed) {
  Random random(seed);
  World now = world;
  const std::size_t changes = 1 + random.below(4);
  std::vector<World> others;  // whose texts what was taken over speaks in
  for (std::size_t i = 0; i < changes; ++i) {
    others.push_back(random_world(random.next()));
    World next = now;
    switch (random.below(4)) {
      case 0:
        drop(next, random);
        break;
      case 1:
        drop_rule(next, random);
        break;
      case 2:
        move_rule(next, random);
        break;
      default:
        take_over(next, others.back(), random);
        break;
    }
    if (!next.declarations.empty() && try_build(next).topology) now = std::move(next);
  }
  return build(now);
}

}  // namespace firebreak::support
