#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/check_views.h"
#include "report/policy_views.h"

namespace firebreak::report {

/// What a finding of `diff` is about, the gravest first.
enum class Topic : std::uint8_t { require, state, need, scenario, jewel, survival, guard, reach };
template <>
inline constexpr std::size_t word_count<Topic> = 8;
[[nodiscard]] inline std::string_view word(Topic topic) {
  constexpr std::array<std::string_view, 8> kWords = {"require", "state",    "need",  "scenario",
                                                      "jewel",   "survival", "guard", "reach"};
  return kWords[static_cast<std::size_t>(topic)];
}

/// What becomes of a require or a scenario.
enum class Standing : std::uint8_t { absent, holds, broken, undecided };
template <>
inline constexpr std::size_t word_count<Standing> = 4;
[[nodiscard]] inline std::string_view word(Standing standing) {
  constexpr std::array<std::string_view, 4> kWords = {"absent", "holds", "broken", "undecided"};
  return kWords[static_cast<std::size_t>(standing)];
}

enum class Turn : std::uint8_t { opened, closed };
template <>
inline constexpr std::size_t word_count<Turn> = 2;
[[nodiscard]] inline std::string_view word(Turn turn) {
  return turn == Turn::opened ? "opened" : "closed";
}

template <>
inline constexpr std::size_t word_count<FlowChange::Between> = 3;
[[nodiscard]] inline std::string_view word(FlowChange::Between between) {
  constexpr std::array<std::string_view, 3> kWords = {"zones", "inside", "regrouped"};
  return kWords[static_cast<std::size_t>(between)];
}
template <>
inline constexpr std::size_t word_count<FlowReason::Type> = 5;
[[nodiscard]] inline std::string_view word(FlowReason::Type type) {
  constexpr std::array<std::string_view, 5> kWords = {"rule", "default", "gone_policy", "place", "link"};
  return kWords[static_cast<std::size_t>(type)];
}
template <>
inline constexpr std::size_t word_count<ThingChange::Type> = 3;
[[nodiscard]] inline std::string_view word(ThingChange::Type type) {
  constexpr std::array<std::string_view, 3> kWords = {"added", "removed", "changed"};
  return kWords[static_cast<std::size_t>(type)];
}

/// Something that gets worse, or better.
struct FindingView {
  Topic what = Topic::require;
  std::string id;
  std::string text;
  std::string at;

  std::string lead;             ///< the text in two parts, for people
  std::string detail;           ///< why
  bool begins_with_id = false;  ///< the detail does
  std::string verb;      ///< what the change does, for a sentence about it: "breaks"; empty for what follows from
                         ///< other findings
  std::string object;    ///< "no-office-to-tier0"
  bool follows = false;  ///< it is nothing but what a change of flows lets a compromise reach
  Span span;             ///< `at`; in the sources afterwards, or none
};
template <class V>
void describe(V& visit, const FindingView& x) {
  visit("what", x.what, "what it is about");
  visit("id", x.id, "the require, service, scenario, need's owner, crown jewel or zone");
  visit("text", x.text, "the same as a sentence");
  visit("at", x.at, "file:line:column of what it is about, or empty");
}

struct FlowReasonView {
  FlowReason::Type type = FlowReason::Type::rule;
  std::string policy;
  std::string rule;
  std::string id;
  std::string at;
  std::string text;

  Span span;  ///< in the sources afterwards, or none
};
template <class V>
void describe(V& visit, const FlowReasonView& x) {
  visit("type", x.type, "what made it so");
  visit("policy", x.policy, "rule, default, gone_policy: the policy; else empty");
  visit("rule", x.rule, "rule: the rule that decides it now, by name or number; else empty");
  visit("id", x.id, "place, link: what is new, gone or elsewhere; else empty");
  visit("at", x.at, "file:line:column of it");
  visit("text", x.text, "the same as a clause");
}

struct FlowChangeView {
  Turn change = Turn::opened;
  bool felt = true;
  FlowChange::Between between = FlowChange::Between::zones;
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::vector<std::string> hosts_from;
  std::vector<std::string> hosts_to;
  std::string ports;
  std::uint64_t pairs = 0;
  std::vector<FlowReasonView> because;
  std::string text;

