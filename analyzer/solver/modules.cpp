// Everything below the roots is visited depth first, a gate's members once, and a clock ticks with every step. What is
// below a gate is below it alone just when all visits of it fall between entering and leaving the gate.

#include "analyzer/solver/modules.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace firebreak::solver {

namespace {

using Tick = std::uint32_t;

struct Span {
  Tick first = std::numeric_limits<Tick>::max();
  Tick last = 0;

  void join(const Span& other) {
    first = std::min(first, other.first);
    last = std::max(last, other.last);
  }
  [[nodiscard]] bool within(const Span& other) const { return first > other.first && last < other.last; }
};

struct Visits {
  IdVector<GateId, Span> inside;  ///< from entering a gate the first time to leaving it
  IdVector<GateId, Span> all;     ///< from the first visit to the last
  IdVector<GateId, Span> below;   ///< of everything below it, from the first visit to the last

  /// Of it and of everything below it.
  [[nodiscard]] Span whole(GateId g) const {
    Span span = all[g];
    span.join(below[g]);
    return span;
  }
};

class Walk {
 public:
  Walk(const Circuit& circuit, std::span<const GateId> roots) : circuit_(circuit) {
    visits_.inside.resize(circuit.size());
    visits_.all.resize(circuit.size());
    visits_.below.resize(circuit.size());
    for (const GateId root : roots) {
      visit(root);
      while (!path_.empty()) step();
    }
    for (const GateId g : ids<GateId>(circuit.size())) {
      for (const GateId member : circuit.members(g)) visits_.below[g].join(visits_.whole(member));
    }
  }

  [[nodiscard]] Visits take() { return std::move(visits_); }

 private:
  void visit(GateId g) {
    ++clock_;
    const bool fresh = visits_.all[g].last == 0;
    visits_.all[g].join({clock_, clock_});
    if (!fresh) return;
    visits_.inside[g] = {clock_, clock_};
    path_.push_back({g, 0});
  }

  void step() {
    auto& [g, next] = path_.back();
    const auto members = circuit_.members(g);
    if (next < members.size()) {
      visit(members[next++]);
      return;
    }
    visits_.inside[g].last = ++clock_;
    path_.pop_back();
  }

  const Circuit& circuit_;
  Visits visits_;
  std::vector<std::pair<GateId, std::size_t>> path_;
  Tick clock_ = 0;
};

}  // namespace

IdVector<GateId, bool> find_modules(const Circuit& circuit, std::span<const GateId> roots) {
  const Visits visits = Walk(circuit, roots).take();
  IdVector<GateId, bool> modules(circuit.size(), false);
  for (const GateId g : ids<GateId>(circuit.size())) {
    modules[g] = circuit[g].threshold != 0 && visits.all[g].last != 0 && visits.below[g].within(visits.inside[g]);
  }
  return modules;
}

namespace {

/// The members of a gate in groups: those of two groups share nothing. A group that shares nothing with the rest of
/// the circuit may stand alone.
struct Group {
  std::vector<GateId> members;
  bool alone = true;
};

std::vector<Group> group_members(const Circuit& circuit, const Visits& visits, GateId g) {
  std::vector<std::pair<Span, GateId>> spans;
  for (const GateId member : circuit.members(g)) spans.emplace_back(visits.whole(member), member);
  std::ranges::sort(spans, {}, [](const auto& entry) { return std::pair(entry.first.first, entry.second); });
  std::vector<Group> groups;
  Tick end = 0;
  for (const auto& [span, member] : spans) {
    if (groups.empty() || span.first > end) groups.emplace_back();
    end = std::max(end, span.last);
    groups.back().members.push_back(member);
    groups.back().alone = groups.back().alone && span.within(visits.inside[g]);
  }
  return groups;
}

}  // namespace

Rewritten divided(const Circuit& circuit, std::span<const GateId> roots) {
  const Visits visits = Walk(circuit, roots).take();
  Rewritten result;
  IdVector<GateId, GateId> made(circuit.size());
  const auto gate_like = [&](const Circuit::Gate& like, std::vector<GateId> members) {
    for (GateId& member : members) member = made[member];
    const std::size_t threshold = like.is_all() ? members.size() : like.threshold;
    return result.circuit.at_least(threshold, std::move(members));
  };
  for (const GateId g : cone(circuit, roots)) {
    const Circuit::Gate& gate = circuit[g];
    if (gate.threshold == 0) {
      made[g] = gate.input.valid() ? result.circuit.input(gate.input) : g;
      continue;
    }
    std::vector<Group> groups;
    if (gate.is_any() || gate.is_all()) groups = group_members(circuit, visits, g);
    if (groups.size() < 2) {
      made[g] = gate_like(gate, {circuit.members(g).begin(), circuit.members(g).end()});
      continue;
    }
    std::vector<GateId> members;
    for (const Group& group : groups) {
      if (group.alone && group.members.size() > 1) {
        members.push_back(gate_like(gate, group.members));
      } else {
        for (const GateId member : group.members) members.push_back(made[member]);
      }
    }
    const std::size_t threshold = gate.is_all() ? members.size() : 1;
    made[g] = result.circuit.at_least(threshold, std::move(members));
  }
  for (const GateId root : roots) result.roots.push_back(made[root]);
  return result;
}

}  // namespace firebreak::solver
