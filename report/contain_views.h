#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firebreak/contain.h"

#include "report/views.h"

/// The answer of `contain` with names.
namespace firebreak::report {

/// From where an action on something can be done.
enum class Hands : std::uint8_t { not_stated, remote, on_site };
template <>
inline constexpr std::size_t word_count<Hands> = 3;
[[nodiscard]] inline std::string_view word(Hands hands) {
  constexpr std::array<std::string_view, 3> kWords = {"not_stated", "remote", "on_site"};
  return kWords[static_cast<std::size_t>(hands)];
}

template <>
inline constexpr std::size_t word_count<Action::Type> = 6;
[[nodiscard]] inline std::string_view word(Action::Type type) {
  constexpr std::array<std::string_view, 6> kWords = {"isolate_system", "isolate_zone", "off",
                                                      "disable",        "block_rule",   "block_zones"};
  return kWords[static_cast<std::size_t>(type)];
}

struct ActionView {
  std::uint64_t number = 0;
  std::uint64_t wave = 1;
  std::string action;
  Action::Type type = Action::Type::isolate_system;
  std::string id;
  std::string name;
  std::string rule;
  Hands hands = Hands::not_stated;
  std::string how;
  Weight cost;
  std::string owner;
  std::string phone;
  std::string at;
  std::string text;
};
template <class V>
void describe(V& visit, const ActionView& x) {
  visit("number", x.number, "its place in the plan, from 1");
  visit("wave", x.wave, "actions of one wave are done at once; each wave waits for the one before it");
  visit("action", x.action, "the action, as scenarios and command lines spell it");
  visit("type", x.type, "what kind of action it is");
  visit("id", x.id, "what it acts on; of a block the policy of the rule, or the zone it is from");
  visit("name", x.name, "its name for people, or empty");
  visit("rule", x.rule, "block_rule: the rule, by name or number; else empty");
  visit("hands", x.hands, "whether what it is managed by works at that moment, or is not stated");
  visit("how", x.how, "how to isolate it, or empty");
  visit("cost", x.cost, "of the action");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of what it acts on");
  visit("text", x.text, "the same as a sentence");
}

struct PlanBoundView {
  Weight weight_lost, weight_degraded, cost;
  std::uint64_t actions = 0;
};
template <class V>
void describe(V& visit, const PlanBoundView& x) {
  visit("weight_lost", x.weight_lost, "no sound plan loses less");
  visit("weight_degraded", x.weight_degraded, "of those that lose no more, none degrades less");
  visit("cost", x.cost, "of those, none costs less");
  visit("actions", x.actions, "of those, none takes fewer actions");
}

struct PlanView {
  std::vector<std::string> actions;
  std::vector<std::string> services_lost;
  std::vector<std::string> services_degraded;
  Weight weight_lost, weight_degraded, cost;
  std::uint64_t reached = 0;
  std::vector<std::string> protected_reached;
  bool proven = false;
};
template <class V>
void describe(V& visit, const PlanView& x) {
  visit("actions", x.actions, "the actions, as scenarios and command lines spell them");
  visit("services_lost", x.services_lost, "ids of services that fail and would not without the plan");
  visit("services_degraded", x.services_degraded, "ids of services that are degraded and would work without it");
  visit("weight_lost", x.weight_lost, "sum of the weights of the services lost");
  visit("weight_degraded", x.weight_degraded, "sum of the weights of the services degraded");
  visit("cost", x.cost, "sum of the costs of the actions");
  visit("reached", x.reached, "systems and identities reached all the same, with those compromised from the start");
  visit("protected_reached", x.protected_reached,
        "ids of what is to be protected and is reached all the same; only a plan of the frontier leaves some");
  visit("proven", x.proven, "there is no better plan");
}

struct ProtectedView {
  std::string id;
  std::string name;
  bool reached = false;
  std::optional<std::uint32_t> step;
  Time after_s;
  bool lost_already = false;
};
template <class V>
void describe(V& visit, const ProtectedView& x) {
  visit("id", x.id, "what is protected");
  visit("name", x.name, "its name for people, or empty");
  visit("reached", x.reached, "it is reached when nothing is done");
  visit("step", x.step, "then: in how many steps at the fewest; else null");
  visit("after_s", x.after_s, "then: the attacker's least time to it, in seconds; by then one must have acted");
  visit("lost_already", x.lost_already, "it is compromised from the start: no plan helps");
}

struct ComparedView {
  std::string actions;
  std::vector<std::string> services_lost;
  Weight weight_lost, weight_degraded, cost;
  std::uint64_t reached = 0;
  std::vector<std::string> protected_reached;
  std::vector<std::string> lost_needlessly;
};
template <class V>
void describe(V& visit, const ComparedView& x) {
  visit("actions", x.actions, "what was done instead");
  visit("services_lost", x.services_lost, "ids of services that fail of it");
  visit("weight_lost", x.weight_lost, "sum of their weights");
  visit("weight_degraded", x.weight_degraded, "sum of the weights of services that are degraded by it");
  visit("cost", x.cost, "sum of the costs of what was acted on");
  visit("reached", x.reached, "systems and identities reached all the same");
  visit("protected_reached", x.protected_reached, "ids of what is to be protected and is reached all the same");
  visit("lost_needlessly", x.lost_needlessly, "ids of services that it loses and the plan does not");
}

struct ContainView {
  HeadView head;
  std::vector<PlanView> plans;
  PlanBoundView bound;
  std::vector<ActionView> steps;
  std::vector<ServiceView> services;
  std::vector<std::string> still_reached;
  std::uint64_t reached_if_nothing_done = 0;
  std::vector<ProtectedView> protected_nodes;
  Asked<std::vector<PlanView>> frontier;
  Asked<bool> frontier_complete;
  Asked<std::vector<std::uint64_t>> frontier_open;
  Asked<ComparedView> compared;
  std::vector<CallView> call;
  std::vector<UnknownView> not_known;
  std::string next;

  std::string from;                 ///< what is compromised, in a few words
  std::string_view protected_noun;  ///< what one of what is protected is called
};
template <class V>
void describe(V& visit, const ContainView& x) {
  describe(visit, x.head);
  visit("plans", x.plans, "the best sound plan; none when there is none, or none was found in time");
  visit("bound", x.bound, "what no sound plan is better than");
  visit("steps", x.steps, "the actions of the plan in the order they are to be done");
  visit("services", x.services, "services that fail or are degraded by the plan, with the moment it is felt");
  visit("still_reached", x.still_reached, "ids of what the attacker reaches all the same, in the order he does");
  visit("reached_if_nothing_done", x.reached_if_nothing_done,
        "systems and identities reached when nothing is done, with those compromised from the start");
  visit("protected", x.protected_nodes, "what is to be protected");
  visit("frontier", x.frontier, "with --frontier: plans of which none loses no more and leaves no more reached");
  visit("frontier_complete", x.frontier_complete,
        "with --frontier: false when time ran out before all of them were found");
  visit("frontier_open", x.frontier_open,
        "with --frontier: the numbers of its plans, from 1, behind which there may be others that were not found in "
        "time");
  visit("compared", x.compared, "with --compare: what was done, set against the plan");
  visit("call", x.call, "whom to call, in the order of the plan");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
