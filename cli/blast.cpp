#include "firebreak/blast.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/picture.h"
#include "cli/question.h"

namespace firebreak::cli {
namespace {

/// Nodes by the size of their blast, the largest first.
template <class Counts>
std::vector<RankEntry> rank(const IdVector<NodeId, std::uint32_t>& sizes, Counts counts) {
  std::vector<RankEntry> entries;
  for (const NodeId n : ids<NodeId>(sizes.size())) {
    if (counts(n)) entries.push_back({n, sizes[n]});
  }
  std::ranges::stable_sort(entries, std::greater<>(), &RankEntry::reaches);
  return entries;
}

std::vector<NodeId> targets(const Question& question, const Options& options) {
  std::vector<NodeId> nodes = nodes_of(question, options.to);
  for (const NodeId n : nodes) {
    const NodeKind kind = question.graph.kind[n];
    if (can_be_compromised(kind)) continue;
    refuse(fmt::format("'{}' is a {}, which cannot be compromised", question.topology().nodes[n].id, to_string(kind)),
           "--to takes systems and identities", Code::wrong_kind);
  }
  if (nodes.empty() && !options.to.empty()) {
    refuse("--to selects no system and no identity", {}, Code::selects_nothing);
  }
  return nodes;
}

}  // namespace

Outcome run_blast(const Call& call) {
  Options options;
  Arguments arguments("firebreak blast", "What a compromise reaches, in which steps, how, and what is lost with it.");
  arguments.topologies(options);
  arguments.scenario(options);
  arguments.list("--to", options.to, "ID,...", "from where these can be reached");
  arguments.flag("--rank", options.rank, "every system and identity, and every zone, by the size of its blast");
  arguments.list("--protect", options.protect, "ID,...",
                 "with --rank: from how many systems and identities these are reached, in how many steps");
  arguments.output(options, "text, json, csv, md; pictures: dot, svg, png, pdf");
  arguments.fail_on(options);
  arguments.picture(options);
  arguments.examples("firebreak blast topology.toml --compromised pc-17\nfirebreak blast topology.toml --to dc-1");
  arguments.read(call);
  const std::optional<State> limit = fail_on(options);
  const Format format = choose_format(options, call.surroundings, "blast", kTextsAndPictures);
  const TextStyle style = style_of(options, call.surroundings, format);
  const auto question = ask(call, options, options.words);
  if (question->scenario.compromised.empty() && options.to.empty() && !options.rank) {
    refuse("nothing is compromised",
           options.actions.compromised.empty()
               ? "name what is with --compromised or a --scenario; or ask with --to ID or --rank"
               : "a zone means the systems in it; add one that stands for hosts that are not modelled");
  }
  if (is_picture(format) && question->scenario.compromised.empty() && options.to.empty()) {
    refuse("--rank has no picture", "ask for text, json, csv or md; or name what is compromised");
  }
  if (limit && question->scenario.compromised.empty()) {
    refuse("--fail-on looks at what is lost with a compromise, and none is named", "name it with --compromised");
  }
  if (!options.protect.empty() && !options.rank) {
    refuse("--protect belongs to --rank", "say --rank, or ask for one target with --to");
  }
  const std::vector<NodeId> to = targets(*question, options);
  const Impact now = impact(question->graph, question->scenario);
  const Blast answer = blast(question->graph, question->scenario, now.run);
  const Impact if_lost = impact_of_losing_reached(question->graph, question->scenario, answer, now.baseline);
  BlastReport report{answer, if_lost, now, nullptr, to, nullptr};
  std::optional<Exposure> sources;
  if (!to.empty()) report.exposure = &sources.emplace(exposure(question->graph, question->scenario, to));
  std::optional<std::vector<RankEntry>> ranked;
  if (options.rank) {
    const BlastRanks ranks = blast_ranks(question->graph, question->scenario);
    const Graph& graph = question->graph;
    report.rank = &ranked.emplace(rank(ranks.of_node, [&](NodeId n) { return can_be_compromised(graph.kind[n]); }));
    report.zones = rank(ranks.of_zone, [&](NodeId n) { return graph.kind[n] == NodeKind::zone; });
    if (!options.protect.empty()) {
      report.protect = protected_nodes(*question, options.protect);
      report.exposed = exposure_by_steps(graph, question->scenario, report.protect);
    }
  }
  const bool met = limit && std::ranges::any_of(question->topology().services, [&](const Service& service) {
                     return if_lost.state[service.node] <= *limit;
                   });
  if (is_picture(format)) {
    const auto paint = [&](const DrawOptions& how) { return draw(question->subject(), report, how); };
    return deliver_picture(call, options, *question, format, paint, met ? 1 : 0);
  }
  return deliver(options, *present(question->subject(), report, format, style), question->warnings, met ? 1 : 0);
}

}  // namespace firebreak::cli
