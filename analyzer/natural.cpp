#include "firebreak/natural.h"

#include <algorithm>
#include <fmt/format.h>

namespace firebreak {

namespace {

constexpr std::uint32_t kLimbBits = 32;

}  // namespace

Natural::Natural(std::uint64_t value) {
  for (; value != 0; value >>= kLimbBits) limbs_.push_back(static_cast<std::uint32_t>(value));
}

Natural& Natural::operator+=(const Natural& other) {
  const std::size_t digits = std::max(limbs_.size(), other.limbs_.size());
  limbs_.resize(digits, 0);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    carry += limbs_[i];
    if (i < other.limbs_.size()) carry += other.limbs_[i];
    limbs_[i] = static_cast<std::uint32_t>(carry);
    carry >>= kLimbBits;
  }
  if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
  return *this;
}

Natural operator*(const Natural& a, const Natural& b) {
  Natural product;
  if (a.limbs_.empty() || b.limbs_.empty()) return product;
  product.limbs_.assign(a.limbs_.size() + b.limbs_.size(), 0);
  for (std::size_t i = 0; i < a.limbs_.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.limbs_.size(); ++j) {
      carry += std::uint64_t{a.limbs_[i]} * b.limbs_[j] + product.limbs_[i + j];
      product.limbs_[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= kLimbBits;
    }
    product.limbs_[i + b.limbs_.size()] = static_cast<std::uint32_t>(carry);
  }
  if (product.limbs_.back() == 0) product.limbs_.pop_back();
  return product;
}

std::strong_ordering operator<=>(const Natural& a, const Natural& b) {
  if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() <=> b.limbs_.size();
  return std::lexicographical_compare_three_way(a.limbs_.rbegin(), a.limbs_.rend(), b.limbs_.rbegin(), b.limbs_.rend());
}

double Natural::approximate() const {
  constexpr double kBase = 4294967296.0;
  double value = 0;
  for (std::size_t i = limbs_.size(); i-- > 0;) value = value * kBase + limbs_[i];
  return value;
}

std::string to_string(const Natural& number) {
  constexpr std::uint32_t kChunk = 1'000'000'000;
  std::vector<std::uint32_t> left = number.limbs_;
  std::vector<std::uint32_t> chunks;
  while (!left.empty()) {
    std::uint64_t rest = 0;
    for (std::size_t i = left.size(); i-- > 0;) {
      rest = rest << kLimbBits | left[i];
      left[i] = static_cast<std::uint32_t>(rest / kChunk);
      rest %= kChunk;
    }
    chunks.push_back(static_cast<std::uint32_t>(rest));
    while (!left.empty() && left.back() == 0) left.pop_back();
  }
  if (chunks.empty()) return "0";
  std::string text = fmt::format("{}", chunks.back());
  for (std::size_t i = chunks.size() - 1; i-- > 0;) text += fmt::format("{:09}", chunks[i]);
  return text;
}

}  // namespace firebreak
