#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/policy.h"

#include "report/picture/pictures.h"
#include "report/wording.h"

// A column per step; each node hangs on the one it was taken from, so the picture is a tree with as many arrows as
// nodes. Ways to crown jewels are thick. The last column says what is lost with all that, and how much is out of reach.

namespace firebreak::report {
namespace {

constexpr std::size_t kNone = PictureNode::kNoBox;
constexpr std::uint32_t kMostColumns = 12;  ///< later steps share the last one
constexpr std::size_t kMostPortSets = 20'000;

class BlastPicture {
 public:
  BlastPicture(const Subject& subject, const BlastReport& report)
      : subject_(subject),
        topology_(subject.topology),
        graph_(subject.graph),
        blast_(report.blast),
        report_(report),
        index_(graph_.node_count, kNone) {}

  Picture make() {
    picture_.columns_in_order = true;
    add_columns();
    for (const NodeId n : blast_.order) add_reached(n);
    mark_ways_to_jewels();
    for (const NodeId n : blast_.order) add_step(n);
    add_services();
    add_unreached();
    add_legend();
    return std::move(picture_);
  }

 private:
  [[nodiscard]] std::size_t column_of(NodeId n) const { return std::min(blast_.step[n], kMostColumns); }

  void add_columns() {
    std::vector<std::size_t> sizes;
    for (const NodeId n : blast_.order) {
      const std::size_t column = column_of(n);
      if (sizes.size() <= column) sizes.resize(column + 1);
      ++sizes[column];
      last_step_ = std::max(last_step_, blast_.step[n]);
    }
    for (std::size_t c = 0; c < sizes.size(); ++c) {
      std::string title = c == 0 ? std::string("Start") : "Step " + std::to_string(c);
      if (c == kMostColumns && last_step_ > kMostColumns)
        title = "Steps " + std::to_string(c) + " to " + std::to_string(last_step_);
      if (sizes[c] > 1) title += ": " + grouped(static_cast<double>(sizes[c]));
      picture_.boxes.push_back({.title = std::move(title), .plain = true});
    }
  }

  [[nodiscard]] bool is_critical(NodeId n) const { return graph_.critical[n]; }

  [[nodiscard]] std::string place_of(NodeId n) const {
    const NodeId zone = graph_.zone[n];
    return zone.valid() ? std::string(topology_.label(zone)) : std::string();
  }

  void add_reached(NodeId n) {
    PictureNode node;
    node.subject = n;
    node.name = std::string(topology_.label(n));
    node.spread = blast_.step[n] == 0 ? Spread::start : Spread::reached;
    node.states_shown = false;
    node.jewel = is_critical(n);
    node.box = column_of(n);
    node.column = column_of(n);
    const bool identity = graph_.kind[n] == NodeKind::identity;
    if (identity) node.shape = Shape::identity;
    const WordId kind = identity ? topology_.identity(n).kind : topology_.system(n).kind;
    const std::string place = place_of(n);
    const std::string what =
        kind.valid() ? std::string(topology_.words[kind]) : std::string(identity ? "identity" : "");
    node.noun = (what.empty() ? std::string("system") : what) + (place.empty() ? "" : " in " + place);
    if (blast_.step[n] > 0 && blast_.after[n] > 0) node.notes.push_back("after " + to_string_duration(blast_.after[n]));
    if (node.spread == Spread::start) node.keep = 1;
    index_[n] = picture_.nodes.size();
    picture_.nodes.push_back(std::move(node));
  }

  void mark_ways_to_jewels() {
    on_way_.assign(graph_.node_count, false);
    std::uint32_t rank = 1;
    for (const NodeId n : blast_.order) {
      if (!is_critical(n)) continue;
      ++rank;
      for (const NodeId on_way : path_to(blast_, n)) {
        on_way_[on_way] = true;
        PictureNode& node = picture_.nodes[index_[on_way]];
        node.keep = std::min(node.keep, rank);
      }
    }
  }

