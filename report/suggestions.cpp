#include "report/suggestions.h"

#include <algorithm>
#include <fmt/format.h>

#include "report/place_words.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

using Type = Tightening::Type;

std::vector<KeptView> kept_views(const PlaceWords& words, const std::vector<LeastRule>& kept) {
  std::vector<KeptView> views;
  for (const LeastRule& rule : kept) {
    KeptView view{to_words(rule.ports), words.of(rule.from), words.of(rule.to), {}};
    const std::string ports = rule.ports.is_any() ? "any port" : to_string(rule.ports);
    view.text = fmt::format("{} from {} to {}", ports, listing(view.from, 3), listing(view.to, 3));
    views.push_back(std::move(view));
  }
  return views;
}

std::string only_words(const std::vector<KeptView>& keeps) {
  std::vector<std::string> texts;
  for (const KeptView& kept : keeps) texts.push_back(kept.text);
  return texts.empty() ? "nothing" : listing(texts, 3);
}

std::string change_words(const SuggestionView& view, const std::string& line) {
  const std::string place = line.empty() ? std::string() : fmt::format(" ({})", line);
  switch (view.change) {
    case Type::remove_rule:
      return fmt::format("remove rule {} of {}{}: no need uses it", view.rule, view.policy, place);
    case Type::narrow_rule:
      return fmt::format("narrow rule {} of {}{} to what needs use: {}", view.rule, view.policy, place,
                         only_words(view.keeps));
    case Type::deny_by_default:
      return fmt::format("let {} deny by default{}, and allow what needs use: {}", view.policy, place,
                         only_words(view.keeps));
    case Type::new_policy:
      return fmt::format("state a policy between zones that allows just what needs use: {}", only_words(view.keeps));
    case Type::split_zone:
      break;
  }
  return fmt::format("split zone {}{}: inside it allow just what needs use: {}", view.zone, place,
                     only_words(view.keeps));
}

SuggestionView suggestion_view(const Subject& subject, const PlaceWords& words, const Tightening& change) {
  const Topology& topology = subject.topology;
  SuggestionView view;
  view.change = change.type;
  Span at;
  if (change.policy.valid()) {
    view.policy = topology.policies[change.policy].id;
    at = topology.policies[change.policy].at;
  }
  if (change.rule.valid()) {
    view.rule = rule_words(topology, change.rule);
    at = topology.rules[change.rule].at;
  }
  if (change.zone.valid()) {
    view.zone = topology.nodes[change.zone].id;
    at = topology.nodes[change.zone].at;
  }
  view.keeps = kept_views(words, change.kept);
  view.after = sizes_view(topology, change.after);
  view.at = to_string(subject.sources, at);
  view.text = change_words(view, line_of(subject.sources, at));
  return view;
}

void add_kept(FragmentPolicy& policy, const std::vector<KeptView>& keeps, const std::string& name, std::int64_t tier,
              double cost) {
  for (const KeptView& kept : keeps) {
    policy.rules.push_back({name, RuleAction::allow, kept.allow, kept.from, kept.to, tier, cost});
  }
}

/// A policy with some of its rules changed, and perhaps its default.
FragmentPolicy changed_policy(const Subject& subject, PolicyId id, const std::vector<const Tightening*>& changes) {
  const Topology& topology = subject.topology;
  const Policy& policy = topology.policies[id];
  const PlaceWords words(topology);
  FragmentPolicy result{free_id(topology, fmt::format("{}-tight", policy.id)),
                        policy.within_zones,
                        policy.otherwise,
                        {std::string(policy.id)},
                        {}};
  std::int64_t tier = 0;
  for (const RuleId r : policy.rules) {
    const Rule& rule = topology.rules[r];
    tier = rule.tier;
    const auto change = std::ranges::find(changes, r, [](const Tightening* c) { return c->rule; });
    if (change != changes.end()) {
      add_kept(result, kept_views(words, (*change)->kept), std::string(rule.name), rule.tier, rule.cost);
      continue;
    }
    result.rules.push_back({std::string(rule.name), rule.action, to_words(topology.ports[rule.ports]),
                            selector_words(rule.from), selector_words(rule.to), rule.tier, rule.cost});
  }
  for (const Tightening* change : changes) {
    if (change->type != Type::deny_by_default) continue;
    result.otherwise = RuleAction::deny;
    // Behind all tiers there are, since a rule may pass what is in its own.
    add_kept(result, kept_views(words, change->kept), "", policy.rules.empty() ? 0 : tier + 1, 1);
  }
  return result;
}

FragmentPolicy wall(const Subject& subject, const Tightening& change) {
  const Topology& topology = subject.topology;
  const std::string zone(topology.nodes[change.zone].id);
  FragmentPolicy policy{free_id(topology, "inside-" + zone), true, RuleAction::allow, {}, {}};
  add_kept(policy, kept_views(PlaceWords(topology), change.kept), "", 0, 1);
  policy.rules.push_back({"nothing else inside " + zone, RuleAction::deny, {"any"}, {zone}, {zone}, 0, 1});
  return policy;
}

SuggestedPolicyView policy_view(const FragmentPolicy& policy) {
  SuggestedPolicyView view{
      policy.within_zones ? "all" : "between-zones", std::string(to_string(policy.otherwise)), policy.replaces, {}};
  for (const FragmentRule& rule : policy.rules) {
    SuggestedRuleView entry;
    if (!rule.name.empty()) entry.name.value = rule.name;
    auto& ports = rule.action == RuleAction::allow  ? entry.allow
                  : rule.action == RuleAction::deny ? entry.deny
                                                    : entry.pass;
    ports.value = rule.ports;
    entry.from = rule.from;
    entry.to = rule.to;
    entry.tier = rule.tier;
    entry.cost = {rule.cost};
    view.rules.push_back(std::move(entry));
  }
  return view;
}

