#include "firebreak/diff.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/question.h"
#include "cli/verdicts.h"
#include "topology/flow_words.h"

namespace firebreak::cli {
namespace {

constexpr std::array kFormats = {Format::text, Format::json, Format::csv, Format::md, Format::junit, Format::github};

/// Which words are the topology before, and which the one afterwards.
struct Sides {
  std::vector<std::string> before;
  std::vector<std::string> after;
};

Sides split_sides(const std::vector<std::string>& words) {
  const auto to = std::ranges::find(words, "to");
  if (to != words.end()) return {{words.begin(), to}, {to + 1, words.end()}};
  if (words.size() == 2) return {{words[0]}, {words[1]}};
  return {};
}

Sides read_sides(const std::vector<std::string>& words) {
  Sides sides = split_sides(words);
  if (sides.before.empty() || sides.after.empty()) {
    refuse(words.empty() ? "no topologies are named" : "it is not clear which topology is before and which after",
           "say BEFORE AFTER, or with several files BEFORE... to AFTER...", Code::no_input);
  }
  if (std::ranges::count(words, "-") > 1) refuse("standard input can be read only once", {}, Code::no_input);
  return sides;
}

/// Both topologies. What is wrong with either is said of both in one run.
std::pair<std::unique_ptr<Question>, std::unique_ptr<Question>> ask_both(const Call& call, const Options& options,
                                                                         const Sides& sides) {
  std::string faults;
  const auto ask_one = [&](const std::vector<std::string>& files) -> std::unique_ptr<Question> {
    try {
      return ask(call, options, files);
    } catch (const Stop& stop) {
      if (faults != stop.outcome.err) faults += stop.outcome.err;
      return nullptr;
    }
  };
  auto before = ask_one(sides.before);
  auto after = ask_one(sides.after);
  if (!before || !after) throw Stop{{2, "", faults}};
  return {std::move(before), std::move(after)};
}

/// The places that some words of a flow mean in one topology; a word it does not know means none there.
PlaceSet places_of(const Topology& topology, const std::vector<std::string_view>& words, std::vector<bool>& known) {
  Selectors selectors;
  known.resize(words.size(), false);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::vector<Diagnostic> faults;
    const std::optional<Selector> selector = resolve_selector(topology, words[i], faults);
    if (!selector) continue;
    known[i] = true;
    selectors.push_back(*selector);
  }
  return selectors.empty() ? PlaceSet{} : places(topology, selectors);
}

/// Ends the call for the first word that neither topology knows.
void refuse_unknown(const Topology& topology, const std::vector<std::string_view>& words,
                    const std::vector<bool>& known) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (known[i]) continue;
    std::vector<Diagnostic> faults;
    static_cast<void>(resolve_selector(topology, words[i], faults));
    throw Stop{{2, "", render(faults, {}, false)}};
  }
}

/// The places that the flows of --only mean, in both topologies. Each word must be known in one of them.
std::vector<FlowLimits> read_limits(const std::vector<std::string>& flows, const Question& before,
                                    const Question& after) {
  std::vector<FlowLimits> limits;
  for (const std::string& flow : flows) {
    const FlowWords words = split_flow(flow);
    if (!words.fault.empty()) {
      refuse(fmt::format("'{}' is no flow: {}", flow, words.fault),
             "write it like 'office -> servers' or 'office -> servers tcp/445'", Code::bad_flow);
    }
    FlowLimits limit;
    std::vector<bool> known_from;
    std::vector<bool> known_to;
    limit.from_before = places_of(before.topology(), words.from, known_from);
    limit.from_after = places_of(after.topology(), words.from, known_from);
    limit.to_before = places_of(before.topology(), words.to, known_to);
    limit.to_after = places_of(after.topology(), words.to, known_to);
    refuse_unknown(after.topology(), words.from, known_from);
    refuse_unknown(after.topology(), words.to, known_to);
    for (const std::string_view word : words.ports) {
      const std::optional<PortSet> ports = parse_ports(word);
      if (!ports) refuse(fmt::format("'{}' is no port", word), "such as tcp/443, udp/53 or https", Code::bad_port);
      limit.ports = unite(limit.ports, *ports);
    }
    if (words.ports.empty()) limit.ports = PortSet::any();
    limits.push_back(std::move(limit));
  }
  return limits;
}

int exit_code(const Options& options, const DiffVerdict& verdict) {
  if (!options.only.empty() && verdict.besides) return 1;
  if (options.exit_code && verdict.any) return 1;
  return verdict.complete ? 0 : 3;
}

}  // namespace

Outcome run_diff(const Call& call) {
  Options options;
  Arguments arguments("firebreak diff",
                      "What a change of the topology does: what gets worse, which flows open and close, what a "
                      "compromise reaches, which single losses take services down, which requires break. With several "
                      "files on a side: BEFORE... to AFTER...");
  arguments.words("BEFORE AFTER", options.words, "two topologies; - is standard input");
  arguments.list("--only", options.only, "FLOW", "exit code 1 if anything but this changes: 'FROM -> TO [PORTS]'");
  arguments.flag("--exit-code", options.exit_code, "exit code 1 if anything changes");
  arguments.output(options, "text, json, csv, md, junit, github");
  arguments.examples(
      "firebreak diff base.toml topology.toml\n"
      "firebreak diff base.toml topology.toml --only 'proxy -> erp tcp/443'\n"
      "firebreak diff topology.toml to topology.toml least.toml --format md");
  arguments.read(call);
  const Format format = choose_format(options, call.surroundings, "diff", kFormats);
  const TextStyle style = style_of(options, call.surroundings, format);
  const Sides sides = read_sides(options.words);
  const auto [before, after] = ask_both(call, options, sides);
  const std::vector<FlowLimits> limits = read_limits(options.only, *before, *after);
  const Match matched = match(before->topology(), after->topology());
  const Versions versions{before->graph, after->graph, matched};
  call.progress.phase("comparing flows");
  const FlowChanges flows = flow_changes(versions);
  call.progress.phase("comparing what a compromise reaches");
  const ReachChanges reach = reach_changes(versions);
  call.progress.phase("comparing what losses take down");
  const std::vector<SurvivalChange> survival = survival_changes(versions);
  const std::vector<StateChange> states = state_changes(versions);
  const DeniedChanges denied = denied_changes(versions);
  const std::vector<ScenarioChange> scenarios =
      scenario_changes(versions, shared_scenarios(before->topology(), after->topology()));
  call.progress.phase("judging requires");
  const std::vector<RequireVerdict> requires_before = judge_requires(before->topology(), before->graph);
  const std::vector<RequireVerdict> requires_after = judge_requires(after->topology(), after->graph);
  const std::vector<ThingChange> things = thing_changes(before->topology(), after->topology());
  call.progress.phase("finding the words");
  OnlyVerdict only;
  if (!limits.empty()) only = {options.only, flows_outside(versions, flows, limits)};
  const Subject subject_before = before->subject();
  const Subject subject_after = after->subject();
  const DiffReport report{subject_before,
                          subject_after,
                          matched,
                          flows,
                          reach,
                          survival,
                          states,
                          denied,
                          requires_before,
                          requires_after,
                          scenarios,
                          things,
                          options.only.empty() ? nullptr : &only};
  const std::string warnings =
      before->warnings == after->warnings ? after->warnings : before->warnings + after->warnings;
  return deliver(options, *present(report, format, style), warnings, exit_code(options, verdict(report)));
}

}  // namespace firebreak::cli
