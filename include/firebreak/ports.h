#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace firebreak {

/// A range of ports on one number line that holds every protocol: tcp at 0, udp at 65536, sctp at 131072, icmp one
/// point at 196608. Both ends belong to it.
struct PortRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  friend constexpr auto operator<=>(const PortRange&, const PortRange&) = default;
};

inline constexpr std::uint32_t kTcp = 0;
inline constexpr std::uint32_t kUdp = 1U << 16U;
inline constexpr std::uint32_t kSctp = 2U << 16U;
inline constexpr std::uint32_t kIcmp = 3U << 16U;
inline constexpr std::uint32_t kLastPort = kIcmp;

/// A set of ports: sorted, disjoint, not adjacent ranges. A value.
class PortSet {
 public:
  PortSet() = default;
  explicit PortSet(std::vector<PortRange> ranges);  ///< in any order, overlapping or not

  [[nodiscard]] static PortSet any() { return PortSet({{0, kLastPort}}); }

  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] bool is_any() const { return ranges_.size() == 1 && ranges_[0] == PortRange{0, kLastPort}; }
  [[nodiscard]] std::span<const PortRange> ranges() const { return ranges_; }
  [[nodiscard]] bool contains(std::uint32_t port) const;

  friend bool operator==(const PortSet&, const PortSet&) = default;

 private:
  std::vector<PortRange> ranges_;
};

/// Set algebra; each linear in the ranges of both.
[[nodiscard]] PortSet unite(const PortSet& a, const PortSet& b);
[[nodiscard]] PortSet intersect(const PortSet& a, const PortSet& b);
[[nodiscard]] PortSet subtract(const PortSet& a, const PortSet& b);
[[nodiscard]] bool intersects(const PortSet& a, const PortSet& b);
[[nodiscard]] bool includes(const PortSet& whole, const PortSet& part);

/// Reads one port word: "tcp/443", "tcp/1000-2000", "udp/53", "sctp/2905", "tcp" (every port of it), "icmp", "any",
/// "none", or a usual service name ("https", "rdp", "smb"). Nothing when it is none of these.
[[nodiscard]] std::optional<PortSet> parse_ports(std::string_view word);

/// The service names `parse_ports` knows, sorted.
[[nodiscard]] std::span<const std::string_view> port_names();

/// The words that `parse_ports` reads back into the same set together: "tcp/443" and "udp/53"; "any"; "none".
[[nodiscard]] std::vector<std::string> to_words(const PortSet& ports);
/// The same, joined by ", ".
[[nodiscard]] std::string to_string(const PortSet& ports);

}  // namespace firebreak
