// Makes up an estate of any size, the same for the same words: see bench/generator.h. The topology goes to standard
// output or to a file; what was planted in it, with the answers, to another.

#include <charconv>
#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/generator.h"

namespace firebreak::bench {
namespace {

struct Words {
  GeneratorOptions options;
  std::string out;
  std::string answers;
};

bool take(std::string_view text, std::uint64_t& value) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc() && end == text.data() + text.size();
}

std::optional<Words> understood(const std::vector<std::string>& given) {
  constexpr std::uint64_t kMost = 100'000'000;
  Words words;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& word = given[i];
    if (word == "--no-plants") {
      words.options.planted = false;
      continue;
    }
    if (++i == given.size()) return std::nullopt;
    const std::string& value = given[i];
    GeneratorOptions& to = words.options;
    const bool taken = word == "--systems"    ? take(value, to.systems) && to.systems > 0 && to.systems <= kMost
                       : word == "--seed"     ? take(value, to.seed)
                       : word == "--pivots"   ? take(value, to.pivots) && to.pivots <= 1000
                       : word == "--per-zone" ? take(value, to.per_zone) && to.per_zone > 0 && to.per_zone <= kMost
                       : word == "--answers"  ? !(words.answers = value).empty()
                       : word == "-o"         ? !(words.out = value).empty()
                                              : false;
    if (!taken) return std::nullopt;
  }
  return words;
}

/// Writes to a file, or to standard output where there is no name; 2 where that fails.
template <class Write>
int write_to(const std::string& name, const Write& write) {
  std::FILE* file = name.empty() ? stdout : std::fopen(name.c_str(), "wb");
  bool good = file != nullptr && write(file);
  if (file != nullptr && file != stdout) good &= std::fclose(file) == 0;
  if (good) return 0;
  fmt::print(stderr, "cannot write to {}\n", name.empty() ? "standard output" : name);
  return 2;
}

int run(const Words& words) {
  const int code = write_to(words.out, [&](std::FILE* file) { return write_estate(words.options, file); });
  if (code != 0 || words.answers.empty()) return code;
  return write_to(words.answers, [&](std::FILE* file) {
    const std::string text = planted_answers(words.options);
    return std::fwrite(text.data(), 1, text.size(), file) == text.size();
  });
}

}  // namespace
}  // namespace firebreak::bench

int main(int count, char** words) {
  const auto understood = firebreak::bench::understood({words + 1, words + count});
  if (!understood) {
    fmt::print(stderr,
               "usage: gen-topology [--systems N] [--seed N] [--pivots N] [--per-zone N] [--no-plants] [-o FILE] "
               "[--answers FILE]\n"
               "  --systems N    how many systems (default 1000)\n"
               "  --seed N       another estate of the same kind (default 1)\n"
               "  --pivots N     for each system (default 6)\n"
               "  --per-zone N   systems in a zone (default 100)\n"
               "  --no-plants    without the parts whose answers are known\n"
               "  --answers FILE the answers to what was planted\n");
    return 2;
  }
  return firebreak::bench::run(*understood);
}
