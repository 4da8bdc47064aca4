#include <chrono>
#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <string>

#include "report/picture/graphviz.h"
#include "report/picture/layout_plan.h"
#include "report/picture/layout_process.h"
#include "report/picture/lettering.h"
#include "tests/unit/report_draw_support.h"

namespace firebreak::report {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string drawn(const Picture& picture, Format format) {
  const ChildResult result = run_in_child([&] { return render(picture, format, {}); }, 60s);
  EXPECT_EQ(result.end, ChildResult::End::done);
  return result.bytes;
}

PictureNode named(std::string name, Shape shape = Shape::system) {
  PictureNode node;
  node.name = std::move(name);
  node.shape = shape;
  return node;
}

/// Names that mean something to Graphviz, XML, HTML, terminals or readers from right to left.
const std::vector<std::string>& hostile_names() {
  static const std::vector<std::string> names = {"\"quoted\"",
                                                 "'single'",
                                                 "a\\Nb\\Gc\\nd\\l",
                                                 "<b>bold</b>",
                                                 "<script>alert(1)</script>",
                                                 "]]>",
                                                 "<![CDATA[x]]>",
                                                 "&lt;&amp;&#60;&#x3c;&nope;",
                                                 "&",
                                                 "--> <!-- x",
                                                 "\x1b[31mred\x1b[0m",
                                                 "line\nbreak\tand tab",
                                                 std::string("nul\0byte", 8),
                                                 "\u202eevil\u202c",
                                                 "\u05e9\u05dc\u05d5\u05dd",
                                                 "\xff\xfe not utf-8",
                                                 "javascript:alert(1)",
                                                 "%s%n{}",
                                                 std::string(10'000, 'x'),
                                                 "{record|<port>}",
                                                 "\uFFFE",
                                                 "\U0001F525 fire",
                                                 ""};
  return names;
}

Picture hostile_picture() {
  Picture picture;
  picture.title = "<title> \\G & \"quotes\" \x1b[2J";
  picture.remarks = {"</svg><script>x</script>", "\\N\\N"};
  picture.legend.push_back({.type = LegendEntry::Type::text, .text = "<legend> & \\N"});
  for (const std::string& name : hostile_names()) {
    picture.boxes.push_back({.title = name});
    PictureNode node = named(name);
    node.box = picture.boxes.size() - 1;
    node.noun = name;
    node.notes = {name};
    picture.nodes.push_back(node);
    node.count = 7;
    node.members = {name, name};
    picture.nodes.push_back(node);
    PictureEdge edge;
    edge.from = picture.nodes.size() - 2;
    edge.to = picture.nodes.size() - 1;
    edge.label = name;
    picture.edges.push_back(edge);
  }
  return picture;
}

TEST(Svg, OfHostileNamesIsWellFormedAndInert) {
  const std::string svg = drawn(hostile_picture(), Format::svg);
  EXPECT_EQ(xml_fault(svg), "");
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_THAT(svg, Not(HasSubstr("href")));
  EXPECT_THAT(svg, Not(HasSubstr("<a ")));
  EXPECT_THAT(svg, Not(HasSubstr("\x1b")));
  EXPECT_THAT(svg, Not(HasSubstr("\u202e")));
  EXPECT_FALSE(std::regex_search(svg, std::regex("\\son[a-z]+=")));
}

TEST(Svg, ShowsHostileNamesAsTheyAre) {
  Picture picture;
  picture.nodes = {named("a\\Nb\\G"), named("<b> & </b>"), named("&lt;"), named("\x1b[31m")};
  const std::string svg = drawn(picture, Format::svg);
  EXPECT_THAT(svg, HasSubstr(">a\\Nb\\G</text>"));
  EXPECT_THAT(svg, HasSubstr(">&lt;b&gt; &amp; &lt;/b&gt;</text>"));
  EXPECT_THAT(svg, HasSubstr(">&amp;lt;</text>"));
  EXPECT_THAT(svg, HasSubstr(">\\x1b[31m</text>"));
}

TEST(Svg, KeepsTheWholeOfALongNameInItsTooltip) {
  Picture picture;
  const std::string name =
      "the-very-long-name-of-an-application-server-that-nobody-can-fit-into-a-box-of-66-characters";
  picture.nodes = {named(name)};
  const std::string svg = drawn(picture, Format::svg);
  EXPECT_THAT(svg, HasSubstr("<title>" + name));
  EXPECT_THAT(svg, HasSubstr("…</text>"));
}

TEST(Svg, HasNoTraceOfTheMachine) {
  Picture picture;
  picture.title = "A title";
  picture.nodes = {named("a"), named("b")};
  picture.edges.resize(1);
  picture.edges[0].to = 1;
  const std::string svg = drawn(picture, Format::svg);
  EXPECT_THAT(svg, Not(HasSubstr("graphviz")));
  EXPECT_THAT(svg, Not(HasSubstr("Graphviz")));
  EXPECT_THAT(svg, Not(HasSubstr("<!")));
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-label=\"A title\""));
  EXPECT_THAT(svg, HasSubstr("<title>a → b</title>"));
  EXPECT_EQ(svg, drawn(picture, Format::svg));
}

