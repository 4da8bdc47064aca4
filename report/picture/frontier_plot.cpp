// Written directly, as the timeline is: two axes, a point per plan, and a staircase between them, since for what one
// plan loses no other leaves fewer reached. Everything is said again in words below, row by row.

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "firebreak/draw.h"

#include "report/action_words.h"
#include "report/contain_answer.h"
#include "report/escape.h"
#include "report/palette.h"
#include "report/picture/label_places.h"
#include "report/picture/lettering.h"
#include "report/picture/plot_axis.h"
#include "report/picture/svg_sheet.h"
#include "report/wording.h"

namespace firebreak {
namespace {

using namespace report;

constexpr double kWhole = 980;  // how wide the sheet is
constexpr double kHigh = 270;   // how high the plot is
constexpr double kLine = 16;
constexpr double kMark = 5;
constexpr double kAtZero = 24;  // room on the left of what loses nothing
constexpr std::size_t kMostRows = 40;
constexpr std::size_t kMostInId = 32;
constexpr std::string_view kLate = "#B34700";
constexpr std::string_view kBelow = "#F3F5F7";

/// What a point stands for.
enum class PointType : unsigned char { nothing_done, safe, unsafe, chosen, compared };

struct Point {
  PointType type = PointType::safe;
  double lost = 0;
  double reached = 0;
  std::string name;  ///< beside the point, and before its row
  std::string among;
  std::string services;
  std::string actions;
};

std::vector<std::string> short_words(const std::vector<std::string>& words, std::size_t most = kMostInId) {
  std::vector<std::string> result;
  for (const std::string& word : words) result.push_back(shortened_name(printable(word), most));
  return result;
}

class FrontierPlot {
 public:
  FrontierPlot(const ContainView& view, bool all)
      : view_(view),
        plans_(*view.frontier.value),
        complete_(view.frontier_complete.value.value_or(true)),
        rows_(all ? plans_.size() : std::min(plans_.size(), kMostRows)),
        points_(points()),
        lost_({}, 1, 1),
        reached_({}, 1, 1) {}

  std::string draw() {
    double y = kSheetMargin;
    const std::string title = summary();
    paragraph(y, printable(title), 4, {.bold = true});
    y += 4;
    paragraph(y, printable(view_.head.summary), 3, {.fill = kSheetGrey});
    if (!view_.head.options.empty()) paragraph(y, "With " + printable(view_.head.options), 2, {.fill = kSheetGrey});
    if (!complete_ && !plans_.empty())
      paragraph(y, "Time ran out: there may be more plans, to the right of the last one.", 1, late());
    plot(y);
    table(y);
    return svg_sheet(kWhole, y + kSheetMargin, title, out_);
  }

 private:
  struct Column {
    double x;
    double wide;
  };
  static constexpr Column kName{.x = kSheetMargin + 20, .wide = 90};
  static constexpr Column kReached{.x = 132, .wide = 66};
  static constexpr Column kAmong{.x = 206, .wide = 176};
  static constexpr Column kServices{.x = 396, .wide = 220};
  static constexpr Column kActions{.x = 630, .wide = kWhole - kSheetMargin - 630};
  static constexpr std::size_t kMostLines = 3;

  static Ink late() { return {.fill = kLate, .bold = true}; }

  // What is drawn.

  /// The words with as many members of a list as there is room for.
  template <class Words>
  [[nodiscard]] static std::string fitting(double wide, Words words) {
    constexpr std::size_t kMost = 4;
    for (std::size_t most = kMost; most > 1; --most) {
      std::string text = words(most);
      if (lines_within(text, wide, kMostLines + 1).size() <= kMostLines) return text;
    }
    return words(1);
  }

  [[nodiscard]] std::string among(const std::vector<std::string>& reached) const {
    if (reached.empty()) return fmt::format("{} none", look(State::works).glyph);
    const std::size_t count = view_.protected_nodes.size();
    const std::string of = count > 1 ? fmt::format("{} of {}: ", reached.size(), count) : std::string();
    const std::vector<std::string> names = short_words(reached);
    return fitting(kAmong.wide,
                   [&](std::size_t most) { return fmt::format("{} {}{}", kReachedGlyph, of, listing(names, most)); });
  }

  [[nodiscard]] static std::string services(const std::vector<std::string>& lost, double weight) {
    if (lost.empty()) return "none";
    const std::vector<std::string> names = short_words(lost);
    return fitting(kServices.wide, [&](std::size_t most) {
      return fmt::format("weight {}: {}", number_words(weight), listing(names, most));
    });
  }

