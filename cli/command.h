#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/diagnostic.h"

#include "cli/progress.h"
#include "cli/run.h"

/// The commands of the program, and what they all share.
namespace firebreak::cli {

/// One call of a command.
struct Call {
  std::span<const std::string> arguments;  ///< behind the command's name
  const Surroundings& surroundings;
  Progress& progress;
};

/// One line of the table of commands.
struct Command {
  std::string_view name;
  std::string_view arguments;  ///< for the list of commands: "TOPOLOGY... ID"
  std::string_view help;       ///< one line
  Outcome (*run)(const Call& call);
};

/// All commands, in the order of the help.
[[nodiscard]] std::span<const Command> commands();

[[nodiscard]] Outcome run_check(const Call& call);
[[nodiscard]] Outcome run_impact(const Call& call);
[[nodiscard]] Outcome run_blast(const Call& call);
[[nodiscard]] Outcome run_explain(const Call& call);
[[nodiscard]] Outcome run_policy(const Call& call);
[[nodiscard]] Outcome run_weak(const Call& call);
[[nodiscard]] Outcome run_whatif(const Call& call);
[[nodiscard]] Outcome run_merge(const Call& call);
[[nodiscard]] Outcome run_diff(const Call& call);
[[nodiscard]] Outcome run_contain(const Call& call);
[[nodiscard]] Outcome run_restore(const Call& call);
[[nodiscard]] Outcome run_draw(const Call& call);
[[nodiscard]] Outcome run_fmt(const Call& call);
[[nodiscard]] Outcome run_init(const Call& call);
[[nodiscard]] Outcome run_schema(const Call& call);

/// What a command throws to end a call early, with help or a refusal; it never leaves `run`.
struct Stop {
  Outcome outcome;
};

/// Ends the call: the program could not answer. Exit code 2, nothing on standard output.
[[noreturn]] void refuse(std::string message, std::string hint = {}, Code code = Code::usage);

/// "did you mean 'x'?" for the candidate nearest to the word; empty when none is near.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace firebreak::cli
