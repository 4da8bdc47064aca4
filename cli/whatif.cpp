#include "firebreak/whatif.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>
#include <limits>

#include "cli/losses.h"
#include "cli/question.h"
#include "cli/whatif_stream.h"
#include "cli/workers.h"

namespace firebreak::cli {
namespace {

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

/// What each loss that is listed does, one by one.
std::vector<WhatIfAnswer> answers_of(const Question& question, const Sweep& sweep) {
  WhatIf what_if(question.graph, question.scenario);
  std::vector<WhatIfAnswer> answers;
  for (const SweepLoss& loss : sweep.worst) {
    Scenario more;
    more.off = taken_by(question.graph, loss);
    answers.push_back(what_if.ask(more));
  }
  return answers;
}

/// The last word where it is a stream of scenarios: NDJSON, or standard input behind topologies. It is taken away.
std::string stream_of(Options& options) {
  if (options.words.empty()) return {};
  std::string last = options.words.back();
  const bool is_stream =
      last.ends_with(".ndjson") || last.ends_with(".jsonl") || (last == "-" && options.words.size() > 1);
  if (!is_stream) return {};
  options.words.pop_back();
  return last;
}

}  // namespace

Outcome run_whatif(const Call& call) {
  Options options;
  Arguments arguments(
      "firebreak whatif",
      "Many scenarios at once, a line of result each; or every single loss, or every two at once, ranked "
      "by the weight of the services that are lost.");
  arguments.topologies(options,
                       "topology files; then, without --every, the scenarios: a file.ndjson, or - for standard input");
  arguments.number("--every", options.every,
                   "1: what each loss costs; 2: which two losses cost more together than in sum");
  arguments.list("--over", options.over, "WHAT,...",
                 "what may be lost: systems, sites, links, zones, identities, services, customers, ids or selectors; "
                 "systems,sites,links if not said");
  arguments.list("--of", options.of, "ID,...", "only these: ids of any kind, or selectors");
  arguments.number("--top", options.top, "how many of the worst are listed; all in json and csv, else 20, if not said");
  arguments.time_limit(options);
  arguments.scenario(options);
  arguments.output(options, "text, json (a line for each), csv, md");
  arguments.examples(
      "firebreak whatif topology.toml scenarios.ndjson\nfirebreak whatif topology.toml --every 1\nfirebreak whatif "
      "topology.toml --every 2 --of tag:vm");
  arguments.read(call);
  if (const std::string stream = stream_of(options); !stream.empty()) {
    if (options.every != 0) refuse("--every asks for other scenarios than a stream", "leave one of them out");
    const auto question = ask(call, options, options.words);
    return answer_stream(call, options, *question, stream);
  }
  if (options.every != 1 && options.every != 2) {
    refuse(
        options.every == 0 ? "nothing is asked for" : fmt::format("--every {} is not answered", options.every),
        "name a file of scenarios (.ndjson, or -), or say --every 1 for every single loss, or --every 2 for every two "
        "at once");
  }
  const Patience patience = patience_of(options);
  constexpr std::array kFormats = {Format::text, Format::json, Format::csv, Format::md};
  const Format format = choose_format(options, call.surroundings, "whatif", kFormats);
  TextStyle style = style_of(options, call.surroundings, format);
  const auto question = ask(call, options, options.words);
  SweepOptions asked;
  asked.losses = losses_asked(*question, options);
  asked.pairs = options.every == 2;
  const bool all = format == Format::json || format == Format::csv || options.all;
  asked.top = options.top != Options::kUsualTop ? options.top : all ? std::numeric_limits<std::size_t>::max() : 20;
  if (options.top != Options::kUsualTop) style.most = 0;
  asked.patience = patience;
  asked.parts = threads_at_once();
  asked.workers = threads();
  const Sweep sweep = sweep_losses(question->graph, question->scenario, asked);
  const SweepReport report{sweep, asked, answers_of(*question, sweep)};
  return deliver(options, *present(question->subject(), report, format, style), question->warnings,
                 sweep.complete ? 0 : 3);
}

}  // namespace firebreak::cli