  [[nodiscard]] static std::string actions(const std::vector<std::string>& words) {
    constexpr std::size_t kMostInAction = 64;
    if (words.empty()) return "none";
    const std::vector<std::string> cut = short_words(words, kMostInAction);
    return fitting(kActions.wide, [&](std::size_t most) {
      return fmt::format("{}: {}", counted(words.size(), "action"), actions_listed(cut, most));
    });
  }

  [[nodiscard]] Point point(PointType type, const PlanView& plan, std::string name) const {
    return {type,
            plan.weight_lost.value,
            static_cast<double>(plan.reached),
            std::move(name),
            among(plan.protected_reached),
            services(plan.services_lost, plan.weight_lost.value),
            actions(plan.actions)};
  }

  [[nodiscard]] std::vector<Point> points() const {
    std::vector<Point> all;
    std::vector<std::string> reached;
    for (const ProtectedView& node : view_.protected_nodes) {
      if (node.reached) reached.push_back(node.id);
    }
    if (plans_.empty() || !plans_.front().actions.empty()) {
      all.push_back({PointType::nothing_done, 0, static_cast<double>(view_.reached_if_nothing_done), "nothing done",
                     among(reached), "none", "none"});
    }
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      const bool safe = plans_[i].protected_reached.empty();
      all.push_back(point(safe ? PointType::safe : PointType::unsafe, plans_[i], std::to_string(i + 1)));
    }
    if (!view_.plans.empty()) all.push_back(point(PointType::chosen, view_.plans.front(), "the plan"));
    if (view_.compared.value) {
      const ComparedView& done = *view_.compared.value;
      all.push_back({PointType::compared, done.weight_lost.value, static_cast<double>(done.reached), "compared",
                     among(done.protected_reached), services(done.services_lost, done.weight_lost.value),
                     printable(done.actions)});
    }
    return all;
  }

  [[nodiscard]] std::vector<double> values(double Point::*member) const {
    std::vector<double> result;
    for (const Point& point : points_) result.push_back(point.*member);
    return result;
  }

  /// "Of 12 reached from pc, 5 stay reached without losing a service, 1 for a loss of weight 3; no plan brings it
  /// lower."
  [[nodiscard]] std::string summary() const {
    const std::uint64_t now = view_.reached_if_nothing_done;
    if (plans_.empty()) {
      return fmt::format(
          "{} {} reached from {}; {}.", number(now), now == 1 ? "is" : "are", view_.from,
          complete_ ? "no plan helps, since what is to be kept fails already" : "no plan was found in time");
    }
    const auto price = [](const PlanView& plan) {
      return plan.services_lost.empty() ? std::string("without losing a service")
                                        : "for a loss of weight " + number_words(plan.weight_lost.value);
    };
    const std::uint64_t first = plans_.front().reached;
    std::string text = fmt::format("Of {} reached from {}, {} {} reached {}", number(now), view_.from,
                                   first == now && now > 1 ? "all" : number(first), first == 1 ? "stays" : "stay",
                                   price(plans_.front()));
    if (plans_.size() > 1) text += fmt::format(", {} {}", number(plans_.back().reached), price(plans_.back()));
    return text + (complete_ ? "; no plan brings it lower." : "; time ran out before all plans were found.");
  }

  [[nodiscard]] static std::string number(std::uint64_t count) { return grouped(static_cast<double>(count)); }

  // How it is drawn.

  void paragraph(double& y, std::string_view words, std::size_t most_lines, const Ink& ink) {
    for (const std::string& line : lines_within(words, kWhole - 2 * kSheetMargin, most_lines, ink.bold)) {
      y += kLine + 2;
      out_ += svg_text(kSheetMargin, y, line, ink);
    }
  }

  [[nodiscard]] double x(double lost) const { return left_ + kAtZero + lost_.at(lost); }
  [[nodiscard]] double y(double reached) const { return bottom_ - reached_.at(reached); }

