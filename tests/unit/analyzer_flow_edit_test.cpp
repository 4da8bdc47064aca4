#include <gtest/gtest.h>
#include <set>

#include "analyzer/flow_edit.h"
#include "tests/support/toml.h"

// Graphs with other policies, made without compiling.

namespace firebreak {
namespace {

using support::from_toml;

constexpr auto kEstate =
    "[zone.a]\n[zone.a1]\nparent = 'a'\n[zone.a2]\nparent = 'a1'\n[zone.b]\n"
    "[system.x]\nzone = 'a'\n[system.y]\nzone = 'a'\n[system.x1]\nzone = 'a1'\n[system.x2]\nzone = 'a2'\n"
    "[system.t]\nzone = 'b'\ntags = ['web']\nexposes = ['tcp/443']\n[system.loose]\n";
constexpr auto kPolicies =
    "[policy.outer]\n"
    "[[policy.outer.rule]]\npass = ['tcp/22']\nfrom = ['a1']\n"
    "[[policy.outer.rule]]\nallow = ['tcp/1-1000']\nfrom = ['x', 'a1']\nto = ['b', 'tag:web']\n"
    "[[policy.outer.rule]]\nallow = ['tcp/22']\ntier = 1\n"
    "[policy.old]\n[[policy.old.rule]]\nallow = ['udp/53']\n"
    "[policy.inner]\nscope = 'all'\ndefault = 'allow'\nreplaces = ['old']\n"
    "[[policy.inner.rule]]\ndeny = ['tcp/80', 'icmp']\nto = ['x', 't', 'y']\n";

class FlowEdit : public testing::Test {
 protected:
  using Flows = std::set<std::string>;

  [[nodiscard]] NodeId at(std::string_view id) const { return topology.find(id); }

  /// All pairs of places with the ports that are permitted, where there are any.
  [[nodiscard]] Flows flows(const Graph& changed) const {
    Flows all;
    for (const NodeId from : ids<NodeId>(changed.node_count)) {
      for (const NodeId to : ids<NodeId>(changed.node_count)) {
        if (!changed.zone[from].valid() || !changed.zone[to].valid()) continue;
        const PortSet ports = permitted_ports(changed, {}, from, to);
        if (!ports.empty()) all.insert(name(from) + " -> " + name(to) + " " + to_string(ports));
      }
    }
    return all;
  }
  [[nodiscard]] Flows flows(const FlowDraft& draft) const {
    Graph changed = graph;
    changed.flow = draft.packed();
    return flows(changed);
  }
  [[nodiscard]] std::string name(NodeId n) const { return std::string(topology.nodes[n].id); }

  /// A draft with one policy that judges everywhere, denies by default, and allows one flow on every port.
  [[nodiscard]] FlowDraft emptied() const {
    FlowDraft draft(graph);
    draft.policies.assign(1, {});
    draft.policies[0].policy.within_zones = true;
    return draft;
  }
  void allow_all(FlowDraft& draft, std::vector<SelectorId> from, std::vector<SelectorId> to) {
    const GraphRule rule{RuleId::none(), RuleAction::allow, 0, add_ports(graph, PortSet::any())};
    draft.policies[0].rules.push_back({rule, std::move(from), std::move(to)});
  }

