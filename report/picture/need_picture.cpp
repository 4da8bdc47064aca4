#include "report/picture/need_picture.h"

#include <algorithm>
#include <array>
#include <map>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "firebreak/impact.h"

#include "report/picture/picture_causes.h"
#include "report/wording.h"

// Every drawn node brings the inputs of its vertex as edges: groups of alternatives become small gates, groups of "all"
// melt into their owner. The causes of each lost vertex are the failing chains; a need lost for want of a path hangs on
// the link that is down.

namespace firebreak::report {
namespace {

constexpr std::size_t kNone = PictureNode::kNoBox;
constexpr std::size_t kServices = 0;  // columns
constexpr std::size_t kCustomers = 1;
constexpr std::size_t kMostChains = 14;
constexpr std::size_t kMostActions = 8;
constexpr std::size_t kChainEnd = 15;

class NeedPicture {
 public:
  NeedPicture(const Subject& subject, const ImpactReport& report)
      : topology_(subject.topology),
        graph_(subject.graph),
        scenario_(subject.scenario),
        impact_(report.impact),
        causes_(subject.graph, subject.scenario, report.impact, report.at),
        index_(graph_.node_count, kNone) {}

  Picture make() {
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (is_drawn(n)) add_node(n);
    }
    align_services();
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (index_[n] != kNone && impact_.state[n] != State::off) add_inputs(n);  // what we switched off needs no reason
    }
    keep_chains();
    find_bystanders();
    add_legend();
    return std::move(picture_);
  }

 private:
  [[nodiscard]] bool has_needs(NodeId n) const { return !topology_.needs_of(n).empty(); }

  [[nodiscard]] bool is_drawn(NodeId n) const {
    switch (graph_.kind[n]) {
      case NodeKind::system:
      case NodeKind::service:
      case NodeKind::customer:
        return true;
      case NodeKind::site:
        return impact_.state[n] != State::works || has_needs(n);
      case NodeKind::link:
        return impact_.state[n] != State::works;
      case NodeKind::zone:
      case NodeKind::identity:
        return false;
    }
    return false;
  }

  [[nodiscard]] bool is_isolated_zone(NodeId zone) const {
    return std::binary_search(scenario_.isolated_zones.begin(), scenario_.isolated_zones.end(), zone);
  }

  /// The zone around a zone that gets a box of its own: the map of zones shows how they nest, here only isolated
  /// borders matter.
  [[nodiscard]] NodeId outer_box(NodeId zone) const {
    NodeId outer = graph_.parent[zone];
    while (outer.valid() && !is_isolated_zone(outer)) outer = graph_.parent[outer];
    return outer;
  }

  std::size_t box_of(NodeId zone) {
    std::vector<NodeId> missing;
    for (NodeId z = zone; z.valid() && !boxes_.contains(z); z = outer_box(z)) missing.push_back(z);
    for (const NodeId z : std::views::reverse(missing)) {
      PictureBox box;
      box.title = std::string(topology_.label(z));
      box.isolated = is_isolated_zone(z);
      if (const NodeId outer = outer_box(z); outer.valid()) box.parent = boxes_.at(outer);
      any_isolated_ = any_isolated_ || box.isolated;
      boxes_[z] = picture_.boxes.size();
      picture_.boxes.push_back(std::move(box));
    }
    return zone.valid() ? boxes_.at(zone) : kNone;
  }

  void add_node(NodeId n) {
    PictureNode node;
    node.subject = n;
    node.name = std::string(topology_.label(n));
    node.state = impact_.state[n];
    node.after = impact_.after[n] == kNever ? 0 : impact_.after[n];
    node.from_start = impact_.from_start[n];
    node.isolated = std::binary_search(scenario_.isolated_systems.begin(), scenario_.isolated_systems.end(), n);
    any_isolated_ = any_isolated_ || node.isolated;
    switch (graph_.kind[n]) {
      case NodeKind::system:
        describe_system(node, topology_.system(n));
        break;
      case NodeKind::service:
        node.shape = Shape::service;
        if (const auto users = topology_.service(n).users) node.notes.push_back(grouped(*users) + " users");
        break;
      case NodeKind::customer:
        node.shape = Shape::customer;
        node.column = kCustomers;
        if (const auto users = topology_.customer(n).users) node.notes.push_back(grouped(*users) + " users");
        break;
      case NodeKind::site:
        node.shape = Shape::site;
        break;
      default:
        node.shape = Shape::link;
        break;
    }
    ++state_counts_[static_cast<std::size_t>(node.state)];
    index_[n] = picture_.nodes.size();
    picture_.nodes.push_back(std::move(node));
  }

  void describe_system(PictureNode& node, const System& system) {
    node.jewel = system.critical;
    any_jewel_ = any_jewel_ || system.critical;
    node.box = box_of(system.zone);
    if (system.kind.valid()) node.noun = std::string(topology_.words[system.kind]);
    const bool site_is_label = system.site.valid() && !is_drawn(system.site) && !scenario_.has_actions();
    if (site_is_label) node.notes.push_back("at " + std::string(topology_.label(system.site)));
  }

