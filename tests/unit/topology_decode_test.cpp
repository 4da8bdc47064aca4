#include <gtest/gtest.h>

#include "firebreak/load.h"

#include "topology_reading.h"

// What both readers find wrong with the shape of a file: each case is written in TOML and in JSON.

namespace firebreak {
namespace {

using namespace reading;

struct ShapeCase {
  const char* name;
  const char* toml;
  const char* json;
  Lines expected;  ///< "code: message (hint)"
};

void PrintTo(const ShapeCase& shape, std::ostream* out) {
  *out << shape.name;
}

Lines told(const Loaded& loaded) {
  Lines lines = messages(loaded);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i] = std::string(info(loaded.diagnostics[i].code).slug) + ": " + lines[i];
  }
  return lines;
}

class Shape : public ::testing::TestWithParam<ShapeCase> {};

TEST_P(Shape, IsToldTheSameWayInToml) {
  EXPECT_EQ(told(read_toml(GetParam().toml)), GetParam().expected);
}
TEST_P(Shape, IsToldTheSameWayInJson) {
  EXPECT_EQ(told(read_json(GetParam().json)), GetParam().expected);
}

const ShapeCase kCases[] = {
    {"UnknownKey",
     "[system.a]\nzonne = 1\n",
     R"({"system": {"a": {"zonne": 1}}})",
     {"unknown-key: unknown key 'zonne' in 'system' (did you mean 'zone'?)"}},
    {"UnknownKeyNearNothing",
     "[zone.a]\nxyzzy = [[1]]\n",
     R"({"zone": {"a": {"xyzzy": [[1]]}}})",
     {"unknown-key: unknown key 'xyzzy' in 'zone' (the keys are name, cidr, parent, owner, phone, isolate_how, cost, "
      "meta)"}},
    {"UnknownKind",
     "[sytem.a]\n",
     R"({"sytem": {"a": {}}})",
     {"unknown-key: unknown key 'sytem' at the top of the file (did you mean 'system'?)"}},
    {"TextForList",
     "[system.a]\ntags = \"x\"\n",
     R"({"system": {"a": {"tags": "x"}}})",
     {"wrong-type: 'tags' is a text (it takes a list of words, such as [\"tier0\", \"windows\"])"}},
    {"IntegerForText",
     "[system.a]\nname = 1\n",
     R"({"system": {"a": {"name": 1}}})",
     {"wrong-type: 'name' is an integer (it takes a text in quotes)"}},
    {"IntegerForDuration",
     "[system.a]\nstart = 5\n",
     R"({"system": {"a": {"start": 5}}})",
     {"wrong-type: 'start' is an integer (it takes a duration in quotes, such as \"90s\" or \"1h30m\")"}},
    {"IntegerInList",
     "[system.a]\nexposes = [443]\n",
     R"({"system": {"a": {"exposes": [443]}}})",
     {"wrong-type: an item of 'exposes' is an integer (it takes a list of ports, such as [\"tcp/443\", \"udp/53\"])"}},
    {"TextForBoolean",
     "[system.a]\ncritical = \"yes\"\n",
     R"({"system": {"a": {"critical": "yes"}}})",
     {"wrong-type: 'critical' is a text (it takes true or false, without quotes)"}},
    {"TextForInteger",
     "[policy.p]\nrule = [{ allow = [\"any\"], tier = \"1\" }]\n",
     R"({"policy": {"p": {"rule": [{"allow": ["any"], "tier": "1"}]}}})",
     {"wrong-type: 'tier' is a text (it takes an integer, without quotes)"}},
    {"NumberForInteger",
     "[policy.p]\nrule = [{ allow = [\"any\"], tier = 1.0 }]\n",
     R"({"policy": {"p": {"rule": [{"allow": ["any"], "tier": 1.0}]}}})",
     {"wrong-type: 'tier' is a number (it takes an integer, without quotes)"}},
    {"TextForNumber",
     "[zone.a]\ncost = \"1\"\n",
     R"({"zone": {"a": {"cost": "1"}}})",
     {"wrong-type: 'cost' is a text (it takes a number, without quotes)"}},
    {"TextForNeeds",
     "[service.a]\nneeds = \"a\"\n",
     R"({"service": {"a": {"needs": "a"}}})",
     {"wrong-type: 'needs' is a text (it takes a list of ids and tables, such as [\"dns\", { any = [\"a\", \"b\"] "
      "}])"}},
    {"ListInNeeds",
     "[service.a]\nneeds = [[]]\n",
     R"({"service": {"a": {"needs": [[]]}}})",
     {"wrong-type: an item of 'needs' is a list (it takes a list of ids and tables, such as [\"dns\", { any = [\"a\", "
      "\"b\"] }])"}},
    {"ListForMeta",
     "[zone.a]\nmeta = []\n",
     R"({"zone": {"a": {"meta": []}}})",
     {"wrong-type: 'meta' is a list (it takes a table of keys of your own)"}},
    {"IntegerForThing",
     "[system]\na = 1\n",
     R"({"system": {"a": 1}})",
     {"wrong-type: 'a' is an integer, where a table with the keys of a system is expected (in TOML, write [system.ID] "
      "and the keys below "
      "it)"}},
    {"ListForKind",
     "zone = []\n",
     R"({"zone": []})",
     {"wrong-type: 'zone' is a list (it takes one table per id; in TOML, [KIND.ID] and the keys below it)"}},
    {"TableForPivots",
     "[pivot]\n",
     R"({"pivot": {}})",
     {"wrong-type: 'pivot' is a table (it takes a list of tables; in TOML, [[pivot]] and the keys below it)"}},
    {"TableForRules",
     "[policy.p.rule]\n",
     R"({"policy": {"p": {"rule": {}}}})",
     {"wrong-type: 'rule' is a table (it takes a list of tables; in TOML, [[policy.ID.rule]] and the keys below it)"}},
    {"ListForDemand",
     "[require.r]\nsurvives = []\n",
     R"({"require": {"r": {"survives": []}}})",
     {"wrong-type: 'survives' is a list (it takes a table of keys)"}},
    {"UnknownKeyInDemand",
     "[require.r]\nnever_reaches = { from = [\"*\"], too = [\"*\"], to = [\"*\"] }\n",
     R"({"require": {"r": {"never_reaches": {"from": ["*"], "too": ["*"], "to": ["*"]}}}})",
     {"unknown-key: unknown key 'too' in 'never_reaches' (did you mean 'to'?)"}},
    {"UnknownKeyInExpect",
     "[scenario.s]\nexpect = { work = [] }\n",
     R"({"scenario": {"s": {"expect": {"work": []}}}})",
     {"unknown-key: unknown key 'work' in 'expect' (did you mean 'works'?)"}},
    {"TwoDemands",
     "[zone.z]\n[require.r]\nalways_flows = { from = [\"z\"], to = [\"z\"] }\nsurvives = {}\n",
     R"({"zone": {"z": {}}, "require": {"r": {"always_flows": {"from": ["z"], "to": ["z"]}, "survives": {}}}})",
     {"conflicting-keys: a require has both 'always_flows' and 'survives' (make it two requires)"}},
    {"TwoGroups",
     "[system.a]\nneeds = [{ any = [\"a\"], all = [\"a\"] }]\n",
     R"({"system": {"a": {"needs": [{"any": ["a"], "all": ["a"]}]}}})",
     {"conflicting-keys: a need has both 'any' and 'all' (put one group into the other)"}},
    {"LeafWithGroup",
     "[system.b]\n[service.a]\nneeds = [{ on = \"b\", any = [\"b\"] }]\n",
     R"({"system": {"b": {}}, "service": {"a": {"needs": [{"on": "b", "any": ["b"]}]}}})",
     {"conflicting-keys: 'on' cannot stand together with 'any' (it belongs to a need on one thing: give it to the "
      "members)"}},
    {"OfAlone",
     "[system.a]\nneeds = [{ of = [\"a\"] }]\n",
     R"({"system": {"a": {"needs": [{"of": ["a"]}]}}})",
     {"missing-key: 'of' without 'at_least' (say how many must hold, or write 'any' or 'all' instead of 'of')"}},
    {"AtLeastAlone",
     "[system.a]\nneeds = [{ at_least = 1 }]\n",
     R"({"system": {"a": {"needs": [{"at_least": 1}]}}})",
     {"missing-key: 'at_least' without 'of' (write { at_least = 2, of = [\"a\", \"b\", \"c\"] })"}},
    {"AtLeastWithAny",
     "[system.a]\nneeds = [{ at_least = 1, any = [\"a\"] }]\n",
     R"({"system": {"a": {"needs": [{"at_least": 1, "any": ["a"]}]}}})",
     {"conflicting-keys: a need has both 'at_least' and 'any' ('at_least' goes with 'of')"}},
    {"EmptyNeed",
     "[system.a]\nneeds = [{ soft = true }]\n",
     R"({"system": {"a": {"needs": [{"soft": true}]}}})",
     {"missing-key: a need says nothing of what is needed (give it 'on', 'all', 'any', or 'at_least' and 'of')"}},
    {"FaultyNeedIsNotMissed",
     "[system.a]\nneeds = [{ on = 1 }]\n",
     R"({"system": {"a": {"needs": [{"on": 1}]}}})",
     {"wrong-type: 'on' is an integer (it takes one id in quotes, such as \"dc1\")"}},
    {"FaultyGroupIsNotMissed",
     "[system.a]\nneeds = [{ any = 1 }, { any = [1] }]\n",
     R"({"system": {"a": {"needs": [{"any": 1}, {"any": [1]}]}}})",
     {"wrong-type: 'any' is an integer (it takes a list of ids and tables, such as [\"dns\", { any = [\"a\", \"b\"] "
      "}])",
      "wrong-type: an item of 'any' is an integer (it takes a list of ids and tables, such as [\"dns\", { any = "
      "[\"a\", \"b\"] }])"}},
    {"FaultyKeyIsNotMissed",
     "[link.l]\nbetween = 1\n",
     R"({"link": {"l": {"between": 1}}})",
     {"wrong-type: 'between' is an integer (it takes a list of ids, such as [\"dc1\", \"dc2\"])"}},
    {"FaultyActionIsNotMissed",
     "[policy.p]\nrule = [{ allow = 1 }]\n",
     R"({"policy": {"p": {"rule": [{"allow": 1}]}}})",
     {"wrong-type: 'allow' is an integer (it takes a list of ports, such as [\"tcp/443\", \"udp/53\"])"}},
    {"FaultyEndIsNotMissed",
     "[zone.z]\n[[pivot]]\nfrom = 1\nto = [\"*\"]\n",
     R"({"zone": {"z": {}}, "pivot": [{"from": 1, "to": ["*"]}]})",
     {"wrong-type: 'from' is an integer (it takes a list of ids and selectors, such as [\"dc1\", \"tag:tier0\"])"}},
    {"MissingKeys",
     "[link.l]\n[[pivot]]\nfrom = [\"*\"]\n[require.r]\n",
     R"({"link": {"l": {}}, "pivot": [{"from": ["*"]}], "require": {"r": {}}})",
     {"missing-key: a link does not say what it lies between (write it like 'between = [\"office\", \"servers\"]')",
      "missing-key: a pivot has no 'to'",
      "missing-key: a require says nothing (give it one of 'never_reaches', 'reaches_at_most', 'survives', "
      "'only_flows', 'never_flows' and "
      "'always_flows')"}},
    {"FormatVersion",
     "topology.format = 2\n",
     R"({"topology": {"format": 2}})",
     {"format-version: the file is of format 2, which this program does not read (it reads format 1)"}},
    {"ListForTopology",
     "topology = []\n",
     R"({"topology": []})",
     {"wrong-type: 'topology' is a list (it takes a table of keys)"}},
};

