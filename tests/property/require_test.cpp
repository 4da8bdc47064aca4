#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "firebreak/check.h"

#include "tests/oracle/flows.h"
#include "tests/oracle/need_law.h"
#include "tests/oracle/spread_law.h"
#include "tests/oracle/values.h"
#include "tests/property/trial.h"
#include "tests/support/random.h"

// analyzer/check_requires.cpp and flow_requires.cpp: every kind of require against its definition in docs/model.md,
// "Requires", word by word; and what is said to break one does.

namespace firebreak::property {
namespace {

using support::Random;

class RequireCheck {
 public:
  explicit RequireCheck(const Topology& topology)
      : topology_(topology), graph_(compile(topology)), flows_(topology, nothing_) {
    for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
      const NodeKind kind = topology.nodes[n].kind;
      if (kind == NodeKind::system || kind == NodeKind::identity) takeable_.push_back(n);
      if (kind == NodeKind::service) services_.push_back(n);
      if (oracle::zone_of(topology, n).valid()) places_.push_back(n);
    }
  }

  /// What is wrong with some requires made from a seed.
  [[nodiscard]] std::string difference(std::uint64_t seed) const {
    Random random(seed);
    for (int round = 0; round < 6; ++round) {
      const RequireQuestion question = question_of(random);
      const RequireVerdict verdict = judge(graph_, question);
      const std::string kind(to_string(question.type));
      if (!verdict.decided) return kind + ": undecided";
      if (verdict.holds != holds(question)) return kind + (verdict.holds ? ": holds" : ": is broken");
      const std::string fault = verdict.holds ? std::string() : wrong_witness(question, verdict);
      if (!fault.empty()) return kind + ": " + fault;
    }
    return {};
  }

 private:
  [[nodiscard]] static std::vector<NodeId> some_of(const std::vector<NodeId>& nodes, Random& random) {
    std::vector<NodeId> chosen;
    for (const NodeId n : nodes) {
      if (random.percent(40)) chosen.push_back(n);
    }
    return chosen;
  }

  [[nodiscard]] PlaceSet some_places(Random& random) const {
    if (random.percent(20)) return {true, {}};
    return {false, some_of(places_, random)};
  }

  [[nodiscard]] RequireQuestion question_of(Random& random) const {
    RequireQuestion question;
    question.type = static_cast<Require::Type>(random.below(6));
    question.from = some_of(takeable_, random);
    question.to = some_of(takeable_, random);
    question.from_places = some_places(random);
    question.to_places = some_places(random);
    question.ports = topology_.ports[PortSetId(random.below(topology_.ports.size()))];
    question.services = some_of(services_, random);
    question.of = some_of(takeable_, random);
    question.any = static_cast<std::uint32_t>(1 + random.below(2));
    question.count = random.below(4);
    question.each = random.percent(50);
    return question;
  }

  [[nodiscard]] bool holds(const RequireQuestion& question) const {
    switch (question.type) {
      case Require::Type::never_reaches:
        return std::ranges::none_of(question.to, [&](NodeId n) { return reached(question.from).step[n].has_value(); });
      case Require::Type::reaches_at_most:
        if (!question.each) return beyond(question.from) <= question.count;
        return std::ranges::all_of(question.from, [&](NodeId n) { return beyond({n}) <= question.count; });
      case Require::Type::survives:
        return survives(question, 0, {});
      default:
        break;
    }
    for (const NodeId from : places_) {
      for (const NodeId to : places_) {
        if (from == to || !oracle::holds(question.from_places, from) || !oracle::holds(question.to_places, to))
          continue;
        if (std::ranges::any_of(flows_.points(), [&](std::uint32_t p) { return breaks(question, from, to, p); })) {
          return false;
        }
      }
    }
    return true;
  }

  [[nodiscard]] oracle::Spread reached(const std::vector<NodeId>& from) const {
    return oracle::spread(topology_, from, oracle::takings(topology_, nothing_));
  }

  [[nodiscard]] std::size_t beyond(const std::vector<NodeId>& from) const {
    if (from.empty()) return 0;
    const oracle::Spread spread = reached(from);
    const auto is_reached = [&](NodeId n) { return spread.step[n].has_value(); };
    return static_cast<std::size_t>(std::ranges::count_if(takeable_, is_reached)) - from.size();
  }

