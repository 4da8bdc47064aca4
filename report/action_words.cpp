#include "report/action_words.h"

#include <array>
#include <fmt/format.h>

#include "report/escape.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// A block of just what a rule allows, in the words of the rule.
std::string rule_flow_words(const Topology& topology, RuleId rule) {
  const Rule& found = topology.rules[rule];
  std::string ports;
  if (!topology.ports[found.ports].is_any()) {
    ports = fmt::format(" {}", fmt::join(to_words(topology.ports[found.ports]), ","));
  }
  return fmt::format("{} -> {}{}", fmt::join(selector_words(found.from), ","), fmt::join(selector_words(found.to), ","),
                     ports);
}

std::string block_words(const Topology& topology, const Action& action) {
  if (action.rule.valid()) return rule_flow_words(topology, action.rule);
  return fmt::format("{} -> {}", topology.nodes[action.node].id, topology.nodes[action.to].id);
}

}  // namespace

std::string action_words(const Topology& topology, const Action& action) {
  switch (action.type) {
    case Action::Type::isolate_system:
    case Action::Type::isolate_zone:
      return fmt::format("isolate {}", topology.nodes[action.node].id);
    case Action::Type::switch_off:
    case Action::Type::disable:
      return fmt::format("off {}", topology.nodes[action.node].id);
    case Action::Type::block_rule:
    case Action::Type::block_zones:
      break;
  }
  return fmt::format("block {}", block_words(topology, action));
}

std::string action_options(const Topology& topology, const std::vector<Action>& actions) {
  std::vector<std::string> isolate;
  std::vector<std::string> off;
  std::string blocks;
  for (const Action& action : actions) {
    const bool block = action.type == Action::Type::block_rule || action.type == Action::Type::block_zones;
    const bool plug = action.type == Action::Type::isolate_system || action.type == Action::Type::isolate_zone;
    if (block) {
      blocks += fmt::format(" --block {}", shell_word(block_words(topology, action)));
    } else {
      (plug ? isolate : off).emplace_back(topology.nodes[action.node].id);
    }
  }
  std::string words;
  if (!isolate.empty()) words += fmt::format(" --isolate {}", shell_word(fmt::format("{}", fmt::join(isolate, ","))));
  if (!off.empty()) words += fmt::format(" --off {}", shell_word(fmt::format("{}", fmt::join(off, ","))));
  words += blocks;
  return words.empty() ? words : words.substr(1);
}

std::string actions_listed(std::span<const std::string> actions, std::size_t most) {
  constexpr std::array<std::string_view, 2> kVerbs = {"isolate ", "off "};
  std::string out;
  std::string_view verb;
  for (std::size_t i = 0; i < std::min(most, actions.size()); ++i) {
    std::string_view words = actions[i];
    std::string_view own;
    for (const std::string_view known : kVerbs) {
      if (words.starts_with(known)) own = known;
    }
    if (i > 0) out += own == verb && !own.empty() ? ", " : "; ";
    if (own == verb) words.remove_prefix(own.size());
    out += words;
    verb = own;
  }
  if (actions.size() > most) out += fmt::format(" and {} more", grouped(static_cast<double>(actions.size() - most)));
  return out;
}

}  // namespace firebreak::report
