#include "bench/rows.h"

#include <fmt/format.h>

#include "bench/measure.h"

namespace firebreak::bench {

std::string time_words(double seconds) {
  if (seconds < 1e-6) return fmt::format("{:.0f} ns", seconds * 1e9);
  if (seconds < 1e-3) return fmt::format("{:.3g} us", seconds * 1e6);
  if (seconds < 1) return fmt::format("{:.3g} ms", seconds * 1e3);
  return fmt::format("{:.3g} s", seconds);
}

void print_heads() {
  fmt::print("{:<46}{:>10}{:>12}{:>14}\n", "work, and what it is set against", "ours", "theirs", "ratio");
}

void print_work(std::string_view work) {
  fmt::print("{}\n", work);
}

void print_row(std::string_view peer, const Pairs& pairs, std::string_view note) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < pairs.theirs.size(); ++i) ratios.push_back(pairs.theirs[i] / pairs.ours[i]);
  fmt::print("  {:<44}{:>10}{:>12}{:>10.3g} : 1{}{}\n", peer, time_words(median(pairs.ours)),
             time_words(median(pairs.theirs)), median(ratios), note.empty() ? "" : "  ", note);
  std::fflush(stdout);
}

std::string_view agreement(bool same) {
  return same ? "" : "ANSWERS DIFFER";
}

void print_missing(std::string_view peer, std::string_view why) {
  fmt::print("  {:<44}{}\n", peer, why);
}

}  // namespace firebreak::bench