std::string sizes_words(const BlastSizesView& sizes) {
  return fmt::format("{} on average, {} at worst", rounded(sizes.mean.value),
                     grouped(static_cast<double>(sizes.worst)));
}

}  // namespace

std::vector<FragmentPolicy> changed_policies(const Subject& subject, const std::vector<Tightening>& changes) {
  std::vector<FragmentPolicy> policies;
  for (const PolicyId id : ids<PolicyId>(subject.topology.policies.size())) {
    std::vector<const Tightening*> own;
    for (const Tightening& change : changes) {
      if (change.policy == id) own.push_back(&change);
    }
    if (!own.empty()) policies.push_back(changed_policy(subject, id, own));
  }
  for (const Tightening& change : changes) {
    if (change.type == Type::split_zone) policies.push_back(wall(subject, change));
    if (change.type != Type::new_policy) continue;
    policies.push_back({free_id(subject.topology, "between-zones"), false, RuleAction::deny, {}, {}});
    add_kept(policies.back(), kept_views(PlaceWords(subject.topology), change.kept), "", 0, 1);
  }
  return policies;
}

SuggestionsView suggestions_view(const Subject& subject, const TighteningPlan& plan) {
  SuggestionsView view;
  const PlaceWords words(subject.topology);
  view.asked = plan.asked;
  view.now = sizes_view(subject.topology, plan.now);
  for (const Tightening& change : plan.steps) view.changes.push_back(suggestion_view(subject, words, change));
  view.best = sizes_view(subject.topology, plan.best);
  view.floor = sizes_view(subject.topology, plan.floor);
  for (const NodeId n : ids<NodeId>(plan.floor_sizes.size())) {
    if (plan.floor_sizes[n] > 1) view.stays.push_back({std::string(subject.topology.nodes[n].id), plan.floor_sizes[n]});
  }
  std::ranges::stable_sort(view.stays, std::greater<>(), &StaysView::reaches);
  view.exact = plan.exact;
  view.complete = plan.complete;
  for (const FragmentPolicy& policy : changed_policies(subject, plan.steps)) {
    view.policies.policy.values.push_back({policy.id, policy_view(policy)});
  }
  return view;
}

std::string suggestions_summary(const SuggestionsView& view) {
  const std::string floor = fmt::format("; no policy that goes on to serve the needs goes below {} and {}.",
                                        rounded(view.floor.mean.value), view.floor.worst);
  const std::string part = view.complete ? "" : "; not every change could be measured";
  if (view.changes.empty()) {
    const std::string most = view.asked > 1 ? fmt::format(", nor up to {} together", view.asked) : std::string();
    return fmt::format(
        "No single change is found that brings down what a compromise reaches and leaves every need "
        "served{}{}{}",
        most, part, floor);
  }
  const BlastSizesView& after = view.changes.back().after;
  const std::string worst = after.worst == view.now.worst
                                ? fmt::format("at worst {} as before", after.worst)
                                : fmt::format("from {} to {} at worst", view.now.worst, after.worst);
  return fmt::format("{} {} what a compromise reaches down from {} to {} systems and identities on average, {}{}{}",
                     counted(view.changes.size(), "change"), view.changes.size() == 1 ? "brings" : "bring",
                     rounded(view.now.mean.value), rounded(after.mean.value), worst, part, floor);
}

std::vector<Section> suggestion_sections(const SuggestionsView& view, const TextStyle& style) {
  Section changes{"What to change, and what a compromise then reaches"};
  for (const SuggestionView& change : view.changes) {
    changes.entries.push_back({{}, sizes_words(change.after) + ":", change.text, {}});
  }
  Section limits{"How far it can go"};
  limits.entries.push_back({{}, sizes_words(view.now) + ":", "as things are", {}});
  limits.entries.push_back(
      {{},
       sizes_words(view.best) + ":",
       view.complete ? "with every change that could be suggested" : "with every change that was looked at",
       {}});
  limits.entries.push_back(
      {{}, sizes_words(view.floor) + ":", "with nothing permitted but what needs state and requires demand", {}});
  if (!view.exact) {
    limits.entries.push_back({{}, "not proven:", "there are too many changes to try all choices of them", {}});
  }
  if (!view.complete) {
    limits.entries.push_back({{}, "in part:", "not every change that could be suggested was measured", {}});
  }
  const Section stays = list_section("What stays reachable in any case: by flows that needs state, pivots and hosts",
                                     view.stays, style, [](const StaysView& start) {
                                       return Entry{{}, start.id + ":", counted(start.reaches - 1, "other"), {}};
                                     });
  return {changes, limits, stays};
}

}  // namespace firebreak::report

namespace firebreak {

std::string suggested_policies_toml(const Subject& subject, const std::vector<Tightening>& changes) {
  if (changes.empty()) return "# No change was found that makes the network tighter and leaves every need served.\n";
  const std::vector<std::string> comments = {
      fmt::format("Makes the network tighter by {} and leaves every need served. To be merged behind the topology:",
                  report::counted(changes.size(), "change")),
      fmt::format("firebreak diff {} to {} tight.toml", subject.files, subject.files)};
  return report::to_toml(report::changed_policies(subject, changes), comments);
}

}  // namespace firebreak
