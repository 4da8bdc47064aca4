#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace firebreak::cli {

/// Writes a file whole or not at all: into a new file beside it, which then takes its place with the rights the old one
/// had. What is no regular file (a device, a pipe) is written directly. Gives back why it failed, or nothing.
[[nodiscard]] std::optional<std::string> write_file(const std::string& path, std::string_view bytes);

}  // namespace firebreak::cli
