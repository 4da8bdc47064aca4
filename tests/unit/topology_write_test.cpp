#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "firebreak/builder.h"
#include "firebreak/load.h"

#include "topology_dump.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;

Loaded read_everything() {
  Loaded loaded = read_toml(everything());
  EXPECT_EQ(rendered(loaded), "");
  return loaded;
}

Loaded read_back(std::string name, const std::string& text) {
  Loaded loaded = read(std::move(name), text);
  EXPECT_TRUE(loaded.topology) << rendered(loaded) << text;
  return loaded;
}

TEST(Write, TomlReadsBackAsTheSameTopology) {
  const Loaded first = read_everything();
  const std::string text = write_toml(*first.topology);
  const Loaded second = read_back("a.toml", text);
  EXPECT_EQ(dump(*second.topology), dump(*first.topology));
  EXPECT_EQ(write_toml(*second.topology), text);
}

TEST(Write, JsonReadsBackAsTheSameTopologyButForDates) {
  const Loaded first = read_everything();
  const std::string text = write_json(*first.topology);
  const Loaded second = read_back("a.json", text);
  EXPECT_EQ(write_json(*second.topology), text);
  // Dates have become texts; nothing else has changed.
  std::string expected = write_toml(*first.topology);
  for (const std::string_view date : {"2020-02-29T12:00:00.5+01:00", "07:32:00", "since = 2020-02-29"}) {
    const std::size_t at = expected.find(date);
    ASSERT_NE(at, std::string::npos) << date;
    const std::size_t skip = date.starts_with("since") ? 8 : 0;
    expected.replace(at + skip, date.size() - skip, "\"" + std::string(date.substr(skip)) + "\"");
  }
  EXPECT_EQ(write_toml(*second.topology), expected);
}

TEST(Write, LeavesOutWhatIsTheDefault) {
  const Loaded loaded = read_toml(R"(
[zone.z]
cost = 1
cidr = []
[system.s]
critical = false
effort = "0s"
start = "0m"
rebuild = "0h"
cost = 1.0
tags = []
needs = []
name = ""
[policy.p]
scope = "between-zones"
default = "deny"
[[policy.p.rule]]
allow = ["any"]
tier = 0
cost = 1
[require.r]
survives = { services = ["x"], any = 1, of = ["s"] }
[require.q]
reaches_at_most = { from = ["s"], count = 0, each = false }
[service.x]
needs = [{ on = "s", soft = false, fallback = false, grace = "0s", start = true, assumed = false }]
)");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  EXPECT_EQ(write_toml(*loaded.topology), R"([topology]
format = 1

[zone.z]

[system.s]

[service.x]
needs = ["s"]

[policy.p]

[[policy.p.rule]]
allow = ["any"]

[require.r]
survives = { services = ["x"], of = ["s"] }

[require.q]
reaches_at_most = { from = ["s"], count = 0 }
)");
}

TEST(Write, SpellsValuesInOneWay) {
  const Loaded loaded = read_toml(R"(
system.s.address = ["10.0.0.1", "FD00:0:0::1"]
system.s.exposes = ["tcp/81", "https", "tcp/80", "udp/53"]
system.s.start = "90m"
system.s.effort = "3600s"
zone.z.cidr = ["10.0.0.0/8"]
service.x.users = 4e3
service.x.weight = 0.1
scenario.c.block = ["z  ->  s   https , udp/53"]
)");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  const std::string text = write_toml(*loaded.topology);
  for (const std::string_view line :
       {"address = [\"10.0.0.1\", \"fd00::1\"]", "exposes = [\"tcp/80-81\", \"tcp/443\", \"udp/53\"]",
        "effort  = \"1h\"", "start   = \"1h30m\"", "users  = 4000", "weight = 0.1",
        "block = [\"z -> s tcp/443,udp/53\"]"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
  }
}

TEST(Write, KindsComeInOneOrderAndThingsInSourceOrder) {
  const Loaded loaded = read_toml("[service.b]\n[system.z]\n[service.a]\n[zone.y]\n[system.c]\n[zone.x]\n");
  ASSERT_TRUE(loaded.topology);
  EXPECT_EQ(write_toml(*loaded.topology),
            "[topology]\nformat = 1\n\n[zone.y]\n[zone.x]\n\n[system.z]\n[system.c]\n\n[service.b]\n[service.a]\n");
}

TEST(Write, BreaksLongListsOverLines) {
  std::string needs;
  std::string systems;
  for (int i = 0; i < 12; ++i) {
    needs += "\"system-number-" + std::to_string(i) + "\",";
    systems += "[system.system-number-" + std::to_string(i) + "]\n";
  }
  const Loaded loaded =
      read_toml("[service.s]\nneeds = [" + needs + "{ any = [" + needs + "], soft = true }]\n" + systems);
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  const std::string toml = write_toml(*loaded.topology);
  EXPECT_NE(toml.find("needs = [\n  \"system-number-0\",\n"), std::string::npos) << toml;
  EXPECT_NE(toml.find("  { any = [\n    \"system-number-0\",\n"), std::string::npos) << toml;
  EXPECT_NE(toml.find("    \"system-number-11\",\n  ], soft = true },\n]\n"), std::string::npos) << toml;
  EXPECT_EQ(dump(*read_back("a.toml", toml).topology), dump(*loaded.topology));
  const std::string json = write_json(*loaded.topology);
  for (const std::string& text : {toml, json}) {
    for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
      ASSERT_LE(text.find('\n', begin) - begin, 100U);
    }
  }
}

