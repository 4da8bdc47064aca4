/// The nearest of many words: the restricted Damerau-Levenshtein distance over code points, computed only in the band
/// around the diagonal that the best distance so far leaves open. Most candidates never get that far: their length, or
/// letters that one of the two lacks, already prove them further away.
#include "topology/nearest.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "firebreak/diagnostic.h"

#include "topology/unicode.h"

namespace firebreak {
namespace {

/// No word longer than this, in bytes, is compared: ids are shorter, and nobody mistypes a page of text.
constexpr std::size_t kLongestGuess = 512;

/// A word made comparable: code points with ASCII letters in lower case, and one bit per letter class it holds.
struct Spelling {
  std::u32string letters;
  std::uint64_t classes = 0;
};

void spell(std::string_view word, Spelling& spelling) {
  spelling.letters.clear();
  spelling.classes = 0;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = read_code_point(word, at);
    const bool upper = c.value >= U'A' && c.value <= U'Z';
    const char32_t letter = upper ? c.value + (U'a' - U'A') : c.value;
    spelling.letters.push_back(letter);
    spelling.classes |= std::uint64_t{1} << (static_cast<std::uint32_t>(letter) & 63U);
    at += c.size;
  }
}

/// Whether lengths and letters alone prove that two words are more than `limit` edits apart.
bool surely_further(const Spelling& a, const Spelling& b, std::size_t limit) {
  const std::size_t longer = std::max(a.letters.size(), b.letters.size());
  const std::size_t shorter = std::min(a.letters.size(), b.letters.size());
  if (longer - shorter > limit) return true;
  const auto lacking = std::max(std::popcount(a.classes & ~b.classes), std::popcount(b.classes & ~a.classes));
  return static_cast<std::size_t>(lacking) > limit;
}

/// How many letters two words have in common at their beginning, where people rarely mistype.
std::size_t common_start(const Spelling& a, const Spelling& b) {
  const auto [end, other_end] = std::mismatch(a.letters.begin(), a.letters.end(), b.letters.begin(), b.letters.end());
  return static_cast<std::size_t>(end - a.letters.begin());
}

/// Three rows of the table of distances between prefixes.
class Distances {
 public:
  /// The distance of two words when it is at most `limit`, else more than `limit`. Common ends do not count and are
  /// left out.
  std::size_t between(std::u32string_view a, std::u32string_view b, std::size_t limit) {
    strip_common_ends(a, b);
    const std::size_t width = b.size() + 1;
    before_.assign(width, kFar);
    above_.assign(width, kFar);
    row_.assign(width, kFar);
    steps_ += width;
    for (std::size_t j = 0; j < width && j <= limit; ++j) above_[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t first = i > limit ? i - limit : 0;
      const std::size_t last = std::min(b.size(), i + limit);
      if (first > 0) row_[first - 1] = kFar;
      std::size_t best = kFar;
      for (std::size_t j = first; j <= last; ++j) {
        row_[j] = cell(a, b, i, j);
        best = std::min(best, row_[j]);
      }
      steps_ += last + 1 - first;
      if (last + 1 < width) row_[last + 1] = kFar;
      if (best > limit) return best;
      before_.swap(above_);
      above_.swap(row_);
    }
    return above_[b.size()];
  }

  /// How many cells have been filled in so far.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

 private:
  static constexpr std::size_t kFar = std::numeric_limits<std::size_t>::max() / 2;

  static void strip_common_ends(std::u32string_view& a, std::u32string_view& b) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
      a.remove_suffix(1);
      b.remove_suffix(1);
    }
  }

  [[nodiscard]] std::size_t cell(std::u32string_view a, std::u32string_view b, std::size_t i, std::size_t j) const {
    if (j == 0) return i;
    const bool same = a[i - 1] == b[j - 1];
    std::size_t least = std::min({above_[j] + 1, row_[j - 1] + 1, above_[j - 1] + (same ? 0U : 1U)});
    const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
    if (swapped) least = std::min(least, before_[j - 2] + 1);
    return least;
  }

  std::vector<std::size_t> before_, above_, row_;
  std::uint64_t steps_ = 0;
};

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  std::uint64_t steps = std::numeric_limits<std::uint64_t>::max();
  return nearest(word, candidates, steps);
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates, std::uint64_t& steps) {
  if (word.size() > kLongestGuess) return {};
  Spelling wanted;
  spell(word, wanted);
  std::string_view best;
  // Of a word of two letters only one more letter behind it is a likely slip.
  const bool is_short = wanted.letters.size() == 2;
  std::size_t limit = is_short ? 1 : wanted.letters.size() / 3;
  std::size_t best_start = 0;
  Spelling offered;
  Distances distances;
  for (const std::string_view candidate : candidates) {
    // A code point takes at most four bytes: what is far too long need not even be read.
    if (candidate.size() / 4 > wanted.letters.size() + limit) continue;
    std::uint64_t cost = candidate.size() + 1;
    spell(candidate, offered);
    std::size_t distance = limit + 1;
    if (!surely_further(wanted, offered, limit)) {
      const std::uint64_t steps_before = distances.steps();
      distance = distances.between(wanted.letters, offered.letters, limit);
      cost += distances.steps() - steps_before;
    }
    if (cost > steps) {
      steps = 0;
      return {};
    }
    steps -= cost;
    if (distance > limit) continue;
    const std::size_t start = common_start(wanted, offered);
    if (is_short && distance > 0 && start < 2) continue;
    if (!best.empty() && distance == limit && start <= best_start) continue;
    best = candidate;
    best_start = start;
    limit = distance;
  }
  return best;
}

}  // namespace firebreak
