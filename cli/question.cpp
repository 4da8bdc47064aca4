#include "cli/question.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <utility>

#include "cli/workers.h"
#include "cli/write_file.h"
#include "topology/suggestions.h"

namespace firebreak::cli {
namespace {

using report::shell_word;
using report::shell_words;

/// Warnings of a topology that are shown beside an answer; `check` shows all.
constexpr std::size_t kMostWarnings = 5;

std::string options_words(const Options& options) {
  std::string words;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!words.empty()) words += ' ';
    words += fmt::format("{} {}", name, shell_word(value));
  };
  const auto add_list = [&](std::string_view name, const std::vector<std::string>& list) {
    if (!list.empty()) add(name, fmt::format("{}", fmt::join(list, ",")));
  };
  if (!options.scenario.empty()) add("--scenario", options.scenario);
  add_list("--compromised", options.actions.compromised);
  add_list("--off", options.actions.off);
  add_list("--isolate", options.actions.isolate);
  for (const std::string& flow : options.actions.block) add("--block", flow);
  for (const std::string& flow : options.actions.allow) add("--allow", flow);
  if (!options.at.empty()) add("--at", options.at);
  return words;
}

/// Ends the call when there are errors; gives back the rest as text for standard error.
std::string refuse_errors(const Options& options, const Call& call, std::span<const Diagnostic> diagnostics,
                          const Sources& sources, std::string_view files) {
  const bool colour = colours_errors(options, call.surroundings);
  if (has_errors(diagnostics)) throw Stop{{2, "", rendered(diagnostics, sources, colour)}};
  if (options.quiet || diagnostics.empty()) return {};
  std::string text = rendered(diagnostics, sources, colour, kMostWarnings);
  if (diagnostics.size() > kMostWarnings) {
    text +=
        fmt::format("{} more, shown by: firebreak check {}\n", diagnostics.size() - kMostWarnings, printable(files));
  }
  return text;
}

Scenario named_scenario(const Topology& topology, const std::string& name) {
  const ScenarioId id = topology.find_scenario(name);
  if (id.valid()) return resolve(topology, topology.scenarios[id]);
  std::vector<std::string_view> names;
  for (const NamedScenario& scenario : topology.scenarios) names.push_back(scenario.id);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) {
    hint = names.empty() ? "the topology holds no scenarios" : fmt::format("scenarios: {}", fmt::join(names, ", "));
  }
  refuse(fmt::format("there is no scenario '{}'", name), std::move(hint), Code::unknown_scenario);
}

/// What an id names that is no node, or nothing.
std::string_view what_else(const Topology& topology, std::string_view id) {
  const auto is = [id](const auto& thing) { return thing.id == id; };
  if (std::ranges::any_of(topology.policies, is)) return "a policy";
  if (std::ranges::any_of(topology.scenarios, is)) return "a scenario";
  if (std::ranges::any_of(topology.requires_all, is)) return "a require";
  return {};
}

}  // namespace

void refuse_no_topology() {
  refuse("no topology is named",
         "name one or more files, or - for standard input; firebreak init writes one to begin with", Code::no_input);
}

Loaded read_topologies(const Call& call, std::span<const std::string> files) {
  call.progress.phase("reading");
  HelperThread helper;
  if (call.surroundings.input == nullptr || std::ranges::find(files, "-") == files.end()) {
    return load(files, &helper);
  }
  std::vector<SourceFile> texts;
  for (const std::string& file : files) {
    if (file == "-") {
      texts.push_back({"<stdin>", *call.surroundings.input});
      continue;
    }
    const std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) refuse(fmt::format("cannot read '{}'", file), {}, Code::cannot_read);
    texts.push_back({file, text.str()});
  }
  return load_texts(std::move(texts), &helper);
}

Graph compiled(const Topology& topology) {
  HelperThread helper;
  return compile(topology, &helper);
}

std::string file_words(std::span<const std::string> files) {
  std::vector<std::string> words(files.begin(), files.end());
  for (std::string& word : words) {
    if (word.starts_with('-') && word != "-") word.insert(0, "./");
  }
  return shell_words(words);
}

