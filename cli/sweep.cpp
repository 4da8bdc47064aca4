#include "cli/sweep.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "firebreak/whatif.h"

#include "cli/losses.h"
#include "cli/workers.h"

namespace firebreak::cli {
namespace {

constexpr std::array kFormats = {Format::text, Format::json, Format::csv, Format::md};
constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

/// The losses named by --over that --of selects, too; or all that --of selects.
std::vector<NodeId> losses_asked(const Question& question, const Options& options) {
  if (options.of.empty()) return losses_of(question, options.over, true);
  std::vector<NodeId> losses = nodes_themselves(question, split(options.of));
  std::ranges::sort(losses);
  if (options.over.empty()) return losses;
  std::vector<NodeId> both;
  std::ranges::set_intersection(losses, losses_of(question, options.over, true), std::back_inserter(both));
  return both;
}

SweepOptions asked_of(const Call& call, const Question& question, const Options& options) {
  SweepOptions asked;
  asked.losses = losses_asked(question, options);
  asked.pairs = options.every == 2;
  asked.top = options.top == Options::kUsualTop ? kAll : options.top;
  asked.division = division_of(call, std::nullopt);
  return asked;
}

/// How many are listed in a format.
std::size_t listed(const Options& options, Format format) {
  constexpr std::size_t kUsual = 20;
  if (options.top != Options::kUsualTop) return options.top;
  return format == Format::json || format == Format::csv || options.all ? kAll : kUsual;
}

/// What each loss that is listed does, one by one.
std::vector<WhatIfAnswer> answers_of(const Question& question, const SweepOptions& asked, const Sweep& sweep) {
  std::vector<WhatIfAnswer> answers(sweep.worst.size());
  const WhatIf first(question.graph, question.scenario);
  const std::size_t parts = std::clamp<std::size_t>(sweep.worst.size(), 1, asked.division.parts);
  run_parts(asked.division.workers, parts, [&](std::size_t part) {
    WhatIf what_if = first.another();
    for (std::size_t i = part; i < answers.size(); i += parts) {
      Scenario more;
      more.off = taken_by(question.graph, sweep.worst[i]);
      answers[i] = what_if.ask(more);
    }
  });
  return answers;
}

Outcome show(const Call& call, const Options& options, const Question& question, const SweepOptions& asked,
             const Sweep& sweep, Format format) {
  TextStyle style = style_of(options, call.surroundings, format);
  if (options.top != Options::kUsualTop) style.most = 0;
  const SweepReport report{sweep, asked, answers_of(question, asked, sweep)};
  std::string warnings = question.warnings;
  const bool lines_only = format == Format::json || format == Format::csv;
  if (!sweep.complete && lines_only) warnings += "warning: not all losses were judged\n";
  return deliver(options, *present(question.subject(), report, format, style), warnings, sweep.complete ? 0 : 3);
}

std::string part_of(const Question& question, const Options& options, Shard shard, const Sweep& sweep) {
  std::string text = part_head(kSweepKind, shard, options, question);
  const auto id = [&](NodeId n) { return question.topology().nodes[n].id; };
  for (const SweepLoss& loss : sweep.worst) {
    Json off = {id(loss.first)};
    if (loss.second.valid()) off.push_back(id(loss.second));
    const Json line = {
        {"off", std::move(off)}, {"weight_lost", loss.weight_lost}, {"more", loss.more}, {"fails", loss.fails}};
    text += line.dump() + "\n";
  }
  PartSum sum;
  sum.add(text);
  return text + part_end(sum, {{"tried", sweep.tried}, {"found", sweep.found}, {"complete", sweep.complete}});
}

/// A line of a part; nothing when it is none.
std::optional<SweepLoss> read_loss(const Topology& topology, std::string_view text) {
  const Json line = Json::parse(text, nullptr, false);
  if (!line.is_object()) return {};
  const Json off = line.value("off", Json());
  const Json weight = line.value("weight_lost", Json());
  const Json more = line.value("more", Json());
  const Json fails = line.value("fails", Json());
  const bool well = off.is_array() && (off.size() == 1 || off.size() == 2) && weight.is_number() && more.is_number() &&
                    fails.is_number_unsigned();
  if (!well) return {};
  std::vector<NodeId> nodes;
  for (const Json& id : off) nodes.push_back(id.is_string() ? topology.find(id.get<std::string>()) : NodeId::none());
  if (std::ranges::any_of(nodes, [](NodeId n) { return !n.valid(); })) return {};
  return SweepLoss{nodes.front(), nodes.size() == 2 ? nodes.back() : NodeId::none(), weight.get<double>(),
                   more.get<double>(), fails.get<std::uint32_t>()};
}

Sweep read_part(const Topology& topology, PartReader& part) {
  Sweep sweep;
  while (const std::optional<std::string_view> line = part.line()) {
    if (const std::optional<SweepLoss> loss = read_loss(topology, *line)) {
      sweep.worst.push_back(*loss);
    } else {
      part.report("the line is no loss of this topology");
      return sweep;
    }
  }
  const auto number = [&part](const char* key) {
    const Json value = part.end(key);
    return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
  };
  sweep.tried = number("tried");
  sweep.found = number("found");
  sweep.complete = part.end("complete") == true;
  return sweep;
}

}  // namespace

Outcome answer_every(const Call& call, const Options& options) {
  const std::optional<Shard> shard = shard_of(options);
  const Patience patience = patience_of(call, options);
  const Format format = shard ? Format::json : choose_format(options, call.surroundings, "whatif", kFormats);
  const auto question = ask(call, options, options.words);
  SweepOptions asked = asked_of(call, *question, options);
  asked.patience = patience;
  asked.division = division_of(call, shard);
  asked.top = listed(options, format);
  const Sweep sweep = sweep_losses(question->graph, question->scenario, asked);
  if (!shard) return show(call, options, *question, asked, sweep, format);
  return deliver(options, part_of(*question, options, *shard, sweep), question->warnings, sweep.complete ? 0 : 3);
}

Outcome merge_every(const Call& call, const Options& options, Parts& parts) {
  const Format format = choose_format(options, call.surroundings, "merge", kFormats);
  const auto question = ask(call, options, options.words);
  parts.refuse_other_files(*question);
  std::vector<Sweep> sweeps;
  for (std::size_t i = 0; i < parts.size(); ++i) sweeps.push_back(read_part(question->topology(), parts[i]));
  parts.refuse_faults();
  const SweepOptions asked = asked_of(call, *question, options);
  return show(call, options, *question, asked, merge(sweeps, listed(options, format)), format);
}

}  // namespace firebreak::cli
