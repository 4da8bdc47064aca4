#include "firebreak/restore.h"

#include <algorithm>
#include <array>

#include "firebreak/draw.h"

#include "cli/question.h"

namespace firebreak::cli {
namespace {

constexpr std::array kFormats = {Format::text, Format::json, Format::csv, Format::md, Format::svg};

}  // namespace

Outcome run_restore(const Call& call) {
  Options options;
  Arguments arguments("firebreak restore",
                      "In which order to start again, and to rebuild what is compromised, so that what matters returns "
                      "first.");
  arguments.topologies(options);
  arguments.scenario(options);
  arguments.number("--crew", options.crews, "how many jobs are done side by side; any number if not said");
  arguments.time_limit(options);
  arguments.output(options, "text, json, csv; md: a sheet to tick off; svg: the timeline");
  arguments.examples("firebreak restore topology.toml --off dc-muc --compromised pc-17 --crew 2");
  arguments.read(call);
  const Format format = choose_format(options, call.surroundings, "restore", kFormats);
  const TextStyle style = style_of(options, call.surroundings, format);
  if (options.crews == 0) refuse("--crew takes no 0", "how many jobs are done side by side: 1 or more");
  const std::uint32_t crews = options.crews == Options::kAnyCrews ? 0 : options.crews;
  const Patience patience = patience_of(call, options);
  const auto question = ask(call, options, options.words);
  const Restoration plan = restore(question->graph, question->scenario, {crews, patience});
  const RestoreReport report{plan, crews};
  const bool proven = plan.proven && std::ranges::all_of(plan.loops, &RestoreLoop::smallest);
  std::string answer = format == Format::svg ? draw_timeline(question->subject(), report, options.all)
                                             : *present(question->subject(), report, format, style);
  return deliver(options, std::move(answer), question->warnings, proven ? 0 : 3);
}

}  // namespace firebreak::cli
