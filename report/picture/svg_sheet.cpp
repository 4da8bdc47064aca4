#include "report/picture/svg_sheet.h"

#include <algorithm>
#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/escape.h"
#include "report/picture/lettering.h"

namespace firebreak::report {

std::string svg_text(double x, double y, std::string_view words, const Ink& ink) {
  return fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" text-anchor=\"{}\"{} paint-order=\"stroke\" stroke=\"#FFFFFF\" "
      "stroke-width=\"3\">{}</text>\n",
      x, y, ink.fill, ink.anchor, ink.bold ? " font-weight=\"bold\"" : "", xml_text(words));
}

double sheet_width_of(std::string_view words, bool bold) {
  return text_width(words, kSheetText, bold);
}

std::vector<std::string> lines_within(std::string_view text, double width, std::size_t most_lines, bool bold) {
  constexpr double kNarrowest = 4;  // of the letters that lines are made of
  auto columns = std::max<std::size_t>(static_cast<std::size_t>(width / kNarrowest), 4);
  for (;; columns -= std::max<std::size_t>(columns / 12, 1)) {
    std::vector<std::string> lines = wrap(text, columns, most_lines);
    const bool fits =
        std::ranges::all_of(lines, [&](const std::string& line) { return sheet_width_of(line, bold) <= width; });
    if (fits || columns <= 4) return lines;
  }
}

std::string svg_sheet(double width, double height, std::string_view title, std::string_view drawn) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"{2}\" font-size=\"{3}\">\n"
      "<title>{4}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n{5}</svg>\n",
      width, height, kFontFamilies, kSheetText, xml_text(printable(title)), drawn);
}

}  // namespace firebreak::report
