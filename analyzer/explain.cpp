#include "firebreak/explain.h"

#include <algorithm>

#include "analyzer/connection.h"
#include "analyzer/dark.h"
#include "analyzer/mask.h"
#include "analyzer/need_law.h"
#include "analyzer/takeover_openings.h"

namespace firebreak {

namespace {

/// The ports, of those asked for, whose judgement explains the flow: those that get through, else those that would if
/// the scenario did not block them, else those that are permitted or listened on.
PortSet telling_ports(const Graph& graph, NodeId from, NodeId to, const PortSet& asked, const PortSet& permitted) {
  const PortSet open = intersect(asked, exposed_ports(graph, to));
  if (PortSet through = intersect(open, permitted); !through.empty()) return through;
  const PortSet by_policy = permitted_ports(graph, Scenario{}, from, to);
  if (PortSet stopped = intersect(open, by_policy); !stopped.empty()) return stopped;
  if (!permitted.empty()) return permitted;
  if (PortSet stopped = intersect(asked, by_policy); !stopped.empty()) return stopped;
  return open.empty() ? asked : open;
}

NodeId first_of(NodeId a, NodeId b, const auto& holds) {
  if (holds(a)) return a;
  return holds(b) ? b : NodeId::none();
}

}  // namespace

FlowExplanation explain_flow(const Graph& graph, const Scenario& scenario, NodeId from, NodeId to,
                             const PortSet& ports) {
  const Mask mask(graph, scenario);
  const NeedRun run = run_need(mask);
  FlowExplanation result;
  result.ports = intersect(permitted_ports(graph, scenario, from, to), ports);
  result.permitted = !result.ports.empty();
  if (!ports.empty()) {
    result.port = telling_ports(graph, from, to, ports, result.ports).ranges().front().first;
    result.judgement = judge(graph, scenario, from, to, result.port);
  }
  const NodeId a = graph.zone[from];
  const NodeId b = graph.zone[to];
  if (a.valid() && b.valid()) result.connection = find_connection(graph, run, a, b);
  result.border = mask.zone_between(a, b);
  result.isolated = first_of(from, to, [&](NodeId n) { return mask.isolated(n); });
  const IdVector<NodeId, std::uint8_t> dark = find_dark(mask, run);
  result.dark = first_of(from, to, [&](NodeId n) { return dark[n] != 0; });
  if (graph.kind[to] == NodeKind::system) {
    result.target_exposes = intersects(exposed_ports(graph, to), result.permitted ? result.ports : ports);
    result.hardened = graph.effort[to] == kNever;
  }
  result.possible = result.permitted && result.connection.connected && !result.border.valid() &&
                    !result.isolated.valid() && !result.dark.valid();
  return result;
}

TakeoverExplanation explain_takeover(const Graph& graph, Scenario scenario, NodeId from, NodeId to) {
  scenario.compromised = {from};
  TakeoverExplanation result;
  const NeedRun run = run_need(graph, scenario);
  result.blast = blast(graph, scenario, run);
  result.reached = result.blast.reached[to];
  result.shortest = path_to(result.blast, to);
  result.fastest = path_to(result.blast, to, true);
  if (!result.reached) find_openings(graph, scenario, run, to, result);
  return result;
}

}  // namespace firebreak
