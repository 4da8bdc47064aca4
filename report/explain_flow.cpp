#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "report/escape.h"
#include "report/explain_answer.h"
#include "report/surroundings.h"
#include "report/takeover_words.h"
#include "report/verdicts.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kPasses = {"✓", "+", "32", "allows it"};
constexpr Mark kStops = {"✕", "x", "1;31", "denies it"};

bool is_place(const Subject& subject, NodeId n) {
  return subject.graph.kind[n] == NodeKind::system || subject.graph.kind[n] == NodeKind::zone;
}

std::string port_words(std::uint32_t port) {
  return to_string(PortSet({{port, port}}));
}

/// Whether what denies one port denies all that are asked for; a default stands for the rest.
bool stops_all(const Subject& subject, const FlowJudgement& judgement, const PortSet& asked) {
  if (judgement.block) return includes(subject.scenario.block[*judgement.block].ports, asked);
  for (const Verdict& verdict : judgement.verdicts) {
    if (verdict.allow) continue;
    return !verdict.rule.valid() || includes(subject.topology.ports[subject.topology.rules[verdict.rule].ports], asked);
  }
  return true;
}

std::string flow_answer(const FlowReport& report, const FlowView& view) {
  if (view.possible && report.flow.target_exposes) {
    return fmt::format("{} can send to {} on {}", view.from, view.to, ports_words(report.flow.ports));
  }
  if (view.possible) return fmt::format("{} can send to {}, but {}", view.from, view.to, view.obstacles.front());
  return fmt::format("{} cannot send to {} on {}: {}", view.from, view.to, ports_words(report.asked),
                     view.obstacles.empty() ? "something stops it" : view.obstacles.front());
}

std::string summary(const FlowView& view) {
  if (!view.takeover) return view.flow_text + ".";
  if (!view.places) return view.takeover_text + ".";
  return fmt::format("{}; {}.", view.flow_text, view.takeover_text);
}

}  // namespace

std::vector<std::string> obstacles(const Subject& subject, const FlowReport& report) {
  const Topology& topology = subject.topology;
  const FlowExplanation& flow = report.flow;
  const auto id = [&](NodeId n) { return std::string(topology.nodes[n].id); };
  std::vector<std::string> found;
  for (const NodeId n : {report.from, report.to}) {
    if (!is_place(subject, n))
      found.push_back(
          fmt::format("{} is an {} and has no place in the network", id(n), to_string(topology.nodes[n].kind)));
    if (subject.graph.kind[n] == NodeKind::system && !subject.graph.zone[n].valid()) {
      found.push_back(fmt::format("{} is in no zone ({})", id(n), line_of(subject.sources, topology.nodes[n].at)));
    }
  }
  if (!found.empty()) return found;
  if (!flow.judgement.permitted) {
    const bool all = !flow.permitted && stops_all(subject, flow.judgement, report.asked);
    found.push_back((all ? "" : "on " + port_words(flow.port) + " ") +
                    denial_words(subject, subject.scenario, flow.judgement));
  }
  if (!flow.connection.connected) {
    std::vector<std::string> broken;
    for (const NodeId link : flow.connection.broken) broken.push_back(id(link));
    found.push_back(fmt::format("no working link joins {} and {}{}", id(subject.graph.zone[report.from]),
                                id(subject.graph.zone[report.to]),
                                broken.empty() ? "" : fmt::format("; down: {}", listing(broken))));
  }
  if (flow.border.valid()) found.push_back(fmt::format("the isolated border of {} runs between them", id(flow.border)));
  if (flow.isolated.valid()) found.push_back(fmt::format("{} is isolated", id(flow.isolated)));
  if (flow.dark.valid()) found.push_back(fmt::format("{} is off, or the site or host under it is", id(flow.dark)));
  if (!flow.target_exposes) {
    found.push_back(fmt::format("{} does not listen on {} ({})", id(report.to),
                                ports_words(flow.permitted ? flow.ports : report.asked),
                                line_of(subject.sources, topology.nodes[report.to].at)));
  }
  return found;
}

