#include "firebreak/draw.h"

#include "cli/picture.h"
#include "cli/question.h"

namespace firebreak::cli {

Outcome run_draw(const Call& call) {
  Options options;
  Arguments arguments(
      "firebreak draw",
      "The picture of a topology: systems in their zones, services and customers; or, with --zones, the map of "
      "what may flow between zones.");
  arguments.topologies(options);
  arguments.flag("--zones", options.zones, "one box per zone, with what is allowed between them");
  arguments.flag("--denied", options.denied, "with --zones: also the pairs between which nothing is allowed");
  arguments.output(options, "svg (the default), dot, png, pdf");
  arguments.picture(options);
  arguments.examples("firebreak draw topology.toml -o topology.svg");
  arguments.read(call);
  if (options.denied && !options.zones) refuse("--denied goes with --zones");
  const Format format = choose_format(options, call.surroundings, "draw", kPictures, Format::svg);
  const auto question = ask(call, options, options.words);
  const auto paint = [&](const DrawOptions& how) {
    return options.zones ? draw_zones(question->subject(), how) : draw(question->subject(), how);
  };
  return deliver_picture(call, options, *question, format, paint);
}

}  // namespace firebreak::cli
