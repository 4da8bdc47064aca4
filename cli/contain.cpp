#include "firebreak/contain.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "firebreak/draw.h"

#include "cli/question.h"

namespace firebreak::cli {
namespace {

using Type = Action::Type;

/// The words of --actions, and the kinds of actions each means.
struct KindWord {
  std::string_view word;
  std::vector<Type> types;
};
std::vector<KindWord> kind_words() {
  return {{"isolate", {Type::isolate_system, Type::isolate_zone}},
          {"isolate-systems", {Type::isolate_system}},
          {"isolate-zones", {Type::isolate_zone}},
          {"off", {Type::switch_off}},
          {"disable", {Type::disable}},
          {"block", {Type::block_rule, Type::block_zones}},
          {"block-rules", {Type::block_rule}},
          {"block-zones", {Type::block_zones}}};
}

/// The kinds that --actions leaves out.
std::vector<Type> left_out(const Options& options) {
  std::vector<Type> without;
  if (options.kinds.empty()) return without;
  const std::vector<KindWord> known = kind_words();
  std::vector<Type> wanted;
  for (const std::string& word : split(options.kinds)) {
    const auto found = std::ranges::find(known, word, &KindWord::word);
    if (found == known.end()) {
      std::vector<std::string_view> names;
      for (const KindWord& kind : known) names.push_back(kind.word);
      refuse(fmt::format("--actions takes no '{}'", word), fmt::format("any of {}", fmt::join(names, ", ")));
    }
    wanted.insert(wanted.end(), found->types.begin(), found->types.end());
  }
  for (const KindWord& kind : known) {
    for (const Type type : kind.types) {
      const auto has = [type](const std::vector<Type>& list) { return std::ranges::find(list, type) != list.end(); };
      if (!has(wanted) && !has(without)) without.push_back(type);
    }
  }
  return without;
}

std::vector<NodeId> protected_by(const Question& question, const Options& options) {
  std::vector<NodeId> nodes = protected_nodes(question, options.protect);
  if (nodes.empty()) {
    refuse("nothing is named to be protected", "say --protect ID,..., or mark the crown jewels with critical = true");
  }
  return nodes;
}

std::vector<NodeId> kept_by(const Question& question, const Options& options) {
  std::vector<NodeId> nodes = nodes_themselves(question, split(options.keep));
  for (const NodeId n : nodes) {
    if (question.graph.kind[n] == NodeKind::service) continue;
    refuse(fmt::format("'{}' is no service", question.topology().nodes[n].id), "--keep names services");
  }
  return nodes;
}

/// A zone means its border; everything else the systems and identities it selects.
std::vector<NodeId> pinned_by(const Question& question, const Options& options) {
  std::vector<NodeId> pinned;
  std::vector<std::string> others;
  for (const std::string& word : split(options.cannot)) {
    const NodeId n = question.topology().find(word);
    if (n.valid() && question.graph.kind[n] == NodeKind::zone) {
      pinned.push_back(n);
    } else {
      others.push_back(word);
    }
  }
  for (const NodeId n : nodes_of(question, others)) {
    if (!can_be_compromised(question.graph.kind[n])) {
      refuse(fmt::format("nothing is ever done to '{}'", question.topology().nodes[n].id),
             "--cannot names systems, zones and identities");
    }
    pinned.push_back(n);
  }
  return pinned;
}

/// "off dc-muc, isolate office; block a -> b tcp/445": what stands behind a comma and begins with no such word still
/// belongs to what is before it.
ScenarioWords action_list(const std::string& text) {
  ScenarioWords words;
  std::vector<std::string>* list = nullptr;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(",;", at), text.size());
    std::string part = text.substr(at, end - at);
    at = end + 1;
    bool goes_on = true;
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    const auto begins = [&](std::string_view verb, std::vector<std::string>& verbs_list) {
      if (!goes_on || !part.starts_with(verb)) return;
      part.erase(0, verb.size());
      list = &verbs_list;
      goes_on = false;
    };
    begins("block ", words.block);
    begins("off ", words.off);
    begins("isolate ", words.isolate);
    if (list == nullptr) {
      refuse(fmt::format("'{}' is no action", part), "such as --compare 'off dc-1, isolate office, block a -> b'");
    }
    if (goes_on && list == &words.block) {
      list->back() += "," + part;
    } else {
      list->push_back(part);
    }
  }
  return words;
}

