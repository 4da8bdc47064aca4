// Each rewriting goes through the cone once, each gate behind what it is made of, and makes a new circuit.

#include "analyzer/solver/simplify.h"

#include <algorithm>
#include <map>
#include <utility>

namespace firebreak::solver {

namespace {

enum class Kind : std::uint8_t { other, any, all };

Kind kind_of(const Circuit& circuit, GateId g) {
  const Circuit::Gate& gate = circuit[g];
  return gate.is_any() ? Kind::any : gate.is_all() ? Kind::all : Kind::other;
}

/// A gate like `like`, of other members.
GateId gate_like(Circuit& circuit, Kind kind, std::uint32_t threshold, std::vector<GateId> members) {
  const std::size_t needed = kind == Kind::all ? members.size() : threshold;
  return circuit.at_least(needed, std::move(members));
}

/// A constant or an input in another circuit.
GateId copied_leaf(const Circuit& from, GateId g, Circuit& to) {
  return from[g].input.valid() ? to.input(from[g].input) : g;
}

std::vector<GateId> all_of(const IdVector<GateId, GateId>& made, std::span<const GateId> gates) {
  std::vector<GateId> result;
  result.reserve(gates.size());
  for (const GateId g : gates) result.push_back(made[g]);
  return result;
}

}  // namespace

Rewritten widened(const Circuit& circuit, std::span<const GateId> roots) {
  const std::vector<GateId> gates = cone(circuit, roots);
  const auto kind = [&](GateId g) { return kind_of(circuit, g); };
  IdVector<GateId, std::uint32_t> uses(circuit.size(), 0);
  IdVector<GateId, Kind> user(circuit.size(), Kind::other);  ///< of the last gate it is a member of
  for (const GateId g : gates) {
    for (const GateId member : circuit.members(g)) {
      ++uses[member];
      user[member] = kind(g);
    }
  }
  for (const GateId root : roots) uses[root] += 2;
  Rewritten wide;
  IdVector<GateId, GateId> made(circuit.size());
  IdVector<GateId, std::vector<GateId>> parts(circuit.size());  ///< of gates that become part of their only user
  for (const GateId g : gates) {
    const Circuit::Gate& gate = circuit[g];
    if (gate.threshold == 0) {
      made[g] = copied_leaf(circuit, g, wide.circuit);
      continue;
    }
    std::vector<GateId> members;
    for (const GateId member : circuit.members(g)) {
      if (parts[member].empty()) {
        members.push_back(made[member]);
      } else {
        members.insert(members.end(), parts[member].begin(), parts[member].end());
        parts[member] = {};
      }
    }
    if (kind(g) != Kind::other && uses[g] == 1 && user[g] == kind(g)) {
      parts[g] = std::move(members);
    } else {
      made[g] = gate_like(wide.circuit, kind(g), gate.threshold, std::move(members));
    }
  }
  wide.roots = all_of(made, roots);
  return wide;
}

namespace {

/// The gates of a cone by the one nearest that all ways from the roots lead through; none = there is no such gate. A
/// gate comes behind its members in number, so from the last to the first each stands behind all it is a member of
/// (Cooper, Harvey and Kennedy 2001).
class Dominators {
 public:
  Dominators(const Circuit& circuit, const std::vector<GateId>& gates, std::span<const GateId> roots)
      : nearest_(circuit.size()), depth_(circuit.size(), 0), seen_(circuit.size(), false) {
    for (const GateId root : roots) seen_[root] = true;
    for (std::size_t i = gates.size(); i-- > 0;) {
      const GateId g = gates[i];
      if (nearest_[g].valid()) depth_[g] = depth_[nearest_[g]] + 1;
      for (const GateId member : circuit.members(g)) {
        nearest_[member] = seen_[member] ? common(nearest_[member], g) : g;
        seen_[member] = true;
      }
    }
  }

  [[nodiscard]] GateId nearest(GateId g) const { return nearest_[g]; }

 private:
  /// Both are gone through already, as is all above them.
  [[nodiscard]] GateId common(GateId a, GateId b) const {
    while (a != b) {
      if (!a.valid() || !b.valid()) return GateId::none();
      if (depth_[a] >= depth_[b]) {
        a = nearest_[a];
      } else {
        b = nearest_[b];
      }
    }
    return a;
  }

  IdVector<GateId, GateId> nearest_;
  IdVector<GateId, std::uint32_t> depth_;
  IdVector<GateId, bool> seen_;
};

/// What the members of gates are replaced by, found depth first down the tree of dominators.
class Absorption {
 public:
  Absorption(const Circuit& circuit, const std::vector<GateId>& gates, std::span<const GateId> roots)
      : circuit_(circuit), below_(circuit.size()), known_(circuit.size(), Kind::other), members_(circuit.size()) {
    const Dominators dominators(circuit, gates, roots);
    std::vector<GateId> tops;
    for (const GateId g : gates) {
      if (circuit[g].threshold == 0) continue;
      const GateId nearest = dominators.nearest(g);
      if (nearest.valid()) {
        below_[nearest].push_back(g);
      } else {
        tops.push_back(g);
      }
    }
    for (const GateId top : tops) descend(top);
  }

