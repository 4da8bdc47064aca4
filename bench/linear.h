#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace firebreak::bench {

/// Numbers between 0 and 1 of which sums are to be large enough, and one sum is to be small: what solvers of
/// mixed-integer programs are given.
class LinearModel {
 public:
  using Variable = std::uint32_t;
  using Sum = std::vector<std::pair<std::int64_t, Variable>>;

  /// A variable that costs so much. One that is not `whole` becomes so by itself once those that are have been chosen.
  Variable add(bool whole, std::int64_t cost = 0);
  void at_least(std::int64_t least, Sum sum) { rows_.push_back({least, std::move(sum)}); }

  [[nodiscard]] std::size_t variables() const { return cost_.size(); }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }

  /// In the LP format of CPLEX: variable 7 is x7.
  [[nodiscard]] std::string lp() const;
  /// In the language of SMT-LIB as z3 extends it, all variables whole, rows that are clauses as such; the values of
  /// those asked for are to be printed.
  [[nodiscard]] std::string smt(const std::vector<Variable>& asked) const;

 private:
  struct Row {
    std::int64_t least;
    Sum sum;
  };
  std::vector<std::int64_t> cost_;
  std::vector<bool> whole_;
  std::vector<Row> rows_;
};

}  // namespace firebreak::bench