struct ListOption {
  std::string_view name;
  const std::vector<std::string>& list;
};

/// Options as words of a command line.
std::string option_words(std::initializer_list<ListOption> options) {
  std::string words;
  for (const ListOption& option : options) {
    if (option.list.empty()) continue;
    words += fmt::format("{}{} {}", words.empty() ? "" : " ", option.name,
                         report::shell_word(fmt::format("{}", fmt::join(option.list, ","))));
  }
  return words;
}

ComparedActions compared(const Call& call, const Options& options, const Question& question,
                         const std::vector<RuleBlock>& rules) {
  std::vector<Diagnostic> faults;
  const Scenario actions = resolve(question.topology(), action_list(options.compare), faults);
  if (std::ranges::any_of(faults, [](const Diagnostic& d) { return d.severity == Severity::error; })) {
    throw Stop{{2, "", rendered(faults, question.loaded.sources, colours_errors(options, call.surroundings))}};
  }
  return {options.compare, join(question.scenario, actions), cost_of(question.graph, actions, rules)};
}

}  // namespace

Outcome run_contain(const Call& call) {
  Options options;
  Arguments arguments("firebreak contain",
                      "The cheapest actions that keep an attacker away from what is to be protected: those that make "
                      "the fewest services fail, then degrade, then cost least.");
  arguments.topologies(options);
  arguments.scenario(options);
  arguments.list("--protect", options.protect, "ID,...", "what must not be reached; all crown jewels if not said");
  arguments.list("--keep", options.keep, "ID,...", "services that must not fail");
  arguments.list("--cannot", options.cannot, "ID,...", "systems, zones and identities that nothing may be done to");
  arguments.list("--actions", options.kinds, "KIND,...",
                 "only these: isolate, off, disable, block; or isolate-systems, isolate-zones, block-rules, "
                 "block-zones");
  arguments.flag("--frontier", options.frontier, "also what each further loss of services would buy");
  arguments.text("--compare", options.compare, "ACTIONS",
                 "set what was done against the plan: 'off dc-1, isolate lan'");
  arguments.time_limit(options);
  arguments.output(options, "text, json, csv; md: a sheet to tick off; svg: the frontier");
  arguments.examples("firebreak contain topology.toml --compromised pc-17 --keep mail");
  arguments.read(call);
  constexpr std::array kFormats = {Format::text, Format::json, Format::csv, Format::md, Format::svg};
  const Format format = choose_format(options, call.surroundings, "contain", kFormats);
  if (format == Format::svg && !options.frontier) {
    refuse("contain draws what each loss buys, and was not asked for it", "add --frontier, or say --format md");
  }
  const TextStyle style = style_of(options, call.surroundings, format);
  Patience patience = patience_of(call, options);
  const auto question = ask(call, options, options.words);
  if (question->scenario.compromised.empty()) {
    refuse("nothing is compromised, so there is nothing to contain",
           "say --compromised ID,..., or a --scenario that does");
  }
  ContainOptions asked;
  asked.protect = protected_by(*question, options);
  asked.keep = kept_by(*question, options);
  asked.cannot = pinned_by(*question, options);
  asked.without = left_out(options);
  asked.rules = rule_blocks(question->topology());
  asked.patience = std::move(patience);
  std::optional<ComparedActions> done;
  if (!options.compare.empty()) done = compared(call, options, *question, asked.rules);
  const Containment answer = contain(question->graph, question->scenario, asked);
  std::optional<Frontier> plans;
  if (options.frontier) plans = frontier(question->graph, question->scenario, asked);
  const ContainReport report{.asked = asked,
                             .answer = answer,
                             .frontier = plans ? &*plans : nullptr,
                             .compared = done ? &*done : nullptr,
                             .goal = option_words({{"--protect", options.protect}, {"--keep", options.keep}}),
                             .limits = option_words({{"--cannot", options.cannot}, {"--actions", options.kinds}})};
  const bool whole = answer.proven && (!plans || plans->complete);
  const int code = !whole ? 3 : answer.plan ? 0 : 1;
  std::string shown = format == Format::svg ? draw_frontier(question->subject(), report, options.all)
                                            : *present(question->subject(), report, format, style);
  return deliver(options, std::move(shown), question->warnings, code);
}

}  // namespace firebreak::cli
