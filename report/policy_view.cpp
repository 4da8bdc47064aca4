#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "analyzer/flow_demands.h"
#include "report/policy_answer.h"
#include "report/suggestions.h"
#include "report/surroundings.h"
#include "report/verdicts.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// A matrix with more pairs than this lists only those between which something may flow.
constexpr std::size_t kMostPairs = 250'000;

std::string id(const Topology& topology, NodeId n) {
  return n.valid() ? std::string(topology.nodes[n].id) : std::string();
}

std::vector<std::string> all_ids(const Topology& topology, const std::vector<NodeId>& nodes) {
  std::vector<std::string> words;
  for (const NodeId n : nodes) words.push_back(id(topology, n));
  return words;
}

void add_matrix(PolicyView& view, const Topology& topology, const ZoneMatrix& matrix) {
  const std::size_t count = matrix.zones.size();
  const bool all = count * count <= kMostPairs;
  for (std::size_t from = 0; from < count; ++from) {
    for (std::size_t to = 0; to < count; ++to) {
      const PortSet& ports = matrix.somewhere(from, to);
      if (!all && ports.empty()) {
        ++view.matrix_left_out;
        continue;
      }
      const PortSet& everywhere = matrix.everywhere(from, to);
      const Openness verdict = ports.empty() ? Openness::none : everywhere.is_any() ? Openness::all : Openness::some;
      view.matrix.push_back({id(topology, matrix.zones[from]), id(topology, matrix.zones[to]), verdict,
                             to_string(ports), to_string(everywhere), !matrix.apart(from, to)});
    }
  }
}

/// "it alone costs mail and app (weight 4,000)", "with the others denied it costs mail", "it costs no service".
std::string cost_words(const DeniedNeedView& need, bool soft) {
  const auto weighed = [](const std::vector<std::string>& services, const Weight& weight) {
    return fmt::format("{} (weight {})", listing(services, 3), grouped(weight.value));
  };
  if (need.services_shared.empty()) {
    return need.nodes_lost > 1 ? fmt::format("it takes down {}, but no service", counted(need.nodes_lost, "node"))
           : soft              ? std::string("it only degrades")
                               : std::string("it takes no service down");
  }
  if (need.services_lost == need.services_shared) {
    return fmt::format("it takes down {}", weighed(need.services_lost, need.weight_lost));
  }
  const std::string shared = weighed(need.services_shared, need.weight_shared);
  if (need.services_lost.empty()) return fmt::format("with the others denied it takes down {}", shared);
  return fmt::format("it takes down {}, with the others denied {}", weighed(need.services_lost, need.weight_lost),
                     shared);
}

UnusedRuleView unused_view(const Subject& subject, const UnusedRule& unused) {
  const Topology& topology = subject.topology;
  const Rule& rule = topology.rules[unused.rule];
  UnusedRuleView view;
  view.policy = topology.policies[rule.policy].id;
  view.rule = rule_words(topology, unused.rule);
  view.ports = to_string(topology.ports[rule.ports]);
  view.from = selector_words(rule.from);
  view.to = selector_words(rule.to);
  view.perhaps = unused.perhaps;
  for (const RequireId r : unused.demanded_by) view.demanded_by.emplace_back(topology.requires_all[r].id);
  view.at = to_string(subject.sources, rule.at);
  view.line = line_of(subject.sources, rule.at);
  view.text =
      fmt::format("rule {} of {} allows {} from {} to {}, which no need with a port uses", view.rule, view.policy,
                  ports_words(topology.ports[rule.ports]), listing(view.from, 3), listing(view.to, 3));
  if (!view.demanded_by.empty()) view.text += fmt::format("; demanded by {}", listing(view.demanded_by, 3));
  if (view.perhaps) view.text += "; a need that states no port may use it";
  return view;
}

/// The rules and the default that make a rule idle: "R1, R2 and the default".
std::string makers(const IdleRuleView& view) {
  std::vector<std::string> words = view.by;
  if (view.by_default) words.emplace_back("the default");
  if (!view.complete) words.emplace_back("perhaps others");
  return listing(words, 4);
}

