#include <ctime>
#include <gtest/gtest.h>

#include "firebreak/load.h"

#include "topology_dump.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;

TEST(ReadJson, SaysTheSameAsToml) {
  const Loaded toml = read_toml(everything());
  ASSERT_TRUE(toml.topology);
  const Loaded json = read_json(write_json(*toml.topology));
  ASSERT_TRUE(json.topology) << rendered(json);
  std::string expected = dump(*toml.topology);
  // MetaValue::Type of dates and texts.
  for (std::size_t at = 0; (at = expected.find("=4:", at)) != std::string::npos;) expected[at + 1] = '0';
  EXPECT_EQ(dump(*json.topology), expected);
}

TEST(ReadJson, PlacesAreLinesAndCodePoints) {
  EXPECT_EQ(errors(read_json("{\"system\":\r\n {\"é\": {\"name\": \"é\\u00e9\", \"zone\": \"gone\"},\n\n\t\"b\": "
                             "{\"needs\": [\"é\", \"lost\",\n"
                             "{\"on\": \"away\"}]}}}")),
            (Lines{"2:36 unknown-id", "4:23 unknown-id", "5:8 unknown-id"}));
}

TEST(ReadJson, PlacesOfAFileOnOneLine) {
  const Loaded plain = read_json("{\"system\": {\"a\": {\"zone\": \"gone\"}, \"b\": {\"site\": \"lost\"}}}");
  EXPECT_EQ(errors(plain), (Lines{"1:27 unknown-id", "1:50 unknown-id"}));
  const Loaded wide = read_json("{\"system\": {\"ä\": {\"zone\": \"göne\"}, \"ü\": {\"site\": \"lost\"}}}");
  EXPECT_EQ(errors(wide), (Lines{"1:27 unknown-id", "1:50 unknown-id"}));
}

TEST(ReadJson, GoesOnBehindFaultsThatLeaveTheRestReadable) {
  const Loaded loaded = read_json(R"({
"topology": {"format": 1.0, "name": "\ud800 \q \u12"},
"system": {
  "a": {"zone": "gone", "zone": "x", "tags": ["a" "b",], "effort": 5},
  "b": {"cost": 01, "critical": True, "tags": ["é", 5, null],
    "meta": {"a": 18446744073709551616, "b": [1, {"c": null}], "a": 1}}
  "c": {"cost": 1e400, "phone": "a	b"}},
"system": {},
"zome": {},
"link": [],
"policy": {"p": {"rule": {}}},
"require": {"r": {"reaches_at_most": {"from": ["a"], "count": 1.5}}},
})");
  EXPECT_EQ(errors(loaded),
            (Lines{"2:24 wrong-type",    "2:38 syntax",     "2:45 syntax",      "2:48 syntax",      "4:17 unknown-id",
                   "4:25 duplicate-key", "4:51 syntax",     "4:54 syntax",      "4:68 wrong-type",  "5:17 syntax",
                   "5:33 syntax",        "5:53 wrong-type", "5:56 wrong-type",  "6:19 bad-number",  "6:56 wrong-type",
                   "6:64 duplicate-key", "7:3 syntax",      "7:17 bad-number",  "7:35 syntax",      "8:1 duplicate-key",
                   "9:1 unknown-key",    "10:9 wrong-type", "11:26 wrong-type", "12:63 wrong-type", "12:69 syntax"}))
      << rendered(loaded);
}

TEST(ReadJson, SyntaxFaultsSayWhatToDo) {
  const auto last = [](std::string_view text) { return messages(read_json(text)).back(); };
  EXPECT_EQ(last("{\"zone\": {\"a\": {}} // x\n}"),
            "'/' where ',' or '}' is expected (JSON has no comments; write TOML, or a key under 'meta')");
  EXPECT_EQ(last("{\"zone\": // x\n{}}"),
            "'/' where a value is expected (JSON has no comments; write TOML, or a key under 'meta')");
  EXPECT_EQ(last("{'zone': {}}"), "''' where a key is expected (keys stand in double quotes)");
  EXPECT_EQ(last("{\"zone\": {\"a\": {\"name\": 'x'}}}"),
            "''' where a value is expected (texts stand in double quotes)");
  EXPECT_EQ(last("{\"zone\" {}}"), "'{' where ':' is expected");
  EXPECT_EQ(last("{\"zone\": {]}"), "']' where a key is expected (keys stand in double quotes)");
  EXPECT_EQ(last("{\"zone\": {\"a\": {}]}"), "']' where ',' or '}' is expected");
  EXPECT_EQ(last("{\"zone\": {\"a\": {\"cidr\": [\"10.0.0.0/8\""), "'[' without its ']'");
  EXPECT_EQ(last("{\"zone\": {},"), "'{' without its '}'");
  EXPECT_EQ(last("{\"zone\":"), "the end of the file where a value is expected");
  EXPECT_EQ(last("{\"zone"), "a text without its closing quote");
  EXPECT_EQ(last("{\"zone\": {\"a\": {\"name\": \"x\ny\"}}}"), "a text without its closing quote");
  EXPECT_EQ(last("{} {}"), "'{' behind the end of the document");
  EXPECT_EQ(last("{\"zone\": {\"a\": {\"name\": \"x\\"), "the end of the file in a text");
  EXPECT_EQ(last("[1]"), "the file holds a list (it takes a table of tables: {\"system\": {\"dc1\": {}}})");
  EXPECT_EQ(last("7"), "the file holds an integer (it takes a table of tables: {\"system\": {\"dc1\": {}}})");
}

