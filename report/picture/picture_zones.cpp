#include <algorithm>
#include <cctype>
#include <deque>
#include <map>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "report/picture/pictures.h"
#include "report/wording.h"

// What each place of a zone may send to each of another is allowed, what only some may is allowed to some hosts. Arrows
// are drawn downwards from the internet, each in its own direction.

namespace firebreak::report {
namespace {

constexpr std::size_t kNone = PictureNode::kNoBox;
constexpr std::uint32_t kFar = static_cast<std::uint32_t>(-1);
constexpr std::size_t kMostZones = 1000;

bool is_outside(const Topology& topology, const Zone& zone) {
  std::string word(topology.nodes[zone.node].id);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (word == "internet" || word == "wan" || word == "outside" || word == "external" || word == "untrust") return true;
  return std::any_of(zone.cidr.begin(), zone.cidr.end(), [](const Cidr& c) { return c.length == 0; });
}

/// What may flow from one zone to another.
struct Allowance {
  const PortSet& everywhere;
  const PortSet& somewhere;

  /// "tcp/443" and, on a line of its own, "some: tcp/22"; empty when nothing may.
  [[nodiscard]] std::string words() const {
    std::string text;
    if (!everywhere.empty()) text = to_string(everywhere);
    const PortSet rest = subtract(somewhere, everywhere);
    if (!rest.empty()) text += (text.empty() ? "some: " : "\nsome: ") + to_string(rest);
    return text;
  }
};

class ZonePicture {
 public:
  ZonePicture(const Subject& subject, bool denied, const std::vector<NodeId>& first)
      : topology_(subject.topology),
        graph_(subject.graph),
        scenario_(subject.scenario),
        denied_(denied),
        first_(first),
        matrix_(zone_matrix(subject.graph, subject.scenario)),
        place_in_matrix_(graph_.node_count, 0),
        index_(graph_.node_count, kNone) {}

  Picture make() {
    for (std::size_t i = 0; i < matrix_.zones.size(); ++i) place_in_matrix_[matrix_.zones[i]] = i;
    picture_.left_to_right = false;
    picture_.labels_matter = true;
    count_systems();
    add_zones();
    find_parts();
    for (const NodeId a : shown_) {
      for (const NodeId b : shown_) {
        if (a < b) add_pair(a, b);
      }
    }
    point_downwards();
    finish_text();
    return std::move(picture_);
  }

 private:
  void count_systems() {
    systems_.assign(graph_.node_count, 0);
    has_children_.assign(graph_.node_count, false);
    for (const System& system : topology_.systems) {
      if (!system.zone.valid()) continue;
      ++systems_[system.zone];
      if (system.critical) jewels_[system.zone].emplace_back(topology_.label(system.node));
    }
    for (const Zone& zone : topology_.zones) {
      if (zone.parent.valid()) has_children_[zone.parent] = true;
    }
  }

  [[nodiscard]] Allowance between(NodeId from, NodeId to) const {
    const std::size_t a = place_in_matrix_[from];
    const std::size_t b = place_in_matrix_[to];
    return {matrix_.everywhere(a, b), matrix_.somewhere(a, b)};
  }

  [[nodiscard]] bool is_isolated(NodeId zone) const {
    return std::binary_search(scenario_.isolated_zones.begin(), scenario_.isolated_zones.end(), zone);
  }

  std::size_t box_of(NodeId zone) {
    std::vector<NodeId> missing;
    for (NodeId z = zone; z.valid() && !boxes_.contains(z); z = graph_.parent[z]) missing.push_back(z);
    for (const NodeId z : std::views::reverse(missing)) {
      PictureBox box;
      box.title = std::string(topology_.label(z));
      box.isolated = is_isolated(z);
      if (graph_.parent[z].valid()) box.parent = boxes_.at(graph_.parent[z]);
      boxes_[z] = picture_.boxes.size();
      picture_.boxes.push_back(std::move(box));
    }
    return zone.valid() ? boxes_.at(zone) : kNone;
  }

  void add_zones() {
    std::vector<bool> chosen(graph_.node_count, false);
    std::size_t count = 0;
    const auto choose = [&](NodeId n) {
      const bool frame_only = graph_.kind[n] != NodeKind::zone || (has_children_[n] && systems_[n] == 0);
      if (frame_only || chosen[n.index()] || count >= kMostZones) return;
      chosen[n.index()] = true;
      ++count;
    };
    for (const NodeId n : first_) choose(n);
    for (const Zone& zone : topology_.zones) choose(zone.node);
    for (const Zone& zone : topology_.zones) {
      if (chosen[zone.node.index()]) add_zone(zone);
    }
    if (count == kMostZones && topology_.zones.size() > count) {
      picture_.remarks.push_back("only " + counted(count, "zone") + " of " +
                                 grouped(static_cast<double>(topology_.zones.size())) +
                                 ": with --focus, those it names are among them");
    }
  }

