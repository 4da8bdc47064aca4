#include "report/takeover_words.h"

#include <algorithm>
#include <fmt/format.h>

#include "report/palette.h"
#include "report/surroundings.h"
#include "report/verdicts.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kStep = {kReachedGlyph, kReachedAscii, kReachedSgr, ""};
constexpr Mark kStops = {"✕", "x", "1;31", ""};

/// What the pivots on the way require and what that takes in turn, as far as it is not on the way itself, by steps.
std::vector<NodeId> required_besides(const Graph& graph, const TakeoverExplanation& takeover) {
  IdVector<NodeId, bool> seen(graph.node_count, false);
  std::vector<NodeId> found;
  std::vector<NodeId> open = takeover.shortest;
  for (const NodeId n : open) seen[n] = true;
  const auto add = [&](NodeId n) {
    if (!n.valid() || seen[n]) return;
    seen[n] = true;
    found.push_back(n);
    open.push_back(n);
  };
  while (!open.empty()) {
    const Step step = takeover.blast.shortest[open.back()];
    open.pop_back();
    add(step.from);
    if (step.type != StepType::pivot) continue;
    for (const NodeId required : graph.pivots[step.pivot].requires_all) add(required);
  }
  std::ranges::sort(found, {}, [&](NodeId n) { return std::pair(takeover.blast.step[n], n); });
  return found;
}

OpeningView opening_view(const Subject& subject, const Opening& opening) {
  const Topology& topology = subject.topology;
  OpeningView view;
  view.what = opening.type;
  view.step = opening.step;
  Span at;
  std::string without;
  switch (opening.type) {
    case Opening::Type::rule: {
      const Rule& rule = topology.rules[opening.rule];
      view.policy = topology.policies[rule.policy].id;
      view.id = rule_words(topology, opening.rule);
      at = rule.at;
      without = fmt::format("without rule {} of {}", view.id, view.policy);
      break;
    }
    case Opening::Type::link:
      view.id = topology.nodes[opening.node].id;
      at = topology.nodes[opening.node].at;
      without = fmt::format("if {} worked", view.id);
      break;
    case Opening::Type::block:
      view.id = flow_words(topology, subject.scenario.block[opening.index]);
      without = fmt::format("without the block {}", view.id);
      break;
    case Opening::Type::isolated_zone:
    case Opening::Type::isolated_system:
      view.id = topology.nodes[opening.node].id;
      without = fmt::format("if {} were not isolated", view.id);
      break;
    case Opening::Type::off:
      view.id = topology.nodes[opening.node].id;
      without = fmt::format("if {} were not off", view.id);
      break;
  }
  if (at.file.valid()) view.at = to_string(subject.sources, at);
  view.line = line_of(subject.sources, at);
  view.text = fmt::format("{} it would take {}", without, counted(view.step, "step"));
  return view;
}

/// A blast that takes the way's steps, as if they were open.
Blast as_blast(const Graph& graph, const std::vector<WayStep>& way) {
  Blast blast;
  blast.reached.assign(graph.node_count, false);
  blast.step.assign(graph.node_count, 0);
  blast.after.assign(graph.node_count, 0);
  blast.shortest.resize(graph.node_count);
  for (const WayStep& step : way) {
    blast.reached[step.node] = true;
    blast.shortest[step.node] = step.how;
    blast.order.push_back(step.node);
  }
  blast.fastest = blast.shortest;
  return blast;
}

WayStepView closed_view(const Subject& subject, const Scenario& scenario, const WayStep& step) {
  const Topology& topology = subject.topology;
  WayStepView view;
  const bool flow = step.how.type == StepType::flow;
  const PortSetId pivot_port = flow ? PortSetId::none() : subject.graph.pivots[step.how.pivot].port;
  view.from = topology.nodes[step.how.from].id;
  if (!flow && !pivot_port.valid()) {
    view.obstacles.push_back("an isolated border keeps it out");
    view.text = fmt::format("from {} by a pivot, but an isolated border keeps it out", view.from);
    return view;
  }
  const PortSet ports = flow ? exposed_ports(subject.graph, step.node) : topology.ports[pivot_port];
  const FlowExplanation explained = explain_flow(subject.graph, scenario, step.how.from, step.node, ports);
  view.ports = to_string(ports);
  view.obstacles = obstacles(subject, {step.how.from, step.node, ports, explained, nullptr});
  view.text = fmt::format("by {} from {}, but {}", ports_words(ports), view.from,
                          view.obstacles.empty() ? "that is closed" : listing(view.obstacles, 3));
  return view;
}

void add_way(FlowView& view, const Subject& subject, const FlowReport& report) {
  const std::vector<WayStep>& way = report.takeover->way;
  Scenario scenario = subject.scenario;
  scenario.compromised = {report.from};
  const Blast open = as_blast(subject.graph, way);
  Steps steps(subject, scenario, open);
  for (const WayStep& step : way) {
    WayStepView entry;
    if (step.closed) {
      entry = closed_view(subject, scenario, step);
    } else {
      const ReachedView reached = steps.view(step.node);
      entry.from = reached.from;
      entry.text = reached.text;
    }
    entry.id = subject.topology.nodes[step.node].id;
    entry.how = step.how.type;
    entry.closed = step.closed;
    view.way.push_back(std::move(entry));
  }
}

