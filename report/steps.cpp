#include "report/steps.h"

#include <fmt/format.h>

#include "firebreak/policy.h"

#include "report/wording.h"

namespace firebreak::report {

Steps::Steps(const Subject& subject, const Scenario& scenario, const Blast& blast)
    : subject_(subject),
      scenario_(scenario),
      blast_(blast),
      by_class_(scenario.block.empty() && scenario.allow.empty()) {}

ReachedView Steps::view(NodeId node) {
  const Topology& topology = subject_.topology;
  const Step& step = blast_.shortest[node];
  const Contact contact = topology.contact(node);
  ReachedView view;
  view.node = node;
  view.id = topology.nodes[node].id;
  view.name = topology.nodes[node].name;
  view.kind = topology.nodes[node].kind;
  view.step = blast_.step[node];
  view.after_s = blast_.after[node];
  view.critical = subject_.graph.critical[node];
  view.how = step.type;
  view.owner = contact.owner;
  view.phone = contact.phone;
  view.isolate_how = contact.isolate_how;
  if (step.from.valid()) view.from = topology.nodes[step.from].id;
  if (blast_.fastest[node].from.valid()) view.fastest_from = topology.nodes[blast_.fastest[node].from].id;
  switch (step.type) {
    case StepType::start:
      view.text = "compromised from the start";
      break;
    case StepType::flow:
      say_flow(view, step.from, node);
      break;
    case StepType::pivot:
      say_pivot(view, step);
      break;
    case StepType::hosting:
      view.at = to_string(subject_.sources, topology.nodes[node].at);
      view.text = fmt::format("runs on {} ({})", view.from, line_of(subject_.sources, topology.nodes[node].at));
      view.brief = fmt::format("its guest, {}", line_of(subject_.sources, topology.nodes[node].at));
      break;
  }
  return view;
}

void Steps::say_flow(ReachedView& view, NodeId from, NodeId to) {
  const Passage& passage = this->passage(from, to);
  const std::string line = line_of(subject_.sources, passage.at);
  view.ports = passage.ports;
  view.at = to_string(subject_.sources, passage.at);
  view.text = fmt::format("by {} from {}, {}{}", passage.ports == "any" ? "any port" : passage.ports, view.from,
                          passage.by, line.empty() ? "" : fmt::format(" ({})", line));
  view.brief = line.empty() ? passage.brief : fmt::format("{}, {}", passage.brief, line);
}

void Steps::say_pivot(ReachedView& view, const Step& step) const {
  const Topology& topology = subject_.topology;
  const Pivot& pivot = topology.pivots[step.pivot];
  const std::string line = line_of(subject_.sources, pivot.at);
  std::vector<std::string> required;
  for (const NodeId n : subject_.graph.pivots[step.pivot].requires_all) required.emplace_back(topology.nodes[n].id);
  const std::string via = pivot.via.empty() ? "pivot" : std::string(pivot.via);
  view.at = to_string(subject_.sources, pivot.at);
  view.brief = line.empty() ? via : fmt::format("{}, {}", via, line);
  view.text = fmt::format("from {}: {}", view.from, via);
  if (!required.empty()) view.text += fmt::format(", with {}", listing(required));
  if (!line.empty()) view.text += fmt::format(" ({})", line);
}

const Steps::Passage& Steps::passage(NodeId from, NodeId to) {
  const auto& class_of = subject_.graph.flow.class_of;
  const auto key =
      by_class_ ? std::pair(class_of[from].index(), class_of[to].index()) : std::pair(from.index(), to.index());
  const auto known = passages_.find(key);
  if (known != passages_.end()) return known->second;
  return passages_.emplace(key, find_passage(from, to)).first->second;
}

Steps::Passage Steps::find_passage(NodeId from, NodeId to) const {
  const Topology& topology = subject_.topology;
  const PortSetId exposes = topology.system(to).exposes;
  PortSet ports = permitted_ports(subject_.graph, scenario_, from, to);
  if (exposes.valid()) ports = intersect(ports, subject_.graph.ports[exposes]);
  Passage passage;
  passage.ports = to_string(ports);
  if (ports.empty()) return passage;
  const FlowJudgement judgement = judge(subject_.graph, scenario_, from, to, ports.ranges().front().first);
  if (judgement.allow) {
    passage.by = fmt::format("allowed for this scenario ({})", flow_words(topology, scenario_.allow[*judgement.allow]));
    passage.brief = "allowed for this scenario";
    return passage;
  }
  // Every policy that applies allows it; the one worth naming is one that does so by a rule.
  const Verdict* decides = nullptr;
  for (const Verdict& verdict : judgement.verdicts) {
    if (decides == nullptr || (verdict.rule.valid() && !decides->rule.valid())) decides = &verdict;
  }
  if (decides == nullptr) {
    const bool inside = topology.system(from).zone == topology.system(to).zone;
    passage.by = inside ? "no policy judges inside the zone" : "no policy judges it";
    passage.brief = inside ? "same zone" : "no policy";
  } else if (!decides->rule.valid()) {
    passage.by = fmt::format("policy {} allows it by default", topology.policies[decides->policy].id);
    passage.brief = "allowed by default";
    passage.at = topology.policies[decides->policy].at;
  } else {
    const std::string rule = rule_words(topology, decides->rule);
    passage.by = fmt::format("allowed by rule {} of policy {}", rule, topology.policies[decides->policy].id);
    passage.brief = "rule " + rule;
    passage.at = topology.rules[decides->rule].at;
  }
  return passage;
}

std::string way_words(Steps& steps, std::span<const NodeId> path) {
  std::string words;
  for (const NodeId n : path) {
    const ReachedView view = steps.view(n);
    if (!words.empty()) words += " -> ";
    words += view.id;
    if (!view.brief.empty()) words += fmt::format(" ({})", view.brief);
  }
  return words;
}

}  // namespace firebreak::report
