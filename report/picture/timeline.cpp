// Written directly: rows on a scale of time need no layout. Everything has a word beside its colour; texts are measured
// as in all pictures and escaped as they are written.

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "firebreak/draw.h"

#include "report/escape.h"
#include "report/palette.h"
#include "report/picture/lettering.h"
#include "report/picture/svg_sheet.h"
#include "report/restore_answer.h"
#include "report/wording.h"

namespace firebreak {
namespace {

using namespace report;

constexpr double kRow = 22;
constexpr double kBar = 14;
constexpr double kScale = 620;  // how wide the scale is
constexpr std::size_t kMostSteps = 60;
constexpr std::size_t kMostServices = 30;
constexpr std::size_t kMostInLabel = 36;
constexpr std::string_view kStartFill = "#0072B2";

class Timeline {
 public:
  Timeline(const RestoreView& view, bool all) : view_(view), all_(all) {
    for (const ReturnView& service : view.services) services_.push_back(&service);
    std::ranges::stable_sort(services_, {}, [](const ReturnView* s) { return s->back_s.value_or(kNever); });
    steps_shown_ = shown(view.steps.size(), kMostSteps);
    services_shown_ = shown(services_.size(), kMostServices);
    for (std::size_t i = 0; i < steps_shown_; ++i) end_ = std::max(end_, view.steps[i].finish_s);
    Seconds last_back = 0;
    for (const ReturnView* service : services_) last_back = std::max(last_back, service->back_s.value_or(0));
    if (services_shown_ == services_.size()) end_ = std::max(end_, last_back);
    // What goes on long after the last service is back would leave no room for what comes before.
    if (last_back > 0 && end_ > 3 * last_back) end_ = 2 * last_back;
    double labels = 0;
    for (std::size_t i = 0; i < steps_shown_; ++i) labels = std::max(labels, width(step_label(view.steps[i])));
    for (std::size_t i = 0; i < services_shown_; ++i) labels = std::max(labels, width(service_label(*services_[i])));
    left_ = kSheetMargin + labels + 12;
  }

  std::string draw() {
    right_ = left_ + kScale + kBehind;
    const std::vector<std::string> title = lines_within(printable(view_.head.summary), right_ - kSheetMargin, 4, true);
    double y = kSheetMargin;
    for (const std::string& line : title) {
      y += 18;
      text(kSheetMargin, y, line, {.bold = true});
    }
    for (const std::string& line : lines_within(printable(restore_context(view_)), right_ - kSheetMargin, 3, false)) {
      y += 16;
      text(kSheetMargin, y, line, {.fill = kSheetGrey});
    }
    y += 14;
    const double top = y;
    heading(y, "Plan");
    for (std::size_t i = 0; i < steps_shown_; ++i) step_row(y, view_.steps[i]);
    more_row(y, view_.steps.size() - steps_shown_, "step");
    if (!services_.empty()) {
      y += 8;
      heading(y, "Services");
    }
    for (std::size_t i = 0; i < services_shown_; ++i) service_row(y, *services_[i]);
    more_row(y, services_.size() - services_shown_, "service");
    const double bottom = y + 4;
    const std::string rows = std::move(out_);
    out_.clear();
    grid(top, bottom);
    const std::string scale = std::move(out_);
    double height = bottom + 30 + kSheetMargin;
    std::vector<std::string> notes;
    if (services_shown_ > 0) notes.emplace_back("Thin bars: without service, dark where too late.");
    if (has_strokes_) notes.emplace_back("Upright strokes: to be back by then.");
    if (has_arrows_) notes.emplace_back("Arrows: goes on beyond the scale.");
    if (!notes.empty()) {
      text(kSheetMargin, bottom + 40, fmt::format("{}", fmt::join(notes, " ")), {.fill = kSheetGrey});
      height += 20;
    }
    const std::string legend = std::move(out_);
    const double whole = right_ + kSheetMargin;
    return svg_sheet(whole, height, view_.head.summary, scale + rows + legend);
  }

 private:
  [[nodiscard]] std::size_t shown(std::size_t count, std::size_t most) const {
    return all_ ? count : std::min(count, most);
  }
  [[nodiscard]] static double width(std::string_view words) { return sheet_width_of(words); }
  [[nodiscard]] double x(Seconds at) const {
    return left_ + kScale * static_cast<double>(std::min(at, end_)) / static_cast<double>(end_);
  }
  [[nodiscard]] static std::string step_label(const StepView& step) {
    return fmt::format("{} {}", verb(step), shortened_name(printable(step.id), kMostInLabel));
  }
  [[nodiscard]] static std::string service_label(const ReturnView& service) {
    return shortened_name(printable(service.id), kMostInLabel);
  }

  void text(double at_x, double at_y, std::string_view words, const Ink& ink) {
    out_ += svg_text(at_x, at_y, words, ink);
    if (ink.anchor == "start") right_ = std::max(right_, at_x + sheet_width_of(words, ink.bold));
  }

  void bar(double y, Seconds from, Seconds to, std::string_view fill, double high) {
    out_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"2\" fill=\"{}\"/>\n",
                        x(from), y + (kRow - high) / 2, std::max(x(to) - x(from), 1.0), high, fill);
  }

  void diamond(double y, Seconds at, std::string_view fill) {
    const double middle = y + kRow / 2;
    out_ += fmt::format("<path d=\"M{0:.1f} {1:.1f}l6 6l-6 6l-6 -6z\" fill=\"{2}\"/>\n", x(at), middle - 6, fill);
  }

