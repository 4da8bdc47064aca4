#pragma once

#include "firebreak/blast.h"

#include "cli/part.h"

/// `blast --rank`: the counts for every start, or a share of them.
namespace firebreak::cli {

inline constexpr std::string_view kRankKind = "blast --rank";

/// Counts that answer --rank, or a share of them: those of all shards add up.
struct RankCounts {
  BlastRanks ranks;
  std::vector<NodeId> protect;  ///< with --protect
  StepCounts exposed;           ///< of each of them
};

[[nodiscard]] RankCounts count_ranks(const Question& question, const Options& options, const Division& division);

/// A part of the answer.
[[nodiscard]] std::string part_of(const Question& question, const Options& options, Shard shard,
                                  const RankCounts& counts);

/// The sum of all parts. Refused when one has a fault.
[[nodiscard]] RankCounts merged_ranks(const Question& question, const Options& options, Parts& parts);

/// The whole answer from its parts; `options` are what they asked, and how it is to be shown.
[[nodiscard]] Outcome merge_rank(const Call& call, const Options& options, Parts& parts);

}  // namespace firebreak::cli
