#include <array>
#include <string>
#include <vector>

#include "firebreak/impact.h"

#include "report/picture/need_picture.h"
#include "report/picture/pictures.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

std::string action_words(const Topology& topology, const Scenario& scenario) {
  const auto names = [&](const std::vector<NodeId>& nodes) {
    std::vector<std::string> words;
    for (const NodeId n : nodes) words.emplace_back(topology.label(n));
    return listing(words, 3);
  };
  std::vector<std::string> parts;
  if (!scenario.off.empty()) parts.push_back(names(scenario.off) + " off");
  std::vector<NodeId> isolated = scenario.isolated_zones;
  isolated.insert(isolated.end(), scenario.isolated_systems.begin(), scenario.isolated_systems.end());
  if (!isolated.empty()) parts.push_back(names(isolated) + " isolated");
  if (!scenario.block.empty()) parts.push_back(counted(scenario.block.size(), "flow") + " blocked");
  if (!scenario.allow.empty()) parts.push_back(counted(scenario.allow.size(), "flow") + " allowed");
  return listing(parts);
}

/// "3 of 7 services fail, 1 is degraded"
std::string outcome_words(const Topology& topology, const Impact& impact) {
  std::array<std::size_t, 5> counts{};
  for (const Service& service : topology.services) ++counts[static_cast<std::size_t>(impact.state[service.node])];
  const std::size_t lost = counts[0] + counts[1];
  const auto is_are = [](std::size_t n, const char* what) {
    return std::to_string(n) + (n == 1 ? " is " : " are ") + what;
  };
  if (topology.services.empty()) {
    std::size_t systems = 0;
    for (const System& system : topology.systems) systems += impact.state[system.node] == State::fails ? 1U : 0U;
    return counted(systems, "more system") + (systems == 1 ? " fails" : " fail");
  }
  std::string text = lost == 0 ? "none" : std::to_string(lost);
  text += " of " + counted(topology.services.size(), "service") + (lost == 1 || lost == 0 ? " is lost" : " are lost");
  if (counts[2] > 0) text += ", " + is_are(counts[2], "degraded");
  if (counts[3] > 0) text += ", " + is_are(counts[3], "at risk");
  return text;
}

}  // namespace

Picture picture_of_impact(const Subject& subject, const ImpactReport& report) {
  Picture picture = need_picture(subject, report);
  const std::string actions = action_words(subject.topology, subject.scenario);
  picture.title = actions.empty() ? std::string("With no action, ") : "With " + actions + ", ";
  picture.title += outcome_words(subject.topology, report.impact);
  if (report.at != kNever) picture.title += " after " + to_string_duration(report.at);
  if (!subject.topology.name.empty()) picture.remarks.emplace_back(subject.topology.name);
  return picture;
}

Picture picture_of_topology(const Subject& subject) {
  const Impact nothing_off = impact(subject.graph, subject.scenario);
  Picture picture = need_picture(subject, {nothing_off});
  for (PictureNode& node : picture.nodes) node.states_shown = node.state != State::works;
  std::erase_if(picture.legend,
                [](const LegendEntry& e) { return e.type == LegendEntry::Type::state && e.state == State::works; });
  const Topology& topology = subject.topology;
  picture.title = topology.name.empty() ? std::string("The topology") : std::string(topology.name);
  picture.title += ": " + counted(topology.systems.size(), "system") + ", " +
                   counted(topology.services.size(), "service") + ", " + counted(topology.customers.size(), "customer");
  return picture;
}

}  // namespace firebreak::report