  /// Services that only customers use stand in one column.
  void align_services() {
    for (const Service& service : topology_.services) {
      const auto outputs = graph_.need.outputs[VertexId(service.node.index())];
      const bool last = std::all_of(outputs.begin(), outputs.end(), [&](const Output& o) {
        return graph_.kind[graph_.need.owner[graph_.need.arcs[o.arc].to]] == NodeKind::customer;
      });
      if (last) picture_.nodes[index_[service.node]].column = kServices;
    }
  }

  /// A vertex whose inputs are to be drawn into a node of the picture.
  struct Pending {
    VertexId vertex;
    std::size_t into;
    bool dashed;
    bool all;  ///< it needs each of its inputs
  };

  void add_inputs(NodeId n) {
    std::vector<Pending> pending{{VertexId(n.index()), index_[n], false, true}};
    while (!pending.empty()) {
      const Pending now = pending.back();
      pending.pop_back();
      const std::vector<Cause> causes = causes_.of(now.vertex);
      for (const ArcId a : graph_.need.inputs(now.vertex)) {
        const auto cause = std::ranges::find(causes, a, &Cause::arc);
        if (cause != causes.end()) {
          add_input(a, now, &cause->loss, pending);
        } else if (!causes_.is_spare(a)) {
          add_input(a, now, nullptr, pending);
        }
      }
    }
  }

  void add_input(ArcId a, const Pending& now, const Loss* loss, std::vector<Pending>& pending) {
    const Arc& arc = graph_.need.arcs[a];
    const bool dashed = arc.soft || arc.fallback;
    PictureEdge edge;
    edge.to = now.into;
    edge.dashed = dashed || now.dashed;
    edge.chain = loss != nullptr;
    edge.minor = loss == nullptr && PictureCauses::is_lost(causes_.state_of(now.vertex));
    if (loss != nullptr) edge.carries = causes_.state_of(now.vertex);
    if (!causes_.is_node(arc.from)) {
      const Need& group = topology_.needs[arc.need];
      const std::size_t members = graph_.need.inputs(arc.from).size();
      if (members <= 1 || (group.type == Need::Type::all && now.all)) {
        pending.push_back({arc.from, now.into, edge.dashed, now.all});
        return;
      }
      edge.from = add_gate(group, members, arc.from);
      picture_.nodes[edge.from].box = picture_.nodes[now.into].box;
      pending.push_back({arc.from, edge.from, false, group.type == Need::Type::all});
      picture_.edges.push_back(std::move(edge));
      return;
    }
    const NodeId provider(arc.from.index());
    if (loss != nullptr) note_cut(*loss, provider, NodeId(graph_.need.owner[now.vertex].index()));
    if (loss == nullptr && PictureCauses::is_lost(impact_.state[provider])) edge.carries = impact_.state[provider];
    const NodeId link = loss != nullptr && *loss == Loss::disconnected ? causes_.broken_link(arc.leaf) : NodeId();
    const NodeId drawn = link.valid() && index_[link] != kNone ? link : provider;
    if (index_[drawn] == kNone) return;
    edge.from = index_[drawn];
    if (edge.from != edge.to) picture_.edges.push_back(std::move(edge));
  }

  std::size_t add_gate(const Need& group, std::size_t members, VertexId v) {
    PictureNode gate;
    gate.shape = Shape::gate;
    gate.state = causes_.state_of(v);
    gate.name = group.type == Need::Type::any   ? "any"
                : group.type == Need::Type::all ? "all"
                                                : std::to_string(group.k) + " of " + std::to_string(members);
    any_gate_ = true;
    picture_.nodes.push_back(std::move(gate));
    return picture_.nodes.size() - 1;
  }

  /// Says below a node that what it needs works, but cannot be got at. In words below a node, not along an arrow: those
  /// would have to be given room between the columns.
  void note_cut(Loss loss, NodeId provider, NodeId owner) {
    const std::string words = cut_words(loss, std::string(topology_.label(provider)));
    if (words.empty() || index_[owner] == kNone) return;
    std::vector<std::string>& notes = picture_.nodes[index_[owner]].notes;
    if (std::find(notes.begin(), notes.end(), words) == notes.end()) notes.push_back(words);
  }

  [[nodiscard]] static std::string cut_words(Loss loss, const std::string& provider) {
    switch (loss) {
      case Loss::isolated:
        return "cut off from " + provider;
      case Loss::border:
        return "a border cuts it off from " + provider;
      case Loss::disconnected:
        return "no path to " + provider;
      case Loss::blocked:
        return "flow to " + provider + " is blocked";
      case Loss::not_permitted:
        return "flow to " + provider + " is not permitted";
      case Loss::standing_in:
        return provider + " stands in";
      case Loss::none:
      case Loss::provider:
        break;
    }
    return {};
  }

