#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "analyzer/pass_bits.h"
#include "analyzer/sweep/loser.h"

namespace firebreak {

/// Loses many things besides a base in one pass, each alone, a bit each. Worth it where a loss takes down so much that
/// most of what one pass comes by has failed in several of them.
class WideLoser {
 public:
  static constexpr std::size_t kMost = PassBits::kCount;

  /// Cost: linear in the network of the base, which must outlive it.
  explicit WideLoser(const LossBase& base);

  /// What each of up to kMost losses does, as `Loser::lose` says, and whether that is all: where a loss leaves zones
  /// without connection, links are only the beginning. Valid until the next call. Cost: linear in what fails of any of
  /// them and its outputs, at most so many times as there are losses.
  struct Answer {
    Loser::Result result;
    bool separated = false;
  };
  [[nodiscard]] std::span<const Answer> lose(std::span<const std::span<const NodeId>> losses);

 private:
  void fail(PointId p, const PassBits& bits);
  void count(PointId p, const PassBits& bits);
  void spread();
  void read(std::span<const std::span<const NodeId>> losses);

  const LossBase& base_;
  IdVector<PointId, PassBits> failed_;
  IdVector<PointId, PassBits> fresh_;  ///< of failed_: not handed on yet
  /// For points that stand some inputs: how many they have lost, in binary, a plane for each digit. Counting begins so
  /// far below a power of two that the last planes overflow when the point fails.
  Packed<PointId, PassBits> lost_inputs_;
  IdVector<PointId, std::uint8_t> counts_;  ///< it does in this pass
  std::vector<PointId> queue_;
  std::vector<PointId> touched_;   ///< have failed in some loss
  std::vector<PointId> counting_;  ///< have lost inputs, and stand some
  std::vector<PassBits> fails_;    ///< how many nodes fail, in binary
  std::vector<std::vector<PointId>> links_;
  std::vector<Answer> answers_;
  std::unique_ptr<LinkLosses> link_losses_;
};

}  // namespace firebreak