TEST(ReadJson, NumbersAsJsonHasThem) {
  for (const std::string_view number :
       {"01", "-", "1.", ".5", "+1", "0x10", "1e", "1e+", "--1", "1.5.2", "1_000", "Infinity", "NaN"}) {
    const Loaded loaded = read_json("{\"zone\": {\"z\": {\"cost\": " + std::string(number) + "}}}");
    ASSERT_FALSE(loaded.topology) << number;
    EXPECT_EQ(loaded.diagnostics.at(0).code, Code::syntax) << number;
    EXPECT_EQ(loaded.diagnostics.at(0).at.column, 25U) << number;
  }
  for (const auto& [number, value] :
       {std::pair{"0", 0.0}, {"12", 12.0}, {"1.5", 1.5}, {"1e3", 1000.0}, {"2E-2", 0.02}, {"1.25e+1", 12.5}}) {
    const Loaded loaded = read_json("{\"zone\": {\"z\": {\"cost\": " + std::string(number) + "}}}");
    ASSERT_TRUE(loaded.topology) << number << rendered(loaded);
    EXPECT_EQ(loaded.topology->zones.at(0).cost, value);
  }
}

TEST(ReadJson, EscapesOfTexts) {
  const Loaded loaded = read_json(R"({"zone": {"\u0061\ud83d\ude00": {"name": "\"\\\/\b\f\n\r\té\u00E9\u20ac"}}})");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  const Node& zone = loaded.topology->nodes[NodeId(std::size_t{0})];
  EXPECT_EQ(zone.id, "a\xF0\x9F\x98\x80");
  EXPECT_EQ(zone.name, "\"\\/\b\f\n\r\té\xC3\xA9\xE2\x82\xAC");
  EXPECT_EQ(errors(read_json(R"({"zone": {"a\ud800": {"name": "\udc00\ud800\ud800\ud800\u0041"}}})")).size(), 5U);
  EXPECT_EQ(errors(read_json(R"({"zone": {"a\u0000b": {}}})")), (Lines{"1:11 bad-id"}));
}

TEST(ReadJson, ReadsAByteOrderMarkAndNoOtherNoise) {
  EXPECT_TRUE(read_json("\xEF\xBB\xBF{\"zone\": {\"a\": {}}}").topology);
  EXPECT_TRUE(read_json(" {}\r\n\t").topology);
  EXPECT_EQ(errors(read_json("")), (Lines{"1:1 no-input"}));
  EXPECT_EQ(errors(read_json(" \r\n\t")), (Lines{"1:1 no-input"}));
  EXPECT_EQ(errors(read_json("\n{\"zone\": {\"a\xFF\": {}}}")), (Lines{"2:13 not-utf8"}));
  EXPECT_EQ(errors(read_json("{\"zone\": {\"a\xED\xA0\x80\": {}}}")), (Lines{"1:13 not-utf8"}));
  EXPECT_EQ(errors(read_json(std::string_view("{}\0", 3))), (Lines{"1:3 syntax"}));
}

TEST(ReadJson, RefusesWhatIsTooDeep) {
  EXPECT_EQ(errors(read_json(repeat("[", 1000000))), (Lines{"1:1 wrong-type", "1:101 too-large"}));
  EXPECT_EQ(errors(read_json(repeat("{\"zone\":", 1000000))).back(), "1:801 too-large");
  const std::string needs = repeat("[{\"any\":", 100000) + "[\"s\"]" + repeat("}]", 100000);
  const Loaded loaded = read_json("{\"system\": {\"s\": {\"needs\": " + needs + "}}}");
  ASSERT_EQ(errors(loaded).size(), 1U) << rendered(loaded);
  EXPECT_EQ(loaded.diagnostics[0].code, Code::too_large);
  EXPECT_TRUE(read_json("{\"topology\": {\"meta\": " + repeat("{\"a\":", 98) + "1" + repeat("}", 98) + "}}").topology);
  EXPECT_FALSE(read_json("{\"topology\": {\"meta\": " + repeat("{\"a\":", 99) + "1" + repeat("}", 99) + "}}").topology);
}

TEST(ReadJson, StoppedEarlyItDoesNotMissWhatItDidNotRead) {
  // b is behind the fault, which lies in c.
  const Loaded loaded = read_json(R"({"system": {"a": {"needs": ["b", "c", "zz"]}, "c": {"kind": }, "b": {}}})");
  EXPECT_EQ(errors(loaded), (Lines{"1:39 unknown-id", "1:61 syntax"})) << rendered(loaded);
}

TEST(ReadJson, GarbageIsRefusedQuickly) {
  const std::clock_t start = std::clock();
  EXPECT_FALSE(read_json("{\"a\":\"" + repeat("\\ud800", 10'000'000)).topology);
  EXPECT_FALSE(read_json("{" + repeat("\"a\":1,", 10'000'000)).topology);
  EXPECT_FALSE(read_json("{\"a\":" + std::string(100'000'000, '9') + "}").topology);
  EXPECT_FALSE(read_json(std::string(100'000'000, '\x01')).topology);
  EXPECT_LT((std::clock() - start) / CLOCKS_PER_SEC, 30) << "seconds of processor time";
}

TEST(ReadJson, AMillionMembersOfMetaAreCheckedForDuplicates) {
  std::string text = "{\"topology\": {\"meta\": {";
  for (int i = 0; i < 300000; ++i) text += "\"k" + std::to_string(i) + "\":1,";
  const Loaded loaded = read_json(text + "\"k77\":2}}}");
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  EXPECT_EQ(loaded.diagnostics[0].code, Code::duplicate_key);
  EXPECT_EQ(loaded.diagnostics[0].at.column, text.size() + 1);
}

}  // namespace
}  // namespace firebreak
