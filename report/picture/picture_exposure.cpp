#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "report/picture/pictures.h"
#include "report/wording.h"

// The targets stand on the right; to their left stands a column for each number of steps from which one of them can be
// reached.

namespace firebreak::report {
namespace {

constexpr std::uint32_t kMostColumns = 8;  ///< what is further away shares the last one

class ExposurePicture {
 public:
  ExposurePicture(const Subject& subject, const BlastReport& report)
      : topology_(subject.topology),
        graph_(subject.graph),
        exposure_(*report.exposure),
        targets_(report.targets),
        index_(graph_.node_count, PictureNode::kNoBox) {}

  Picture make() {
    add_columns();
    for (const NodeId n : targets_) add(n, columns_);
    for (const Exposure::Source& source : exposure_.sources) {
      if (source.step > 0) picture_.nodes[index_[source.target]].spread = Spread::reached;
    }
    for (const Exposure::Source& source : exposure_.sources) {
      if (index_[source.node] == PictureNode::kNoBox) add(source.node, column_of(source.step));
    }
    for (const Exposure::Source& source : exposure_.sources) add_way(source);
    picture_.columns_in_order = true;
    const bool any = columns_ > 0;
    if (any) picture_.legend.push_back({.type = LegendEntry::Type::reached, .text = "can be reached"});
    if (std::ranges::any_of(picture_.nodes, &PictureNode::jewel)) {
      picture_.legend.push_back({.type = LegendEntry::Type::jewel, .text = "crown jewel"});
    }
    if (any) {
      picture_.legend.push_back({.type = LegendEntry::Type::line, .spread = true, .text = "if compromised, reaches"});
    }
    return std::move(picture_);
  }

 private:
  /// Columns are numbered from the left.
  [[nodiscard]] std::size_t column_of(std::uint32_t step) const {
    return columns_ - std::clamp<std::size_t>(step, 1, columns_);
  }

  void add_columns() {
    std::uint32_t furthest = 0;
    for (const Exposure::Source& source : exposure_.sources) furthest = std::max(furthest, source.step);
    columns_ = std::min(furthest, kMostColumns);
    for (std::size_t c = 0; c < columns_; ++c) {
      const std::size_t steps = columns_ - c;
      std::string title = counted(steps, "step") + " away";
      if (steps == kMostColumns && furthest > kMostColumns) title = std::to_string(steps) + " steps and more away";
      picture_.boxes.push_back({.title = std::move(title), .plain = true});
    }
    picture_.boxes.push_back({.title = targets_.size() == 1 ? "Target" : "Targets", .plain = true});
  }

  void add(NodeId n, std::size_t column) {
    PictureNode node;
    node.subject = n;
    node.name = std::string(topology_.label(n));
    node.states_shown = false;
    node.jewel = graph_.critical[n];
    node.box = column;
    node.column = column;
    const bool identity = graph_.kind[n] == NodeKind::identity;
    if (identity) node.shape = Shape::identity;
    const WordId kind = identity ? topology_.identity(n).kind : topology_.system(n).kind;
    node.noun = kind.valid() ? std::string(topology_.words[kind]) : std::string(identity ? "identity" : "system");
    if (graph_.zone[n].valid()) node.noun += " in " + std::string(topology_.label(graph_.zone[n]));
    if (column == columns_) node.keep = 1;
    index_[n] = picture_.nodes.size();
    picture_.nodes.push_back(std::move(node));
  }

  void add_way(const Exposure::Source& source) {
    if (index_[source.node] == index_[source.target] || index_[source.target] == PictureNode::kNoBox) return;
    PictureEdge edge;
    edge.from = index_[source.node];
    edge.to = index_[source.target];
    edge.spread = true;
    picture_.edges.push_back(std::move(edge));
  }

  const Topology& topology_;
  const Graph& graph_;
  const Exposure& exposure_;
  const std::vector<NodeId>& targets_;
  IdVector<NodeId, std::size_t> index_;
  Picture picture_;
  std::size_t columns_ = 0;
};

}  // namespace

Picture picture_of_exposure(const Subject& subject, const BlastReport& report) {
  Picture picture = ExposurePicture(subject, report).make();
  std::vector<std::string> targets;
  for (const NodeId n : report.targets) targets.emplace_back(subject.topology.label(n));
  const auto from = static_cast<std::uint64_t>(std::count_if(
      report.exposure->sources.begin(), report.exposure->sources.end(), [](const auto& s) { return s.step > 0; }));
  picture.title = from == 0 ? "Nothing else reaches " + listing(targets, 3, "or")
                            : listing(targets, 3, "or") + " can be reached from " +
                                  counted(from, "system or identity", "systems and identities");
  if (!subject.topology.name.empty()) picture.remarks.emplace_back(subject.topology.name);
  return picture;
}

}  // namespace firebreak::report
