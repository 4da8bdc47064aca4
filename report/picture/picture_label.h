#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/picture/picture.h"

/// What is written in and on the parts of a picture, set line by line with a size that is known beforehand.
namespace firebreak::report {

/// One line of a label; `text` is printable but not escaped.
struct LabelLine {
  std::string text;
  double points = 9;
  bool bold = false;
  std::string_view ink = "#000000";
};

/// A label as Graphviz's HTML-like markup, every text escaped, and its size in points.
struct Label {
  std::string html;
  int width = 0;
  int height = 0;
};

/// The lines one below the other, centred.
[[nodiscard]] Label set_lines(const std::vector<LabelLine>& lines);

[[nodiscard]] Label node_label(const PictureNode& node);
[[nodiscard]] Label box_label(const PictureBox& box);
[[nodiscard]] Label edge_label(const PictureEdge& edge);

/// A table of cells.
[[nodiscard]] Label grid_label(const PictureGrid& grid);

/// Title, remarks and legend, one above the other.
[[nodiscard]] Label heading_label(const Picture& picture);

/// The whole truth about a part, in one printable line, for a tooltip: long names are whole here (to 2,000 characters).
[[nodiscard]] std::string node_tooltip(const PictureNode& node);
[[nodiscard]] std::string edge_tooltip(const Picture& picture, const PictureEdge& edge);

/// Text for Graphviz markup: no backslash, entity or tag of it survives. Must be printable.
[[nodiscard]] std::string markup_text(std::string_view text);

/// The beginning of a piece of markup in one size and colour; "</FONT>" ends it.
[[nodiscard]] std::string font_tag(double points, std::string_view ink);

}  // namespace firebreak::report