FlowView make_view(const Subject& subject, const FlowReport& report, Steps* steps) {
  const Topology& topology = subject.topology;
  const FlowExplanation& flow = report.flow;
  FlowView view;
  view.from = topology.nodes[report.from].id;
  view.to = topology.nodes[report.to].id;
  view.asked = to_string(report.asked);
  view.places = is_place(subject, report.from) && is_place(subject, report.to);
  view.possible = flow.possible;
  view.permitted = flow.permitted;
  view.ports = to_string(flow.ports);
  view.judged = port_words(flow.port);
  for (const Verdict& verdict : flow.judgement.verdicts) view.verdicts.push_back(verdict_view(subject, verdict));
  if (flow.judgement.block)
    view.overridden = "block " + flow_words(topology, subject.scenario.block[*flow.judgement.block]);
  if (flow.judgement.allow)
    view.overridden = "allow " + flow_words(topology, subject.scenario.allow[*flow.judgement.allow]);
  view.obstacles = obstacles(subject, report);
  view.connected = flow.connection.connected;
  for (const NodeId link : flow.connection.path) view.links.emplace_back(topology.nodes[link].id);
  for (const NodeId link : flow.connection.broken) view.broken_links.emplace_back(topology.nodes[link].id);
  view.flow_text = flow_answer(report, view);
  if (report.takeover != nullptr && steps != nullptr) add_takeover(view, subject, report, *steps);
  view.head = head(subject, "explain", summary(view));
  view.next = report.takeover != nullptr ? next_command(subject, "blast", {}, "--to " + shell_word(view.to))
                                         : fmt::format("firebreak check {}", subject.files);
  return view;
}

Document make_document(const Subject& subject, const FlowReport& report, const FlowView& view, const TextStyle& style) {
  Document document;
  document.title = fmt::format("Explain: {} to {}", view.from, view.to);
  document.summary = view.head.summary;
  document.context = context(subject);
  const bool one_port = report.asked == PortSet({{report.flow.port, report.flow.port}});
  const bool by_rule =
      std::ranges::any_of(view.verdicts, [](const VerdictView& verdict) { return verdict.rule.has_value(); });
  const bool same_on_all = !by_rule && !view.overridden;
  Section verdicts{one_port || same_on_all ? "Policies" : "Policies, of " + view.judged};
  if (view.overridden) {
    verdicts.entries.push_back({report.flow.judgement.block ? kStops : kPasses, "the scenario", "", *view.overridden});
  }
  for (const VerdictView& verdict : view.verdicts) {
    verdicts.entries.push_back(
        {verdict.action == RuleAction::allow ? kPasses : kStops, verdict.policy,
         fmt::format("{} ({})", verdict.rule ? "by rule " + *verdict.rule : "by default", verdict.line)});
  }
  add_section(document, std::move(verdicts));
  Section ways{"Links"};
  if (!view.links.empty()) ways.entries.push_back({.lead = "over " + listing(view.links, 10)});
  add_section(document, std::move(ways));
  const bool taken_over = view.takeover.value_or(false);
  Section obstacles{view.possible ? "But" : taken_over ? "In the way of a direct flow" : "In the way"};
  // What the policies say stands above already.
  const bool denied = !report.flow.judgement.permitted && (!view.verdicts.empty() || view.overridden);
  for (std::size_t i = denied ? 1 : 0; i < view.obstacles.size(); ++i) {
    obstacles.entries.push_back({.lead = view.obstacles[i]});
  }
  add_section(document, std::move(obstacles));
  add_takeover_sections(document, view, style);
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

std::string to_csv(const FlowView& view) {
  std::string out = "part,id,how,at,text\r\n";
  const auto line = [&](std::string_view part, std::string_view id, std::string_view how, std::string_view at,
                        std::string_view text) {
    out += fmt::format("{},{},{},{},{}\r\n", part, csv_cell(id), csv_cell(how), csv_cell(at), csv_cell(text));
  };
  const auto answer = [](bool yes) { return yes ? "possible" : "not possible"; };
  if (view.places) line("flow", "", answer(view.possible), "", view.flow_text);
  if (view.takeover) line("takeover", "", answer(*view.takeover), "", view.takeover_text);
  for (const VerdictView& verdict : view.verdicts) {
    line("verdict", verdict.policy, word(verdict.action), verdict.at, verdict.text);
  }
  for (const std::string& obstacle : view.obstacles) line("obstacle", "", "", "", obstacle);
  for (const ReachedView& step : view.path) line("step", step.id, word(step.how), step.at, step.text);
  for (const ReachedView& step : view.required) line("required", step.id, word(step.how), step.at, step.text);
  for (const ReachedView& step : view.fastest) line("fastest", step.id, word(step.how), step.at, step.text);
  for (const OpeningView& opening : view.openings)
    line("opening", opening.id, word(opening.what), opening.at, opening.text);
  for (const WayStepView& step : view.way) line(step.closed ? "closed" : "way", step.id, word(step.how), "", step.text);
  return out;
}

}  // namespace firebreak::report
