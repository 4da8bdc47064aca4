#include <gtest/gtest.h>

#include "tests/unit/report_draw_support.h"

namespace firebreak::report {
namespace {

bool is_name(std::string_view name) {
  if (name.empty()) return false;
  for (const char c : name) {
    const bool good =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_';
    if (!good) return false;
  }
  return true;
}

/// Text and attribute values: no bare '<' nor '&', no control character.
std::string text_fault(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 && c != '\n' && c != '\t' && c != '\r') return "control character";
    if (c == '<') return "bare <";
    if (c != '&') continue;
    const std::size_t end = text.find(';', i);
    const std::string_view entity = text.substr(i + 1, end == std::string_view::npos ? 0 : end - i - 1);
    const bool numeric = entity.size() > 1 && entity[0] == '#';
    if (!numeric && entity != "amp" && entity != "lt" && entity != "gt" && entity != "quot" && entity != "apos")
      return "bare &";
  }
  return {};
}

/// The attributes behind the name of a start tag.
std::string attributes_fault(std::string_view rest) {
  while (true) {
    const std::size_t start = rest.find_first_not_of(" \n\t");
    if (start == std::string_view::npos) return {};
    rest.remove_prefix(start);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos || !is_name(rest.substr(0, equals)))
      return "bad attribute at " + std::string(rest.substr(0, 40));
    rest.remove_prefix(equals + 1);
    if (rest.empty() || rest.front() != '"') return "unquoted value";
    const std::size_t end = rest.find('"', 1);
    if (end == std::string_view::npos) return "open value";
    if (const std::string fault = text_fault(rest.substr(1, end - 1)); !fault.empty()) return fault;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace

std::string xml_fault(std::string_view text) {
  std::vector<std::string> open;
  if (text.starts_with("<?xml")) text.remove_prefix(text.find("?>") + 2);
  while (!text.empty()) {
    const std::size_t tag = text.find('<');
    if (const std::string fault = text_fault(text.substr(0, tag)); !fault.empty()) return fault;
    if (tag == std::string_view::npos) break;
    const std::size_t end = text.find('>', tag);
    if (end == std::string_view::npos) return "open tag";
    std::string_view inside = text.substr(tag + 1, end - tag - 1);
    text.remove_prefix(end + 1);
    if (inside.starts_with('!') || inside.starts_with('?')) return "comment, document type or instruction";
    if (inside.starts_with('/')) {
      if (open.empty() || open.back() != inside.substr(1)) return "closes what is not open: " + std::string(inside);
      open.pop_back();
      continue;
    }
    const bool empty_element = inside.ends_with('/');
    if (empty_element) inside.remove_suffix(1);
    const std::string_view name = inside.substr(0, inside.find_first_of(" \n\t"));
    if (!is_name(name)) return "bad name: " + std::string(name);
    if (const std::string fault = attributes_fault(inside.substr(name.size())); !fault.empty()) return fault;
    if (!empty_element) open.emplace_back(name);
  }
  return open.empty() ? std::string() : "not closed: " + open.back();
}

namespace {

TEST(XmlFault, TellsGoodFromBad) {
  EXPECT_EQ(xml_fault("<?xml version=\"1.0\"?>\n<a b=\"&lt;\"><c/>x &amp; y</a>"), "");
  EXPECT_NE(xml_fault("<a b=\"<\"></a>"), "");
  EXPECT_NE(xml_fault("<a>x & y</a>"), "");
  EXPECT_NE(xml_fault("<a><b></a></b>"), "");
  EXPECT_NE(xml_fault("<a>"), "");
  EXPECT_NE(xml_fault("<!-- x --><a/>"), "");
  EXPECT_NE(xml_fault("<a>\x1b</a>"), "");
}

}  // namespace
}  // namespace firebreak::report