/// Why no flow that could be opened leads to a target.
std::string dead_end_words(const Subject& subject, const FlowReport& report) {
  const Graph& graph = subject.graph;
  const NodeId to = report.to;
  const std::string id(subject.topology.nodes[to].id);
  if (report.flow.dark == to) return fmt::format("{} is off, or the site or host under it is", id);
  if (report.flow.isolated == to) return fmt::format("{} is isolated", id);
  if (graph.kind[to] == NodeKind::identity) return fmt::format("no pivot that could be taken leads to {}", id);
  if (!graph.zone[to].valid()) return fmt::format("{} is in no zone, so nothing flows to it", id);
  if (graph.effort[to] == kNever) return fmt::format("{} is hardened, so no flow takes it", id);
  if (exposed_ports(graph, to).empty()) return fmt::format("{} listens on no port, so no flow takes it", id);
  return fmt::format("{} can send nothing", subject.topology.nodes[report.from].id);
}

std::string prevented_words(const FlowView& view) {
  std::string words = fmt::format("{} cannot take over {} in any number of steps", view.from, view.to);
  if (view.dead_end) return fmt::format("{}, and no open flow would change that: {}", words, *view.dead_end);
  if (view.openings.empty()) {
    const auto closed = static_cast<std::size_t>(std::ranges::count_if(view.way, &WayStepView::closed));
    return fmt::format("{}; on the way with the least to open {} {} closed", words, counted(closed, "step"),
                       closed == 1 ? "is" : "are");
  }
  const OpeningView& first = view.openings.front();
  const std::size_t others = view.openings.size() - 1;
  return fmt::format("{}; {}{}", words, first.text,
                     others == 0 ? "" : fmt::format(" ({} would do too)", counted(others, "other")));
}

std::string takeover_words(const FlowView& view) {
  if (!*view.takeover) return prevented_words(view);
  const ReachedView& last = view.path.back();
  std::string words = fmt::format("{} takes over {} in {}", view.from, view.to, counted(last.step, "step"));
  if (last.other_way_is_faster) return fmt::format("{}, {} on another way", words, when(last.after_s.value_or(0)));
  if (last.after_s && *last.after_s > 0) words += fmt::format(", {} at the earliest", when(*last.after_s));
  return words;
}

/// The steps of the fastest way, where it is not the one with the fewest.
void add_fastest(FlowView& view, const Subject& subject, const FlowReport& report) {
  const TakeoverExplanation& takeover = *report.takeover;
  if (!view.path.back().other_way_is_faster) return;
  Scenario scenario = subject.scenario;
  scenario.compromised = {report.from};
  Blast blast = takeover.blast;
  blast.shortest = blast.fastest;
  std::ranges::stable_sort(blast.order, {}, [&](NodeId n) { return blast.after[n]; });
  Steps steps(subject, scenario, blast);
  for (const NodeId n : takeover.fastest) {
    view.fastest.push_back(steps.view(n));
    view.fastest.back().step = static_cast<std::uint32_t>(view.fastest.size() - 1);
  }
}

Section steps_section(std::string title, const std::vector<ReachedView>& steps, const TextStyle& style) {
  return list_section(std::move(title), steps, style, [](const ReachedView& step) {
    return Entry{kStep, called(step.id, step.name), step.text};
  });
}

Section openings_section(const FlowView& view, const TextStyle& style) {
  std::string title = "Without any one of these it would be possible";
  if (!view.openings_complete) title += " (not all were tried)";
  return list_section(std::move(title), view.openings, style, [](const OpeningView& opening) {
    std::string lead = opening.what == Opening::Type::rule ? fmt::format("{} {}", opening.policy, opening.id)
                                                           : fmt::format("{} {}", word(opening.what), opening.id);
    return Entry{kStops, std::move(lead), opening.line.empty() ? "" : fmt::format("({})", opening.line), opening.text};
  });
}

Section way_section(const FlowView& view, const TextStyle& style) {
  return list_section("The way with the least to open", view.way, style, [](const WayStepView& step) {
    return Entry{step.closed ? kStops : kStep, step.id, step.text};
  });
}

}  // namespace

void add_takeover(FlowView& view, const Subject& subject, const FlowReport& report, Steps& steps) {
  const TakeoverExplanation& takeover = *report.takeover;
  view.takeover = takeover.reached;
  view.not_known = not_known_of_spread(subject, &takeover.blast.reached);
  for (const NodeId n : takeover.shortest) view.path.push_back(steps.view(n));
  for (const NodeId n : required_besides(subject.graph, takeover)) view.required.push_back(steps.view(n));
  if (takeover.reached) {
    add_fastest(view, subject, report);
  } else {
    for (const Opening& opening : takeover.openings) view.openings.push_back(opening_view(subject, opening));
    view.openings_complete = takeover.openings_complete;
    add_way(view, subject, report);
    if (takeover.way.empty()) view.dead_end = dead_end_words(subject, report);
  }
  view.takeover_text = takeover_words(view);
}

void add_takeover_sections(Document& document, const FlowView& view, const TextStyle& style) {
  add_section(document, steps_section("Takeover, step by step", view.path, style));
  add_section(document, steps_section("What that requires besides", view.required, style));
  add_section(document, steps_section("The fastest way", view.fastest, style));
  add_section(document, openings_section(view, style));
  add_section(document, way_section(view, style));
}

}  // namespace firebreak::report