  [[nodiscard]] bool fails_without(const std::vector<NodeId>& services, std::vector<NodeId> off) const {
    Scenario lost;
    std::ranges::sort(off);
    lost.off = std::move(off);
    const oracle::NeedLaw law = oracle::need_law(topology_, lost);
    return std::ranges::any_of(services, [&](NodeId s) { return law.fails.node[s] != kNever; });
  }

  [[nodiscard]] bool survives(const RequireQuestion& question, std::size_t next, std::vector<NodeId> off) const {
    if (fails_without(question.services, off)) return false;
    if (off.size() == question.any) return true;
    for (std::size_t i = next; i < question.of.size(); ++i) {
      std::vector<NodeId> more = off;
      more.push_back(question.of[i]);
      if (!survives(question, i + 1, more)) return false;
    }
    return true;
  }

  [[nodiscard]] bool connected(NodeId a, NodeId b) const {
    if (topology_.links.empty()) return true;
    std::set<NodeId> seen = {a};
    for (std::size_t before = 0; before != seen.size();) {
      before = seen.size();
      for (const Link& link : topology_.links) {
        if (seen.contains(link.a) || seen.contains(link.b)) seen.insert({link.a, link.b});
      }
    }
    return seen.contains(b);
  }

  [[nodiscard]] bool breaks(const RequireQuestion& question, NodeId from, NodeId to, std::uint32_t port) const {
    const bool flows =
        connected(oracle::zone_of(topology_, from), oracle::zone_of(topology_, to)) && flows_.permitted(from, to, port);
    const bool named = oracle::holds(question.ports, port);
    if (question.type == Require::Type::only_flows) return flows && !named;
    if (question.type == Require::Type::never_flows) return flows && named;
    return !flows && named;
  }

  [[nodiscard]] std::string wrong_witness(const RequireQuestion& question, const RequireVerdict& verdict) const {
    switch (question.type) {
      case Require::Type::never_reaches:
        if (verdict.path.empty() || !oracle::holds(std::span(question.from), verdict.path.front()) ||
            !oracle::holds(std::span(question.to), verdict.path.back())) {
          return "the path leads from or to another place";
        }
        return {};
      case Require::Type::reaches_at_most:
        return verdict.path.size() == verdict.reached && verdict.reached > question.count ? "" : "a wrong number";
      case Require::Type::survives:
        return fails_without({verdict.service}, verdict.losses) ? "" : "the losses do not take the service down";
      default:
        break;
    }
    const FlowWitness& flow = verdict.flow;
    if (flow.from == flow.to || flow.ports.empty()) return "no flow";
    if (!oracle::holds(question.from_places, flow.from) || !oracle::holds(question.to_places, flow.to)) {
      return "a flow between other places";
    }
    for (const std::uint32_t port : flows_.points()) {
      if (oracle::holds(flow.ports, port) != breaks(question, flow.from, flow.to, port)) return "not these ports";
    }
    return {};
  }

  const Topology& topology_;
  const Scenario nothing_;
  Graph graph_;
  oracle::Flows flows_;
  std::vector<NodeId> takeable_;
  std::vector<NodeId> services_;
  std::vector<NodeId> places_;
};

Check with_requires(std::uint64_t seed) {
  return [seed](const support::World& world) {
    const Topology topology = support::build(world);
    std::string fault;
    for (std::uint64_t more = 0; more < 4 && fault.empty(); ++more) {
      fault = RequireCheck(topology).difference(seed + more);
    }
    return fault;
  };
}

TEST(Requires, HoldAsTheOracleSaysOnAllSmallPolicies) {
  hold_on_all_worlds(support::for_each_policy_world, with_requires(1));
}

TEST(Requires, HoldAsTheOracleSaysOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 13'000'000}, with_requires(2));
  hold_on_random_worlds({.worlds = 400, .first_seed = 14'000'000, .size = {.systems = 9, .links = 2, .rules = 12}},
                        with_requires(3));
}

}  // namespace
}  // namespace firebreak::property
