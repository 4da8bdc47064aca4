#include <array>
#include <fmt/format.h>

#include "tests/support/small_worlds.h"

namespace firebreak::support {

namespace {

using Choice = std::vector<std::size_t>;

constexpr std::array<std::string_view, 3> kSystems = {"h0", "h1", "h2"};
constexpr std::array<std::string_view, 3> kZones = {"z0", "z1", "z2"};
constexpr std::array<std::string_view, 4> kPlaces = {"", "z0", "z1", "z2"};

/// Three zones; z1 lies in z0.
World three_zones() {
  World world;
  for (const std::string_view id : kZones) {
    ZoneDecl zone;
    zone.id = id;
    world.declarations.emplace_back(zone);
  }
  std::get<ZoneDecl>(world.declarations[1]).parent = kZones[0];
  return world;
}

SystemDecl system(std::string_view id, std::string_view zone) {
  SystemDecl decl;
  decl.id = id;
  decl.zone = zone;
  return decl;
}

LinkDecl link(std::string_view id, std::string_view a, std::string_view b) {
  LinkDecl decl;
  decl.id = id;
  decl.between = {a, b};
  return decl;
}

RuleDecl small_rule(const Choice& choice) {
  constexpr std::array<std::string_view, 3> kFrom = {"*", "z0", "h1"};
  constexpr std::array<std::string_view, 3> kTo = {"*", "z1", "tag:red"};
  constexpr std::array<std::string_view, 2> kPorts = {"tcp/1-2", "tcp/2"};
  RuleDecl rule;
  (choice[0] == 0 ? rule.allow : choice[0] == 1 ? rule.deny : rule.pass) = Words{kPorts.at(choice[1])};
  rule.from = Words{kFrom.at(choice[2])};
  rule.to = Words{kTo.at(choice[3])};
  rule.tier = static_cast<std::int64_t>(choice[4]);
  return rule;
}

/// A system in each zone; h2 has a tag.
World policy_world(const PolicyDecl& policy) {
  World world = three_zones();
  for (std::size_t i = 0; i < 3; ++i) world.declarations.emplace_back(system(kSystems.at(i), kZones.at(i)));
  std::get<SystemDecl>(world.declarations.back()).tags = Words{std::string_view("red")};
  world.declarations.emplace_back(policy);
  return world;
}

}  // namespace

void for_each_policy_world(const Visit& visit) {
  std::vector<RuleDecl> alphabet;
  for_each_choice({3, 2, 3, 3, 2}, [&](const Choice& choice) { alphabet.push_back(small_rule(choice)); });
  const std::size_t none = alphabet.size();
  for_each_choice({none + 1, none + 1, 2, 2}, [&](const Choice& choice) {
    if (choice[0] == none && choice[1] != none) return;  // one rule alone comes once
    PolicyDecl policy;
    policy.id = std::string_view("p0");
    policy.otherwise = std::string_view(choice[2] == 0 ? "deny" : "allow");
    policy.scope = std::string_view(choice[3] == 0 ? "between-zones" : "all");
    for (std::size_t i = 0; i < 2; ++i) {
      if (choice[i] != none) policy.rules.push_back(alphabet[choice[i]]);
    }
    visit(policy_world(policy));
  });
}

namespace {

PivotDecl small_pivot(std::size_t from, std::size_t sort) {
  constexpr std::array<std::string_view, 3> kFrom = {"h0", "u0", "h2"};
  PivotDecl pivot;
  pivot.from = Words{kFrom.at(from)};
  pivot.to = Words{kSystems[1], std::string_view("u0")};
  if (sort == 1) pivot.requires_all = Words{kSystems[2]};
  if (sort == 2) pivot.port = std::string_view("tcp/1");
  if (sort == 3) pivot.effort = std::string_view("2h");
  return pivot;
}

}  // namespace

void for_each_spread_world(const Visit& visit) {
  // the places of h0, h1 and h2; the host of h1; how many links; the pivot
  for_each_choice({3, 4, 4, 2, 3, 3, 4}, [&](const Choice& choice) {
    World world = three_zones();
    for (std::size_t i = 0; i < 3; ++i) {
      SystemDecl decl = system(kSystems.at(i), kPlaces.at(choice[i] + (i == 0 ? 1 : 0)));
      if (i == 1 && choice[3] == 1) decl.runs_on = kSystems[2];
      if (i == 2) decl.effort = std::string_view("1h");
      world.declarations.emplace_back(decl);
    }
    IdentityDecl identity;
    identity.id = std::string_view("u0");
    world.declarations.emplace_back(identity);
    if (choice[4] > 0) world.declarations.emplace_back(link("l0", "z0", "z1"));
    if (choice[4] > 1) {
      LinkDecl second = link("l1", "z1", "z2");
      second.needs = needs_on({"h1"});
      world.declarations.emplace_back(second);
    }
    world.declarations.emplace_back(small_pivot(choice[5], choice[6]));
    visit(world);
  });
}

namespace {

/// Every kind of node that can need something needs the same: h0, the service v0, the site s0, and l0 if there are
/// links.
World severing_world(std::string_view place, std::string_view provider_place, const NeedDecls& needs, bool links) {
  World world = three_zones();
  SystemDecl owner = system("h0", place);
  owner.needs = needs;
  world.declarations.emplace_back(owner);
  world.declarations.emplace_back(system("h1", provider_place));
  world.declarations.emplace_back(system("h2", "z1"));
  for (const std::string_view id : {"v0", "v1"}) {
    ServiceDecl service;
    service.id = id;
    if (id == "v0") service.needs = needs;
    world.declarations.emplace_back(service);
  }
  for (const std::string_view id : {"s0", "s1"}) {
    SiteDecl site;
    site.id = id;
    if (id == "s0") site.needs = needs;
    world.declarations.emplace_back(site);
  }
  if (!links) return world;
  LinkDecl first = link("l0", "z0", "z1");
  first.needs = needs;
  world.declarations.emplace_back(first);
  world.declarations.emplace_back(link("l1", "z1", "z2"));
  return world;
}

/// Nothing but tcp/1 is allowed; a second one also judges flows inside a zone.
void add_policy(World& world, std::size_t sort) {
  if (sort == 0) return;
  PolicyDecl policy;
  policy.id = std::string_view("p0");
  if (sort == 2) policy.scope = std::string_view("all");
  RuleDecl rule;
  rule.allow = Words{std::string_view("tcp/1")};
  policy.rules = {rule};
  world.declarations.emplace_back(policy);
}

}  // namespace

void for_each_severing_world(const Visit& visit) {
  constexpr std::array<std::string_view, 6> kProviders = {"h1", "h1", "h1", "h1", "v1", "s1"};
  constexpr std::array<std::string_view, 3> kOwners = {"", "z0", "z2"};
  constexpr std::array<std::string_view, 3> kSources = {"", "z1", "h2"};
  constexpr std::array<std::string_view, 4> kPorts = {"", "tcp/1", "tcp/1-2", "any"};
  for_each_choice({3, 6, 3, 4, 2, 3}, [&](const Choice& choice) {
    NeedDecl need;
    need.on = kProviders.at(choice[1]);
    need.from = kSources.at(choice[2]);
    need.port = kPorts.at(choice[3]);
    World world = severing_world(kOwners.at(choice[0]), kPlaces.at(choice[1] % 4), {need}, choice[4] == 1);
    add_policy(world, choice[5]);
    visit(world);
  });
}

}  // namespace firebreak::support
