#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <numeric>

#include "report/blast_answer.h"
#include "report/escape.h"
#include "report/impact_answer.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

std::uint64_t takeable(const Topology& topology) {
  return topology.systems.size() + topology.identities.size();
}

/// "pc-17 reaches 14 of 40 systems and identities, 2 of 3 crown jewels among them, in at most 4 steps"
std::string reach_phrase(const Subject& subject, const BlastReport& report, const BlastView& view) {
  const std::vector<std::string> start = ids_of(subject.topology, subject.scenario.compromised);
  std::uint64_t jewels = 0;
  std::uint64_t jewels_reached = 0;
  for (const NodeId n : ids<NodeId>(subject.topology.nodes.size())) {
    if (!subject.graph.critical[n]) continue;
    ++jewels;
    if (report.blast.reached[n]) ++jewels_reached;
  }
  const std::vector<NodeId>& order = report.blast.order;
  const std::uint64_t taken = order.size() - std::min(order.size(), start.size());
  std::string words = fmt::format("{} {} ", listing(start, 3), start.size() == 1 ? "reaches" : "reach");
  if (taken == 0) {
    words += "nothing else";
  } else {
    words += share(taken, takeable(subject.topology) - start.size(), "other system or identity",
                   "other systems and identities");
  }
  if (jewels > 0) {
    words += jewels_reached == 0 ? fmt::format(", none of {}", counted(jewels, "crown jewel"))
                                 : ", " + share(jewels_reached, jewels, "crown jewel");
  }
  if (taken > 0) words += fmt::format(", in at most {}", counted(report.blast.step[order.back()], "step"));
  const auto failing = static_cast<std::uint64_t>(
      std::ranges::count_if(view.services_at_risk, [](const ServiceView& s) { return s.state <= State::fails; }));
  const std::uint64_t services = subject.topology.services.size();
  if (services > 0) {
    words += "; losing all of it fails " + (failing == 0 ? "no service" : share(failing, services, "service"));
  }
  return words;
}

std::string summary(const Subject& subject, const BlastReport& report, const BlastView& view) {
  std::vector<std::string> parts;
  if (!subject.scenario.compromised.empty()) parts.push_back(reach_phrase(subject, report, view));
  if (view.reachable_from.value) {
    const auto& sources = *view.reachable_from.value;
    const auto direct = std::ranges::count_if(sources, [](const SourceView& s) { return s.step <= 1; });
    parts.push_back(
        sources.empty()
            ? fmt::format("{} can be reached from nowhere", listing(ids_of(subject.topology, report.targets), 3, "or"))
            : fmt::format("{} can be reached from {} of {}, from {} of them in one step",
                          listing(ids_of(subject.topology, report.targets), 3, "or"), sources.size(),
                          counted(takeable(subject.topology), "system or identity", "systems and identities"), direct));
  }
  if (view.rank.value) {
    const auto& rank = *view.rank.value;
    parts.push_back(rank.empty() ? "there is nothing to rank"
                                 : fmt::format("{} reaches the most, {} of {} systems and identities with itself",
                                               rank.front().id, rank.front().reaches, takeable(subject.topology)));
  }
  return fmt::format("{}.", fmt::join(parts, "; "));
}

/// Services that are worse off if all that is reached is lost.
std::vector<ServiceView> services_at_risk(const Subject& subject, const BlastReport& report) {
  std::vector<ServiceView> services = service_views(subject, report.if_lost);
  std::erase_if(services, [&](const ServiceView& service) {
    const State before = report.now.state[service.node];
    return service.state > State::degraded || before <= State::fails || before <= service.state;
  });
  return services;
}

std::vector<ZoneRankView> zone_ranks(const Subject& subject, const BlastReport& report) {
  const Packed<NodeId, NodeId> inside = systems_inside(subject.graph);
  std::vector<ZoneRankView> zones;
  for (const RankEntry& entry : report.zones) {
    zones.push_back({std::string(subject.topology.nodes[entry.node].id), inside[entry.node].size(), entry.reaches});
  }
  return zones;
}

std::vector<ExposedView> exposed_views(const Subject& subject, const BlastReport& report) {
  std::vector<ExposedView> views;
  for (std::size_t i = 0; i < report.protect.size(); ++i) {
    const std::vector<std::uint64_t>& by_step = report.exposed[i];
    const std::uint64_t from = std::accumulate(by_step.begin(), by_step.end(), std::uint64_t{0});
    views.push_back({std::string(subject.topology.nodes[report.protect[i]].id), from, by_step});
  }
  std::ranges::stable_sort(views, std::greater<>(), &ExposedView::from);
  return views;
}

