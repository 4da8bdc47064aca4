#include "bench/network.h"

#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "firebreak/builder.h"

#include "tests/support/random.h"

namespace firebreak::bench {

namespace {

constexpr std::array<std::string_view, 5> kPorts = {"tcp/22", "tcp/443", "tcp/445", "tcp/3389", "udp/53"};
constexpr std::size_t kTags = 50;

std::vector<std::string> names(std::string_view prefix, std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(fmt::format("{}{}", prefix, i));
  return all;
}

}  // namespace

Topology make_network(const NetworkSize& size) {
  support::Random random(1);
  const std::vector<std::string> zones = names("z", size.zones);
  const std::vector<std::string> systems = names("s", size.systems);
  const std::vector<std::string> tags = names("t", kTags);
  const std::vector<std::string> selectors = names("tag:t", kTags);
  const auto port = [&] { return Word{kPorts[random.below(kPorts.size())]}; };
  TopologyBuilder builder;
  for (const std::string& zone : zones) builder.add(ZoneDecl{.id = {zone}});
  for (const std::string& system : systems) {
    SystemDecl declaration{.id = {system}, .zone = {zones[random.below(zones.size())]}};
    declaration.tags = {{tags[random.below(kTags)]}};
    declaration.exposes = Words{port(), port()};
    builder.add(declaration);
  }
  PolicyDecl policy{.id = {"fw"}};
  const auto end = [&]() -> Word {
    if (random.percent(10)) return {selectors[random.below(kTags)]};
    return {zones[random.below(zones.size())]};
  };
  for (std::size_t i = 0; i < size.rules; ++i) {
    RuleDecl rule;
    const bool denies = static_cast<double>(random.below(1000)) < size.denies * 1000;
    (denies ? rule.deny : rule.allow) = Words{port()};
    rule.from = Words{end()};
    rule.to = Words{end()};
    policy.rules.push_back(std::move(rule));
  }
  builder.add(policy);
  return std::move(*builder.finish().topology);
}

}  // namespace firebreak::bench
