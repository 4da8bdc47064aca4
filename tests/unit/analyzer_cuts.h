#pragma once

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/contain.h"

#include "analyzer/containment/cuts.h"
#include "tests/support/toml.h"

namespace firebreak {

/// What may not be done in a small topology.
struct Barred {
  std::vector<std::string_view> cannot{};
  std::vector<Action::Type> without{};
};

/// A small topology under a scenario, and the actions that may be added to it.
class Grounds {
 public:
  explicit Grounds(std::string_view toml, const ScenarioWords& words = {}, const Barred& barred = {})
      : topology(support::from_toml(toml)),
        graph(compile(topology)),
        scenario(support::scenario(topology, words)),
        options(options_of(topology, barred)),
        cuts(graph, scenario, options) {}
  Grounds(const Grounds&) = delete;
  Grounds& operator=(const Grounds&) = delete;

  [[nodiscard]] NodeId operator[](std::string_view id) const { return topology.find(id); }
  [[nodiscard]] std::string_view id(NodeId n) const { return topology.nodes[n].id; }

  /// "isolate pc", "off host", "disable admin", "a -> b", "rule 0".
  [[nodiscard]] std::string text(CutId cut) const {
    const Action& action = cuts.action(cut);
    switch (action.type) {
      case Action::Type::isolate_system:
      case Action::Type::isolate_zone:
        return fmt::format("isolate {}", id(action.node));
      case Action::Type::switch_off:
        return fmt::format("off {}", id(action.node));
      case Action::Type::disable:
        return fmt::format("disable {}", id(action.node));
      case Action::Type::block_zones:
        return fmt::format("{} -> {}", id(action.node), id(action.to));
      case Action::Type::block_rule:
        break;
    }
    return fmt::format("rule {}", action.rule.index());
  }

  /// All of them, in the order of the alphabet.
  [[nodiscard]] std::string texts(std::span<const CutId> some) const {
    std::vector<std::string> all;
    for (const CutId cut : some) all.push_back(text(cut));
    std::ranges::sort(all);
    return fmt::format("{}", fmt::join(all, ", "));
  }

 private:
  static ContainOptions options_of(const Topology& topology, const Barred& barred) {
    ContainOptions options;
    options.rules = rule_blocks(topology);
    options.without = barred.without;
    for (const std::string_view id : barred.cannot) options.cannot.push_back(topology.find(id));
    return options;
  }

 public:
  const Topology topology;
  const Graph graph;
  const Scenario scenario;
  const ContainOptions options;
  Cuts cuts;
};

}  // namespace firebreak
