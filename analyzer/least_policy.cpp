// What must be permitted is a set of triples: from, to, port. It is cut into rules, each a set of sources times a set
// of targets times a set of ports, by joining what agrees in the other two. Which join comes first makes more rules or
// fewer, so all are tried and the shortest is kept. How few there could be at all is not searched for: covering a
// relation with the fewest such blocks is NP-hard (Orlin 1977).

#include "analyzer/least_policy.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "analyzer/flow_demands.h"

namespace firebreak {

namespace {

using Nodes = std::vector<NodeId>;
using Ranges = std::vector<PortRange>;

/// One rule in the making; all three sorted.
struct Block {
  Nodes from;
  Nodes to;
  Ranges ports;
};
using Blocks = std::vector<Block>;

template <class T>
void merge_into(std::vector<T>& all, const std::vector<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
  std::ranges::sort(all);
  const auto rest = std::ranges::unique(all);
  all.erase(rest.begin(), rest.end());
}

Ranges sorted_ranges(const PortSet& ports) {
  return {ports.ranges().begin(), ports.ranges().end()};
}

/// Joins the blocks that agree in all but one part.
template <class Part>
Blocks joined(const Blocks& blocks, std::vector<Part> Block::*part) {
  std::map<std::pair<std::pair<Nodes, Nodes>, Ranges>, std::size_t> known;
  Blocks result;
  for (const Block& block : blocks) {
    Block others = block;
    std::invoke(part, others).clear();
    const auto [at, fresh] = known.try_emplace({{others.from, others.to}, others.ports}, result.size());
    if (fresh) {
      result.push_back(block);
    } else {
      merge_into(result[at->second].*part, block.*part);
    }
  }
  return result;
}

/// Ranges that touch become one.
Blocks with_whole_ranges(Blocks blocks) {
  for (Block& block : blocks) block.ports = sorted_ranges(PortSet(block.ports));
  return blocks;
}

std::size_t words(const Blocks& blocks) {
  std::size_t count = 0;
  for (const Block& block : blocks) count += block.from.size() + block.to.size() + block.ports.size();
  return count;
}

/// One block for each pair of places, with all its ports, in the order of targets.
Blocks pairs(const FlowPairs& flows) {
  Blocks blocks;
  for (const auto& [ends, ports] : flows) blocks.push_back({{ends.first}, {ends.second}, sorted_ranges(ports)});
  std::ranges::sort(blocks, {}, [](const Block& block) { return std::pair(block.to, block.from); });
  return blocks;
}

Blocks split_ranges(const Blocks& blocks) {
  Blocks result;
  for (const Block& block : blocks) {
    for (const PortRange& range : block.ports) result.push_back({block.from, block.to, {range}});
  }
  return result;
}

void find_served(const Graph& graph, std::vector<LeastRule>& rules) {
  std::map<std::pair<NodeId, NodeId>, std::vector<std::size_t>> between;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    for (const NodeId from : rules[r].from) {
      for (const NodeId to : rules[r].to) between[{from, to}].push_back(r);
    }
  }
  for (const NeededFlow& flow : needed_flows(graph)) {
    if (!flow.ports.valid()) continue;
    for (const std::size_t r : between[{flow.from, flow.to}]) {
      if (intersects(rules[r].ports, graph.ports[flow.ports])) {
        rules[r].serves.push_back(leaf_of(graph, flow.leaf).owner);
      }
    }
  }
  for (LeastRule& rule : rules) {
    std::ranges::sort(rule.serves);
    const auto rest = std::ranges::unique(rule.serves);
    rule.serves.erase(rest.begin(), rest.end());
  }
}

}  // namespace

std::vector<LeastRule> joined_rules(const FlowPairs& flows) {
  const Blocks whole = pairs(flows);
  const Blocks split = split_ranges(whole);
  Blocks best = whole;
  const auto consider = [&](Blocks blocks) {
    blocks = with_whole_ranges(std::move(blocks));
    if (std::pair(blocks.size(), words(blocks)) < std::pair(best.size(), words(best))) best = std::move(blocks);
  };
  for (const Blocks* start : {&whole, &split}) {
    consider(joined(joined(joined(*start, &Block::from), &Block::to), &Block::ports));
    consider(joined(joined(joined(*start, &Block::to), &Block::from), &Block::ports));
    consider(joined(joined(joined(*start, &Block::from), &Block::ports), &Block::to));
    consider(joined(joined(joined(*start, &Block::to), &Block::ports), &Block::from));
  }
  std::vector<LeastRule> rules;
  for (Block& block : best) rules.push_back({std::move(block.from), std::move(block.to), PortSet(block.ports), {}});
  return rules;
}

FlowPairs stated_flows(const Graph& graph, Needs which) {
  FlowPairs flows;
  for (const NeededFlow& flow : needed_flows(graph)) {
    if (!flow.ports.valid() || (which == Needs::permitted && !leaf_of(graph, flow.leaf).permitted)) continue;
    PortSet& ports = flows[{flow.from, flow.to}];
    ports = unite(ports, graph.ports[flow.ports]);
  }
  return flows;
}

std::vector<LeastRule> least_rules(const Graph& graph) {
  std::vector<LeastRule> rules = joined_rules(stated_flows(graph, Needs::all));
  find_served(graph, rules);
  return rules;
}

}  // namespace firebreak
