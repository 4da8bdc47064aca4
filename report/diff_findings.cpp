// What gets worse and what gets better, from the parts of an answer. Things that change alike are one finding.

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "report/diff_answer.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

FindingView finding(Topic what, std::string id, std::string lead, std::string detail, std::string verb,
                    std::string object) {
  FindingView view;
  view.what = what;
  view.id = std::move(id);
  view.text = detail.empty() ? lead : fmt::format("{}: {}", lead, detail);
  view.lead = std::move(lead);
  view.detail = std::move(detail);
  view.verb = std::move(verb);
  view.object = std::move(object);
  return view;
}

class Findings {
 public:
  Findings(DiffView& view, const DiffReport& report) : view_(view), report_(report) {}

  void add_all() {
    add_requires();
    add_states();
    add_needs();
    add_scenarios();
    add_jewels();
    add_survival();
    add_guards();
    add_reach();
  }

 private:
  /// Puts what a finding is about where it stands afterwards.
  void add(std::vector<FindingView>& list, FindingView found, Span at = {}) {
    found.span = at;
    if (found.at.empty()) found.at = to_string(report_.after.sources, at);
    list.push_back(std::move(found));
  }

  [[nodiscard]] Span place(const std::string& id) const {
    const NodeId node = report_.after.topology.find(id);
    return node.valid() ? report_.after.topology.nodes[node].at : Span{};
  }

  void add_requires() {
    const Topology& after = report_.after.topology;
    for (const RequireChangeView& require : view_.requires_all) {
      const RequireId r = after.find_require(require.id);
      const Span at = r.valid() ? after.requires_all[r].at : Span{};
      const std::string id = "require " + require.id;
      const std::string detail = require.witness ? require.witness->text : std::string();
      FindingView found;
      if (require.after == Standing::broken) {
        const bool fresh = require.before == Standing::absent;
        found = finding(Topic::require, require.id, fresh ? fmt::format("new {} is broken", id) : id + " is broken now",
                        detail, fresh ? "states and breaks" : "breaks", require.id);
        found.begins_with_id = true;
        add(view_.worse, std::move(found), at);
      } else if (require.after == Standing::undecided && require.before != Standing::absent) {
        found =
            finding(Topic::require, require.id, id + " can no longer be decided", {}, "leaves undecided", require.id);
        add(view_.worse, std::move(found), at);
      } else if (require.after == Standing::absent) {
        found = finding(Topic::require, require.id, id + " is gone",
                        require.before == Standing::holds ? "it held before" : "", "drops", require.id);
        found.at = require.at;
        add(require.before == Standing::broken ? view_.better : view_.worse, std::move(found));
      } else if (require.before == Standing::broken) {
        found = finding(Topic::require, require.id, id + " holds now", {}, "mends", require.id);
        add(view_.better, std::move(found), at);
      }
    }
  }

  void add_states() {
    std::map<bool, std::vector<std::string>> others;  // by whether it is worse
    for (const StateChangeView& state : view_.states) {
      const bool worse = state.after < state.before;
      if (state.kind != NodeKind::service) {
        others[worse].push_back(state.id);
        continue;
      }
      FindingView found = finding(Topic::state, state.id, state.lead, state.why,
                                  state.after == State::fails ? "takes down" : "degrades", state.id);
      add(worse ? view_.worse : view_.better, std::move(found), place(state.id));
    }
    for (const auto& [worse, ids] : others) {
      const std::string many = counted(ids.size(), "node besides services", "nodes besides services");
      FindingView found =
          finding(Topic::state, ids.front(),
                  worse ? fmt::format("{} {} or {} degraded with no action", many, ids.size() == 1 ? "fails" : "fail",
                                      ids.size() == 1 ? "is" : "are")
                        : fmt::format("{} {} better with no action", many, ids.size() == 1 ? "works" : "work"),
                  "namely " + listing(ids, 5), {}, {});
      add(worse ? view_.worse : view_.better, std::move(found), place(ids.front()));
    }
  }

  /// Services that are lost in a scenario only because they are lost with no action: said already.
  [[nodiscard]] bool said(const std::vector<std::string>& services) const {
    return std::ranges::all_of(services, [&](const std::string& service) {
      return std::ranges::find(view_.states, service, &StateChangeView::id) != view_.states.end();
    });
  }

