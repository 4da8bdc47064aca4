// A gate that holds asks for enough of its members; what a member is for other gates does not matter, since none of
// them has to fail. So one clause per gate is enough: "not this gate, or one of its members", and a count where more
// are asked for. A set that was found is forbidden, with all that hold it, and the next is searched for.

#include "analyzer/solver/cheapest_sets.h"

#include <algorithm>

#include "analyzer/solver/cheapest.h"
#include "analyzer/solver/scale.h"
#include "analyzer/solver/simplify.h"

namespace firebreak::solver {

namespace {

/// A set of fewer inputs is preferred where costs are small enough to be counted beside sizes.
constexpr Cheapest::Cost kMostInputs = Cheapest::Cost{1} << 20U;
constexpr double kMostCost = 1e12;

class CheapestSearch {
 public:
  CheapestSearch(const Circuit& circuit, GateId root, const IdVector<InputId, double>& cost)
      : rewritten_(simplified(circuit, {&root, 1})), cheapest_(sat_), scale_(std::span(cost.begin(), cost.end())) {
    const Circuit& gates = rewritten_.circuit;
    literal_.resize(gates.size());
    order_ = cone(gates, rewritten_.roots);
    const Cheapest::Cost factor = scale_.sum() < kMostCost ? kMostInputs : 1;
    for (const GateId g : order_) {
      literal_[g] = Literal(sat_.add_variable());
      const Circuit::Gate& gate = gates[g];
      if (gate.input.valid()) {
        inputs_.push_back(g);
        cheapest_.add_cost(literal_[g], scale_.up(cost[gate.input]) * factor + (factor > 1 ? 1 : 0));
      } else {
        ask_members(g);
      }
    }
    sat_.add_clause({literal_[rewritten_.roots.front()]});
  }

  [[nodiscard]] CheapestSets run(std::size_t count, const IdVector<InputId, double>& cost, const Patience& patience) {
    CheapestSets result;
    while (result.sets.size() < count) {
      const Verdict verdict = cheapest_.solve({}, patience);
      result.complete = verdict != Verdict::undecided;
      if (verdict != Verdict::satisfiable) break;
      BestSet set;
      std::vector<Literal> other;
      for (const GateId g : minimal()) {
        set.inputs.push_back(rewritten_.circuit[g].input);
        set.cost += cost[rewritten_.circuit[g].input];
        other.push_back(~literal_[g]);
      }
      std::ranges::sort(set.inputs);
      result.sets.push_back(std::move(set));
      sat_.add_clause(other);
    }
    return result;
  }

 private:
  void ask_members(GateId g) {
    const Circuit::Gate& gate = rewritten_.circuit[g];
    if (gate.threshold == 0) {
      sat_.add_clause({g == Circuit::always() ? literal_[g] : ~literal_[g]});
      return;
    }
    std::vector<Literal> members;
    for (const GateId m : rewritten_.circuit.members(g)) members.push_back(literal_[m]);
    if (gate.is_all()) {
      for (const Literal m : members) sat_.add_clause({~literal_[g], m});
    } else if (gate.is_any()) {
      members.push_back(~literal_[g]);
      sat_.add_clause(members);
    } else {
      // Not too many of them may be missing.
      for (Literal& m : members) m = ~m;
      Totalizer missing(members);
      sat_.add_clause({~literal_[g], ~missing.at_least(gate.size() - gate.threshold + 1, sat_)});
    }
  }

  /// The inputs of the model, without those that the root does not need.
  [[nodiscard]] std::vector<GateId> minimal() const {
    std::vector<GateId> set;
    for (const GateId g : inputs_) {
      if (sat_.holds(literal_[g])) set.push_back(g);
    }
    for (std::size_t i = set.size(); i-- > 0;) {
      std::vector<GateId> smaller = set;
      smaller.erase(smaller.begin() + static_cast<std::ptrdiff_t>(i));
      if (suffices(smaller)) set = std::move(smaller);
    }
    return set;
  }

  [[nodiscard]] bool suffices(const std::vector<GateId>& set) const {
    const Circuit& gates = rewritten_.circuit;
    IdVector<GateId, bool> holds(gates.size(), false);
    holds[Circuit::always()] = true;
    for (const GateId g : set) holds[g] = true;
    for (const GateId g : order_) {
      if (gates[g].threshold == 0) continue;
      std::uint32_t count = 0;
      for (const GateId m : gates.members(g)) count += holds[m] ? 1U : 0U;
      holds[g] = count >= gates[g].threshold;
    }
    return holds[rewritten_.roots.front()];
  }

  Rewritten rewritten_;
  SatSolver sat_;
  Cheapest cheapest_;
  Scale scale_;
  std::vector<GateId> order_;
  std::vector<GateId> inputs_;
  IdVector<GateId, Literal> literal_;
};

}  // namespace

CheapestSets cheapest_solutions(const Circuit& circuit, GateId root, const IdVector<InputId, double>& cost,
                                std::size_t count, const Patience& patience) {
  return CheapestSearch(circuit, root, cost).run(count, cost, patience);
}

}  // namespace firebreak::solver
