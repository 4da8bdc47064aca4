#include <algorithm>
#include <charconv>
#include <cstddef>
#include <fmt/format.h>
#include <iterator>
#include <tuple>

#include "topology/cidr_words.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

/// A number of at most `digits` digits in the base given, without a leading zero where it is decimal.
std::optional<std::uint32_t> read_number(std::string_view text, int base, std::size_t digits, std::uint32_t highest) {
  if (text.empty() || text.size() > digits || (base == 10 && text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint32_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc() || stop != end || number > highest) return std::nullopt;
  return number;
}

/// Reads four decimal octets into bytes[at] and behind.
bool read_ipv4(std::string_view text, Bytes& bytes, std::size_t at) {
  for (std::size_t octet = 0; octet < 4; ++octet) {
    const std::size_t dot = octet < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return false;
    const auto number = read_number(text.substr(0, dot), 10, 3, 255);
    if (!number) return false;
    bytes[at + octet] = static_cast<std::uint8_t>(*number);
    text.remove_prefix(std::min(text.size(), dot + 1));
  }
  return true;
}

/// Reads groups separated by colons into bytes from the front; the last may be an IPv4 address. Nothing on a fault,
/// else the number of bytes written.
std::optional<std::size_t> read_groups(std::string_view text, Bytes& bytes, bool last_part) {
  std::size_t at = 0;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    const bool last = colon == std::string_view::npos;
    if (last && last_part && group.find('.') != std::string_view::npos) {
      if (at + 4 > bytes.size() || !read_ipv4(group, bytes, at)) return std::nullopt;
      return at + 4;
    }
    const auto number = read_number(group, 16, 4, 0xFFFF);
    if (!number || at + 2 > bytes.size()) return std::nullopt;
    bytes[at++] = static_cast<std::uint8_t>(*number >> 8U);
    bytes[at++] = static_cast<std::uint8_t>(*number & 0xFFU);
    if (last) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return at;
}

bool read_ipv6(std::string_view text, Bytes& bytes) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto size = read_groups(text, bytes, true);
    return size == bytes.size();
  }
  Bytes tail{};
  const auto front = read_groups(text.substr(0, gap), bytes, false);
  const auto back = read_groups(text.substr(gap + 2), tail, true);
  if (!front || !back || *front + *back > bytes.size() - 2) return false;
  std::copy_n(tail.begin(), *back, std::prev(bytes.end(), static_cast<std::ptrdiff_t>(*back)));
  return true;
}

std::uint8_t mask_of_byte(std::size_t byte, std::size_t length) {
  if (length >= 8 * (byte + 1)) return 0xFF;
  if (length <= 8 * byte) return 0;
  return static_cast<std::uint8_t>(0xFF00U >> (length - 8 * byte));
}

/// The longest run of zero groups, which is written "::"; of several the first; none of fewer than two.
std::pair<std::size_t, std::size_t> zero_run(const std::array<std::uint32_t, 8>& groups) {
  std::pair<std::size_t, std::size_t> best{8, 8};
  std::size_t most = 1;
  for (std::size_t begin = 0; begin < 8; ++begin) {
    std::size_t end = begin;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - begin > most) {
      most = end - begin;
      best = {begin, end};
    }
  }
  return best;
}

std::string ipv6_text(const Bytes& bytes) {
  std::array<std::uint32_t, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) groups[i] = bytes[2 * i] * 256U + bytes[2 * i + 1];
  const auto [begin, end] = zero_run(groups);
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == begin) {
      text += "::";
      i = end - 1;
      continue;
    }
    if (!text.empty() && !text.ends_with(':')) text += ':';
    fmt::format_to(std::back_inserter(text), "{:x}", groups[i]);
  }
  return text;
}

}  // namespace

std::optional<CidrWord> read_cidr(std::string_view text) {
  CidrWord word;
  const std::size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  word.cidr.v6 = address.find(':') != std::string_view::npos;
  const bool read = word.cidr.v6 ? read_ipv6(address, word.cidr.bytes) : read_ipv4(address, word.cidr.bytes, 0);
  if (!read) return std::nullopt;
  const std::uint32_t full = word.cidr.v6 ? 128 : 32;
  word.cidr.length = static_cast<std::uint8_t>(full);
  if (slash == std::string_view::npos) return word;
  word.has_length = true;
  const auto length = read_number(text.substr(slash + 1), 10, 3, full);
  if (!length) return std::nullopt;
  const Cidr kept = shortened(word.cidr, static_cast<std::uint8_t>(*length));
  word.host_bits = kept.bytes != word.cidr.bytes;
  word.cidr = kept;
  return word;
}

bool looks_like_ipv4(std::string_view text) {
  return text.find_first_not_of("0123456789./") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') == 3;
}

Cidr shortened(const Cidr& prefix, std::uint8_t length) {
  Cidr outer = prefix;
  outer.length = length;
  for (std::size_t i = 0; i < outer.bytes.size(); ++i) {
    outer.bytes[i] = static_cast<std::uint8_t>(outer.bytes[i] & mask_of_byte(i, length));
  }
  return outer;
}

std::optional<Cidr> common_prefix(const std::vector<Cidr>& prefixes) {
  if (prefixes.empty()) return std::nullopt;
  Cidr common = prefixes[0];
  for (const Cidr& prefix : prefixes) {
    if (prefix.v6 != common.v6) return std::nullopt;
    std::uint8_t length = std::min(common.length, prefix.length);
    while (shortened(common, length) != shortened(prefix, length)) --length;
    common = shortened(common, length);
  }
  return common;
}

bool comes_before(const Cidr& a, const Cidr& b) {
  return std::tie(a.v6, a.bytes, a.length) < std::tie(b.v6, b.bytes, b.length);
}

void add_bad_cidr(Faults& faults, std::string_view text, Span at) {
  const auto word = read_cidr(text);
  if (word && word->host_bits) {
    faults.add(Code::bad_cidr, at, fmt::format("{} has bits set behind its length", quoted(text)),
               fmt::format("did you mean '{}'?", to_string(word->cidr)));
    return;
  }
  faults.add(Code::bad_cidr, at, fmt::format("{} is no address or prefix", quoted(text)),
             "write it like '10.2.0.0/16', '10.2.0.10' or 'fd00::/8'");
}

std::optional<Cidr> parse_cidr(std::string_view text) {
  const auto word = read_cidr(text);
  if (!word || word->host_bits) return std::nullopt;
  return word->cidr;
}

std::optional<Cidr> parse_address(std::string_view text) {
  const auto word = read_cidr(text);
  if (!word || word->has_length) return std::nullopt;
  return word->cidr;
}

bool covers(const Cidr& outer, const Cidr& inner) {
  if (outer.v6 != inner.v6 || inner.length < outer.length) return false;
  for (std::size_t i = 0; 8 * i < outer.length; ++i) {
    if ((inner.bytes[i] & mask_of_byte(i, outer.length)) != outer.bytes[i]) return false;
  }
  return true;
}

std::string to_string(const Cidr& cidr) {
  const Bytes& bytes = cidr.bytes;
  std::string text = cidr.v6 ? ipv6_text(bytes) : fmt::format("{}.{}.{}.{}", bytes[0], bytes[1], bytes[2], bytes[3]);
  if (cidr.length < (cidr.v6 ? 128 : 32)) text += fmt::format("/{}", cidr.length);
  return text;
}

}  // namespace firebreak
