#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "firebreak/duration.h"
#include "firebreak/patience.h"
#include "firebreak/report.h"
#include "firebreak/scenario.h"

#include "cli/command.h"

/// The options of the commands: which there are, how they are read, what they mean together.
namespace firebreak::cli {

/// What stands on a command line, as words.
struct Options {
  std::vector<std::string> words;  ///< what is no option: topologies first
  std::string scenario;
  ScenarioWords actions;
  std::string at;
  std::string time_limit;

  std::vector<std::string> to;
  std::vector<std::string> focus;
  std::vector<std::string> only;
  std::vector<std::string> services;
  std::vector<std::string> over;
  std::vector<std::string> of;
  std::vector<std::string> protect;
  std::vector<std::string> keep;
  std::vector<std::string> cannot;
  std::vector<std::string> kinds;
  std::string compare;
  std::string engine = "auto";
  std::string shard;

  std::string format;
  std::string output;
  std::string colour = "auto";
  std::string fail_on;

  static constexpr std::uint32_t kNoSuggestion = ~std::uint32_t{0};
  std::uint32_t suggest = kNoSuggestion;
  static constexpr std::uint32_t kAnyCrews = ~std::uint32_t{0};
  std::uint32_t crews = kAnyCrews;
  static constexpr std::uint32_t kAnyOrder = ~std::uint32_t{0};
  std::uint32_t order = kAnyOrder;
  std::uint32_t hops = 2;
  std::uint32_t list = 20;
  std::uint32_t cheapest = 1;
  std::uint32_t every = 0;
  static constexpr std::uint32_t kUsualTop = ~std::uint32_t{0};
  std::uint32_t top = kUsualTop;

  bool rank = false;
  bool zones = false;
  bool least = false;
  bool denied = false;
  bool frontier = false;
  bool exit_code = false;
  bool all = false;
  bool quiet = false;
  bool ascii = false;
  bool no_colour = false;
};

/// The description of a command's words and options, for reading a command line and for the help of the command. What
/// is described must outlive this object; reading fills it in.
class Arguments {
 public:
  /// `command` is called as in "firebreak impact".
  Arguments(const std::string& command, const std::string& about);
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  /// One kind of option each; `shape` stands for the value in the help: "ID,...".
  void text(const std::string& name, std::string& value, const std::string& shape, const std::string& help);
  void list(const std::string& name, std::vector<std::string>& values, const std::string& shape,
            const std::string& help);
  void flag(const std::string& name, bool& value, const std::string& help);
  void number(const std::string& name, std::uint32_t& value, const std::string& help);
  /// What is no option.
  void words(const std::string& name, std::vector<std::string>& values, const std::string& help);
  /// Lines below the options in the help.
  void examples(const std::string& lines);

  /// Options that several commands have.
  void topologies(Options& options, const std::string& help = "topology files; - is standard input");
  void scenario(Options& options);
  void time(Options& options);
  void time_limit(Options& options);
  void shard(Options& options);
  void output(Options& options, const std::string& formats);
  void fail_on(Options& options);
  void picture(Options& options);
  void quiet(Options& options);
  void file(Options& options);

  /// Reads a command line. Throws Stop when the call ends here: help was asked for, or something cannot be understood.
  void read(const Call& call);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

/// The words of a list option, split at commas.
[[nodiscard]] std::vector<std::string> split(const std::vector<std::string>& words);

/// The format to answer in: the one asked for, else the one the output file's name ends with, else `otherwise`. Refused
/// when it is none of `known`, or would put bytes of a picture on a terminal.
[[nodiscard]] Format choose_format(const Options& options, const Surroundings& surroundings, std::string_view command,
                                   std::span<const Format> known, Format otherwise = Format::text);

/// How text of a format is set under these options. A sheet in Markdown is for paper, where nobody can ask for more:
/// its lists are longer.
[[nodiscard]] TextStyle style_of(const Options& options, const Surroundings& surroundings, Format format);

/// Whether diagnostics on standard error are coloured.
[[nodiscard]] bool colours_errors(const Options& options, const Surroundings& surroundings);

/// The state that --fail-on names, if any.
[[nodiscard]] std::optional<State> fail_on(const Options& options);

/// The time of --at; kNever without one.
[[nodiscard]] Seconds time_of(const Options& options);

/// Patience for a share of the time --time-limit says, from now on, or until the call is interrupted; without one, of a
/// minute.
[[nodiscard]] Patience patience_of(const Call& call, const Options& options, double share = 1);

}  // namespace firebreak::cli
