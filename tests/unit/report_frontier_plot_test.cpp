#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

#include "firebreak/contain.h"
#include "firebreak/restore.h"

#include "report/picture/label_places.h"
#include "report/picture/lettering.h"
#include "report/picture/plot_axis.h"
#include "report/picture/svg_sheet.h"
#include "tests/unit/report_draw_support.h"

namespace firebreak::report {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> words_of(const PlotAxis& axis) {
  std::vector<std::string> words;
  for (const Tick& tick : axis.ticks()) words.push_back(tick.words);
  return words;
}

TEST(PlotAxis, GoesInRoundSteps) {
  const PlotAxis axis({3, 7, 12}, 240, 6);
  EXPECT_FALSE(axis.by_powers());
  EXPECT_THAT(words_of(axis), ElementsAre("0", "2", "4", "6", "8", "10", "12"));
  EXPECT_DOUBLE_EQ(axis.at(0), 0);
  EXPECT_DOUBLE_EQ(axis.at(6), 120);
  EXPECT_DOUBLE_EQ(axis.at(12), 240);
}

TEST(PlotAxis, TellsValuesOfManySizesApart) {
  const PlotAxis axis({0, 1, 40, 16'500'000}, 600, 6);
  EXPECT_TRUE(axis.by_powers());
  EXPECT_THAT(words_of(axis), ElementsAre("0", "1", "100", "10,000", "1,000,000", "100,000,000"));
  EXPECT_DOUBLE_EQ(axis.at(0), 0);
  EXPECT_GT(axis.at(1), 40);
  EXPECT_LT(axis.at(1), axis.at(40));
  EXPECT_LE(axis.at(16'500'000), 600);
}

TEST(PlotAxis, OfNothingButZeroHasOneMark) {
  const PlotAxis axis({0}, 300, 6);
  EXPECT_THAT(words_of(axis), ElementsAre("0"));
  EXPECT_DOUBLE_EQ(axis.at(0), 0);
}

TEST(PlotAxis, CountsWholeThings) {
  EXPECT_THAT(words_of(PlotAxis({1}, 300, 6)), ElementsAre("0", "1"));
  EXPECT_THAT(words_of(PlotAxis({0.5, 1}, 300, 5)), ElementsAre("0", "0.2", "0.4", "0.6", "0.8", "1"));
}

TEST(PlotAxis, BearsTheLargestAndTheSmallest) {
  for (const double value : {1e308, HUGE_VAL, 1e-308, 5e-324, 1e-9}) {
    const PlotAxis axis({value}, 300, 6);
    EXPECT_TRUE(std::isfinite(axis.at(value))) << value;
    EXPECT_LE(axis.ticks().size(), 8U) << value;
  }
}

TEST(LabelPlaces, PutNoLabelOnAnother) {
  for (const double step : {0.0, 1.0, 7.0, 30.0}) {
    LabelPlaces places({0, 0, 800, 300});
    std::vector<Area> all;
    for (int i = 0; i < 20; ++i) places.keep_free({100 + step * i - 6, 40 + step * i / 3 - 6, 12, 12});
    for (int i = 0; i < 20; ++i) all.push_back(places.place(100 + step * i, 40 + step * i / 3, 16, 13).area);
    for (const Area& a : all) {
      EXPECT_TRUE(a.x >= 0 && a.y >= 0 && a.x + a.wide <= 800 && a.y + a.high <= 300);
      for (const Area& b : all) {
        if (&a == &b) continue;
        EXPECT_TRUE(a.x + a.wide <= b.x || b.x + b.wide <= a.x || a.y + a.high <= b.y || b.y + b.high <= a.y) << step;
      }
    }
  }
}

TEST(LabelPlaces, PutItBelowWhereThereIsNoRoom) {
  LabelPlaces places({0, 0, 20, 20});
  EXPECT_GE(places.place(10, 10, 50, 13).area.y, 20);
  EXPECT_TRUE(places.place(10, 10, 50, 13).far);
}

TEST(SvgSheet, LinesAreNoWiderThanTheirRoom) {
  for (const char* text : {"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "a few short words of a sentence",
                           "日本語日本語日本語日本語日本語日本語日本語日本語"}) {
    for (const double width : {60.0, 200.0, 900.0}) {
      for (const std::string& line : lines_within(text, width, 3, true)) EXPECT_LE(sheet_width_of(line, true), width);
    }
  }
  EXPECT_THAT(lines_within("one two", 900, 3), ElementsAre("one two"));
  EXPECT_TRUE(lines_within("", 900, 3).empty());
}

TEST(Lettering, ShortensNamesInTheMiddle) {
  EXPECT_EQ(shortened_name("server-in-munich-01", 40), "server-in-munich-01");
  EXPECT_EQ(shortened_name("server-in-munich-01", 10), "server…-01");
  EXPECT_EQ(shortened_name("größe-größe-größe", 7), "größ…ße");
}

/// Servers behind a desk that lose a service of some weight each when they are unplugged.
std::string star(std::size_t servers, const std::function<std::string(std::size_t)>& id,
                 const std::function<double(std::size_t)>& weight) {
  std::string toml = "[system.pc]\nzone = \"z\"\n[zone.z]\n";
  for (std::size_t i = 0; i < servers; ++i) {
    toml += fmt::format("[system.\"{0}\"]\nzone = \"z\"\ncritical = {1}\n[service.\"s-{0}\"]\nneeds = [\"{0}\"]\n",
                        id(i), i % 2 == 0);
    toml += fmt::format("weight = {:.1f}\n", weight(i));
  }
  return toml;
}

/// The picture of a topology's frontier, where only systems are unplugged and never the desk.
std::string frontier_of(const std::string& toml, std::size_t most_rounds = 1'000'000, bool all = false) {
  const Case it(toml, {.compromised = {"pc"}});
  EXPECT_TRUE(it.loaded()) << it.faults();
  using Type = Action::Type;
  ContainOptions asked;
  asked.without = {Type::isolate_zone, Type::switch_off, Type::disable, Type::block_rule, Type::block_zones};
  asked.cannot = {it.node("pc")};
  for (const System& system : it.topology().systems) {
    if (system.critical) asked.protect.push_back(system.node);
  }
  const Containment answer = contain(it.graph(), it.scenario(), asked);
  std::size_t rounds = 0;
  asked.patience = [&rounds, most_rounds] { return ++rounds < most_rounds; };
  const Frontier plans = frontier(it.graph(), it.scenario(), asked);
  const Subject subject = it.subject();
  return draw_frontier(subject, {asked, answer, &plans, nullptr}, all);
}

std::string plain(std::size_t i) {
  return fmt::format("srv-{}", i);
}

struct Text {
  double x = 0;
  double y = 0;
  bool bold = false;
  std::string anchor;
  std::string words;
};

std::vector<Text> texts(const std::string& svg) {
  static const std::regex kText(
      R"re(<text x="([-0-9.]+)" y="([-0-9.]+)" fill="[^"]*" text-anchor="([a-z]+)"( font-weight="bold")?[^>]*>([^<]*)</text>)re");
  std::vector<Text> found;
  for (std::sregex_iterator at(svg.begin(), svg.end(), kText), end; at != end; ++at) {
    found.push_back(
        {std::stod((*at)[1].str()), std::stod((*at)[2].str()), (*at)[4].matched, (*at)[3].str(), (*at)[5].str()});
  }
  return found;
}

TEST(FrontierPlot, SaysTheAnswerAndEveryPlan) {
  const std::string svg =
      frontier_of(star(3, plain, [](std::size_t i) { return i == 0 ? 1e6 : static_cast<double>(i); }));
  EXPECT_EQ(xml_fault(svg), "");
  EXPECT_THAT(svg, HasSubstr("<title>Of 4 reached from pc, all stay reached without losing a service, 1 for a loss of "
                             "weight 1,000,003; no plan brings it lower.</title>"));
  EXPECT_THAT(svg, HasSubstr(">weight of services lost, by powers of ten</text>"));
  EXPECT_THAT(svg, HasSubstr(">weight 1: s-srv-1</text>"));
  EXPECT_THAT(svg, HasSubstr(">1 action: isolate srv-1</text>"));
  EXPECT_THAT(svg, HasSubstr(">✓ none</text>"));
  EXPECT_THAT(svg, HasSubstr(">● 1 of 2: srv-0</text>"));
  EXPECT_THAT(svg, HasSubstr(">the plan</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("Time ran out")));
  EXPECT_EQ(svg, frontier_of(star(3, plain, [](std::size_t i) { return i == 0 ? 1e6 : static_cast<double>(i); })));
}

TEST(FrontierPlot, OfASinglePlanIsReadable) {
  const std::string svg = frontier_of("[system.pc]\n[system.safe]\ncritical = true\n[service.s]\nneeds = [\"safe\"]\n");
  EXPECT_EQ(xml_fault(svg), "");
  EXPECT_THAT(svg, HasSubstr("<title>Of 1 reached from pc, 1 stays reached without losing a service; no plan brings it "
                             "lower.</title>"));
  EXPECT_THAT(svg, HasSubstr(">Full points: safe is not reached. Rings: it is. In the grey area there is no plan.<"));
}

TEST(FrontierPlot, SaysThatItIsNotWhole) {
  const std::string toml = star(6, plain, [](std::size_t i) { return static_cast<double>(i + 1); });
  const std::string none = frontier_of(toml, 1);
  EXPECT_EQ(xml_fault(none), "");
  EXPECT_THAT(none, HasSubstr("<title>7 are reached from pc; no plan was found in time.</title>"));
  std::string some;
  for (std::size_t rounds = 2; rounds < 400; ++rounds) {
    some = frontier_of(toml, rounds);
    if (some.find("there may be others where the line is dashed") != std::string::npos) break;
  }
  EXPECT_EQ(xml_fault(some), "");
  EXPECT_THAT(some, HasSubstr("not all plans were found in time.</title>"));
  EXPECT_THAT(some, HasSubstr("stroke-dasharray"));
}

TEST(FrontierPlot, EscapesWhatFilesSay) {
  const std::string svg = frontier_of(star(
      2, [](std::size_t i) { return fmt::format("</text>&<script>\\u202e'{}", i); }, [](std::size_t) { return 1.0; }));
  EXPECT_EQ(xml_fault(svg), "");
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_THAT(svg, Not(HasSubstr("\u202e")));
}

TEST(FrontierPlot, ClipsNothingAndPutsNoLabelOnAnother) {
  const auto long_id = [](std::size_t i) { return fmt::format("{}-{}", std::string(200, 'W'), i); };
  for (const auto& weight : std::vector<std::function<double(std::size_t)>>{
           [](std::size_t) { return 1.0; }, [](std::size_t i) { return std::pow(3.0, static_cast<double>(i)); },
           [](std::size_t i) { return i == 0 ? 1e7 : 0.5; }}) {
    const std::string svg = frontier_of(star(14, long_id, weight));
    EXPECT_EQ(xml_fault(svg), "");
    const double height = std::stod(svg.substr(svg.find("height=\"") + 8));
    std::vector<Area> labels;
    for (const Text& text : texts(svg)) {
      std::string words = text.words;
      const double wide = sheet_width_of(words, text.bold);
      const double from = text.x - (text.anchor == "start" ? 0 : text.anchor == "end" ? wide : wide / 2);
      EXPECT_GE(from, 0) << words;
      EXPECT_LE(from + wide, 980) << words;
      EXPECT_LE(text.y, height) << words;
      if (text.anchor == "middle") labels.push_back({from, text.y - 10, wide, 11});
    }
    EXPECT_GE(labels.size(), 15U);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        const Area& a = labels[i];
        const Area& b = labels[k];
        EXPECT_TRUE(a.x + a.wide <= b.x || b.x + b.wide <= a.x || a.y + a.high <= b.y || b.y + b.high <= a.y)
            << i << " and " << k;
      }
    }
  }
}

std::string timeline_of(const std::string& toml, std::uint32_t crews) {
  const Case it(toml, {.off = {"*"}});
  EXPECT_TRUE(it.loaded()) << it.faults();
  const Restoration plan = restore(it.graph(), it.scenario(), {crews});
  return draw_timeline(it.subject(), {plan, crews}, false);
}

TEST(Timeline, LeavesRoomForWhatMatters) {
  const std::string svg = timeline_of(
      "[system.web]\nstart = \"1h\"\n[system.archive]\nstart = \"9d\"\n[system.last]\nneeds = [\"archive\"]\n"
      "[service.shop]\nneeds = [\"web\"]\nrto = \"90m\"\n",
      0);
  EXPECT_EQ(xml_fault(svg), "");
  EXPECT_THAT(svg, HasSubstr(">9d, until 9d<"));
  EXPECT_THAT(svg, HasSubstr(">after 9d<"));
  EXPECT_THAT(svg, HasSubstr("Arrows: goes on beyond the scale."));
  EXPECT_THAT(svg, HasSubstr(">2h</text>"));
  EXPECT_THAT(svg, Not(HasSubstr(">1d</text>")));
}

TEST(Timeline, ClipsNoWordsAndEscapesThem) {
  std::string toml;
  for (int i = 0; i < 70; ++i) {
    toml += fmt::format("[system.\"<{}&>-{}\"]\nstart = \"{}m\"\nmanaged_by = [\"<{}&>-69\"]\n", std::string(100, 'W'),
                        i, i % 4 * 25, std::string(100, 'W'));
    toml += fmt::format("[service.\"s&{0}\"]\nneeds = [\"<{1}&>-{0}\"]\nrto = \"45m\"\n", i, std::string(100, 'W'));
  }
  const std::string svg = timeline_of(toml, 3);
  EXPECT_EQ(xml_fault(svg), "");
  EXPECT_THAT(svg, HasSubstr("more steps, shown with --all<"));
  const double width = std::stod(svg.substr(svg.find("width=\"") + 7));
  for (const Text& text : texts(svg)) {
    const double wide = sheet_width_of(text.words, text.bold);
    const double from = text.x - (text.anchor == "start" ? 0 : text.anchor == "end" ? wide : wide / 2);
    EXPECT_LE(from + (text.anchor == "start" ? wide : 0), width + 1) << text.words;
  }
}

}  // namespace
}  // namespace firebreak::report
