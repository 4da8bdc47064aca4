#include "cli/run.h"

#include <algorithm>
#include <array>
#include <exception>
#include <fmt/format.h>
#include <new>

#include "cli/command.h"

namespace firebreak::cli {
namespace {

constexpr std::array kCommands = {
    Command{"check", "TOPOLOGY...", "is the model sound, does every require hold, does every scenario come out",
            run_check},
    Command{"impact", "TOPOLOGY... --off ID", "what fails when systems are cut off, when, why, and for whom",
            run_impact},
    Command{"blast", "TOPOLOGY... --compromised ID", "what a compromise reaches, in which steps, and how", run_blast},
    Command{"explain", "TOPOLOGY... FROM TO [PORT]", "why a flow or a takeover is possible, or not", run_explain},
    Command{"explain", "TOPOLOGY... ID --off ID", "why something is in its state, and what would mend it", run_explain},
    Command{"policy", "TOPOLOGY...", "who may talk to whom, which needs are denied, and which rules serve none",
            run_policy},
    Command{"weak", "TOPOLOGY...", "where one loss, or a few, are enough to take a service down", run_weak},
    Command{"whatif", "TOPOLOGY... FILE.ndjson", "many scenarios, or every single and double loss, at once",
            run_whatif},
    Command{"merge", "PART...", "what several runs with --shard have found, put together", run_merge},
    Command{"diff", "BEFORE AFTER", "what a change does: what gets worse, which flows open, which requires break",
            run_diff},
    Command{"contain", "TOPOLOGY... --compromised ID",
            "the cheapest actions that keep an attacker from the crown jewels", run_contain},
    Command{"restore", "TOPOLOGY... --off ID", "in which order to start again, and to rebuild what is compromised",
            run_restore},
    Command{"draw", "TOPOLOGY... -o FILE", "the picture, without a question", run_draw},
    Command{"fmt", "TOPOLOGY...", "the topology in its canonical form", run_fmt},
    Command{"init", "[FILE]", "a small commented topology to begin with", run_init},
    Command{"schema", "NAME", "the JSON Schema of an answer or of the topology format", run_schema},
};

constexpr std::string_view kAbout =
    "firebreak: what fails when systems are cut off, and how far a break-in can spread if they are not\n";
constexpr std::string_view kExitCodes =
    "exit codes\n"
    "  0  answered\n"
    "  1  the answer is no: a require or an expectation is broken, there is no plan, or --fail-on is met\n"
    "  2  could not answer: usage, unreadable or invalid input, unknown id\n"
    "  3  answered in part: a limit was hit, and the answer says so\n"
    " 70  a fault of the program\n";

std::string general_help() {
  std::string text = fmt::format("{}\nusage: firebreak COMMAND ...\n\n", kAbout);
  std::size_t width = 0;
  for (const Command& command : kCommands) {
    width = std::max(width, command.name.size() + 1 + command.arguments.size());
  }
  for (const Command& command : kCommands) {
    text += fmt::format("  {:<{}}  {}\n", fmt::format("{} {}", command.name, command.arguments), width, command.help);
  }
  return text + fmt::format(
                    "\n  firebreak COMMAND --help      the options of a command\n"
                    "  firebreak --version\n\n{}\n"
                    "begin with: firebreak init && firebreak check topology.toml\n",
                    kExitCodes);
}

Outcome dispatch(std::span<const std::string> arguments, const Call& call) {
  if (arguments.empty()) return {2, "", general_help()};
  const std::string& name = arguments.front();
  if (name == "--help" || name == "-h" || (name == "help" && arguments.size() == 1)) return {0, general_help(), ""};
  if (name == "--version") return {0, fmt::format("firebreak {}\n", FIREBREAK_VERSION), ""};
  if (name == "help") {
    const std::array<std::string, 2> asked = {arguments[1], "--help"};
    return dispatch(asked, call);
  }
  const auto command = std::ranges::find(kCommands, name, &Command::name);
  if (command != kCommands.end()) return command->run({arguments.subspan(1), call.surroundings, call.progress});
  std::vector<std::string_view> names;
  for (const Command& known : kCommands) names.push_back(known.name);
  const std::string hint = did_you_mean(name, names);
  refuse(fmt::format("unknown command '{}'", name), hint.empty() ? "firebreak --help lists the commands" : hint);
}

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

void refuse(std::string message, std::string hint, Code code) {
  throw Stop{{2, "", render(diagnose(code, {}, std::move(message), std::move(hint)), {}, false)}};
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view found = nearest(word, candidates);
  return found.empty() ? std::string() : fmt::format("did you mean '{}'?", found);
}

Outcome run(std::span<const std::string> arguments, const Surroundings& surroundings) {
  try {
    Progress progress(surroundings.error_is_terminal ? surroundings.progress : nullptr);
    Outcome outcome = dispatch(arguments, {arguments, surroundings, progress});
    const bool interrupted = surroundings.interruption != nullptr && surroundings.interruption->asked;
    if (interrupted && outcome.code == 3) outcome.err += "interrupted: the answer is what was found until then\n";
    return outcome;
  } catch (const Stop& stop) {
    return stop.outcome;
  } catch (const std::bad_alloc&) {
    return {2, "", "error: not enough memory for this question\n"};
  } catch (const std::exception& fault) {
    return {70, "", fmt::format("firebreak: a fault of the program, please report it: {}\n", printable(fault.what()))};
  }
}

}  // namespace firebreak::cli
