#include <ctime>
#include <gtest/gtest.h>

#include "firebreak/load.h"

#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;

TEST(ReadToml, TakesEveryKeyOfTheFormat) {
  const Loaded loaded = read_toml(everything());
  EXPECT_EQ(rendered(loaded), "");
  ASSERT_TRUE(loaded.topology);
  const Topology& t = *loaded.topology;
  EXPECT_EQ(t.name, "All of it");
  const System& dc = t.system(t.find("dc"));
  EXPECT_EQ(dc.effort, 7200);
  EXPECT_EQ(dc.cost, 1.5);
  EXPECT_TRUE(dc.critical);
  EXPECT_EQ(t.contact(dc.node).isolate_how, "port 7");
  EXPECT_EQ(t.system(t.find("hardened")).effort, kNever);
  EXPECT_TRUE(t.system(t.find("hardened")).has_managed_by);
  EXPECT_EQ(t.service(t.find("phone")).rto, 0);
  EXPECT_EQ(t.pivots.size(), 2U);
  EXPECT_EQ(t.requires_all.size(), 6U);
  EXPECT_EQ(t.other_meta.at("policy.fw").members.at(0).second.text, "v7");
  const MetaValue& meta = t.node_meta.at(dc.node);
  EXPECT_EQ(meta.members.at(1).first, "odd key") << "members of meta keep their order";
  EXPECT_EQ(meta.members.at(2).second.text, "2020-02-29T12:00:00.5+01:00");
}

TEST(ReadToml, NodesComeInSourceOrderOverAllKinds) {
  const Loaded loaded =
      read_toml("[service.z]\n[system.b]\n[zone.c]\n[system.a]\n[link.l]\nbetween = [\"c\", \"d\"]\n[zone.d]\n");
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  Lines ids;
  for (const Node& node : loaded.topology->nodes) ids.emplace_back(node.id);
  EXPECT_EQ(ids, (Lines{"z", "b", "c", "a", "l", "d"}));
}

TEST(ReadToml, AllWaysOfWritingATableMeanTheSame) {
  const std::string expected = write_toml(*read_toml("[zone.a]\n[system.b]\nzone = \"a\"\ntags = [\"x\"]\n").topology);
  for (const std::string_view text :
       {"zone.a = {}\nsystem.b.zone = \"a\"\nsystem.b.tags = [\"x\"]\n",
        "zone = { a = {} }\nsystem = { b = { zone = 'a', tags = ['x'] } }\n",
        "[zone]\na = {}\n[system]\nb.zone = \"\"\"a\"\"\"\nb.tags = [\n\"x\", # y\n]\n",
        "\"zone\".'a' = {}\r\n[ system . \"\\u0062\" ]\r\nzone = \"a\"\r\ntags = [\"x\"]\r\n",
        "\xEF\xBB\xBF[zone.a]\n[system.b]\nzone = \"a\"\ntags = [\"x\"]"}) {
    const Loaded loaded = read_toml(text);
    ASSERT_TRUE(loaded.topology) << rendered(loaded) << text;
    EXPECT_EQ(write_toml(*loaded.topology), expected) << text;
  }
}

TEST(ReadToml, PlacesAreLinesAndCodePoints) {
  const Loaded loaded = read_toml(
      "# \xC3\xA9\n"
      "[system.\"\xC3\xA9\xC3\xA9\"]\n"
      "name = \"\xF0\x9F\x98\x80\"\n"
      "\tzone = \"nowhere\"\n"
      "needs = [\"\xC3\xA9\xC3\xA9\", { on = \"gone\" },\n"
      "  \"lost\"]\n"
      "exposes = [\"tcp/1\", \"tcp/x\"]\n");
  EXPECT_EQ(errors(loaded), (Lines{"4:9 unknown-id", "5:23 unknown-id", "6:3 unknown-id", "7:21 bad-port"}));
}

