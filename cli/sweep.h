#pragma once

#include "cli/part.h"

/// `whatif --every`: every single loss, or every two.
namespace firebreak::cli {

inline constexpr std::string_view kSweepKind = "whatif --every";

/// The whole answer, or with --shard a part of it.
[[nodiscard]] Outcome answer_every(const Call& call, const Options& options);

/// The whole answer from its parts; `options` are what they asked, and how it is to be shown.
[[nodiscard]] Outcome merge_every(const Call& call, const Options& options, Parts& parts);

}  // namespace firebreak::cli