TEST(Write, QuotesAndEscapesWhatNeedsIt) {
  const Loaded loaded = read_toml(
      "[zone.\"a.b\"]\nname = \"\\\"\\\\ \\u001b[31m \\u202E \\u0085 \\u007f \\t\\n é \\U0001F600 "
      "\\u200d\"\n[zone.bare_Key-1]\n"
      "[zone.\"\\u00e9\"]\n");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  EXPECT_EQ(write_toml(*loaded.topology),
            "[topology]\nformat = 1\n\n[zone.\"a.b\"]\n"
            "name = \"\\\"\\\\ \\u001b[31m \\u202e \\u0085 \\u007f \\t\\n é \xF0\x9F\x98\x80 "
            "\xE2\x80\x8D\"\n\n[zone.bare_Key-1]\n[zone.\"é\"]\n");
  const std::string json = write_json(*loaded.topology);
  EXPECT_NE(json.find("\"name\": \"\\\"\\\\ \\u001b[31m \\u202e \\u0085 \\u007f \\t\\n é \xF0\x9F\x98\x80"),
            std::string::npos)
      << json;
  EXPECT_EQ(dump(*read_back("a.json", json).topology), dump(*loaded.topology));
}

TEST(Write, EmptyTopology) {
  const Loaded loaded = read_toml("");
  ASSERT_TRUE(loaded.topology);
  EXPECT_EQ(write_toml(*loaded.topology), "[topology]\nformat = 1\n");
  EXPECT_EQ(write_json(*loaded.topology), "{\n  \"topology\": {\"format\": 1}\n}\n");
}

TEST(Write, JsonOfEverySort) {
  const Loaded loaded = read_toml(
      "topology.name = \"N\"\n[zone.z]\n[system.s]\nzone = \"z\"\ntags = [\"a\"]\n[[pivot]]\nfrom = [\"s\"]\nto = "
      "[\"s\"]\n");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  EXPECT_EQ(write_json(*loaded.topology), R"({
  "topology": {"format": 1, "name": "N"},
  "zone": {
    "z": {}
  },
  "system": {
    "s": {
      "zone": "z",
      "tags": ["a"]
    }
  },
  "pivot": [
    {
      "from": ["s"],
      "to": ["s"]
    }
  ]
}
)");
}

/// One meta value written and read back in TOML.
MetaValue round_trip(const MetaValue& value, const std::string& name) {
  TopologyBuilder builder;
  MetaValue table;
  table.type = MetaValue::Type::table;
  table.members.emplace_back("k", value);
  builder.set_meta(table);
  const TopologyBuilder::Result built = builder.finish();
  const std::string text = name.ends_with(".toml") ? write_toml(*built.topology) : write_json(*built.topology);
  const Loaded loaded = read_back(name, text);
  return loaded.topology ? loaded.topology->other_meta.at("topology").members.at(0).second : MetaValue();
}

