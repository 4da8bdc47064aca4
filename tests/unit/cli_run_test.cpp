#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sys/stat.h>

#include "cli/run.h"
#include "tests/unit/cli_support.h"

namespace firebreak::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Command : public testing::Test {
 protected:
  Folder folder;
  std::string shop = folder.write("shop.toml", kShop);
};

TEST_F(Command, WithoutWordsShowsHelpAndFails) {
  EXPECT_EQ(call({}).code, 2);
  EXPECT_THAT(call({}).out, IsEmpty());
  EXPECT_THAT(call({}).err, HasSubstr("usage: firebreak COMMAND"));
}

TEST_F(Command, HelpAndVersionAreAnswers) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"--help"},
                                                                                     {"-h"},
                                                                                     {"help"},
                                                                                     {"--version"},
                                                                                     {"help", "impact"},
                                                                                     {"impact", "--help"},
                                                                                     {"fmt", "-h"},
                                                                                     {"check", "--help"},
                                                                                     {"blast", "--help"},
                                                                                     {"explain", "--help"},
                                                                                     {"merge", "--help"},
                                                                                     {"draw", "--help"},
                                                                                     {"init", "--help"},
                                                                                     {"schema", "--help"}}) {
    const Outcome outcome = call(words);
    EXPECT_EQ(outcome.code, 0) << words.front();
    EXPECT_THAT(outcome.out, Not(IsEmpty()));
    EXPECT_THAT(outcome.err, IsEmpty());
  }
}

TEST_F(Command, WhatIsInterruptedAnswersInPart) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"whatif", shop, "--every", "1"},
                                             {"whatif", shop, "--every", "2"},
                                             {"whatif", shop, folder.at("s.ndjson")}}) {
    folder.write("s.ndjson", "{}\n");
    Interruption interruption;
    Surroundings surroundings;
    surroundings.interruption = &interruption;
    EXPECT_EQ(call(words, surroundings).code, 0);
    EXPECT_TRUE(interruption.heeded) << words.back();
    interruption.asked = true;
    const Outcome outcome = call(words, surroundings);
    EXPECT_EQ(outcome.code, 3) << words.back();
    EXPECT_THAT(outcome.err, HasSubstr("interrupted: the answer is what was found until then"));
  }
}

TEST_F(Command, AStreamFullOfFaultsShowsTheFirstThousand) {
  std::string lines;
  for (int i = 0; i < 100'000; ++i) lines += "{\"off\": [\"nobody\"]}\n";  // more than one piece of it
  const Outcome outcome = call({"whatif", shop, folder.write("faulty.ndjson", lines)});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr("faulty.ndjson:1000:10: error: unknown id 'nobody'"));
  EXPECT_THAT(outcome.err, HasSubstr("the file has more than 1000 errors; the others are not shown"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("faulty.ndjson:1001:")));
}

