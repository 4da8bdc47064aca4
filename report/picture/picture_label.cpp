#include "report/picture/picture_label.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "firebreak/diagnostic.h"

#include "report/escape.h"
#include "report/palette.h"
#include "report/picture/lettering.h"
#include "report/wording.h"

// Every line is one table cell of fixed size, measured by lettering.h: the layout is then the same with and without
// fonts, and Graphviz never places two texts by a width it guessed.

namespace firebreak::report {
namespace {

constexpr std::size_t kNameColumns = 22;
constexpr std::size_t kNameLines = 3;
constexpr std::string_view kGrey = "#5A6068";

int up(double points) {
  return static_cast<int>(std::ceil(points));
}
int line_height(double points) {
  return up(points * 1.3);
}

std::string cell(const LabelLine& line, int width) {
  std::string out = "<TD FIXEDSIZE=\"TRUE\" WIDTH=\"" + std::to_string(width) + "\" HEIGHT=\"" +
                    std::to_string(line_height(line.points)) + "\">" + font_tag(line.points, line.ink);
  if (line.bold) out += "<B>";
  out += markup_text(line.text);
  if (line.bold) out += "</B>";
  return out + "</FONT></TD>";
}

constexpr std::string_view kTable = "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">";

std::string plural(const PictureNode& node) {
  constexpr std::array<std::string_view, 9> kNouns = {"systems", "identities", "services", "customers", "sites",
                                                      "links",   "zones",      "groups",   "boxes"};
  const std::string count = grouped(static_cast<double>(node.count));
  if (!node.noun.empty()) return count + " × " + printable(node.noun);
  return count + " " + std::string(kNouns[static_cast<std::size_t>(node.shape)]);
}

/// What kind of thing a shape stands for, where it goes without saying nothing.
std::string_view kind_word(Shape shape) {
  switch (shape) {
    case Shape::service:
      return "service";
    case Shape::customer:
      return "customer";
    case Shape::site:
      return "site";
    case Shape::link:
      return "link";
    default:
      return {};
  }
}

std::string state_text(const PictureNode& node) {
  const Look& shown = look(node.state);
  std::string text = std::string(shown.glyph) + " " + std::string(shown.word);
  if (node.state == State::works || node.state == State::off) return text;
  if (node.from_start) return text + " from the start";
  if (node.after > 0 && node.after != kNever)
    text += (node.count > 1 ? " from " : " after ") + to_string_duration(node.after);
  return text;
}

/// State and kind, divided by dots.
std::string status_text(const PictureNode& node) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " · ") + part; };
  if (node.spread == Spread::start) add("▶ starts here");
  if (node.spread == Spread::reached) add(std::string(kReachedGlyph) + " reached");
  if (node.states_shown) add(state_text(node));
  if (node.isolated) add("■ isolated");
  const std::string_view shape = kind_word(node.shape);
  if (node.count == 1 && !node.noun.empty() && node.shape != Shape::zone) add(printable(node.noun));
  if (node.count == 1 && node.noun.empty() && !shape.empty()) add(std::string(shape));
  return text;
}

std::string_view ink_of(const PictureNode& node) {
  if (node.spread != Spread::none) return kReachedInk;
  return node.states_shown ? look(node.state).ink : look(State::works).ink;
}

std::string member_list(const PictureNode& node) {
  std::string text;
  for (const std::string& member : node.members) text += (text.empty() ? "" : ", ") + shortened(printable(member), 24);
  if (node.members.size() < node.count) text += " …";
  return text;
}

}  // namespace

std::string font_tag(double points, std::string_view ink) {
  std::array<char, 16> size{};
  std::snprintf(size.data(), size.size(), "%.1f", points);
  return "<FONT POINT-SIZE=\"" + std::string(size.data()) + "\" COLOR=\"" + std::string(ink) + "\">";
}

std::string markup_text(std::string_view text) {
  std::string out;
  const std::string safe = xml_text(text);
  for (const char c : safe) {
    if (c == '\\') {
      out += "&#92;&#92;";  // Graphviz expands \N and the like even here
    } else {
      out += c;
    }
  }
  return out;
}

Label set_lines(const std::vector<LabelLine>& lines) {
  Label label;
  if (lines.empty()) return label;
  for (const LabelLine& line : lines)
    label.width = std::max(label.width, up(text_width(line.text, line.points, line.bold)));
  label.html = kTable;
  for (const LabelLine& line : lines) {
    label.html += "<TR>" + cell(line, label.width) + "</TR>";
    label.height += line_height(line.points);
  }
  label.html += "</TABLE>";
  return label;
}

Label node_label(const PictureNode& node) {
  const std::string_view ink = ink_of(node);
  std::vector<LabelLine> lines;
  if (node.shape == Shape::gate) return set_lines({{printable(node.name), 7.5, true, ink}});
  const bool large = node.shape == Shape::zone;
  const std::string name = (node.jewel ? "★ " : "") + (node.count > 1 ? plural(node) : printable(node.name));
  for (std::string& line : wrap(name, kNameColumns, kNameLines))
    lines.push_back({std::move(line), large ? 12.0 : 10.5, true, ink});
  for (std::string& line : wrap(status_text(node), 28, 2)) lines.push_back({std::move(line), 9, false, ink});
  for (const std::string& note : node.notes) {
    for (std::string& line : wrap(printable(note), 30, 2)) lines.push_back({std::move(line), 8, false, ink});
  }
  if (node.count > 1) {
    for (std::string& line : wrap(member_list(node), 30, 2)) lines.push_back({std::move(line), 8, false, ink});
  }
  return set_lines(lines);
}

Label box_label(const PictureBox& box) {
  const bool strong = box.isolated;
  std::string title = shortened(printable(box.title), 48);
  if (strong) title = "■ " + title + ": isolated";
  if (title.empty()) return {};
  return set_lines({{title, 11, true, strong ? std::string_view("#000000") : kGrey}});
}

Label edge_label(const PictureEdge& edge) {
  std::vector<LabelLine> lines;
  std::string_view rest = edge.label;
  while (!rest.empty()) {  // several lines of one label are divided by '\n'
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    for (std::string& line : wrap(printable(rest.substr(0, end)), 26, 3)) {
      lines.push_back({std::move(line), 8, false, edge.chain ? std::string_view("#000000") : kGrey});
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return set_lines(lines);
}

}  // namespace firebreak::report
