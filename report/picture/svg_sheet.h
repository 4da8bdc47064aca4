#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What pictures that need no layout are written with: one sheet of SVG, and lines of text on it.
namespace firebreak::report {

inline constexpr double kSheetText = 12;  ///< the size of all text
inline constexpr double kSheetMargin = 16;
inline constexpr std::string_view kSheetGrey = "#5A6068";
inline constexpr std::string_view kGridLine = "#D5D8DC";

struct Ink {
  std::string_view fill = "#000000";
  std::string_view anchor = "start";
  bool bold = false;
};

/// One line of text, escaped, with a white rim so that it can be read across lines. The words must be `printable`.
[[nodiscard]] std::string svg_text(double x, double y, std::string_view words, const Ink& ink = {});

/// How wide a line is drawn.
[[nodiscard]] double sheet_width_of(std::string_view words, bool bold = false);

/// The text on at most `most_lines` lines, none of them wider than `width`; what does not fit is replaced by "…". The
/// text must be `printable`.
[[nodiscard]] std::vector<std::string> lines_within(std::string_view text, double width, std::size_t most_lines,
                                                    bool bold = false);

/// A whole document around what is drawn. The title is escaped here.
[[nodiscard]] std::string svg_sheet(double width, double height, std::string_view title, std::string_view drawn);

}  // namespace firebreak::report
