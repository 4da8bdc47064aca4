// Everything that costs is assumed not to be paid for, the dearest first. While that cannot be, a core of it is found:
// its least cost is paid for certain, and goes from all of its literals; a totalizer says what paying for more than one
// of them costs. When the rest can be had for nothing, what was paid is the least.

#include "analyzer/solver/cheapest.h"

namespace firebreak::solver {

Totalizer::Totalizer(std::span<const Literal> inputs) {
  for (std::size_t i = 0; i < inputs.size(); ++i) nodes_.push_back({i, i, 1, {inputs[i]}});
  std::vector<std::size_t> row(nodes_.size());
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  while (row.size() > 1) {
    std::vector<std::size_t> next;
    for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
      nodes_.push_back({row[i], row[i + 1], nodes_[row[i]].size + nodes_[row[i + 1]].size, {}});
      next.push_back(nodes_.size() - 1);
    }
    if (row.size() % 2 != 0) next.push_back(row.back());
    row = std::move(next);
  }
}

Literal Totalizer::at_least(std::size_t count, SatSolver& sat) {
  extend(nodes_.size() - 1, count, sat);
  return nodes_.back().sums[count - 1];
}

void Totalizer::extend(std::size_t root, std::size_t count, SatSolver& sat) {
  std::vector<std::pair<std::size_t, std::size_t>> wanted{{root, count}};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto [at, sums] = wanted[i];
    const Node& node = nodes_[at];
    if (node.left == node.right || node.sums.size() >= std::min(sums, node.size)) continue;
    wanted.emplace_back(node.left, sums);
    wanted.emplace_back(node.right, sums);
  }
  for (std::size_t i = wanted.size(); i-- > 0;) {
    Node& node = nodes_[wanted[i].first];
    const std::size_t before = node.sums.size();
    const std::size_t now = std::min(wanted[i].second, node.size);
    if (node.left == node.right || before >= now) continue;
    while (node.sums.size() < now) node.sums.emplace_back(sat.add_variable(true));
    const std::vector<Literal>& left = nodes_[node.left].sums;
    const std::vector<Literal>& right = nodes_[node.right].sums;
    for (std::size_t l = 0; l <= std::min(left.size(), now); ++l) {
      for (std::size_t r = before > l ? before - l : 0; r <= std::min(right.size(), now - l); ++r) {
        if (l + r <= before) continue;
        const Literal sum = node.sums[l + r - 1];
        if (l == 0) {
          sat.add_clause({~right[r - 1], sum});
        } else if (r == 0) {
          sat.add_clause({~left[l - 1], sum});
        } else {
          sat.add_clause({~left[l - 1], ~right[r - 1], sum});
        }
      }
    }
  }
}

void Cheapest::add_cost(Literal literal, Cost cost) {
  if (cost == 0) return;
  const Cost certain = std::min(cost, open_cost(~literal));  // one of the two is paid for
  if (certain > 0) {
    bound_ += certain;
    open_[(~literal).code()] -= certain;
    cost -= certain;
  }
  if (cost > 0) assume(literal, cost);
}

void Cheapest::assume(Literal paid, Cost cost) {
  if (open_.size() <= paid.code()) {
    open_.resize(paid.code() + 1, 0);
    listed_.resize(paid.code() + 1, false);
  }
  if (!listed_[paid.code()]) literals_.push_back(paid);
  listed_[paid.code()] = true;
  open_[paid.code()] += cost;
}

void Cheapest::assume_sum(std::size_t sum, std::size_t count, Cost cost) {
  if (count > sums_[sum].size()) return;
  const Literal more = sums_[sum].at_least(count, sat_);
  const auto at = std::ranges::lower_bound(counters_, more.code(), {}, &Counter::code);
  if (at == counters_.end() || at->code != more.code()) counters_.insert(at, {more.code(), sum, count});
  assume(more, cost);
}

std::vector<Literal> Cheapest::assumptions(std::span<const Literal> given, Cost least) const {
  std::vector<Literal> result(given.begin(), given.end());
  for (const Literal l : literals_) {
    if (open_[l.code()] >= least || open_[l.code()] > room()) result.push_back(~l);
  }
  return result;
}

std::vector<Literal> Cheapest::certain() const {
  std::vector<Literal> result;
  for (const Literal l : literals_) {
    if (open_[l.code()] > room()) result.push_back(~l);
  }
  return result;
}

