#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/workers.h"

#include "cli/line_blocks.h"
#include "cli/question.h"

/// Parts of an answer: what one shard has found of a question that several work on, each for itself, until `merge` puts
/// them together. A part is lines of JSON: a head, what was found, and an end, without which it is not whole.
namespace firebreak::cli {

using Json = nlohmann::ordered_json;

/// One of several that share the work of a question: "3/8".
struct Shard {
  std::uint32_t number = 1;
  std::uint32_t of = 1;
};

/// The shard that --shard names; nothing without one. Refused where it is none, where an option asks for what a part
/// does not have, or where the question cannot be asked again: of standard input.
[[nodiscard]] std::optional<Shard> shard_of(const Options& options);

/// How work is divided between this shard, or all of it without one, and the cores.
[[nodiscard]] Division division_of(const Call& call, const std::optional<Shard>& shard);

/// What the files of a question hold, as a word.
[[nodiscard]] std::string fingerprint_of(const Question& question);

/// The first line of a part. `kind` is the question's: the schema of its lines.
[[nodiscard]] std::string part_head(std::string_view kind, Shard shard, const Options& options,
                                    const Question& question);

/// What a part holds so far, its head included: how many lines, and a number by which a part that was changed is
/// noticed.
class PartSum {
 public:
  /// Whole lines.
  void add(std::string_view lines);
  /// One, without its end.
  void add_line(std::string_view line);
  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] std::string word() const;

 private:
  std::uint64_t lines_ = 0;
  std::uint64_t sum_ = 0;
};

/// The last line of a part of which all others are in `sum`, and what it says besides.
[[nodiscard]] std::string part_end(PartSum sum, Json end);

/// A part, read line by line.
class PartReader {
 public:
  /// Opens it and reads its head.
  PartReader(std::string name, FileId file, std::vector<Diagnostic>& faults);
  ~PartReader();
  PartReader(const PartReader&) = delete;
  PartReader& operator=(const PartReader&) = delete;

  [[nodiscard]] bool is_part() const { return head_ != nullptr; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string kind() const;
  [[nodiscard]] Shard shard() const { return shard_; }
  /// Whether both answer the same question about the same files.
  [[nodiscard]] bool goes_with(const PartReader& other) const;
  [[nodiscard]] std::string files() const;
  /// What was asked, put into options.
  void ask_again(Options& options) const;

  /// The next line between head and end, until the next call; nothing behind the last one. Faults are reported.
  [[nodiscard]] std::optional<std::string_view> line();
  [[nodiscard]] bool at_end() const { return end_ != nullptr; }
  /// What the end says under a key; null where it says nothing, or was not reached.
  [[nodiscard]] Json end(const char* key) const;

  /// Reports something about the line read last.
  void report(std::string message, std::string hint = {});

 private:
  [[nodiscard]] std::optional<std::string_view> next_line();
  [[nodiscard]] bool is_as_written() const;
  bool read_head(std::string_view line);
  void not_whole();

  std::string name_;
  FileId file_;
  std::vector<Diagnostic>& faults_;
  LineBlocks blocks_;
  LineBlock block_;
  std::size_t at_ = 0;  ///< in the block
  std::uint32_t line_ = 0;
  PartSum sum_;
  Shard shard_;
  std::unique_ptr<Json> head_;
  std::unique_ptr<Json> end_;
};

/// All parts of an answer, by shard: all of one question, none missing, none twice. Refused otherwise, with everything
/// that is wrong.
class Parts {
 public:
  Parts(std::span<const std::string> names, bool colour);

  [[nodiscard]] PartReader& operator[](std::size_t i) { return *readers_[i]; }
  [[nodiscard]] std::size_t size() const { return readers_.size(); }

  /// Begins with the first line of every part once more.
  void read_again();

  /// Ends the call when a part had a fault.
  void refuse_faults() const;
  /// Ends the call when the files are no longer those that the parts are about.
  void refuse_other_files(const Question& question) const;

 private:
  void open(std::span<const std::string> names);
  void order();

  Sources sources_;
  std::vector<Diagnostic> faults_;
  std::vector<std::unique_ptr<PartReader>> readers_;
  bool colour_;
};

}  // namespace firebreak::cli
