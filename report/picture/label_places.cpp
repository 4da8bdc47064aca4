// Around the point there are rings of places, eight on each. The first that is free is taken; on the inner rings only
// one that crosses no line. Where the rings have no place either, the label goes below all others.

#include "report/picture/label_places.h"

#include <algorithm>
#include <array>

namespace firebreak::report {
namespace {

bool overlap(const Area& a, const Area& b) {
  return a.x < b.x + b.wide && b.x < a.x + a.wide && a.y < b.y + b.high && b.y < a.y + a.high;
}

bool hits(const Area& area, const std::vector<Area>& others) {
  return std::ranges::any_of(others, [&](const Area& other) { return overlap(area, other); });
}

bool inside(const Area& a, const Area& all) {
  return a.x >= all.x && a.y >= all.y && a.x + a.wide <= all.x + all.wide && a.y + a.high <= all.y + all.high;
}

struct Direction {
  double x;
  double y;
};
constexpr std::array<Direction, 8> kDirections = {
    {{-0.7, 0.7}, {0.7, -0.7}, {-1, 0}, {0, 1}, {0, -1}, {1, 0}, {-0.7, -0.7}, {0.7, 0.7}}};

}  // namespace

LabelPlace LabelPlaces::place(double x, double y, double wide, double high) {
  constexpr double kFirst = 9;  // how far from its point the first ring is
  constexpr double kNext = 9;
  constexpr int kNearRings = 3;
  constexpr int kRings = 60;
  const auto put = [&](const Area& area, bool far) {
    taken_.push_back(area);
    return LabelPlace{area, far};
  };
  for (const bool lines_too : {true, false}) {
    for (int ring = 0; ring < (lines_too ? kNearRings : kRings); ++ring) {
      const double far = kFirst + kNext * ring;
      for (const Direction& to : kDirections) {
        const Area area{x + to.x * (far + wide / 2) - wide / 2, y + to.y * (far + high / 2) - high / 2, wide, high};
        if (!inside(area, within_) || hits(area, taken_) || (lines_too && hits(area, lines_))) continue;
        return put(area, ring >= kNearRings);
      }
    }
  }
  double below = within_.y + within_.high;
  for (const Area& area : taken_) below = std::max(below, area.y + area.high);
  return put({x - wide / 2, below, wide, high}, true);
}

}  // namespace firebreak::report
