#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace firebreak {

/// A natural number of any size, for counts that pass 64 bits. Cost: an addition is linear in the digits, a product
/// quadratic.
class Natural {
 public:
  Natural() = default;
  explicit Natural(std::uint64_t value);

  Natural& operator+=(const Natural& other);
  friend Natural operator*(const Natural& a, const Natural& b);
  friend bool operator==(const Natural&, const Natural&) = default;
  friend std::strong_ordering operator<=>(const Natural& a, const Natural& b);

  /// The nearest double, infinity past its range.
  [[nodiscard]] double approximate() const;
  /// In decimal digits. Cost: quadratic in them.
  friend std::string to_string(const Natural& number);

 private:
  std::vector<std::uint32_t> limbs_;  ///< in base 2^32, the lowest first; the last is not 0
};

}  // namespace firebreak
