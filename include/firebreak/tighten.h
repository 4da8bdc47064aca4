#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/graph.h"
#include "firebreak/policy.h"

/// Which few changes make the network tightest.
namespace firebreak {

/// One change that takes nothing from any need.
struct Tightening {
  enum class Type : std::uint8_t {
    remove_rule,      ///< an allow rule that no need uses
    narrow_rule,      ///< an allow rule: it allows only `kept` in its place
    deny_by_default,  ///< a policy that allows by default: it allows only `kept` behind its rules
    new_policy,       ///< there is none: one between zones, which allows only `kept`
    split_zone,       ///< a policy inside a zone (and zones in it), which allows only `kept` between its places
  };
  Type type = Type::remove_rule;
  PolicyId policy;              ///< remove_rule, narrow_rule, deny_by_default
  RuleId rule;                  ///< remove_rule, narrow_rule
  NodeId zone;                  ///< split_zone
  std::vector<LeastRule> kept;  ///< what needs use of it; a zone among `from` stands for all that is in it
  BlastSizes after;             ///< blast sizes with this change and those before it
};

struct TighteningPlan {
  std::uint32_t asked = 0;  ///< how many changes there may be
  BlastSizes now;
  std::vector<Tightening> steps;  ///< each the one that brings most of those left
  BlastSizes best;                ///< with every change that could be suggested
  BlastSizes floor;  ///< when nothing is permitted but what needs state that are permitted it now: no policy that goes
                     ///< on to serve them goes below
  IdVector<NodeId, std::uint32_t> floor_sizes;  ///< the same by system and identity
  bool exact = true;     ///< no other choice of as many changes brings more; false: found step by step
  bool complete = true;  ///< false: not every change that could be suggested was measured
};

/// At most `most` changes that bring what a compromise reaches down furthest, on average and at worst: the sum of both,
/// each relative to what it is now, is least. Needs that are permitted stay so; a need that states no port keeps all
/// that is permitted between its two places. Rules and defaults that always_flows requires rest on, and zones inside
/// which they demand flows, are left alone. Cost: one `blast_sizes` per choice that is tried, at most about 600,000
/// divided by the nodes, or 20.
[[nodiscard]] TighteningPlan tighten(const Graph& graph, std::span<const FlowDemand> demands, std::uint32_t most);

}  // namespace firebreak
