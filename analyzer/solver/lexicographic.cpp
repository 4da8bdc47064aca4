#include "analyzer/solver/lexicographic.h"

#include <algorithm>

namespace firebreak::solver {

void Lexicographic::add_cost(std::size_t level, Literal literal, Cheapest::Cost cost) {
  if (cost == 0) return;
  Level& at = levels_[level];
  at.costs.emplace_back(literal, cost);
  if (at.search) at.search->add_cost(literal, cost);
  if (at.settled.valid()) sat_.add_clause({~at.settled, ~literal});
}

void Lexicographic::forget_after(std::size_t level) {
  for (std::size_t i = level + 1; i < levels_.size(); ++i) {
    levels_[i].search.reset();
    levels_[i].settled = {};
  }
}

void Lexicographic::clear(std::size_t level) {
  levels_[level].costs.clear();
  levels_[level].search.reset();
  levels_[level].settled = {};
  forget_after(level);
}

Cheapest& Lexicographic::search(Level& level) {
  if (!level.search) {
    level.search.emplace(sat_);
    for (const auto& [literal, cost] : level.costs) level.search->add_cost(literal, cost);
  }
  return *level.search;
}

Cheapest& Lexicographic::first() {
  return search(*std::ranges::find_if(levels_, [](const Level& l) { return !l.costs.empty(); }));
}

void Lexicographic::limit(Cheapest::Cost most) {
  first().limit(most);
}

std::vector<Literal> Lexicographic::certain() {
  return first().certain();
}

Cheapest::Cost Lexicographic::bound(std::size_t level) const {
  if (!levels_[level].search) return 0;
  const bool stands =
      std::all_of(levels_.begin(), levels_.begin() + static_cast<std::ptrdiff_t>(level), [](const Level& l) {
        return l.costs.empty() || (l.search && l.settled.valid() && l.settled_at == l.search->bound());
      });
  return stands ? levels_[level].search->bound() : 0;
}

Verdict Lexicographic::solve(std::size_t levels, const Patience& patience, std::span<const Literal> given) {
  std::vector<Literal> all(given.begin(), given.end());
  bool found = false;
  for (std::size_t i = 0; i < levels; ++i) {
    Level& level = levels_[i];
    if (level.costs.empty()) continue;
    if (!found || !search(level).is_met()) {
      const Verdict verdict = search(level).solve(all, patience);
      if (verdict != Verdict::satisfiable) return verdict;
      found = true;
    }
    if (!level.settled.valid() || level.settled_at != level.search->bound()) {
      forget_after(i);
      level.settled = level.search->settled();
      level.settled_at = level.search->bound();
    }
    all.push_back(level.settled);
  }
  return found ? Verdict::satisfiable : sat_.solve(all, patience);
}

}  // namespace firebreak::solver
