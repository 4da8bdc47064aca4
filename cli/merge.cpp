#include <fmt/format.h>

#include "cli/part.h"
#include "cli/rank.h"
#include "cli/sweep.h"
#include "cli/whatif_stream.h"

namespace firebreak::cli {

Outcome run_merge(const Call& call) {
  Options options;
  Arguments arguments(
      "firebreak merge",
      "Puts together what all shards have found, as one run without --shard would have answered it. The topology files "
      "are read again, from where the shards found them.");
  std::vector<std::string> names;
  arguments.words("PART", names, "the parts that whatif --shard and blast --rank --shard have written, in any order");
  std::uint32_t top = Options::kUsualTop;
  arguments.number("--top", top, "of losses: how many of the worst are listed; as many as the shards list if not said");
  arguments.output(options, "text, json, csv, md; of a stream of scenarios: json, csv");
  arguments.examples(
      "firebreak merge part-*.ndjson\nfirebreak merge part-*.ndjson --top 100 --format csv -o worst.csv");
  arguments.read(call);
  if (names.empty()) refuse("no part is named", "name what every shard has written", Code::no_input);
  call.progress.phase("reading parts");
  Parts parts(names, colours_errors(options, call.surroundings));
  parts[0].ask_again(options);
  if (top != Options::kUsualTop) {
    if (options.top < top) {
      refuse(fmt::format("the parts list the worst {}, not {}", options.top, top), "ask the shards for more");
    }
    options.top = top;
  }
  const std::string kind = parts[0].kind();
  if (kind == kSweepKind) return merge_every(call, options, parts);
  if (kind == kRankKind) return merge_rank(call, options, parts);
  if (kind == kStreamKind) return merge_stream(call, options, parts);
  refuse(fmt::format("parts of {} are not known", printable(kind)), "another version has written them", Code::bad_part);
}

}  // namespace firebreak::cli
