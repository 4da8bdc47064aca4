#include "tests/support/small_worlds.h"

#include <array>
#include <fmt/format.h>

namespace firebreak::support {

namespace {

using Choice = std::vector<std::size_t>;

constexpr std::array<std::string_view, 3> kSystems = {"h0", "h1", "h2"};
constexpr std::array<std::string_view, 3> kZones = {"z0", "z1", "z2"};

NeedDecls leaf(std::string_view on) {
  NeedDecl need;
  need.on = on;
  return {need};
}

NeedDecls group(Need::Type type, std::int64_t k, const std::vector<NeedDecls>& members) {
  NeedDecl head;
  head.type = type;
  head.k = k;
  NeedDecls all = {head};
  for (const NeedDecls& member : members) all.insert(all.end(), member.begin(), member.end());
  all.front().size = static_cast<std::uint32_t>(all.size());
  return all;
}

NeedDecls any(const std::vector<NeedDecls>& members) {
  return group(Need::Type::any, 0, members);
}
NeedDecls all(const std::vector<NeedDecls>& members) {
  return group(Need::Type::all, 0, members);
}

/// An expression with every choice of soft, fallback and grace.
std::vector<NeedDecls> attributed(const NeedDecls& plain) {
  std::vector<NeedDecls> found;
  for (unsigned bits = 0; bits < 8; ++bits) {
    NeedDecls need = plain;
    need.front().soft = (bits & 1U) != 0;
    need.front().fallback = (bits & 2U) != 0;
    if ((bits & 4U) != 0) need.front().grace = std::string_view("1h");
    found.push_back(need);
  }
  return found;
}

void add_zones(World& world) {
  for (const std::string_view id : kZones) {
    ZoneDecl zone;
    zone.id = id;
    world.declarations.emplace_back(zone);
  }
}

SystemDecl system(std::string_view id, std::string_view zone, NeedDecls needs = {}) {
  SystemDecl decl;
  decl.id = id;
  decl.zone = zone;
  decl.needs = std::move(needs);
  return decl;
}

ServiceDecl service(NeedDecls needs) {
  ServiceDecl decl;
  decl.id = std::string_view("v0");
  decl.needs = std::move(needs);
  return decl;
}

}  // namespace

void for_each_choice(const Choice& sizes, const std::function<void(const Choice&)>& f) {
  Choice choice(sizes.size(), 0);
  while (true) {
    f(choice);
    std::size_t i = sizes.size();
    while (i > 0 && ++choice[i - 1] == sizes[i - 1]) choice[--i] = 0;
    if (i == 0) return;
  }
}

std::vector<NeedDecls> plain_needs(std::span<const std::string_view> providers) {
  std::vector<NeedDecls> found = {{}};
  const std::size_t n = providers.size();
  for (std::size_t i = 0; i < n; ++i) {
    const NeedDecls a = leaf(providers[i]);
    found.push_back(a);
    for (std::size_t j = i + 1; j < n; ++j) {
      const NeedDecls b = leaf(providers[j]);
      found.push_back(any({a, b}));
      found.push_back(all({a, b}));
      for (std::size_t k = j + 1; k < n; ++k) {
        const NeedDecls c = leaf(providers[k]);
        found.push_back(any({a, b, c}));
        found.push_back(all({a, b, c}));
        found.push_back(group(Need::Type::at_least, 2, {a, b, c}));
      }
    }
  }
  for (std::size_t i = 0; n == 3 && i < n; ++i) {
    const NeedDecls a = leaf(providers[i]);
    const NeedDecls b = leaf(providers[(i + 1) % n]);
    const NeedDecls c = leaf(providers[(i + 2) % n]);
    found.push_back(any({a, all({b, c})}));
    found.push_back(all({a, any({b, c})}));
  }
  return found;
}

std::vector<NeedDecls> attributed_needs(std::span<const std::string_view> providers) {
  std::vector<NeedDecls> leaves;
  for (const std::string_view p : providers) {
    for (const NeedDecls& need : attributed(leaf(p))) leaves.push_back(need);
  }
  std::vector<NeedDecls> found = leaves;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    for (std::size_t j = i; j < leaves.size(); ++j) {
      for (const NeedDecls& need : attributed(any({leaves[i], leaves[j]}))) found.push_back(need);
      for (const NeedDecls& need : attributed(all({leaves[i], leaves[j]}))) found.push_back(need);
    }
  }
  return found;
}

void for_each_need_world(const Visit& visit) {
  const std::vector<NeedDecls> shapes = plain_needs(kSystems);
  for_each_choice({shapes.size(), shapes.size(), shapes.size()}, [&](const Choice& choice) {
    World world;
    for (std::size_t i = 0; i < 3; ++i) world.declarations.emplace_back(system(kSystems.at(i), "", shapes[choice[i]]));
    visit(world);
  });
}

void for_each_attribute_world(const Visit& visit) {
  constexpr std::array<std::string_view, 2> kFirst = {"h1", "v0"};
  const std::vector<NeedDecls> rich = attributed_needs(kFirst);
  const std::vector<NeedDecls> back = {{}, leaf("h0"), any({leaf("h0"), leaf("v0")})};
  const std::vector<NeedDecls> used = {{}, leaf("h1")};
  for_each_choice({rich.size(), back.size(), used.size()}, [&](const Choice& choice) {
    World world;
    world.declarations.emplace_back(system("h0", "", rich[choice[0]]));
    world.declarations.emplace_back(system("h1", "", back[choice[1]]));
    world.declarations.emplace_back(service(used[choice[2]]));
    visit(world);
  });
}

void for_each_link_world(const Visit& visit) {
  NeedDecls late = leaf("h1");
  late.front().grace = std::string_view("1h");
  const std::vector<NeedDecls> link_needs = {{},   leaf("h0"), leaf("h1"),
                                             late, leaf("h2"), any({leaf("h0"), leaf("h2")})};
  const auto system_needs = [](std::size_t i) -> std::vector<NeedDecls> {
    const NeedDecls a = leaf(kSystems.at((i + 1) % 3));
    const NeedDecls b = leaf(kSystems.at((i + 2) % 3));
    return {{}, a, any({a, b})};
  };
  const std::size_t links = link_needs.size() + 1;
  for_each_choice({links, links, links, 3, 3, 3}, [&](const Choice& choice) {
    World world;
    add_zones(world);
    for (std::size_t i = 0; i < 3; ++i) {
      world.declarations.emplace_back(system(kSystems.at(i), kZones.at(i), system_needs(i)[choice[i + 3]]));
      if (choice[i] == link_needs.size()) continue;
      LinkDecl link;
      link.id = world.keep(fmt::format("l{}", i));
      link.between = {kZones.at(i), kZones.at((i + 1) % 3)};
      link.needs = link_needs[choice[i]];
      world.declarations.emplace_back(link);
    }
    visit(world);
  });
}

std::vector<std::vector<NodeId>> subsets(std::span<const NodeId> nodes) {
  std::vector<std::vector<NodeId>> all = {{}};
  for (const NodeId n : nodes) {
    const std::size_t count = all.size();
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(all[i]);
      all.back().push_back(n);
    }
  }
  return all;
}

}  // namespace firebreak::support
