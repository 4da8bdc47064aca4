// Written directly: rows on a scale of time need no layout. Everything has a word beside its colour; texts are measured
// as in all pictures and escaped as they are written.

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "firebreak/draw.h"

#include "report/escape.h"
#include "report/palette.h"
#include "report/picture/lettering.h"
#include "report/restore_answer.h"
#include "report/wording.h"

namespace firebreak {
namespace {

using namespace report;

constexpr double kText = 12;
constexpr double kRow = 22;
constexpr double kBar = 14;
constexpr double kScale = 620;  // how wide the scale is
constexpr double kMargin = 16;
constexpr std::size_t kMostSteps = 60;
constexpr std::size_t kMostServices = 30;
constexpr std::size_t kMostInLabel = 40;
constexpr std::string_view kStartFill = "#0072B2";
constexpr std::string_view kGrey = "#5A6068";
constexpr std::string_view kGridLine = "#D5D8DC";

class Timeline {
 public:
  Timeline(const RestoreView& view, bool all) : view_(view), all_(all) {
    for (const ReturnView& service : view.services) services_.push_back(&service);
    std::ranges::stable_sort(services_, {}, [](const ReturnView* s) { return s->back_s.value_or(kNever); });
    steps_shown_ = shown(view.steps.size(), kMostSteps);
    services_shown_ = shown(services_.size(), kMostServices);
    for (std::size_t i = 0; i < steps_shown_; ++i) end_ = std::max(end_, view.steps[i].finish_s);
    for (std::size_t i = 0; i < services_shown_; ++i) {
      if (services_[i]->back_s) end_ = std::max(end_, *services_[i]->back_s);
    }
    double labels = 0;
    for (std::size_t i = 0; i < steps_shown_; ++i) labels = std::max(labels, width(step_label(view.steps[i])));
    for (std::size_t i = 0; i < services_shown_; ++i) labels = std::max(labels, width(service_label(*services_[i])));
    left_ = kMargin + labels + 12;
  }

  std::string draw() {
    const std::vector<std::string> title = wrap(printable(view_.head.summary), 110, 4);
    double y = kMargin;
    for (const std::string& line : title) {
      y += 18;
      text(kMargin, y, line, {.bold = true});
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
    double height = bottom + 30 + kMargin;
    std::string legend;
    if (!services_.empty()) {
      text(kMargin, bottom + 40,
           "Thin bars: without service, dark where too late. Upright strokes: to be back by then.", {.fill = kGrey});
      legend = std::move(out_);
      height += 20;
    }
    const double whole = left_ + kScale + kBehind + kMargin;
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
        "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"{2}\" font-size=\"{3}\">\n"
        "<title>{4}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{5}{6}{7}</svg>\n",
        whole, height, kFontFamilies, kText, xml_text(printable(view_.head.summary)), scale, rows, legend);
  }

 private:
  struct Ink {
    std::string_view fill = "#000000";
    std::string_view anchor = "start";
    bool bold = false;
  };

  [[nodiscard]] std::size_t shown(std::size_t count, std::size_t most) const {
    return all_ ? count : std::min(count, most);
  }
  [[nodiscard]] static double width(std::string_view words) { return text_width(words, kText, false); }
  [[nodiscard]] double x(Seconds at) const {
    return left_ + kScale * static_cast<double>(at) / static_cast<double>(end_);
  }
  [[nodiscard]] static std::string step_label(const StepView& step) {
    return shortened(printable(fmt::format("{} {}", verb(step), step.id)), kMostInLabel);
  }
  [[nodiscard]] static std::string service_label(const ReturnView& service) {
    return shortened(printable(service.id), kMostInLabel);
  }

  void text(double at_x, double at_y, std::string_view words, const Ink& ink) {
    out_ += fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" text-anchor=\"{}\"{} paint-order=\"stroke\" stroke=\"#FFFFFF\" "
        "stroke-width=\"3\">{}</text>\n",
        at_x, at_y, ink.fill, ink.anchor, ink.bold ? " font-weight=\"bold\"" : "", xml_text(words));
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
    text(kMargin, y + 15, words, {.bold = true});
    y += kRow;
  }

  void more_row(double& y, std::size_t count, std::string_view what) {
    if (count == 0) return;
    text(kMargin, y + 15, fmt::format("… {} more, shown with --all", counted(count, what)), {.fill = kGrey});
    y += kRow;
  }

  /// What stands behind a bar; before it where there is no room behind.
  void words_beside(double y, Seconds from, Seconds to, const std::string& words, std::string_view fill) {
    const double wide = width(words);
    const double room = left_ + kScale + kBehind;
    if (x(to) + 9 + wide <= room || x(from) - 9 - wide < left_) {
      text(x(to) + 9, y + 15, words, {.fill = fill});
    } else {
      text(x(from) - 9, y + 15, words, {.fill = fill, .anchor = "end"});
    }
  }

  void step_row(double& y, const StepView& step) {
    text(left_ - 12, y + 15, step_label(step), {.anchor = "end"});
    const std::string_view fill = step.job == RestoreJob::rebuild ? kReachedFill : kStartFill;
    std::vector<std::string> words;
    if (step.finish_s > step.start_s) {
      bar(y, step.start_s, step.finish_s, fill, kBar);
      words.push_back(to_string_duration(step.finish_s - step.start_s));
    } else {
      diamond(y, step.start_s, fill);
      words.push_back(when(step.start_s));
    }
    if (step.crew) words.push_back(fmt::format("crew {}", *step.crew));
    if (step.by_hand) words.emplace_back("by hand");
    if (step.on_site) words.emplace_back("on site");
    words_beside(y, step.start_s, step.finish_s, fmt::format("{}", fmt::join(words, ", ")), kGrey);
    y += kRow;
  }

  void service_row(double& y, const ReturnView& service) {
    const Look& bad = look(State::fails);
    text(left_ - 12, y + 15, service_label(service), {.anchor = "end"});
    const Seconds back = service.back_s.value_or(end_);
    const Seconds in_time = service.rto_s ? std::min(back, *service.rto_s) : back;
    bar(y, 0, in_time, kGridLine, 6);
    if (in_time < back) bar(y, in_time, back, bad.fill, 6);
    if (service.rto_s && *service.rto_s <= end_) {
      out_ += fmt::format("<path d=\"M{0:.1f} {1:.1f}v{2}\" stroke=\"#000000\" stroke-width=\"2\"/>\n",
                          x(*service.rto_s), y + 3, kRow - 6);
    }
    std::string words;
    if (!service.back_s) {
      words = fmt::format("{} stays down", look(State::off).glyph);
    } else if (service.late) {
      words = fmt::format("{} back {}, {} too late", bad.glyph, when(back), to_string_duration(back - *service.rto_s));
    } else {
      words = fmt::format("{} back {}", look(State::works).glyph, when(back));
    }
    words_beside(y, 0, back, words, service.late || !service.back_s ? bad.fill : "#000000");
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
           {.fill = kGrey, .anchor = "middle"});
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
  std::string out_;
};

}  // namespace

std::string draw_timeline(const Subject& subject, const RestoreReport& report, bool all) {
  return Timeline(report::make_view(subject, report), all).draw();
}

}  // namespace firebreak
