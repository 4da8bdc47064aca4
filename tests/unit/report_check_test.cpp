#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cli_support.h"

// report/check_view.cpp, check_document.cpp, check_formats.cpp and blast_view.cpp, blast_document.cpp: what is said of
// verdicts and of a spread, in each format.

namespace firebreak::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Verdicts : public testing::Test {
 protected:
  [[nodiscard]] std::string say(std::vector<std::string> words, int code) const {
    const Outcome outcome = run(words, {});
    EXPECT_EQ(outcome.code, code) << outcome.err;
    return outcome.out;
  }

  Folder folder;
  const std::string file = folder.write("t.toml",
                                        "[system.a]\nzone = 'z'\ncritical = true\n[system.b]\nzone = 'z'\n[zone.z]\n"
                                        "[service.v]\nneeds = ['a']\n"
                                        "[require.'<r>']\nnever_reaches = { from = ['b'], to = ['a'] }\n"
                                        "[require.fine]\nreaches_at_most = { from = ['b'], count = 1 }\n"
                                        "[scenario.s]\noff = ['a']\nexpect = { works = ['v'] }\n");
};

TEST_F(Verdicts, OfCheckAreCountedAndNamed) {
  EXPECT_THAT(say({"check", file}, 1), StartsWith("1 of 2 requires is broken, the scenario comes out otherwise"));
  const std::string csv = say({"check", file, "--format", "csv"}, 1);
  EXPECT_THAT(csv, HasSubstr("require,<r>,broken,"));
  EXPECT_THAT(csv, HasSubstr("require,fine,holds,"));
  EXPECT_THAT(csv, HasSubstr("scenario,s,otherwise,"));
}

TEST_F(Verdicts, OfCheckAreTestsInJunit) {
  const std::string junit = say({"check", file, "--format", "junit"}, 1);
  EXPECT_THAT(junit, HasSubstr("&lt;r&gt;"));
  EXPECT_THAT(junit, testing::Not(HasSubstr("\"<r>\"")));
  EXPECT_THAT(junit, HasSubstr("<failure"));
}

TEST_F(Verdicts, OfCheckPointAtTheirLineOnGithub) {
  EXPECT_THAT(say({"check", file, "--format", "github"}, 1), HasSubstr(",line=9,"));
}

TEST_F(Verdicts, OfBlastSayWhatIsReachedAndLost) {
  const std::string text = say({"blast", file, "--compromised", "b"}, 0);
  EXPECT_THAT(text, StartsWith("b reaches the only other system or identity, the only crown jewel, in at most 1 step; "
                               "losing all of\nit fails the only service."));
  EXPECT_THAT(text, HasSubstr("a is reached in 1 step"));
  EXPECT_THAT(say({"blast", file, "--rank", "--format", "csv"}, 0), HasSubstr("a,system,2"));
}

}  // namespace
}  // namespace firebreak::cli
