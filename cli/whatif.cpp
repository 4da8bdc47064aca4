#include <algorithm>
#include <fmt/format.h>

#include "cli/question.h"
#include "cli/sweep.h"
#include "cli/whatif_stream.h"

namespace firebreak::cli {
namespace {

/// The last word where it is a stream of scenarios: NDJSON, packed or not, or standard input behind topologies. It is
/// taken away.
std::string stream_of(Options& options) {
  if (options.words.empty()) return {};
  std::string last = options.words.back();
  const std::string_view name = name_inside(last);
  const bool is_stream =
      name.ends_with(".ndjson") || name.ends_with(".jsonl") || (last == "-" && options.words.size() > 1);
  if (!is_stream) return {};
  options.words.pop_back();
  return last;
}

/// What does not go together with a stream.
void refuse_beside_stream(const Options& options, const std::string& stream) {
  if (options.every != 0) refuse("--every asks for other scenarios than a stream", "leave one of them out");
  if (!options.over.empty() || !options.of.empty() || options.top != Options::kUsualTop ||
      !options.time_limit.empty()) {
    refuse("--over, --of, --top and --time-limit go with --every, not with a stream", "leave them out");
  }
  if (stream == "-" && std::ranges::find(options.words, "-") != options.words.end()) {
    refuse("standard input can be read only once", {}, Code::no_input);
  }
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
  arguments.shard(options);
  arguments.scenario(options);
  arguments.output(options, "text, json (a line for each), csv, md");
  arguments.examples(
      "firebreak whatif topology.toml scenarios.ndjson\nfirebreak whatif topology.toml --every 1\nfirebreak whatif "
      "topology.toml --every 2 --of tag:vm");
  arguments.read(call);
  if (const std::string stream = stream_of(options); !stream.empty()) {
    refuse_beside_stream(options, stream);
    const auto question = ask(call, options, options.words);
    return answer_stream(call, options, *question, stream);
  }
  if (options.every != 1 && options.every != 2) {
    refuse(
        options.every == 0 ? "nothing is asked for" : fmt::format("--every {} is not answered", options.every),
        "name a file of scenarios (.ndjson, or -), or say --every 1 for every single loss, or --every 2 for every two "
        "at once");
  }
  return answer_every(call, options);
}

}  // namespace firebreak::cli
