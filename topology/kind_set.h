#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

#include "firebreak/topology.h"

namespace firebreak {

/// A set of kinds of nodes.
class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<NodeKind> kinds) {
    for (const NodeKind kind : kinds) bits_ |= bit(kind);
  }
  [[nodiscard]] static constexpr KindSet all() {
    KindSet kinds;
    kinds.bits_ = (1U << kNodeKinds) - 1;
    return kinds;
  }

  [[nodiscard]] constexpr bool has(NodeKind kind) const { return (bits_ & bit(kind)) != 0; }
  [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
  [[nodiscard]] constexpr bool single() const { return bits_ != 0 && (bits_ & (bits_ - 1)) == 0; }

 private:
  static constexpr std::uint32_t bit(NodeKind kind) { return 1U << static_cast<std::uint32_t>(kind); }

  std::uint32_t bits_ = 0;
};

/// "zone"; "zone, site or system".
[[nodiscard]] std::string to_string(KindSet kinds);

/// "a zone", "an identity"; "a zone, site or system".
[[nodiscard]] std::string with_article(NodeKind kind);
[[nodiscard]] std::string with_article(KindSet kinds);

}  // namespace firebreak