TEST(ReadToml, SyntaxAndOtherFaultsComeInOneRun) {
  const Loaded loaded = read_toml(R"([topology]
format = 2
nam = "x"

[system.a]
zone = "dmz
critical = yes
tags = "x"
effort = 5m

[system.b
zone = "nowhere"

[system.c]
needs = ["a", "b", "zz"
zone = "office"
exposes = [443]
site = "gone"

[zone.office]
cidr = ["10.0.0.0/8"]
cidr = ["10.0.0.0/9"]

[zone.dmz]
[system.c]
zone = "dmz"

[link.x]
name = 'unclosed

[link.y]
)");
  EXPECT_EQ(errors(loaded),
            (Lines{"2:10 format-version", "3:1 unknown-key", "6:8 syntax", "7:12 syntax", "8:8 wrong-type",
                   "9:11 syntax", "11:10 syntax", "15:9 syntax", "17:12 wrong-type", "18:8 unknown-id",
                   "22:1 duplicate-key", "25:9 duplicate-id", "29:8 syntax", "31:7 missing-key"}))
      << rendered(loaded);
}

TEST(ReadToml, SyntaxFaultsSayWhatToDo) {
  const auto only = [](std::string_view text) {
    const Lines lines = messages(read_toml(text));
    return lines.size() == 1 ? lines[0] : "not one message but " + std::to_string(lines.size());
  };
  EXPECT_EQ(only("[system.a]\nzone = servers\n"),
            "'servers' is no TOML value (texts stand in quotes; yes and no are written true and false)");
  EXPECT_EQ(only("[system.a]\nzone = \"x\n"), "a text without its closing quote");
  EXPECT_EQ(only("[system.a]\nname = \"\"\"x\n\n"), "a text without its closing quote");
  EXPECT_EQ(only("[system.a]\nneeds = [\n\"a\",\n"), "'[' without its ']'");
  EXPECT_EQ(only("[system.a]\n[system.a]\n"), "'a' is already a system (ids share one namespace over all kinds)");
  EXPECT_EQ(only("[system.a]\nkind = \"x\"\nkind = \"y\"\n"), "'kind' is given twice (keep one of them)");
  EXPECT_EQ(only("[system.a]\neffort = 5m\n"),
            "broken decimal integer: expected digit, saw 'm' (durations and other texts stand in quotes)");
  EXPECT_EQ(only("[system.a]\nmeta = { a = 1,\n b = 2 }\n"),
            "broken inline table: expected key or closing '}', saw '\\n' (a table in braces stands on one line, "
            "without a comma at its end)");
  EXPECT_EQ(only("[system.a]\nname = \"C:\\dir\"\n"),
            "broken string: unknown escape sequence '\\d' (a backslash itself is written \\\\)");
}

TEST(ReadToml, ADuplicateShowsBothPlaces) {
  const Loaded loaded = read_toml("[zone.b]\n\n[zone.\"b\"]\n[system.s]\nkind = \"x\"\n'kind' = \"y\"\n");
  ASSERT_EQ(errors(loaded), (Lines{"3:7 duplicate-id", "6:1 duplicate-key"}));
  EXPECT_EQ(loaded.diagnostics[0].related.at(0).at.line, 1U);
  EXPECT_EQ(loaded.diagnostics[0].related.at(0).at.column, 7U);
  EXPECT_EQ(loaded.diagnostics[1].related.at(0).at.line, 5U);
}

TEST(ReadToml, WhatABrokenPlaceMayDefineIsNotMissed) {
  // The lost header may define b, the lost key may be what the link lies between; c is missed wherever it stands.
  const Loaded loaded = read_toml(
      "[system.a]\nneeds = [\"b\", \"c\"]\n[system.b\n[zone.z]\n[link.l]\nbetween = [\"z\", z]\n[require.r]\nsurvives "
      "= x\n");
  EXPECT_EQ(errors(loaded), (Lines{"2:15 unknown-id", "3:10 syntax", "6:17 syntax", "8:12 syntax"}))
      << rendered(loaded);
}

TEST(ReadToml, AListLeftOpenCostsOnlyItself) {
  const Loaded loaded = read_toml(
      "[system.a]\nneeds = [\"a\",\n  [1],\nzone = \"nowhere\"\n[system.b]\ntags = [\n[system.c]\nsite = "
      "\"gone\"\n[system.d]\nneeds = [{ any = [\n");
  EXPECT_EQ(errors(loaded), (Lines{"2:9 syntax", "4:8 unknown-id", "6:8 syntax", "8:8 unknown-id", "10:9 syntax"}))
      << rendered(loaded);
}

TEST(ReadToml, ControlCharactersInCommentsAreFaultsOfTheirOwn) {
  const Loaded loaded = read_toml("# \x01\n[system.a]\nzone = \"x\" # \x02\nsite = \"y\"\n");
  EXPECT_EQ(errors(loaded), (Lines{"1:3 syntax", "3:14 syntax", "4:8 unknown-id"})) << rendered(loaded);
}

TEST(ReadToml, TextThatIsNoTomlIsGivenUpSoon) {
  const Loaded yaml = read_toml("zones:\n  - name: a\n  - name: b\nsystems:\n  - a\n  - b\n  - c\n");
  EXPECT_EQ(errors(yaml).size(), 5U) << rendered(yaml);
  EXPECT_NE(messages(yaml).back().find("is this TOML?"), std::string::npos);
  const Loaded many = read_toml(repeat("[zone.a]\nx = y\ncost = 1\n", 100));
  EXPECT_LE(errors(many).size(), 20U);
}

TEST(ReadToml, RefusesWhatIsTooDeep) {
  EXPECT_EQ(errors(read_toml("x = " + repeat("[", 1000000))), (Lines{"1:261 too-large"}));
  EXPECT_EQ(errors(read_toml(repeat("[", 1000000))), (Lines{"1:3 syntax"}));
  EXPECT_EQ(errors(read_toml("a" + repeat(".a", 1000000) + " = 1\n")), (Lines{"1:32 too-large"}));
  EXPECT_EQ(errors(read_toml("[" + repeat("a.", 1000000) + "a]\nx = 1\n[zone.z]\ncost = -1\n")),
            (Lines{"1:33 too-large", "4:8 bad-number"}));
  EXPECT_EQ(errors(read_toml("[zone.z]\nmeta = { " + repeat("a . ", 40) + "b = 1 }\n")), (Lines{"2:72 too-large"}));
  EXPECT_EQ(errors(read_toml("[system.s]\nneeds = " + repeat("[{ any = ", 100000) + "[\"s\"]" + repeat("}]", 100000))),
            (Lines{"2:1161 too-large"}));
  // Deeper than the decoder goes, but not too deep for the parser.
  const std::string deep = "[system.s]\nneeds = " + repeat("[{ any = ", 60) + "[\"s\"]" + repeat("}]", 60) + "\n";
  const Loaded loaded = read_toml(deep);
  ASSERT_EQ(errors(loaded).size(), 1U) << rendered(loaded);
  EXPECT_EQ(loaded.diagnostics[0].code, Code::too_large);
  EXPECT_TRUE(read_toml("[topology]\nmeta = " + repeat("{ a = ", 90) + "1" + repeat(" }", 90) + "\n").topology);
}

TEST(ReadToml, RefusesWhatIsTooLong) {
  const std::string text((std::size_t{1} << 20U) + 1, 'x');
  EXPECT_EQ(errors(read_toml("[zone.a]\nname = \"" + text + "\"\ncost = -1\n")),
            (Lines{"2:8 too-large", "3:8 bad-number"}));
  EXPECT_EQ(errors(read_toml(text)), (Lines{"1:1 too-large"}));
  EXPECT_TRUE(read_toml("[zone.a]\nname = \"" + std::string(1000000, 'x') + "\"\n").topology);
}

TEST(ReadToml, GarbageIsRefusedQuickly) {
  const std::clock_t start = std::clock();
  EXPECT_FALSE(read_toml(std::string(100'000'000, 'x')).topology);
  EXPECT_FALSE(read_toml(std::string(20'000'000, '[')).topology);
  EXPECT_FALSE(read_toml(repeat("]\"=[{\n#,", 2'500'000)).topology);
  EXPECT_FALSE(read_toml(std::string(20'000'000, '\0')).topology);
  EXPECT_LT((std::clock() - start) / CLOCKS_PER_SEC, 30) << "seconds of processor time";
}

TEST(ReadToml, NumbersAndDatesOutOfRange) {
  EXPECT_EQ(errors(read_toml("[zone.z]\ncost = 99999999999999999999\n")), (Lines{"2:28 syntax"}));
  EXPECT_EQ(errors(read_toml("[zone.z]\ncost = 1e999\n")), (Lines{"2:13 syntax"}));
  EXPECT_EQ(errors(read_toml("[zone.z]\ncost = inf\n")), (Lines{"2:8 bad-number"}));
  EXPECT_EQ(errors(read_toml("[zone.z]\ncost = nan\n")), (Lines{"2:8 bad-number"}));
  EXPECT_EQ(errors(read_toml("[zone.z]\nmeta.x = 2021-02-29\n")), (Lines{"2:20 syntax"}));
  EXPECT_EQ(errors(read_toml("[zone.z]\nname = 2020-02-29\n")), (Lines{"2:8 wrong-type"}));
  const Loaded odd = read_toml("[zone.z]\nmeta = { a = 0x7fffffffffffffff, b = 0b1, c = +inf, d = 1_000 }\n");
  ASSERT_TRUE(odd.topology) << rendered(odd);
}

TEST(ReadToml, ControlCharactersOfNamesDoNotReachTheTerminal) {
  const Loaded loaded =
      read_toml("[zone.\"a\\u001b[31m\"]\n[\"\\u001b]0;x\\u0007\"]\n[system.s]\nzone = \"\\u202Egone\"\n");
  EXPECT_FALSE(loaded.topology);
  for (const char c : rendered(loaded)) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_EQ(rendered(loaded).find("\xE2\x80\xAE"), std::string::npos);
}

TEST(ReadToml, TooManyFaultsOfOneFileAreCounted) {
  std::string text = "[system.s]\n";
  for (int i = 0; i < 5000; ++i) text += "k" + std::to_string(i) + " = 1\n";
  const Loaded shape = read_toml(text);
  EXPECT_EQ(shape.diagnostics.size(), 1001U);
  EXPECT_EQ(messages(shape).back(), "the file has more than 1000 errors; the others are not shown");
  const Loaded builder = read_toml(repeat("[[pivot]]\n", 5000));
  EXPECT_EQ(builder.diagnostics.size(), 1001U);
}

}  // namespace
}  // namespace firebreak
