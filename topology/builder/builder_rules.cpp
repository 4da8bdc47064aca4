#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "topology/builder/builder_declare.h"
#include "topology/builder/builder_values.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

/// Which of two words is given: 0 (also when none is) or 1; anything else is reported.
std::size_t take_choice(Declarations& declarations, const Word& word, std::string_view key,
                        const std::array<std::string_view, 2>& choices) {
  if (!is_given(word)) return 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (word.value == choices[i]) return i;
  }
  const std::string_view near = nearest(word.value, choices);
  declarations.faults.add(Code::bad_word, word.at, fmt::format("'{}' is {}", key, quoted(word.value)),
                          near.empty() ? fmt::format("it takes '{}' or '{}'", choices[0], choices[1])
                                       : fmt::format("did you mean '{}'?", near));
  return 0;
}

/// The action and ports of a rule; reports when not exactly one is given.
void take_action(Declarations& declarations, const RuleDecl& decl, Rule& rule) {
  const std::array actions{std::pair{RuleAction::allow, &decl.allow}, std::pair{RuleAction::deny, &decl.deny},
                           std::pair{RuleAction::pass, &decl.pass}};
  const Words* ports = nullptr;
  for (const auto& [action, words] : actions) {
    if (!*words) continue;
    if (ports != nullptr) {
      declarations.faults.add(Code::conflicting_keys, decl.at,
                              fmt::format("a rule has both '{}' and '{}'", to_string(rule.action), to_string(action)),
                              "make it two rules");
    } else {
      rule.action = action;
    }
    ports = &**words;
    rule.ports = take_ports(declarations, *ports);
  }
  if (ports == nullptr) {
    declarations.faults.add(Code::missing_key, decl.at, "a rule says neither 'allow' nor 'deny' nor 'pass'");
  }
}

/// The selectors of one end of a rule; none means everything, so an empty list must not be given.
Selectors take_end(Declarations& declarations, const std::optional<Words>& words, Span at, std::string_view key) {
  if (!words) return {};
  if (words->empty()) {
    declarations.faults.add(Code::missing_key, at, fmt::format("'{}' of a rule is empty", key),
                            "leave it out to mean everything");
  }
  return take_selectors(declarations, *words);
}

RuleId take_rule(Declarations& declarations, PolicyId policy, const RuleDecl& decl) {
  Rule rule;
  rule.policy = policy;
  rule.name = take_text(declarations, decl.name, decl.at, "name");
  take_action(declarations, decl, rule);
  rule.from = take_end(declarations, decl.from, decl.at, "from");
  rule.to = take_end(declarations, decl.to, decl.at, "to");
  rule.tier = decl.tier.value;
  rule.cost = take_amount(declarations, decl.cost, "cost").value_or(1);
  rule.at = decl.at;
  return declarations.topology.rules.push_back(std::move(rule));
}

void take_meta(Declarations& declarations, std::string key, const std::optional<MetaValue>& meta) {
  if (meta) declarations.topology.other_meta.emplace(std::move(key), *meta);
}

}  // namespace

void declare(Declarations& declarations, const PolicyDecl& decl) {
  Topology& topology = declarations.topology;
  const PolicyId id = topology.policies.next_id();
  Policy policy;
  policy.at = decl.id.at;
  policy.id = define(declarations, decl.id, {Definition::Type::policy, {}, id.index()}, "policy");
  policy.name = take_text(declarations, decl.name, decl.id.at, "name");
  policy.within_zones = take_choice(declarations, decl.scope, "scope", {"between-zones", "all"}) == 1;
  const bool allow = take_choice(declarations, decl.otherwise, "default", {"deny", "allow"}) == 1;
  policy.otherwise = allow ? RuleAction::allow : RuleAction::deny;
  for (const Word& replaced : decl.replaces) {
    policy.replaces.emplace_back(PolicyId(declarations.index->intern(replaced.value)), replaced.at);
  }
  policy.contact = take_contact(declarations, decl.contact, decl.id.at);
  policy.rules.reserve(decl.rules.size());
  for (const RuleDecl& rule : decl.rules) policy.rules.push_back(take_rule(declarations, id, rule));
  std::stable_sort(policy.rules.begin(), policy.rules.end(),
                   [&](RuleId a, RuleId b) { return topology.rules[a].tier < topology.rules[b].tier; });
  take_meta(declarations, fmt::format("policy.{}", policy.id), decl.meta);
  topology.policies.push_back(std::move(policy));
}

namespace {

/// Notes a selector of a pivot whose name is to be numbered.
void wait_for(Declarations& declarations, NameQueue::Fills fills, std::size_t index, const Word& word) {
  declarations.waiting.add(fills, index, word.value, *declarations.index);
  declarations.pivot_word_at.push_back({word.at.line, word.at.column});
}

/// The ends of a pivot, their names still to be numbered.
std::array<PivotSelector, 2> take_pivot_ends(Declarations& declarations, const PivotDecl& decl) {
  Topology& topology = declarations.topology;
  declarations.number_waiting_names(false);
  if (decl.from.size() == 1 && decl.to.size() == 1 && decl.requires_all.empty()) {
    const std::size_t index = 2 * topology.pivots.size();
    wait_for(declarations, NameQueue::Fills::pivot_end, index, decl.from.front());
    wait_for(declarations, NameQueue::Fills::pivot_end, index + 1, decl.to.front());
    return {};
  }
  auto& lists = topology.pivot_lists;
  const NodeId row(lists.size());
  for (const Words* const words : {&decl.from, &decl.to, &decl.requires_all}) {
    for (const Word& word : *words) {
      wait_for(declarations, NameQueue::Fills::pivot_selector, lists.items.size(), word);
      lists.items.emplace_back();
    }
    lists.end_row();
  }
  return {PivotSelector::naming(row), PivotSelector::none()};
}

PivotMannerId take_manner(Declarations& declarations, const PivotDecl& decl) {
  const PivotManner manner{take_port(declarations, decl.port), take_phrase(declarations, decl.via, decl.at, "via"),
                           StatedTime(take_duration(declarations, decl.effort, "effort"))};
  IdVector<PivotMannerId, PivotManner>& known = declarations.topology.pivot_manners;
  const auto [at, fresh] = declarations.pivot_manners.try_emplace(manner, known.next_id());
  if (fresh) known.push_back(manner);
  return at->second;
}

}  // namespace

void declare(Declarations& declarations, const PivotDecl& decl) {
  Topology& topology = declarations.topology;
  declarations.faults.set_subject("pivot", {});
  for (const auto& [key, words] : {std::pair{"from", &decl.from}, std::pair{"to", &decl.to}}) {
    if (!words->empty()) continue;
    declarations.faults.add(Code::missing_key, decl.at, fmt::format("a pivot has no '{}'", key));
  }
  PivotRecord pivot;
  pivot.ends = take_pivot_ends(declarations, decl);
  pivot.manner = take_manner(declarations, decl);
  pivot.at = decl.at;
  take_meta(declarations, decl.meta ? fmt::format("pivot.{}", topology.pivots.size()) : std::string(), decl.meta);
  topology.pivots.push_back(pivot);
}

}  // namespace firebreak