  void heading(double& y, std::string_view words) {
    text(kSheetMargin, y + 15, words, {.bold = true});
    y += kRow;
  }

  void more_row(double& y, std::size_t count, std::string_view what) {
    if (count == 0) return;
    text(kSheetMargin, y + 15, fmt::format("… {}, shown with --all", counted(count, fmt::format("more {}", what))),
         {.fill = kSheetGrey});
    y += kRow;
  }

  /// What stands behind a bar, or behind a stroke that is in the way; before it where there is no room behind.
  void words_beside(double y, double from, double to, const std::string& words, std::string_view fill,
                    double stroke = 0) {
    const double wide = width(words);
    if (stroke > to && stroke < to + 12 + wide) to = stroke;
    if (to + 9 + wide <= left_ + kScale + kBehind || from - 9 - wide < left_) {
      text(to + 9, y + 15, words, {.fill = fill});
    } else {
      text(from - 9, y + 15, words, {.fill = fill, .anchor = "end"});
    }
  }

  void arrow(double y, std::string_view fill) {
    out_ += fmt::format("<path d=\"M{:.1f} {:.1f}l8 7l-8 7z\" fill=\"{}\"/>\n", x(end_), y + kRow / 2 - 7, fill);
    has_arrows_ = true;
  }

  void step_row(double& y, const StepView& step) {
    text(left_ - 12, y + 15, step_label(step), {.anchor = "end"});
    const std::string_view fill = step.job == RestoreJob::rebuild ? kReachedFill : kStartFill;
    const bool takes_time = step.finish_s > step.start_s;
    const bool beyond = step.finish_s > end_;
    std::vector<std::string> words;
    if (takes_time) words.push_back(to_string_duration(step.finish_s - step.start_s));
    if (!takes_time || (beyond && step.start_s >= end_)) words.push_back(when(step.start_s));
    if (beyond && step.start_s < end_) words.push_back(fmt::format("until {}", to_string_duration(step.finish_s)));
    if (takes_time && step.start_s < end_) bar(y, step.start_s, step.finish_s, fill, kBar);
    if (!takes_time && !beyond) diamond(y, step.start_s, fill);
    if (beyond) arrow(y, fill);
    if (step.crew) words.push_back(fmt::format("crew {}", *step.crew));
    if (step.by_hand) words.emplace_back("by hand");
    if (step.on_site) words.emplace_back("on site");
    if (step.kept_off) words.emplace_back("keep off until then");
    words_beside(y, x(step.start_s), x(step.finish_s) + (beyond ? 6 : 0), fmt::format("{}", fmt::join(words, ", ")),
                 kSheetGrey);
    y += kRow;
  }

  void service_row(double& y, const ReturnView& service) {
    const Look& bad = look(State::fails);
    text(left_ - 12, y + 15, service_label(service), {.anchor = "end"});
    const Seconds back = service.back_s.value_or(end_);
    const Seconds in_time = service.rto_s ? std::min(back, *service.rto_s) : back;
    bar(y, 0, in_time, kGridLine, 6);
    if (in_time < back) bar(y, in_time, back, bad.fill, 6);
    double stroke = 0;
    if (service.rto_s && *service.rto_s <= end_) {
      stroke = x(*service.rto_s);
      has_strokes_ = true;
      out_ += fmt::format("<path d=\"M{0:.1f} {1:.1f}v{2}\" stroke=\"#000000\" stroke-width=\"2\"/>\n", stroke, y + 3,
                          kRow - 6);
    }
    std::string words;
    if (!service.back_s) {
      words = fmt::format("{} stays down", look(State::off).glyph);
    } else if (service.late) {
      words = fmt::format("{} back {}, {} too late", bad.glyph, when(back), to_string_duration(back - *service.rto_s));
    } else {
      words = fmt::format("{} back {}", look(State::works).glyph, when(back));
    }
    words_beside(y, x(0), x(back), words, service.late || !service.back_s ? bad.fill : "#000000", stroke);
    y += kRow;
  }

  /// Lines at round times, with the times below.
  void grid(double top, double bottom) {
    constexpr std::array<Seconds, 19> kSteps = {60,      300,     600,     900,      1800,     3600,   7200,
                                                14400,   21600,   43200,   86400,    172800,   432000, 864000,
                                                1728000, 2592000, 8640000, 31536000, 315360000};
    constexpr Seconds kMostLines = 10;
    Seconds step = kSteps.back();
    for (const Seconds candidate : kSteps) {
      if (end_ / candidate > kMostLines) continue;
      step = candidate;
      break;
    }
    for (Seconds at = 0; at <= end_; at += step) {
      out_ += fmt::format("<path d=\"M{0:.1f} {1:.1f}V{2:.1f}\" stroke=\"{3}\"/>\n", x(at), top, bottom, kGridLine);
      text(x(at), bottom + 16, at == 0 ? std::string("0") : to_string_duration(at),
           {.fill = kSheetGrey, .anchor = "middle"});
    }
  }

  static constexpr double kBehind = 210;  // room for words behind the end of the scale

  const RestoreView& view_;
  bool all_;
  std::vector<const ReturnView*> services_;
  std::size_t steps_shown_ = 0;
  std::size_t services_shown_ = 0;
  Seconds end_ = 1;
  double left_ = 0;
  double right_ = 0;  ///< how far words reach
  bool has_strokes_ = false;
  bool has_arrows_ = false;
  std::string out_;
};

}  // namespace

std::string draw_timeline(const Subject& subject, const RestoreReport& report, bool all) {
  return Timeline(report::make_view(subject, report), all).draw();
}

}  // namespace firebreak
