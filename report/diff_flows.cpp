#include <algorithm>
#include <fmt/format.h>

#include "report/diff_answer.h"
#include "report/verdicts.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

Span place_of(const Topology& topology, const FlowReason& reason) {
  switch (reason.type) {
    case FlowReason::Type::rule:
      return topology.rules[reason.rule].at;
    case FlowReason::Type::otherwise:
    case FlowReason::Type::gone_policy:
      return topology.policies[reason.policy].at;
    default:
      return reason.node.valid() ? topology.nodes[reason.node].at : Span{};
  }
}

/// What became of a node whose place is not what it was.
std::string place_words(const DiffReport& report, const FlowReason& reason) {
  const Match& match = report.match;
  const NodePair& pair = match.nodes[reason.after ? match.of_after[reason.node] : match.of_before[reason.node]];
  const Node& node = (reason.after ? report.after : report.before).topology.nodes[reason.node];
  const std::string id = fmt::format("{} {}", to_string(node.kind), node.id);
  if (!pair.before.valid()) return fmt::format("{} is new", id);
  if (!pair.after.valid()) return fmt::format("{} is gone", id);
  const auto zone = [](const Subject& subject, NodeId n) {
    const NodeId z = subject.graph.zone[n];
    return z.valid() ? std::string(subject.topology.nodes[z].id) : std::string("outside all zones");
  };
  return fmt::format("{} moved from {} to {}", id, zone(report.before, pair.before), zone(report.after, pair.after));
}

std::string link_words(const Topology& topology, const FlowReason& reason, bool opened) {
  if (!reason.node.valid()) {
    return opened ? "no link is stated any more, so that all zones are joined"
                  : "links are stated now, and none joins the two";
  }
  return fmt::format("link {} {}", topology.nodes[reason.node].id, opened ? "joins them now" : "joins them no longer");
}

std::string reason_words(const DiffReport& report, const FlowReason& reason, bool opened, const std::string& line) {
  const Subject& subject = reason.after ? report.after : report.before;
  const Topology& topology = subject.topology;
  const std::string_view says = opened ? "allows" : "denies";
  std::string words;
  switch (reason.type) {
    case FlowReason::Type::rule:
      words = fmt::format("rule {} of {} {} it", rule_words(topology, reason.rule), topology.policies[reason.policy].id,
                          says);
      break;
    case FlowReason::Type::otherwise:
      words = fmt::format("policy {} {} it by default", topology.policies[reason.policy].id, says);
      break;
    case FlowReason::Type::gone_policy:
      words = fmt::format("policy {}, which denied it, judges it no longer", topology.policies[reason.policy].id);
      break;
    case FlowReason::Type::place:
      words = place_words(report, reason);
      break;
    case FlowReason::Type::link:
      words = link_words(topology, reason, opened);
      break;
  }
  return line.empty() ? words : fmt::format("{} ({})", words, line);
}

FlowReasonView reason_view(const DiffReport& report, const FlowReason& reason, bool opened) {
  const Subject& subject = reason.after ? report.after : report.before;
  const Topology& topology = subject.topology;
  FlowReasonView view;
  view.type = reason.type;
  if (reason.policy.valid()) view.policy = topology.policies[reason.policy].id;
  if (reason.rule.valid()) view.rule = rule_words(topology, reason.rule);
  if (reason.node.valid()) view.id = topology.nodes[reason.node].id;
  const Span at = place_of(topology, reason);
  view.at = to_string(subject.sources, at);
  if (reason.after) view.span = at;
  const std::string line = line_of(subject.sources, at);
  view.text = reason_words(report, reason, opened, reason.after || line.empty() ? line : "before: " + line);
  return view;
}

std::string places_list(const std::vector<std::string>& selectors, const std::vector<std::string>& hosts) {
  if (selectors == std::vector<std::string>{"*"}) return "everywhere";
  std::vector<std::string> words;
  for (const std::string& word : selectors) {
    if (std::ranges::find(hosts, word) == hosts.end()) words.push_back(word);
  }
  for (const std::string& zone : hosts) words.push_back("hosts of " + zone);
  return listing(words, 3);
}

/// "office -> servers on tcp/445", "inside office on any port".
std::string lead_words(const FlowChangeView& view, const PortSet& ports) {
  const std::string on = "on " + ports_words(ports);
  const std::string from = places_list(view.from, view.hosts_from);
  const std::string to = places_list(view.to, view.hosts_to);
  const bool inside = view.between == FlowChange::Between::inside;
  const bool between = view.between == FlowChange::Between::zones;
  if (inside && from == to) return fmt::format("inside {} {}", from, on);
  return fmt::format("{} -> {} {}{}", from, to, on,
                     inside                  ? ", inside their zones"
                     : between && from == to ? ", between their zones"
                                             : "");
}

}  // namespace

FlowChangeView flow_change_view(const DiffReport& report, const FlowChange& change, const PlaceWords& words) {
  FlowChangeView view;
  view.change = change.opened ? Turn::opened : Turn::closed;
  view.felt = change.felt;
  view.between = change.between;
  const auto nodes = [&](const std::vector<PairId>& pairs) {
    std::vector<NodeId> all;
    for (const PairId p : pairs) {
      const NodePair& pair = report.match.nodes[p];
      all.push_back(change.opened ? pair.after : pair.before);
    }
    std::ranges::sort(all);
    return all;
  };
  PlaceWords::Places from = words.of_places(nodes(change.from));
  PlaceWords::Places to = words.of_places(nodes(change.to));
  view.from = std::move(from.selectors);
  view.hosts_from = std::move(from.hosts);
  view.to = std::move(to.selectors);
  view.hosts_to = std::move(to.hosts);
  view.ports = to_string(change.ports);
  view.pairs = change.pairs;
  for (const FlowReason& reason : change.reasons) view.because.push_back(reason_view(report, reason, change.opened));
  view.lead = lead_words(view, change.ports);
  std::vector<std::string> reasons;
  for (const FlowReasonView& reason : view.because) reasons.push_back(reason.text);
  const std::string_view turn = change.felt     ? (change.opened ? "opens" : "closes")
                                : change.opened ? "is permitted now, but nothing joins the two"
                                                : "is permitted no longer, but nothing joined the two";
  view.text = fmt::format("{} {}: {}", view.lead, turn, listing(reasons, 3));
  return view;
}

}  // namespace firebreak::report
