#include "firebreak/check.h"

#include <algorithm>

#include "cli/picture.h"
#include "cli/question.h"
#include "cli/verdicts.h"
#include "report/findings.h"

namespace firebreak::cli {
namespace {

constexpr std::array kFormats = {Format::text, Format::json, Format::csv, Format::md, Format::junit, Format::github};

/// The answer for files that hold errors: for machines a document like any other, for people the diagnostics alone.
Outcome deliver_faults(const Call& call, const Options& options, const Loaded& loaded, Format format,
                       const TextStyle& style) {
  if (format == Format::text) {
    throw Stop{{2, "", rendered(loaded.diagnostics, loaded.sources, colours_errors(options, call.surroundings))}};
  }
  return deliver(options, *present(loaded.sources, loaded.diagnostics, format, style), "", 2);
}

}  // namespace

Outcome run_check(const Call& call) {
  Options options;
  Arguments arguments("firebreak check",
                      "Is the model sound, does every require hold, does every scenario come out as it says?");
  arguments.topologies(options);
  arguments.output(options, "text, json, csv, md, junit, github");
  arguments.examples("firebreak check topology.toml");
  arguments.read(call);
  const Format format = choose_format(options, call.surroundings, "check", kFormats);
  const TextStyle style = style_of(options, call.surroundings, format);
  if (options.words.empty()) refuse_no_topology();
  const Loaded loaded = read_topologies(call, options.words);
  if (!loaded.topology) return deliver_faults(call, options, loaded, format, style);
  const Topology& topology = *loaded.topology;
  call.progress.phase("compiling");
  const Graph graph = compiled(topology);
  call.progress.phase("checking");
  const Scenario nothing;
  const Subject subject{loaded.sources, topology, graph, nothing, file_words(options.words), ""};
  std::vector<Diagnostic> diagnostics = loaded.diagnostics;
  const std::vector<Diagnostic> found = report::findings(subject);
  diagnostics.insert(diagnostics.end(), found.begin(), found.end());
  sort_and_unique(diagnostics);
  const std::vector<RequireVerdict> requires_all = judge_requires(topology, graph);
  const std::vector<ScenarioVerdict> scenarios = judge_scenarios(topology, graph);
  const bool no = !std::ranges::all_of(requires_all, &RequireVerdict::holds) ||
                  !std::ranges::all_of(scenarios, &ScenarioVerdict::passed);
  const bool in_part = !std::ranges::all_of(requires_all, &RequireVerdict::decided);
  const CheckReport report{diagnostics, requires_all, scenarios};
  return deliver(options, *present(subject, report, format, style), "", no ? 1 : in_part ? 3 : 0);
}

}  // namespace firebreak::cli
