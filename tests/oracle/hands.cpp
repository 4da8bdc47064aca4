#include "tests/oracle/hands.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tests/oracle/containment.h"
#include "tests/oracle/need_law.h"
#include "tests/oracle/values.h"

namespace firebreak::oracle {

bool asks_for_hands(const Topology& topology, const Action& action) {
  return action.node.valid() && kind_of(topology, action.node) == NodeKind::system &&
         topology.system(action.node).has_managed_by;
}

bool can_be_done_from_afar(const Topology& topology, const Scenario& scenario, const std::vector<RuleBlock>& rules,
                           const std::vector<Action>& before, const Action& action) {
  Scenario then = scenario;
  for (const Action& done : before) then = with_action(topology, then, rules, done);
  return hands_lost(topology, then, action.node) > 0;
}

std::size_t fewest_on_site(const Topology& topology, const Scenario& scenario, const std::vector<RuleBlock>& rules,
                           const std::vector<Action>& actions) {
  std::map<std::pair<std::vector<Action>, Action>, bool> known;
  const auto afar = [&](std::vector<Action> before, const Action& action) {
    std::ranges::sort(before);
    const auto [found, is_new] = known.try_emplace({before, action}, false);
    if (is_new) found->second = can_be_done_from_afar(topology, scenario, rules, before, action);
    return found->second;
  };
  std::vector<Action> order = actions;
  std::ranges::sort(order);
  std::size_t fewest = actions.size();
  do {
    std::size_t on_site = 0;
    std::vector<Action> before;
    for (const Action& action : order) {
      if (asks_for_hands(topology, action) && !afar(before, action)) ++on_site;
      before.push_back(action);
    }
    fewest = std::min(fewest, on_site);
  } while (std::ranges::next_permutation(order).found);
  return fewest;
}

}  // namespace firebreak::oracle
