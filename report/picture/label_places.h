#pragma once

#include <vector>

/// Where labels stand beside points so that none lies on another.
namespace firebreak::report {

struct Area {
  double x = 0;
  double y = 0;
  double wide = 0;
  double high = 0;
};

struct LabelPlace {
  Area area;
  bool far = false;  ///< so far from its point that a line has to lead there
};

class LabelPlaces {
 public:
  /// Labels stay within `within`.
  explicit LabelPlaces(const Area& within) : within_(within) {}

  /// No label is put on it.
  void keep_free(const Area& area) { taken_.push_back(area); }
  /// No label is put on it where there is another place near its point.
  void rather_keep_free(const Area& area) { lines_.push_back(area); }

  /// A place for a label of a point, taken from then on: the nearest that is free, below and to the left first. Cost:
  /// linear in what is taken.
  [[nodiscard]] LabelPlace place(double x, double y, double wide, double high);

 private:
  Area within_;
  std::vector<Area> taken_;
  std::vector<Area> lines_;
};

}  // namespace firebreak::report
