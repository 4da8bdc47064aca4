#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "report/check_answer.h"
#include "report/diff_answer.h"
#include "report/escape.h"
#include "report/policy_answer.h"
#include "report/reasons.h"
#include "report/steps.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// Ids of a pair, of what is there before, and afterwards.
class Names {
 public:
  explicit Names(const DiffReport& report) : report_(report) {}

  [[nodiscard]] std::string of(PairId p) const {
    if (!p.valid()) return {};
    const NodePair& pair = report_.match.nodes[p];
    return pair.after.valid() ? after(pair.after) : before(pair.before);
  }
  [[nodiscard]] std::vector<std::string> of(const std::vector<PairId>& pairs) const {
    std::vector<std::string> names;
    for (const PairId p : pairs) names.push_back(of(p));
    return names;
  }
  [[nodiscard]] std::string before(NodeId n) const { return id(report_.before.topology, n); }
  [[nodiscard]] std::string after(NodeId n) const { return id(report_.after.topology, n); }

 private:
  [[nodiscard]] static std::string id(const Topology& topology, NodeId n) {
    return n.valid() ? std::string(topology.nodes[n].id) : std::string();
  }

  const DiffReport& report_;
};

void add_flows(DiffView& view, const DiffReport& report, std::optional<std::size_t> most) {
  const PlaceWords before(report.before.topology);
  const PlaceWords after(report.after.topology);
  std::set<std::size_t> outside;
  if (report.only != nullptr) {
    for (const FlowOutside& flow : report.only->outside) outside.insert(flow.change);
  }
  for (std::size_t i = 0; i < report.flows.list.size(); ++i) {
    const FlowChange& change = report.flows.list[i];
    std::uint64_t& count = change.opened ? view.opened : view.closed;
    if (!most || *most == 0 || count < *most) {
      view.flows.push_back(flow_change_view(report, change, change.opened ? after : before));
      view.flows.back().outside = outside.contains(i);
    }
    ++count;
  }
  view.pairs_opened = report.flows.opened;
  view.pairs_closed = report.flows.closed;
  view.flows_left_out = report.flows.left_out;
}

void add_reach(DiffView& view, const DiffReport& report, const Names& names) {
  const Topology& before = report.before.topology;
  const Topology& after = report.after.topology;
  view.reach_before = sizes_view(before, report.reach.all.before);
  view.reach_after = sizes_view(after, report.reach.all.after);
  for (const ZoneReachChange& zone : report.reach.zones) {
    view.reach.push_back(
        {names.of(zone.zone), sizes_view(before, zone.before), sizes_view(after, zone.after), zone.changed});
  }
}

/// Starts as selectors, with what is new among them said.
std::vector<std::string> with_new(const DiffReport& report, std::vector<std::string> words) {
  for (std::string& word : words) {
    const NodeId n = report.after.topology.find(word);
    if (n.valid() && !report.match.nodes[report.match.of_after[n]].before.valid()) word += " (new)";
  }
  return words;
}

JewelChangeView jewel_view(const DiffReport& report, const JewelChange& jewel, const Names& names,
                           const PlaceWords& before, const PlaceWords& after) {
  const NodePair& node = report.match.nodes[jewel.jewel];
  JewelChangeView view;
  view.id = names.of(jewel.jewel);
  view.fresh = !node.before.valid();
  view.gone = !node.after.valid();
  std::vector<NodeId> newly;
  std::vector<NodeId> no_longer;
  for (const PairId p : jewel.newly) newly.push_back(report.match.nodes[p].after);
  for (const PairId p : jewel.no_longer) no_longer.push_back(report.match.nodes[p].before);
  std::ranges::sort(newly);
  std::ranges::sort(no_longer);
  const auto was = [&](NodeId n) { return report.match.nodes[report.match.of_after[n]].before.valid(); };
  const auto is = [&](NodeId n) { return report.match.nodes[report.match.of_before[n]].after.valid(); };
  view.newly = after.of_starts(newly, was);
  view.no_longer = before.of_starts(no_longer, is);
  view.newly_count = newly.size();
  view.no_longer_count = no_longer.size();
  view.starts = listing(with_new(report, view.newly), 3);
  const bool some_stay = std::ranges::any_of(no_longer, is);
  if (!some_stay && newly.empty()) view.gone = true;
  for (const NodeId n : jewel.path) view.path.push_back(names.after(n));
  if (newly.empty()) {
    view.text = fmt::format("{} is no longer reached from {}{}", view.id, listing(view.no_longer, 3),
                            !node.after.valid() ? ", since it is gone"
                            : some_stay         ? ""
                                                : ", which is gone");
    return view;
  }
  Scenario start;
  start.compromised = {jewel.path.front()};
  const Blast spread = blast(report.after.graph, start);
  Steps steps(report.after, start, spread);
  view.way = way_words(steps, jewel.path);
  view.text = fmt::format("{}{} reached from {}: {}", view.id, view.fresh ? ", which is new, is" : " is newly",
                          view.starts, view.way);
  if (some_stay) view.text += fmt::format("; no longer from {}", listing(view.no_longer, 3));
  return view;
}

