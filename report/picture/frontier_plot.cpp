// Written directly, as the timeline is: two axes, a point per plan, and a staircase between them, since for what one
// plan loses no other leaves fewer reached. Everything is said again in words below, row by row.

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "firebreak/draw.h"

#include "report/contain_answer.h"
#include "report/palette.h"
#include "report/picture/frontier_points.h"
#include "report/picture/label_places.h"
#include "report/picture/plot_axis.h"
#include "report/picture/svg_sheet.h"
#include "report/wording.h"

namespace firebreak {
namespace {

using namespace report;

constexpr double kHigh = 270;  // how high the plot is
constexpr double kLine = 16;
constexpr double kMark = 5;
constexpr double kAtZero = 24;  // room on the left of what loses nothing
constexpr std::size_t kMostRows = 40;
constexpr std::string_view kLate = "#B34700";
constexpr std::string_view kBelow = "#F3F5F7";

class FrontierPlot {
 public:
  FrontierPlot(const ContainView& view, bool all)
      : view_(view),
        plans_(*view.frontier.value),
        complete_(view.frontier_complete.value.value_or(true)),
        rows_(all ? plans_.size() : std::min(plans_.size(), kMostRows)),
        points_(frontier_points(view)),
        lost_({}, 1, 1),
        reached_({}, 1, 1) {}

  std::string draw() {
    double y = kSheetMargin;
    const std::string title = frontier_summary(view_);
    paragraph(y, printable(title), 4, {.bold = true});
    y += 4;
    paragraph(y, printable(view_.head.summary), 3, {.fill = kSheetGrey});
    if (!view_.head.options.empty()) paragraph(y, "With " + printable(view_.head.options), 2, {.fill = kSheetGrey});
    if (!complete_ && !plans_.empty())
      paragraph(y, "Not all plans were found in time: there may be others where the line is dashed.", 1, late());
    plot(y);
    table(y);
    return svg_sheet(kFrontierWidth, y + kSheetMargin, title, out_);
  }

 private:
  static Ink late() { return {.fill = kLate, .bold = true}; }

  [[nodiscard]] std::vector<double> values(double FrontierPoint::*member) const {
    std::vector<double> result;
    for (const FrontierPoint& point : points_) result.push_back(point.*member);
    return result;
  }

  void paragraph(double& y, std::string_view words, std::size_t most_lines, const Ink& ink) {
    for (const std::string& line : lines_within(words, kFrontierWidth - 2 * kSheetMargin, most_lines, ink.bold)) {
      y += kLine + 2;
      out_ += svg_text(kSheetMargin, y, line, ink);
    }
  }

  [[nodiscard]] double x(double lost) const { return left_ + kAtZero + lost_.at(lost); }
  [[nodiscard]] double y(double reached) const { return bottom_ - reached_.at(reached); }

  void plot(double& at) {
    at += kLine + 10;
    reached_ = PlotAxis(values(&FrontierPoint::reached), kHigh - 10, 6);
    const auto of = [](const PlotAxis& axis) { return axis.by_powers() ? ", by powers of ten" : ""; };
    out_ +=
        svg_text(kSheetMargin, at, fmt::format("systems and identities still reached{}", of(reached_)), {.bold = true});
    const double top = at + 12;
    bottom_ = top + kHigh;
    double widest = 0;
    for (const Tick& tick : PlotAxis(values(&FrontierPoint::reached), kHigh, 6).ticks()) {
      widest = std::max(widest, sheet_width_of(tick.words));
    }
    left_ = kSheetMargin + widest + 10;
    right_ = kFrontierWidth - kSheetMargin - 20;
    lost_ = PlotAxis(values(&FrontierPoint::lost), right_ - left_ - kAtZero - 30, 6);
    if (!plans_.empty()) area(top);
    grid(top);
    if (!plans_.empty()) staircase(top);
    for (const FrontierPoint& point : points_) mark(point.type, x(point.lost), y(point.reached));
    labels(top);
    at = bottom_ + 34;
    out_ += svg_text(right_, at, fmt::format("weight of services lost{}", of(lost_)), {.anchor = "end", .bold = true});
  }

