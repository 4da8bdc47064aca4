#include <array>
#include <fmt/format.h>

#include "cli/question.h"

namespace firebreak::cli {
namespace {

constexpr std::array<std::string_view, 11> kNames = {"impact",  "blast",  "explain", "weak",  "whatif",  "contain",
                                                     "restore", "policy", "diff",    "check", "topology"};

}  // namespace

Outcome run_schema(const Call& call) {
  Options options;
  Arguments arguments("firebreak schema", fmt::format("The JSON Schema of an answer or of the topology format: {}.",
                                                      fmt::join(kNames, ", ")));
  arguments.words("NAME", options.words, "whose schema");
  arguments.text("--format", options.format, "FORMAT", "json, or md: the fields as a table");
  arguments.file(options);
  arguments.read(call);
  if (options.words.size() != 1) refuse("one name is needed", fmt::format("one of {}", fmt::join(kNames, ", ")));
  const std::string& name = options.words[0];
  const std::array kFormats = {Format::json, Format::md};
  const Format format = choose_format(options, call.surroundings, "schema", kFormats, Format::json);
  const std::optional<std::string> text = format == Format::json ? json_schema(name) : field_table(name);
  if (!text && json_schema(name))
    refuse(fmt::format("there is no table of fields for '{}'", name), "docs/format.md describes the topology format");
  if (!text) {
    const std::string hint = did_you_mean(name, kNames);
    refuse(fmt::format("there is no schema '{}'", name),
           hint.empty() ? fmt::format("one of {}", fmt::join(kNames, ", ")) : hint);
  }
  return deliver(options, *text, "");
}

}  // namespace firebreak::cli
