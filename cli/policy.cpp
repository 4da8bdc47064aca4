#include "firebreak/policy.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "cli/picture.h"
#include "cli/question.h"
#include "cli/verdicts.h"

namespace firebreak::cli {
namespace {

/// What `check` would no longer say of the topology with another policy merged, as warnings. The policy is tried as it
/// is written: merged, read and judged again.
std::vector<Diagnostic> try_merged(const Question& question, const std::string& fragment) {
  std::vector<SourceFile> files(question.loaded.sources.begin(), question.loaded.sources.end());
  files.push_back({"least.toml", fragment});
  const Loaded merged = load_texts(std::move(files));
  if (!merged.topology) throw std::logic_error("the least policy cannot be merged");
  const Topology& topology = *merged.topology;
  const Graph graph = compile(topology);
  if (!denied_needs(graph, Scenario{}).empty()) throw std::logic_error("the least policy denies a need");
  const auto requires_before = judge_requires(question.topology(), question.graph);
  const auto requires_after = judge_requires(topology, graph);
  const auto scenarios_before = judge_scenarios(question.topology(), question.graph);
  const auto scenarios_after = judge_scenarios(topology, graph);
  const auto holds = [](const RequireVerdict& verdict) { return verdict.holds && verdict.decided; };
  std::vector<Diagnostic> lost;
  const auto warn = [&](Code code, Span at, std::string message) {
    Diagnostic diagnostic = diagnose(code, at, std::move(message));
    diagnostic.severity = Severity::warning;
    lost.push_back(std::move(diagnostic));
  };
  for (std::size_t r = 0; r < requires_after.size(); ++r) {
    const Require& require = topology.requires_all[RequireId(r)];
    if (holds(requires_before[r]) && !holds(requires_after[r])) {
      warn(Code::require_broken, require.at, fmt::format("with the least policy '{}' does not hold", require.id));
    }
  }
  for (std::size_t s = 0; s < scenarios_after.size(); ++s) {
    const NamedScenario& scenario = topology.scenarios[ScenarioId(s)];
    if (scenarios_before[s].passed && !scenarios_after[s].passed) {
      warn(Code::expect_failed, scenario.at,
           fmt::format("with the least policy the scenario '{}' comes out otherwise than it says", scenario.id));
    }
  }
  return lost;
}

/// The answer to --least: a file to be merged, whatever its name.
Outcome write_least(const Call& call, const Options& options, const Question& question) {
  std::string fragment = least_policy_toml(question.subject(), least_rules(question.graph));
  call.progress.phase("trying it");
  const std::vector<Diagnostic> lost = try_merged(question, fragment);
  std::string warnings = question.warnings;
  if (!options.quiet) {
    warnings += rendered(lost, question.loaded.sources, colours_errors(options, call.surroundings));
  }
  return deliver(options, std::move(fragment), std::move(warnings));
}

}  // namespace

Outcome run_policy(const Call& call) {
  Options options;
  Arguments arguments("firebreak policy",
                      "Who may talk to whom, which needs the policies deny and at what cost, which rules serve no need "
                      "or change nothing, and the least policy that serves them all.");
  arguments.topologies(options);
  arguments.scenario(options);
  arguments.flag("--least", options.least, "write that policy as TOML, to be merged: policy T --least -o least.toml");
  arguments.output(options, "text, json, csv, md; pictures: dot, svg, png, pdf");
  arguments.examples("firebreak policy topology.toml\nfirebreak policy topology.toml --least -o least.toml");
  arguments.read(call);
  const bool as_file = options.least && options.format.empty();
  const Format format = as_file ? Format::text : choose_format(options, call.surroundings, "policy", kTextsAndPictures);
  const TextStyle style = style_of(options, call.surroundings, format);
  const auto question = ask(call, options, options.words);
  if (as_file) return write_least(call, options, *question);
  const Graph& graph = question->graph;
  const ZoneMatrix matrix = zone_matrix(graph, question->scenario);
  const std::vector<DeniedNeed> denied = denied_needs(graph, question->scenario);
  const std::vector<UnusedRule> unused = unused_rules(graph, flow_demands(question->topology()));
  const RuleAudit audit = audit_rules(graph);
  const std::vector<LeastRule> least = least_rules(graph);
  const PolicyReport report{matrix, denied, unused, audit, least};
  if (is_picture(format)) {
    const auto paint = [&](const DrawOptions& how) { return draw(question->subject(), report, how); };
    return deliver_picture(call, options, *question, format, paint);
  }
  return deliver(options, *present(question->subject(), report, format, style), question->warnings);
}

}  // namespace firebreak::cli
