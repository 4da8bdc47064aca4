#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <optional>

#include "analyzer/solver/lexicographic.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

// Random clauses against their truth tables: whether they hold, what the cheapest model costs, and which model is the
// best by several costs.

namespace firebreak::property {
namespace {

using solver::Literal;
using solver::Verdict;
using Cost = solver::Cheapest::Cost;
using Clause = std::vector<Literal>;

struct Sample {
  std::size_t variables = 0;
  std::vector<Clause> clauses;
  std::vector<std::vector<Cost>> costs;  ///< by level, then literal
};

Sample random_sample(support::Random& random, std::size_t levels) {
  Sample sample;
  sample.variables = 1 + random.below(9);
  const std::size_t literals = 2 * sample.variables;
  for (std::size_t i = random.below(40); i > 0; --i) {
    Clause clause;
    for (std::size_t size = 1 + random.below(4); size > 0; --size) {
      clause.push_back(Literal::of_code(static_cast<std::uint32_t>(random.below(literals))));
    }
    sample.clauses.push_back(std::move(clause));
  }
  const bool positive = random.percent(50);
  for (std::size_t level = 0; level < levels; ++level) {
    std::vector<Cost> costs(literals, 0);
    for (std::size_t l = 0; l < literals; ++l) {
      if (positive ? l % 2 == 0 : random.percent(40)) costs[l] = 1 + random.below(random.percent(50) ? 1 : 7);
    }
    sample.costs.push_back(std::move(costs));
  }
  return sample;
}

bool holds(std::size_t model, Literal l) {
  return ((model >> l.variable().index() & 1U) != 0) == (l.code() % 2 == 0);
}

/// The costs of the best model in which the first so many clauses and all of `given` hold, level by level.
std::optional<std::vector<Cost>> best(const Sample& sample, std::size_t clauses, const Clause& given) {
  std::optional<std::vector<Cost>> least;
  for (std::size_t model = 0; model < std::size_t{1} << sample.variables; ++model) {
    const auto in_model = [&](Literal l) { return holds(model, l); };
    const auto satisfied = [&](const Clause& clause) { return std::ranges::any_of(clause, in_model); };
    if (!std::ranges::all_of(sample.clauses.begin(), sample.clauses.begin() + static_cast<std::ptrdiff_t>(clauses),
                             satisfied) ||
        !std::ranges::all_of(given, in_model)) {
      continue;
    }
    std::vector<Cost> sums;
    for (const std::vector<Cost>& costs : sample.costs) {
      sums.push_back(0);
      for (std::uint32_t l = 0; l < costs.size(); ++l) sums.back() += in_model(Literal::of_code(l)) ? costs[l] : 0;
    }
    if (!least || sums < *least) least = sums;
  }
  return least;
}

/// The costs of the model in the solver; nothing when some clause does not hold in it.
std::optional<std::vector<Cost>> found(const Sample& sample, std::size_t clauses, const solver::SatSolver& sat) {
  for (std::size_t c = 0; c < clauses; ++c) {
    if (std::ranges::none_of(sample.clauses[c], [&](Literal l) { return sat.holds(l); })) return std::nullopt;
  }
  std::vector<Cost> sums;
  for (const std::vector<Cost>& costs : sample.costs) {
    sums.push_back(0);
    for (std::uint32_t l = 0; l < costs.size(); ++l) sums.back() += sat.holds(Literal::of_code(l)) ? costs[l] : 0;
  }
  return sums;
}

constexpr std::size_t kParts = 3;  ///< clauses are added in so many parts, with a question after each

/// Where a part of the clauses ends.
std::size_t end_of(const Sample& sample, std::size_t part) {
  return sample.clauses.size() * (part + 1) / kParts;
}

void add_part(const Sample& sample, std::size_t part, solver::SatSolver& sat) {
  for (std::size_t c = part == 0 ? 0 : end_of(sample, part - 1); c < end_of(sample, part); ++c) {
    sat.add_clause(sample.clauses[c]);
  }
}

std::string sat_difference(support::Random& random) {
  const Sample sample = random_sample(random, 0);
  solver::SatSolver sat;
  for (std::size_t v = 0; v < sample.variables; ++v) sat.add_variable();
  for (std::size_t part = 0; part < kParts; ++part) {
    add_part(sample, part, sat);
    const std::size_t clauses = end_of(sample, part);
    Clause given;
    for (std::size_t i = random.below(4); i > 0; --i) {
      given.push_back(Literal::of_code(static_cast<std::uint32_t>(random.below(2 * sample.variables))));
    }
    const bool possible = best(sample, clauses, given).has_value();
    const Verdict verdict = sat.solve(given);
    if ((verdict == Verdict::satisfiable) != possible) return "the verdict is wrong";
    if (possible) {
      const bool all = std::ranges::all_of(given, [&](Literal l) { return sat.holds(l); });
      if (!all || !found(sample, clauses, sat)) return "the model is none";
      continue;
    }
    for (const Literal l : sat.refuted()) {
      if (std::ranges::find(given, l) == given.end()) return "what is refuted was not assumed";
    }
    if (best(sample, clauses, sat.refuted())) return "what is refuted can hold";
  }
  return {};
}

std::string lexicographic_difference(support::Random& random, std::size_t levels) {
  const Sample sample = random_sample(random, levels);
  solver::SatSolver sat;
  solver::Lexicographic search(sat, levels);
  for (std::size_t v = 0; v < sample.variables; ++v) sat.add_variable();
  for (std::size_t level = 0; level < levels; ++level) {
    for (std::uint32_t l = 0; l < 2 * sample.variables; ++l) {
      search.add_cost(level, Literal::of_code(l), sample.costs[level][l]);
    }
  }
  for (std::size_t part = 0; part < kParts; ++part) {
    add_part(sample, part, sat);
    const auto least = best(sample, end_of(sample, part), {});
    const Verdict verdict = search.solve(levels);
    if ((verdict == Verdict::satisfiable) != least.has_value()) return "the verdict is wrong";
    if (!least) return {};
    if (found(sample, end_of(sample, part), sat) != least)
      return fmt::format("the model of part {} is not the best", part);
    for (std::size_t level = 0; level < levels; ++level) {
      if (search.bound(level) != (*least)[level]) return "a bound does not meet the model";
    }
  }
  return {};
}

void hold_on_random_clauses(const std::function<std::string(support::Random&)>& check) {
  const std::uint64_t samples = full() ? 500'000 : 10'000;
  for (std::uint64_t seed = 1; seed <= samples; ++seed) {
    support::Random random(seed);
    const std::string fault = check(random);
    ASSERT_EQ(fault, "") << "seed " << seed;
  }
}

TEST(Sat, AgreesWithTruthTables) {
  hold_on_random_clauses(sat_difference);
}

TEST(Sat, FindsTheCheapestModel) {
  hold_on_random_clauses([](support::Random& random) { return lexicographic_difference(random, 1); });
}

TEST(Sat, FindsTheBestModelBySeveralCosts) {
  hold_on_random_clauses([](support::Random& random) { return lexicographic_difference(random, 3); });
}

}  // namespace
}  // namespace firebreak::property
