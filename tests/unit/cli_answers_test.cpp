#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "firebreak/report.h"

#include "tests/unit/cli_support.h"

// Answers of whole commands: what each must carry. That all of them keep to their schemas is the matter of
// tests/schema.

namespace firebreak::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json schema(const std::string& name) {
  return json::parse(*json_schema(name));
}

class Answers : public testing::Test {
 protected:
  /// The JSON of a question.
  json ask(std::vector<std::string> words) {
    const std::string command = words.front();
    words.insert(words.end(), {"--format", "json"});
    const Outcome outcome = call(words);
    EXPECT_THAT(outcome.code, testing::AnyOf(0, 1)) << outcome.err;
    if (outcome.out.empty()) return {};
    const json document = json::parse(outcome.out);
    EXPECT_EQ(outcome.out.find("{\n  \"schema\": \"firebreak/" + command + "/1\","), 0U);
    return document;
  }

  Folder folder;
  std::string shop = folder.write("shop.toml", kShop);
};

TEST_F(Answers, ImpactCarriesWhatItMust) {
  const json answer = ask({"impact", shop, "--off", "db"});
  EXPECT_EQ(answer["weight_lost"], 1200);
  ASSERT_EQ(answer["nodes"].size(), 4U);
  EXPECT_EQ(answer["nodes"][0]["id"], "db");
  EXPECT_EQ(answer["nodes"][0]["state"], "off");
  EXPECT_EQ(answer["nodes"][0]["because"][0]["why"], "off");
  EXPECT_EQ(answer["nodes"][1]["id"], "web");
  EXPECT_EQ(answer["nodes"][1]["after_s"], 3600);
  EXPECT_EQ(answer["nodes"][2]["because"].size(), 2U);
  EXPECT_EQ(answer["nodes"][2]["because"][0]["id"], "web");
  EXPECT_EQ(answer["nodes"][2]["because"][1]["id"], "db");
  EXPECT_EQ(answer["nodes"][2]["because"][1]["state"], "off");
  EXPECT_EQ(answer["nodes"][2]["because"][1]["at"], shop + ":15:17");
  EXPECT_EQ(answer["services"][0]["state"], "fails");
  EXPECT_EQ(answer["customers"][0]["state"], "fails");
  EXPECT_EQ(answer["call"][0]["phone"], "0142");
}

TEST_F(Answers, AtShowsTheStatesAsTheyAreThen) {
  const json answer = ask({"impact", shop, "--off", "db", "--at", "30m"});
  EXPECT_EQ(answer["at_s"], 1800);
  EXPECT_EQ(answer["services"][0]["state"], "works");
  EXPECT_TRUE(answer["services"][0]["after_s"].is_null());
  EXPECT_EQ(answer["weight_lost"], 0);
}

TEST_F(Answers, BlastCarriesWhatItMust) {
  const json answer = ask({"blast", shop, "--compromised", "pc"});
  ASSERT_EQ(answer["reached"].size(), 3U);
  EXPECT_EQ(answer["reached"][0]["how"], "start");
  EXPECT_EQ(answer["reached"][1]["how"], "flow");
  EXPECT_EQ(answer["reached"][1]["from"], "pc");
  EXPECT_EQ(answer["reached"][1]["step"], 1);
  EXPECT_THAT(answer["reached"][1]["text"].get<std::string>(), HasSubstr("rule R1 of policy fw"));
  EXPECT_EQ(answer["unreached"], 0);
  EXPECT_EQ(answer["services_at_risk"][0]["id"], "shop");
  EXPECT_FALSE(answer.contains("rank"));
  EXPECT_FALSE(answer.contains("reachable_from"));
}

TEST_F(Answers, BlastToAndRankAreThereWhenAsked) {
  const json answer = ask({"blast", shop, "--to", "db", "--rank"});
  EXPECT_EQ(answer["reachable_from"][0]["id"], "pc");
  EXPECT_EQ(answer["reachable_from"][0]["step"], 1);
  EXPECT_EQ(answer["rank"][0]["id"], "pc");
  EXPECT_EQ(answer["rank"][0]["reaches"], 3);
  EXPECT_EQ(answer["rank"].size(), 3U);
}

