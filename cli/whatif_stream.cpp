#include "cli/whatif_stream.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>

#include "firebreak/whatif.h"

#include "cli/line_blocks.h"
#include "cli/line_output.h"
#include "cli/workers.h"
#include "report/whatif_answer.h"
#include "topology/fingerprint.h"
#include "topology/format/file_faults.h"

namespace firebreak::cli {
namespace {

constexpr std::array kFormats = {Format::json, Format::csv};

class Stream {
 public:
  Stream(const Call& call, const Question& question, FileId file, Format format, const std::optional<Shard>& shard)
      : call_(call), question_(question), file_(file), format_(format), shard_(shard), parts_(threads_at_once()) {
    const WhatIf first(question.graph, question.scenario);
    for (std::size_t part = 0; part < parts_; ++part) askers_.push_back(first.another());
  }

  /// Reads to the end, or until there are too many faults, and counts the scenarios.
  void look_for_faults(LineBlocks& blocks) {
    call_.progress.phase("reading the scenarios");
    run(blocks, false, [](const std::string&) { return true; });
  }

  /// Gives the lines of each piece to `use`, in order, until it says no or a piece has a fault.
  template <class Use>
  void answer(LineBlocks& blocks, const Use& use) {
    call_.progress.phase("computing");
    run(blocks, true, use);
  }

  /// Whether it was interrupted before it got to the end.
  [[nodiscard]] bool ended_early() const { return ended_early_; }

  /// What the part of a shard ends with, once all is answered.
  [[nodiscard]] std::string end(const PartSum& sum) const {
    return part_end(sum, {{"scenarios", share_.lines()}, {"stream", fmt::format("{:016x}", fingerprint_)}});
  }

  /// All faults, by place, as far as they are shown.
  [[nodiscard]] std::vector<Diagnostic> diagnostics() const {
    std::vector<Diagnostic> sorted = diagnostics_;
    sort_and_unique(sorted);
    limit_per_file(sorted);
    return sorted;
  }

 private:
  struct Piece {
    LineBlock block;
    std::string lines;
    std::uint64_t scenarios = 0;
    bool cut = false;  ///< interrupted: not all of it is answered
    std::vector<Diagnostic> diagnostics;
  };

  void take_own(std::string& text) {
    fingerprint_ = fingerprint_behind(fingerprint_, text);
    share_.keep_own(text);
  }

  template <class Use>
  void run(LineBlocks& blocks, bool answer, const Use& use) {
    fingerprint_ = 0;
    share_ = shard_ ? LineShare(shard_->number - 1, shard_->of) : LineShare(0, 1);
    diagnostics_.clear();
    errors_ = 0;
    warnings_ = 0;
    Interruption* const interruption = call_.surroundings.interruption;
    for (bool more = true; more && errors_ <= kMaxFaults;) {
      ended_early_ = interruption != nullptr && interruption->look();
      if (ended_early_) return;
      std::vector<Piece> pieces = next_pieces(blocks);
      more = !pieces.empty();
      std::atomic<std::size_t> next = 0;
      threads()(parts_, [&](std::size_t part) {
        for (std::size_t i = next++; i < pieces.size(); i = next++) work(pieces[i], askers_[part], answer);
      });
      for (Piece& piece : pieces) {
        const bool faulty = has_errors(piece.diagnostics);
        keep(piece.diagnostics);
        if (!answer) all_ += piece.scenarios;
        ended_early_ = piece.cut;
        if (answer && (faulty || !use(piece.lines) || ended_early_)) return;
      }
    }
  }

  /// What is worked on side by side: enough of it that all cores have something to do, also where it is little.
  [[nodiscard]] std::vector<Piece> next_pieces(LineBlocks& blocks) {
    constexpr std::size_t kPiecesForEach = 4;
    const std::size_t wanted = parts_ * kPiecesForEach;
    std::vector<LineBlock> read;
    while (read.size() < wanted) {
      std::optional<LineBlock> block = blocks.next();
      if (!block) break;
      if (shard_) take_own(block->text);
      read.push_back(*std::move(block));
    }
    std::vector<Piece> pieces;
    for (LineBlock& block : read) {
      for (LineBlock& part : divided(std::move(block), wanted / read.size())) {
        pieces.push_back({std::move(part), {}, 0, false, {}});
      }
    }
    return pieces;
  }

  /// As many diagnostics as can ever be shown.
  void keep(std::vector<Diagnostic>& found) {
    for (Diagnostic& diagnostic : found) {
      std::size_t& count = diagnostic.severity == Severity::error ? errors_ : warnings_;
      if (++count <= kMaxFaults + 1) diagnostics_.push_back(std::move(diagnostic));
    }
  }

  void work(Piece& piece, WhatIf& asker, bool answer) const {
    constexpr std::uint64_t kBetweenReports = 64;
    const std::vector<ScenarioLine> scenarios =
        read_scenarios(question_.topology(), piece.block.text, file_, piece.block.first_line, piece.diagnostics);
    piece.scenarios = scenarios.size();
    if (!answer) return;
    const Interruption* const interruption = call_.surroundings.interruption;
    std::uint64_t unreported = 0;
    for (const ScenarioLine& line : scenarios) {
      piece.cut = interruption != nullptr && interruption->asked.load(std::memory_order_relaxed);
      if (piece.cut) return;
      const bool compromised = !question_.scenario.compromised.empty() || !line.scenario.compromised.empty();
      piece.lines += present_line(question_.topology(), line.name, asker.ask(line.scenario), compromised, format_);
      if (++unreported % kBetweenReports == 0) call_.progress.add(kBetweenReports, all_);
    }
    call_.progress.add(unreported % kBetweenReports, all_);
  }

