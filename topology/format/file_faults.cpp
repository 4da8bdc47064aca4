#include "topology/format/file_faults.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace firebreak {
namespace {

constexpr std::size_t kMostLostText = std::size_t{1} << 20U;

/// The first word in single quotes of a message; empty when there is none.
std::string_view first_quoted(std::string_view message) {
  const std::size_t open = message.find('\'');
  if (open == std::string_view::npos) return {};
  const std::size_t close = message.find('\'', open + 1);
  return close == std::string_view::npos ? std::string_view{} : message.substr(open + 1, close - open - 1);
}

}  // namespace

void LostInput::add_text(std::string_view text) {
  everything_ = everything_ || text_.size() + text.size() > kMostLostText;
  if (!everything_) text_.append(text).push_back('\n');
}

bool LostInput::may_define(std::string_view name) const {
  return everything_ || name.empty() || text_.find(name) != std::string::npos;
}

bool LostInput::explains(const Diagnostic& diagnostic) const {
  if (empty()) return false;
  switch (diagnostic.code) {
    case Code::unknown_id:
    case Code::unknown_scenario:
      return may_define(first_quoted(diagnostic.message));
    case Code::missing_key:
      return std::any_of(places_.begin(), places_.end(), [&](const auto& place) {
        return place.first <= diagnostic.at && diagnostic.at <= place.second;
      });
    default:
      return false;
  }
}

void FileFaults::report(Code code, Span at, std::string message, std::string hint) {
  report(diagnose(code, at, std::move(message), std::move(hint)));
}

void FileFaults::report(Diagnostic diagnostic) {
  if (full()) return;
  list_->push_back(std::move(diagnostic));
  ++count_;
}

void limit_per_file(std::vector<Diagnostic>& diagnostics) {
  struct Tally {
    std::size_t count = 0;
    Span last;
  };
  std::map<std::pair<FileId, bool>, Tally> tallies;
  std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
    Tally& tally = tallies[{diagnostic.at.file, diagnostic.severity == Severity::error}];
    if (++tally.count > kMaxFaults) return true;
    tally.last = diagnostic.at;
    return false;
  });
  for (const auto& [key, tally] : tallies) {
    if (tally.count <= kMaxFaults) continue;
    const bool errors = key.second;
    Diagnostic last = diagnose(Code::too_large, tally.last,
                               fmt::format("the file has more than {} {}; the others are not shown", kMaxFaults,
                                           errors ? "errors" : "warnings"));
    if (!errors) last.severity = Severity::note;
    diagnostics.push_back(std::move(last));
  }
  sort_and_unique(diagnostics);
}

}  // namespace firebreak
