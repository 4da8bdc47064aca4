#include "firebreak/diagnostic.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace firebreak {
namespace {

constexpr auto kCodes = [] {
  using enum Severity;
  return std::array{
#define FIREBREAK_CODE(name, slug, severity, title) CodeInfo{Code::name, slug, severity, title},
#include "firebreak/codes.def"
#undef FIREBREAK_CODE
  };
}();

auto key(const Diagnostic& diagnostic) {
  return std::tie(diagnostic.at, diagnostic.code, diagnostic.message, diagnostic.hint);
}

}  // namespace

std::span<const CodeInfo> all_codes() {
  return kCodes;
}

const CodeInfo& info(Code code) {
  return kCodes[static_cast<std::size_t>(code)];
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

Diagnostic diagnose(Code code, Span at, std::string message, std::string hint) {
  return {.code = code,
          .severity = info(code).severity,
          .at = at,
          .message = std::move(message),
          .hint = std::move(hint),
          .related = {}};
}

bool has_errors(std::span<const Diagnostic> diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; });
}

void sort_and_unique(std::vector<Diagnostic>& diagnostics) {
  std::vector<std::size_t> order(diagnostics.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Equal findings next to each other, the first of them in front; then what is left by place, else in the order found.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto left = key(diagnostics[a]);
    const auto right = key(diagnostics[b]);
    return left == right ? a < b : left < right;
  });
  order.erase(std::unique(order.begin(), order.end(),
                          [&](std::size_t a, std::size_t b) { return key(diagnostics[a]) == key(diagnostics[b]); }),
              order.end());
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(diagnostics[a].at, a) < std::tie(diagnostics[b].at, b);
  });
  std::vector<Diagnostic> sorted;
  sorted.reserve(order.size());
  for (const std::size_t index : order) sorted.push_back(std::move(diagnostics[index]));
  diagnostics = std::move(sorted);
}

}  // namespace firebreak
