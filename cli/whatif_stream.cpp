#include "cli/whatif_stream.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

#include "firebreak/whatif.h"

#include "cli/line_blocks.h"
#include "cli/workers.h"
#include "cli/write_file.h"

namespace firebreak::cli {
namespace {

/// Where the lines go: a file, standard output, or the outcome.
class Lines {
 public:
  Lines(const Options& options, const Surroundings& surroundings) : name_(options.output), surroundings_(surroundings) {
    if (!name_.empty() && name_ != "-") writer_.emplace(name_);
  }

  /// False when nobody reads on.
  [[nodiscard]] bool add(std::string_view text) {
    if (writer_) {
      writer_->write(text);
    } else if (surroundings_.write) {
      return surroundings_.write(text);
    } else {
      kept_ += text;
    }
    return true;
  }

  /// What was kept for the outcome.
  [[nodiscard]] std::string finish() {
    if (writer_) {
      if (const auto fault = writer_->finish()) {
        refuse(fmt::format("cannot write '{}': {}", name_, *fault), {}, Code::cannot_write);
      }
    }
    return std::move(kept_);
  }

 private:
  const std::string& name_;
  const Surroundings& surroundings_;
  std::optional<FileWriter> writer_;
  std::string kept_;
};

class Stream {
 public:
  Stream(const Question& question, FileId file, Format format)
      : question_(question), file_(file), format_(format), parts_(threads_at_once()) {
    const WhatIf first(question.graph, question.scenario);
    for (std::size_t part = 0; part < parts_; ++part) askers_.push_back(first.another());
  }

  /// Reads to the end, or until there are too many faults.
  void look_for_faults(LineBlocks& blocks) {
    run(blocks, false, [](const std::string&) { return true; });
  }

  /// Gives the lines of each piece to `use`, in order, until it says no or a piece has a fault.
  template <class Use>
  void answer(LineBlocks& blocks, const Use& use) {
    run(blocks, true, use);
  }

  /// All faults, by place.
  [[nodiscard]] std::vector<Diagnostic> diagnostics() const {
    std::vector<Diagnostic> sorted = diagnostics_;
    sort_and_unique(sorted);
    return sorted;
  }

 private:
  struct Piece {
    LineBlock block;
    std::string lines;
    std::vector<Diagnostic> diagnostics;
  };

  template <class Use>
  void run(LineBlocks& blocks, bool answer, const Use& use) {
    constexpr std::size_t kMostDiagnostics = 1000;
    constexpr std::size_t kPiecesForEach = 4;
    for (bool more = true; more && diagnostics_.size() < kMostDiagnostics;) {
      std::vector<Piece> pieces;
      while (pieces.size() < parts_ * kPiecesForEach) {
        std::optional<LineBlock> block = blocks.next();
        more = block.has_value();
        if (!more) break;
        pieces.push_back({*std::move(block), {}, {}});
      }
      threads()(parts_, [&](std::size_t part) {
        for (std::size_t i = part; i < pieces.size(); i += parts_) work(pieces[i], askers_[part], answer);
      });
      for (Piece& piece : pieces) {
        const bool faulty = has_errors(piece.diagnostics);
        std::ranges::move(piece.diagnostics, std::back_inserter(diagnostics_));
        if (answer && (faulty || !use(piece.lines))) return;
      }
    }
  }

  void work(Piece& piece, WhatIf& asker, bool answer) const {
    const std::vector<ScenarioLine> scenarios =
        read_scenarios(question_.topology(), piece.block.text, file_, piece.block.first_line, piece.diagnostics);
    if (!answer) return;
    for (const ScenarioLine& line : scenarios) {
      const bool compromised = !question_.scenario.compromised.empty() || !line.scenario.compromised.empty();
      piece.lines += present_line(question_.topology(), line.name, asker.ask(line.scenario), compromised, format_);
    }
  }

  const Question& question_;
  FileId file_;
  Format format_;
  std::size_t parts_;
  std::vector<WhatIf> askers_;  ///< by part
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

Outcome answer_stream(const Call& call, const Options& options, Question& question, const std::string& name) {
  constexpr std::array kFormats = {Format::json, Format::csv};
  const Format format = choose_format(options, call.surroundings, "whatif", kFormats, Format::json);
  const bool is_input = name == "-";
  const FileId file = question.loaded.sources.push_back({is_input ? "<stdin>" : name, {}});
  Stream stream(question, file, format);
  const auto open = [&]() -> std::unique_ptr<LineBlocks> {
    if (is_input && call.surroundings.input != nullptr) {
      return std::make_unique<LineBlocks>(std::string_view(*call.surroundings.input));
    }
    return std::make_unique<LineBlocks>(name);
  };
  const auto refuse_unreadable = [&](const LineBlocks& blocks) {
    if (!blocks.fault().empty()) {
      refuse(fmt::format("cannot read '{}': {}", printable(name), blocks.fault()), {}, Code::cannot_read);
    }
  };
  const auto faults = [&] {
    return rendered(stream.diagnostics(), question.loaded.sources, colours_errors(options, call.surroundings));
  };
  if (!is_input) {
    const auto blocks = open();
    stream.look_for_faults(*blocks);
    refuse_unreadable(*blocks);
    if (has_errors(stream.diagnostics())) return {2, "", faults()};
  }
  Lines lines(options, call.surroundings);
  bool wanted = format != Format::csv || lines.add(what_if_heading());
  const auto blocks = open();
  if (wanted) {
    stream.answer(*blocks, [&](const std::string& text) {
      wanted = lines.add(text);
      return wanted;
    });
  }
  refuse_unreadable(*blocks);
  if (has_errors(stream.diagnostics())) return {2, "", faults()};
  return {0, lines.finish(), question.warnings};
}

}  // namespace firebreak::cli