IdleRuleView idle_view(const Subject& subject, const IdleRule& idle, bool dead) {
  const Topology& topology = subject.topology;
  const Rule& rule = topology.rules[idle.rule];
  IdleRuleView view;
  view.policy = topology.policies[rule.policy].id;
  view.rule = rule_words(topology, idle.rule);
  for (const RuleId other : idle.by) view.by.push_back(rule_words(topology, other));
  view.by_default = idle.by_default;
  view.complete = idle.complete;
  view.at = to_string(subject.sources, rule.at);
  view.line = line_of(subject.sources, rule.at);
  if (!dead) {
    view.text = fmt::format("without rule {} of {} the same follows from {}", view.rule, view.policy, makers(view));
  } else if (view.by.empty()) {
    view.text = fmt::format("rule {} of {} means no two places, or no port", view.rule, view.policy);
  } else {
    view.text = fmt::format("rule {} of {} decides nothing: {} {} all it would match", view.rule, view.policy,
                            makers(view), view.by.size() == 1 && view.complete ? "takes" : "take");
  }
  return view;
}

std::string denied_words(const PolicyView& view) {
  const auto needs = [&](std::uint64_t count) {
    return share(count, view.needs_with_port, "need with a port", "needs with a port");
  };
  if (view.needs_with_port == 0) return "no need states a port between two places, so policies can deny none";
  const std::uint64_t denied = view.denied;
  const std::uint64_t count = denied == 0 ? view.needs_with_port : denied;
  return fmt::format("{} {} {}", needs(count), count == 1 ? "is" : "are", denied == 0 ? "permitted" : "denied");
}

std::string unused_words(const PolicyView& view) {
  const std::uint64_t unused = view.unused;
  if (unused == 0)
    return view.allow_rules == 1 ? "the only allow rule serves a need" : "every allow rule serves a need";
  if (unused == view.allow_rules)
    return unused == 1 ? "the only allow rule serves no need" : "no allow rule serves a need";
  return fmt::format("{} {} no need", share(unused, view.allow_rules, "allow rule"), unused == 1 ? "serves" : "serve");
}

/// The sentence at the top.
std::string summary(const PolicyView& view) {
  std::vector<std::string> parts = {denied_words(view)};
  if (view.allow_rules > 0) parts.push_back(unused_words(view));
  const std::size_t idle = view.dead + view.redundant;
  if (idle > 0) parts.push_back(fmt::format("{} {} nothing", counted(idle, "rule"), idle == 1 ? "changes" : "change"));
  return capitalised(fmt::format("{}.", fmt::join(parts, "; ")));
}

std::vector<UnknownView> not_known(const Subject& subject) {
  std::vector<UnknownView> result;
  if (subject.graph.flow.policies.empty()) {
    result.push_back({"no_policy", "no policy is stated: every flow is taken as permitted", 0, {}});
  }
  std::set<NodeId> unplaced;
  std::size_t nowhere = 0;
  for (const LeafId l : ids<LeafId>(subject.graph.need.leaves.size())) {
    const Leaf leaf = leaf_of(subject.graph, l);
    if (!leaf.port.valid() || !leaf.to_zone.valid() || leaf.from_zone.valid() || leaf.only_isolation) continue;
    unplaced.insert(leaf.owner);
    ++nowhere;
  }
  if (nowhere > 0) {
    std::vector<std::string> owners = all_ids(subject.topology, {unplaced.begin(), unplaced.end()});
    const bool one = nowhere == 1;
    std::string text = fmt::format(
        "{} {} a port, but not from where in the network the traffic starts (`from`), so no "
        "policy is asked about {} and no rule counts as used by {}: {} of {}",
        counted(nowhere, "need"), one ? "states" : "state", one ? "it" : "them", one ? "it" : "them",
        one ? "that" : "those", listing(owners));
    result.push_back({"source_not_stated", std::move(text), nowhere, std::move(owners)});
  }
  std::set<NodeId> found;
  std::size_t count = 0;
  for (const NeededFlow& flow : needed_flows(subject.graph)) {
    if (flow.ports.valid()) continue;
    found.insert(leaf_of(subject.graph, flow.leaf).owner);
    ++count;
  }
  if (count > 0) {
    std::vector<std::string> owners = all_ids(subject.topology, {found.begin(), found.end()});
    std::string text = fmt::format("{} between systems {} no port, so policies are not asked about them: those of {}",
                                   counted(count, "need"), count == 1 ? "states" : "state", listing(owners));
    result.push_back({"port_not_stated", std::move(text), count, std::move(owners)});
  }
  return result;
}