void add_jewels(DiffView& view, const DiffReport& report, const Names& names) {
  const PlaceWords before(report.before.topology);
  const PlaceWords after(report.after.topology);
  for (const JewelChange& jewel : report.reach.jewels) {
    view.jewels.push_back(jewel_view(report, jewel, names, before, after));
  }
}

void add_states(DiffView& view, const DiffReport& report, const Names& names) {
  if (report.states.empty()) return;
  const Impact now = impact(report.after.graph, {});
  Reasons reasons(report.after, report.after.scenario, now, kNever);
  for (const StateChange& change : report.states) {
    const NodeId node = report.match.nodes[change.node].after;
    StateChangeView entry{
        names.of(change.node), report.after.graph.kind[node], change.before, change.after, {}, {}, {}};
    entry.lead = fmt::format("{} {} with no action, and {} before", entry.id, predicate(change.after),
                             change.before == State::works   ? "worked"
                             : change.before == State::fails ? "failed"
                                                             : "was degraded");
    if (change.after < change.before) entry.why = fmt::format("it {}", sentence(reasons.chain(node)));
    entry.text = entry.why.empty() ? entry.lead : fmt::format("{}: {}", entry.lead, entry.why);
    view.states.push_back(std::move(entry));
  }
}

void add_survival(DiffView& view, const DiffReport& report, const Names& names) {
  for (const SurvivalChange& change : report.survival) {
    SurvivalChangeView entry{names.of(change.service), names.of(change.newly), names.of(change.no_longer), {}, {}};
    entry.weight = {report.after.graph.weight[report.match.nodes[change.service].after]};
    std::vector<std::string> parts;
    if (!entry.newly.empty()) {
      parts.push_back(fmt::format("no longer survives the loss of {}", listing(entry.newly, 3, "or")));
    }
    if (!entry.no_longer.empty()) {
      parts.push_back(fmt::format("now survives the loss of {}", listing(entry.no_longer, 3, "or")));
    }
    entry.text = fmt::format("{} {}", entry.service, fmt::join(parts, " and "));
    view.survival.push_back(std::move(entry));
  }
}

Standing standing(const RequireVerdict& verdict) {
  return !verdict.holds ? Standing::broken : verdict.decided ? Standing::holds : Standing::undecided;
}

std::string_view standing_words(Standing standing) {
  switch (standing) {
    case Standing::absent:
      return "is not there";
    case Standing::holds:
      return "holds";
    case Standing::broken:
      return "is broken";
    case Standing::undecided:
      break;
  }
  return "is undecided";
}

std::string require_words(const RequireChangeView& require) {
  if (require.after == Standing::absent) {
    return fmt::format("require {} is gone; it {}", require.id,
                       require.before == Standing::holds    ? "held"
                       : require.before == Standing::broken ? "was broken"
                                                            : "was undecided");
  }
  std::string words = fmt::format("{}require {} {}{}", require.before == Standing::absent ? "new " : "", require.id,
                                  standing_words(require.after), require.before == Standing::absent ? "" : " now");
  if (require.witness) words += ": " + require.witness->text;
  return words;
}