  std::string lead;      ///< "office -> servers on tcp/445"
  bool outside = false;  ///< with --only: it may not change
};
template <class V>
void describe(V& visit, const FlowChangeView& x) {
  visit("change", x.change, "what happens to it");
  visit("felt", x.felt, "false: only what is permitted changes; no links that work join the two");
  visit("between", x.between,
        "zones: between places in different zones; inside: in the same zone; regrouped: in the same zone before or "
        "after, not both");
  visit("from", x.from, "selectors: from each of these places");
  visit("to", x.to, "selectors: to each of these");
  visit("hosts_from", x.hosts_from, "zones among `from` that mean only the hosts in them that are not modelled");
  visit("hosts_to", x.hosts_to, "zones among `to` that mean only these");
  visit("ports", x.ports, "on which ports");
  visit("pairs", x.pairs, "how many pairs of places that are");
  visit("because", x.because, "what made it so, found on some of the pairs");
  visit("text", x.text, "the same as a sentence");
}

struct ReachChangeView {
  std::string zone;
  BlastSizesView before;
  BlastSizesView after;
  std::uint64_t changed = 0;
};
template <class V>
void describe(V& visit, const ReachChangeView& x) {
  visit("zone", x.zone, "the zone; empty = identities, and systems outside all zones");
  visit("before", x.before, "blast sizes from within it before");
  visit("after", x.after, "likewise afterwards");
  visit("changed", x.changed, "how many in it reach more or less than before");
}

struct JewelChangeView {
  std::string id;
  std::vector<std::string> newly;
  std::vector<std::string> no_longer;
  std::uint64_t newly_count = 0;
  std::uint64_t no_longer_count = 0;
  std::vector<std::string> path;
  std::string text;

  bool fresh = false;  ///< the jewel is new
  bool gone = false;   ///< it is no longer there, or all that no longer reach it are not
  std::string starts;  ///< `newly` for people
  std::string way;     ///< `path` for people
};
template <class V>
void describe(V& visit, const JewelChangeView& x) {
  visit("id", x.id, "a crown jewel: something critical, before or after");
  visit("newly", x.newly, "selectors: who newly reaches it when compromised alone");
  visit("no_longer", x.no_longer, "selectors: who no longer does");
  visit("newly_count", x.newly_count, "how many systems and identities newly do");
  visit("no_longer_count", x.no_longer_count, "how many no longer do");
  visit("path", x.path, "a shortest way from one that newly does, or empty");
  visit("text", x.text, "the same as a sentence, with the way");
}

struct StateChangeView {
  std::string id;
  NodeKind kind = NodeKind::system;
  State before = State::works;
  State after = State::works;
  std::string text;

  std::string lead;  ///< the text in two parts, for people
  std::string why;
};
template <class V>
void describe(V& visit, const StateChangeView& x) {
  visit("id", x.id, "a node there is before and after");
  visit("kind", x.kind, "what it is");
  visit("before", x.before, "its state with no action before");
  visit("after", x.after, "likewise afterwards");
  visit("text", x.text, "the same as a sentence, with the reason where it gets worse");
}

struct SurvivalChangeView {
  std::string service;
  std::vector<std::string> newly;
  std::vector<std::string> no_longer;
  Weight weight;
  std::string text;
};
template <class V>
void describe(V& visit, const SurvivalChangeView& x) {
  visit("service", x.service, "a service that works before and after");
  visit("newly", x.newly, "systems, identities, sites and links whose loss alone newly takes it down");
  visit("no_longer", x.no_longer, "those whose loss it now survives");
  visit("weight", x.weight, "what losing it costs");
  visit("text", x.text, "the same as a sentence");
}

struct RequireChangeView {
  std::string id;
  std::string name;
  Require::Type type = Require::Type::never_reaches;
  Standing before = Standing::absent;
  Standing after = Standing::absent;
  std::optional<WitnessView> witness;
  std::string at;
  std::string text;
};
template <class V>
void describe(V& visit, const RequireChangeView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("type", x.type, "what it demands");
  visit("before", x.before, "what becomes of it before");
  visit("after", x.after, "what becomes of it afterwards");
  visit("witness", x.witness, "what breaks it afterwards; null when nothing does");
  visit("at", x.at, "file:line:column of its definition");
  visit("text", x.text, "the same as a sentence");
}

struct ScenarioSideView {
  bool passed = true;
  Weight weight_lost;
  std::uint64_t reached = 0;
};
template <class V>
void describe(V& visit, const ScenarioSideView& x) {
  visit("passed", x.passed, "it comes out as it says");
  visit("weight_lost", x.weight_lost, "sum of the weights of the services that fail or are off");
  visit("reached", x.reached, "how many systems and identities are reached");
}

struct ScenarioChangeView {
  std::string id;
  ScenarioSideView before;
  ScenarioSideView after;
  std::vector<std::string> newly_lost;
  std::vector<std::string> no_longer_lost;
  std::string at;
  std::string text;
};
template <class V>
void describe(V& visit, const ScenarioChangeView& x) {
  visit("id", x.id, "a scenario there is before and after");
  visit("before", x.before, "what comes out before");
  visit("after", x.after, "what comes out afterwards");
  visit("newly_lost", x.newly_lost, "services that fail or are off only afterwards");
  visit("no_longer_lost", x.no_longer_lost, "services that fail or are off only before");
  visit("at", x.at, "file:line:column of its definition");
  visit("text", x.text, "the same as a sentence");
}

struct ThingChangeView {
  ThingChange::Type change = ThingChange::Type::changed;
  std::string kind;
  std::string id;
  std::vector<std::string> keys;
  std::uint64_t rules_added = 0;
  std::uint64_t rules_removed = 0;
  bool rules_moved = false;
  std::string at;

