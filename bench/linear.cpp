#include "bench/linear.h"

#include <fmt/format.h>
#include <iterator>

namespace firebreak::bench {

LinearModel::Variable LinearModel::add(bool whole, std::int64_t cost) {
  cost_.push_back(cost);
  whole_.push_back(whole);
  return static_cast<Variable>(cost_.size() - 1);
}

std::string LinearModel::lp() const {
  std::string text = "Minimize\n obj:";
  auto out = std::back_inserter(text);
  for (Variable v = 0; v < cost_.size(); ++v) {
    if (cost_[v] != 0) fmt::format_to(out, " {:+} x{}\n", cost_[v], v);
  }
  text += "\nSubject To\n";
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    fmt::format_to(out, " r{}:", r);
    for (const auto& [factor, v] : rows_[r].sum) fmt::format_to(out, " {:+} x{}", factor, v);
    fmt::format_to(out, " >= {}\n", rows_[r].least);
  }
  text += "Bounds\n";
  for (Variable v = 0; v < cost_.size(); ++v) {
    if (!whole_[v]) fmt::format_to(out, " x{} <= 1\n", v);
  }
  text += "Binaries\n";
  for (Variable v = 0; v < cost_.size(); ++v) {
    if (whole_[v]) fmt::format_to(out, " x{}\n", v);
  }
  text += "End\n";
  return text;
}

std::string LinearModel::smt(const std::vector<Variable>& asked) const {
  std::string text = "(set-option :produce-models true)\n";
  auto out = std::back_inserter(text);
  for (Variable v = 0; v < cost_.size(); ++v) {
    fmt::format_to(out, "(declare-const x{} Bool)\n", v);
    if (cost_[v] != 0) fmt::format_to(out, "(assert-soft (not x{}) :weight {} :id cost)\n", v, cost_[v]);
  }
  for (const Row& row : rows_) {
    // Where a factor is negative, the opposite counts, and the sum is larger by as much.
    std::int64_t least = row.least;
    bool clause = true;
    std::string factors;
    std::string literals;
    for (const auto& [factor, v] : row.sum) {
      const std::int64_t size = factor < 0 ? -factor : factor;
      if (factor < 0) least += size;
      clause = clause && size == 1;
      fmt::format_to(std::back_inserter(factors), " {}", size);
      literals += factor < 0 ? fmt::format(" (not x{})", v) : fmt::format(" x{}", v);
    }
    if (clause && least == 1) {
      fmt::format_to(out, "(assert (or{}))\n", literals);
    } else {
      fmt::format_to(out, "(assert ((_ pbge {}{}){}))\n", least, factors, literals);
    }
  }
  text += "(check-sat)\n(get-value (";
  for (const Variable v : asked) fmt::format_to(out, " x{}", v);
  text += "))\n";
  return text;
}

}  // namespace firebreak::bench
