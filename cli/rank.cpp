#include "cli/rank.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace firebreak::cli {
namespace {

std::vector<NodeId> protected_of(const Question& question, const Options& options) {
  return options.protect.empty() ? std::vector<NodeId>() : protected_nodes(question, options.protect);
}

/// Adds what a line of a part says; false when it is none.
bool add_line(const Topology& topology, std::string_view text, RankCounts& counts) {
  const Json line = Json::parse(text, nullptr, false);
  if (!line.is_object()) return false;
  const Json id = line.value("id", Json());
  const NodeId node = id.is_string() ? topology.find(id.get<std::string>()) : NodeId::none();
  if (!node.valid()) return false;
  if (const Json reaches = line.value("reaches", Json()); reaches.is_number_unsigned()) {
    auto& sizes = topology.nodes[node].kind == NodeKind::zone ? counts.ranks.of_zone : counts.ranks.of_node;
    sizes[node] += reaches.get<std::uint32_t>();
    return true;
  }
  const auto target = std::ranges::find(counts.protect, node);
  const Json steps = line.value("from_by_step", Json());
  if (target == counts.protect.end() || !steps.is_array()) return false;
  std::vector<std::uint64_t>& sum = counts.exposed[static_cast<std::size_t>(target - counts.protect.begin())];
  sum.resize(std::max(sum.size(), steps.size()), 0);
  for (std::size_t step = 0; step < steps.size(); ++step) {
    if (!steps[step].is_number_unsigned()) return false;
    sum[step] += steps[step].get<std::uint64_t>();
  }
  return true;
}

}  // namespace

RankCounts count_ranks(const Question& question, const Options& options, const Division& division) {
  RankCounts counts;
  const RankOptions how{.division = division};
  counts.ranks = blast_ranks(question.graph, question.scenario, how);
  counts.protect = protected_of(question, options);
  if (!counts.protect.empty()) {
    counts.exposed = exposure_by_steps(question.graph, question.scenario, counts.protect, how);
  }
  return counts;
}

std::string part_of(const Question& question, const Options& options, Shard shard, const RankCounts& counts) {
  std::string text = part_head(kRankKind, shard, options, question);
  const auto add = [&](const Json& line) { text += line.dump() + "\n"; };
  const auto id = [&](NodeId n) { return question.topology().nodes[n].id; };
  for (const auto* sizes : {&counts.ranks.of_node, &counts.ranks.of_zone}) {
    for (const NodeId n : ids<NodeId>(sizes->size())) {
      if ((*sizes)[n] > 0) add({{"id", id(n)}, {"reaches", (*sizes)[n]}});
    }
  }
  for (std::size_t i = 0; i < counts.protect.size(); ++i) {
    add({{"id", id(counts.protect[i])}, {"from_by_step", counts.exposed[i]}});
  }
  PartSum sum;
  sum.add(text);
  return text + part_end(sum, Json::object());
}

RankCounts merged_ranks(const Question& question, const Options& options, Parts& parts) {
  RankCounts counts;
  counts.ranks.of_node.assign(question.graph.node_count, 0);
  counts.ranks.of_zone.assign(question.graph.node_count, 0);
  counts.protect = protected_of(question, options);
  counts.exposed.resize(counts.protect.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    while (const std::optional<std::string_view> line = parts[i].line()) {
      if (add_line(question.topology(), *line, counts)) continue;
      parts[i].report("the line is no count of this topology");
      break;
    }
  }
  parts.refuse_faults();
  return counts;
}

}  // namespace firebreak::cli