  std::string line;      ///< `at` for people
  Span span;             ///< `at`; in the sources afterwards, or none
  bool besides = false;  ///< with --only: it may not change
};
template <class V>
void describe(V& visit, const ThingChangeView& x) {
  visit("change", x.change, "what happened to it");
  visit("kind", x.kind, "a kind of node, policy, pivot, scenario, require or topology");
  visit("id", x.id, "its id; of a pivot FROM -> TO");
  visit("keys", x.keys, "changed: the keys that say something else");
  visit("rules_added", x.rules_added, "policies: rules that are new");
  visit("rules_removed", x.rules_removed, "policies: rules that are gone");
  visit("rules_moved", x.rules_moved, "policies: the same rules stand in another order");
  visit("at", x.at, "file:line:column of it afterwards; of what is removed, before");
}

struct OnlyView {
  std::vector<std::string> flows;
  bool holds = true;
  std::vector<std::string> besides;
};
template <class V>
void describe(V& visit, const OnlyView& x) {
  visit("flows", x.flows, "what may change: FROM -> TO PORTS");
  visit("holds", x.holds, "nothing else changed");
  visit("besides", x.besides, "what else changed, as sentences");
}

struct DiffView {
  HeadView head;
  std::string before;
  std::string after;
  std::vector<FindingView> worse;
  std::vector<FindingView> better;
  std::vector<FlowChangeView> flows;
  std::uint64_t pairs_opened = 0;
  std::uint64_t pairs_closed = 0;
  std::uint64_t flows_left_out = 0;
  std::vector<ReachChangeView> reach;
  BlastSizesView reach_before;
  BlastSizesView reach_after;
  std::vector<JewelChangeView> jewels;
  std::vector<StateChangeView> states;
  std::vector<SurvivalChangeView> survival;
  std::vector<RequireChangeView> requires_all;
  std::vector<ScenarioChangeView> scenarios;
  std::vector<DeniedNeedView> denied_needs;
  std::vector<DeniedNeedView> no_longer_denied;
  std::vector<ThingChangeView> changed;
  Asked<OnlyView> only;
  std::string next;

  std::uint64_t opened = 0, closed = 0;  ///< entries in all, where `flows` holds only the first of each
};
template <class V>
void describe(V& visit, const DiffView& x) {
  describe(visit, x.head);
  visit("before", x.before, "the topology before, as it was named on the command line");
  visit("after", x.after, "the topology afterwards");
  visit("worse", x.worse, "what gets worse, the gravest first");
  visit("better", x.better, "what gets better");
  visit("flows", x.flows, "flows that open, then those that close; of each the most pairs first");
  visit("pairs_opened", x.pairs_opened, "pairs of places between which something opens");
  visit("pairs_closed", x.pairs_closed, "pairs of places between which something closes");
  visit("flows_left_out", x.flows_left_out, "entries left out of `flows` since there are very many");
  visit("reach", x.reach, "zones from which a compromise reaches more or less, the largest growth first");
  visit("reach_before", x.reach_before, "blast sizes of all systems and identities before");
  visit("reach_after", x.reach_after, "likewise afterwards");
  visit("jewels", x.jewels, "crown jewels that more or fewer reach");
  visit("states", x.states, "nodes that are in another state with no action");
  visit("survival", x.survival, "services that other single losses take down");
  visit("requires", x.requires_all, "requires that are broken or hold only on one side, or are there only on one");
  visit("scenarios", x.scenarios, "scenarios that come out otherwise than before");
  visit("denied_needs", x.denied_needs, "needs that are newly denied, what costs most first");
  visit("no_longer_denied", x.no_longer_denied, "needs that were denied and are so no longer");
  visit("changed", x.changed, "what the files say otherwise");
  visit("only", x.only, "with --only: whether nothing else changed");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
