// What of a change counts: whether there is any, and with --only whether there is any besides.

#include <algorithm>
#include <fmt/format.h>

#include "report/diff_answer.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// What else gets worse in a scenario either does so with no action or is only what a compromise reaches.
bool is_worse(const DiffReport& report, const ScenarioChange& change) {
  if (change.before.passed != change.after.passed) return change.before.passed;
  return std::ranges::any_of(change.newly_lost, [&](PairId service) {
    return std::ranges::find(report.states, service, &StateChange::node) == report.states.end();
  });
}

bool holds(const RequireVerdict& verdict) {
  return verdict.holds && verdict.decided;
}

/// A require that is broken, undecided or gone and was not before.
bool loses_a_require(const DiffReport& report) {
  const Topology& before = report.before.topology;
  const Topology& after = report.after.topology;
  std::size_t index = 0;
  return std::ranges::any_of(after.requires_all, [&](const Require& require) {
    const bool holds_now = holds(report.requires_after[index++]);
    const RequireId old = before.find_require(require.id);
    return !holds_now && (!old.valid() || holds(report.requires_before[old.index()]));
  });
}

}  // namespace

bool matters(const ThingChange& thing) {
  return thing.kind != "policy" && !thing.only_words();
}

std::vector<std::string> besides(const DiffView& view, const DiffReport& report) {
  std::vector<std::string> all;
  const PlaceWords before(report.before.topology);
  const PlaceWords after(report.after.topology);
  for (const FlowOutside& outside : report.only->outside) {
    const FlowChange& change = report.flows.list[outside.change];
    const FlowChangeView words = flow_change_view(report, change, change.opened ? after : before);
    const auto id = [&](PairId p) {
      const NodePair& pair = report.match.nodes[p];
      return pair.after.valid() ? report.after.topology.nodes[pair.after].id
                                : report.before.topology.nodes[pair.before].id;
    };
    const std::string sample =
        fmt::format(" (such as {} -> {} on {})", id(outside.from), id(outside.to), to_string(outside.ports));
    all.push_back(words.text + (change.pairs > 1 ? sample : ""));
  }
  for (const ThingChange& thing : report.things) {
    if (matters(thing)) all.push_back(thing_words(thing_view(report, thing)));
  }
  for (const FindingView& finding : view.worse) {
    if (!finding.follows) all.push_back(finding.text);
  }
  return all;
}

std::string thing_words(const ThingChangeView& thing) {
  const std::string what = thing.id.empty() ? thing.kind : fmt::format("{} {}", thing.kind, thing.id);
  if (thing.change != ThingChange::Type::changed) {
    return fmt::format("{} is {}", what, thing.change == ThingChange::Type::added ? "new" : "gone");
  }
  std::vector<std::string> parts;
  for (const std::string& key : thing.keys) {
    if (key != "rule" || (thing.rules_added == 0 && thing.rules_removed == 0)) {
      parts.push_back(key != "rule" ? key : thing.rules_moved ? "the order of its rules" : "the names of its rules");
      continue;
    }
    if (thing.rules_added > 0) parts.push_back(counted(thing.rules_added, "new rule"));
    if (thing.rules_removed > 0) parts.push_back(fmt::format("{} gone", counted(thing.rules_removed, "rule")));
  }
  return fmt::format("{}: {}", what, listing(parts, 8));
}

}  // namespace firebreak::report

namespace firebreak {

DiffVerdict verdict(const DiffReport& report) {
  DiffVerdict result;
  bool requires_change = report.requires_before.size() != report.requires_after.size();
  const Topology& before = report.before.topology;
  const Topology& after = report.after.topology;
  for (const RequireId r : ids<RequireId>(after.requires_all.size())) {
    const RequireId old = before.find_require(after.requires_all[r].id);
    const RequireVerdict& now = report.requires_after[r.index()];
    if (!now.decided && now.holds) result.complete = false;
    requires_change =
        requires_change || !old.valid() || report::holds(report.requires_before[old.index()]) != report::holds(now);
  }
  if (report.flows.left_out > 0) result.complete = false;
  result.any = requires_change || !report.flows.list.empty() || !report.reach.zones.empty() ||
               !report.reach.jewels.empty() || !report.survival.empty() || !report.states.empty() ||
               !report.denied.newly.empty() || !report.denied.no_longer.empty() || !report.scenarios.empty() ||
               !report.things.empty();
  if (report.only == nullptr) return result;
  const auto newly = [](const SurvivalChange& change) { return !change.newly.empty(); };
  const auto worse = [](const StateChange& change) { return change.after < change.before; };
  const auto otherwise = [&](const ScenarioChange& change) { return report::is_worse(report, change); };
  result.besides = !report.only->outside.empty() || std::ranges::any_of(report.things, report::matters) ||
                   report::loses_a_require(report) || std::ranges::any_of(report.scenarios, otherwise) ||
                   std::ranges::any_of(report.states, worse) || std::ranges::any_of(report.survival, newly) ||
                   !report.denied.newly.empty();
  return result;
}

}  // namespace firebreak