  void keep(NodeId n, std::uint32_t rank) {
    if (index_[n] == kNone) return;
    PictureNode& node = picture_.nodes[index_[n]];
    node.keep = std::min(node.keep, rank);
  }

  /// Keeps the nodes of a responsible chain, of a very long one the ends.
  void keep_chain(NodeId start, std::uint32_t rank) {
    const std::vector<NodeId> chain = causes_.chain(start);
    for (std::size_t i = 0; i < chain.size(); ++i) {
      if (i < kChainEnd || i + kChainEnd >= chain.size()) keep(chain[i], rank);
    }
  }

  /// What was done first, then the worst and heaviest services, then customers, then the chains to them.
  void keep_chains() {
    std::vector<NodeId> lost;
    for (const Service& service : topology_.services) {
      if (impact_.state[service.node] != State::works) lost.push_back(service.node);
    }
    std::stable_sort(lost.begin(), lost.end(), [&](NodeId a, NodeId b) {
      return std::pair(impact_.state[a], -graph_.weight[a]) < std::pair(impact_.state[b], -graph_.weight[b]);
    });
    for (const Customer& customer : topology_.customers) {
      if (PictureCauses::is_lost(impact_.state[customer.node])) lost.push_back(customer.node);
    }
    if (lost.size() > kMostChains) lost.resize(kMostChains);
    std::vector<NodeId> actions = scenario_.off;
    actions.insert(actions.end(), scenario_.isolated_systems.begin(), scenario_.isolated_systems.end());
    if (actions.size() > kMostActions) actions.resize(kMostActions);
    std::uint32_t rank = 0;
    for (const NodeId n : actions) keep(n, ++rank);
    for (const NodeId n : lost) keep(n, ++rank);
    for (const NodeId n : lost) keep_chain(n, ++rank);
  }

  /// What works and explains no loss: no thick arrow leaves it, and nothing that is one loss from failing has it to
  /// spare.
  void find_bystanders() {
    if (!scenario_.has_actions()) return;
    std::vector<bool> involved;
    for (const PictureNode& node : picture_.nodes) {
      involved.push_back(node.shape != Shape::gate && (node.state != State::works || node.isolated));
    }
    for (const PictureEdge& edge :
         picture_.edges) {  // a group comes after the edge that leaves it, and before those into it
      const bool into_group = picture_.nodes[edge.to].shape == Shape::gate;
      const bool from_group = picture_.nodes[edge.from].shape == Shape::gate;
      const bool explains = edge.chain || into_group || (from_group && picture_.nodes[edge.to].state == State::at_risk);
      if (involved[edge.to] && explains && !edge.minor) involved[edge.from] = true;
    }
    for (std::size_t i = 0; i < picture_.nodes.size(); ++i) picture_.nodes[i].bystander = !involved[i];
  }

  void add_legend() {
    using Type = LegendEntry::Type;
    const auto line = [&](bool chain, bool dashed, State state, std::string text) {
      picture_.legend.push_back(
          {.type = Type::line, .state = state, .chain = chain, .dashed = dashed, .text = std::move(text)});
    };
    for (std::size_t s = 0; s < state_counts_.size(); ++s) {
      if (state_counts_[s] == 0) continue;
      picture_.legend.push_back({.type = Type::state,
                                 .state = static_cast<State>(s),
                                 .text = ": " + grouped(static_cast<double>(state_counts_[s]))});
    }
    if (any_jewel_) picture_.legend.push_back({.type = Type::jewel, .text = "crown jewel"});
    if (any_isolated_) picture_.legend.push_back({.type = Type::isolated, .text = "isolated"});
    bool chain = false;
    bool dashed = false;
    for (const PictureEdge& edge : picture_.edges) {
      chain = chain || edge.chain;
      dashed = dashed || edge.dashed;
    }
    if (chain) line(true, false, State::fails, "why it fails");
    line(false, false, State::works, "is needed by");
    if (dashed) line(false, true, State::works, "soft, or only a fallback");
    if (any_gate_) picture_.legend.push_back({.type = Type::gate, .text = "(any) (2 of 3) enough of these"});
  }

  const Topology& topology_;
  const Graph& graph_;
  const Scenario& scenario_;
  const Impact& impact_;
  PictureCauses causes_;
  IdVector<NodeId, std::size_t> index_;
  Picture picture_;
  std::map<NodeId, std::size_t> boxes_;
  std::array<std::size_t, 5> state_counts_{};
  bool any_jewel_ = false;
  bool any_isolated_ = false;
  bool any_gate_ = false;
};

}  // namespace

Picture need_picture(const Subject& subject, const ImpactReport& report) {
  return NeedPicture(subject, report).make();
}

}  // namespace firebreak::report
