#include "report/findings.h"

#include <algorithm>
#include <fmt/format.h>

#include "report/reasons.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// Other places a finding names at most.
constexpr std::size_t kMostRelated = 8;

void find_dead_needs(const Subject& subject, std::vector<Diagnostic>& found) {
  const Graph& graph = subject.graph;
  const Impact now = impact(graph, Scenario{});
  Reasons reasons(subject, subject.scenario, now, kNever);
  for (const LeafId leaf : ids<LeafId>(graph.need.leaves.size())) {
    if (now.run.severed[leaf] == kNever) continue;
    const NodeId owner = leaf_of(graph, leaf).owner;
    const ReasonView reason = reasons.severed_need(leaf);
    const State state = now.state[owner];
    std::string hint = state == State::fails ? fmt::format("{} fails with no action at all", reason.of)
                       : state == State::degraded
                           ? fmt::format("{} is degraded with no action at all", reason.of)
                           : fmt::format("{} still works, but with less to spare than it seems", reason.of);
    found.push_back(diagnose(Code::fails_from_start, reason.span, reason.text, std::move(hint)));
  }
}

void find_dead_rules(const Subject& subject, std::vector<Diagnostic>& found) {
  const Topology& topology = subject.topology;
  for (const IdleRule& dead : audit_rules(subject.graph).dead) {
    const Rule& rule = topology.rules[dead.rule];
    const std::string name = rule_words(topology, dead.rule);
    std::vector<std::string> by;
    Diagnostic diagnostic = diagnose(Code::rule_never_matches, rule.at, "");
    for (const RuleId other : dead.by) {
      by.push_back(rule_words(topology, other));
      if (diagnostic.related.size() < kMostRelated) {
        diagnostic.related.push_back({topology.rules[other].at, fmt::format("rule {} comes first", by.back())});
      }
    }
    diagnostic.message = by.empty() ? fmt::format("rule {} decides no flow between any two places", name)
                                    : fmt::format("rule {} decides no flow: {} {} all it would match", name,
                                                  listing(by), by.size() == 1 ? "takes" : "take");
    found.push_back(std::move(diagnostic));
  }
}

void find_start_loops(const Subject& subject, std::vector<Diagnostic>& found) {
  const Topology& topology = subject.topology;
  for (const std::vector<NodeId>& loop : start_loops(subject.graph)) {
    std::vector<std::string> names;
    for (const NodeId n : loop) names.emplace_back(topology.nodes[n].id);
    found.push_back(diagnose(
        Code::start_loop, topology.nodes[loop.front()].at,
        names.size() == 1
            ? fmt::format("{} needs itself to start: once down, it stays down", names.front())
            : fmt::format("{} need each other to start: once all are down, none comes up by itself", listing(names)),
        "start one by hand without its needs, or mark what is not needed to start with start = false"));
  }
}

}  // namespace

std::vector<Diagnostic> findings(const Subject& subject) {
  std::vector<Diagnostic> found = suspicious(subject.topology);
  find_dead_needs(subject, found);
  find_dead_rules(subject, found);
  find_start_loops(subject, found);
  return found;
}

std::vector<Diagnostic> verdict_diagnostics(const Subject& subject, const CheckReport& report) {
  const Topology& topology = subject.topology;
  std::vector<Diagnostic> found;
  for (const RequireId r : ids<RequireId>(topology.requires_all.size())) {
    const RequireVerdict& verdict = report.requires_all[r.index()];
    const Require& require = topology.requires_all[r];
    if (!verdict.holds) {
      found.push_back(
          diagnose(Code::require_broken, require.at,
                   fmt::format("require {} is broken: {}", require.id, witness_words(subject, r, verdict))));
    } else if (!verdict.decided) {
      found.push_back(diagnose(Code::require_undecided, require.at,
                               fmt::format("require {} is not decided: too many losses to try", require.id),
                               "name fewer things that may be lost, or fewer at once"));
    }
  }
  for (const ScenarioId s : ids<ScenarioId>(topology.scenarios.size())) {
    const ScenarioVerdict& verdict = report.scenarios[s.index()];
    if (verdict.passed) continue;
    const std::vector<std::string> words = difference_words(subject, s, verdict);
    const std::string more =
        words.size() > 1 ? fmt::format("; and {} more", counted(words.size() - 1, "difference")) : "";
    found.push_back(diagnose(Code::expect_failed, topology.scenarios[s].at,
                             fmt::format("scenario {} comes out otherwise: {}{}", topology.scenarios[s].id,
                                         words.empty() ? "" : words.front(), more)));
  }
  return found;
}

}  // namespace firebreak::report
