#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "topology/format/file_faults.h"
#include "topology/format/input_file.h"
#include "topology/format/toml_statements.h"

namespace firebreak {

/// A fault as the TOML parser tells it: "table header: expected ']'", and where.
struct TomlFault {
  std::string message;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// Takes faulty statements out of a TOML text, so that a parser that stops at its first fault can be asked again about
/// the rest. Nothing moves: what is taken out becomes blanks.
class TomlMender {
 public:
  /// Takes out, and reports, what the parser must not see: keys of too many parts, and texts that are too long.
  TomlMender(const InputFile& file, FileFaults& faults);

  /// What to parse: the text up to its last character that is no white space.
  [[nodiscard]] std::string_view text() const {
    const std::string_view text = mended_.empty() ? file_.text : mended_;
    return text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  }

  /// Reports a fault and takes out the statement at fault. False when parsing again is of no use: there were too many
  /// faults, or nothing can be taken out, or it would take too long; all of the file is lost then.
  bool mend(const TomlFault& fault);

 private:
  bool read_on();
  void read_to(std::uint32_t line);
  [[nodiscard]] std::size_t blame(const TomlFault& fault);
  [[nodiscard]] Diagnostic judge(const TomlFault& fault, std::size_t at) const;
  [[nodiscard]] Diagnostic judge_second(const TomlFault& fault, std::size_t at) const;
  [[nodiscard]] std::size_t next_header(std::size_t at);
  [[nodiscard]] std::size_t find_first(std::size_t second) const;
  [[nodiscard]] std::string why_last(std::size_t at);
  void take_out(std::size_t at);
  bool take_out_line(std::uint32_t line);
  void blank(std::size_t begin, std::size_t end);

  InputFile file_;
  FileFaults* faults_;
  std::string mended_;  ///< empty while nothing was taken out
  TomlStatements source_;
  std::vector<TomlStatement> statements_;  ///< as far as faults made it necessary to read
  std::vector<bool> taken_out_;
  std::size_t mended_faults_ = 0;
  std::size_t in_a_row_ = 0;
  std::size_t after_last_ = 0;  ///< the statement behind the last one at fault
  std::size_t parsed_ = 0;      ///< bytes
};

}  // namespace firebreak
