#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "firebreak/check.h"
#include "firebreak/diff.h"

#include "report/diff_answer.h"
#include "tests/unit/report_draw_support.h"

// report/diff_*.

namespace firebreak::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Everything that `diff` answers of two topologies.
class Answer {
 public:
  Answer(const std::string& was, const std::string& is)
      : before_(was),
        after_(is),
        match_(match(before_.topology(), after_.topology())),
        flows_(flow_changes(versions())),
        reach_(reach_changes(versions())),
        survival_(survival_changes(versions())),
        states_(state_changes(versions())),
        denied_(denied_changes(versions())),
        requires_before_(judged(before_)),
        requires_after_(judged(after_)),
        scenarios_(scenario_changes(versions(), shared_scenarios(before_.topology(), after_.topology()))),
        things_(thing_changes(before_.topology(), after_.topology())) {}

  [[nodiscard]] DiffReport report() const {
    return {subject_before_, subject_after_, match_,           flows_,          reach_,     survival_,
            states_,         denied_,        requires_before_, requires_after_, scenarios_, things_};
  }
  [[nodiscard]] DiffView view() const { return make_view(report()); }
  [[nodiscard]] std::string shown(Format format, std::size_t most = 0) const {
    return *present(report(), format, {.most = most});
  }

 private:
  [[nodiscard]] static std::vector<RequireVerdict> judged(const Case& of) {
    std::vector<RequireVerdict> verdicts;
    for (const Require& require : of.topology().requires_all) {
      verdicts.push_back(judge(of.graph(), resolve(of.topology(), require)));
    }
    return verdicts;
  }
  [[nodiscard]] Versions versions() const { return {before_.graph(), after_.graph(), match_}; }

  Case before_;
  Case after_;
  Subject subject_before_ = before_.subject();
  Subject subject_after_ = after_.subject();
  Match match_;
  FlowChanges flows_;
  ReachChanges reach_;
  std::vector<SurvivalChange> survival_;
  std::vector<StateChange> states_;
  DeniedChanges denied_;
  std::vector<RequireVerdict> requires_before_;
  std::vector<RequireVerdict> requires_after_;
  std::vector<ScenarioChange> scenarios_;
  std::vector<ThingChange> things_;
};

std::vector<std::string> leads(const std::vector<FindingView>& findings) {
  std::vector<std::string> all;
  for (const FindingView& finding : findings) all.push_back(finding.lead);
  return all;
}

constexpr auto kOffice =
    "[zone.office]\n[zone.servers]\n[system.pc]\nzone = 'office'\n[system.db]\nzone = 'servers'\n"
    "[system.spare]\nzone = 'servers'\n"
    "[require.closed]\nnever_reaches = { from = ['office'], to = ['servers'] }\n";
constexpr auto kClosed = "[policy.fw]\n";
constexpr auto kOpened =
    "[policy.fw]\n[[policy.fw.rule]]\nname = 'R1'\nallow = ['tcp/22']\nfrom = ['office']\nto = ['db']\n";

std::string office(std::string_view more) {
  return std::string(kOffice) + std::string(more);
}

TEST(DiffFindings, BeginWithBrokenRequires) {
  const DiffView view = Answer(office(kClosed), office(kOpened)).view();
  ASSERT_FALSE(view.worse.empty());
  EXPECT_EQ(view.worse.front().what, Topic::require);
  EXPECT_THAT(view.worse.front().text, StartsWith("require closed is broken now: pc"));
  EXPECT_THAT(view.head.summary, StartsWith("The change breaks closed"));
  EXPECT_THAT(view.next, HasSubstr("check"));
}

TEST(DiffFindings, AreBetterTheOtherWayRound) {
  const DiffView view = Answer(office(kOpened), office(kClosed)).view();
  EXPECT_TRUE(view.worse.empty());
  EXPECT_THAT(leads(view.better), testing::Contains("require closed holds now"));
}

TEST(DiffFindings, PutServicesTogetherThatTheSameLossTakesDown) {
  const std::string both =
      "[service.mail]\nneeds = [{ any = ['db', 'spare'] }]\n[service.web]\nneeds = [{ any = ['db', 'spare'] }]\n";
  const std::string one = "[service.mail]\nneeds = ['db']\n[service.web]\nneeds = ['db']\n";
  EXPECT_THAT(leads(Answer(office(both), office(one)).view().worse),
              ElementsAre("mail and web no longer survive the loss of db alone"));
}

TEST(DiffFindings, SayWhichNeedIsDeniedAndByWhat) {
  const std::string service = "[service.s]\nneeds = [{ on = 'db', port = 'tcp/22', from = 'office' }]\n";
  const DiffView view = Answer(office(kOpened + service), office(kClosed + service)).view();
  EXPECT_THAT(leads(view.worse), testing::Contains("s needs db on tcp/22 and is denied it now"));
  ASSERT_EQ(view.states.size(), 1U);
  EXPECT_THAT(view.states.front().text, StartsWith(view.states.front().lead + ": it "));
}

TEST(DiffFlows, NameTheRuleAndItsLine) {
  const DiffView view = Answer(office(kClosed), office(kOpened)).view();
  ASSERT_EQ(view.flows.size(), 1U);
  EXPECT_EQ(view.flows.front().lead, "office -> db on tcp/22");
  ASSERT_EQ(view.flows.front().because.size(), 1U);
  EXPECT_EQ(view.flows.front().because.front().rule, "R1");
  EXPECT_THAT(view.flows.front().because.front().at, HasSubstr(":12:"));
}

TEST(DiffDocument, ShowsAsMuchAsAskedForAndSaysHowMuchIsLeftOut) {
  std::string more;
  for (int i = 0; i < 4; ++i) more += "[site.s" + std::to_string(i) + "]\n";
  const Answer answer(office(kClosed), office(kClosed + more));
  EXPECT_THAT(answer.shown(Format::text, 2), HasSubstr("… 2 more"));
  EXPECT_THAT(answer.shown(Format::text), HasSubstr("site s3 is new"));
}

TEST(DiffDocument, OfNothingSaysSo) {
  const Answer answer(office(kClosed), office(kClosed));
  EXPECT_EQ(answer.view().head.summary, "Nothing changes.");
  EXPECT_EQ(answer.view().next, "");
  EXPECT_FALSE(verdict(answer.report()).any);
}

TEST(DiffFormats, PutAnnotationsAtTheRule) {
  EXPECT_THAT(Answer(office(kClosed), office(kOpened)).shown(Format::github),
              HasSubstr("file=t.toml,line=12,col=1,title=flow opened"));
}

TEST(DiffFormats, LetNoCellBeAFormula) {
  const std::string evil =
      "[policy.fw]\n[[policy.fw.rule]]\nname = '=1+1'\nallow = ['tcp/22']\nfrom = ['office']\nto = ['db']\n";
  const std::string csv = Answer(office(kClosed), office(evil)).shown(Format::csv);
  EXPECT_THAT(csv, Not(HasSubstr(",=")));
  EXPECT_THAT(csv, Not(HasSubstr("\n=")));
}

TEST(DiffFormats, FailACaseOfWhatGetsWorse) {
  const std::string xml = Answer(office(kClosed), office(kOpened)).shown(Format::junit);
  EXPECT_THAT(xml, HasSubstr("<failure message=\"require closed is broken now"));
}

}  // namespace
}  // namespace firebreak::report
