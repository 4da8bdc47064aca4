#include "firebreak/policy.h"

#include "cli/picture.h"
#include "cli/question.h"

namespace firebreak::cli {
namespace {

/// The answer to --least: a file to be merged, whatever its name.
Outcome write_least(const Options& options, const Question& question) {
  const std::vector<LeastRule> rules = least_rules(question.graph);
  return deliver(options, least_policy_toml(question.subject(), rules), question.warnings);
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
  arguments.picture(options);
  arguments.examples("firebreak policy topology.toml\nfirebreak policy topology.toml --least -o least.toml");
  arguments.read(call);
  const bool as_file = options.least && options.format.empty();
  const Format format = as_file ? Format::text : choose_format(options, call.surroundings, "policy", kTextsAndPictures);
  const TextStyle style = style_of(options, call.surroundings, format);
  const auto question = ask(call, options, options.words);
  if (as_file) return write_least(options, *question);
  if (is_picture(format)) {
    const auto paint = [&](const DrawOptions& how) { return draw_zones(question->subject(), how); };
    return deliver_picture(call, options, *question, format, paint);
  }
  const Graph& graph = question->graph;
  const ZoneMatrix matrix = zone_matrix(graph, question->scenario);
  const std::vector<DeniedNeed> denied = denied_needs(graph, question->scenario);
  const std::vector<UnusedRule> unused = unused_rules(graph, flow_demands(question->topology()));
  const RuleAudit audit = audit_rules(graph);
  const std::vector<LeastRule> least = least_rules(graph);
  const PolicyReport report{matrix, denied, unused, audit, least};
  return deliver(options, *present(question->subject(), report, format, style), question->warnings);
}

}  // namespace firebreak::cli