  /// The ports by which a flow gets at its target.
  std::string ports_of(NodeId from, NodeId to) {
    const FlowClassId from_class = graph_.flow.class_of[from];
    const FlowClassId to_class = graph_.flow.class_of[to];
    if (!from_class.valid() || !to_class.valid()) return {};
    const bool by_class = subject_.scenario.block.empty() && subject_.scenario.allow.empty();
    const std::pair<std::uint32_t, std::uint32_t> key =
        by_class ? std::pair(from_class.index(), to_class.index()) : std::pair(from.index(), to.index());
    const auto known = ports_.find(key);
    if (known != ports_.end()) return known->second;
    if (ports_.size() >= kMostPortSets) return "flow";
    PortSet open =
        by_class ? permitted_ports(graph_, from_class, to_class) : permitted_ports(graph_, subject_.scenario, from, to);
    open = intersect(open, exposed_ports(graph_, to));
    return ports_[key] = open.is_any() ? std::string("any port") : to_string(open);
  }

  std::string words_of(const Step& step, NodeId to) {
    switch (step.type) {
      case StepType::flow:
        return ports_of(step.from, to);
      case StepType::hosting:
        return "hosts it";
      case StepType::pivot: {
        const Pivot pivot = topology_.pivot(step.pivot);
        if (!pivot.via.empty()) return std::string(pivot.via);
        return pivot.port.valid() ? "pivot " + to_string(topology_.ports[pivot.port]) : std::string("pivot");
      }
      case StepType::start:
        break;
    }
    return {};
  }

  void add_step(NodeId n) {
    const Step& step = blast_.shortest[n];
    if (step.type == StepType::start || !step.from.valid() || index_[step.from] == kNone) return;
    PictureEdge edge;
    edge.from = index_[step.from];
    edge.to = index_[n];
    edge.spread = true;
    edge.chain = on_way_[n];
    edge.label = words_of(step, n);
    picture_.edges.push_back(std::move(edge));
    if (step.type != StepType::pivot) return;
    for (const NodeId required : graph_.pivots[step.pivot].requires_all) {
      if (required == step.from || index_[required] == kNone) continue;
      PictureEdge help;
      help.from = index_[required];
      help.to = index_[n];
      help.spread = true;
      help.dashed = true;
      help.label = "needed too";
      picture_.edges.push_back(std::move(help));
      any_help_ = true;
    }
  }

  /// The reached node at the root of a service's loss.
  NodeId root_of(const CauseFinder& finder, NodeId service) const {
    NodeId root;
    for (const Cause& cause : finder.chain(service)) {
      const bool is_node = cause.vertex.index() < graph_.node_count;
      if (is_node && index_[NodeId(cause.vertex.index())] != kNone) root = NodeId(cause.vertex.index());
    }
    return root;
  }

  void add_services() {
    std::vector<NodeId> lost;
    for (const Service& service : topology_.services) {
      const State then = report_.if_lost.state[service.node];
      if (then < State::at_risk && then < report_.now.state[service.node]) lost.push_back(service.node);
    }
    if (lost.empty()) return;
    std::stable_sort(lost.begin(), lost.end(), [&](NodeId a, NodeId b) {
      return std::pair(report_.if_lost.state[a], -graph_.weight[a]) <
             std::pair(report_.if_lost.state[b], -graph_.weight[b]);
    });
    last_box_ = picture_.boxes.size();
    picture_.boxes.push_back({.title = "If all of it is lost: " + counted(lost.size(), "service"), .plain = true});
    Scenario all_lost = subject_.scenario;
    all_lost.off.insert(all_lost.off.end(), blast_.order.begin(), blast_.order.end());
    std::sort(all_lost.off.begin(), all_lost.off.end());
    all_lost.off.erase(std::unique(all_lost.off.begin(), all_lost.off.end()), all_lost.off.end());
    const CauseFinder finder(graph_, all_lost, report_.if_lost.run);
    for (const NodeId service : lost) add_service(finder, service);
  }

