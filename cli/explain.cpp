#include "firebreak/explain.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/picture.h"
#include "cli/question.h"

namespace firebreak::cli {
namespace {

/// Whether a word names a topology: "-", or its name ends in .toml or .json.
bool names_topology(const std::string& word) {
  return word == "-" || word.ends_with(".toml") || word.ends_with(".json");
}

/// The words that are topologies: the first, and those behind it that look like one.
std::size_t count_topologies(const std::vector<std::string>& words) {
  const auto end = std::find_if_not(words.begin() + (words.empty() ? 0 : 1), words.end(), names_topology);
  return static_cast<std::size_t>(end - words.begin());
}

Outcome explain_flow_or_takeover(const Call& call, const Options& options, const Question& question,
                                 std::span<const std::string> words) {
  const Format format = choose_format(options, call.surroundings, "explain", kTexts);
  const TextStyle style = style_of(options, call.surroundings, format);
  const NodeId from = node_of(question, words[0]);
  const NodeId to = node_of(question, words[1]);
  for (const NodeId n : {from, to}) {
    if (can_be_compromised(question.graph.kind[n]) || question.graph.kind[n] == NodeKind::zone) continue;
    refuse(fmt::format("'{}' is a {}, and nothing flows to or from it", question.topology().nodes[n].id,
                       to_string(question.graph.kind[n])),
           "FROM and TO are systems, zones or identities", Code::wrong_kind);
  }
  for (const NodeId n : {from, to}) {
    if (words.size() == 2 || question.graph.kind[n] != NodeKind::identity) continue;
    refuse(fmt::format("'{}' is an identity, which no flow leads to or from, so that a port says nothing",
                       question.topology().nodes[n].id),
           "leave out the port", Code::wrong_kind);
  }
  PortSet ports = PortSet::any();
  if (words.size() > 2) {
    const std::optional<PortSet> named = parse_ports(words[2]);
    if (!named || named->empty()) {
      refuse(fmt::format("'{}' is no port", words[2]), "such as tcp/443, udp/53 or https", Code::bad_port);
    }
    ports = *named;
  }
  const FlowExplanation flow = explain_flow(question.graph, question.scenario, from, to, ports);
  std::optional<TakeoverExplanation> takeover;
  if (can_be_compromised(question.graph.kind[from]) && can_be_compromised(question.graph.kind[to])) {
    takeover = explain_takeover(question.graph, question.scenario, from, to);
  }
  const FlowReport report{from, to, ports, flow, takeover ? &*takeover : nullptr};
  return deliver(options, *present(question.subject(), report, format, style), question.warnings);
}

Outcome explain_one(const Call& call, const Options& options, const Question& question, const std::string& id) {
  const Seconds at = time_of(options);
  const std::optional<State> limit = fail_on(options);
  const Format format = choose_format(options, call.surroundings, "explain", kTexts);
  const TextStyle style = style_of(options, call.surroundings, format);
  const NodeId node = node_of(question, id);
  StateExplanation explanation = explain_state(question.graph, question.scenario, node);
  if (at != kNever) explanation.impact = impact(question.graph, question.scenario, explanation.impact.baseline, at);
  // What works at that moment needs no mending yet.
  if (explanation.impact.state[node] >= State::at_risk) explanation.fixes.clear();
  const bool met = limit && explanation.impact.state[node] <= *limit;
  const StateReport report{node, explanation, at};
  const int code = met ? 1 : explanation.complete ? 0 : 3;
  return deliver(options, *present(question.subject(), report, format, style), question.warnings, code);
}

}  // namespace

Outcome run_explain(const Call& call) {
  Options options;
  Arguments arguments(
      "firebreak explain",

      "Why a flow or a takeover is possible or not (FROM TO [PORT]), or why something is in its state and what would "
      "mend it (ID). "
      "The first word is a topology; further words are topologies when they are - or end in .toml or .json.");
  arguments.topologies(options, "topology files, then FROM TO [PORT] or ID");
  arguments.scenario(options);
  arguments.time(options);
  arguments.output(options, "text, json, csv, md");
  arguments.fail_on(options);
  arguments.examples(
      "firebreak explain topology.toml pc-17 dc-1 tcp/445\nfirebreak explain topology.toml mail --off dc-1");
  arguments.read(call);
  const std::size_t files = count_topologies(options.words);
  const std::span<const std::string> words = std::span<const std::string>(options.words).subspan(files);
  const auto question = ask(call, options, std::span<const std::string>(options.words).first(files));
  if (words.size() == 1) return explain_one(call, options, *question, words[0]);
  if (words.size() == 2 || words.size() == 3) return explain_flow_or_takeover(call, options, *question, words);
  refuse(words.empty() ? "nothing to explain is named" : fmt::format("one word too many: '{}'", words[3]),
         "say FROM TO [PORT] for a flow or a takeover, or ID for a state, behind the topology");
}

}  // namespace firebreak::cli