  const Call& call_;
  const Question& question_;
  FileId file_;
  Format format_;
  std::optional<Shard> shard_;
  LineShare share_{0, 1};
  std::uint64_t fingerprint_ = 0;  ///< of the stream
  std::uint64_t all_ = 0;          ///< scenarios of the own share; 0 when that is not known
  bool ended_early_ = false;
  std::size_t parts_;
  std::vector<WhatIf> askers_;  ///< by part
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

/// Reads each part to its end and reports what does not go together. The parts are read anew afterwards.
void check_streams(Parts& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::uint64_t lines = 0;
    while (const std::optional<std::string_view> line = parts[i].line()) {
      ++lines;
      if (line->starts_with(R"({"scenario": )") && line->ends_with('}')) continue;
      parts[i].report("the line is no answer to a scenario");
      break;
    }
    if (!parts[i].at_end()) continue;
    const Json scenarios = parts[i].end("scenarios");
    const std::uint64_t all = scenarios.is_number_unsigned() ? scenarios.get<std::uint64_t>() : 0;
    if (parts[i].end("stream") != parts[0].end("stream") || scenarios != parts[0].end("scenarios")) {
      parts[i].report(fmt::format("the part is about other scenarios than {}", printable(parts[0].name())));
    } else if (lines != (all + parts.size() - 1 - i) / parts.size()) {
      parts[i].report("the part does not have as many lines as its shard has scenarios");
    }
  }
  parts.refuse_faults();
}

/// A line of an answer, as a line of CSV; nothing when it is none.
std::optional<std::string> as_csv(std::string_view text) {
  const Json line = Json::parse(text, nullptr, false);
  if (!line.is_object()) return {};
  const Json scenario = line.value("scenario", Json());
  const Json fails = line.value("fails", Json());
  const Json weight = line.value("weight_lost", Json());
  if (!scenario.is_string() || !fails.is_array() || !weight.is_number()) return {};
  report::WhatIfView view;
  view.scenario = scenario.get<std::string>();
  for (const Json& id : fails) {
    if (!id.is_string()) return {};
    view.fails.push_back(id.get<std::string>());
  }
  view.weight_lost = {weight.get<double>()};
  if (const auto reached = line.find("reached"); reached != line.end()) {
    if (!reached->is_number_unsigned()) return {};
    view.reached.value = reached->get<std::uint64_t>();
  }
  return report::csv_line(view);
}

}  // namespace

Outcome answer_stream(const Call& call, const Options& options, Question& question, const std::string& name) {
  const std::optional<Shard> shard = shard_of(options);
  const Format format =
      shard ? Format::json : choose_format(options, call.surroundings, "whatif", kFormats, Format::json);
  const bool is_input = name == "-";
  const FileId file = question.loaded.sources.push_back({is_input ? "<stdin>" : name, {}});
  Stream stream(call, question, file, format, shard);
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
  const bool on_terminal = call.surroundings.output_is_terminal && (options.output.empty() || options.output == "-");
  if (on_terminal) call.progress.stop();  // the lines themselves tell how far it is
  LineOutput lines(options, call.surroundings);
  bool wanted = true;
  if (format == Format::csv) wanted = lines.add(what_if_heading());
  PartSum sum;
  const auto add = [&](const std::string& text) {
    if (shard) sum.add(text);
    return lines.add(text);
  };
  if (shard) wanted = add(part_head(kStreamKind, *shard, options, question));
  const auto blocks = open();
  if (wanted) {
    stream.answer(*blocks, [&](const std::string& text) {
      wanted = add(text);
      return wanted;
    });
  }
  refuse_unreadable(*blocks);
  if (has_errors(stream.diagnostics())) return {2, "", faults()};
  if (shard && wanted && !stream.ended_early()) wanted = lines.add(stream.end(sum));
  return {stream.ended_early() ? 3 : 0, lines.finish(), question.warnings + faults()};
}

Outcome merge_stream(const Call& call, const Options& options, Parts& parts) {
  const Format format = choose_format(options, call.surroundings, "merge", kFormats, Format::json);
  check_streams(parts);
  parts.read_again();
  LineOutput lines(options, call.surroundings);
  bool wanted = format != Format::csv || lines.add(what_if_heading());
  for (std::size_t i = 0; wanted; i = (i + 1) % parts.size()) {
    const std::optional<std::string_view> line = parts[i].line();
    if (!line) break;
    if (format == Format::json) {
      wanted = lines.add(fmt::format("{}\n", *line));
      continue;
    }
    const std::optional<std::string> csv = as_csv(*line);
    if (!csv) {
      parts[i].report("the line is no answer to a scenario");
      parts.refuse_faults();
    }
    wanted = lines.add(*csv);
  }
  return {0, lines.finish(), {}};
}

}  // namespace firebreak::cli
