#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/draw.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/load.h"
#include "firebreak/report.h"
#include "firebreak/scenario.h"

#include "report/picture/picture.h"

/// What the tests of pictures share.
namespace firebreak::report {

/// A topology from TOML with a scenario in force, and everything a report speaks of.
class Case {
 public:
  explicit Case(std::string toml, const ScenarioWords& words = {}) {
    std::vector<SourceFile> files;
    files.push_back({"t.toml", std::move(toml)});
    loaded_ = load_texts(std::move(files));
    for (const Diagnostic& d : loaded_.diagnostics) faults_ += render(d, loaded_.sources, false);
    if (!loaded_.topology) return;
    graph_ = compile(*loaded_.topology);
    std::vector<Diagnostic> faults;
    scenario_ = resolve(*loaded_.topology, words, faults);
    for (const Diagnostic& d : faults) faults_ += render(d, loaded_.sources, false);
    impact_ = impact(graph_, scenario_);
    blast_ = blast(graph_, scenario_);
    if_lost_ = impact_of_losing_reached(graph_, scenario_, blast_, impact_.baseline);
  }

  [[nodiscard]] bool loaded() const { return loaded_.topology.has_value(); }
  [[nodiscard]] const std::string& faults() const { return faults_; }
  [[nodiscard]] const Topology& topology() const { return *loaded_.topology; }
  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  [[nodiscard]] Subject subject() const { return {loaded_.sources, topology(), graph_, scenario_, "t.toml", ""}; }
  [[nodiscard]] ImpactReport impact_report() const { return {impact_, kNever}; }
  [[nodiscard]] BlastReport blast_report() const { return {blast_, if_lost_, impact_, nullptr, {}, nullptr}; }
  [[nodiscard]] NodeId node(std::string_view id) const { return topology().find(id); }

 private:
  Loaded loaded_;
  std::string faults_;
  Graph graph_;
  Scenario scenario_;
  Impact impact_;
  Blast blast_;
  Impact if_lost_;
};

/// Index of the node with this name; the number of nodes when there is none.
inline std::size_t index_of(const Picture& picture, std::string_view name) {
  std::size_t i = 0;
  while (i < picture.nodes.size() && picture.nodes[i].name != name) ++i;
  return i;
}

/// Whether thick edges lead from one node to another.
inline bool chain_leads(const Picture& picture, std::size_t from, std::size_t to) {
  std::vector<bool> seen(picture.nodes.size(), false);
  std::vector<std::size_t> pending{from};
  while (!pending.empty()) {
    const std::size_t at = pending.back();
    pending.pop_back();
    if (at == to) return true;
    if (at >= seen.size() || seen[at]) continue;
    seen[at] = true;
    for (const PictureEdge& edge : picture.edges) {
      if (edge.from == at && edge.chain) pending.push_back(edge.to);
    }
  }
  return false;
}

/// What keeps a text from being well-formed XML without a document type, empty when nothing does.
[[nodiscard]] std::string xml_fault(std::string_view text);

}  // namespace firebreak::report
