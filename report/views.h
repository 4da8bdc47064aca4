#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/describe.h"

/// Answers with their names put back: what every format shows, in plain values. Texts are as they stand in the input;
/// each format escapes them when it writes.
namespace firebreak::report {

using Time = std::optional<Seconds>;  ///< nothing = never

/// One link of a chain: why `of` is not whole.
struct ReasonView {
  std::string of;
  std::string id;
  std::optional<State> state;
  Why why = Why::provider;
  Time after_s;
  std::string at;
  std::string text;
  std::vector<std::string> also;
  bool assumed = false;

  std::string clause;  ///< the text without its subject, for a sentence that goes on: "needs pbx (t.toml:41)"
  std::string ending;  ///< what closes the sentence when this is the last link: ", which is off"
  Span span;           ///< `at`
  NodeId who;          ///< `of`
  NodeId what;         ///< `id`; none = a group
  NodeId culprit;      ///< what is to be brought back for the need to hold: off, failing or isolated; none = a flow
};
template <class V>
void describe(V& visit, const ReasonView& x) {
  visit("of", x.of, "id of what this link explains");
  visit("id", x.id, "id of what it needs; of a group of alternatives, their ids joined by commas");
  visit("state", x.state, "the state of what it needs; null for a group");
  visit("why", x.why, "why that need does not hold");
  visit("after_s", x.after_s, "when that is felt, in seconds");
  visit("at", x.at, "file:line:column of the words that say so");
  visit("text", x.text, "the same as a sentence");
  visit("also", x.also, "ids whose loss was necessary too: the alternatives");
  visit("assumed", x.assumed, "the need is a guess");
}

struct NodeView {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::system;
  State state = State::works;
  Time after_s;
  bool from_start = false;
  std::string owner;
  std::string phone;
  std::string at;
  std::vector<const ReasonView*> because;
  std::uint64_t because_left_out = 0;

  NodeId node;
};
template <class V>
void describe(V& visit, const NodeView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("kind", x.kind, "what it is");
  visit("state", x.state, "its state at the time asked for");
  visit("after_s", x.after_s, "when it fails or degrades into that state, in seconds; 0 = at once; null for at_risk");
  visit("from_start", x.from_start, "it is so with no action at all");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of its definition");
  visit("because", x.because, "the chain of needs from it to the action at the root");
  visit("because_left_out", x.because_left_out,
        "links left out before the last one: of a very long chain, or where there are very many nodes");
}

struct ServiceView {
  std::string id;
  std::string name;
  State state = State::works;
  Time after_s;
  bool from_start = false;
  Weight weight;
  std::optional<Weight> users;
  Time rto_s;
  std::string owner;
  std::string phone;
  std::string at;

  NodeId node;
};
template <class V>
void describe(V& visit, const ServiceView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("state", x.state, "its state at the time asked for");
  visit("after_s", x.after_s, "when it fails or degrades into that state, in seconds; null when it does not");
  visit("from_start", x.from_start, "it is so with no action at all");
  visit("weight", x.weight, "what losing it costs");
  visit("users", x.users, "how many use it; null = not stated");
  visit("rto_s", x.rto_s, "how soon it must be back, in seconds; null = not stated");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of its definition");
}

struct BlastSizesView {
  std::uint64_t systems = 0;
  Weight mean;
  std::uint64_t worst = 0;
  std::string worst_from;
};
template <class V>
void describe(V& visit, const BlastSizesView& x) {
  visit("systems", x.systems, "how many systems and identities are counted");
  visit("mean", x.mean, "how many each reaches when it alone is compromised, itself included: on average");
  visit("worst", x.worst, "likewise, at worst");
  visit("worst_from", x.worst_from, "the first that reaches as many, or empty");
}

struct CustomerView {
  std::string id;
  std::string name;
  State state = State::works;
  Time after_s;
  bool from_start = false;
  std::optional<Weight> users;
  std::vector<std::string> lost;
  std::string owner;
  std::string phone;
  std::string at;