  /// The members of a gate, with constants for what cannot matter.
  [[nodiscard]] const std::vector<GateId>& members(GateId g) const { return members_[g]; }

 private:
  struct Step {
    GateId gate;
    std::size_t next = 0;           ///< of those below it
    std::vector<GateId> told = {};  ///< what is known because of it
  };

  void descend(GateId top) {
    std::vector<Step> path;
    path.push_back(enter(top));
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next < below_[step.gate].size()) {
        const GateId g = below_[step.gate][step.next++];
        path.push_back(enter(g));
        continue;
      }
      for (const GateId g : step.told) known_[g] = Kind::other;
      path.pop_back();
    }
  }

  Step enter(GateId g) {
    Step step{g};
    const Kind kind = kind_of(circuit_, g);
    for (const GateId member : circuit_.members(g)) {
      const Kind known = known_[member];
      members_[g].push_back(known == Kind::any ? Circuit::never() : known == Kind::all ? Circuit::always() : member);
      if (known == Kind::other && kind != Kind::other) step.told.push_back(member);
    }
    for (const GateId member : step.told) known_[member] = kind;
    return step;
  }

  const Circuit& circuit_;
  IdVector<GateId, std::vector<GateId>> below_;
  IdVector<GateId, Kind> known_;  ///< any: it never holds here; all: it always does
  IdVector<GateId, std::vector<GateId>> members_;
};

}  // namespace

Rewritten absorbed(const Circuit& circuit, std::span<const GateId> roots) {
  const std::vector<GateId> gates = cone(circuit, roots);
  const Absorption absorption(circuit, gates, roots);
  Rewritten result;
  IdVector<GateId, GateId> made(circuit.size());
  made[Circuit::never()] = Circuit::never();
  made[Circuit::always()] = Circuit::always();
  for (const GateId g : gates) {
    made[g] = circuit[g].threshold == 0 ? copied_leaf(circuit, g, result.circuit)
                                        : gate_like(result.circuit, kind_of(circuit, g), circuit[g].threshold,
                                                    all_of(made, absorption.members(g)));
  }
  result.roots = all_of(made, roots);
  return result;
}

Rewritten with_joined_twins(const Circuit& circuit, std::span<const GateId> roots) {
  const std::vector<GateId> gates = cone(circuit, roots);
  IdVector<GateId, std::vector<GateId>> users(circuit.size());
  for (const GateId g : gates) {
    for (const GateId member : circuit.members(g)) users[member].push_back(g);
  }
  for (const GateId root : roots) users[root].push_back(GateId::none());
  std::map<std::vector<GateId>, std::vector<GateId>> alike;
  for (const GateId g : gates) {
    const std::vector<GateId>& by = users[g];
    if (by.size() < 2 || !by.back().valid()) continue;
    const Kind kind = kind_of(circuit, by.front());
    const auto same = [&](GateId user) { return kind_of(circuit, user) == kind; };
    if (kind != Kind::other && std::ranges::all_of(by, same)) alike[by].push_back(g);
  }
  IdVector<GateId, GateId> stands_in(circuit.size());  ///< the first of its twins, by gate
  for (const auto& [by, twins] : alike) {
    if (twins.size() < 2) continue;
    for (const GateId twin : twins) stands_in[twin] = twins.front();
  }
  Rewritten result;
  IdVector<GateId, GateId> made(circuit.size());
  IdVector<GateId, GateId> joined(circuit.size());  ///< by the first of the twins
  for (const GateId g : gates) {
    if (circuit[g].threshold == 0) {
      made[g] = copied_leaf(circuit, g, result.circuit);
      continue;
    }
    std::vector<GateId> members;
    for (const GateId member : circuit.members(g)) {
      const GateId first = stands_in[member];
      if (!first.valid()) {
        members.push_back(made[member]);
        continue;
      }
      if (first != member) continue;
      if (!joined[first].valid()) {
        joined[first] = gate_like(result.circuit, kind_of(circuit, g), 1, all_of(made, alike.at(users[first])));
      }
      members.push_back(joined[first]);
    }
    made[g] = gate_like(result.circuit, kind_of(circuit, g), circuit[g].threshold, std::move(members));
  }
  result.roots = all_of(made, roots);
  return result;
}

Rewritten simplified(const Circuit& circuit, std::span<const GateId> roots, const Patience& patience) {
  constexpr int kMostRounds = 20;
  Rewritten now = widened(circuit, roots);
  std::size_t size = now.circuit.size();
  for (int round = 0; round < kMostRounds && !has_run_out(patience); ++round) {
    Rewritten next = absorbed(now.circuit, now.roots);
    if (has_run_out(patience)) return next;
    next = with_joined_twins(next.circuit, next.roots);
    if (has_run_out(patience)) return next;
    next = widened(next.circuit, next.roots);
    const bool smaller = next.circuit.size() < size;
    size = next.circuit.size();
    now = std::move(next);
    if (!smaller) break;
  }
  return now;
}

}  // namespace firebreak::solver
