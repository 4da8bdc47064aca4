#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "cli/options.h"

namespace firebreak::cli {
namespace {

/// The long names of all options of a command, with their dashes.
std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string nearest_option(const CLI::App& app, const std::string& word) {
  const std::vector<std::string> names = long_names(app);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string hint = did_you_mean(word, views);
  return hint.empty() ? fmt::format("{} --help lists the options", app.get_name()) : hint;
}

/// Refuses "-off": it would be read as "-o ff" and write a file that nobody asked for.
void refuse_single_dash(const CLI::App& app, std::span<const std::string> arguments) {
  const std::vector<std::string> names = long_names(app);
  for (const std::string& argument : arguments) {
    if (argument == "--") return;
    if (argument.size() < 3 || argument[0] != '-' || argument[1] == '-') continue;
    const std::string doubled = "-" + argument.substr(0, argument.find('='));
    if (std::ranges::find(names, doubled) != names.end()) {
      refuse(fmt::format("unknown option '{}'", argument), fmt::format("did you mean '{}'?", doubled));
    }
  }
}

/// What is wrong with a command line, in our words where CLI11's are its own terms.
std::string fault_words(const CLI::ParseError& fault) {
  std::string said = fault.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&fault) == nullptr) return said;
  std::string name = said.substr(0, said.find_first_of(": "));
  if (!name.starts_with('-')) name.insert(0, "--");
  const auto says = [&said](std::string_view part) { return said.find(part) != std::string::npos; };
  if (says("At Most")) return fmt::format("{} is given more than once", name);
  if (says("override")) return fmt::format("{} takes no value", name);
  return fmt::format("{} needs a value", name);
}

}  // namespace

struct Arguments::Parser {
  Parser(const std::string& command, const std::string& about) : app(about, command) {}
  CLI::App app;
};

Arguments::Arguments(const std::string& command, const std::string& about)
    : parser_(std::make_unique<Parser>(command, about)) {}
Arguments::~Arguments() = default;

void Arguments::text(const std::string& name, std::string& value, const std::string& shape, const std::string& help) {
  const auto refuse_empty = [](const std::string& word) {
    return word.empty() ? std::string("a value is missing") : std::string();
  };
  parser_->app.add_option(name, value, help)->option_text(shape)->check(CLI::Validator(refuse_empty, ""));
}

void Arguments::list(const std::string& name, std::vector<std::string>& values, const std::string& shape,
                     const std::string& help) {
  // One value each time: what stands behind it is a word of its own.
  parser_->app.add_option(name, values, help)->option_text(shape)->allow_extra_args(false);
}

void Arguments::flag(const std::string& name, bool& value, const std::string& help) {
  parser_->app.add_flag(name, value, help)->disable_flag_override();
}

void Arguments::number(const std::string& name, std::uint32_t& value, const std::string& help) {
  const auto refuse_others = [](const std::string& word) {
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool octal = word.size() > 1 && word.starts_with('0');  // as CLI11 would read it
    if (fault == std::errc() && end == word.data() + word.size() && !octal) return std::string();
    return fmt::format("'{}' is no whole number up to 4294967295", word);
  };
  parser_->app.add_option(name, value, help)->option_text("N")->check(CLI::Validator(refuse_others, ""));
}

void Arguments::words(const std::string& name, std::vector<std::string>& values, const std::string& help) {
  parser_->app.add_option(name, values, help)->option_text(" ");
}

void Arguments::examples(const std::string& lines) {
  parser_->app.footer(lines);
}

void Arguments::topologies(Options& options, const std::string& help) {
  words("TOPOLOGY", options.words, help);
}

void Arguments::scenario(Options& options) {
  text("--scenario", options.scenario, "NAME", "a scenario of the topology; further actions add to it");
  list("--compromised", options.actions.compromised, "ID,...", "systems and identities an attacker holds");
  list("--off", options.actions.off, "ID,...", "what is switched off: any id or selector");
  list("--isolate", options.actions.isolate, "ID,...", "systems unplugged, and zones cut off at their border");
  list("--block", options.actions.block, "FLOW", "a flow that is blocked before all policies: 'FROM -> TO [PORTS]'");
  list("--allow", options.actions.allow, "FLOW", "a flow that is allowed before all policies, but after blocks");
}

void Arguments::time(Options& options) {
  text("--at", options.at, "TIME", "the states as they are then, such as 4h; otherwise in the end");
}

void Arguments::time_limit(Options& options) {
  text("--time-limit", options.time_limit, "TIME", "how long a search may take, such as 10s; 1m if not said");
}

void Arguments::shard(Options& options) {
  text("--shard", options.shard, "I/N", "only this share of the work, as a part for firebreak merge: 3/8");
}

void Arguments::output(Options& options, const std::string& formats) {
  text("--format", options.format, "FORMAT", formats);
  file(options);
  text("--color,--colour", options.colour, "WHEN", "auto (on a terminal), always or never; NO_COLOR is heeded");
  flag("--no-color,--no-colour", options.no_colour, "the same as --color=never");
  flag("--ascii", options.ascii, "no glyphs beyond ASCII");
  flag("--all", options.all, "lists in full");
  quiet(options);
}

void Arguments::file(Options& options) {
  text("-o,--output", options.output, "FILE", "write a file, whole or not at all; its ending chooses the format");
}

void Arguments::quiet(Options& options) {
  flag("-q,--quiet", options.quiet, "no warnings on standard error");
}

void Arguments::fail_on(Options& options) {
  text("--fail-on", options.fail_on, "STATE", "exit code 1 if a service is in this state or a worse one");
}

void Arguments::picture(Options& options) {
  list("--focus", options.focus, "ID,...", "pictures: only what is near these");
  number("--hops", options.hops, "pictures: how near, in steps; 2 if not said");
}

void Arguments::read(const Call& call) {
  CLI::App& app = parser_->app;
  app.allow_extras();
  app.set_help_flag("-h,--help", "this help");
  refuse_single_dash(app, call.arguments);
  // CLI11 takes its arguments from the back.
  std::vector<std::string> reversed(call.arguments.rbegin(), call.arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    throw Stop{{0, app.help(), ""}};
  } catch (const CLI::ParseError& fault) {
    refuse(fault_words(fault), fmt::format("{} --help shows how it is used", app.get_name()));
  }
  for (const std::string& word : app.remaining()) {
    if (word == "--") continue;  // what stands behind it is no option, whatever it begins with
    if (word.starts_with('-')) refuse(fmt::format("unknown option '{}'", word), nearest_option(app, word));
    refuse(fmt::format("one word too many: '{}'", word), fmt::format("{} --help shows how it is used", app.get_name()));
  }
}

}  // namespace firebreak::cli
