#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/views.h"

namespace firebreak::report {

struct VerdictView {
  std::string policy;
  std::optional<std::string> rule;
  RuleAction action = RuleAction::deny;
  std::string at;
  std::string text;

  std::string line;  ///< `at` for people
};
template <class V>
void describe(V& visit, const VerdictView& x) {
  visit("policy", x.policy, "a policy that applies to the flow");
  visit("rule", x.rule, "the rule that decides, by name or number; null = the policy's default");
  visit("action", x.action, "what it says");
  visit("at", x.at, "file:line:column of the rule or policy");
  visit("text", x.text, "the same as a sentence");
}

/// Something without which a takeover would be possible.
struct OpeningView {
  Opening::Type what = Opening::Type::rule;
  std::string policy;
  std::string id;
  std::uint32_t step = 0;
  std::string at;
  std::string text;

  std::string line;  ///< `at` for people
};
template <class V>
void describe(V& visit, const OpeningView& x) {
  visit("what", x.what, "a rule that denies or passes, a link that fails, or an action of the scenario");
  visit("policy", x.policy, "of a rule: its policy; else empty");
  visit("id", x.id, "the rule by name or number, the id of the link or of what was acted on, or the flow of a block");
  visit("step", x.step, "how many steps the takeover would take without it");
  visit("at", x.at, "file:line:column of the rule or the link, or empty");
  visit("text", x.text, "the same as a sentence");
}

/// A step of a way that is not open as a whole.
struct WayStepView {
  std::string id;
  std::string from;
  StepType how = StepType::start;
  bool closed = false;
  std::string ports;
  std::vector<std::string> obstacles;
  std::string text;
};
template <class V>
void describe(V& visit, const WayStepView& x) {
  visit("id", x.id, "what the step takes");
  visit("from", x.from, "id of what it is taken from, or empty at the start");
  visit("how", x.how, "what the step is");
  visit("closed", x.closed, "it is not possible as things are");
  visit("ports", x.ports, "of a closed step: the ports of which one would have to be open, or empty");
  visit("obstacles", x.obstacles, "of a closed step: what closes it, as sentences");
  visit("text", x.text, "the step as a sentence");
}

struct FlowView {
  HeadView head;
  std::string question = "flow";
  bool places = false;        ///< both ends have a place in the network, so that there is a flow to ask for
  std::string flow_text;      ///< the answer about the flow, in a sentence without its end
  std::string takeover_text;  ///< likewise about the takeover, or empty
  std::string from;
  std::string to;
  std::string asked;
  bool possible = false;
  bool permitted = false;
  std::string ports;
  std::string judged;
  std::vector<VerdictView> verdicts;
  std::optional<std::string> overridden;
  std::vector<std::string> obstacles;
  bool connected = false;
  bool openings_complete = true;
  std::vector<std::string> links;
  std::vector<std::string> broken_links;
  std::optional<bool> takeover;
  std::vector<ReachedView> path;
  std::vector<ReachedView> required;
  std::vector<ReachedView> fastest;
  std::vector<OpeningView> openings;
  std::vector<WayStepView> way;
  std::optional<std::string> dead_end;
  std::vector<UnknownView> not_known;
  std::string next;
};
template <class V>
void describe(V& visit, const FlowView& x) {
  describe(visit, x.head);
  visit("question", x.question, "\"flow\": why a flow or a takeover is possible or not");
  visit("from", x.from, "where it starts");
  visit("to", x.to, "where it goes");
  visit("asked", x.asked, "the ports asked for");
  visit("possible", x.possible, "the flow is permitted, connected, and nothing on its way or at its ends stops it");
  visit("permitted", x.permitted, "policies, blocks and allows permit it on some port asked for");
  visit("ports", x.ports, "the ports asked for that are permitted");
  visit("judged", x.judged, "the port, of those asked for, that the verdicts are for: one that tells the most");
  visit("verdicts", x.verdicts, "what each policy that applies says of that port");
  visit("overridden", x.overridden,
        "the block or allow of the scenario that decides before all policies; null when none does");
  visit("obstacles", x.obstacles, "what stands in its way, as sentences");
  visit("connected", x.connected, "links join the two zones");
  visit("links", x.links, "the links of a shortest way");
  visit("broken_links", x.broken_links, "links that fail and whose return would join them");
  visit("takeover", x.takeover, "`from`, compromised, takes over `to` in any number of steps; null for zones");
  visit("path", x.path, "the steps of the takeover, from the start to the target");
  visit("required", x.required, "the steps to what pivots on that path require besides, by steps");
  visit("fastest", x.fastest, "the steps of the fastest way, where that is another one; else empty");
  visit("openings", x.openings,
        "when there is no takeover: things without any one of which it would be possible, by the steps it would take");
  visit("openings_complete", x.openings_complete, "false: not all of them were tried");
  visit("way", x.way, "when there is no takeover: the way with the fewest steps that are closed");
  visit("dead_end", x.dead_end, "why there is no such way, even if every flow were open; else null");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

struct UndoView {
  Undo::Type action = Undo::Type::off;
  std::string what;
};
template <class V>
void describe(V& visit, const UndoView& x) {
  visit("action", x.action, "the action to undo");
  visit("what", x.what, "its id, or the flow of a block");
}

struct StateView {
  HeadView head;
  std::string question = "state";
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
  std::vector<std::vector<std::string>> fixes;
  std::vector<std::vector<UndoView>> undo;
  bool complete = true;
  std::vector<CallView> call;
  std::vector<UnknownView> not_known;
  std::string next;

  NodeId node;
};
template <class V>
void describe(V& visit, const StateView& x) {
  describe(visit, x.head);
  visit("question", x.question, "\"state\": why a node is in the state it is in");
  visit("id", x.id, "the node");
  visit("name", x.name, "its name for people, or empty");
  visit("kind", x.kind, "what it is");
  visit("state", x.state, "its state at the time asked for");
  visit("after_s", x.after_s, "when it fails or degrades into that state, in seconds; null when it does not");
  visit("from_start", x.from_start, "it is so with no action at all");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of its definition");
  visit("because", x.because, "the chain of needs from it to the action at the root");
  visit("because_left_out", x.because_left_out, "links left out before the last one of a very long chain");
  visit("fixes", x.fixes, "the smallest sets of things to bring back that would mend it");
  visit("undo", x.undo, "the same sets with the action each undoes");
  visit("complete", x.complete, "no limit was hit: there are no other smallest sets");
  visit("call", x.call, "whom to call, the owner of the root cause first");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
