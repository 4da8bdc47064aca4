#include "analyzer/solver/scale.h"

#include <algorithm>
#include <cmath>

namespace firebreak::solver {

Scale::Scale(std::span<const double> weights) {
  constexpr double kNear = 1e-6;
  constexpr double kMostFactor = 1e9;
  constexpr double kMostSum = 2e18;
  for (const double weight : weights) sum_ += weight;
  const auto whole = [&](double weight) { return std::abs(weight * factor_ - std::round(weight * factor_)) < kNear; };
  while (factor_ < kMostFactor && sum() * 10 < kMostSum && !std::ranges::all_of(weights, whole)) factor_ *= 10;
  while (sum() > kMostSum) factor_ /= 10;
}

std::uint64_t Scale::up(double weight) const {
  return static_cast<std::uint64_t>(std::llround(weight * factor_));
}

CountedScale::CountedScale(std::span<const double> costs) : scale_(costs) {
  constexpr double kMostSum = 1e11;
  if (scale_.sum() < kMostSum) factor_ = std::uint64_t{1} << 24U;
}

CountedScale::Sum CountedScale::least(std::uint64_t bound, std::uint64_t most) const {
  const std::uint64_t count = bound % factor_;
  const std::uint64_t cost = bound / factor_;
  if (count > most) return {scale_.down(cost + 1), 0};  // what costs no more is ruled out
  return {scale_.down(cost), count};
}

}  // namespace firebreak::solver
