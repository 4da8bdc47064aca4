#include <gtest/gtest.h>

#include "firebreak/policy.h"

#include "report/matrix_grid.h"
#include "report/picture/pictures.h"
#include "report/policy_answer.h"
#include "tests/unit/report_draw_support.h"

// report/policy_*, report/least_fragment.cpp, report/matrix_*, report/picture/picture_matrix.cpp.

namespace firebreak::report {
namespace {

/// Everything that `policy` answers of a topology.
class Answer {
 public:
  explicit Answer(const std::string& toml)
      : of(toml),
        matrix_(zone_matrix(of.graph(), of.scenario())),
        denied_(denied_needs(of.graph(), of.scenario())),
        unused_(unused_rules(of.graph(), flow_demands(of.topology()))),
        audit_(audit_rules(of.graph())),
        least_(least_rules(of.graph())) {}

  [[nodiscard]] PolicyReport report() const { return {matrix_, denied_, unused_, audit_, least_}; }
  [[nodiscard]] LeastPolicyView least() const { return least_view(of.subject(), least_); }

  Case of;

 private:
  ZoneMatrix matrix_;
  std::vector<DeniedNeed> denied_;
  std::vector<UnusedRule> unused_;
  RuleAudit audit_;
  std::vector<LeastRule> least_;
};

constexpr auto kZones = "[zone.a]\nname = 'A<b>&\\N'\n[zone.b]\n[system.x]\nzone = 'a'\n[system.y]\nzone = 'b'\n";

TEST(MatrixPicture, ShowsPortsAndDeniedNeeds) {
  const Answer answer(std::string(kZones) +
                      "[service.s]\nneeds = [{ on = 'y', port = 'tcp/443', from = 'a' }]\n"
                      "[policy.p]\n[[policy.p.rule]]\nallow = ['tcp/22']\nfrom = ['a']\nto = ['b']\n");
  const Picture picture = picture_of_matrix(answer.of.subject(), answer.report());
  ASSERT_EQ(picture.grid.names.size(), 2U);
  const PictureCell& there = picture.grid.cells[0][1];
  EXPECT_EQ(there.tint, Tint::some);
  EXPECT_TRUE(there.alarm);
  EXPECT_EQ(there.lines, (std::vector<std::string>{"tcp/22", "✕ 1 need denied"}));
  EXPECT_EQ(picture.grid.cells[1][0].tint, Tint::none);
  EXPECT_EQ(picture.grid.cells[0][0].tint, Tint::all);
}

TEST(MatrixPicture, IsDrawnWithNamesThatLookLikeMarkup) {
  const Answer answer{std::string(kZones)};
  const Drawing drawing = draw(answer.of.subject(), answer.report(), {});
  ASSERT_TRUE(drawing.diagnostics.empty());
  EXPECT_NE(drawing.bytes.find("A&lt;b&gt;&amp;"), std::string::npos);
  EXPECT_EQ(drawing.bytes.find("A<b>"), std::string::npos);
}

TEST(MatrixPicture, MarksWhatNothingJoins) {
  const Answer answer(std::string(kZones) + "[zone.c]\n[link.l]\nbetween = ['a', 'b']\n");
  const Picture picture = picture_of_matrix(answer.of.subject(), answer.report());
  EXPECT_EQ(picture.grid.cells[0][1].tint, Tint::all);
  EXPECT_EQ(picture.grid.cells[0][2].tint, Tint::cut);
}

std::string systems(int count, const std::string& more) {
  std::string toml = "[zone.a]\n[zone.b]\n[system.db]\nzone = 'b'\n";
  for (int i = 0; i < count; ++i) toml += "[system.s" + std::to_string(i) + "]\nzone = 'a'\n" + more;
  return toml;
}

TEST(LeastPolicy, SaysATagOrAKindWhereItMeansJustThesePlaces) {
  const std::string needs = "needs = [{ on = 'db', port = 'tcp/5432' }]\n";
  const auto from = [](const std::string& toml) { return Answer(toml).least().policy.value.rules.at(0).from; };
  using Words = std::vector<std::string>;
  EXPECT_EQ(from(systems(3, "tags = ['web']\n" + needs)), Words{"tag:web"});
  EXPECT_EQ(from(systems(2, "kind = 'vm'\n" + needs)), Words{"kind:vm"});
  EXPECT_EQ(from(systems(2, "tags = ['web']\n" + needs) + "[system.other]\nzone = 'a'\ntags = ['web']\n"),
            (Words{"s0", "s1"}))
      << "the tag means another system too";
  EXPECT_EQ(from(systems(1, "tags = ['web']\n" + needs)), Words{"s0"}) << "one system is called by its id";
}

TEST(LeastPolicy, TakesAnIdThatIsFreeAndReplacesThePoliciesThereAre) {
  const LeastPolicyView view = Answer(std::string(kZones) + "[system.least]\n[policy.least-2]\n[policy.p]\n").least();
  EXPECT_EQ(view.policy.name, "least-3");
  EXPECT_EQ(view.policy.value.replaces, (std::vector<std::string>{"least-2", "p"}));
}

}  // namespace
}  // namespace firebreak::report