  void add_scenarios() {
    for (const ScenarioChangeView& scenario : view_.scenarios) {
      const bool otherwise = scenario.before.passed && !scenario.after.passed;
      const bool mended = !scenario.before.passed && scenario.after.passed;
      const bool loses = !said(scenario.newly_lost);
      const bool regains = !said(scenario.no_longer_lost);
      const bool spreads = scenario.after.reached > scenario.before.reached;
      const bool shrinks = scenario.after.reached < scenario.before.reached;
      if (!otherwise && !mended && !loses && !regains && !spreads && !shrinks) continue;
      const bool worse = otherwise || (!mended && (loses || (spreads && !regains)));
      FindingView found = finding(Topic::scenario, scenario.id, scenario.text, {},
                                  otherwise ? "fails the expectations of"
                                  : loses   ? "costs more services in"
                                            : "widens the reach of",
                                  "scenario " + scenario.id);
      found.follows = !otherwise && !loses;
      const ScenarioId s = report_.after.topology.find_scenario(scenario.id);
      add(worse ? view_.worse : view_.better, std::move(found), report_.after.topology.scenarios[s].at);
    }
  }

  /// The needs of one owner that the same denies are one finding.
  void add_needs() {
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> alike;
    std::vector<const std::vector<std::size_t>*> order;
    for (std::size_t i = 0; i < view_.denied_needs.size(); ++i) {
      const DeniedNeedView& need = view_.denied_needs[i];
      const auto [at, fresh] = alike.try_emplace({need.id, need.denied_by});
      if (fresh) order.push_back(&at->second);
      at->second.push_back(i);
    }
    for (const std::vector<std::size_t>* needs : order) add_denied(*needs);
    for (const DeniedNeedView& need : view_.no_longer_denied) {
      FindingView found = finding(
          Topic::need, need.id,
          fmt::format("{} is no longer denied its need of {} on {}", need.id, need.on, need.missing), {}, {}, {});
      found.at = need.at;
      add(view_.better, std::move(found));
    }
  }

  void add_denied(const std::vector<std::size_t>& needs) {
    const Topology& after = report_.after.topology;
    const DeniedNeedView& first = view_.denied_needs[needs.front()];
    std::vector<std::string> providers;
    for (const std::size_t i : needs) providers.push_back(view_.denied_needs[i].on);
    const std::string lead =
        needs.size() == 1 ? fmt::format("{} needs {} on {} and is denied it now", first.id, first.on, first.missing)
                          : fmt::format("{} is denied {} of its needs now: {}", first.id,
                                        grouped(static_cast<double>(needs.size())), listing(providers, 3));
    const Leaf leaf = leaf_of(report_.after.graph, report_.denied.newly[needs.front()].leaf);
    add(view_.worse,
        finding(Topic::need, first.id, lead, fmt::format("{}; {}", first.denied_by, first.cost), "denies needs of",
                first.id),
        after.needs[report_.after.graph.need.arcs[leaf.arc].need].at);
  }

  /// Jewels that the same reach are one finding.
  void add_jewels() {
    std::map<std::pair<bool, std::vector<std::string>>, std::vector<const JewelChangeView*>> newly;
    std::vector<const std::vector<const JewelChangeView*>*> order;
    for (const JewelChangeView& jewel : view_.jewels) {
      if (jewel.newly.empty()) {
        if (!jewel.gone) add(view_.better, finding(Topic::jewel, jewel.id, jewel.text, {}, {}, {}), place(jewel.id));
        continue;
      }
      const auto [at, fresh] = newly.try_emplace({jewel.fresh, jewel.newly});
      if (fresh) order.push_back(&at->second);
      at->second.push_back(&jewel);
    }
    for (const auto* jewels : order) {
      const JewelChangeView& first = *jewels->front();
      const std::string names = listing(ids(*jewels), 3);
      const std::string many = first.newly_count > first.newly.size()
                                   ? fmt::format(" ({})", counted(first.newly_count, "system"))
                                   : std::string();
      const bool one = jewels->size() == 1;
      const std::string_view is =
          first.fresh ? (one ? ", which is new, is" : ", which are new, are") : (one ? " is newly" : " are newly");
      FindingView found =
          finding(Topic::jewel, first.id, fmt::format("{}{} reached from {}{}", names, is, first.starts, many),
                  "by way of " + first.way, fmt::format("lets {} reach", first.starts), names);
      found.follows = true;
      add(view_.worse, std::move(found), place(first.id));
    }
  }

  [[nodiscard]] static std::vector<std::string> ids(const std::vector<const JewelChangeView*>& jewels) {
    std::vector<std::string> names;
    for (const JewelChangeView* jewel : jewels) names.push_back(jewel->id);
    return names;
  }

  /// Services that the same losses newly take down, or no longer do, are one finding.
  void add_survival() {
    add_survival(&SurvivalChangeView::newly, view_.worse, "no longer survive", "no longer survives");
    add_survival(&SurvivalChangeView::no_longer, view_.better, "now survive", "now survives");
  }