TEST_F(Command, AStreamFullOfWarningsIsAnsweredAll) {
  std::string lines;
  for (int i = 0; i < 3000; ++i) lines += "{\"off\": [\"10.9.0.0/16\", \"db\"]}\n";
  for (int i = 0; i < 50'000; ++i) lines += "{\"off\": [\"db\"]}\n";  // more than one piece of it
  const std::string file = folder.write("s.ndjson", lines);
  const Outcome outcome = call({"whatif", shop, file});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 53'000);
  EXPECT_THAT(outcome.err, HasSubstr("s.ndjson:1000:10: warning: "));
  EXPECT_THAT(outcome.err, HasSubstr("the file has more than 1000 warnings; the others are not shown"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("s.ndjson:1001:")));

  const Outcome faulty = call({"whatif", shop, folder.write("s.ndjson", lines + "{\"off\": [\"nobody\"]}\n")});
  EXPECT_EQ(faulty.code, 2);
  EXPECT_THAT(faulty.out, IsEmpty());
  EXPECT_THAT(faulty.err, HasSubstr("s.ndjson:53001:10: error: unknown id 'nobody'"));
}

TEST_F(Command, AStreamThatCannotBeWrittenIsNoAnswer) {
  const std::string file = folder.write("s.ndjson", "{}\n");
  Surroundings surroundings;
  surroundings.write = [](std::string_view) { return ENOSPC; };
  const Outcome full = call({"whatif", shop, file}, surroundings);
  EXPECT_EQ(full.code, 2);
  EXPECT_THAT(full.err, HasSubstr("cannot write the answer: No space left on device"));
  surroundings.write = [](std::string_view) { return EPIPE; };
  EXPECT_EQ(call({"whatif", shop, file}, surroundings).code, 0) << "who reads it has seen enough";
}

TEST_F(Command, AStreamThatIsInterruptedAnswersTheScenariosUntilThen) {
  std::string lines;
  for (int i = 0; i < 50'000; ++i) lines += "{\"off\": [\"db\"]}\n";
  const std::string file = folder.write("s.ndjson", lines);
  Interruption interruption;
  Surroundings surroundings;
  surroundings.interruption = &interruption;
  std::string written;
  surroundings.write = [&](std::string_view text) {
    written += text;
    interruption.asked = true;
    return 0;
  };
  EXPECT_EQ(call({"whatif", shop, file}, surroundings).code, 3);
  EXPECT_THAT(written, StartsWith("{\"scenario\": \"line 1\", "));
  EXPECT_TRUE(written.ends_with("}\n")) << "only whole lines";
}

TEST_F(Command, WhatHasNoSearchIsEndedByTheSignalItself) {
  Interruption interruption;
  Surroundings surroundings;
  surroundings.interruption = &interruption;
  EXPECT_EQ(call({"impact", shop, "--off", "db"}, surroundings).code, 0);
  EXPECT_FALSE(interruption.heeded);
}

/// A command line that cannot be answered, and what the program says to it.
struct Wrong {
  std::vector<std::string> words;
  std::string said;
};
void PrintTo(const Wrong& wrong, std::ostream* out) {
  *out << fmt::format("{}", fmt::join(wrong.words, " "));
}
class WrongLine : public Command, public testing::WithParamInterface<Wrong> {};

TEST_P(WrongLine, IsRefusedWithNothingOnStandardOutput) {
  std::vector<std::string> words = GetParam().words;
  for (std::string& word : words) {
    if (word == "SHOP") word = shop;
  }
  const Outcome outcome = call(words);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_THAT(outcome.err, HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongLine,
    testing::Values(Wrong{{"impct"}, "did you mean 'impact'?"}, Wrong{{"impact"}, "no topology is named"},
                    Wrong{{"impact", "--off", "db"}, "no topology is named"},
                    Wrong{{"impact", "SHOP", "--offf", "db"}, "did you mean '--off'?"},
                    Wrong{{"impact", "SHOP", "-off", "db"}, "did you mean '--off'?"},
                    Wrong{{"impact", "SHOP", "--off", "webb"}, "did you mean 'web'?"},
                    Wrong{{"impact", "SHOP", "--off"}, "--off needs a value"},
                    Wrong{{"impact", "SHOP", "--at", "1h", "--at", "2h"}, "--at is given more than once"},
                    Wrong{{"impact", "SHOP", "--all=3"}, "--all takes no value"},
                    Wrong{{"impact", "SHOP", "--hops", "2.5"}, "'2.5' is no whole number"},
                    Wrong{{"explain", "SHOP", "fw"}, "'fw' is a policy"},
                    Wrong{{"impact", "SHOP", "--scenario", "no-bd"}, "did you mean 'no-db'?"},
                    Wrong{{"impact", "SHOP", "--at", "4 hours"}, "'4 hours' is no time"},
                    Wrong{{"impact", "SHOP", "--fail-on", "dead"}, "one of off, fails, degraded, at_risk"},
                    Wrong{{"impact", "SHOP", "--format", "jsn"}, "did you mean 'json'?"},
                    Wrong{{"impact", "SHOP", "--format", "junit"}, "impact has no format 'junit'"},
                    Wrong{{"impact", "SHOP", "-o", "x.unknown"}, "no format goes with the name"},
                    Wrong{{"impact", "SHOP", "--color", "sometimes"}, "auto, always, never"},
                    Wrong{{"impact", "SHOP", "--block", "office > servers"}, "office > servers"},
                    Wrong{{"impact", "nowhere.toml"}, "nowhere.toml"},
                    Wrong{{"blast", "SHOP"}, "nothing is compromised"},
                    Wrong{{"blast", "SHOP", "--to", "shop"}, "cannot be compromised"},
                    Wrong{{"explain", "SHOP"}, "nothing to explain is named"},
                    Wrong{{"explain", "SHOP", "dbb"}, "did you mean 'db'?"},
                    Wrong{{"explain", "SHOP", "pc", "db", "tcp/x"}, "is no port"},
                    Wrong{{"explain", "SHOP", "pc", "db", "tcp/1", "more"}, "one word too many: 'more'"},
                    Wrong{{"explain", "SHOP", "pc", "shop"}, "nothing flows to or from it"},
                    Wrong{{"whatif", "SHOP", "s.ndjson", "--top", "3"}, "go with --every, not with a stream"},
                    Wrong{{"whatif", "SHOP", "s.ndjson", "--time-limit", "1s"}, "go with --every, not with a stream"},
                    Wrong{{"whatif", "-", "-"}, "standard input can be read only once"},
                    Wrong{{"schema", "impct"}, "did you mean 'impact'?"}, Wrong{{"schema"}, "one name is needed"},
                    Wrong{{"fmt"}, "no topology is named"}, Wrong{{"fmt", "SHOP", "--to", "yaml"}, "toml or json"},
                    Wrong{{"fmt", "SHOP", "SHOP", "--write"}, "takes one file"}));

TEST_F(Command, ExitCodesSayWhatTheAnswerIs) {
  EXPECT_EQ(call({"impact", shop, "--off", "db"}).code, 0);
  EXPECT_EQ(call({"impact", shop, "--off", "db", "--fail-on", "fails"}).code, 1);
  EXPECT_EQ(call({"impact", shop, "--off", "db", "--at", "30m", "--fail-on", "fails"}).code, 0);
  EXPECT_EQ(call({"impact", shop, "--off", "pc", "--fail-on", "at_risk"}).code, 0);
  EXPECT_EQ(call({"check", shop}).code, 1);
  EXPECT_EQ(call({"check", folder.write("bad.toml", "[system.a]\nzonne = 1\n")}).code, 2);
  EXPECT_EQ(call({"explain", shop, "shop", "--off", "db", "--fail-on", "degraded"}).code, 1);
}

TEST_F(Command, CheckOfABrokenFileIsStillADocument) {
  const std::string bad = folder.write("bad.toml", "[system.a]\nzonne = 1\n");
  const Outcome json = call({"check", bad, "--format", "json"});
  EXPECT_EQ(json.code, 2);
  const auto document = nlohmann::json::parse(json.out);
  EXPECT_EQ(document["schema"], "firebreak/check/1");
  EXPECT_EQ(document["diagnostics"][0]["code"], "unknown-key");
  EXPECT_EQ(document["diagnostics"][0]["line"], 2);
  EXPECT_THAT(call({"check", bad, "--format", "github"}).out, HasSubstr("::error file="));
  EXPECT_THAT(call({"check", bad, "--format", "junit"}).out, HasSubstr("<failure"));
  const Outcome text = call({"check", bad});
  EXPECT_THAT(text.out, IsEmpty());
  EXPECT_THAT(text.err, HasSubstr("zonne"));
}

TEST_F(Command, ReadsStandardInput) {
  std::string input = kShop;
  Surroundings surroundings;
  surroundings.input = &input;
  const Outcome outcome = call({"impact", "-", "--off", "db"}, surroundings);
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, StartsWith("The only service fails (shop)"));
}

TEST_F(Command, ListsAreCommaSeparatedAndRepeatable) {
  const auto off = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all = {"impact", shop, "--format", "json"};
    all.insert(all.end(), words.begin(), words.end());
    return nlohmann::json::parse(call(all).out)["nodes"];
  };
  EXPECT_EQ(off({"--off", "db,web"}), off({"--off", "db", "--off", "web"}));
  EXPECT_EQ(off({"--off=db,web"}), off({"--off", "web,db"}));
}

TEST_F(Command, TopologiesMayStandAnywhere) {
  EXPECT_EQ(call({"impact", shop, "--off", "db"}).out, call({"impact", "--off", "db", shop}).out);
}

TEST_F(Command, ColoursOnlyTerminals) {
  Surroundings terminal;
  terminal.output_is_terminal = true;
  const std::vector<std::string> question = {"impact", shop, "--off", "db"};
  const auto with = [&](const std::string& option) {
    std::vector<std::string> words = question;
    words.push_back(option);
    return words;
  };
  EXPECT_THAT(call(question).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(call(question, terminal).out, HasSubstr("\x1b"));
  EXPECT_THAT(call(with("--no-color"), terminal).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(call(with("--color=never"), terminal).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(call(with("--color=always")).out, HasSubstr("\x1b"));
  terminal.no_colour = true;
  EXPECT_THAT(call(question, terminal).out, Not(HasSubstr("\x1b")));
}

TEST_F(Command, WritesAFileWholeOrNotAtAll) {
  const Outcome written = call({"impact", shop, "--off", "db", "-o", folder.at("out.json")});
  EXPECT_EQ(written.code, 0);
  EXPECT_THAT(written.out, IsEmpty());
  EXPECT_EQ(nlohmann::json::parse(folder.read("out.json"))["schema"], "firebreak/impact/1");
  EXPECT_EQ(folder.count(), 2U) << "something was left beside the file";
  const Outcome refused = call({"impact", shop, "--off", "db", "-o", folder.at("nowhere/out.json")});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("cannot write"));
  EXPECT_EQ(call({"impact", shop, "--off", "bd", "-o", folder.at("other.json")}).code, 2);
  EXPECT_EQ(folder.count(), 2U);
}

TEST_F(Command, KeepsRightsAndLinksOfAFileItReplaces) {
  const std::string old = folder.write("old.json", "old");
  ::chmod(old.c_str(), 0640);
  std::filesystem::create_symlink("old.json", folder.at("link.json"));
  EXPECT_EQ(call({"impact", shop, "--off", "db", "-o", folder.at("link.json")}).code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(folder.at("link.json")));
  EXPECT_THAT(folder.read("old.json"), HasSubstr("firebreak/impact/1"));
  struct stat now {};
  ::stat(old.c_str(), &now);
  EXPECT_EQ(now.st_mode & 0777U, 0640U);
}

TEST_F(Command, WritesToDevices) {
  EXPECT_EQ(call({"impact", shop, "--off", "db", "--format", "json", "-o", "/dev/null"}).code, 0);
  EXPECT_EQ(call({"impact", shop, "--off", "db", "--format", "json", "-o", "/dev/full"}).code, 2);
}

TEST_F(Command, PutsNoPictureBytesOnATerminal) {
  Surroundings terminal;
  terminal.output_is_terminal = true;
  const Outcome outcome = call({"draw", shop, "--format", "png"}, terminal);
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("-o picture.png"));
}

TEST_F(Command, FormatsAndChecksForm) {
  const Outcome canonical = call({"fmt", shop});
  EXPECT_EQ(canonical.code, 0);
  const std::string tidy = folder.write("tidy.toml", canonical.out);
  EXPECT_EQ(call({"fmt", tidy, "--check"}).code, 0);
  EXPECT_EQ(call({"fmt", shop, "--check"}).code, 1);
  EXPECT_EQ(call({"fmt", shop, "--write"}).code, 0);
  EXPECT_EQ(folder.read("shop.toml"), canonical.out);
  const Outcome json = call({"fmt", shop, "--to", "json"});
  EXPECT_TRUE(nlohmann::json::parse(json.out).contains("system"));
  const std::string as_json = folder.write("shop.json", json.out);
  // What is no TOML file yet gets the table that a TOML file may leave out.
  EXPECT_EQ(call({"fmt", as_json, "--to", "toml"}).out, "[topology]\nformat = 1\n\n" + canonical.out);
}

TEST_F(Command, FormattingKeepsComments) {
  const std::string file =
      folder.write("c.toml", "# head\n\n[system.b]   # one\ntags = [\"x\",\n  # why\n  \"y\"]\n[zone.a]\n");
  EXPECT_EQ(call({"fmt", file, "--write"}).code, 0);
  const std::string tidy = folder.read("c.toml");
  for (const char* comment : {"# head", "# one", "# why"}) EXPECT_THAT(tidy, HasSubstr(comment));
  EXPECT_LT(tidy.find("[zone.a]"), tidy.find("[system.b]"));
  EXPECT_EQ(call({"fmt", file, "--check"}).code, 0);
}

TEST_F(Command, InitWritesATopologyThatPassesCheckAndNeverOverwrites) {
  const std::string file = folder.at("new.toml");
  EXPECT_EQ(call({"init", file}).code, 0);
  const Outcome checked = call({"check", file});
  EXPECT_EQ(checked.code, 0) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("no warnings")) << checked.out;
  const std::string before = folder.read("new.toml");
  EXPECT_EQ(call({"init", file}).code, 2);
  EXPECT_EQ(folder.read("new.toml"), before);
  EXPECT_THAT(call({"init", "-"}).out, HasSubstr("[topology]"));
}

TEST_F(Command, NeverPassesAnEscapeOn) {
  const std::vector<std::vector<std::string>> lines = {
      {"\x1b[2J"},
      {"impact", shop, "--off", "\x1b[2J"},
      {"impact", "\x1b[2J.toml"},
      {"impact", shop, "--\x1b[2J"},
      {"impact", shop, "--format", "\x1b[2J"},
      {"impact", shop, "--scenario", "\x1b[2J"},
      {"impact", shop, "--at", "\x1b[2J"},
      {"explain", shop, "\x1b[2J"},
      {"schema", "\x1b[2J"},
      {"impact", shop, "-o", "\x1b[2J/x.json"},
  };
  for (const std::vector<std::string>& line : lines) {
    const Outcome outcome = call(line);
    EXPECT_EQ(outcome.code, 2);
    EXPECT_THAT(outcome.err, Not(HasSubstr("\x1b")));
    EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
  }
}

TEST_F(Command, SaysTheSameEachTime) {
  for (const char* format : {"text", "json", "csv", "md"}) {
    const std::vector<std::string> line = {"impact", shop, "--off", "db", "--format", format};
    EXPECT_EQ(call(line).out, call(line).out);
  }
}

}  // namespace
}  // namespace firebreak::cli
