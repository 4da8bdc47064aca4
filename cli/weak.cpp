#include "firebreak/weak.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "cli/losses.h"
#include "cli/question.h"

namespace firebreak::cli {
namespace {

constexpr std::array kEngines = {CutSetEngine::automatic, CutSetEngine::diagrams, CutSetEngine::bounded,
                                 CutSetEngine::exhaustive};

CutSetEngine engine_of(const Options& options) {
  std::vector<std::string_view> names;
  for (const CutSetEngine engine : kEngines) {
    if (to_string(engine) == options.engine) return engine;
    names.push_back(to_string(engine));
  }
  refuse(fmt::format("there is no engine '{}'", options.engine), fmt::format("one of {}", fmt::join(names, ", ")));
}

std::vector<NodeId> asked_of(const Question& question, const Options& options) {
  if (!options.services.empty()) return nodes_themselves(question, split(options.services));
  std::vector<NodeId> services;
  for (const Service& service : question.topology().services) services.push_back(service.node);
  return services;
}

/// The words of this command's own options, for the next command to try.
std::string own_words(const Options& options) {
  std::string words;
  const auto add = [&](std::string_view name, const std::string& value) {
    words += fmt::format("{}{} {}", words.empty() ? "" : " ", name, report::shell_word(value));
  };
  if (!options.services.empty()) add("--service", fmt::format("{}", fmt::join(split(options.services), ",")));
  if (!options.over.empty()) add("--over", fmt::format("{}", fmt::join(split(options.over), ",")));
  if (!options.protect.empty()) add("--protect", fmt::format("{}", fmt::join(split(options.protect), ",")));
  if (options.order != Options::kAnyOrder) add("--order", std::to_string(options.order));
  return words;
}

CutSetOptions cut_set_options(const Options& options, const Question& question, Patience patience) {
  CutSetOptions asked;
  asked.nodes = asked_of(question, options);
  asked.losses = losses_of(question, options.over);
  asked.list = options.list;
  asked.cheapest = std::max<std::uint32_t>(options.cheapest, 1);
  if (options.order != Options::kAnyOrder) asked.order = options.order;
  asked.shares = true;
  asked.engine = engine_of(options);
  asked.patience = std::move(patience);
  return asked;
}

ChokeOptions choke_options(const Call& call, const Options& options, const Question& question) {
  ChokeOptions asked;
  asked.protect = protected_nodes(question, options.protect);
  asked.starts = question.scenario.compromised;
  asked.any_start = asked.starts.empty();
  if (asked.any_start) asked.starts = systems_outside(question.graph, asked.protect);
  for (const Rule& rule : question.topology().rules) asked.rule_costs.push_back(rule.cost);
  constexpr double kShareOfTime = 0.25;
  asked.patience = patience_of(call, options, kShareOfTime);
  return asked;
}

}  // namespace

Outcome run_weak(const Call& call) {
  Options options;
  Arguments arguments("firebreak weak",
                      "Where one loss, or a few, are enough: single points of failure, all minimal cut sets of each "
                      "service counted exactly, the smallest and the cheapest, what cannot be started again, and where "
                      "the ways of an attacker narrow.");
  arguments.topologies(options);
  arguments.list("--service", options.services, "ID,...", "only these: ids of any kind, or selectors");
  arguments.list("--over", options.over, "WHAT,...",
                 "what may be lost: systems, sites, links, identities, services, customers, ids or selectors; "
                 "systems,sites,links if not said");
  arguments.number("--order", options.order, "at most so many losses at once; larger sets are not counted");
  arguments.number("--list", options.list,
                   "how many of the smallest sets are written out of each service; 20 if not said");
  arguments.number("--cheapest", options.cheapest, "how many of the cheapest; 1 if not said");
  arguments.list("--protect", options.protect, "ID,...",
                 "the crown jewels, for the choke points before them; what is marked critical if not said");
  arguments.text("--engine", options.engine, "NAME", "auto, diagrams, bounded or exhaustive: how they are found");
  arguments.time_limit(options);
  arguments.scenario(options);
  arguments.output(options, "text, json, csv, md");
  arguments.examples("firebreak weak topology.toml\nfirebreak weak topology.toml --service mail --order 2");
  arguments.read(call);
  if (options.order == 0) refuse("--order 0 asks for nothing", "say how many losses there may be at once, such as 2");
  if (engine_of(options) == CutSetEngine::exhaustive && options.order > 2) {
    refuse("the engine 'exhaustive' tries single losses and pairs", "say --order 1 or --order 2");
  }
  const Patience patience = patience_of(call, options);
  constexpr std::array kFormats = {Format::text, Format::json, Format::csv, Format::md};
  const Format format = choose_format(options, call.surroundings, "weak", kFormats);
  const TextStyle style = style_of(options, call.surroundings, format);
  const auto question = ask(call, options, options.words);
  const CutSetOptions asked = cut_set_options(options, *question, patience);
  const ChokeOptions guarded = choke_options(call, options, *question);
  ChokePoints chokes;
  if (!guarded.protect.empty()) chokes = choke_points(question->graph, question->scenario, guarded);
  const SingleLosses losses = single_losses(question->graph, question->scenario, asked.losses, asked.nodes, patience);
  const CutSetAnswer sets = cut_sets(question->graph, question->scenario, asked);
  const auto loops = loops_if_all_off(question->graph, patience);
  std::optional<ChokeReport> choke;
  if (!guarded.protect.empty()) choke.emplace(chokes, guarded, !options.protect.empty());
  const WeakReport report{sets, losses, loops, choke, asked, own_words(options)};
  const int code = sets.complete && losses.complete && chokes.complete ? 0 : 3;
  return deliver(options, *present(question->subject(), report, format, style), question->warnings, code);
}

}  // namespace firebreak::cli
