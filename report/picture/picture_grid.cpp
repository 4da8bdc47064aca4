#include <algorithm>
#include <cmath>

#include "firebreak/diagnostic.h"

#include "report/palette.h"
#include "report/picture/lettering.h"
#include "report/picture/picture_label.h"

namespace firebreak::report {
namespace {

constexpr double kNamePoints = 9;
constexpr double kCellPoints = 7;
constexpr std::string_view kLine = "#C9CED6";
constexpr std::string_view kGrey = "#5A6068";

std::string size_of(int width, int height) {
  return " FIXEDSIZE=\"TRUE\" WIDTH=\"" + std::to_string(width) + "\" HEIGHT=\"" + std::to_string(height) + "\"";
}

std::string text_cell(std::string_view text, int width, int height, std::string_view align) {
  std::string out = "<TD BORDER=\"0\" ALIGN=\"" + std::string(align) + "\"" + size_of(width, height) + ">";
  if (!text.empty()) out += font_tag(kNamePoints, kGrey) + markup_text(text) + "</FONT>";
  return out + "</TD>";
}

std::string cell(const PictureCell& cell, int width, int height) {
  const bool cut = cell.tint == Tint::cut;
  const Tone& tone = kTones[cut ? 0 : static_cast<std::size_t>(cell.tint)];
  std::string out = "<TD" + size_of(width, height) + " BGCOLOR=\"" + std::string(tone.fill) + "\"";
  out += cell.alarm ? " BORDER=\"2\" COLOR=\"" + std::string(look(State::fails).line) + "\""
                    : " BORDER=\"1\" COLOR=\"" + std::string(kLine) + "\"";
  if (cut) out += " STYLE=\"dashed\"";
  out += ">";
  for (std::size_t i = 0; i < cell.lines.size(); ++i) {
    out += (i > 0 ? "<BR/>" : "") + font_tag(kCellPoints, tone.ink) + markup_text(cell.lines[i]) + "</FONT>";
  }
  return out + "</TD>";
}

}  // namespace

Label grid_label(const PictureGrid& grid) {
  double widest = 0;
  for (const std::string& name : grid.names) widest = std::max(widest, text_width(name, kNamePoints, false));
  const int name_width = static_cast<int>(std::ceil(widest)) + 8;
  constexpr int kNumberWidth = 24;
  constexpr int kHeaderHeight = 16;
  Label label;
  label.html = "<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"0\"><TR>" +
               text_cell("", name_width, kHeaderHeight, "LEFT") + text_cell("", kNumberWidth, kHeaderHeight, "LEFT");
  for (std::size_t to = 0; to < grid.names.size(); ++to) {
    label.html += text_cell(std::to_string(to + 1), grid.cell_width, kHeaderHeight, "CENTER");
  }
  label.html += "</TR>";
  for (std::size_t from = 0; from < grid.names.size(); ++from) {
    label.html += "<TR>" + text_cell(grid.names[from], name_width, grid.cell_height, "LEFT") +
                  text_cell(std::to_string(from + 1), kNumberWidth, grid.cell_height, "CENTER");
    for (const PictureCell& one : grid.cells[from]) label.html += cell(one, grid.cell_width, grid.cell_height);
    label.html += "</TR>";
  }
  label.html += "</TABLE>";
  const int count = static_cast<int>(grid.names.size());
  label.width = name_width + kNumberWidth + count * grid.cell_width;
  label.height = kHeaderHeight + count * grid.cell_height;
  return label;
}

}  // namespace firebreak::report
