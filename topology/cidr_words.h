#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "firebreak/topology.h"

#include "topology/builder/faults.h"

namespace firebreak {

/// What a text says that has the form of an address or prefix.
struct CidrWord {
  Cidr cidr;                ///< with host bits set to zero
  bool host_bits = false;   ///< the text had some
  bool has_length = false;  ///< the text had a "/"
};

/// Reads an address or a prefix, host bits set or not; nothing when the text is neither.
[[nodiscard]] std::optional<CidrWord> read_cidr(std::string_view text);

/// Whether the text can only be meant as an address or prefix: digits, dots and at most a length, with three dots.
[[nodiscard]] bool looks_like_ipv4(std::string_view text);

/// Adds the fault of a text that is no address or prefix, with the spelling that was probably meant.
void add_bad_cidr(Faults& faults, std::string_view text, Span at);

/// The prefix cut to a length that is at most its own.
[[nodiscard]] Cidr shortened(const Cidr& prefix, std::uint8_t length);

/// The longest prefix that covers all of these; nothing when there are none or they are of both families.
[[nodiscard]] std::optional<Cidr> common_prefix(const std::vector<Cidr>& prefixes);

/// Prefixes of one family in the order of their first address, an outer one before the inner ones.
[[nodiscard]] bool comes_before(const Cidr& a, const Cidr& b);

}  // namespace firebreak
