#include <algorithm>
#include <fmt/format.h>

#include "firebreak/policy.h"

#include "report/findings.h"
#include "report/reasons.h"
#include "report/steps.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

std::string id(const Subject& subject, NodeId n) {
  return std::string(subject.topology.nodes[n].id);
}

std::string reach_words(const Subject& subject, const RequireQuestion& question, const RequireVerdict& verdict) {
  if (verdict.path.size() == 1) {
    return fmt::format("{} is in both from and to", id(subject, verdict.path.front()));
  }
  Scenario start;
  start.compromised = question.from;
  const Blast spread = blast(subject.graph, start);
  Steps steps(subject, start, spread);
  return fmt::format("{} reaches {}: {}", id(subject, verdict.path.front()), id(subject, verdict.path.back()),
                     way_words(steps, verdict.path));
}

std::string spread_words(const Subject& subject, const RequireQuestion& question, const RequireVerdict& verdict) {
  std::vector<std::string> from;
  if (verdict.start.valid()) from.push_back(id(subject, verdict.start));
  for (const NodeId n : question.from) {
    if (!verdict.start.valid()) from.push_back(id(subject, n));
  }
  std::vector<std::string> reached;
  for (const NodeId n : verdict.path) reached.push_back(id(subject, n));
  return fmt::format("{} {} {}, {} allowed: {}", listing(from, 3), from.size() == 1 ? "reaches" : "reach",
                     verdict.reached, question.count, listing(reached));
}

std::string loss_words(const Subject& subject, const RequireVerdict& verdict) {
  Scenario lost;
  lost.off = verdict.losses;
  const Impact result = impact(subject.graph, lost);
  Reasons reasons(subject, lost, result, kNever);
  std::vector<std::string> names;
  for (const NodeId n : verdict.losses) names.push_back(id(subject, n));
  const std::string why = sentence(reasons.chain(verdict.service));
  if (names.empty()) return fmt::format("{} fails with nothing lost: it {}", id(subject, verdict.service), why);
  return fmt::format("without {}, {} fails {}: it {}", listing(names), id(subject, verdict.service),
                     when(result.after[verdict.service]), why);
}

std::string flow_witness_words(const Subject& subject, const RequireQuestion& question, const RequireVerdict& verdict) {
  const FlowWitness& flow = verdict.flow;
  const std::string from = id(subject, flow.from);
  const std::string to = id(subject, flow.to);
  const std::string ports = flow.ports.is_any() ? "any port" : to_string(flow.ports);
  const FlowJudgement judgement =
      judge(subject.graph, Scenario{}, flow.from, flow.to, flow.ports.ranges().front().first);
  std::string why;
  if (!judgement.permitted) {
    why = denial_words(subject, Scenario{}, judgement);
  } else if (question.type == Require::Type::always_flows) {
    why = "no link joins them";
  } else {
    why = judgement.verdicts.empty() ? "no policy judges it"
                                     : verdict_words(subject.topology, subject.sources, judgement.verdicts.front());
  }
  if (question.type == Require::Type::always_flows)
    return fmt::format("{} cannot send to {} on {}: {}", from, to, ports, why);
  return fmt::format("{} can send to {} on {}: {}", from, to, ports, why);
}

}  // namespace

std::string witness_words(const Subject& subject, RequireId require, const RequireVerdict& verdict) {
  if (verdict.holds) return {};
  const RequireQuestion question = resolve(subject.topology, subject.topology.requires_all[require]);
  switch (question.type) {
    case Require::Type::never_reaches:
      return reach_words(subject, question, verdict);
    case Require::Type::reaches_at_most:
      return spread_words(subject, question, verdict);
    case Require::Type::survives:
      return loss_words(subject, verdict);
    case Require::Type::only_flows:
    case Require::Type::never_flows:
    case Require::Type::always_flows:
      break;
  }
  return flow_witness_words(subject, question, verdict);
}

std::vector<std::string> difference_words(const Subject& subject, ScenarioId scenario, const ScenarioVerdict& verdict) {
  const Scenario played = resolve(subject.topology, subject.topology.scenarios[scenario]);
  const Impact result = impact(subject.graph, played);
  const Blast spread = blast(subject.graph, played, result.run);
  Reasons reasons(subject, played, result, kNever);
  Steps steps(subject, played, spread);
  std::vector<std::string> words;
  for (const Difference& difference : verdict.differences) {
    const std::string who = id(subject, difference.node);
    if (difference.expected == Expectation::Type::reached) {
      words.push_back(fmt::format("{} was expected to be reached, but is not", who));
    } else if (difference.expected == Expectation::Type::unreached) {
      words.push_back(fmt::format("{} was expected not to be reached, but is: {}", who,
                                  way_words(steps, path_to(spread, difference.node))));
    } else {
      const std::string why = sentence(reasons.chain(difference.node));
      words.push_back(fmt::format("{} {}, expected {}{}", who, predicate(difference.state),
                                  to_string(difference.expected), why.empty() ? "" : fmt::format(": it {}", why)));
    }
  }
  return words;
}

}  // namespace firebreak::report
