#include "report/picture/plot_axis.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr double kForZero = 0.1;  // how much of an axis of powers lies between 0 and its first power
constexpr double kApart = 18;     // so far apart points can be told from each other

/// The least 1, 2 or 5 times a power of ten with which so many steps reach as far.
double round_step(double most, std::size_t steps) {
  const double raw = most / static_cast<double>(steps);
  const double power = std::pow(10, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw * 0.999999) return factor * power;
  }
  return 10 * power;
}

/// How well values can be told apart.
template <class Scale>
double apart(const std::vector<double>& values, Scale scale) {
  double sum = 0;
  for (std::size_t i = 1; i < values.size(); ++i) sum += std::min(kApart, scale(values[i]) - scale(values[i - 1]));
  return sum;
}

}  // namespace

PlotAxis::PlotAxis(std::vector<double> values, double length, std::size_t most_ticks)
    : length_(length), most_ticks_(most_ticks) {
  constexpr double kGreatest = 1e300;
  constexpr double kLeast = 1e-300;
  values.push_back(0);
  for (double& value : values) value = value < kLeast ? 0 : std::min(value, kGreatest);
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
  if (values.size() == 1) return;  // nothing but 0
  most_ = values.back();
  step_ = round_step(most_, most_ticks_);
  const bool whole = std::ranges::all_of(values, [](double value) { return value == std::floor(value); });
  if (whole) step_ = std::max(step_, 1.0);
  first_power_ = static_cast<int>(std::floor(std::log10(values[1])));
  last_power_ = std::max(static_cast<int>(std::ceil(std::log10(most_))), first_power_ + 1);
  by_powers_ = apart(values, [&](double v) { return linear(v); }) < apart(
                                                                        values, [&](double v) { return powers(v); }) -
                                                                        1;
  if (!by_powers_) most_ = step_ * std::ceil(most_ / step_ * 0.999999);
}

double PlotAxis::at(double value) const {
  return std::clamp(by_powers_ ? powers(value) : linear(value), 0.0, length_);
}

double PlotAxis::linear(double value) const {
  return length_ * (value / most_);
}

double PlotAxis::powers(double value) const {
  if (value <= 0) return 0;
  const double share = (std::log10(value) - first_power_) / (last_power_ - first_power_);
  return length_ * (kForZero + (1 - kForZero) * share);
}

std::vector<Tick> PlotAxis::ticks() const {
  std::vector<Tick> ticks{{0, "0"}};
  if (step_ == 0) return ticks;
  if (by_powers_) {
    const int between = (last_power_ - first_power_) / static_cast<int>(most_ticks_) + 1;
    for (int power = first_power_; power <= last_power_; power += between) {
      ticks.push_back({std::pow(10, power), number_words(std::pow(10, power))});
    }
    return ticks;
  }
  const auto count = static_cast<std::size_t>(std::lround(most_ / step_));
  for (std::size_t i = 1; i <= count; ++i) {
    const double value = step_ * static_cast<double>(i);
    ticks.push_back({value, number_words(value)});
  }
  return ticks;
}

std::string number_words(double value) {
  constexpr double kLeast = 0.01;
  constexpr double kMost = 1e12;
  return value == 0 || (value >= kLeast && value < kMost) ? grouped(value) : fmt::format("{:.3g}", value);
}

}  // namespace firebreak::report
