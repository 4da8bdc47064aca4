#pragma once

#include <string>
#include <vector>

/// One axis of a plot, from 0 up. Where values lie in some decades and would be drawn on top of each other, it is one
/// of powers of ten, with a place of its own for 0.
namespace firebreak::report {

struct Tick {
  double value = 0;
  std::string words;
};

class PlotAxis {
 public:
  /// For these values, none below 0, on so many points of length with at most so many marks besides 0.
  PlotAxis(std::vector<double> values, double length, std::size_t most_ticks);

  /// How far from the place of 0 a value lies, from 0 to the length.
  [[nodiscard]] double at(double value) const;

  [[nodiscard]] bool by_powers() const { return by_powers_; }
  [[nodiscard]] std::vector<Tick> ticks() const;

 private:
  [[nodiscard]] double linear(double value) const;
  [[nodiscard]] double powers(double value) const;

  double length_;
  std::size_t most_ticks_;
  double most_ = 1;
  double step_ = 0;  ///< between marks; 0 = there is no other than 0
  int first_power_ = 0;
  int last_power_ = 1;
  bool by_powers_ = false;
};

/// A weight or a count in few characters: "16,500,000", "1e+20".
[[nodiscard]] std::string number_words(double value);

}  // namespace firebreak::report
