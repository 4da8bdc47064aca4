#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "firebreak/load.h"

#include "topology/describe.h"
#include "topology/keys.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;
using Json = nlohmann::ordered_json;

Json schema() {
  std::ifstream file(std::string(FIREBREAK_SOURCE_DIR) + "/schemas/topology.schema.json");
  return Json::parse(file);
}

/// The name of the definition that a property of the schema takes.
std::string taken(const Json& property) {
  if (property.contains("patternProperties")) return "tables";
  const std::string reference = property.at("allOf").at(0).at("$ref");
  return reference.substr(std::string("#/definitions/").size());
}

/// "system zone id" for each property of the schema, like keys_as_text().
std::set<std::string> schema_lines() {
  const Json all = schema();
  std::set<std::string> lines;
  const auto add = [&](const std::string& table, const Json& properties) {
    for (const auto& [key, property] : properties.items()) {
      const std::string takes = taken(property);
      lines.insert(table + " " + key + " " + (takes == key ? "table" : takes));
    }
  };
  add("file", all.at("properties"));
  for (const auto& [name, definition] : all.at("definitions").items()) {
    if (definition.contains("properties")) add(name, definition.at("properties"));
  }
  return lines;
}

std::set<std::string> key_lines() {
  std::istringstream text(keys_as_text());
  std::set<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    // Where the key has the name of what it takes, the schema cannot tell a table from another definition.
    const std::size_t first = line.find(' ');
    const std::size_t second = line.rfind(' ');
    if (line.substr(first + 1, second - first - 1) == line.substr(second + 1))
      line.replace(second + 1, std::string::npos, "table");
    lines.insert(line);
  }
  return lines;
}

TEST(Keys, AreThoseOfTheSchema) {
  EXPECT_EQ(key_lines(), schema_lines());
}

TEST(Keys, AreDescribedAsInTheSchema) {
  const Json definitions = schema().at("definitions");
  const auto compare = [&](const auto& table) {
    for (const KeyInfo& key : table.keys()) {
      const Json& property = definitions.at(std::string(table.name())).at("properties").at(std::string(key.name));
      EXPECT_EQ(property.at("description"), std::string(key.doc)) << table.name() << " " << key.name;
    }
  };
  compare(kTopologyKeys);
  compare(kZoneKeys);
  compare(kSiteKeys);
  compare(kSystemKeys);
  compare(kIdentityKeys);
  compare(kServiceKeys);
  compare(kCustomerKeys);
  compare(kLinkKeys);
  compare(kPolicyKeys);
  compare(kRuleKeys);
  compare(kPivotKeys);
  compare(kScenarioKeys);
  compare(kExpectKeys);
  compare(kRequireKeys);
  compare(kNeverReachesKeys);
  compare(kReachesAtMostKeys);
  compare(kSurvivesKeys);
  compare(kOnlyFlowsKeys);
  compare(kNeverFlowsKeys);
  compare(kAlwaysFlowsKeys);
  compare(kNeedKeys);
}

TEST(Keys, AreFoundByNameAndNothingElseIs) {
  for (std::size_t i = 0; i < kSystemKeys.kSize; ++i) EXPECT_EQ(kSystemKeys.find(kSystemKeys[i].name), i);
  for (std::size_t i = 0; i < kNeedKeys.kSize; ++i) EXPECT_EQ(kNeedKeys.find(kNeedKeys[i].name), i);
  for (const std::string_view name : {"", "z", "zon", "zonE", "zone ", "zzne", std::string_view("name\0", 5)}) {
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

TEST(Keys, EverythingUsesEveryKey) {
  const std::string text = everything();
  std::istringstream lines(keys_as_text());
  std::string table;
  std::string key;
  std::string takes;
  while (lines >> table >> key >> takes) EXPECT_NE(text.find(key), std::string::npos) << table << " " << key;
}

}  // namespace
}  // namespace firebreak
