#include "report/zone_matrix.h"

#include <algorithm>

// Places of one class are alike to every policy, so one of each stands for all; only the places that a block or an
// allow of the scenario names are asked one by one.

namespace firebreak::report {
namespace {

constexpr std::size_t kMostJudgements = 400'000;
constexpr std::size_t kMostSingledOut = 64;  ///< per class

std::string port_words(const PortSet& ports) {
  return ports.is_any() ? std::string("any") : to_string(ports);
}

}  // namespace

std::string Allowance::words() const {
  std::string text;
  if (!everywhere.empty()) text = port_words(everywhere);
  const PortSet rest = subtract(somewhere, everywhere);
  if (!rest.empty()) text += (text.empty() ? "some: " : "\nsome: ") + port_words(rest);
  return text;
}

ZoneMatrix::ZoneMatrix(const Graph& graph, const Scenario& scenario)
    : graph_(graph), scenario_(scenario), places_(graph.node_count) {
  for (const FlowClassId c : ids<FlowClassId>(graph_.flow.classes.size())) add_class(c);
}

Allowance ZoneMatrix::between(NodeId from, NodeId to) {
  Allowance out;
  bool first = true;
  for (const NodeId a : places_[from]) {
    for (const NodeId b : places_[to]) {
      const bool itself = a == b && places_[from].size() > 1;
      if (itself) continue;
      if (judgements_ >= kMostJudgements && !first) {
        cut_short_ = true;
        return out;
      }
      ++judgements_;
      const PortSet open = permitted_ports(graph_, scenario_, a, b);
      out.somewhere = unite(out.somewhere, open);
      out.everywhere = first ? open : intersect(out.everywhere, open);
      first = false;
    }
  }
  return out;
}

void ZoneMatrix::add_class(FlowClassId c) {
  const FlowRelation::Class& about = graph_.flow.classes[c];
  if (!about.zone.valid()) return;
  std::vector<NodeId>& places = places_[about.zone];
  if (about.zone_itself) {
    places.push_back(about.zone);
    return;
  }
  std::size_t single = 0;
  bool others = false;
  for (const NodeId n : graph_.flow.members[c]) {
    const bool alone = single < kMostSingledOut && singled_out(n);
    if (alone) ++single;
    if (alone || !others) places.push_back(n);
    others = others || !alone;
  }
}

bool ZoneMatrix::singled_out(NodeId n) const {
  const auto names = [n](const FlowRule& rule) {
    return (!rule.from.everything && rule.from.contains(n)) || (!rule.to.everything && rule.to.contains(n));
  };
  return std::any_of(scenario_.block.begin(), scenario_.block.end(), names) ||
         std::any_of(scenario_.allow.begin(), scenario_.allow.end(), names);
}

}  // namespace firebreak::report