std::string next(const Subject& subject, const PolicyView& view) {
  if (view.suggestions.value) {
    const SuggestionsView& found = *view.suggestions.value;
    if (!found.changes.empty()) {
      return command_line(subject, "policy", {}, fmt::format("--suggest {} -o tight.toml", found.changes.size()));
    }
    if (found.best.mean.value < found.now.mean.value) {
      return command_line(subject, "policy", {}, fmt::format("--suggest {}", found.asked + 1));
    }
  }
  if (!view.denied_needs.empty()) {
    const DeniedNeedView& worst = view.denied_needs.front();
    std::string port = worst.missing.substr(0, worst.missing.find(','));
    return next_command(subject, "explain", {worst.from, worst.on, std::move(port)});
  }
  if (view.unused > 0) return command_line(subject, "policy", {}, "--least -o least.toml");
  return command_line(subject, "blast", {}, "--rank");
}

}  // namespace

DeniedNeedView denied_view(const Subject& subject, const DeniedNeed& denied) {
  const Topology& topology = subject.topology;
  const Leaf leaf = leaf_of(subject.graph, denied.leaf);
  const Need& need = topology.needs[subject.graph.need.arcs[leaf.arc].need];
  DeniedNeedView view;
  view.id = id(topology, leaf.owner);
  view.on = id(topology, leaf.provider);
  view.from = id(topology, leaf.source);
  view.port = to_string(topology.ports[leaf.port]);
  view.missing = to_string(denied.missing);
  for (const Verdict& verdict : denied.judgement.verdicts) view.verdicts.push_back(verdict_view(subject, verdict));
  if (denied.judgement.block) view.blocked_by = flow_words(topology, subject.scenario.block[*denied.judgement.block]);
  view.services_lost = all_ids(topology, denied.services_lost);
  view.weight_lost = {denied.weight_lost};
  view.services_shared = all_ids(topology, denied.services_shared);
  view.weight_shared = {denied.weight_shared};
  view.nodes_lost = denied.nodes_lost;
  view.at = to_string(subject.sources, need.at);
  view.line = line_of(subject.sources, need.at);
  view.denied_by = denial_words(subject, subject.scenario, denied.judgement);
  view.cost = cost_words(view, need.soft);
  const std::string sender = leaf.source == leaf.owner ? std::string() : fmt::format(", from {}", view.from);
  view.text =
      fmt::format("{} needs {} on {}{}, but {}; {}", view.id, view.on, view.missing, sender, view.denied_by, view.cost);
  return view;
}

PolicyView make_view(const Subject& subject, const PolicyReport& report, std::optional<std::size_t> most) {
  PolicyView view;
  if (!most) add_matrix(view, subject.topology, report.matrix);
  for (const NeededFlow& flow : needed_flows(subject.graph)) view.needs_with_port += flow.ports.valid() ? 1U : 0U;
  for (const GraphRule& rule : subject.graph.flow.rules) view.allow_rules += rule.action == RuleAction::allow ? 1 : 0;
  const auto fill = [&](const auto& found, auto& views, std::size_t& total, const auto& make) {
    total = found.size();
    const std::size_t shown = most && *most > 0 ? std::min(*most, total) : total;
    for (std::size_t i = 0; i < shown; ++i) views.push_back(make(found[i]));
  };
  fill(report.denied, view.denied_needs, view.denied,
       [&](const DeniedNeed& denied) { return denied_view(subject, denied); });
  fill(report.unused, view.unused_rules, view.unused,
       [&](const UnusedRule& unused) { return unused_view(subject, unused); });
  fill(report.audit.dead, view.dead_rules, view.dead,
       [&](const IdleRule& idle) { return idle_view(subject, idle, true); });
  fill(report.audit.redundant, view.redundant_rules, view.redundant,
       [&](const IdleRule& idle) { return idle_view(subject, idle, false); });
  view.least_policy = least_view(subject, report.least);
  view.not_known = not_known(subject);
  if (report.plan != nullptr) view.suggestions.value = suggestions_view(subject, *report.plan);
  view.head =
      head(subject, "policy", view.suggestions.value ? suggestions_summary(*view.suggestions.value) : summary(view));
  view.next = next(subject, view);
  return view;
}

}  // namespace firebreak::report