void add_requires(DiffView& view, const DiffReport& report) {
  const Topology& before = report.before.topology;
  const Topology& after = report.after.topology;
  for (const RequireId r : ids<RequireId>(after.requires_all.size())) {
    const Require& require = after.requires_all[r];
    const RequireId old = before.find_require(require.id);
    const RequireVerdict& verdict = report.requires_after[r.index()];
    RequireChangeView entry{std::string(require.id),
                            std::string(require.name),
                            require.type,
                            Standing::absent,
                            standing(verdict),
                            {},
                            to_string(report.after.sources, require.at),
                            {}};
    if (old.valid()) entry.before = standing(report.requires_before[old.index()]);
    if (entry.before == entry.after) continue;
    if (!verdict.holds) entry.witness = witness_view(report.after, r, verdict);
    entry.text = require_words(entry);
    view.requires_all.push_back(std::move(entry));
  }
  for (const RequireId r : ids<RequireId>(before.requires_all.size())) {
    const Require& require = before.requires_all[r];
    if (after.find_require(require.id).valid()) continue;
    RequireChangeView entry{std::string(require.id),
                            std::string(require.name),
                            require.type,
                            standing(report.requires_before[r.index()]),
                            Standing::absent,
                            {},
                            to_string(report.before.sources, require.at),
                            {}};
    entry.text = require_words(entry);
    view.requires_all.push_back(std::move(entry));
  }
}

std::string scenario_words(const ScenarioChangeView& scenario) {
  std::vector<std::string> parts;
  if (scenario.before.passed != scenario.after.passed) {
    parts.emplace_back(scenario.after.passed ? "comes out as it says now" : "no longer comes out as it says");
  }
  if (!scenario.newly_lost.empty()) parts.push_back(fmt::format("also loses {}", listing(scenario.newly_lost, 3)));
  if (!scenario.no_longer_lost.empty()) {
    parts.push_back(fmt::format("no longer loses {}", listing(scenario.no_longer_lost, 3)));
  }
  if (scenario.before.reached != scenario.after.reached) {
    parts.push_back(fmt::format("reaches {} instead of {}",
                                counted(scenario.after.reached, "system or identity", "systems and identities"),
                                scenario.before.reached));
  }
  if (parts.empty()) {
    parts.push_back(fmt::format("loses a weight of {} instead of {}", grouped(scenario.after.weight_lost.value),
                                grouped(scenario.before.weight_lost.value)));
  }
  return fmt::format("scenario {} {}", scenario.id, listing(parts));
}

void add_scenarios(DiffView& view, const DiffReport& report, const Names& names) {
  for (const ScenarioChange& change : report.scenarios) {
    const NamedScenario& scenario = report.after.topology.scenarios[change.after_id];
    const auto side = [](const ScenarioChange::Result& result) {
      return ScenarioSideView{result.passed, {result.weight_lost}, result.reached};
    };
    ScenarioChangeView entry{std::string(scenario.id),
                             side(change.before),
                             side(change.after),
                             names.of(change.newly_lost),
                             names.of(change.no_longer_lost),
                             to_string(report.after.sources, scenario.at),
                             {}};
    entry.text = scenario_words(entry);
    view.scenarios.push_back(std::move(entry));
  }
}

}  // namespace

ThingChangeView thing_view(const DiffReport& report, const ThingChange& change) {
  const bool gone = change.type == ThingChange::Type::removed;
  const Sources& sources = gone ? report.before.sources : report.after.sources;
  return {change.type,
          std::string(change.kind),
          change.id,
          change.keys,
          change.rules_added,
          change.rules_removed,
          change.rules_moved,
          to_string(sources, change.at),
          (gone ? "before: " : "") + line_of(sources, change.at),
          gone ? Span{} : change.at,
          report.only != nullptr && matters(change)};
}

DiffView make_view(const DiffReport& report, std::optional<std::size_t> most) {
  DiffView view;
  const Names names(report);
  view.before = report.before.files;
  view.after = report.after.files;
  add_flows(view, report, most);
  add_reach(view, report, names);
  add_jewels(view, report, names);
  add_states(view, report, names);
  add_survival(view, report, names);
  add_requires(view, report);
  add_scenarios(view, report, names);
  for (const DeniedNeed& need : report.denied.newly) view.denied_needs.push_back(denied_view(report.after, need));
  for (const DeniedNeed& need : report.denied.no_longer) {
    view.no_longer_denied.push_back(denied_view(report.before, need));
  }
  for (const ThingChange& change : report.things) view.changed.push_back(thing_view(report, change));
  add_findings(view, report);
  const DiffVerdict judged = verdict(report);
  if (report.only != nullptr) view.only.value = OnlyView{report.only->flows, !judged.besides, besides(view, report)};
  view.head = head(report.after, "diff", summary(view, judged));
  view.head.files = fmt::format("{} to {}", view.before, view.after);
  if (judged.any) view.next = next(report, view);
  return view;
}

}  // namespace firebreak::report