std::unique_ptr<Question> ask(const Call& call, const Options& options, std::span<const std::string> files) {
  if (files.empty()) refuse_no_topology();
  auto question = std::make_unique<Question>();
  question->files = file_words(files);
  question->loaded = read_topologies(call, files);
  const Sources& sources = question->loaded.sources;
  question->warnings = refuse_errors(options, call, question->loaded.diagnostics, sources, question->files);
  call.progress.phase("compiling");
  question->graph = compiled(question->topology());
  Options words = options;
  words.actions.compromised = split(options.actions.compromised);
  words.actions.off = split(options.actions.off);
  words.actions.isolate = split(options.actions.isolate);
  std::vector<Diagnostic> faults;
  Scenario scenario;
  if (!options.scenario.empty()) scenario = named_scenario(question->topology(), options.scenario);
  question->scenario = join(std::move(scenario), resolve(question->topology(), words.actions, faults));
  question->options = options_words(words);
  question->warnings += refuse_errors(options, call, faults, sources, question->files);
  call.progress.phase("computing");
  return question;
}

std::vector<NodeId> nodes_of(const Question& question, const std::vector<std::string>& words) {
  std::vector<Diagnostic> faults;
  Selectors selectors;
  const std::vector<std::string> parts = split(words);
  for (const std::string& word : parts) {
    if (const auto selector = resolve_selector(question.topology(), word, faults)) selectors.push_back(*selector);
  }
  if (has_errors(faults)) throw Stop{{2, "", rendered(faults, question.loaded.sources, false)}};
  std::vector<NodeId> nodes = select(question.topology(), selectors);
  for (const Selector& selector : selectors) {
    // A service or customer is selected by its own id, which `select` leaves out.
    if (selector.type == Selector::Type::node && std::ranges::find(nodes, selector.node) == nodes.end() &&
        question.topology().nodes[selector.node].kind != NodeKind::zone &&
        question.topology().nodes[selector.node].kind != NodeKind::site) {
      nodes.push_back(selector.node);
    }
  }
  return nodes;
}

std::vector<NodeId> nodes_themselves(const Question& question, const std::vector<std::string>& words) {
  const Topology& topology = question.topology();
  std::vector<Diagnostic> faults;
  std::vector<NodeId> nodes;
  IdVector<NodeId, bool> taken(topology.nodes.size(), false);
  const auto take = [&](NodeId n) {
    if (!taken[n]) nodes.push_back(n);
    taken[n] = true;
  };
  for (const std::string& word : words) {
    const auto selector = resolve_selector(topology, word, faults);
    if (!selector) continue;
    if (selector->type == Selector::Type::node && topology.nodes[selector->node].kind != NodeKind::zone) {
      take(selector->node);
    } else {
      for (const NodeId n : select(topology, {&*selector, 1})) take(n);
    }
  }
  if (has_errors(faults)) throw Stop{{2, "", rendered(faults, question.loaded.sources, false)}};
  return nodes;
}

std::vector<NodeId> protected_nodes(const Question& question, const std::vector<std::string>& words) {
  std::vector<NodeId> nodes;
  if (words.empty()) {
    for (const NodeId n : ids<NodeId>(question.graph.node_count)) {
      if (question.graph.critical[n]) nodes.push_back(n);
    }
    return nodes;
  }
  nodes = nodes_of(question, split(words));
  for (const NodeId n : nodes) {
    if (can_be_compromised(question.graph.kind[n])) continue;
    refuse(fmt::format("'{}' cannot be reached by an attacker", question.topology().nodes[n].id),
           "name systems, identities, or selectors that mean some");
  }
  return nodes;
}

NodeId node_of(const Question& question, const std::string& id) {
  const Topology& topology = question.topology();
  const NodeId node = topology.find(id);
  if (node.valid()) return node;
  if (const std::string_view other = what_else(topology, id); !other.empty()) {
    refuse(fmt::format("'{}' is {}, where a node is asked for", id, other),
           "nodes are zones, sites, systems, identities, services, customers and links", Code::wrong_kind);
  }
  refuse(fmt::format("there is no '{}' in the topology", id), Suggestions(topology).for_id(id, KindSet::all()),
         Code::unknown_id);
}

std::string rendered(std::span<const Diagnostic> diagnostics, const Sources& sources, bool colour, std::size_t most) {
  const std::size_t shown = most == 0 ? diagnostics.size() : std::min(most, diagnostics.size());
  return render(diagnostics.first(shown), sources, colour);
}

Outcome deliver(const Options& options, std::string answer, std::string warnings, int code) {
  if (options.output.empty() || options.output == "-") return {code, std::move(answer), std::move(warnings)};
  if (const auto fault = write_file(options.output, answer)) {
    refuse(fmt::format("cannot write '{}': {}", options.output, *fault), {}, Code::cannot_write);
  }
  return {code, "", std::move(warnings)};
}

}  // namespace firebreak::cli
