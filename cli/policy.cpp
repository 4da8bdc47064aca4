#include "firebreak/policy.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "cli/picture.h"
#include "cli/question.h"
#include "cli/verdicts.h"

namespace firebreak::cli {
namespace {

/// A topology with policies merged as they are written.
struct Tried {
  Topology topology;
  Graph graph;
};

Tried merged_with(const Question& question, const std::string& fragment) {
  std::vector<SourceFile> files(question.loaded.sources.begin(), question.loaded.sources.end());
  files.push_back({"policies.toml", fragment});
  Loaded merged = load_texts(std::move(files));
  if (!merged.topology) throw std::logic_error("the policies cannot be merged");
  Tried tried{std::move(*merged.topology), {}};
  tried.graph = compile(tried.topology);
  return tried;
}

/// What `check` would no longer say of the topology, as warnings; `policies` is what they are called.
std::vector<Diagnostic> lost_verdicts(const Question& question, const Tried& tried, std::string_view policies) {
  const Topology& topology = tried.topology;
  const Graph& graph = tried.graph;
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
      warn(Code::require_broken, require.at, fmt::format("with {} '{}' does not hold", policies, require.id));
    }
  }
  for (std::size_t s = 0; s < scenarios_after.size(); ++s) {
    const NamedScenario& scenario = topology.scenarios[ScenarioId(s)];
    if (scenarios_before[s].passed && !scenarios_after[s].passed) {
      warn(Code::expect_failed, scenario.at,
           fmt::format("with {} the scenario '{}' comes out otherwise than it says", policies, scenario.id));
    }
  }
  return lost;
}

std::string warnings(const Call& call, const Options& options, const Question& question, const Tried& tried,
                     std::string_view policies) {
  if (options.quiet) return question.warnings;
  const std::vector<Diagnostic> lost = lost_verdicts(question, tried, policies);
  return question.warnings + rendered(lost, question.loaded.sources, colours_errors(options, call.surroundings));
}

/// The answer to --least: a file to be merged, whatever its name.
Outcome write_least(const Call& call, const Options& options, const Question& question) {
  std::string fragment = least_policy_toml(question.subject(), least_rules(question.graph));
  call.progress.phase("trying it");
  const Tried tried = merged_with(question, fragment);
  if (!denied_needs(tried.graph, Scenario{}).empty()) throw std::logic_error("the least policy denies a need");
  return deliver(options, std::move(fragment), warnings(call, options, question, tried, "the least policy"));
}

/// The changes to suggest. They are tried as they are written: what is said of them must come out.
TighteningPlan find_plan(const Call& call, const Options& options, const Question& question, std::string& warned) {
  call.progress.phase("measuring changes");
  TighteningPlan plan = tighten(question.graph, flow_demands(question.topology()), options.suggest);
  call.progress.phase("trying them");
  const Tried tried = merged_with(question, suggested_policies_toml(question.subject(), plan.steps));
  if (denied_needs(tried.graph, Scenario{}).size() > denied_needs(question.graph, Scenario{}).size()) {
    throw std::logic_error("the changes deny a need");
  }
  const BlastSizes sizes = together(tried.graph, blast_sizes(tried.graph, Scenario{}));
  const BlastSizes& said = plan.steps.empty() ? plan.now : plan.steps.back().after;
  if (sizes.sum != said.sum || sizes.worst != said.worst) throw std::logic_error("the changes bring something else");
  warned = warnings(call, options, question, tried, "these changes");
  return plan;
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
  arguments.number("--suggest", options.suggest,
                   "up to N changes that bring down most what a compromise reaches and leave every need served; "
                   "-o tight.toml writes them as policies, to be merged");
  arguments.output(options, "text, json, csv, md; pictures: dot, svg, png, pdf");
  arguments.examples(
      "firebreak policy topology.toml\nfirebreak policy topology.toml --least -o least.toml\n"
      "firebreak policy topology.toml --suggest 3");
  arguments.read(call);
  const bool suggests = options.suggest != Options::kNoSuggestion;
  if (options.least && suggests) refuse("--least and --suggest are two questions", "ask one after the other");
  if (options.suggest == 0) refuse("--suggest 0 asks for nothing", "say how many changes there may be, such as 3");
  if (std::ranges::find(options.words, options.output) != options.words.end() && options.output != "-") {
    refuse(fmt::format("'{}' is one of the topologies, and would be overwritten", options.output),
           "name another file behind -o");
  }
  const bool as_toml = suggests && options.format.empty() && options.output.ends_with(".toml");
  const bool as_file = as_toml || (options.least && options.format.empty());
  const Format format = as_file ? Format::text : choose_format(options, call.surroundings, "policy", kTextsAndPictures);
  const TextStyle style = style_of(options, call.surroundings, format);
  const auto question = ask(call, options, options.words);
  if (suggests && question->scenario.has_actions()) {
    refuse("suggestions are made with no action in force", "leave out the scenario's actions");
  }
  if (as_file && options.least) return write_least(call, options, *question);
  std::optional<TighteningPlan> plan;
  std::string warned = question->warnings;
  if (suggests) plan = find_plan(call, options, *question, warned);
  const int code = plan && !plan->complete ? 3 : 0;
  if (as_toml) return deliver(options, suggested_policies_toml(question->subject(), plan->steps), warned, code);
  const Graph& graph = question->graph;
  const ZoneMatrix matrix = zone_matrix(graph, question->scenario);
  const std::vector<DeniedNeed> denied = denied_needs(graph, question->scenario);
  const std::vector<UnusedRule> unused = unused_rules(graph, flow_demands(question->topology()));
  const RuleAudit audit = audit_rules(graph);
  const std::vector<LeastRule> least = least_rules(graph);
  const PolicyReport report{matrix, denied, unused, audit, least, plan ? &*plan : nullptr};
  if (is_picture(format)) {
    const auto paint = [&](const DrawOptions& how) { return draw(question->subject(), report, how); };
    return deliver_picture(call, options, *question, format, paint);
  }
  return deliver(options, *present(question->subject(), report, format, style), warned, code);
}

}  // namespace firebreak::cli