  void add_survival(std::vector<std::string> SurvivalChangeView::*losses, std::vector<FindingView>& list,
                    std::string_view many, std::string_view one) {
    std::map<std::vector<std::string>, std::vector<const SurvivalChangeView*>> alike;
    std::vector<const std::vector<std::string>*> order;
    for (const SurvivalChangeView& change : view_.survival) {
      if ((change.*losses).empty()) continue;
      const auto [at, fresh] = alike.try_emplace(change.*losses);
      if (fresh) order.push_back(&at->first);
      at->second.push_back(&change);
    }
    for (const std::vector<std::string>* lost : order) {
      std::vector<std::string> services;
      double weight = 0;
      for (const SurvivalChangeView* change : alike.at(*lost)) {
        services.push_back(change->service);
        weight += change->weight.value;
      }
      const std::string names = listing(services, 3);
      const std::string loss = listing(*lost, 3, "or");
      add(list,
          finding(Topic::survival, services.front(),
                  fmt::format("{} {} the loss of {} alone", names, services.size() == 1 ? one : many, loss),
                  fmt::format("weight {}", grouped(weight)), fmt::format("lets the loss of {} take down", loss), names),
          place(services.front()));
    }
  }

  /// What watches over the topology and says less than before. What it says otherwise may be right; a reader should
  /// see.
  void add_guards() {
    const Topology& after = report_.after.topology;
    for (const ThingChangeView& thing : view_.changed) {
      const bool gone = thing.change == ThingChange::Type::removed;
      const bool changed = thing.change == ThingChange::Type::changed;
      const auto has = [&](std::string_view key) { return std::ranges::find(thing.keys, key) != thing.keys.end(); };
      const std::string what = fmt::format("{} {}", thing.kind, thing.id);
      std::string lead;
      const bool watches = thing.kind == "scenario" || thing.kind == "service";
      if (thing.kind == "require" && changed && !(thing.keys.size() == 1 && has("name"))) {
        lead = what + " demands something else";
      } else if (watches && gone) {
        lead = what + " is gone";
      } else if (thing.kind == "scenario" && changed && has("expect")) {
        lead = what + " expects something else";
      } else if (changed && has("critical") && !critical(after.find(thing.id))) {
        lead = what + " is no longer critical";
      }
      if (lead.empty()) continue;
      FindingView found = finding(Topic::guard, thing.id, lead, {}, gone ? "drops" : "rewrites", what);
      found.at = thing.at;
      found.follows = true;  // the files say it: so it stands among what changes there
      add(view_.worse, std::move(found), thing.span);
    }
  }

  [[nodiscard]] bool critical(NodeId n) const { return n.valid() && report_.after.graph.critical[n]; }

  void add_reach() {
    const BlastSizesView& was = view_.reach_before;
    const BlastSizesView& is = view_.reach_after;
    if (report_.reach.zones.empty()) return;
    const double growth = is.mean.value - was.mean.value;
    const bool worse = growth > 0 || (growth == 0 && is.worst > was.worst);
    const bool better = growth < 0 || (growth == 0 && is.worst < was.worst);
    if (!worse && !better) return;
    const auto number = [&](double value) {
      return rounded(is.mean.value) == rounded(was.mean.value) ? grouped(value) : rounded(value);
    };
    const std::string mean = fmt::format("{} systems and identities on average instead of {}", number(is.mean.value),
                                         number(was.mean.value));
    const std::string worst = is.worst == was.worst
                                  ? fmt::format("at worst {} as before", grouped(static_cast<double>(is.worst)))
                                  : fmt::format("at worst {} instead of {}", grouped(static_cast<double>(is.worst)),
                                                grouped(static_cast<double>(was.worst)));
    const ReachChangeView& zone = worse ? view_.reach.front() : view_.reach.back();
    const std::string now = rounded(zone.after.mean.value);
    const std::string then = rounded(zone.before.mean.value);
    const std::string most =
        now == then ? std::string()
                    : fmt::format("the most from {}: {} instead of {}",
                                  zone.zone.empty() ? "outside all zones" : "zone " + zone.zone, now, then);
    FindingView found = finding(Topic::reach, zone.zone, fmt::format("a compromise reaches {}, {}", mean, worst), most,
                                fmt::format("raises what a compromise reaches from {} to {} on average",
                                            number(was.mean.value), number(is.mean.value)),
                                {});
    found.follows = true;
    add(worse ? view_.worse : view_.better, std::move(found), place(zone.zone));
  }

  DiffView& view_;
  const DiffReport& report_;
};

}  // namespace

void add_findings(DiffView& view, const DiffReport& report) {
  Findings(view, report).add_all();
}

}  // namespace firebreak::report
