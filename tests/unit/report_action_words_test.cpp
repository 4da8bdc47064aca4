#include <gtest/gtest.h>

#include "report/action_words.h"
#include "tests/support/toml.h"

namespace firebreak::report {
namespace {

class ActionWords : public testing::Test {
 protected:
  [[nodiscard]] Action on(Action::Type type, std::string_view id) const { return {type, topology.find(id), {}, {}}; }

  Topology topology = support::from_toml(
      "[zone.office]\n[zone.servers]\n[system.pc-17]\nzone = 'office'\n[system.pc-18]\nzone = 'office'\n"
      "[system.srv]\nzone = 'servers'\n[identity.admin]\n");
  Action isolate = on(Action::Type::isolate_system, "pc-17");
  Action isolate_too = on(Action::Type::isolate_system, "pc-18");
  Action off = on(Action::Type::switch_off, "srv");
  Action block{Action::Type::block_zones, topology.find("office"), topology.find("servers"), {}};
};

TEST_F(ActionWords, SpellAnActionAsScenariosDo) {
  EXPECT_EQ(action_words(topology, isolate), "isolate pc-17");
  EXPECT_EQ(action_words(topology, on(Action::Type::isolate_zone, "office")), "isolate office");
  EXPECT_EQ(action_words(topology, off), "off srv");
  EXPECT_EQ(action_words(topology, block), "block office -> servers");
}

TEST_F(ActionWords, PutAlikeOnesIntoOneOption) {
  EXPECT_EQ(action_options(topology, {isolate, isolate_too, off}), "--isolate pc-17,pc-18 --off srv");
  EXPECT_EQ(action_options(topology, {}), "");
}

TEST_F(ActionWords, ListSomeAndSayHowManyMore) {
  const std::vector<std::string> words{"isolate pc-17", "isolate pc-18", "off srv"};
  EXPECT_EQ(actions_listed(words, 3), "isolate pc-17, pc-18; off srv");
  EXPECT_EQ(actions_listed(words, 2), "isolate pc-17, pc-18 and 1 more");
}

}  // namespace
}  // namespace firebreak::report