  void add_service(const CauseFinder& finder, NodeId service) {
    PictureNode node;
    node.subject = service;
    node.shape = Shape::service;
    node.name = std::string(topology_.label(service));
    node.state = report_.if_lost.state[service];
    node.box = last_box_;
    node.column = last_box_;
    any_state_[node.state] = true;
    index_[service] = picture_.nodes.size();
    picture_.nodes.push_back(node);
    const NodeId root = root_of(finder, service);
    if (!root.valid()) return;
    PictureEdge edge;
    edge.from = index_[root];
    edge.to = index_[service];
    edge.carries = node.state;
    picture_.edges.push_back(std::move(edge));
  }

  void add_unreached() {
    if (blast_.unreached == 0) return;
    std::vector<std::string> jewels;
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (is_critical(n) && !blast_.reached[n]) jewels.emplace_back(topology_.label(n));
    }
    PictureNode rest;
    rest.shape = Shape::summary;
    rest.states_shown = false;
    rest.name = grouped(blast_.unreached) + " not reached";
    rest.keep = 0;
    if (!jewels.empty()) rest.notes.push_back("★ among them " + listing(jewels, 3));
    rest.box = rest.column = picture_.boxes.size();
    picture_.boxes.push_back({.title = "Out of reach", .plain = true});
    picture_.nodes.push_back(std::move(rest));
  }

  void add_legend() {
    using Type = LegendEntry::Type;
    picture_.legend.push_back({.type = Type::start, .text = "compromised from the start"});
    picture_.legend.push_back(
        {.type = Type::reached, .text = "reached: " + grouped(static_cast<double>(blast_.order.size()))});
    picture_.legend.push_back({.type = Type::jewel, .text = "crown jewel"});
    for (const auto& [state, seen] : any_state_)
      picture_.legend.push_back({.type = Type::state, .state = state, .text = " if lost"});
    picture_.legend.push_back({.type = Type::line, .chain = true, .spread = true, .text = "way to a crown jewel"});
    picture_.legend.push_back({.type = Type::line, .spread = true, .text = "taken by"});
    if (any_help_)
      picture_.legend.push_back({.type = Type::line, .dashed = true, .spread = true, .text = "needed too"});
  }

  const Subject& subject_;
  const Topology& topology_;
  const Graph& graph_;
  const Blast& blast_;
  const BlastReport& report_;
  IdVector<NodeId, std::size_t> index_;
  IdVector<NodeId, bool> on_way_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> ports_;
  std::map<State, bool> any_state_;
  Picture picture_;
  std::uint32_t last_step_ = 0;
  std::size_t last_box_ = kNone;
  bool any_help_ = false;
};

}  // namespace

Picture picture_of_blast(const Subject& subject, const BlastReport& report) {
  Picture picture = BlastPicture(subject, report).make();
  const Blast& blast = report.blast;
  std::vector<std::string> starts;
  std::uint64_t jewels = 0;
  std::uint32_t steps = 0;
  for (const NodeId n : blast.order) {
    if (blast.step[n] == 0) starts.emplace_back(subject.topology.label(n));
    if (subject.graph.critical[n]) ++jewels;
    steps = std::max(steps, blast.step[n]);
  }
  const std::size_t taken = blast.order.size() - starts.size();
  const std::size_t others = taken + blast.unreached;
  if (starts.empty()) {
    picture.title = "Nothing is compromised";
  } else {
    picture.title = "From " + listing(starts, 3) + ", " + grouped(static_cast<double>(taken)) + " of " +
                    counted(others, "other system and identity", "other systems and identities") +
                    (taken == 1 ? " is" : " are") + " reached";
    if (steps > 0) picture.title += " in " + counted(steps, "step");
    if (jewels > 0) picture.title += ", " + counted(jewels, "crown jewel") + " among them";
  }
  if (!subject.topology.name.empty()) picture.remarks.emplace_back(subject.topology.name);
  return picture;
}

}  // namespace firebreak::report
