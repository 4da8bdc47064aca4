#pragma once

#include "firebreak/topology.h"

/// Which rules a policy could do without: docs/model.md, "Rules that could go".
namespace firebreak::oracle {

struct RuleUse {
  IdVector<RuleId, bool> comes;    ///< some flow between two different places comes to the rule
  IdVector<RuleId, bool> matters;  ///< some such flow would be decided otherwise by its policy without the rule
};
[[nodiscard]] RuleUse rule_use(const Topology& topology);

}  // namespace firebreak::oracle
