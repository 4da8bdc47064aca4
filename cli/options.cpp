#include "cli/options.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

namespace firebreak::cli {
namespace {

bool has_extension(const std::string& path, std::string_view extension) {
  const std::size_t dot = path.find_last_of("./");
  return dot != std::string::npos && path[dot] == '.' && std::string_view(path).substr(dot + 1) == extension;
}

/// The format that a file's name asks for; nothing when its ending is none that is known.
std::optional<Format> format_of_name(const std::string& path) {
  if (has_extension(path, "txt")) return Format::text;
  if (has_extension(path, "xml")) return Format::junit;
  if (has_extension(path, "ndjson") || has_extension(path, "jsonl")) return Format::json;
  for (const Format format :
       {Format::json, Format::csv, Format::md, Format::dot, Format::svg, Format::png, Format::pdf}) {
    if (has_extension(path, to_string(format))) return format;
  }
  return std::nullopt;
}

std::string format_names(std::span<const Format> formats) {
  std::vector<std::string_view> names;
  for (const Format format : formats) names.push_back(to_string(format));
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::vector<std::string> split(const std::vector<std::string>& words) {
  std::vector<std::string> parts;
  for (const std::string& word : words) {
    for (std::size_t at = 0; at <= word.size();) {
      const std::size_t comma = std::min(word.find(',', at), word.size());
      parts.push_back(word.substr(at, comma - at));
      at = comma + 1;
    }
  }
  return parts;
}

Format choose_format(const Options& options, const Surroundings& surroundings, std::string_view command,
                     std::span<const Format> known, Format otherwise) {
  const bool to_file = !options.output.empty() && options.output != "-";
  std::optional<Format> format = otherwise;
  if (!options.format.empty()) {
    format = parse_format(options.format);
    if (!format) {
      std::vector<std::string_view> names;
      for (const Format one : known) names.push_back(to_string(one));
      const std::string hint = did_you_mean(options.format, names);
      refuse(fmt::format("unknown format '{}'", options.format),
             hint.empty() ? "formats: " + format_names(known) : hint);
    }
  } else if (to_file) {
    format = format_of_name(options.output);
    if (!format) {
      refuse(fmt::format("no format goes with the name '{}'", options.output),
             "say --format, one of " + format_names(known));
    }
  }
  if (std::ranges::find(known, *format) == known.end()) {
    refuse(fmt::format("{} has no format '{}'", command, to_string(*format)), "formats: " + format_names(known));
  }
  const bool binary = *format == Format::png || *format == Format::pdf;
  if (binary && !to_file && surroundings.output_is_terminal) {
    refuse(fmt::format("{} would fill the terminal with bytes", to_string(*format)),
           fmt::format("write it to a file: -o picture.{}", to_string(*format)));
  }
  return *format;
}

TextStyle style_of(const Options& options, const Surroundings& surroundings, Format format) {
  if (options.colour != "auto" && options.colour != "always" && options.colour != "never") {
    refuse(fmt::format("--color takes no '{}'", options.colour), "one of auto, always, never");
  }
  const bool to_file = !options.output.empty() && options.output != "-";
  const bool plain = options.no_colour || options.colour == "never";
  const bool automatic = surroundings.output_is_terminal && !surroundings.no_colour && !to_file;
  TextStyle style;
  style.colour = !plain && (options.colour == "always" || automatic);
  style.ascii = options.ascii;
  style.columns = surroundings.columns;
  constexpr std::size_t kMostOnPaper = 200;
  if (format == Format::md) style.most = kMostOnPaper;
  if (options.all) style.most = 0;
  return style;
}

bool colours_errors(const Options& options, const Surroundings& surroundings) {
  if (options.no_colour || options.colour == "never") return false;
  return options.colour == "always" || (surroundings.error_is_terminal && !surroundings.no_colour);
}

std::optional<State> fail_on(const Options& options) {
  if (options.fail_on.empty()) return std::nullopt;
  std::vector<std::string_view> words;
  for (const State state : {State::off, State::fails, State::degraded, State::at_risk}) {
    if (to_string(state) == options.fail_on) return state;
    words.push_back(to_string(state));
  }
  refuse(fmt::format("--fail-on takes no '{}'", options.fail_on), fmt::format("one of {}", fmt::join(words, ", ")));
}

Seconds time_of(const Options& options) {
  if (options.at.empty()) return kNever;
  const std::optional<Seconds> time = parse_duration(options.at);
  if (!time) refuse(fmt::format("'{}' is no time", options.at), "such as 90s, 15m, 4h or 3d", Code::bad_duration);
  return *time;
}

Patience patience_of(const Call& call, const Options& options, double share) {
  Seconds limit = 60;
  if (!options.time_limit.empty()) {
    const std::optional<Seconds> time = parse_duration(options.time_limit);
    if (!time) refuse(fmt::format("'{}' is no time", options.time_limit), "such as 10s or 5m", Code::bad_duration);
    limit = *time;
  }
  using Clock = std::chrono::steady_clock;
  const std::chrono::duration<double> most(share * static_cast<double>(limit));
  return [start = Clock::now(), most, interruption = call.surroundings.interruption] {
    if (interruption != nullptr && interruption->look()) return false;
    return Clock::now() - start < most;
  };
}

}  // namespace firebreak::cli
