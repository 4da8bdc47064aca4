#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firebreak/topology.h"

/// Policies to be merged with a topology, as they are written.
namespace firebreak::report {

struct FragmentRule {
  std::string name;
  RuleAction action = RuleAction::allow;
  std::vector<std::string> ports;
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::int64_t tier = 0;
  double cost = 1;
};
struct FragmentPolicy {
  std::string id;
  bool within_zones = false;
  RuleAction otherwise = RuleAction::deny;
  std::vector<std::string> replaces;
  std::vector<FragmentRule> rules;
};

/// The id, or with a number behind it, such that nothing has it yet.
[[nodiscard]] std::string free_id(const Topology& topology, const std::string& id);

/// A TOML file; the lines of `comments` stand at its top.
[[nodiscard]] std::string to_toml(const std::vector<FragmentPolicy>& policies,
                                  const std::vector<std::string>& comments);

}  // namespace firebreak::report
