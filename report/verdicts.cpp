#include "report/verdicts.h"

#include "report/wording.h"

namespace firebreak::report {

VerdictView verdict_view(const Subject& subject, const Verdict& verdict) {
  const Topology& topology = subject.topology;
  const Policy& policy = topology.policies[verdict.policy];
  VerdictView view;
  view.policy = policy.id;
  if (verdict.rule.valid()) view.rule = rule_words(topology, verdict.rule);
  view.action = verdict.allow ? RuleAction::allow : RuleAction::deny;
  view.at = to_string(subject.sources, verdict.rule.valid() ? topology.rules[verdict.rule].at : policy.at);
  view.line = line_of(subject.sources, verdict.rule.valid() ? topology.rules[verdict.rule].at : policy.at);
  view.text = verdict_words(topology, subject.sources, verdict);
  return view;
}

std::string ports_words(const PortSet& ports) {
  if (ports.is_any()) return "any port";
  const PortSet others = subtract(PortSet::any(), ports);
  std::string words = to_string(ports);
  std::string all_but = "any port but " + to_string(others);
  return all_but.size() < words.size() ? all_but : words;
}

}  // namespace firebreak::report
