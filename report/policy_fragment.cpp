#include "report/policy_fragment.h"

#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "topology/format/described_keys.h"
#include "topology/format/toml_layout.h"

namespace firebreak::report {
namespace {

MetaValue words_value(const std::vector<std::string>& words) {
  return list_value(words, [](const std::string& word) -> const std::string& { return word; });
}

MetaValue table_value() {
  MetaValue value;
  value.type = MetaValue::Type::table;
  return value;
}

MetaValue rule_value(const FragmentRule& rule) {
  MetaValue keys = table_value();
  if (!rule.name.empty()) keys.members.emplace_back("name", text_value(rule.name));
  keys.members.emplace_back(to_string(rule.action), words_value(rule.ports));
  keys.members.emplace_back("from", words_value(rule.from));
  keys.members.emplace_back("to", words_value(rule.to));
  if (rule.tier != 0) keys.members.emplace_back("tier", integer_value(rule.tier));
  if (rule.cost != 1) keys.members.emplace_back("cost", number_value(rule.cost));
  return keys;
}

}  // namespace

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
    if (!policy.replaces.empty()) thing.keys.members.emplace_back("replaces", words_value(policy.replaces));
    MetaValue rules = empty_list();
    for (const FragmentRule& rule : policy.rules) rules.members.emplace_back(std::string(), rule_value(rule));
    if (!policy.rules.empty()) thing.keys.members.emplace_back("rule", std::move(rules));
    layout.add(thing);
  }
  std::string text;
  for (const std::string& comment : comments) text += fmt::format("# {}\n", printable(comment));
  return text + "\n" + layout.finish();
}

}  // namespace firebreak::report
