#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/explain_views.h"
#include "report/suggestion_views.h"
#include "report/views.h"

namespace firebreak::report {

/// How much may flow.
enum class Openness : std::uint8_t { none, some, all };
template <>
inline constexpr std::size_t word_count<Openness> = 3;
[[nodiscard]] inline std::string_view word(Openness openness) {
  constexpr std::array<std::string_view, 3> kWords = {"none", "some", "all"};
  return kWords[static_cast<std::size_t>(openness)];
}

struct MatrixView {
  std::string from;
  std::string to;
  Openness verdict = Openness::none;
  std::string ports;
  std::string everywhere;
  bool connected = true;
};
template <class V>
void describe(V& visit, const MatrixView& x) {
  visit("from", x.from, "a zone: the systems in it, and itself as the hosts that are not modelled");
  visit("to", x.to, "a zone");
  visit("verdict", x.verdict,
        "what policies, blocks and allows permit: no port, some, or every port between all places");
  visit("ports", x.ports, "the ports permitted from some place to some place");
  visit("everywhere", x.everywhere, "the ports permitted from each place to each place");
  visit("connected", x.connected, "links join the two and no isolated border lies between: what is permitted can flow");
}

struct DeniedNeedView {
  std::string id;
  std::string on;
  std::string from;
  std::string port;
  std::string missing;
  std::vector<VerdictView> verdicts;
  std::optional<std::string> blocked_by;
  std::vector<std::string> services_lost;
  Weight weight_lost;
  std::vector<std::string> services_shared;
  Weight weight_shared;
  std::uint64_t nodes_lost = 0;
  std::string at;
  std::string text;

  std::string line;  ///< `at` for people
  std::string denied_by;
  std::string cost;
};
template <class V>
void describe(V& visit, const DeniedNeedView& x) {
  visit("id", x.id, "what has the need");
  visit("on", x.on, "what it needs");
  visit("from", x.from, "where the traffic starts");
  visit("port", x.port, "the ports the need states");
  visit("missing", x.missing, "those of them that are not permitted");
  visit("verdicts", x.verdicts, "what each policy that applies says of the first of these");
  visit("blocked_by", x.blocked_by, "the block of the scenario that decides before all policies; null when none does");
  visit("services_lost", x.services_lost, "services that fail if this need alone is denied");
  visit("weight_lost", x.weight_lost, "sum of their weights");
  visit("services_shared", x.services_shared, "services that fail, through this need too, with all that are denied");
  visit("weight_shared", x.weight_shared, "sum of their weights");
  visit("nodes_lost", x.nodes_lost, "how many nodes of all kinds fail if this need alone is denied");
  visit("at", x.at, "file:line:column of the need");
  visit("text", x.text, "the same as a sentence");
}

struct UnusedRuleView {
  std::string policy;
  std::string rule;
  std::string ports;
  std::vector<std::string> from;
  std::vector<std::string> to;
  bool perhaps = false;
  std::vector<std::string> demanded_by;
  std::string at;
  std::string text;

  std::string line;  ///< `at` for people
};
template <class V>
void describe(V& visit, const UnusedRuleView& x) {
  visit("policy", x.policy, "the policy");
  visit("rule", x.rule, "the allow rule, by name or number");
  visit("ports", x.ports, "what it allows");
  visit("from", x.from, "from where, as written");
  visit("to", x.to, "to where, as written");
  visit("perhaps", x.perhaps, "a need that states no port runs where the rule allows something, and may use it");
  visit("demanded_by", x.demanded_by, "requires of kind always_flows that it serves");
  visit("at", x.at, "file:line:column of the rule");
  visit("text", x.text, "the same as a sentence");
}

struct IdleRuleView {
  std::string policy;
  std::string rule;
  std::vector<std::string> by;
  bool by_default = false;
  bool complete = true;
  std::string at;
  std::string text;

  std::string line;  ///< `at` for people
};
template <class V>
void describe(V& visit, const IdleRuleView& x) {
  visit("policy", x.policy, "the policy");
  visit("rule", x.rule, "the rule, by name or number");
  visit("by", x.by, "the rules of the policy that make it so");
  visit("by_default", x.by_default, "the default of the policy does too");
  visit("complete", x.complete, "false: there may be more such rules");
  visit("at", x.at, "file:line:column of the rule");
  visit("text", x.text, "the same as a sentence");
}

struct LeastRuleView {
  std::string name;
  std::vector<std::string> allow;
  std::vector<std::string> from;
  std::vector<std::string> to;
};
template <class V>
void describe(V& visit, const LeastRuleView& x) {
  visit("name", x.name, "whom it serves");
  visit("allow", x.allow, "the ports");
  visit("from", x.from, "selectors");
  visit("to", x.to, "selectors");
}

struct LeastBodyView {
  std::string scope = "all";
  std::string otherwise = "deny";
  std::vector<std::string> replaces;
  std::vector<LeastRuleView> rules;
};
template <class V>
void describe(V& visit, const LeastBodyView& x) {
  visit("scope", x.scope, "it also judges flows inside zones");
  visit("default", x.otherwise, "all else is denied");
  visit("replaces", x.replaces, "the policies it stands in for");
  visit("rule", x.rules, "its rules");
}

struct LeastPolicyView {
  Named<LeastBodyView> policy;
};
template <class V>
void describe(V& visit, const LeastPolicyView& x) {
  visit("policy", x.policy, "the policy, by its id");
}

struct PolicyView {
  HeadView head;
  std::vector<MatrixView> matrix;
  std::uint64_t matrix_left_out = 0;
  std::uint64_t needs_with_port = 0;
  std::vector<DeniedNeedView> denied_needs;
  std::uint64_t allow_rules = 0;
  std::vector<UnusedRuleView> unused_rules;
  std::vector<IdleRuleView> dead_rules;
  std::vector<IdleRuleView> redundant_rules;
  LeastPolicyView least_policy;
  Asked<SuggestionsView> suggestions;
  std::vector<UnknownView> not_known;
  std::string next;

  /// How many there are of each, where the lists hold only the first.
  std::size_t denied = 0, unused = 0, dead = 0, redundant = 0;
};
template <class V>
void describe(V& visit, const PolicyView& x) {
  describe(visit, x.head);
  visit("matrix", x.matrix, "what may flow between zones, every pair in source order");
  visit("matrix_left_out", x.matrix_left_out,
        "of very many zones, pairs between which nothing may flow are left out: how many");
  visit("needs_with_port", x.needs_with_port, "how many needs state a port between two places in zones");
  visit("denied_needs", x.denied_needs, "those of them that are not permitted, what costs most first");
  visit("allow_rules", x.allow_rules, "how many rules allow something");
  visit("unused_rules", x.unused_rules, "those of them that no need with a port uses");
  visit("dead_rules", x.dead_rules, "rules that no flow ever comes to; `by`: what takes them all before");
  visit("redundant_rules", x.redundant_rules,
        "rules without which every flow would be decided the same, each alone; `by`: what would");
  visit("least_policy", x.least_policy, "the least policy that serves all needs with a port, to be merged as it is");
  visit("suggestions", x.suggestions, "with --suggest: few changes that make the network tightest");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
