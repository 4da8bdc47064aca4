#pragma once

#include <cstdint>
#include <span>

namespace firebreak::solver {

/// Weights as whole numbers, so that sums of them are exact: in the smallest power of ten in which all are whole, as
/// far as their digits go. Where their sum would pass 2^61 in it, they are rounded.
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

/// A sum of decimals without the noise of adding them: rounded to nine places where that changes next to nothing.
[[nodiscard]] double tidy(double sum);

/// Costs and how many they are as one whole number, the cost first: of two sums that cost the same, the one of fewer is
/// less, and nothing has to be proven twice. Where the costs are too large for it, the number plays no part.
class CountedScale {
 public:
  explicit CountedScale(std::span<const double> costs);

  [[nodiscard]] bool counts() const { return factor_ > 1; }
  [[nodiscard]] std::uint64_t up(double cost, std::uint64_t count = 1) const {
    return scale_.up(cost) * factor_ + (counts() ? count : 0);
  }

  struct Sum {
    double cost = 0;
    std::uint64_t count = 0;
  };
  /// The least there can be that is no less than a bound, when it is of no more than so many.
  [[nodiscard]] Sum least(std::uint64_t bound, std::uint64_t most) const;

 private:
  Scale scale_;
  std::uint64_t factor_ = 1;
};

}  // namespace firebreak::solver
