#include "cli/picture.h"

#include <algorithm>
#include <utility>

namespace firebreak::cli {

bool is_picture(Format format) {
  return std::ranges::find(kPictures, format) != kPictures.end();
}

Outcome deliver_picture(const Call& call, const Options& options, const Question& question, Format format,
                        const std::function<Drawing(const DrawOptions&)>& paint, int code) {
  DrawOptions how;
  how.format = format;
  how.focus = nodes_of(question, options.focus);
  how.hops = options.hops;
  how.denied = options.denied;
  if (options.all) how.most_nodes = std::numeric_limits<std::size_t>::max();
  call.progress.phase("drawing");
  Drawing drawing = paint(how);
  const std::string said =
      rendered(drawing.diagnostics, question.loaded.sources, colours_errors(options, call.surroundings));
  if (drawing.bytes.empty()) throw Stop{{2, "", said}};
  return deliver(options, std::move(drawing.bytes), options.quiet ? std::string() : question.warnings + said, code);
}

}  // namespace firebreak::cli
