#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firebreak/weak.h"

#include "report/choke_view.h"
#include "report/loop_view.h"
#include "report/views.h"

namespace firebreak::report {

template <>
inline constexpr std::size_t word_count<CutSetEngine> = 4;

/// A set of losses and what acting on all of them takes.
struct PricedSetView {
  std::vector<std::string> set;
  Weight cost;
};
template <class V>
void describe(V& visit, const PricedSetView& x) {
  visit("set", x.set, "ids of what is lost; empty for what fails already");
  visit("cost", x.cost, "sum of their costs");
}

/// In how many minimal cut sets a loss is.
struct LossShareView {
  std::string id;
  NodeKind kind = NodeKind::system;
  std::vector<std::string> by_order;

  NodeId node;
  std::vector<Natural> counts;  ///< by_order as numbers
};
template <class V>
void describe(V& visit, const LossShareView& x) {
  visit("id", x.id, "what may be lost");
  visit("kind", x.kind, "what it is");
  visit("by_order", x.by_order,
        "in how many minimal cut sets it is: of one loss, of two, and so on; whole numbers as strings");
}

struct CutSetsView {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::service;
  bool fails_already = false;
  Weight weight;
  std::string count;
  std::vector<std::string> by_order;
  std::optional<std::uint64_t> exact_up_to;
  bool complete = true;
  CutSetEngine engine = CutSetEngine::diagrams;
  std::vector<std::vector<std::string>> cut_sets;
  std::optional<PricedSetView> cheapest;
  std::vector<PricedSetView> cheapest_sets;
  bool cheapest_proven = false;
  std::optional<std::uint64_t> importance_up_to;
  std::vector<LossShareView> importance;

  NodeId node;
  bool answered = true;  ///< nothing that was asked for is missing
  Natural total;
  std::vector<Natural> counts;  ///< by_order as numbers
  std::vector<CutSet> smallest;
};
template <class V>
void describe(V& visit, const CutSetsView& x) {
  visit("id", x.id, "a service, or what --service names");
  visit("name", x.name, "its name for people, or empty");
  visit("kind", x.kind, "what it is");
  visit("fails_already", x.fails_already,
        "it fails with nothing more lost: its one minimal cut set is the empty set, which has no place in by_order");
  visit("weight", x.weight, "what losing it costs; 0 for what is no service");
  visit("count", x.count, "how many minimal cut sets it has: a whole number as a string, for it may be very large");
  visit("by_order", x.by_order, "how many of one loss, of two, and so on; likewise as strings");
  visit("exact_up_to", x.exact_up_to,
        "how many losses at once were looked at: there may be larger minimal cut sets, which are not counted; null = "
        "any number, these are all");
  visit("complete", x.complete, "all minimal cut sets are counted, whatever their size");
  visit("engine", x.engine, "how they were found");
  visit("cut_sets", x.cut_sets, "the smallest of them, of equal size the cheaper first; as many as --list says");
  visit("cheapest", x.cheapest, "the one that costs least; null when nothing takes it down");
  visit("cheapest_sets", x.cheapest_sets, "the cheapest first; as many as --cheapest says");
  visit("cheapest_proven", x.cheapest_proven,
        "no cut set is cheaper; false: larger ones, which are not counted, may be");
  visit("importance_up_to", x.importance_up_to,
        "how large the minimal cut sets are that importance counts; null = all that are counted above");
  visit("importance", x.importance,
        "in how many of these each loss is: that in the most of one loss first, of equals that in the most of two, and "
        "so on; as many losses as --list says");
}

/// What one loss does.
struct LossView {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::system;
  std::vector<std::string> fails;
  std::vector<std::string> degrades;
  Weight weight_lost;
  std::string owner;
  std::string phone;
  std::string at;

  NodeId node;
};
template <class V>
void describe(V& visit, const LossView& x) {
  visit("id", x.id, "what is lost");
  visit("name", x.name, "its name for people, or empty");
  visit("kind", x.kind, "what it is");
  visit("fails", x.fails,
        "which services fail of it and did not before: where there is one, it is a single point of "
        "failure");
  visit("degrades", x.degrades, "which services are degraded of it and worked before");
  visit("weight_lost", x.weight_lost, "sum of the weights of those that fail");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of its definition");
}

struct WeakView {
  HeadView head;
  bool complete = true;
  bool answered = true;  ///< nothing that was asked for is missing, of any of them
  std::optional<std::uint64_t> order;
  std::uint64_t may_be_lost = 0;
  std::uint64_t single_points = 0;
  std::vector<CutSetsView> services;
  std::vector<LossView> losses;
  bool losses_complete = true;
  std::vector<LossShareView> importance;
  std::vector<LoopView> loops;
  std::optional<ChokeView> choke;
  std::vector<CallView> call;
  std::vector<UnknownView> not_known;
  std::string next;
};
template <class V>
void describe(V& visit, const WeakView& x) {
  describe(visit, x.head);
  visit(
      "complete", x.complete,
      "all minimal cut sets of all of them are counted; false: those of more losses than exact_up_to are not, because "
      "of --order or for want of time");
  visit("order", x.order, "with --order: how many losses at once were asked about; null = any number");
  visit("may_be_lost", x.may_be_lost, "how many systems, sites, links and others may be lost");
  visit("single_points", x.single_points, "how many of them take a service down alone");
  visit("services", x.services, "the services, or what --service names, in the order of the topology or as named");
  visit("losses", x.losses,
        "what each single loss does, the one that costs most first; those that do nothing are left out");
  visit("losses_complete", x.losses_complete, "false: the time was up before every single loss was tried");
  visit("importance", x.importance,
        "of all services together: every loss that is in a minimal cut set, counted once for each service, the most "
        "important first");
  visit("loops", x.loops, "what could not start again if everything were off");
  visit("choke", x.choke,
        "where the ways of an attacker to what is protected narrow; null when nothing is protected: no --protect, and "
        "nothing marked critical");
  visit("call", x.call, "who answers for the single points of failure");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