  void add_zone(const Zone& zone) {
    const NodeId n = zone.node;
    PictureNode node;
    node.subject = n;
    node.shape = Shape::zone;
    node.states_shown = false;
    node.name = std::string(topology_.label(n)) + (has_children_[n] ? " itself" : "");
    node.box = box_of(has_children_[n] ? n : zone.parent);
    node.isolated = !has_children_[n] && is_isolated(n);
    node.notes.push_back(systems_[n] == 0 ? std::string("no systems") : counted(systems_[n], "system"));
    std::vector<std::string> prefixes;
    for (const Cidr& cidr : zone.cidr) prefixes.push_back(to_string(cidr));
    if (!prefixes.empty()) node.notes.push_back(listing(prefixes, 2));
    if (jewels_.contains(n)) node.notes.push_back("★ " + listing(jewels_[n], 3));
    add_inside(node, n);
    index_[n] = picture_.nodes.size();
    picture_.nodes.push_back(std::move(node));
    shown_.push_back(n);
  }

  /// Where a policy also judges inside zones, what it leaves.
  void add_inside(PictureNode& node, NodeId zone) {
    const bool judged = std::any_of(graph_.flow.policies.begin(), graph_.flow.policies.end(),
                                    [](const GraphPolicy& p) { return p.within_zones; });
    if (!judged || systems_[zone] < 2) return;
    const Allowance inside = between(zone, zone);
    node.notes.push_back("inside: " + (inside.somewhere.empty() ? std::string("nothing") : one_line(inside)));
  }

  /// The zones that links join, each part with one number.
  void find_parts() {
    part_.assign(graph_.node_count, kFar);
    std::uint32_t parts = 0;
    for (const Zone& zone : topology_.zones) {
      if (part_[zone.node] != kFar) continue;
      std::vector<NodeId> pending{zone.node};
      part_[zone.node] = parts;
      while (!pending.empty()) {
        const NodeId at = pending.back();
        pending.pop_back();
        for (const LinkEnd& end : graph_.links_of[at]) {
          if (part_[end.zone] != kFar) continue;
          part_[end.zone] = parts;
          pending.push_back(end.zone);
        }
      }
      ++parts;
    }
  }

  /// The isolated zones around a zone, innermost first.
  [[nodiscard]] std::vector<NodeId> borders_around(NodeId zone) const {
    std::vector<NodeId> out;
    for (NodeId z = zone; z.valid(); z = graph_.parent[z]) {
      if (is_isolated(z)) out.push_back(z);
    }
    return out;
  }

  static std::string one_line(const Allowance& allowance) {
    std::string text = allowance.words();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }

  /// The links between two zones and what carries them: "over wan (fw-1, fw-2)".
  [[nodiscard]] std::string link_words(NodeId a, NodeId b) const {
    std::string text;
    for (const LinkEnd& end : graph_.links_of[a]) {
      if (end.zone != b) continue;
      text += (text.empty() ? "over " : "; ") + std::string(topology_.label(end.link));
      std::vector<std::string> carriers;
      const NeedRange needs = topology_.needs_of(end.link);
      for (std::uint32_t i = needs.begin; i < needs.end; ++i) {
        const NodeId on = topology_.needs[i].on;
        if (on.valid()) carriers.emplace_back(topology_.nodes[on].id);
      }
      if (!carriers.empty()) text += " (" + listing(carriers, 3) + ")";
    }
    return text;
  }

  void add_edge(NodeId from, NodeId to, Arrow arrow, std::string label, bool cut, bool chain) {
    PictureEdge edge;
    edge.from = index_[from];
    edge.to = index_[to];
    edge.arrow = arrow;
    edge.dashed = cut;
    edge.chain = chain;
    edge.label = std::move(label);
    picture_.edges.push_back(std::move(edge));
  }

