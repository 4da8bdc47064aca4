#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/ci_formats.h"

namespace firebreak::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Junit, CountsTestsFailuresAndSkippedOnes) {
  const std::string xml =
      to_junit("check", {{"requires", {{"one"}, {"two", "it broke"}, {"three", {}, "not decided"}}}});
  EXPECT_THAT(xml, HasSubstr("tests=\"3\""));
  EXPECT_THAT(xml, HasSubstr("failures=\"1\""));
  EXPECT_THAT(xml, HasSubstr("skipped=\"1\""));
  EXPECT_THAT(xml, HasSubstr("it broke"));
  EXPECT_THAT(xml, HasSubstr("not decided"));
}

TEST(Junit, EscapesWhatNamesHold) {
  const std::string xml = to_junit("check", {{"s", {{"<b>&\"", "]]><x/>", {}, {}}}}});
  EXPECT_THAT(xml, Not(HasSubstr("<b>")));
  EXPECT_THAT(xml, Not(HasSubstr("<x/>")));
}

TEST(GithubCommand, SaysWhere) {
  EXPECT_EQ(github_command("error", {"net.toml", 3, 7}, "rule", "it opens"),
            "::error file=net.toml,line=3,col=7,title=rule::it opens\n");
}

TEST(GithubCommand, HasNoPlaceWhereThereIsNone) {
  const std::string line = github_command("notice", {}, "flow", "it closes");
  EXPECT_THAT(line, Not(HasSubstr("file=")));
  EXPECT_THAT(line, Not(HasSubstr("line=")));
}

TEST(GithubCommand, IsOneLineWhateverTheMessageHolds) {
  const std::string line = github_command("warning", {"a,b:c.toml", 1, 1}, "t:x,y", "50%\n::error::no\r");
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(line.find('\r'), std::string::npos);
  EXPECT_THAT(line, HasSubstr("file=a%2Cb%3Ac.toml"));
  EXPECT_THAT(line, HasSubstr("50%25%0A"));
}

}  // namespace
}  // namespace firebreak::report