TEST_F(Answers, ExplainOfAFlowNamesTheRule) {
  const json yes = ask({"explain", shop, "pc", "db", "tcp/5432"});
  EXPECT_EQ(yes["permitted"], true);
  EXPECT_EQ(yes["verdicts"][0]["policy"], "fw");
  EXPECT_EQ(yes["verdicts"][0]["rule"], "R1");
  EXPECT_EQ(yes["verdicts"][0]["action"], "allow");
  EXPECT_EQ(yes["verdicts"][0]["at"], shop + ":22:1");
  EXPECT_EQ(yes["verdicts"][0]["text"], "policy fw allows it by rule R1 (shop.toml:22)");
  EXPECT_EQ(yes["path"].size(), 2U);
  EXPECT_EQ(yes["takeover"], true);
  const json no = ask({"explain", shop, "pc", "db", "tcp/22"});
  EXPECT_EQ(no["permitted"], false);
  EXPECT_TRUE(no["verdicts"][0]["rule"].is_null());
  EXPECT_EQ(no["verdicts"][0]["action"], "deny");
}

TEST_F(Answers, ExplainOfAStateNamesWhatToBringBack) {
  const json answer = ask({"explain", shop, "shop", "--off", "db,pc"});
  EXPECT_EQ(answer["state"], "fails");
  EXPECT_EQ(answer["after_s"], 3600);
  EXPECT_EQ(answer["fixes"], json::parse(R"([["db"]])"));
  EXPECT_EQ(answer["undo"], json::parse(R"([[{"action": "off", "what": "db"}]])"));
}

TEST_F(Answers, CheckCarriesWhatItMust) {
  const json answer = ask({"check", shop});
  EXPECT_EQ(answer["requires"][0]["id"], "pc-stays-out");
  EXPECT_EQ(answer["requires"][0]["holds"], false);
  EXPECT_EQ(answer["requires"][0]["witness"]["path"], json::parse(R"(["pc", "db"])"));
  EXPECT_EQ(answer["scenarios"][0]["passed"], true);
  bool told = false;
  for (const json& diagnostic : answer["diagnostics"]) told |= diagnostic["code"] == "require-broken";
  EXPECT_TRUE(told);
}

TEST_F(Answers, SchemasArePublishedAsTheyAre) {
  for (const std::string name :
       {"impact", "blast", "explain", "check", "policy", "diff", "weak", "contain", "restore", "topology"}) {
    std::ifstream in(std::string(FIREBREAK_SOURCE_DIR) + "/report/schemas/" + name + ".schema.json");
    std::ostringstream published;
    published << in.rdbuf();
    EXPECT_EQ(published.str(), *json_schema(name))
        << "firebreak schema " << name << " -o report/schemas/" << name << ".schema.json";
  }
}

TEST_F(Answers, AChainOfAnyLengthIsExplainedInFewLines) {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text += "[system.s" + std::to_string(i) + "]\n";
    if (i > 0) text += "needs = [\"s" + std::to_string(i - 1) + "\"]\n";
  }
  text += "[service.last]\nneeds = [\"s4999\"]\n";
  const std::string file = folder.write("long.toml", text);
  const json answer = ask({"impact", file, "--off", "s0"});
  const json& last = answer["nodes"].back();
  EXPECT_EQ(last["id"], "last");
  EXPECT_EQ(last["because"].size() + last["because_left_out"].get<std::size_t>(), 5000U);
  EXPECT_EQ(last["because"].back()["id"], "s0");
  EXPECT_THAT(call({"impact", file, "--off", "s0"}).out, HasSubstr("more steps"));
}

TEST_F(Answers, TablesNameEveryFieldOfTheSchema) {
  for (const std::string name : {"impact", "blast", "explain", "check"}) {
    const std::optional<std::string> table = field_table(name);
    ASSERT_TRUE(table);
    const json described = schema(name);
    const json& forms = described.contains("oneOf") ? described["oneOf"] : json::array({described});
    for (const json& form : forms) {
      for (const auto& [field, ignored] : form["properties"].items())
        EXPECT_THAT(*table, HasSubstr("| `" + field + "` |"));
    }
  }
}

}  // namespace
}  // namespace firebreak::cli
