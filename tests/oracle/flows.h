#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "firebreak/scenario.h"
#include "firebreak/topology.h"

/// Permitted, and on which side of an isolated border: docs/model.md, "Permitted" and "Severed".
namespace firebreak::oracle {

/// What one policy says of a flow on one port.
struct Verdict {
  PolicyId policy;
  RuleId rule;  ///< none = the default decided
  bool allow = false;
};

/// What is said of a flow on one port.
struct Judgement {
  bool permitted = false;
  std::optional<std::size_t> block;  ///< the first of the scenario's blocks that matches
  std::optional<std::size_t> allow;  ///< the first of its allows that matches, when no block does
  std::vector<Verdict> verdicts;     ///< of all policies that apply
};

/// The flows of one topology under one scenario. Both must outlive it.
class Flows {
 public:
  /// What is left out is judged as if it were not in its policy.
  Flows(const Topology& topology, const Scenario& scenario, std::vector<RuleId> left_out = {});

  [[nodiscard]] Judgement judge(NodeId from, NodeId to, std::uint32_t port) const;
  [[nodiscard]] bool permitted(NodeId from, NodeId to, std::uint32_t port) const;
  [[nodiscard]] bool permitted_on_every(NodeId from, NodeId to, const PortSet& ports) const;
  [[nodiscard]] bool permitted_on_some(NodeId from, NodeId to, const PortSet& ports) const;

  /// The rules that one policy asks about a flow: of each tier, as far as the flow comes, the first that matches.
  [[nodiscard]] std::vector<RuleId> asked(PolicyId policy, NodeId from, NodeId to, std::uint32_t port) const;

  /// A policy judges flows between these two at all.
  [[nodiscard]] bool applies(PolicyId policy, NodeId from, NodeId to) const;

  /// A `block` of every port matches; `from` may be none, outside every zone, where only `*` is.
  [[nodiscard]] bool blocked_wholly(NodeId from, NodeId to) const;

  /// The border of an isolated zone runs between the two zones; none is outside all of them.
  [[nodiscard]] bool border_between(NodeId zone, NodeId other) const;

  /// One port of every kind: no rule, need, pivot or action tells a port from the greatest of these that is not
  /// greater.
  [[nodiscard]] const std::vector<std::uint32_t>& points() const { return points_; }

 private:
  [[nodiscard]] bool matches(RuleId rule, NodeId from, NodeId to, std::uint32_t port) const;
  [[nodiscard]] RuleId first_match(const std::vector<RuleId>& rules, NodeId from, NodeId to, std::uint32_t port) const;
  [[nodiscard]] Verdict verdict(PolicyId policy, NodeId from, NodeId to, std::uint32_t port) const;

  const Topology& topology_;
  const Scenario& scenario_;
  std::vector<RuleId> left_out_;
  IdVector<PolicyId, std::map<std::int64_t, std::vector<RuleId>>> tiers_;
  IdVector<RuleId, IdVector<NodeId, bool>> sends_;     ///< whether a rule's `from` means a place
  IdVector<RuleId, IdVector<NodeId, bool>> receives_;  ///< whether a rule's `to` means a place
  std::vector<std::uint32_t> points_;
};

}  // namespace firebreak::oracle