/// No text is wider than the frame it stands in.
TEST(Svg, TextsFitTheirFrames) {
  Picture picture;
  for (const char* name : {"WWWWWWWWWWWWWWWWWWWWWWWWWWW", "Domänencontroller München", "iiii",
                           "日本語の名前はとても長いです", "m m m m m m m m m m m m m m m"}) {
    for (const Shape shape : {Shape::system, Shape::service, Shape::customer, Shape::site, Shape::link, Shape::zone}) {
      picture.nodes.push_back(named(name, shape));
      picture.nodes.back().jewel = shape == Shape::system;
      picture.nodes.back().notes = {"a note below the name that is rather long for its place"};
    }
  }
  const std::string svg = drawn(picture, Format::svg);
  const std::regex group("<g class=\"node\">([\\s\\S]*?)</g>");
  const std::regex number("(-?[0-9.]+),-?[0-9.]+");
  const std::regex text(
      "<text text-anchor=\"(start|middle)\" "
      "x=\"(-?[0-9.]+)\"[^>]*?(font-weight=\"bold\")?\\s*font-size=\"([0-9.]+)\"[^>]*>([^<]*)</text>");
  std::size_t checked = 0;
  for (std::sregex_iterator g(svg.begin(), svg.end(), group), end; g != end; ++g) {
    const std::string inside = (*g)[1];
    double left = 1e9;
    double right = -1e9;
    const std::string shape = inside.substr(0, inside.find("<text"));
    for (std::sregex_iterator n(shape.begin(), shape.end(), number), last; n != last; ++n) {
      left = std::min(left, std::stod((*n)[1]));
      right = std::max(right, std::stod((*n)[1]));
    }
    for (std::sregex_iterator t(inside.begin(), inside.end(), text), last; t != last; ++t) {
      const double width = text_width((*t)[5].str(), std::stod((*t)[4]), (*t)[3].matched);
      const double x = std::stod((*t)[2]);
      EXPECT_GT(x, left) << (*t)[5];
      EXPECT_LE(width, right - left) << (*t)[5];
      ++checked;
    }
  }
  EXPECT_GT(checked, 60U);
}

TEST(Dot, IsAGraphOfOwnNamesWithoutLayout) {
  Picture picture;
  picture.title = "Title";
  picture.boxes.push_back({.title = "Zone"});
  picture.nodes = {named("alpha"), named("beta")};
  picture.nodes[0].box = 0;
  picture.nodes[1].state = State::fails;
  picture.edges.resize(1);
  picture.edges[0].to = 1;
  picture.edges[0].chain = true;
  picture.edges[0].carries = State::fails;
  const std::string dot = drawn(picture, Format::dot);
  EXPECT_THAT(dot, StartsWith("digraph firebreak {"));
  EXPECT_THAT(dot, HasSubstr("subgraph cluster1 {"));
  EXPECT_THAT(dot, HasSubstr("n1:e -> n2:w"));
  EXPECT_THAT(dot, HasSubstr("penwidth=2.8"));
  EXPECT_THAT(dot, HasSubstr("fillcolor=\"#B34700\""));
  EXPECT_THAT(dot, HasSubstr("✕ fails"));
  EXPECT_THAT(dot, Not(HasSubstr("pos=")));
  EXPECT_EQ(dot, drawn(picture, Format::dot));
}

