#pragma once

#include <cstdint>
#include <span>

namespace firebreak::solver {

/// Weights as whole numbers, so that sums of them are exact: in the smallest power of ten in which all are whole. Where
/// there is none up to 10^9, or their sum would pass 2^61, they are rounded.
class Scale {
 public:
  explicit Scale(std::span<const double> weights);

  [[nodiscard]] std::uint64_t up(double weight) const;
  [[nodiscard]] double down(std::uint64_t value) const { return static_cast<double>(value) / factor_; }
  /// Of all weights, as whole numbers.
  [[nodiscard]] double sum() const { return sum_ * factor_; }

 private:
  double sum_ = 0;
  double factor_ = 1;
};

}  // namespace firebreak::solver