  void plot(double& at) {
    at += kLine + 10;
    out_ += svg_text(kSheetMargin, at, "systems and identities still reached", {.bold = true});
    const double top = at + 12;
    bottom_ = top + kHigh;
    double widest = 0;
    for (const Tick& tick : PlotAxis(values(&Point::reached), kHigh, 6).ticks()) {
      widest = std::max(widest, sheet_width_of(tick.words));
    }
    left_ = kSheetMargin + widest + 10;
    right_ = kWhole - kSheetMargin - 20;
    lost_ = PlotAxis(values(&Point::lost), right_ - left_ - kAtZero - 30, 6);
    reached_ = PlotAxis(values(&Point::reached), kHigh - 10, 6);
    if (!plans_.empty()) staircase(top, true);
    grid(top);
    if (!plans_.empty()) staircase(top, false);
    for (const Point& point : points_) mark(point.type, x(point.lost), y(point.reached));
    labels(top);
    at = bottom_ + 34;
    const std::string_view powers = lost_.by_powers() ? ", by powers of ten" : "";
    out_ += svg_text(right_, at, fmt::format("weight of services lost{}", powers), {.anchor = "end", .bold = true});
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

  /// The line from plan to plan, or the area below it, where no plan is.
  void staircase(double top, bool area) {
    std::string path = fmt::format("M{:.1f} {:.1f}", x(plans_.front().weight_lost.value), top);
    for (const PlanView& plan : plans_) {
      path += fmt::format("H{:.1f}V{:.1f}", x(plan.weight_lost.value), y(static_cast<double>(plan.reached)));
    }
    const double end = complete_ ? right_ : x(plans_.back().weight_lost.value);
    const double level = y(static_cast<double>(plans_.back().reached));
    path += fmt::format("H{:.1f}", end);
    if (area) {
      out_ += fmt::format("<path d=\"{}V{:.1f}H{:.1f}V{:.1f}z\" fill=\"{}\"/>\n", path, bottom_, left_, top, kBelow);
      return;
    }
    out_ += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#000000\" stroke-width=\"1.5\"/>\n", path);
    if (complete_) return;
    out_ +=
        fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"{}\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"/>\n",
                    end, level, right_, kLate);
    out_ += svg_text(right_ + 4, level + 4, "?", late());
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
    for (const Point& point : points_) {
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
    for (const Point& point : points_) {
      const bool plan = point.type == PointType::safe || point.type == PointType::unsafe;
      if (plan && ++shown > rows_) continue;
      const double wide = sheet_width_of(point.name, plan);
      const LabelPlace place = places.place(x(point.lost), y(point.reached), wide, kLetters);
      const double middle = place.area.x + wide / 2;
      if (place.far) {
        const bool below = place.area.y > y(point.reached);
        out_ += fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"{}\" stroke-width=\"0.8\"/>\n",
                            x(point.lost), y(point.reached), middle, place.area.y + (below ? 0 : kLetters), kSheetGrey);
      }
      out_ += svg_text(middle, place.area.y + kLetters - 3, point.name, {.anchor = "middle", .bold = plan});
    }
  }

  void table(double& at) {
    at += 14;
    row(at, {"", "reached", fmt::format("{}s reached", view_.protected_noun), "services lost", "actions"},
        {.bold = true});
    std::size_t shown = 0;
    for (const Point& point : points_) {
      const bool plan = point.type == PointType::safe || point.type == PointType::unsafe;
      if (plan && ++shown > rows_) continue;
      mark(point.type, kSheetMargin + 6, at + 12, kMark * 0.8);
      row(at, {point.name, number_words(point.reached), point.among, point.services, point.actions}, {});
      if (plan && shown == rows_ && rows_ < plans_.size()) {
        out_ += svg_text(kName.x, at + kLine,
                         fmt::format("… {}, shown with --all", counted(plans_.size() - rows_, "more plan")),
                         {.fill = kSheetGrey});
        at += kLine + 8;
      }
    }
    if (plans_.empty()) return;
    at += 4;
    const bool one = view_.protected_nodes.size() == 1;
    const std::string what = one ? shortened_name(printable(view_.protected_nodes.front().id), kMostInId) + " is not"
                                 : fmt::format("no {} is", view_.protected_noun);
    paragraph(at,
              fmt::format("Full points: {} reached. Rings: {}. In the grey area there is no plan.", what,
                          one ? "it is" : "some are"),
              2, {.fill = kSheetGrey});
  }

  void row(double& at, const std::array<std::string, 5>& cells, const Ink& ink) {
    constexpr std::array<Column, 5> kColumns = {kName, kReached, kAmong, kServices, kActions};
    std::size_t most = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::vector<std::string> lines = lines_within(cells[i], kColumns[i].wide, kMostLines, ink.bold);
      for (std::size_t line = 0; line < lines.size(); ++line) {
        out_ += svg_text(kColumns[i].x, at + kLine * static_cast<double>(line + 1), lines[line], ink);
      }
      most = std::max(most, lines.size());
    }
    at += kLine * static_cast<double>(most) + 8;
  }

  const ContainView& view_;
  const std::vector<PlanView>& plans_;
  bool complete_;
  std::size_t rows_;  ///< how many plans are told in words
  std::vector<Point> points_;
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
