// Declarations made of random words, most of them wrong somewhere: the builder must neither fall over nor let anything
// inconsistent through.
#include <array>
#include <gtest/gtest.h>
#include <random>
#include <string>

#include "firebreak/scenario.h"

#include "topology_decls.h"

namespace firebreak {
namespace {

using namespace decls;
using std::string_view_literals::operator""sv;

constexpr std::array kWords{
    "a"sv,          "b"sv,        "c"sv,          "d"sv,         "e"sv,       "f"sv,        "z1"sv,
    "z2"sv,         ""sv,         "*"sv,          "->"sv,        "tag:red"sv, "kind:web"sv, "tag:"sv,
    "10.0.0.0/8"sv, "10.0.0.1"sv, "10.0.0.1/8"sv, "999.1.1.1"sv, "a -> b"sv,  "a->b"sv,     "a,b -> * tcp"sv,
    "-> ,"sv,       "1h"sv,       "never"sv,      "5"sv,         "tcp/443"sv, "tcp/x"sv,    "\xff\xfe"sv,
    "x\0y"sv,       "\x1b[2J"sv,  "\u202e"sv,     "all"sv,       "allow"sv,   "a b"sv,      "red"sv};

/// Draws words that make sense more often than not.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool percent(std::size_t chance) { return below(100) < chance; }
  std::string_view word() { return kWords[percent(97) ? below(8) : below(kWords.size())]; }
  Words words() {
    Words list(below(3));
    for (Word& item : list) item = word();
    return list;
  }
  Word maybe(std::initializer_list<std::string_view> good) {
    if (percent(60)) return {};
    return percent(97) ? Word(*(good.begin() + below(good.size())))
                       : Word(word(), line(static_cast<std::uint32_t>(below(9))));
  }
  Words some(std::initializer_list<std::string_view> good) {
    const Word drawn = maybe(good);
    return drawn.value.empty() ? Words() : Words{drawn};
  }
  NeedDecls needs() {
    NeedDecls list(below(3));
    for (NeedDecl& need : list) {
      need.on = word();
      if (percent(3)) need.type = static_cast<Need::Type>(below(4));
      if (percent(3)) need.size = static_cast<std::uint32_t>(below(4));
      if (percent(10)) need.k = static_cast<std::int64_t>(below(3));
      need.from = maybe({"z1", "a"});
      need.port = maybe({"https", "tcp"});
      need.grace = maybe({"1h"});
    }
    return list;
  }

 private:
  std::mt19937 random_;
};

void declare_one(TopologyBuilder& builder, Draw& draw, const Word& id) {
  switch (draw.percent(50) ? 9 : draw.below(10)) {
    case 0:
      return builder.add(ZoneDecl{.id = id, .parent = draw.maybe({"z1", "z2"}), .cidr = draw.some({"10.0.0.0/8"})});
    case 1:
      return builder.add(SiteDecl{.id = id, .parent = draw.maybe({"a", "b"}), .needs = draw.needs()});
    case 2:
      return builder.add(IdentityDecl{.id = id, .kind = draw.maybe({"web"}), .tags = draw.words()});
    case 3:
      return builder.add(ServiceDecl{.id = id, .needs = draw.needs(), .users = 1.0, .rto = draw.maybe({"1h"})});
    case 4:
      return builder.add(CustomerDecl{.id = id, .uses = draw.words()});
    case 5:
      return builder.add(LinkDecl{.id = id, .between = {{"z1"}, draw.word()}, .needs = draw.needs()});
    case 6:
      return builder.add(PolicyDecl{
          .id = id, .scope = draw.maybe({"all"}), .rules = {{.allow = draw.words(), .from = Words{draw.word()}}}});
    case 7:
      return builder.add(ScenarioDecl{.id = id,
                                      .compromised = draw.words(),
                                      .off = draw.words(),
                                      .isolate = draw.words(),
                                      .block = draw.some({"a -> b", "z1 -> * tcp"})});
    case 8:
      return builder.add(PivotDecl{.from = Words{draw.word()}, .to = Words{draw.word()}, .port = draw.maybe({"rdp"})});
    default:
      return builder.add(SystemDecl{.id = id,
                                    .zone = draw.maybe({"z1", "z2"}),
                                    .runs_on = draw.maybe({"a", "b", "c"}),
                                    .address = draw.some({"10.0.0.1"}),
                                    .needs = draw.needs()});
  }
}

void expect_consistent(const Topology& topology) {
  for (const NodeId node : ids<NodeId>(topology.nodes.size())) {
    EXPECT_EQ(topology.find(topology.nodes[node].id), node);
    const NeedRange range = topology.needs_of(node);
    EXPECT_LE(range.end, topology.needs.size());
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Need& need = topology.needs[i];
      EXPECT_TRUE(need.end > i && need.end <= range.end);
      EXPECT_EQ(need.on.valid(), need.type == Need::Type::leaf);
      EXPECT_TRUE(need.type != Need::Type::leaf || topology.nodes.contains(need.on));
    }
  }
  for (const Link& link : topology.links) EXPECT_TRUE(link.a.valid() && link.b.valid() && link.a != link.b);
  for (const NamedScenario& scenario : topology.scenarios) (void)resolve(topology, scenario);
}

TEST(Builder, SurvivesAnything) {
  std::size_t clean = 0;
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    Draw draw(seed);
    TopologyBuilder builder;
    builder.add(ZoneDecl{.id = {"z1"}});
    builder.add(ZoneDecl{.id = {"z2"}});
    for (const std::string_view id : {"a", "b", "c", "d", "e", "f"}) {
      if (draw.percent(90)) declare_one(builder, draw, draw.percent(98) ? Word(id) : Word(draw.word()));
    }
    const auto result = builder.finish();
    ASSERT_NE(result.topology.has_value(), has_errors(result.diagnostics));
    for (const Diagnostic& diagnostic : result.diagnostics) {
      ASSERT_FALSE(diagnostic.message.empty());
      ASSERT_EQ(render(diagnostic, {}, false).find('\x1b'), std::string::npos);
    }
    if (!result.topology) continue;
    ++clean;
    expect_consistent(*result.topology);
  }
  EXPECT_GT(clean, 20U) << "the declarations are too wrong to say anything of what comes through";
}

TEST(Scenarios, SurviveAnything) {
  const Topology topology = built(ZoneDecl{.id = {"z1"}}, SystemDecl{.id = {"a"}, .zone = {"z1"}},
                                  SystemDecl{.id = {"b"}}, ServiceDecl{.id = {"c"}}, PolicyDecl{.id = {"d"}});
  std::mt19937 random(1);
  const auto draw = [&] {
    std::string text;
    for (std::size_t i = random() % 6; i > 0; --i) {
      text += kWords[random() % kWords.size()];
      if (random() % 2 == 0) text += std::array{' ', ',', '\t', '\xff'}[random() % 4];
    }
    return text;
  };
  for (int round = 0; round < 20'000; ++round) {
    std::vector<Diagnostic> faults;
    const Scenario scenario = resolve(
        topology, ScenarioWords{.compromised = {draw()}, .off = {draw()}, .isolate = {draw()}, .block = {draw()}},
        faults);
    ASSERT_TRUE(std::is_sorted(scenario.off.begin(), scenario.off.end()));
  }
}

}  // namespace
}  // namespace firebreak
