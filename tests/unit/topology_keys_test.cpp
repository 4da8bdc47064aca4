#include <gtest/gtest.h>
#include <map>
#include <string>

#include "topology/format/describe.h"
#include "topology/format/keys.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;
TEST(Keys, AreFoundByNameAndNothingElseIs) {
  for (std::size_t i = 0; i < kSystemKeys.kSize; ++i) EXPECT_EQ(kSystemKeys.find(kSystemKeys[i].name), i);
  for (std::size_t i = 0; i < kNeedKeys.kSize; ++i) EXPECT_EQ(kNeedKeys.find(kNeedKeys[i].name), i);
  constexpr std::string_view kNulAtTheEnd("name\0", 5);
  for (const std::string_view name : {std::string_view(), std::string_view("z"), std::string_view("zonE"),
                                      std::string_view("zone "), std::string_view("zzne"), kNulAtTheEnd}) {
    EXPECT_EQ(kSystemKeys.find(name), kSystemKeys.kSize) << name;
  }
  EXPECT_EQ(kSystemKeys.find(repeat("x", 100000)), kSystemKeys.kSize);
}

/// The keys of every thing of the topology with every key, by table.
void collect_order(const std::string& table, const MetaValue& keys, std::map<std::string, Lines>& orders) {
  Lines order;
  for (const auto& [key, value] : keys.members) {
    order.push_back(key);
    if (key == "meta" || table == "expect") continue;
    const bool rules = key == "rule";
    if (rules) collect_order("rule", value.members.front().second, orders);
    if (key == "needs") {
      for (const auto& [none, need] : value.members) collect_order("need", need, orders);
    }
    if (value.type == MetaValue::Type::table) collect_order(key, value, orders);
  }
  if (order.size() > orders[table].size()) orders[table] = order;
}

TEST(Keys, AreWrittenInTheOrderOfTheirTable) {
  const Loaded loaded = read_toml(everything());
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  std::map<std::string, Lines> orders;
  describe(*loaded.topology, [&](const Thing& thing) { collect_order(std::string(thing.kind), thing.keys, orders); });
  const auto compare = [&](const auto& table, std::size_t left_out = 0) {
    const Lines& order = orders[std::string(table.name())];
    std::size_t at = 0;
    for (const std::string& key : order) {
      const std::size_t index = table.find(key);
      EXPECT_GE(index, at) << table.name() << " " << key;
      at = index;
    }
    EXPECT_EQ(order.size() + left_out, table.keys().size()) << "every key of '" << table.name() << "' is written";
  };
  compare(kZoneKeys);
  compare(kSiteKeys);
  compare(kSystemKeys);
  compare(kIdentityKeys);
  compare(kServiceKeys);
  compare(kCustomerKeys);
  compare(kLinkKeys);
  compare(kPolicyKeys);
  compare(kRuleKeys, 2);  // one of allow, deny and pass
  compare(kPivotKeys);
  compare(kScenarioKeys);
  compare(kExpectKeys);
  compare(kRequireKeys, 5);  // one demand
  compare(kNeverReachesKeys);
  compare(kReachesAtMostKeys);
  compare(kSurvivesKeys);
  compare(kOnlyFlowsKeys);
  compare(kNeverFlowsKeys);
  compare(kNeedKeys, 4);  // one group
}

}  // namespace
}  // namespace firebreak
