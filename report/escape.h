#pragma once

#include <span>
#include <string>
#include <string_view>

/// Texts made safe for where they go. What comes from a file or a command line never reaches an output without one of
/// these.
namespace firebreak::report {

/// A JSON string with its quotes. Control characters, line separators and bidirectional controls are escaped, so that
/// not even a terminal showing the document obeys them; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);
void append_json_string(std::string& out, std::string_view text);

/// One cell of a CSV line (RFC 4180). A text that a spreadsheet would take for a formula (it begins with = + - @, a tab
/// or a carriage return) gets a leading apostrophe.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// Text for the middle of a Markdown line or table cell: no HTML, emphasis, code, link, image, table border or formula
/// comes of it.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// Text for XML 1.0 content and attribute values; characters XML cannot hold become U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

/// The message and a property of a GitHub workflow command.
[[nodiscard]] std::string github_message(std::string_view text);
[[nodiscard]] std::string github_property(std::string_view text);

/// One word of a command line for a POSIX shell, quoted only when it must be.
[[nodiscard]] std::string shell_word(std::string_view text);

/// Words joined by spaces, each quoted as needed.
[[nodiscard]] std::string shell_words(std::span<const std::string> words);

}  // namespace firebreak::report
