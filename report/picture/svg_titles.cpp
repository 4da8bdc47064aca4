#include "report/picture/svg_titles.h"

#include "report/escape.h"

// Graphviz writes one element a line: <g id="ID" class="..."> and then <title>NAME</title>. NAME is our own n1, b1,
// n1->n2; the id says which title belongs there. All other lines are copied.

namespace firebreak::report {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

/// Passes over a construct that may run over several lines: `line` begins it, `end` closes it.
void skip_to(std::string_view line, std::string_view end, std::string_view& rest) {
  while (line.find(end) == std::string_view::npos && !rest.empty()) line = take_line(rest);
}

/// Removes ` id="…"` from an element's line and returns the id.
std::string take_id(std::string& line) {
  constexpr std::string_view kBefore = " id=\"";
  const std::size_t at = line.find(kBefore);
  if (at == std::string::npos) return {};
  const std::size_t end = line.find('"', at + kBefore.size());
  if (end == std::string::npos) return {};
  std::string id = line.substr(at + kBefore.size(), end - at - kBefore.size());
  line.erase(at, end + 1 - at);
  return id;
}

}  // namespace

std::string with_titles(std::string_view svg, const std::unordered_map<std::string, std::string>& title_of,
                        std::string_view title) {
  std::string out;
  out.reserve(svg.size());
  std::string id;
  bool in_picture = false;
  while (!svg.empty()) {
    std::string line(take_line(svg));
    if (line.starts_with("<!--")) {
      skip_to(line, "-->", svg);
      continue;
    }
    if (line.starts_with("<!DOCTYPE")) {
      skip_to(line, ">", svg);
      continue;
    }
    if (line.starts_with("<svg ") && !in_picture) {
      in_picture = true;
      line.insert(4, " role=\"img\" aria-label=\"" + xml_text(title) + "\"");
    } else if (line.starts_with("<g id=")) {
      id = take_id(line);
    } else if (line.starts_with("<title>")) {
      const auto found = title_of.find(id);
      if (found == title_of.end() || found->second.empty()) continue;
      line = "<title>" + xml_text(found->second) + "</title>";
    }
    out += line;
    out += '\n';
  }
  return out;
}

}  // namespace firebreak::report
