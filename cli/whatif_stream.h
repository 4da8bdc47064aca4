#pragma once

#include <string>

#include "cli/part.h"
#include "cli/question.h"

namespace firebreak::cli {

inline constexpr std::string_view kStreamKind = "whatif";

/// Answers each scenario of a file, or of standard input where the name is "-", with a line, in order, side by side on
/// all cores, in memory that does not grow with the stream. A file with a fault is not answered at all; standard input
/// up to the piece that has one. With --shard only every so-many-th scenario, as a part.
[[nodiscard]] Outcome answer_stream(const Call& call, const Options& options, Question& question,
                                    const std::string& name);

/// The whole answer from its parts, in order.
[[nodiscard]] Outcome merge_stream(const Call& call, const Options& options, Parts& parts);

}  // namespace firebreak::cli
