#include <algorithm>
#include <cmath>
#include <string>

#include "firebreak/diagnostic.h"

#include "report/palette.h"
#include "report/picture/lettering.h"
#include "report/picture/picture_label.h"

// The head of a picture is one table: the answer as a sentence, small remarks, and the legend as a strip of patches
// that look like what they explain. It stands on top of the drawing, where it can cover nothing, and is larger on a
// larger picture, which will be seen from further away.

namespace firebreak::report {
namespace {

constexpr std::size_t kTitleColumns = 84;
constexpr std::size_t kRemarkColumns = 130;
constexpr double kTitlePoints = 18;
constexpr double kRemarkPoints = 10;
constexpr double kLegendPoints = 9.5;
constexpr double kLegendWidth = 980;
constexpr double kLegendHeight = 18;
constexpr int kGap = 4;
constexpr std::string_view kGrey = "#4A5058";

int up(double points) {
  return static_cast<int>(std::ceil(points));
}

/// How a legend entry is set: a patch in the colours of what it explains, or a line drawn in characters.
struct Patch {
  std::string text;
  std::string_view fill = "#FFFFFF";
  std::string_view ink = "#000000";
  std::string_view border;  ///< empty = none
  bool dashed = false;
  int pen = 1;
};

std::string line_sample(const LegendEntry& entry) {
  if (entry.dashed) return entry.chain ? "╍╍╍▶ " : "┄┄┄▸ ";
  return entry.chain ? "━━━▶ " : "───▸ ";
}

Patch patch_of(const LegendEntry& entry) {
  using Type = LegendEntry::Type;
  Patch patch;
  switch (entry.type) {
    case Type::state: {
      const Look& shown = look(entry.state);
      const bool dashed = shown.border == Border::dashed;
      patch = {std::string(shown.glyph) + " " + std::string(shown.word) + entry.text, shown.fill, shown.ink, shown.line,
               dashed};
      break;
    }
    case Type::reached:
      patch = {std::string(kReachedGlyph) + " " + entry.text, kReachedFill, kReachedInk, kReachedFill};
      break;
    case Type::start:
      patch = {"▶ " + entry.text, kReachedFill, kReachedInk, "#000000", false, 2};
      break;
    case Type::jewel:
      patch = {"★ " + entry.text, "#FFFFFF", "#000000", kCrownJewelLine, false, 2};
      break;
    case Type::isolated:
      patch = {"■ " + entry.text, "#FFFFFF", "#000000", "#000000", true, 2};
      break;
    case Type::line:
      patch.text = line_sample(entry) + entry.text;
      patch.ink = !entry.chain                  ? kGrey
                  : entry.spread                ? kReachedFill
                  : entry.state == State::works ? kGrey
                                                : look(entry.state).line;
      break;
    case Type::tint: {
      const bool cut = entry.tint == Tint::cut;
      const Tone& tone = kTones[cut ? 0 : static_cast<std::size_t>(entry.tint)];
      patch = {entry.text, tone.fill, tone.ink, "#A3A9B1", cut};
      break;
    }
    case Type::alarm:
      patch = {entry.text, "#FFFFFF", "#000000", look(State::fails).line, false, 2};
      break;
    case Type::gate:
    case Type::text:
      patch.text = entry.text;
      patch.ink = kGrey;
      break;
  }
  return patch;
}

std::string size_of(int width, int height) {
  return " FIXEDSIZE=\"TRUE\" WIDTH=\"" + std::to_string(width) + "\" HEIGHT=\"" + std::to_string(height) + "\"";
}

/// One row of the legend.
struct Row {
  std::string cells;
  int width = 0;
};

std::vector<Row> legend_rows(const std::vector<LegendEntry>& legend, double scale) {
  std::vector<Row> rows(1);
  for (const LegendEntry& entry : legend) {
    const Patch patch = patch_of(entry);
    const int width = up(text_width(patch.text, kLegendPoints * scale, false)) + 12;
    if (rows.back().width > 0 && rows.back().width + width > kLegendWidth * scale) rows.emplace_back();
    std::string cell = "<TD" + size_of(width, up(kLegendHeight * scale));
    if (!patch.border.empty()) {
      cell += " BGCOLOR=\"" + std::string(patch.fill) + "\" BORDER=\"" + std::to_string(patch.pen) + "\" COLOR=\"" +
              std::string(patch.border) + "\"";
      if (patch.dashed) cell += " STYLE=\"dashed\"";
    }
    rows.back().cells +=
        cell + ">" + font_tag(kLegendPoints * scale, patch.ink) + markup_text(patch.text) + "</FONT></TD>";
    rows.back().width += width + kGap;
  }
  if (rows.back().width == 0) rows.pop_back();
  return rows;
}

struct TextRow {
  std::string text;
  double points;
  bool bold;
};

std::string text_row(const TextRow& row, int width) {
  std::string out = "<TR><TD ALIGN=\"LEFT\"" + size_of(width, up(row.points * 1.35)) + ">" +
                    font_tag(row.points, row.bold ? "#000000" : kGrey);
  if (row.bold) out += "<B>";
  out += markup_text(row.text);
  return out + (row.bold ? "</B></FONT></TD></TR>" : "</FONT></TD></TR>");
}

/// On as few lines as it takes, all about as long.
std::vector<std::string> balanced(const std::string& text, std::size_t columns) {
  const std::size_t lines = std::min<std::size_t>(wrap(text, columns, 3).size(), 3);
  if (lines < 2) return wrap(text, columns, 1);
  for (std::size_t narrower = columns / 2; narrower < columns; narrower += 4) {
    std::vector<std::string> out = wrap(text, narrower, lines);
    if (!out.back().ends_with("…")) return out;
  }
  return wrap(text, columns, 3);
}

double scale_for(std::size_t nodes) {
  return nodes <= 14 ? 1.0 : nodes <= 40 ? 1.3 : 1.6;
}

}  // namespace

Label heading_label(const Picture& picture) {
  const double scale = scale_for(picture.nodes.size());
  std::vector<TextRow> texts;
  for (std::string& line : balanced(printable(picture.title), kTitleColumns))
    texts.push_back({std::move(line), kTitlePoints * scale, true});
  for (const std::string& remark : picture.remarks) {
    for (std::string& line : wrap(printable(remark), kRemarkColumns, 2))
      texts.push_back({std::move(line), kRemarkPoints * scale, false});
  }
  const std::vector<Row> rows = legend_rows(picture.legend, scale);
  Label label;
  for (const TextRow& row : texts) {
    label.width = std::max(label.width, up(text_width(row.text, row.points, row.bold)));
    label.height += up(row.points * 1.35);
  }
  for (const Row& row : rows) label.width = std::max(label.width, row.width + 2 * kGap);
  label.html = "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">";
  for (const TextRow& row : texts) label.html += text_row(row, label.width);
  for (const Row& row : rows) {
    // An empty cell takes what is left, or Graphviz would spread the patches.
    const int rest = std::max(label.width - row.width - 2 * kGap, 1);
    label.html += "<TR><TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"" +
                  std::to_string(kGap) + "\"><TR>" + row.cells + "<TD" + size_of(rest, 1) +
                  "></TD></TR></TABLE></TD></TR>";
    label.height += up(kLegendHeight * scale) + 2 * kGap;
  }
  label.html += "</TABLE>";
  return label;
}

}  // namespace firebreak::report