  void grid(double top) {
    for (const Tick& tick : reached_.ticks()) {
      out_ += fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"{}\"/>\n", left_, y(tick.value), right_,
                          tick.value == 0 ? kSheetGrey : kGridLine);
      out_ += svg_text(left_ - 8, y(tick.value) + 4, tick.words, {.fill = kSheetGrey, .anchor = "end"});
    }
    for (const Tick& tick : lost_.ticks()) {
      out_ += fmt::format("<path d=\"M{:.1f} {:.1f}V{:.1f}\" stroke=\"{}\"/>\n", x(tick.value), top, bottom_,
                          tick.value == 0 ? kSheetGrey : kGridLine);
      out_ += svg_text(x(tick.value), bottom_ + 16, tick.words, {.fill = kSheetGrey, .anchor = "middle"});
    }
  }

  [[nodiscard]] bool open_behind(std::size_t plan) const {
    return std::ranges::binary_search(*view_.frontier_open.value, plan + 1);
  }

  /// Whether others may follow on the last plan.
  [[nodiscard]] bool open_end() const { return open_behind(plans_.size() - 1); }

  /// The area below the plans, where no plan is.
  void area(double top) {
    std::string path = fmt::format("M{:.1f} {:.1f}", x(plans_.front().weight_lost.value), top);
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      const double at_x = x(plans_[i].weight_lost.value);
      const double at_y = y(static_cast<double>(plans_[i].reached));
      path += i > 0 && open_behind(i - 1) ? fmt::format("V{:.1f}H{:.1f}", at_y, at_x)
                                          : fmt::format("H{:.1f}V{:.1f}", at_x, at_y);
    }
    out_ += fmt::format("<path d=\"{}{}V{:.1f}H{:.1f}V{:.1f}z\" fill=\"{}\"/>\n", path,
                        open_end() ? "" : fmt::format("H{:.1f}", right_), bottom_, left_, top, kBelow);
  }