/// The next cost below which things are not assumed yet: the greatest of those that are less than half of it, or that
/// many things have.
Cheapest::Cost Cheapest::below(Cost least) const {
  Cost next = 0;
  for (const Literal l : literals_) {
    const Cost cost = open_[l.code()];
    if (cost < least) next = std::max(next, cost);
  }
  return std::max<Cost>(next / 2, 1);
}

/// A core with as little in it as can be seen with next to no search.
std::vector<Literal> Cheapest::reduced(std::vector<Literal> core) {
  std::vector<Literal> rest;
  const auto keep_refuted = [&] {
    rest = sat_.refuted();
    std::ranges::sort(rest);
    std::erase_if(core, [&](Literal l) { return !std::ranges::binary_search(rest, l); });
  };
  if (!sat_.refutes(core)) return core;
  keep_refuted();
  constexpr std::size_t kMostTries = 1000;
  std::size_t tries = 0;
  for (std::size_t at = 0; at < core.size() && core.size() > 1 && tries < kMostTries; ++tries) {
    rest = core;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    if (sat_.refutes(rest)) {
      keep_refuted();
    } else {
      ++at;
    }
  }
  if (core.size() < 6) return core;
  constexpr std::uint64_t kMostDecisions = 20;
  const auto pays = [&] { return searches_ < 100 || dropped_ * 10 >= searches_; };
  for (std::size_t at = 0; at < core.size() && core.size() > 1 && pays(); ++searches_) {
    const std::size_t before = core.size();
    rest = core;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    if (sat_.solve(rest, {}, kMostDecisions) == Verdict::unsatisfiable) {
      keep_refuted();
      dropped_ += before - core.size();
    } else {
      ++at;
    }
  }
  return core;
}

/// Pays for a core. What of it is given, or costs too much to be had, stays in its clause, and costs nothing.
void Cheapest::pay(const std::vector<Literal>& refuted) {
  Core core;
  core.cost = std::numeric_limits<Cost>::max();
  std::vector<Literal> clause;
  for (const Literal l : reduced(refuted)) {
    clause.push_back(~l);
    if (!can_be_paid(~l)) continue;
    core.literals.push_back(~l);
    core.cost = std::min(core.cost, open_cost(~l));
  }
  sat_.add_clause(clause);
  if (core.literals.empty()) return;
  std::ranges::sort(core.literals);
  bound_ += core.cost;
  for (const Literal l : core.literals) open_[l.code()] -= core.cost;
  cores_.push_back(std::move(core));
}

/// Says of each core found since what paying for one more of it costs.
void Cheapest::count_cores() {
  for (const Core& core : std::exchange(cores_, {})) {
    for (const Literal l : core.literals) {
      const auto at = std::ranges::lower_bound(counters_, l.code(), {}, &Counter::code);
      if (at == counters_.end() || at->code != l.code()) continue;
      const Counter counter = *at;
      assume_sum(counter.sum, counter.count + 1, core.cost);
    }
    if (core.literals.size() < 2) continue;
    sums_.emplace_back(core.literals);
    assume_sum(sums_.size() - 1, 2, core.cost);
  }
}

Verdict Cheapest::solve(std::span<const Literal> given, const Patience& patience) {
  if (bound_ > most_) return Verdict::unsatisfiable;
  Cost least = below(std::numeric_limits<Cost>::max());
  constexpr std::uint64_t kSomeDecisions = 1000;
  while (true) {
    // Whether what is not assumed yet, or not counted, can be left out for now is not worth a long search.
    const bool last = cores_.empty() && least <= 1;
    const Verdict verdict =
        sat_.solve(assumptions(given, least), patience, last ? SatSolver::kNoLimit : kSomeDecisions);
    if (verdict == Verdict::undecided && (last || has_run_out(patience))) return verdict;
    if (verdict == Verdict::unsatisfiable) {
      const bool costs = std::ranges::any_of(sat_.refuted(), [&](Literal l) { return can_be_paid(~l); });
      if (!costs) return verdict;
      pay(sat_.refuted());
      if (has_run_out(patience)) return Verdict::undecided;
      continue;
    }
    if (!cores_.empty()) {
      count_cores();
      continue;
    }
    if (least <= 1) return Verdict::satisfiable;
    least = below(least);
  }
}

bool Cheapest::is_met() const {
  return cores_.empty() &&
         std::ranges::none_of(literals_, [&](Literal l) { return open_[l.code()] > 0 && sat_.holds(l); });
}

Literal Cheapest::settled() {
  const Literal settled(sat_.add_variable(true));
  for (const Literal l : literals_) {
    if (open_[l.code()] > 0) sat_.add_clause({~settled, ~l});
  }
  return settled;
}

}  // namespace firebreak::solver
