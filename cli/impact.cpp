#include "firebreak/impact.h"

#include <algorithm>

#include "cli/picture.h"
#include "cli/question.h"

namespace firebreak::cli {

Outcome run_impact(const Call& call) {
  Options options;
  Arguments arguments("firebreak impact", "What fails when systems are cut off, when, why, and for whom.");
  arguments.topologies(options);
  arguments.scenario(options);
  arguments.time(options);
  arguments.output(options, "text, json, csv, md; pictures: dot, svg, png, pdf");
  arguments.fail_on(options);
  arguments.picture(options);
  arguments.examples("firebreak impact topology.toml --off dc-1 --at 4h");
  arguments.read(call);
  const Seconds at = time_of(options);
  const std::optional<State> limit = fail_on(options);
  const Format format = choose_format(options, call.surroundings, "impact", kTextsAndPictures);
  const TextStyle style = style_of(options, call.surroundings, format);
  const auto question = ask(call, options, options.words);
  const Impact answer = impact(question->graph, question->scenario, at);
  const bool met = limit && std::ranges::any_of(question->topology().services, [&](const Service& service) {
                     return answer.state[service.node] <= *limit;
                   });
  const ImpactReport report{answer, at};
  if (is_picture(format)) {
    const auto paint = [&](const DrawOptions& how) { return draw(question->subject(), report, how); };
    return deliver_picture(call, options, *question, format, paint, met ? 1 : 0);
  }
  return deliver(options, *present(question->subject(), report, format, style), question->warnings, met ? 1 : 0);
}

}  // namespace firebreak::cli