  /// The line from plan to plan, dashed where there may be others.
  void staircase(double top) {
    std::string sure = fmt::format("M{:.1f} {:.1f}V{:.1f}", x(plans_.front().weight_lost.value), top,
                                   y(static_cast<double>(plans_.front().reached)));
    std::string open;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      const bool last = i + 1 == plans_.size();
      const double to_x = last ? right_ : x(plans_[i + 1].weight_lost.value);
      const double to_y = y(static_cast<double>(plans_[last ? i : i + 1].reached));
      if (open_behind(i)) {
        open += fmt::format("M{:.1f} {:.1f}H{:.1f}V{:.1f}", x(plans_[i].weight_lost.value),
                            y(static_cast<double>(plans_[i].reached)), to_x, to_y);
        sure += fmt::format("M{:.1f} {:.1f}", to_x, to_y);
      } else {
        sure += fmt::format("H{:.1f}V{:.1f}", to_x, to_y);
      }
    }
    out_ += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#000000\" stroke-width=\"1.5\"/>\n", sure);
    if (open.empty()) return;
    out_ += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"/>\n",
                        open, kLate);
    if (open_end()) {
      out_ += svg_text(right_ + 4, y(static_cast<double>(plans_.back().reached)) + 4, "?", late());
    }
  }

  void mark(PointType type, double at_x, double at_y, double size = kMark) {
    switch (type) {
      case PointType::nothing_done:
        out_ +=
            fmt::format("<path d=\"M{0:.1f} {1:.1f}l{2} {2}m-{2} 0l{2} -{2}\" stroke=\"{3}\" stroke-width=\"2.5\"/>\n",
                        at_x - size, at_y - size, 2 * size, kSheetGrey);
        return;
      case PointType::safe:
      case PointType::unsafe:
        out_ +=
            fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"2\"/>\n",
                        at_x, at_y, size, type == PointType::safe ? kCrownJewelLine : "#FFFFFF",
                        type == PointType::safe ? kCrownJewelLine : kReachedFill);
        return;
      case PointType::chosen:
        out_ += fmt::format(
            "<path d=\"M{0:.1f} {1:.1f}l{2} {2}l-{2} {2}l-{2} -{2}z\" fill=\"none\" stroke=\"#000000\" "
            "stroke-width=\"2\"/>\n",
            at_x, at_y - 2 * size, 2 * size);
        return;
      case PointType::compared:
        out_ += fmt::format("<rect x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"{2}\" height=\"{2}\" fill=\"#000000\"/>\n",
                            at_x - size, at_y - size, 2 * size);
        return;
    }
  }

  void labels(double top) {
    constexpr double kLetters = 13;  // how high a line of text is
    LabelPlaces places({left_ + 3, top, right_ - left_ - 3, bottom_ - top - 3});
    for (const FrontierPoint& point : points_) {
      const double size = point.type == PointType::chosen ? 2 * kMark : kMark;
      places.keep_free({x(point.lost) - size - 1, y(point.reached) - size - 1, 2 * size + 2, 2 * size + 2});
    }
    double from = top;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      const double at_x = x(plans_[i].weight_lost.value);
      const double at_y = y(static_cast<double>(plans_[i].reached));
      const double next = i + 1 < plans_.size() ? x(plans_[i + 1].weight_lost.value) : right_;
      places.rather_keep_free({at_x - 1, from, 2, at_y - from});
      places.rather_keep_free({at_x, at_y - 1, next - at_x, 2});
      from = at_y;
    }
    std::size_t shown = 0;
    for (const FrontierPoint& point : points_) {
      if (point.is_plan() && ++shown > rows_) continue;
      const double wide = sheet_width_of(point.name, point.is_plan());
      const LabelPlace place = places.place(x(point.lost), y(point.reached), wide, kLetters);
      const double middle = place.area.x + wide / 2;
      if (place.far) {
        const bool below = place.area.y > y(point.reached);
        out_ += fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"{}\" stroke-width=\"0.8\"/>\n",
                            x(point.lost), y(point.reached), middle, place.area.y + (below ? 0 : kLetters), kSheetGrey);
      }
      out_ += svg_text(middle, place.area.y + kLetters - 3, point.name, {.anchor = "middle", .bold = point.is_plan()});
    }
  }

  void table(double& at) {
    at += 14;
    row(at, {"", "reached", fmt::format("{}s reached", view_.protected_noun), "services lost", "actions"},
        {.bold = true});
    std::size_t shown = 0;
    for (const FrontierPoint& point : points_) {
      if (point.is_plan() && ++shown > rows_) continue;
      mark(point.type, kSheetMargin + 6, at + 12, kMark * 0.8);
      row(at, {point.name, number_words(point.reached), point.among, point.services, point.actions}, {});
      if (point.is_plan() && shown == rows_ && rows_ < plans_.size()) {
        out_ += svg_text(kFrontierColumns[0].x, at + kLine,
                         fmt::format("… {}, shown with --all", counted(plans_.size() - rows_, "more plan")),
                         {.fill = kSheetGrey});
        at += kLine + 8;
      }
    }
    if (plans_.empty()) return;
    at += 4;
    const bool one = view_.protected_nodes.size() == 1;
    const std::string what =
        one ? short_name(view_.protected_nodes.front().id) + " is not" : fmt::format("no {} is", view_.protected_noun);
    paragraph(at,
              fmt::format("Full points: {} reached. Rings: {}. In the grey area there is no plan.", what,
                          one ? "it is" : "some are"),
              2, {.fill = kSheetGrey});
  }

  void row(double& at, const std::array<std::string, 5>& cells, const Ink& ink) {
    std::size_t most = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::vector<std::string> lines = lines_within(cells[i], kFrontierColumns[i].wide, kMostCellLines, ink.bold);
      for (std::size_t line = 0; line < lines.size(); ++line) {
        out_ += svg_text(kFrontierColumns[i].x, at + kLine * static_cast<double>(line + 1), lines[line], ink);
      }
      most = std::max(most, lines.size());
    }
    at += kLine * static_cast<double>(most) + 8;
  }

  const ContainView& view_;
  const std::vector<PlanView>& plans_;
  bool complete_;
  std::size_t rows_;  ///< how many plans are told in words
  std::vector<FrontierPoint> points_;
  PlotAxis lost_;
  PlotAxis reached_;
  double left_ = 0;
  double right_ = 0;
  double bottom_ = 0;
  std::string out_;
};

}  // namespace

std::string draw_frontier(const Subject& subject, const ContainReport& report, bool all) {
  const Planned planned = report::planned(subject, report);
  Reasons reasons(subject, planned.scenario, planned.impact, kNever);
  const ContainView view = report::make_view(subject, report, planned, reasons);
  return view.frontier.value ? FrontierPlot(view, all).draw() : std::string();
}

}  // namespace firebreak
