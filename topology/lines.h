#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/source.h"

/// Finding lines and columns in sources, many times over, at a price that does not grow with the file.
namespace firebreak {

/// The line up to its line end, without a carriage return at the end of it.
[[nodiscard]] std::string_view without_line_end(std::string_view line);

/// A line, and the byte of it where a column starts (at most its size).
struct LinePlace {
  std::string_view line;
  std::size_t offset = 0;
};

/// Looks up places in sources. The first look into a file, and into a long line of it, costs one pass over it; every
/// other look is bounded.
class Lines {
 public:
  explicit Lines(const Sources& sources) : sources_(&sources), starts_(sources.size()) {}

  /// The line a span lies on and its column in it; an empty line when there is none.
  [[nodiscard]] LinePlace find(Span at);

 private:
  const Sources* sources_;
  std::vector<std::vector<std::size_t>> starts_;  ///< per file, where its lines start; empty until asked for
  /// Per long line, where every so many columns start.
  std::map<std::pair<FileId, std::uint32_t>, std::vector<std::size_t>> marks_;
};

}  // namespace firebreak
