#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firebreak/tighten.h"

#include "report/views.h"

namespace firebreak::report {

template <>
inline constexpr std::size_t word_count<Tightening::Type> = 5;
[[nodiscard]] inline std::string_view word(Tightening::Type type) {
  constexpr std::array<std::string_view, 5> kWords = {"remove_rule", "narrow_rule", "deny_by_default", "new_policy",
                                                      "split_zone"};
  return kWords[static_cast<std::size_t>(type)];
}

struct KeptView {
  std::vector<std::string> allow;
  std::vector<std::string> from;
  std::vector<std::string> to;

  std::string text;  ///< "tcp/445 from office to files"
};
template <class V>
void describe(V& visit, const KeptView& x) {
  visit("allow", x.allow, "ports");
  visit("from", x.from, "selectors");
  visit("to", x.to, "selectors");
}

struct SuggestionView {
  Tightening::Type change = Tightening::Type::remove_rule;
  std::string policy;
  std::string rule;
  std::string zone;
  std::vector<KeptView> keeps;
  BlastSizesView after;
  std::string at;
  std::string text;
};
template <class V>
void describe(V& visit, const SuggestionView& x) {
  visit("change", x.change, "what to do");
  visit("policy", x.policy, "remove_rule, narrow_rule, deny_by_default: the policy; else empty");
  visit("rule", x.rule, "remove_rule, narrow_rule: the rule, by name or number; else empty");
  visit("zone", x.zone, "split_zone: the zone; else empty");
  visit("keeps", x.keeps, "all that it goes on to allow, since needs use it");
  visit("after", x.after, "blast sizes with this change and those before it");
  visit("at", x.at, "file:line:column of what is changed, or empty");
  visit("text", x.text, "the same as a sentence");
}

/// A rule as topologies state it.
struct SuggestedRuleView {
  Asked<std::string> name;
  Asked<std::vector<std::string>> allow, deny, pass;
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::int64_t tier = 0;
  Weight cost{1};
};
template <class V>
void describe(V& visit, const SuggestedRuleView& x) {
  visit("name", x.name, "its name for people");
  visit("allow", x.allow, "ports it allows");
  visit("deny", x.deny, "ports it denies");
  visit("pass", x.pass, "ports it leaves undecided");
  visit("from", x.from, "selectors");
  visit("to", x.to, "selectors");
  visit("tier", x.tier, "its tier");
  visit("cost", x.cost, "what it costs to act on it");
}

struct SuggestedPolicyView {
  std::string scope;
  std::string otherwise;
  std::vector<std::string> replaces;
  std::vector<SuggestedRuleView> rules;
};
template <class V>
void describe(V& visit, const SuggestedPolicyView& x) {
  visit("scope", x.scope, "all, or between-zones");
  visit("default", x.otherwise, "allow or deny");
  visit("replaces", x.replaces, "the policy it stands in for");
  visit("rule", x.rules, "its rules");
}

struct SuggestedPoliciesView {
  NamedList<SuggestedPolicyView> policy;
};
template <class V>
void describe(V& visit, const SuggestedPoliciesView& x) {
  visit("policy", x.policy, "the policies, by their ids");
}

struct StaysView {
  std::string id;
  std::uint64_t reaches = 0;
};
template <class V>
void describe(V& visit, const StaysView& x) {
  visit("id", x.id, "a system or identity");
  visit("reaches", x.reaches, "how many a compromise of it reaches, itself included");
}

struct SuggestionsView {
  std::uint64_t asked = 0;
  BlastSizesView now;
  std::vector<SuggestionView> changes;
  BlastSizesView best;
  BlastSizesView floor;
  std::vector<StaysView> stays;
  bool exact = true;
  bool complete = true;
  SuggestedPoliciesView policies;
};
template <class V>
void describe(V& visit, const SuggestionsView& x) {
  visit("asked", x.asked, "how many changes there may be");
  visit("now", x.now, "how many systems and identities a compromise of one reaches as things are");
  visit("changes", x.changes, "the changes, each the one that brings most of those left");
  visit("best", x.best, "with every change that could be suggested");
  visit("floor", x.floor,
        "when nothing is permitted but what needs use: no policy that goes on to serve them goes below");
  visit("stays", x.stays, "the same for each that then reaches more than itself, the most first");
  visit("exact", x.exact, "no other choice of as many of these changes brings more; false: found step by step");
  visit("complete", x.complete, "false: not every change that could be suggested was measured");
  visit("policies", x.policies, "the changed policies as a topology, to be merged as it is");
}

}  // namespace firebreak::report
