#include "analyzer/solver/scale.h"

#include <algorithm>
#include <cmath>

namespace firebreak::solver {

Scale::Scale(std::span<const double> weights) {
  constexpr long double kNear = 1e-15L;  // relative: what the last digit of a decimal in binary makes
  constexpr double kMostSum = 2e18;
  for (const double weight : weights) sum_ += weight;
  const auto whole = [&](double weight) {
    if (weight == 0) return true;
    const long double scaled = static_cast<long double>(weight) * factor_;
    return std::abs(scaled - std::round(scaled)) <= kNear * scaled;
  };
  while (sum() * 10 < kMostSum && !std::ranges::all_of(weights, whole)) factor_ *= 10;
  while (sum() > kMostSum) factor_ /= 10;
}

std::uint64_t Scale::up(double weight) const {
  return static_cast<std::uint64_t>(std::llround(static_cast<long double>(weight) * factor_));
}

double tidy(double sum) {
  constexpr double kPlaces = 1e9;
  const double rounded = std::round(sum * kPlaces) / kPlaces;
  return std::abs(rounded - sum) <= 1e-12 * std::abs(sum) ? rounded : sum;
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
