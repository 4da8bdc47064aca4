#include "report/steps.h"

#include <algorithm>
#include <fmt/format.h>

#include "firebreak/policy.h"

#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr std::size_t kMostGrounds = 4;  ///< rules that are named as letting one flow through

}  // namespace

Steps::Steps(const Subject& subject, const Scenario& scenario, const Blast& blast)
    : subject_(subject),
      scenario_(scenario),
      blast_(blast),
      by_class_(scenario.block.empty() && scenario.allow.empty()),
      arrival_(subject.topology.nodes.size(), 0) {
  const Graph& graph = subject.graph;
  for (const NodeId n : blast.order) {  // by steps: what a step rests on comes before it
    const Step& step = blast.shortest[n];
    if (step.type == StepType::start) continue;
    arrival_[n] = arrival_[step.from];
    if (step.type == StepType::flow) arrival_[n] += graph.effort[n];
    if (step.type != StepType::pivot) continue;
    for (const NodeId required : graph.pivots[step.pivot].requires_all) {
      arrival_[n] = std::max(arrival_[n], arrival_[required]);
    }
    arrival_[n] += graph.pivots[step.pivot].effort;
  }
}

ReachedView Steps::view(NodeId node) {
  const Topology& topology = subject_.topology;
  const Step& step = blast_.shortest[node];
  const Contact& contact = topology.contact(node);
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
  view.other_way_is_faster = arrival_[node] > blast_.after[node];
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
  view.text = fmt::format("by {} from {}, {}{}{}", passage.ports == "any" ? "any port" : passage.ports, view.from,
                          passage.by, line.empty() ? "" : fmt::format(" ({})", line), passage.also);
  view.brief = line.empty() ? passage.brief : fmt::format("{}, {}", passage.brief, line);
}

void Steps::say_pivot(ReachedView& view, const Step& step) const {
  const Topology& topology = subject_.topology;
  const Pivot pivot = topology.pivot(step.pivot);
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
  std::vector<std::string> others;
  for (std::size_t judged = 0; !ports.empty(); ++judged) {
    if (judged == kMostGrounds) {
      others.emplace_back("more");
      break;
    }
    Ground ground = find_ground(from, to, ports.ranges().front().first);
    ports = subtract(ports, ground.ports);
    if (judged == 0) {
      passage.by = std::move(ground.by);
      passage.brief = std::move(ground.brief);
      passage.at = ground.at;
    } else if (ground.brief != passage.brief && std::ranges::find(others, ground.brief) == others.end()) {
      others.push_back(std::move(ground.brief));
    }
  }
  if (!others.empty()) {
    passage.also = " and " + listing(others);
    passage.brief += passage.also;
  }
  return passage;
}

Steps::Ground Steps::find_ground(NodeId from, NodeId to, std::uint32_t port) const {
  const Topology& topology = subject_.topology;
  const FlowJudgement judgement = judge(subject_.graph, scenario_, from, to, port);
  if (judgement.allow) {
    const FlowRule& allow = scenario_.allow[*judgement.allow];
    return {.by = fmt::format("allowed for this scenario ({})", flow_words(topology, allow)),
            .brief = "allowed for this scenario",
            .ports = allow.ports};
  }
  // Every policy that applies allows it; the one worth naming is one that does so by a rule.
  const Verdict* decides = nullptr;
  for (const Verdict& verdict : judgement.verdicts) {
    if (decides == nullptr || (verdict.rule.valid() && !decides->rule.valid())) decides = &verdict;
  }
  if (decides == nullptr) {
    const bool inside = topology.system(from).zone == topology.system(to).zone;
    return {.by = inside ? "no policy judges inside the zone" : "no policy judges it",
            .brief = inside ? "same zone" : "no policy",
            .ports = PortSet::any()};
  }
  const Policy& policy = topology.policies[decides->policy];
  if (!decides->rule.valid()) {
    return {.by = fmt::format("policy {} allows it by default", policy.id),
            .brief = "allowed by default",
            .at = policy.at,
            .ports = PortSet::any()};
  }
  const Rule& rule = topology.rules[decides->rule];
  const std::string name = rule_words(topology, decides->rule);
  return {.by = fmt::format("allowed by rule {} of policy {}", name, policy.id),
          .brief = "rule " + name,
          .at = rule.at,
          .ports = topology.ports[rule.ports]};
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