  const Topology topology = from_toml(std::string(kEstate) + kPolicies);
  Graph graph = compile(topology);
};

TEST_F(FlowEdit, ADraftThatIsNotChangedPermitsTheSame) {
  const Flows now = flows(graph);
  EXPECT_TRUE(now.contains("x -> t tcp/1-79, tcp/81-1000"));
  EXPECT_EQ(flows(FlowDraft(graph)), now);
}

TEST_F(FlowEdit, ADraftNamesThePoliciesAndRulesItIsOf) {
  const FlowRelation packed = FlowDraft(graph).packed();
  ASSERT_EQ(packed.policies.size(), 2U);
  EXPECT_EQ(packed.policies[1].policy, topology.find_policy("inner"));
  EXPECT_EQ(packed.policies[0].end_rule, packed.policies[1].first_rule);
  ASSERT_EQ(packed.rules.size(), graph.flow.rules.size());
  for (const RuleIndex r : ids<RuleIndex>(packed.rules.size())) {
    EXPECT_EQ(packed.rules[r].rule, graph.flow.rules[r].rule);
    EXPECT_EQ(packed.rules[r].tier, graph.flow.rules[r].tier);
  }
}

TEST_F(FlowEdit, ADraftNumbersItsRulesPolicyByPolicy) {
  FlowDraft draft(graph);
  draft.policies[1].rules.push_back(draft.policies[0].rules.back());
  draft.policies[0].rules.resize(1);
  const FlowRelation packed = draft.packed();
  EXPECT_EQ(packed.policies[0].first_rule, RuleIndex(0));
  EXPECT_EQ(packed.policies[0].end_rule, RuleIndex(1));
  EXPECT_EQ(packed.policies[1].first_rule, RuleIndex(1));
  EXPECT_EQ(packed.policies[1].end_rule, RuleIndex(3));
  EXPECT_EQ(packed.rules.size(), 3U);
}

TEST_F(FlowEdit, ADraftListsWhatARuleNamesInOrder) {
  FlowDraft draft = emptied();
  const SelectorId first = draft.only(at("x"));
  const SelectorId second = draft.only(at("y"));
  allow_all(draft, {second, first}, {second, first});
  const FlowRelation packed = draft.packed();
  for (const auto& named : {packed.from_selectors[RuleIndex(0)], packed.to_selectors[RuleIndex(0)]}) {
    EXPECT_EQ(std::vector(named.begin(), named.end()), (std::vector{first, second}));
  }
}

TEST_F(FlowEdit, OnlyMeansThatPlaceAlone) {
  FlowDraft from_x = emptied();
  const SelectorId x = from_x.only(at("x"));
  EXPECT_EQ(from_x.only(at("x")), x);
  allow_all(from_x, {x}, {from_x.only(at("t"))});
  EXPECT_EQ(flows(from_x), Flows{"x -> t any"});
  FlowDraft from_zone = emptied();
  allow_all(from_zone, {from_zone.only(at("a"))}, {from_zone.only(at("y")), from_zone.only(at("x"))});
  EXPECT_EQ(flows(from_zone), (Flows{"a -> x any", "a -> y any"}));
}

TEST_F(FlowEdit, OnlyTellsOneOfAClassFromItsFellowsAndChangesNoRule) {
  const Topology plain = from_toml(kEstate);
  const Graph twins = compile(plain);
  FlowDraft draft(twins);
  static_cast<void>(draft.only(plain.find("x")));
  EXPECT_EQ(draft.packed().classes.size(), twins.flow.classes.size() + 1);
  static_cast<void>(draft.only(plain.find("y")));
  EXPECT_EQ(draft.packed().classes.size(), twins.flow.classes.size() + 1) << "nothing is left of their class";
  FlowDraft same(graph);
  for (const char* id : {"x", "a", "x1", "t"}) static_cast<void>(same.only(at(id)));
  EXPECT_EQ(flows(same), flows(graph));
}

TEST_F(FlowEdit, InsideMeansAZoneAndAllUnderIt) {
  FlowDraft draft = emptied();
  const SelectorId x = draft.only(at("x1"));
  const SelectorId t = draft.only(at("t"));
  const SelectorId a1 = draft.inside(at("a1"));
  EXPECT_EQ(draft.inside(at("a1")), a1);
  EXPECT_NE(a1, x);
  allow_all(draft, {a1}, {t});
  EXPECT_EQ(flows(draft), (Flows{"a1 -> t any", "a2 -> t any", "x1 -> t any", "x2 -> t any"}));
}

TEST_F(FlowEdit, ARuleThatNamesNothingHoldsEveryPlace) {
  FlowDraft draft = emptied();
  allow_all(draft, {}, {draft.only(at("t"))});
  EXPECT_EQ(flows(draft).size(), 9U) << "the places in zones, t among them";
}

TEST_F(FlowEdit, AddPortsGivesEqualSetsOneId) {
  const std::size_t known = graph.ports.size();
  const PortSetId fresh = add_ports(graph, *parse_ports("sctp/9"));
  EXPECT_EQ(fresh.index(), known);
  EXPECT_EQ(to_string(graph.ports[fresh]), "sctp/9");
  EXPECT_EQ(add_ports(graph, PortSet({{kSctp + 9, kSctp + 9}})), fresh);
  EXPECT_EQ(graph.ports.size(), known + 1);
}

TEST_F(FlowEdit, AllowingOnlyAllowsTheRulesAndNothingElse) {
  const std::vector<LeastRule> rules{{{at("x")}, {at("y"), at("t")}, *parse_ports("tcp/443"), {}},
                                     {{at("x")}, {at("t")}, *parse_ports("udp/53"), {}}};
  EXPECT_EQ(flows(allowing_only(graph, rules)), (Flows{"x -> y tcp/443", "x -> t tcp/443, udp/53"}));
  EXPECT_TRUE(flows(allowing_only(graph, {})).empty());
}

TEST_F(FlowEdit, AllowingOnlyTakesAZoneForItsHostsThatAreNotModelled) {
  const std::vector<LeastRule> rules{{{at("a")}, {at("t")}, *parse_ports("tcp/443"), {}}};
  EXPECT_EQ(flows(allowing_only(graph, rules)), Flows{"a -> t tcp/443"});
}

TEST_F(FlowEdit, AllowingOnlyLeavesTheGraphItIsMadeFromAlone) {
  const Flows now = flows(graph);
  const std::size_t ports = graph.ports.size();
  static_cast<void>(allowing_only(graph, {{{at("x")}, {at("y")}, *parse_ports("sctp/7"), {}}}));
  EXPECT_EQ(flows(graph), now);
  EXPECT_EQ(graph.ports.size(), ports);
}

}  // namespace
}  // namespace firebreak