std::string next(const Subject& subject, const BlastView& view, const BlastReport& report) {
  const Scenario& scenario = subject.scenario;
  if (scenario.compromised.empty()) {
    const std::string who = view.rank.value && !view.rank.value->empty() ? view.rank.value->front().id
                            : view.reachable_from.value && !view.reachable_from.value->empty()
                                ? view.reachable_from.value->front().id
                                : std::string();
    return who.empty() ? fmt::format("firebreak check {}", subject.files)
                       : command_line(subject, "blast", {}, "--compromised " + shell_word(who));
  }
  for (const NodeId n : report.blast.order) {
    if (subject.graph.critical[n] && report.blast.step[n] > 0) {
      const std::vector<NodeId> path = path_to(report.blast, n);
      return next_command(
          subject, "explain",
          {std::string(subject.topology.nodes[path.front()].id), std::string(subject.topology.nodes[n].id)});
    }
  }
  std::vector<std::string> start;
  for (const NodeId n : scenario.compromised) {
    const bool isolated = std::ranges::binary_search(scenario.isolated_systems, n);
    if (subject.graph.kind[n] == NodeKind::system && !isolated) start.emplace_back(subject.topology.nodes[n].id);
  }
  if (start.empty()) return next_command(subject, "impact");
  return next_command(subject, "impact", {}, "--isolate " + shell_word(fmt::format("{}", fmt::join(start, ","))));
}

}  // namespace

BlastView make_view(const Subject& subject, const BlastReport& report) {
  const Topology& topology = subject.topology;
  BlastView view;
  view.unreached = report.blast.unreached;
  if (!subject.scenario.compromised.empty()) view.services_at_risk = services_at_risk(subject, report);
  for (const ServiceView& service : view.services_at_risk) {
    if (service.state <= State::fails) view.weight_at_risk.value += service.weight.value;
  }
  if (report.exposure != nullptr) {
    auto& sources = view.reachable_from.value.emplace();
    for (const Exposure::Source& source : report.exposure->sources) {
      const Node& node = topology.nodes[source.node];
      sources.push_back(
          {std::string(node.id), node.kind, std::string(topology.nodes[source.target].id), source.step, source.after});
    }
  }
  if (report.rank != nullptr) {
    auto& rank = view.rank.value.emplace();
    for (const RankEntry& entry : *report.rank) {
      rank.push_back({std::string(topology.nodes[entry.node].id), topology.nodes[entry.node].kind, entry.reaches});
    }
    view.zones.value = zone_ranks(subject, report);
    if (!report.protect.empty()) view.exposed.value = exposed_views(subject, report);
  }
  std::vector<NodeId> concerned;
  for (const NodeId n : report.blast.order) {
    if (subject.graph.critical[n]) concerned.push_back(n);
  }
  for (const NodeId n : report.blast.order) {
    if (!subject.graph.critical[n]) concerned.push_back(n);
  }
  view.call = calls(topology, concerned);
  view.not_known = not_known_of_spread(subject, subject.scenario.compromised.empty() ? nullptr : &report.blast.reached);
  view.head = head(subject, "blast", summary(subject, report, view));
  view.next = next(subject, view, report);
  return view;
}

void add_reached(BlastView& view, const BlastReport& report, Steps& steps) {
  view.reached.reserve(report.blast.order.size());
  for (const NodeId n : report.blast.order) view.reached.push_back(steps.view(n));
}

std::string to_csv(const BlastView& view) {
  std::string out;
  const auto seconds = [](Time after) { return after ? std::to_string(*after) : std::string(); };
  if (view.rank.value) {
    out = "id,kind,reaches\r\n";
    for (const RankView& entry : *view.rank.value) {
      out += fmt::format("{},{},{}\r\n", csv_cell(entry.id), to_string(entry.kind), entry.reaches);
    }
    for (const ZoneRankView& zone : *view.zones.value) {
      out += fmt::format("{},zone,{}\r\n", csv_cell(zone.id), zone.reaches);
    }
    return out;
  }
  if (view.reachable_from.value) {
    out = "id,kind,target,step,after_s\r\n";
    for (const SourceView& source : *view.reachable_from.value) {
      out += fmt::format("{},{},{},{},{}\r\n", csv_cell(source.id), to_string(source.kind), csv_cell(source.target),
                         source.step, seconds(source.after_s));
    }
    return out;
  }
  out = "id,name,kind,step,after_s,critical,from,how,ports,at,text,owner,phone\r\n";
  for (const ReachedView& reached : view.reached) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv_cell(reached.id), csv_cell(reached.name),
                       to_string(reached.kind), reached.step, seconds(reached.after_s),
                       reached.critical ? "true" : "false", csv_cell(reached.from), word(reached.how),
                       csv_cell(reached.ports), csv_cell(reached.at), csv_cell(reached.text), csv_cell(reached.owner),
                       csv_cell(reached.phone));
  }
  return out;
}

}  // namespace firebreak::report