  void add_pair(NodeId a, NodeId b) {
    const bool connected = !graph_.has_links || part_[a] == part_[b];
    const std::string links = link_words(a, b);
    ++pairs_;
    if (!connected) {
      if (denied_) add_edge(a, b, Arrow::none, "no link", true, false);
      return;
    }
    const Allowance there = between(a, b);
    const Allowance back = between(b, a);
    open_ += (there.somewhere.empty() ? 0U : 1U) + (back.somewhere.empty() ? 0U : 1U);
    const std::string to_b = there.words();
    const std::string to_a = back.words();
    const bool cut = borders_around(a) != borders_around(b);
    if (cut) any_cut_ = true;
    const auto finished = [&](std::string text) {
      if (cut) text = "cut off: " + text;
      if (!links.empty()) text += "\n" + links;
      return text;
    };
    const auto strong = [](const Allowance& x) { return x.everywhere.is_any(); };
    if (to_b.empty() && to_a.empty()) {
      if (denied_ || !links.empty()) add_edge(a, b, Arrow::none, finished("nothing allowed"), true, false);
    } else if (to_b == to_a) {
      add_edge(a, b, Arrow::both, finished(to_b), cut, strong(there) && !cut);
    } else {
      if (!to_b.empty()) add_edge(a, b, Arrow::forward, finished(to_b), cut, strong(there) && !cut);
      if (!to_a.empty()) add_edge(b, a, Arrow::forward, finished(to_a), cut, strong(back) && !cut);
      if (denied_ && to_b.empty()) add_edge(a, b, Arrow::forward, "nothing allowed", true, false);
      if (denied_ && to_a.empty()) add_edge(b, a, Arrow::forward, "nothing allowed", true, false);
    }
  }

  /// Turns edges so that they run away from the internet, keeping their arrow heads where they were.
  void point_downwards() {
    std::vector<std::uint32_t> depth(picture_.nodes.size(), kFar);
    std::deque<std::size_t> waiting;
    for (const Zone& zone : topology_.zones) {
      if (!is_outside(topology_, zone) || index_[zone.node] == kNone) continue;
      depth[index_[zone.node]] = 0;
      waiting.push_back(index_[zone.node]);
    }
    std::vector<std::vector<std::size_t>> next(picture_.nodes.size());
    for (const PictureEdge& edge : picture_.edges) {
      next[edge.from].push_back(edge.to);
      next[edge.to].push_back(edge.from);
    }
    while (!waiting.empty()) {
      const std::size_t at = waiting.front();
      waiting.pop_front();
      for (const std::size_t n : next[at]) {
        if (depth[n] != kFar) continue;
        depth[n] = depth[at] + 1;
        waiting.push_back(n);
      }
    }
    for (PictureEdge& edge : picture_.edges) {
      if (std::pair(depth[edge.from], edge.from) <= std::pair(depth[edge.to], edge.to)) continue;
      std::swap(edge.from, edge.to);
      if (edge.arrow == Arrow::forward) edge.arrow = Arrow::backward;
    }
  }

  void finish_text() {
    picture_.title = counted(shown_.size(), "zone") + ": " + std::to_string(open_) + " of " +
                     counted(2 * pairs_, "direction") + " between them " + (open_ == 1 ? "is" : "are") + " open";
    using Type = LegendEntry::Type;
    picture_.legend.push_back({.type = Type::line, .chain = true, .text = "every port"});
    picture_.legend.push_back({.type = Type::line, .text = "these ports"});
    picture_.legend.push_back({.type = Type::text, .text = "some: only for some hosts"});
    if (denied_ || any_cut_ || graph_.has_links)
      picture_.legend.push_back({.type = Type::line, .dashed = true, .text = "nothing allowed, or cut off"});
    if (!scenario_.isolated_zones.empty()) picture_.legend.push_back({.type = Type::isolated, .text = "isolated zone"});
    if (!jewels_.empty()) picture_.legend.push_back({.type = Type::text, .text = "★ crown jewels"});
  }

  const Topology& topology_;
  const Graph& graph_;
  const Scenario& scenario_;
  bool denied_;
  const std::vector<NodeId>& first_;
  ZoneMatrix matrix_;
  IdVector<NodeId, std::size_t> place_in_matrix_;
  IdVector<NodeId, std::size_t> index_;
  IdVector<NodeId, std::size_t> systems_;
  IdVector<NodeId, bool> has_children_;
  IdVector<NodeId, std::uint32_t> part_;
  std::map<NodeId, std::vector<std::string>> jewels_;
  std::map<NodeId, std::size_t> boxes_;
  std::vector<NodeId> shown_;
  Picture picture_;
  std::size_t pairs_ = 0;
  std::size_t open_ = 0;
  bool any_cut_ = false;
};

}  // namespace

Picture picture_of_zones(const Subject& subject, bool denied, const std::vector<NodeId>& first) {
  Picture picture = ZonePicture(subject, denied, first).make();
  if (!subject.topology.name.empty())
    picture.remarks.insert(picture.remarks.begin(), std::string(subject.topology.name));
  return picture;
}

}  // namespace firebreak::report
