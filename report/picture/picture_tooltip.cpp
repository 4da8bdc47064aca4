#include <array>
#include <string>

#include "firebreak/diagnostic.h"

#include "report/palette.h"
#include "report/picture/lettering.h"
#include "report/picture/picture_label.h"

// A tooltip says what the picture had to shorten: the whole name, every note, all the members it knows.

namespace firebreak::report {
namespace {

constexpr std::size_t kMostCharacters = 2000;

void add(std::string& text, const std::string& part) {
  if (part.empty()) return;
  if (!text.empty()) text += " · ";
  text += shortened(printable(part), kMostCharacters);
}

std::string shown_name(const PictureNode& node) {
  return node.shape == Shape::gate ? "group: " + node.name : node.name;
}

}  // namespace

std::string node_tooltip(const PictureNode& node) {
  std::string text;
  add(text, shown_name(node));
  if (node.count > 1) {
    std::string members = std::to_string(node.count) + " together: ";
    for (std::size_t i = 0; i < node.members.size(); ++i) members += (i == 0 ? "" : ", ") + node.members[i];
    if (node.members.size() < node.count) members += " …";
    text.clear();
    add(text, members);
  }
  if (node.states_shown && node.shape != Shape::gate) add(text, std::string(look(node.state).word));
  if (node.spread == Spread::reached) add(text, "reached");
  if (node.spread == Spread::start) add(text, "starts here");
  if (node.jewel) add(text, "crown jewel");
  if (node.isolated) add(text, "isolated");
  for (const std::string& note : node.notes) add(text, note);
  return text;
}

std::string edge_tooltip(const Picture& picture, const PictureEdge& edge) {
  constexpr std::array<std::string_view, 4> kArrows = {" → ", " ← ", " ↔ ", " – "};
  const std::string arrow(kArrows[static_cast<std::size_t>(edge.arrow)]);
  std::string text = shortened(printable(shown_name(picture.nodes[edge.from])), kMostCharacters) + arrow +
                     shortened(printable(shown_name(picture.nodes[edge.to])), kMostCharacters);
  std::string label = edge.label;
  for (char& c : label) c = c == '\n' ? ' ' : c;
  add(text, label);
  return text;
}

}  // namespace firebreak::report