TEST(Dot, EscapesHostileNames) {
  const std::string dot = drawn(hostile_picture(), Format::dot);
  EXPECT_THAT(dot, Not(HasSubstr("<script")));
  EXPECT_THAT(dot, Not(HasSubstr("URL")));
  EXPECT_THAT(dot, Not(HasSubstr("href")));
  EXPECT_THAT(dot, Not(HasSubstr("\x1b")));
  EXPECT_THAT(dot, Not(HasSubstr("a\\Nb")));
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

TEST(Png, IsReadableAndNotLargerThanItMayBe) {
  Picture picture;
  picture.nodes = {named("a")};
  const std::string small = drawn(picture, Format::png);
  ASSERT_THAT(small, StartsWith("\x89PNG"));
  EXPECT_GE(big_endian(small, 16), 150U);  // a node is at least 76 points wide, 144 dots an inch
  Picture wide;
  for (int i = 0; i < 70; ++i) {
    wide.nodes.push_back(named("node number " + std::to_string(i)));
    if (i == 0) continue;
    wide.edges.emplace_back();
    wide.edges.back().from = wide.nodes.size() - 2;
    wide.edges.back().to = wide.nodes.size() - 1;
  }
  const std::string large = drawn(wide, Format::png);
  ASSERT_THAT(large, StartsWith("\x89PNG"));
  EXPECT_LE(big_endian(large, 16), 6600U);
}

TEST(Pdf, IsOne) {
  Picture picture;
  picture.nodes = {named("a")};
  EXPECT_THAT(drawn(picture, Format::pdf), StartsWith("%PDF"));
}

/// The number of hidden chains as text; Graphviz leaks, so a process of its own counts them.
int hidden_with(const Picture& picture, const LayoutPlan& plan) {
  const ChildResult result =
      run_in_child([&] { return std::to_string(hidden_chains(picture, plan).value_or(1000)); }, 60s);
  EXPECT_EQ(result.end, ChildResult::End::done);
  return result.end == ChildResult::End::done ? std::stoi(result.bytes) : 1000;
}

TEST(BestPlan, DependsOnThePictureAloneAndIsHeldToItsDeadline) {
  Picture picture;
  for (int i = 0; i < 24; ++i) {
    picture.nodes.push_back(named(std::to_string(i)));
    if (i < 6) continue;
    picture.edges.emplace_back();
    picture.edges.back().from = static_cast<std::size_t>(i * 7 % 6);
    picture.edges.back().to = static_cast<std::size_t>(i);
    picture.edges.back().chain = true;
  }
  const auto later = std::chrono::steady_clock::now() + 60s;
  const PlanResult found = best_plan(picture, later);
  ASSERT_EQ(found.end, ChildResult::End::done);
  const PlanResult again = best_plan(picture, later);
  EXPECT_EQ(again.plan.effort, found.plan.effort);
  EXPECT_EQ(again.plan.distance, found.plan.distance);
  EXPECT_LE(hidden_with(picture, found.plan), hidden_with(picture, {}));
  EXPECT_EQ(best_plan(picture, std::chrono::steady_clock::now() - 1s).end, ChildResult::End::late);
}

TEST(Draw, GivesTheSameBytesWhateverLiesInMemory) {
  Picture picture;
  for (std::size_t i = 0; i < 6; ++i) {
    picture.boxes.push_back({.title = "box " + std::to_string(i)});
    picture.nodes.push_back(named("node " + std::to_string(i)));
    picture.nodes.back().box = i;
  }
  for (std::size_t i = 1; i < 6; ++i) picture.edges.push_back({.from = i - 1, .to = i});
  // Freed pieces of every small size, so that what is asked for next lies where they were, in another order each time.
  const auto stir = [](std::size_t step) {
    std::vector<std::string> pieces;
    for (std::size_t i = 0; i < 4000; ++i) pieces.emplace_back(16 + i * step % 300, 'x');
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < pieces.size(); i += 2) kept.push_back(std::move(pieces[i * step % pieces.size()]));
    return kept;
  };
  const std::string first = drawn(picture, Format::svg);
  for (const std::size_t step : {7U, 11U, 13U}) {
    const auto held = stir(step);
    EXPECT_EQ(drawn(picture, Format::svg), first) << "stirred by " << step;
  }
}

TEST(Draw, TellsWhenThePictureIsCoarserThanAsked) {
  std::string toml;
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    toml += "[system.s" + n + "]\n[service.v" + n + "]\nneeds = [\"s" + n + "\", \"s" + std::to_string(i * 7 % 40) +
            "\"]\n";
  }
  const Case world(toml);
  ASSERT_TRUE(world.loaded()) << world.faults();
  const Drawing late = draw(world.subject(), {.deadline = 0ms});
  ASSERT_FALSE(late.diagnostics.empty());
  EXPECT_EQ(late.diagnostics.front().code, Code::drawing_limited);
  EXPECT_EQ(late.diagnostics.front().severity, Severity::warning);
  EXPECT_THAT(late.bytes, HasSubstr("</svg>"));
}

}  // namespace
}  // namespace firebreak::report