INSTANTIATE_TEST_SUITE_P(Decode, Shape, ::testing::ValuesIn(kCases),
                         [](const auto& shape) { return std::string(shape.param.name); });

TEST(Decode, GroupsKeepTheirMembersWhateverTheOrderOfKeys) {
  const Loaded loaded = read_toml(
      "[system.a]\nneeds = [{ of = [\"b\", { soft = true, any = [\"b\", \"c\"], assumed = true }], grace = \"1m\", "
      "at_least = 1 }]\n[system.b]\n[system.c]\n");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  const NeedList& needs = loaded.topology->needs;
  ASSERT_EQ(needs.size(), 5U);
  EXPECT_EQ(needs[0].type, Need::Type::at_least);
  EXPECT_EQ(needs[0].k, 1U);
  EXPECT_EQ(needs[0].grace, 60);
  EXPECT_EQ(needs[0].end, 5U);
  EXPECT_EQ(needs[1].end, 2U);
  EXPECT_EQ(needs[2].type, Need::Type::any);
  EXPECT_TRUE(needs[2].soft);
  EXPECT_TRUE(needs[2].assumed);
  EXPECT_EQ(needs[2].end, 5U);
}

TEST(Decode, DeclarationsDoNotLeakIntoTheNext) {
  const Loaded loaded = read_toml(everything());
  ASSERT_TRUE(loaded.topology);
  std::string bare = "[topology]\nformat = 1\n";
  std::string text = everything();
  for (const std::string_view kind :
       {"zone", "site", "system", "identity", "service", "customer", "policy", "scenario"}) {
    text += "[" + std::string(kind) + ".bare-" + std::string(kind) + "]\n";
  }
  const Loaded more = read_toml(text);
  ASSERT_TRUE(more.topology) << rendered(more);
  const std::string written = write_toml(*more.topology);
  for (const std::string_view kind :
       {"zone", "site", "system", "identity", "service", "customer", "policy", "scenario"}) {
    const std::string header = "[" + std::string(kind) + ".bare-" + std::string(kind) + "]\n\n[";
    EXPECT_NE(written.find(header), std::string::npos) << header << written;
  }
}

}  // namespace
}  // namespace firebreak
