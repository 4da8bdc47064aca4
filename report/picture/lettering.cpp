#include "report/picture/lettering.h"

#include <array>
#include <cstdint>

#include "topology/unicode.h"

// ASCII is measured with the advance widths of DejaVu Sans (regular and bold); everything else is taken to be as wide
// as the widest of its script, by display columns. Lines break where a reader would break a host name: behind a blank,
// a dash, a dot, a slash.

namespace firebreak::report {
namespace {

/// Thousandths of the font size, from U+0020 to U+007E.
constexpr std::array<std::uint16_t, 95> kRegular = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};
constexpr std::array<std::uint16_t, 95> kBold = {
    348, 456,  521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415,  380, 365, 696, 696,  696,
    696, 696,  696, 696, 696, 696,  696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830,  683,
    683, 821,  837, 372, 372, 775,  637, 995, 837, 850, 733, 850, 770, 720,  682, 812, 774, 1103, 771,
    724, 725,  457, 365, 457, 838,  500, 500, 675, 716, 593, 716, 678, 435,  716, 712, 343, 343,  665,
    343, 1042, 712, 687, 716, 716,  493, 595, 478, 712, 652, 924, 645, 652,  582, 712, 365, 712,  838};
constexpr double kOtherColumn = 0.80;
constexpr double kRoom = 1.04;

/// Whether a line may end behind the character before `rest`; "tcp/443" and "10.2.0.0" stay whole.
bool breaks_behind(char32_t c, std::string_view rest) {
  if (c == '/' || c == '.' || c == ':') return rest.empty() || rest.front() < '0' || rest.front() > '9';
  return c == ' ' || c == '-' || c == '_' || c == '@' || c == ',';
}

std::string_view without_end_blanks(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

/// How many bytes of the text stand on its first line.
std::size_t line_length(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  std::size_t characters = 0;
  std::size_t at = 0;
  std::size_t break_at = 0;
  while (at < text.size()) {
    const CodePoint c = read_code_point(text, at);
    width += cells(c.value);
    if ((width > columns && c.value != ' ') || ++characters > 3 * columns) {
      const bool too_ragged = break_at * 3 < at;
      return break_at == 0 || too_ragged ? (at == 0 ? c.size : at) : break_at;
    }
    at += c.size;
    if (breaks_behind(c.value, text.substr(at))) break_at = at;
  }
  return at;
}

}  // namespace

double text_width(std::string_view text, double points, bool bold) {
  const auto& widths = bold ? kBold : kRegular;
  double ems = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    const bool ascii = c.value >= 0x20 && c.value < 0x7F;
    ems += ascii ? widths[c.value - 0x20] / 1000.0 : kOtherColumn * static_cast<double>(cells(c.value));
    at += c.size;
  }
  return ems * points * kRoom;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns, std::size_t most_lines) {
  std::vector<std::string> lines;
  text = without_end_blanks(text);
  while (!text.empty() && lines.size() < most_lines) {
    const std::size_t length = line_length(text, columns);
    lines.emplace_back(without_end_blanks(text.substr(0, length)));
    text = without_end_blanks(text.substr(length));
  }
  if (!text.empty() && !lines.empty()) lines.back() = shortened(lines.back(), columns > 2 ? columns - 2 : 1) + "…";
  if (!lines.empty() && lines.back().ends_with("……"))
    lines.back().resize(lines.back().size() - std::string_view("…").size());
  return lines;
}

std::string shortened(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < characters && at < text.size(); ++i) at += read_code_point(text, at).size;
  std::string out(text.substr(0, at));
  if (at < text.size()) out += "…";
  return out;
}

std::string shortened_name(std::string_view name, std::size_t characters) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < name.size(); at += read_code_point(name, at).size) starts.push_back(at);
  if (starts.size() <= characters) return std::string(name);
  const std::size_t behind = characters / 3;
  std::string out(name.substr(0, starts[characters - behind - 1]));
  out += "…";
  if (behind > 0) out += name.substr(starts[starts.size() - behind]);
  return out;
}

}  // namespace firebreak::report
