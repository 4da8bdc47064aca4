#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <set>
#include <unordered_map>

#include "analyzer/solver/block_solver.h"
#include "analyzer/solver/bounded_sets.h"
#include "analyzer/solver/minimal_sets.h"
#include "analyzer/solver/modules.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

// Random circuits against their truth tables.

namespace firebreak::property {
namespace {

using solver::Circuit;
using solver::GateId;
using solver::InputId;
using Truth = std::vector<bool>;  ///< by set of inputs, as bits

struct Sample {
  Circuit circuit;
  std::vector<GateId> roots;
  std::size_t inputs = 0;
};

Sample random_circuit(support::Random& random) {
  Sample sample;
  sample.inputs = 1 + random.below(9);
  std::vector<GateId> pool{Circuit::never(), Circuit::always()};
  for (std::size_t i = 0; i < sample.inputs; ++i) pool.push_back(sample.circuit.input(InputId(i)));
  const std::size_t gates = 1 + random.below(25);
  for (std::size_t g = 0; g < gates; ++g) {
    std::vector<GateId> members;
    const std::size_t size = 1 + random.below(5);
    const std::size_t recent = random.percent(60) ? 8 : pool.size();
    for (std::size_t m = 0; m < size; ++m) {
      const std::size_t range = std::min(recent, pool.size());
      const std::size_t at = pool.size() - 1 - random.below(range);
      members.push_back(pool[at > 1 || random.percent(3) ? at : 2]);
    }
    const std::size_t threshold = random.percent(40) ? 1 : random.percent(60) ? size : 1 + random.below(size);
    pool.push_back(sample.circuit.at_least(threshold, std::move(members)));
  }
  sample.roots.push_back(pool.back());
  for (std::size_t i = random.below(4); i > 0; --i) sample.roots.push_back(pool[random.below(pool.size())]);
  return sample;
}

std::vector<Truth> truth(const Circuit& circuit, const std::vector<GateId>& roots, std::size_t inputs) {
  std::vector<Truth> tables(roots.size());
  for (std::size_t set = 0; set < std::size_t{1} << inputs; ++set) {
    IdVector<GateId, bool> holds(circuit.size(), false);
    holds[Circuit::always()] = true;
    for (const GateId g : ids<GateId>(circuit.size())) {
      const Circuit::Gate& gate = circuit[g];
      if (gate.input.valid()) holds[g] = (set >> gate.input.index() & 1U) != 0;
      if (gate.threshold == 0) continue;
      std::uint32_t count = 0;
      for (const GateId member : circuit.members(g)) count += holds[member] ? 1U : 0U;
      holds[g] = count >= gate.threshold;
    }
    for (std::size_t r = 0; r < roots.size(); ++r) tables[r].push_back(holds[roots[r]]);
  }
  return tables;
}

std::set<std::vector<InputId>> minimal(const Truth& table, std::size_t inputs) {
  std::set<std::vector<InputId>> sets;
  for (std::size_t set = 0; set < table.size(); ++set) {
    if (!table[set]) continue;
    bool least = true;
    std::vector<InputId> members;
    for (std::size_t i = 0; i < inputs; ++i) {
      if ((set >> i & 1U) == 0) continue;
      least = least && !table[set & ~(std::size_t{1} << i)];
      members.emplace_back(i);
    }
    if (least) sets.insert(std::move(members));
  }
  return sets;
}

double price(const std::vector<InputId>& set, const IdVector<InputId, double>& cost) {
  double sum = 0;
  for (const InputId i : set) sum += cost[i];
  return sum;
}

constexpr std::size_t kAllRoom = 1U << 20U;

/// The minimal sets of a circuit in one block, by one way.
solver::MinimalSets in_one_block(const Sample& sample, solver::Way way) {
  const IdVector<GateId, bool> no_modules(sample.circuit.size(), false);
  const solver::Block block = solver::block_of(sample.circuit, no_modules, sample.roots);
  solver::MinimalSets sets;
  const std::unordered_map<GateId, solver::FamilyId> nothing_known;
  const Patience patience;
  const solver::BlockTask task{sample.circuit, block, nothing_known, patience};
  const auto result = solve_block(task, leaf_order(sample.circuit, block), way, kAllRoom, sets.families);
  sets.complete = result.roots.has_value();
  if (sets.complete) sets.roots = *result.roots;
  return sets;
}

/// What is wrong with the families of a circuit; empty = nothing.
std::string family_fault(const Sample& sample, const std::vector<Truth>& tables, const solver::MinimalSets& sets,
                         support::Random& random) {
  if (!sets.complete) return "there was no room";
  IdVector<InputId, double> cost;
  for (std::size_t i = 0; i < sample.inputs; ++i) cost.push_back(static_cast<double>(random.below(4)));
  for (std::size_t r = 0; r < sample.roots.size(); ++r) {
    const auto expected = minimal(tables[r], sample.inputs);
    std::vector<std::uint64_t> by_size(sample.inputs + 1, 0);
    for (const auto& set : expected) ++by_size[set.size()];
    const std::vector<Natural> counts = count_by_size(sets.families, {&sets.roots[r], 1}).front();
    for (std::size_t size = 0; size <= sample.inputs; ++size) {
      const Natural said = size < counts.size() ? counts[size] : Natural(0);
      if (said != Natural(by_size[size])) return fmt::format("{} sets of {}", to_string(said), size);
    }
    const std::size_t all = expected.size();
    std::set<std::vector<InputId>> listed;
    std::pair<std::size_t, double> last{0, 0};
    const auto smallest = smallest_sets(sets.families, {&sets.roots[r], 1}, cost, all + 1);
    for (const solver::BestSet& set : smallest.front()) {
      const std::pair now{set.inputs.size(), price(set.inputs, cost)};
      if (now < last) return "the smallest are out of order";
      last = now;
      listed.insert(set.inputs);
    }
    if (listed != expected) return "other sets are listed";
    std::vector<double> prices;
    for (const auto& set : expected) prices.push_back(price(set, cost));
    std::ranges::sort(prices);
    const std::size_t some = random.below(all + 1);
    const auto cheapest = cheapest_sets(sets.families, {&sets.roots[r], 1}, cost, some).front();
    if (cheapest.size() != some) return "fewer are listed than asked for";
    for (std::size_t i = 0; i < some; ++i) {
      if (cheapest[i].cost != prices[i]) return "the cheapest are not";
    }
  }
  return {};
}

/// What is wrong with the families of sets up to a size, with little room; empty = nothing.
std::string bounded_fault(const Sample& sample, const std::vector<Truth>& tables, support::Random& random) {
  const std::size_t most_size = 1 + random.below(5);
  const std::size_t room = random.percent(50) ? 20 + random.below(100) : kAllRoom;
  const solver::BoundedSets sets = solver::bounded_sets(sample.circuit, sample.roots, most_size, room);
  const IdVector<InputId, double> cost(sample.inputs, 1);
  for (std::size_t r = 0; r < sample.roots.size(); ++r) {
    if (!sets.roots[r] && room == kAllRoom) return "there was no room for the small ones";
    if (!sets.roots[r]) continue;
    auto expected = minimal(tables[r], sample.inputs);
    const std::size_t all = expected.size();
    std::erase_if(expected, [&](const auto& set) { return set.size() > most_size; });
    if (sets.roots[r]->all && expected.size() < all) return "larger ones are missing unsaid";
    std::set<std::vector<InputId>> listed;
    const auto found = smallest_sets(sets.families, {&sets.roots[r]->family, 1}, cost, all + 1);
    for (const solver::BestSet& set : found.front()) listed.insert(set.inputs);
    if (listed != expected || found.front().size() != expected.size()) return "other small sets are listed";
  }
  return {};
}

/// What a rewriting changes; empty = nothing.
std::string rewriting_fault(const Sample& sample, const std::vector<Truth>& tables) {
  const auto differs = [&](const solver::Rewritten& rewritten) {
    return truth(rewritten.circuit, rewritten.roots, sample.inputs) != tables;
  };
  if (differs(widened(sample.circuit, sample.roots))) return "widened";
  if (differs(absorbed(sample.circuit, sample.roots))) return "absorbed";
  if (differs(with_joined_twins(sample.circuit, sample.roots))) return "with joined twins";
  if (differs(divided(sample.circuit, sample.roots))) return "divided";
  if (differs(simplified(sample.circuit, sample.roots))) return "simplified";
  return {};
}

TEST(Solver, AgreesWithTheTruthTablesOfRandomCircuits) {
  const std::uint64_t seeds = full() ? 500'000 : 10'000;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    support::Random random(seed);
    const Sample sample = random_circuit(random);
    const std::vector<Truth> tables = truth(sample.circuit, sample.roots, sample.inputs);
    std::string fault = rewriting_fault(sample, tables);
    if (fault.empty()) fault = family_fault(sample, tables, minimal_sets(sample.circuit, sample.roots), random);
    for (const solver::Way way : {solver::Way::functions, solver::Way::sets}) {
      if (fault.empty()) fault = family_fault(sample, tables, in_one_block(sample, way), random);
    }
    if (fault.empty()) fault = bounded_fault(sample, tables, random);
    ASSERT_EQ(fault, "") << "seed " << seed;
  }
}

}  // namespace
}  // namespace firebreak::property
