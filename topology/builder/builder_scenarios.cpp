#include <fmt/format.h>
#include <limits>

#include "topology/builder/builder_declare.h"
#include "topology/builder/builder_values.h"

namespace firebreak {
namespace {

/// Flows with only their text and place.
std::vector<FlowSelector> take_flows(Declarations& declarations, const Words& words) {
  std::vector<FlowSelector> flows(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    flows[i].text = declarations.index->texts.add(words[i].value);
    flows[i].at = words[i].at;
  }
  return flows;
}

/// What each kind of require must say, may say, and may not.
enum class Demand : std::uint8_t { refused, allowed, needed };
struct RequireKeys {
  Demand from = Demand::refused;
  Demand to = Demand::refused;
  Demand ports = Demand::refused;
  Demand count = Demand::refused;
  Demand services = Demand::refused;
  Demand of = Demand::refused;
  std::string_view ports_key = "ports";
};

RequireKeys keys_of(Require::Type type) {
  using enum Demand;
  switch (type) {
    case Require::Type::never_reaches:
      return {.from = needed, .to = needed};
    case Require::Type::reaches_at_most:
      return {.from = needed, .count = needed};
    case Require::Type::survives:
      return {.services = needed, .of = needed};
    case Require::Type::only_flows:
      return {.from = needed, .to = needed, .ports = needed, .ports_key = "allow"};
    case Require::Type::never_flows:
    case Require::Type::always_flows:
      break;
  }
  return {.from = needed, .to = needed, .ports = allowed};
}

struct GivenKey {
  std::string_view key;
  bool given;
  Demand demand;
};

void judge_key(Declarations& declarations, const RequireDecl& decl, const GivenKey& key) {
  if (key.given && key.demand == Demand::refused) {
    declarations.faults.add(Code::conflicting_keys, decl.id.at,
                            fmt::format("'{}' takes no '{}'", to_string(*decl.type), key.key));
  } else if (!key.given && key.demand == Demand::needed) {
    declarations.faults.add(Code::missing_key, decl.id.at,
                            fmt::format("'{}' has no '{}'", to_string(*decl.type), key.key));
  }
}

/// A whole number from `least` on, as far as the format takes it.
std::int64_t take_count(Declarations& declarations, const Located<std::int64_t>& number, std::string_view key,
                        std::int64_t least) {
  if (number.value >= least && number.value <= std::numeric_limits<std::uint32_t>::max()) return number.value;
  declarations.faults.add(Code::bad_number, number.at,
                          fmt::format("'{}' is {}, no whole number from {} to {}", key, number.value, least,
                                      std::numeric_limits<std::uint32_t>::max()));
  return least;
}

bool has_count(const RequireDecl& decl) {
  return decl.count.value >= 0 || decl.count.at.file.valid();
}

void judge_keys(Declarations& declarations, const RequireDecl& decl) {
  const RequireKeys keys = keys_of(*decl.type);
  for (const GivenKey& key :
       {GivenKey{"from", !decl.from.empty(), keys.from}, GivenKey{"to", !decl.to.empty(), keys.to},
        GivenKey{keys.ports_key, decl.ports.has_value(), keys.ports}, GivenKey{"count", has_count(decl), keys.count},
        GivenKey{"services", !decl.services.empty(), keys.services}, GivenKey{"of", !decl.of.empty(), keys.of}}) {
    judge_key(declarations, decl, key);
  }
}

}  // namespace

void declare(Declarations& declarations, const ScenarioDecl& decl) {
  Topology& topology = declarations.topology;
  NamedScenario scenario;
  scenario.at = decl.id.at;
  scenario.id =
      define(declarations, decl.id,
             {Definition::Type::scenario, {}, static_cast<std::uint32_t>(topology.scenarios.size())}, "scenario");
  scenario.name = take_text(declarations, decl.name, decl.id.at, "name");
  scenario.compromised = take_selectors(declarations, decl.compromised);
  scenario.off = take_selectors(declarations, decl.off);
  scenario.isolate = take_selectors(declarations, decl.isolate);
  scenario.block = take_flows(declarations, decl.block);
  scenario.allow = take_flows(declarations, decl.allow);
  scenario.expect.reserve(decl.expect.size());
  for (const ExpectDecl& expect : decl.expect) {
    scenario.expect.push_back({expect.type, take_selectors(declarations, expect.who)});
  }
  if (decl.meta) topology.other_meta.emplace(fmt::format("scenario.{}", scenario.id), *decl.meta);
  topology.scenarios.push_back(std::move(scenario));
}

void declare(Declarations& declarations, const RequireDecl& decl) {
  Topology& topology = declarations.topology;
  Require require;
  require.at = decl.id.at;
  require.id =
      define(declarations, decl.id,
             {Definition::Type::require, {}, static_cast<std::uint32_t>(topology.requires_all.size())}, "require");
  require.name = take_text(declarations, decl.name, decl.id.at, "name");
  if (decl.type) {
    judge_keys(declarations, decl);
    require.type = *decl.type;
  } else {
    declarations.faults.add(Code::missing_key, decl.id.at, "a require says nothing",
                            "give it one of 'never_reaches', 'reaches_at_most', 'survives', 'only_flows', "
                            "'never_flows' and 'always_flows'");
  }
  require.from = take_selectors(declarations, decl.from);
  require.to = take_selectors(declarations, decl.to);
  require.services = take_selectors(declarations, decl.services);
  require.of = take_selectors(declarations, decl.of);
  require.ports = decl.ports ? take_ports(declarations, *decl.ports) : intern_ports(declarations, PortSet::any());
  require.any = static_cast<std::uint32_t>(take_count(declarations, decl.any, "any", 1));
  if (has_count(decl)) require.count = static_cast<std::uint64_t>(take_count(declarations, decl.count, "count", 0));
  require.each = decl.each;
  if (decl.meta) topology.other_meta.emplace(fmt::format("require.{}", require.id), *decl.meta);
  topology.requires_all.push_back(std::move(require));
}

}  // namespace firebreak
