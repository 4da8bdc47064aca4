#include "analyzer/row_comparison.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace firebreak {

namespace {

/// Numbers for the sets of places that selectors mean, the same on both sides.
using SetNumbers = std::map<std::vector<PairId>, std::uint32_t>;

IdVector<SelectorId, std::uint32_t> number_sets(const FlowSide& side, const IdVector<NodeId, PairId>& pair_of,
                                                SetNumbers& known) {
  const FlowRelation& flow = side.graph.flow;
  IdVector<SelectorId, std::uint32_t> numbers;
  for (const SelectorId s : ids<SelectorId>(flow.meant_by.size())) {
    std::vector<PairId> places;
    for (const FlowClassId c : flow.meant_by[s]) {
      for (const NodeId n : flow.members[c]) places.push_back(pair_of[n]);
    }
    std::ranges::sort(places);
    const auto number = static_cast<std::uint32_t>(known.size());
    numbers.push_back(known.try_emplace(std::move(places), number).first->second);
  }
  return numbers;
}

std::vector<std::uint32_t> numbers(const std::vector<RuleIndex>& rules,
                                   const IdVector<RuleIndex, std::uint32_t>& number) {
  std::vector<std::uint32_t> result;
  for (const RuleIndex r : rules) result.push_back(number[r]);
  return result;
}

std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> numbers) {
  std::ranges::sort(numbers);
  return numbers;
}

/// The numbers of the rules that have a like among `others`, in order; the other rules are appended to `rest`.
std::vector<std::uint32_t> take_alike(const std::vector<RuleIndex>& rules, const std::vector<std::uint32_t>& numbers,
                                      const std::vector<std::uint32_t>& others, std::vector<RuleIndex>& rest) {
  std::vector<std::uint32_t> alike;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (std::ranges::binary_search(others, numbers[i])) {
      alike.push_back(numbers[i]);
    } else {
      rest.push_back(rules[i]);
    }
  }
  return alike;
}

}  // namespace

RowComparison::RowComparison(const Versions& versions, FlowSide& before, FlowSide& after, const FlowKinds& kinds)
    : before_(before), after_(after) {
  comparable_ = places_stay(versions, kinds) && policies_stay();
  if (comparable_) number_rules(versions);
}

bool RowComparison::places_stay(const Versions& versions, const FlowKinds& kinds) {
  for (const PlaceKind& kind : kinds.kinds) {
    if (!kind.before.there() || !kind.after.there()) return false;
    if (versions.match.of_before[kind.before.zone] != versions.match.of_after[kind.after.zone]) return false;
  }
  // Links join the same zones when each set of joined zones before is one such set afterwards.
  std::map<std::uint32_t, std::uint32_t> after_of;
  std::map<std::uint32_t, std::uint32_t> before_of;
  return std::ranges::all_of(kinds.areas, [&](const Area& area) {
    return after_of.try_emplace(area.before, area.after).first->second == area.after &&
           before_of.try_emplace(area.after, area.before).first->second == area.before;
  });
}

bool RowComparison::policies_stay() const {
  const auto says = [](const GraphPolicy& policy) { return std::pair(policy.within_zones, policy.allow_otherwise); };
  return std::ranges::equal(before_.graph.flow.policies, after_.graph.flow.policies, {}, says, says);
}

void RowComparison::number_rules(const Versions& versions) {
  SetNumbers sets;
  PortAlgebra ports({});
  std::map<std::tuple<RuleAction, std::int64_t, PortSetId, std::vector<std::uint32_t>>, std::uint32_t> known;
  const auto number = [&](const FlowSide& side, const IdVector<NodeId, PairId>& pair_of,
                          IdVector<RuleIndex, std::uint32_t>& numbers) {
    const FlowRelation& flow = side.graph.flow;
    const IdVector<SelectorId, std::uint32_t> set_of = number_sets(side, pair_of, sets);
    for (const RuleIndex r : ids<RuleIndex>(flow.rules.size())) {
      const GraphRule& rule = flow.rules[r];
      std::vector<std::uint32_t> targets;
      for (const SelectorId s : flow.to_selectors[r]) targets.push_back(set_of[s]);
      std::ranges::sort(targets);
      const auto next = static_cast<std::uint32_t>(known.size());
      const PortSetId said = ports.intern(side.graph.ports[rule.ports]);
      numbers.push_back(known.try_emplace({rule.action, rule.tier, said, std::move(targets)}, next).first->second);
    }
  };
  number(before_, versions.match.of_before, before_rules_);
  number(after_, versions.match.of_after, after_rules_);
}

RowDifference RowComparison::difference(SenderId before, SenderId after) const {
  RowDifference result;
  if (!comparable_ || !before.valid() || !after.valid()) return result;
  const FlowClassId from = before_.groups.base[before_.rows.sides().senders[before].front()];
  const FlowClassId now = after_.groups.base[after_.rows.sides().senders[after].front()];
  for (std::size_t p = 0; p < before_.graph.flow.policies.size(); ++p) {
    const std::vector<RuleIndex> held = rules_holding(before_.graph, before_.graph.flow.policies[p], from);
    const std::vector<RuleIndex> holds = rules_holding(after_.graph, after_.graph.flow.policies[p], now);
    const std::vector<std::uint32_t> was = numbers(held, before_rules_);
    const std::vector<std::uint32_t> is = numbers(holds, after_rules_);
    const std::vector<std::uint32_t> shared_before = take_alike(held, was, sorted(is), result.before);
    const std::vector<std::uint32_t> shared_after = take_alike(holds, is, sorted(was), result.after);
    if (shared_before != shared_after) return {};
  }
  result.known = true;
  return result;
}

}  // namespace firebreak
