#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firebreak/restore.h"

#include "report/loop_view.h"
#include "report/views.h"

/// The answer of `restore` with names.
namespace firebreak::report {

template <>
inline constexpr std::size_t word_count<RestoreJob> = 2;

struct StepView {
  std::uint64_t number = 0;
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::system;
  RestoreJob job = RestoreJob::start;
  Seconds start_s = 0;
  Seconds finish_s = 0;
  std::vector<std::string> after;
  std::vector<std::string> after_rebuilt;
  std::vector<std::string> brings_back;
  std::optional<std::uint32_t> crew;
  bool by_hand = false;
  bool on_site = false;
  bool kept_off = false;
  std::string text;
  std::string go_on_when;
  std::string owner;
  std::string phone;
  std::string at;

  NodeId node;
};
template <class V>
void describe(V& visit, const StepView& x) {
  visit("number", x.number, "its place in the plan, from 1");
  visit("id", x.id, "what is started or made clean");
  visit("name", x.name, "its name for people, or empty");
  visit("kind", x.kind, "what it is");
  visit("job", x.job, "rebuild makes it clean (an identity is changed), start brings it up (an identity is enabled)");
  visit("start_s", x.start_s, "when the job begins, in seconds from the beginning of the plan");
  visit("finish_s", x.finish_s, "when it is done");
  visit("after", x.after, "ids of what must have been started before");
  visit("after_rebuilt", x.after_rebuilt, "ids of what must be clean before, itself included");
  visit("brings_back", x.brings_back,
        "ids of the services that are back when it is done, for which it is the last step");
  visit("crew", x.crew, "who does it, from 1; null = crews are not limited, or it takes no time");
  visit("by_hand", x.by_hand, "it is started without what it waits for, to break a start loop");
  visit("on_site", x.on_site, "what it is managed by does not work at that moment");
  visit("kept_off", x.kept_off,
        "nobody switched it off, but it is compromised and dark, and must not come back by itself");
  visit("text", x.text, "the same as a sentence");
  visit("go_on_when", x.go_on_when, "what must be so before it begins, or empty");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of its definition");
}

struct ReturnView {
  std::string id;
  std::string name;
  Time back_s;
  Weight weight;
  std::optional<Weight> users;
  Time rto_s;
  bool late = false;
  State state = State::works;
  std::string because;
  std::string owner;
  std::string phone;
  std::string at;

  NodeId node;
};
template <class V>
void describe(V& visit, const ReturnView& x) {
  visit("id", x.id, "its id");
  visit("name", x.name, "its name for people, or empty");
  visit("back_s", x.back_s,
        "when it is back, in seconds from the beginning of the plan; null = nothing brings it back");
  visit("weight", x.weight, "what losing it costs");
  visit("users", x.users, "how many use it; null = not stated");
  visit("rto_s", x.rto_s, "how soon it must be back, in seconds; null = not stated");
  visit("late", x.late, "it is back later than that, or never");
  visit("state", x.state, "its state when everything is done");
  visit("because", x.because, "why it does not come back, or empty");
  visit("owner", x.owner, "who answers for it, or empty");
  visit("phone", x.phone, "how to reach the owner, or empty");
  visit("at", x.at, "file:line:column of its definition");
}

struct CannotStartView {
  std::string id;
  NodeKind kind = NodeKind::system;
  std::string because;
};
template <class V>
void describe(V& visit, const CannotStartView& x) {
  visit("id", x.id, "what is off and cannot start, whatever is done");
  visit("kind", x.kind, "what it is");
  visit("because", x.because, "why");
}

/// What runs and is compromised, and so keeps others from starting until it is clean.
struct UncleanView {
  std::string id;
  Seconds clean_s = 0;
  std::vector<std::string> keeps_waiting;
};
template <class V>
void describe(V& visit, const UncleanView& x) {
  visit("id", x.id, "what runs, or may be used, and is not clean");
  visit("clean_s", x.clean_s, "when it is clean, in seconds");
  visit("keeps_waiting", x.keeps_waiting, "ids of what is not started before, since it could be reached");
}

struct RestoreView {
  HeadView head;
  std::optional<std::uint32_t> crews;
  Seconds finish_s = 0;
  Weight weighted_delay;
  Weight bound;
  bool proven = false;
  std::vector<ReturnView> services;
  std::vector<StepView> steps;
  std::vector<LoopView> loops;
  std::vector<CannotStartView> stays_off;
  std::vector<UncleanView> still_connected;
  std::vector<CallView> call;
  std::vector<UnknownView> not_known;
  std::string next;
};
template <class V>
void describe(V& visit, const RestoreView& x) {
  describe(visit, x.head);
  visit("crews", x.crews, "how many jobs are done side by side; null = any number");
  visit("finish_s", x.finish_s, "when the last job is done, in seconds");
  visit("weighted_delay", x.weighted_delay,
        "sum of weight times time back over the services that come back, in weight-seconds");
  visit("bound", x.bound, "no plan has a smaller weighted delay than this");
  visit("proven", x.proven, "the weighted delay is the least there is");
  visit("services", x.services, "the services that do not work at the beginning, in source order");
  visit("steps", x.steps, "the plan, in the order in which its steps begin");
  visit("loops", x.loops, "what waits for each other to start");
  visit("stays_off", x.stays_off, "what is off and cannot start");
  visit("still_connected", x.still_connected,
        "what runs and is compromised, and keeps others waiting; switched off first, it reaches nothing over the "
        "network");
  visit("call", x.call, "whom to call, in the order of the plan");
  visit("not_known", x.not_known, "what the answer rests on without knowing");
  visit("next", x.next, "a command worth running next");
}

}  // namespace firebreak::report
