#include "cli/picture.h"

#include <algorithm>
#include <utility>

namespace firebreak::cli {
namespace {

/// What a picture keeps: the nodes that the words select, and the zones and sites among the words themselves.
std::vector<NodeId> focus_of(const Question& question, const std::vector<std::string>& words) {
  std::vector<NodeId> focus = nodes_of(question, words);
  for (const std::string& word : split(words)) {
    const NodeId node = question.topology().find(word);
    if (node.valid() && std::ranges::find(focus, node) == focus.end()) focus.push_back(node);
  }
  if (focus.empty() && !words.empty()) refuse("--focus selects nothing");
  return focus;
}

}  // namespace

bool is_picture(Format format) {
  return std::ranges::find(kPictures, format) != kPictures.end();
}

Outcome deliver_picture(const Call& call, const Options& options, const Question& question, Format format,
                        const std::function<Drawing(const DrawOptions&)>& paint, int code) {
  DrawOptions how;
  how.format = format;
  how.focus = focus_of(question, options.focus);
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
