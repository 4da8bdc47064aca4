#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/contain_views.h"
#include "report/picture/svg_sheet.h"

/// What a picture of a frontier says in words: the answer, and of each point what is told in its row.
namespace firebreak::report {

inline constexpr double kFrontierWidth = 980;

/// Where the cells of a row stand: name, reached, among, services, actions.
struct Column {
  double x = 0;
  double wide = 0;
};
inline constexpr std::array<Column, 5> kFrontierColumns = {
    {{kSheetMargin + 20, 90}, {132, 66}, {206, 176}, {396, 220}, {630, kFrontierWidth - kSheetMargin - 630}}};
inline constexpr std::size_t kMostCellLines = 3;

enum class PointType : unsigned char { nothing_done, safe, unsafe, chosen, compared };

/// All words are printable.
struct FrontierPoint {
  PointType type = PointType::safe;
  double lost = 0;
  double reached = 0;
  std::string name;      ///< beside the point, and before its row
  std::string among;     ///< what is reached of what is protected
  std::string services;  ///< what is lost
  std::string actions;

  /// A plan of the frontier.
  [[nodiscard]] bool is_plan() const { return type == PointType::safe || type == PointType::unsafe; }
};

/// Doing nothing, the plans of the frontier, the plan that protects, what was compared, as far as there are such.
[[nodiscard]] std::vector<FrontierPoint> frontier_points(const ContainView& view);

/// "Of 12 reached from pc, 5 stay reached without losing a service, 1 for a loss of weight 3; no plan brings it lower."
[[nodiscard]] std::string frontier_summary(const ContainView& view);

/// An id as pictures like these show it.
[[nodiscard]] std::string short_name(std::string_view id);

}  // namespace firebreak::report
