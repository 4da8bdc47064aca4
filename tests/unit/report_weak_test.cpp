#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/weak_answer.h"
#include "tests/support/toml.h"

namespace firebreak {
namespace {

using report::sizes_words;
using support::from_toml;
using testing::HasSubstr;
using testing::Not;

/// The answer of `weak` about all services, in a format.
std::string weak(std::string_view toml, Format format, CutSetOptions asked = {}) {
  const Topology topology = from_toml(toml);
  const Graph graph = compile(topology);
  const Scenario nothing;
  for (const Service& service : topology.services) asked.nodes.push_back(service.node);
  asked.losses = usual_losses(graph);
  asked.shares = true;
  const SingleLosses losses = single_losses(graph, nothing, asked.losses, asked.nodes, asked.patience);
  const CutSetAnswer sets = cut_sets(graph, nothing, asked);
  const auto loops = loops_if_all_off(graph);
  const Sources sources;
  const Subject subject{sources, topology, graph, nothing, "t.toml", ""};
  return present(subject, WeakReport{sets, losses, loops, std::nullopt, asked, ""}, format, {}).value_or("");
}

/// A service on two of the same, `pairs` times over: two to the power of `pairs` minimal cut sets.
std::string many(int pairs) {
  std::string toml;
  std::string members;
  for (int i = 0; i < pairs; ++i) {
    toml += fmt::format("[system.a{0}]\n[system.b{0}]\n", i);
    members += fmt::format("{{ all = ['a{0}', 'b{0}'] }}, ", i);
  }
  return fmt::format("{}[service.s]\nneeds = [{{ any = [{}] }}]\n", toml, members);
}

std::vector<Natural> naturals(const std::vector<std::uint64_t>& numbers) {
  std::vector<Natural> result;
  for (const std::uint64_t number : numbers) result.emplace_back(number);
  return result;
}

TEST(WeakWords, CountSetsBySize) {
  EXPECT_EQ(sizes_words(naturals({2, 0, 1188})), "2 of one loss, 1,188 of three");
  EXPECT_EQ(sizes_words(naturals({0, 3})), "3 of two losses");
  EXPECT_EQ(sizes_words(naturals({1, 1, 1, 1, 1, 1, 1})),
            "1 of one loss, 1 of two, 1 of three, 1 of four, 1 of five and more of up to seven");
}

TEST(WeakWords, SayNumbers) {
  EXPECT_EQ(report::losses_words(1), "one loss");
  EXPECT_EQ(report::losses_words(12), "twelve losses");
  EXPECT_EQ(report::losses_words(1300), "1,300 losses");
  EXPECT_EQ(report::grouped(Natural(999)), "999");
  EXPECT_EQ(report::grouped(Natural(12345678)), "12,345,678");
}

TEST(Weak, CountsPast64BitsAsExactStrings) {
  const std::string toml = many(70);
  EXPECT_THAT(weak(toml, Format::json), HasSubstr("\"count\": \"1180591620717411303424\""));
  EXPECT_THAT(weak(toml, Format::text), HasSubstr("1,180,591,620,717,411,303,424 minimal cut sets, each of 70 losses"));
}

TEST(Weak, ListsAsManySetsAsAskedFor) {
  CutSetOptions asked;
  asked.list = 4;
  EXPECT_THAT(weak(many(2), Format::json, asked),
              HasSubstr(R"("cut_sets": [["a0", "a1"], ["a0", "b1"], ["b0", "a1"], ["b0", "b1"]],)"));
  asked.list = 0;
  EXPECT_THAT(weak(many(2), Format::json, asked), HasSubstr(R"("cut_sets": [],)"));
}

TEST(Weak, SaysWhatIsNotCounted) {
  CutSetOptions one;
  one.order = 1;
  EXPECT_THAT(weak(many(2), Format::text, one), HasSubstr("sets of more than one loss are not counted"));
  CutSetOptions hasty;
  hasty.patience = [] { return false; };
  const std::string said = weak(many(2), Format::text, hasty);
  EXPECT_THAT(said, HasSubstr("s is counted in part only, for want of time or room"));
  EXPECT_THAT(said, HasSubstr("--time-limit 10m"));
}

TEST(Weak, EscapesWhatNamesHold) {
  const std::string csv = weak("[system.'=1+1']\n[service.s]\nneeds = ['=1+1']\n", Format::csv);
  EXPECT_THAT(csv, HasSubstr("cut_set,s,'=1+1,"));
  const std::string toml = "[system.a]\nname = \"\\u001b[31m\"\n[service.s]\nneeds = ['a']\n";
  EXPECT_THAT(weak(toml, Format::text), Not(HasSubstr("\x1b")));
}

TEST(Weak, LeavesOutColumnsThatDoNotFit) {
  std::string toml = "[system.a]\n[system.b]\n";
  for (int i = 0; i < 30; ++i) toml += fmt::format("[service.quite-long-{}]\nneeds = ['a', 'b']\n", i);
  const std::string text = weak(toml, Format::text);
  EXPECT_THAT(text, HasSubstr("more services with --all"));
  EXPECT_THAT(text, Not(HasSubstr("quite-long-29  ")));
}

}  // namespace
}  // namespace firebreak