  NodeId node;
};
template <class V>
void describe(V& visit, const CustomerView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("state", x.state, "works when all it uses works, fails when all of it fails");
  visit("after_s", x.after_s, "when it fails or degrades into that state, in seconds; null when it does not");
  visit("from_start", x.from_start, "it is so with no action at all");
  visit("users", x.users, "how many they are; null = not stated");
  visit("lost", x.lost, "what of that it uses is off or fails");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of its definition");
}

struct CountsView {
  std::uint64_t off = 0, fails = 0, degraded = 0, at_risk = 0, works = 0;

  [[nodiscard]] std::uint64_t lost() const { return off + fails; }
  [[nodiscard]] std::uint64_t total() const { return off + fails + degraded + at_risk + works; }
};
template <class V>
void describe(V& visit, const CountsView& x) {
  visit("off", x.off, "switched off");
  visit("fails", x.fails, "failing");
  visit("degraded", x.degraded, "degraded");
  visit("at_risk", x.at_risk, "at risk: one more loss and they fail");
  visit("works", x.works, "working");
}

/// Somebody to call, and for what.
struct CallView {
  std::string owner;
  std::string phone;
  std::vector<std::string> ids;
};
template <class V>
void describe(V& visit, const CallView& x) {
  visit("owner", x.owner, "who");
  visit("phone", x.phone, "how to reach them, or empty");
  visit("ids", x.ids, "what of theirs is at the root of a failure, or fails");
}

/// Something the answer rests on that nobody stated.
struct UnknownView {
  std::string what;
  std::string text;
  std::uint64_t count = 0;
  std::vector<std::string> ids;
};
template <class V>
void describe(V& visit, const UnknownView& x) {
  visit("what", x.what, "a stable word for it");
  visit("text", x.text, "the same as a sentence");
  visit("count", x.count, "how often");
  visit("ids", x.ids, "whom it concerns");
}

/// What every answer begins with.
struct HeadView {
  std::string schema;
  std::string topology;
  std::string files;
  std::string options;
  std::string summary;
};
template <class V>
void describe(V& visit, const HeadView& x) {
  visit("schema", x.schema, "the name and version of this document's form");
  visit("topology", x.topology, "the topology's name, or empty");
  visit("files", x.files, "the topology as it was named on the command line");
  visit("options", x.options, "the scenario as it was given on the command line");
  visit("summary", x.summary, "the answer in one sentence");
}

struct ImpactView {
  HeadView head;
  Time at_s;
  CountsView service_counts, customer_counts, system_counts;
  Weight weight_lost, weight_total;
  std::vector<ServiceView> services;
  std::vector<CustomerView> customers;
  std::vector<NodeView> nodes;
  std::vector<CallView> call;
  std::vector<UnknownView> not_known;
  std::string next;
};
template <class V>
void describe(V& visit, const ImpactView& x) {
  describe(visit, x.head);
  visit("at_s", x.at_s, "the time asked for, in seconds; null = in the end");
  visit("service_counts", x.service_counts, "services by state");
  visit("customer_counts", x.customer_counts, "customers by state");
  visit("system_counts", x.system_counts, "systems by state");
  visit("weight_lost", x.weight_lost, "sum of the weights of services that fail or are off");
  visit("weight_total", x.weight_total, "sum of the weights of all services");
  visit("services", x.services, "all services, in source order");
  visit("customers", x.customers, "all customers, in source order");
  visit("nodes", x.nodes, "all nodes that are not in state works, in source order");
  visit("call", x.call, "whom to call, the owners of root causes first");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

/// How a compromise takes a node.
struct ReachedView {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::system;
  std::uint32_t step = 0;
  Time after_s;
  bool critical = false;
  std::string from;
  StepType how = StepType::start;
  std::string ports;
  std::string at;
  std::string text;
  std::string fastest_from;
  std::string owner;
  std::string phone;
  std::string isolate_how;

  std::string brief;                 ///< the step in a few words: "rule R10, t.toml:60"
  bool other_way_is_faster = false;  ///< `after_s` is not that of the way with the fewest steps
  NodeId node;
};
template <class V>
void describe(V& visit, const ReachedView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("kind", x.kind, "what it is");
  visit("step", x.step, "the fewest steps it takes; 0 = compromised from the start");
  visit("after_s", x.after_s, "the attacker's least time to it, in seconds");
  visit("critical", x.critical, "it is a crown jewel");
  visit("from", x.from, "id of what it is taken from on a way with the fewest steps, or empty at the start");
  visit("how", x.how, "what the last step is");
  visit("ports", x.ports, "of a flow: the ports that let it through");
  visit("at", x.at, "file:line:column of the rule, pivot or host that makes the step possible, or empty");
  visit("text", x.text, "the step as a sentence");
  visit("fastest_from", x.fastest_from, "id of what it is taken from on the fastest way");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("isolate_how", x.isolate_how, "how to isolate it, or empty");
}

/// Something from where a target can be reached.
struct SourceView {
  std::string id;
  NodeKind kind = NodeKind::system;
  std::string target;
  std::uint32_t step = 0;
  Time after_s;
};
template <class V>
void describe(V& visit, const SourceView& x) {
  visit("id", x.id, "a system or identity that, compromised alone, reaches a target");
  visit("kind", x.kind, "what it is");
  visit("target", x.target, "the target it reaches in the fewest steps");
  visit("step", x.step, "how many steps that takes");
  visit("after_s", x.after_s, "the attacker's least time, in seconds");
}

struct RankView {
  std::string id;
  NodeKind kind = NodeKind::system;
  std::uint64_t reaches = 0;
};
template <class V>
void describe(V& visit, const RankView& x) {
  visit("id", x.id, "a system or identity");
  visit("kind", x.kind, "what it is");
  visit("reaches", x.reaches, "systems and identities its compromise alone reaches, itself included");
}

struct ZoneRankView {
  std::string id;
  std::uint64_t systems = 0;
  std::uint64_t reaches = 0;
};
template <class V>
void describe(V& visit, const ZoneRankView& x) {
  visit("id", x.id, "a zone");
  visit("systems", x.systems, "how many are in it and in the zones under it");
  visit("reaches", x.reaches, "systems and identities that the compromise of all of them reaches, themselves included");
}

struct ExposedView {
  std::string id;
  std::uint64_t from = 0;
  std::vector<std::uint64_t> by_step;
};
template <class V>
void describe(V& visit, const ExposedView& x) {
  visit("id", x.id, "what is protected: a system or identity");
  visit("from", x.from, "how many other systems and identities reach it, each compromised alone");
  visit("by_step", x.by_step, "how many of them in one step, in two, and so on");
}

struct BlastView {
  HeadView head;
  std::vector<ReachedView> reached;
  std::uint64_t unreached = 0;
  std::vector<ServiceView> services_at_risk;
  Weight weight_at_risk;
  Asked<std::vector<SourceView>> reachable_from;
  Asked<std::vector<RankView>> rank;
  Asked<std::vector<ZoneRankView>> zones;
  Asked<std::vector<ExposedView>> exposed;
  std::vector<CallView> call;
  std::vector<UnknownView> not_known;
  std::string next;
};
template <class V>
void describe(V& visit, const BlastView& x) {
  describe(visit, x.head);
  visit("reached", x.reached, "all that is reached, by step, then in the order found");
  visit("unreached", x.unreached, "how many systems and identities are not reached");
  visit("services_at_risk", x.services_at_risk,
        "services that fail or degrade if all that is reached is lost, and did not before");
  visit("weight_at_risk", x.weight_at_risk, "sum of the weights of those of them that fail");
  visit("reachable_from", x.reachable_from, "with --to: from where a target can be reached, by steps");
  visit("rank", x.rank, "with --rank: every system and identity by the size of its blast, the largest first");
  visit("zones", x.zones, "with --rank: every zone by the size of the blast of all its systems, the largest first");
  visit("exposed", x.exposed,
        "with --rank --protect: from how many systems and identities each of these is reached, the most exposed first");
  visit("call", x.call, "whom to call about what is reached");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
