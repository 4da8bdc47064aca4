#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace firebreak {

/// `nearest` of diagnostic.h that takes from `steps` what it costs. Once it would pass them it gives up with an empty
/// view and leaves 0.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates,
                                       std::uint64_t& steps);

}  // namespace firebreak
