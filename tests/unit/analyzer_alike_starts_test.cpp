#include <algorithm>
#include <gtest/gtest.h>

#include "firebreak/blast.h"

#include "analyzer/alike_starts.h"
#include "tests/support/toml.h"

// Which systems and identities one blast may stand for.

namespace firebreak {
namespace {

using support::from_toml;
using support::scenario;

constexpr auto kTwins =
    "[zone.office]\n[zone.servers]\n[identity.admin]\n"
    "[system.one]\nzone = 'office'\n[system.two]\nzone = 'office'\n[system.odd]\nzone = 'office'\n"
    "[system.file]\nzone = 'servers'\nexposes = ['tcp/445']\n"
    "[policy.fw]\n[[policy.fw.rule]]\nallow = ['tcp/445']\nfrom = ['office']\nto = ['servers']\n";

class Starts {
 public:
  explicit Starts(std::string_view toml, const ScenarioWords& words = {})
      : topology_(from_toml(toml)), graph_(compile(topology_)), actions_(scenario(topology_, words)) {}

  [[nodiscard]] std::vector<std::vector<NodeId>> ids_of_sets(const std::vector<std::string>& singled_out = {}) const {
    std::vector<NodeId> targets;
    for (const std::string& id : singled_out) targets.push_back(topology_.find(id));
    return alike_starts(graph_, actions_, targets);
  }

  [[nodiscard]] std::vector<std::string> sets(const std::vector<std::string>& singled_out = {}) const {
    std::vector<std::string> texts;
    for (const std::vector<NodeId>& set : ids_of_sets(singled_out)) {
      std::string text;
      for (const NodeId n : set) text += (text.empty() ? "" : " ") + std::string(topology_.nodes[n].id);
      texts.push_back(text);
    }
    return texts;
  }

  [[nodiscard]] bool has(const std::string& set, const std::vector<std::string>& singled_out = {}) const {
    const std::vector<std::string> all = sets(singled_out);
    return std::ranges::find(all, set) != all.end();
  }

  [[nodiscard]] std::size_t reached_from(NodeId start) const {
    Scenario single = actions_;
    single.compromised = {start};
    return blast(graph_, single).order.size();
  }

 private:
  Topology topology_;
  Graph graph_;
  Scenario actions_;
};

/// The twins, with these lines in the table of one system, and others behind all.
std::string with_odd(const std::string& lines, const std::string& tables = {}) {
  std::string text = kTwins;
  const std::string table = "[system.odd]\n";
  return text.insert(text.find(table) + table.size(), lines) + tables;
}

TEST(AlikeStarts, HoldEverySystemAndIdentityOnceAndThoseTogetherThatNothingTellsApart) {
  EXPECT_EQ(Starts(kTwins).sets(), (std::vector<std::string>{"admin", "one two odd", "file"}));
}

struct Difference {
  const char* name;
  const char* lines;
  const char* tables;
};

void PrintTo(const Difference& difference, std::ostream* out) {
  *out << difference.name;
}

class AlikeStartsApart : public testing::TestWithParam<Difference> {};

TEST_P(AlikeStartsApart, KeepTheSystemThatDiffersAlone) {
  const Starts starts(with_odd(GetParam().lines, GetParam().tables));
  EXPECT_TRUE(starts.has("odd")) << testing::PrintToString(starts.sets());
  EXPECT_TRUE(starts.has("one two")) << testing::PrintToString(starts.sets());
}

constexpr Difference kDifferences[] = {
    {"Effort", "effort = '1h'\n", ""},
    {"Ports", "exposes = ['tcp/22']\n", ""},
    {"Site", "site = 'hq'\n", "[site.hq]\n"},
    {"Host", "runs_on = 'esx'\n", "[system.esx]\nzone = 'servers'\n"},
    {"Guest", "", "[system.guest]\nzone = 'servers'\nruns_on = 'odd'\n"},
    {"RuleFrom", "", "[[policy.fw.rule]]\nallow = ['tcp/1']\nfrom = ['odd']\n"},
    {"RuleTo", "", "[[policy.fw.rule]]\nallow = ['tcp/1']\nto = ['odd']\n"},
    {"PivotFrom", "", "[[pivot]]\nfrom = ['odd']\nto = ['admin']\n"},
    {"PivotTo", "", "[[pivot]]\nfrom = ['file']\nto = ['odd']\n"},
    {"PivotRequires", "", "[[pivot]]\nfrom = ['file']\nto = ['admin']\nrequires = ['odd']\n"},
};

INSTANTIATE_TEST_SUITE_P(By, AlikeStartsApart, testing::ValuesIn(kDifferences),
                         [](const auto& difference) { return std::string(difference.param.name); });

TEST(AlikeStarts, KeepAloneWhatAnActionSinglesOut) {
  EXPECT_TRUE(Starts(kTwins, {.off = {"odd"}}).has("one two"));
  EXPECT_TRUE(Starts(kTwins, {.isolate = {"odd"}}).has("one two"));
  EXPECT_TRUE(Starts(kTwins, {.block = {"odd -> file"}}).has("odd"));
  EXPECT_TRUE(Starts(kTwins, {.allow = {"odd -> file tcp/22"}}).has("odd"));
}

TEST(AlikeStarts, KeepAloneWhatTheQuestionSinglesOut) {
  const Starts starts(kTwins);
  EXPECT_TRUE(starts.has("odd", {"odd"}));
  EXPECT_TRUE(starts.has("one two", {"odd"}));
}

TEST(AlikeStarts, ReachAsMuchAsTheFirstOfTheirSet) {
  const std::string rich = with_odd(
      "effort = '1h'\n",
      "[[policy.fw.rule]]\nallow = ['any']\nfrom = ['odd']\n[system.nas]\nzone = 'servers'\nexposes = ['tcp/22']\n"
      "[system.box]\nzone = 'servers'\nexposes = ['tcp/22']\n[system.loose]\n[system.lost]\n"
      "[[pivot]]\nfrom = ['lost']\nto = ['admin']\n[[pivot]]\nfrom = ['admin']\nto = ['file']\n");
  const Starts starts(rich, {.isolate = {"servers"}});
  std::size_t together = 0;
  for (const std::vector<NodeId>& set : starts.ids_of_sets()) {
    if (set.size() > 1) ++together;
    for (const NodeId n : set) EXPECT_EQ(starts.reached_from(n), starts.reached_from(set.front()));
  }
  EXPECT_EQ(together, 2U);
}

}  // namespace
}  // namespace firebreak
