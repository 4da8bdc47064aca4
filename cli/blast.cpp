#include "firebreak/blast.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/picture.h"
#include "cli/question.h"
#include "cli/rank.h"

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

/// The answer; `parts` are of its ranking, where they were counted elsewhere.
Outcome answer_blast(const Call& call, const Options& options, const Question& question, Format format, Parts* parts) {
  const Graph& graph = question.graph;
  const Scenario& scenario = question.scenario;
  const std::optional<State> limit = fail_on(options);
  const TextStyle style = style_of(options, call.surroundings, format);
  const std::vector<NodeId> to = targets(question, options);
  const Impact now = impact(graph, scenario);
  const Blast answer = blast(graph, scenario, now.run);
  const Impact if_lost = impact_of_losing_reached(graph, scenario, answer, now.baseline);
  BlastReport report{answer, if_lost, now, nullptr, to, nullptr, {}, {}, {}};
  std::optional<Exposure> sources;
  if (!to.empty()) report.exposure = &sources.emplace(exposure(graph, scenario, to));
  std::optional<std::vector<RankEntry>> ranked;
  if (options.rank) {
    RankCounts counts = parts != nullptr ? merged_ranks(question, options, *parts)
                                         : count_ranks(question, options, division_of(call, std::nullopt));
    const auto takeable = [&](NodeId n) { return can_be_compromised(graph.kind[n]); };
    report.rank = &ranked.emplace(rank(counts.ranks.of_node, takeable));
    report.zones = rank(counts.ranks.of_zone, [&](NodeId n) { return graph.kind[n] == NodeKind::zone; });
    report.protect = std::move(counts.protect);
    report.exposed = std::move(counts.exposed);
  }
  const bool met = limit && std::ranges::any_of(question.topology().services, [&](const Service& service) {
                     return if_lost.state[service.node] <= *limit;
                   });
  if (is_picture(format)) {
    const auto paint = [&](const DrawOptions& how) { return draw(question.subject(), report, how); };
    return deliver_picture(call, options, question, format, paint, met ? 1 : 0);
  }
  return deliver(options, *present(question.subject(), report, format, style), question.warnings, met ? 1 : 0);
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
  arguments.shard(options);
  arguments.output(options, "text, json, csv, md; pictures: dot, svg, png, pdf");
  arguments.fail_on(options);
  arguments.picture(options);
  arguments.examples("firebreak blast topology.toml --compromised pc-17\nfirebreak blast topology.toml --to dc-1");
  arguments.read(call);
  const std::optional<Shard> shard = shard_of(options);
  if (shard && !options.rank) refuse("--shard belongs to --rank", "the other questions are not divided");
  const std::optional<State> limit = fail_on(options);
  const Format format = shard ? Format::json : choose_format(options, call.surroundings, "blast", kTextsAndPictures);
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
  if (shard) {
    const RankCounts counts = count_ranks(*question, options, division_of(call, shard));
    return deliver(options, part_of(*question, options, *shard, counts), question->warnings);
  }
  return answer_blast(call, options, *question, format, nullptr);
}

Outcome merge_rank(const Call& call, const Options& options, Parts& parts) {
  const Format format = choose_format(options, call.surroundings, "merge", kTexts);
  const auto question = ask(call, options, options.words);
  parts.refuse_other_files(*question);
  return answer_blast(call, options, *question, format, &parts);
}

}  // namespace firebreak::cli
