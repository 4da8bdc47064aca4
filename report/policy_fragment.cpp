#include "report/policy_fragment.h"

#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "topology/format/toml_layout.h"

namespace firebreak::report {
namespace {

MetaValue text_value(const std::string& text) {
  MetaValue value;
  value.text = text;
  return value;
}

MetaValue list_value(const std::vector<std::string>& words) {
  MetaValue value;
  value.type = MetaValue::Type::array;
  for (const std::string& word : words) value.members.emplace_back(std::string(), text_value(word));
  return value;
}

MetaValue table_value() {
  MetaValue value;
  value.type = MetaValue::Type::table;
  return value;
}

MetaValue number_value(double number) {
  MetaValue value;
  value.type = MetaValue::Type::number;
  value.number = number;
  return value;
}

MetaValue rule_value(const FragmentRule& rule) {
  MetaValue keys = table_value();
  if (!rule.name.empty()) keys.members.emplace_back("name", text_value(rule.name));
  keys.members.emplace_back(to_string(rule.action), list_value(rule.ports));
  keys.members.emplace_back("from", list_value(rule.from));
  keys.members.emplace_back("to", list_value(rule.to));
  if (rule.tier != 0) {
    MetaValue tier;
    tier.type = MetaValue::Type::integer;
    tier.integer = rule.tier;
    keys.members.emplace_back("tier", std::move(tier));
  }
  if (rule.cost != 1) keys.members.emplace_back("cost", number_value(rule.cost));
  return keys;
}

}  // namespace

std::vector<std::string> port_list(const PortSet& ports) {
  std::vector<std::string> words;
  if (ports.empty()) words.emplace_back("none");
  for (const PortRange& range : ports.ranges()) {
    const std::string shown = to_string(PortSet({range}));
    for (std::size_t at = 0; at <= shown.size();) {
      const std::size_t comma = std::min(shown.find(", ", at), shown.size());
      words.push_back(shown.substr(at, comma - at));
      at = comma + 2;
    }
  }
  return words;
}

std::string free_id(const Topology& topology, const std::string& id) {
  const auto taken = [&](const std::string& word) {
    return topology.find(word).valid() || topology.find_policy(word).valid() || topology.find_scenario(word).valid() ||
           topology.find_require(word).valid();
  };
  std::string free = id;
  for (int number = 2; taken(free); ++number) free = fmt::format("{}-{}", id, number);
  return free;
}

std::string to_toml(const std::vector<FragmentPolicy>& policies, const std::vector<std::string>& comments) {
  TomlLayout layout;
  for (const FragmentPolicy& policy : policies) {
    Thing thing{"policy", policy.id, {}, table_value()};
    if (policy.within_zones) thing.keys.members.emplace_back("scope", text_value("all"));
    if (policy.otherwise == RuleAction::allow) thing.keys.members.emplace_back("default", text_value("allow"));
    if (!policy.replaces.empty()) thing.keys.members.emplace_back("replaces", list_value(policy.replaces));
    MetaValue rules = list_value({});
    for (const FragmentRule& rule : policy.rules) rules.members.emplace_back(std::string(), rule_value(rule));
    if (!policy.rules.empty()) thing.keys.members.emplace_back("rule", std::move(rules));
    layout.add(thing);
  }
  std::string text;
  for (const std::string& comment : comments) text += fmt::format("# {}\n", printable(comment));
  return text + "\n" + layout.finish();
}

}  // namespace firebreak::report
