#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace firebreak::bench {

/// One line of a table: the same work done by us and by another, several times in turn.
struct Pairs {
  std::vector<double> ours;    ///< seconds
  std::vector<double> theirs;  ///< seconds, as many; empty when the other is not there

  void add(double our_seconds, double their_seconds) {
    ours.push_back(our_seconds);
    theirs.push_back(their_seconds);
  }
};

/// The heads of the columns.
void print_heads();
/// Says what is measured.
void print_work(std::string_view work);
/// Prints the medians of both, and the median of the ratios pair by pair. `note` follows, such as what was worked out
/// from a part.
void print_row(std::string_view peer, const Pairs& pairs, std::string_view note = {});
/// The note of a row: nothing, or that the other came to another answer.
[[nodiscard]] std::string_view agreement(bool same);
/// Says why there is no such line.
void print_missing(std::string_view peer, std::string_view why);

/// "1.3 ms", "20 us", "4.1 s".
[[nodiscard]] std::string time_words(double seconds);

}  // namespace firebreak::bench