TEST(Write, NumbersOfMetaKeepTheirSort) {
  for (const double number : {0.0, -0.0, 1.0, 0.1, -5.0, 1e22, 1e-7, 5e-324, 1.7976931348623157e308}) {
    MetaValue value;
    value.type = MetaValue::Type::number;
    value.number = number;
    for (const std::string name : {"a.toml", "a.json"}) {
      const MetaValue back = round_trip(value, name);
      EXPECT_EQ(back.type, MetaValue::Type::number) << number;
      EXPECT_EQ(back.number, number);
      EXPECT_EQ(std::signbit(back.number), std::signbit(number));
    }
  }
  for (const std::int64_t integer :
       {std::int64_t{0}, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    MetaValue value;
    value.type = MetaValue::Type::integer;
    value.integer = integer;
    for (const std::string name : {"a.toml", "a.json"}) EXPECT_EQ(round_trip(value, name).integer, integer);
  }
}

TEST(Write, InfinityIsANumberInTomlAndATextInJson) {
  MetaValue value;
  value.type = MetaValue::Type::number;
  value.number = -std::numeric_limits<double>::infinity();
  EXPECT_EQ(round_trip(value, "a.toml").number, value.number);
  EXPECT_EQ(round_trip(value, "a.json").text, "-inf");
}

TEST(Write, ADateThatIsNoneBecomesAText) {
  MetaValue value;
  value.type = MetaValue::Type::date;
  for (const std::string text :
       {"2020-01-01\n[system.evil]", "", "yesterday", "2020-1-1", "12:00", "2020-01-01T", "12:00:00."}) {
    value.text = text;
    const MetaValue back = round_trip(value, "a.toml");
    EXPECT_EQ(back.type, MetaValue::Type::string) << text;
    EXPECT_EQ(back.text, text);
  }
  for (const std::string text :
       {"2020-02-29", "23:59:59.999", "2020-02-29T00:00:00Z", "2020-02-29T00:00:00.25-11:30"}) {
    value.text = text;
    const MetaValue back = round_trip(value, "a.toml");
    EXPECT_EQ(back.type, MetaValue::Type::date) << text;
    EXPECT_EQ(back.text, text);
  }
}

TEST(Write, LongMetaBecomesATableOfItsOwn) {
  const std::string text = repeat("x", 90);
  const Loaded loaded =
      read_toml("[system.s]\nmeta = { a = \"" + text + "\" }\n[policy.p]\nmeta = { b = \"" + text +
                "\" }\nrule = [{ allow = [\"any\"] }]\n[[pivot]]\nfrom = [\"s\"]\nto = [\"s\"]\nmeta = { c = \"" +
                text + "\" }\n");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  const std::string toml = write_toml(*loaded.topology);
  for (const std::string_view part : {"[system.s]\n\n[system.s.meta]\na = ", "[policy.p]\n\n[policy.p.meta]\nb = ",
                                      "\n\n[[policy.p.rule]]\nallow", "to   = [\"s\"]\n\n[pivot.meta]\nc = "}) {
    EXPECT_NE(toml.find(part), std::string::npos) << part << "\n" << toml;
  }
  EXPECT_EQ(dump(*read_back("a.toml", toml).topology), dump(*loaded.topology));
}

TEST(Write, WhatAProgramBuiltIsWrittenToo) {
  TopologyBuilder builder;
  builder.add(SystemDecl{.id = {"odd \xE2\x80\xAE id?"}});
  const TopologyBuilder::Result refused = builder.finish();
  EXPECT_FALSE(refused.topology) << "white space is no part of an id";
  builder.add(
      ScenarioDecl{.id = {"s"}, .expect = {{Expectation::Type::works, {{"x"}}}, {Expectation::Type::works, {{"y"}}}}});
  builder.add(SystemDecl{.id = {"x"}});
  builder.add(SystemDecl{.id = {"y"}});
  const TopologyBuilder::Result built = builder.finish();
  ASSERT_TRUE(built.topology);
  const std::string toml = write_toml(*built.topology);
  EXPECT_NE(toml.find("expect = { works = [\"x\", \"y\"] }"), std::string::npos) << toml;
  EXPECT_EQ(write_toml(*read_back("a.toml", toml).topology), toml);
}

}  // namespace
}  // namespace firebreak
