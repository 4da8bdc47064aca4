#include "topology/port_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "firebreak/diagnostic.h"

namespace firebreak {
namespace {

/// A usual name of a service and the ports it is served on: at most two ranges, the second may be missing.
struct ServiceName {
  std::string_view name;
  PortRange ports;
  PortRange more{1, 0};
};

constexpr PortRange tcp(std::uint32_t first, std::uint32_t last) {
  return {kTcp + first, kTcp + last};
}
constexpr PortRange tcp(std::uint32_t port) {
  return tcp(port, port);
}
constexpr PortRange udp(std::uint32_t first, std::uint32_t last) {
  return {kUdp + first, kUdp + last};
}
constexpr PortRange udp(std::uint32_t port) {
  return udp(port, port);
}

constexpr std::array kServiceNames{
    ServiceName{"amqp", tcp(5672)},
    ServiceName{"amqps", tcp(5671)},
    ServiceName{"bacnet", udp(47808)},
    ServiceName{"bgp", tcp(179)},
    ServiceName{"cassandra", tcp(9042)},
    ServiceName{"dhcp", udp(67, 68)},
    ServiceName{"dns", tcp(53), udp(53)},
    ServiceName{"elasticsearch", tcp(9200)},
    ServiceName{"etcd", tcp(2379, 2380)},
    ServiceName{"ftp", tcp(20, 21)},
    ServiceName{"ftps", tcp(989, 990)},
    ServiceName{"git", tcp(9418)},
    ServiceName{"global-catalog", tcp(3268, 3269)},
    ServiceName{"http", tcp(80)},
    ServiceName{"https", tcp(443)},
    ServiceName{"imap", tcp(143)},
    ServiceName{"imaps", tcp(993)},
    ServiceName{"ipp", tcp(631)},
    ServiceName{"ipsec", udp(500), udp(4500)},
    ServiceName{"iscsi", tcp(3260)},
    ServiceName{"kafka", tcp(9092)},
    ServiceName{"kerberos", tcp(88), udp(88)},
    ServiceName{"ldap", tcp(389)},
    ServiceName{"ldaps", tcp(636)},
    ServiceName{"modbus", tcp(502)},
    ServiceName{"mongodb", tcp(27017)},
    ServiceName{"mqtt", tcp(1883)},
    ServiceName{"mqtts", tcp(8883)},
    ServiceName{"mssql", tcp(1433)},
    ServiceName{"mysql", tcp(3306)},
    ServiceName{"netbios", tcp(137, 139), udp(137, 139)},
    ServiceName{"nfs", tcp(2049)},
    ServiceName{"ntp", udp(123)},
    ServiceName{"opcua", tcp(4840)},
    ServiceName{"openvpn", tcp(1194), udp(1194)},
    ServiceName{"oracle", tcp(1521)},
    ServiceName{"pop3", tcp(110)},
    ServiceName{"pop3s", tcp(995)},
    ServiceName{"postgresql", tcp(5432)},
    ServiceName{"printer", tcp(9100)},
    ServiceName{"radius", udp(1812, 1813)},
    ServiceName{"rdp", tcp(3389)},
    ServiceName{"redis", tcp(6379)},
    ServiceName{"rpc", tcp(135)},
    ServiceName{"rsync", tcp(873)},
    ServiceName{"s7", tcp(102)},
    ServiceName{"sip", tcp(5060), udp(5060)},
    ServiceName{"sips", tcp(5061)},
    ServiceName{"smb", tcp(445)},
    ServiceName{"smtp", tcp(25)},
    ServiceName{"smtps", tcp(465)},
    ServiceName{"snmp", udp(161)},
    ServiceName{"snmptrap", udp(162)},
    ServiceName{"ssh", tcp(22)},
    ServiceName{"submission", tcp(587)},
    ServiceName{"syslog", udp(514)},
    ServiceName{"syslog-tls", tcp(6514)},
    ServiceName{"tacacs", tcp(49)},
    ServiceName{"telnet", tcp(23)},
    ServiceName{"tftp", udp(69)},
    ServiceName{"vnc", tcp(5900)},
    ServiceName{"winrm", tcp(5985, 5986)},
    ServiceName{"wireguard", udp(51820)},
    ServiceName{"wsus", tcp(8530, 8531)},
};

constexpr auto kNames = [] {
  std::array<std::string_view, kServiceNames.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kServiceNames[i].name;
  return names;
}();
static_assert(std::is_sorted(kNames.begin(), kNames.end()));

struct Protocol {
  std::string_view name;
  std::uint32_t first;
};
constexpr std::array<Protocol, 3> kProtocols{{{"tcp", kTcp}, {"udp", kUdp}, {"sctp", kSctp}}};
constexpr std::uint32_t kHighestPort = 65535;

/// A port number as it stands in a word: digits only, no leading zero.
std::optional<std::uint32_t> read_port(std::string_view digits) {
  if (digits.empty() || digits.size() > 5 || (digits.size() > 1 && digits[0] == '0')) return std::nullopt;
  std::uint32_t port = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, port);
  if (error != std::errc() || stop != end || port > kHighestPort) return std::nullopt;
  return port;
}

/// "443" or "1000-2000".
std::optional<PortRange> read_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = read_port(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : read_port(text.substr(dash + 1));
  if (!first || !last || *first > *last) return std::nullopt;
  return PortRange{*first, *last};
}

bool append_name(std::string_view word, std::vector<PortRange>& ranges) {
  const auto at = std::lower_bound(kNames.begin(), kNames.end(), word);
  if (at == kNames.end() || *at != word) return false;
  const ServiceName& service = kServiceNames[static_cast<std::size_t>(at - kNames.begin())];
  ranges.push_back(service.ports);
  if (service.more.first <= service.more.last) ranges.push_back(service.more);
  return true;
}

/// The words of one range that lies within one protocol.
std::string to_word(const Protocol& protocol, PortRange range) {
  const std::uint32_t first = range.first - protocol.first;
  const std::uint32_t last = range.last - protocol.first;
  if (first == 0 && last == kHighestPort) return std::string(protocol.name);
  if (first == last) return fmt::format("{}/{}", protocol.name, first);
  return fmt::format("{}/{}-{}", protocol.name, first, last);
}

}  // namespace

bool append_ports(std::string_view word, std::vector<PortRange>& ranges) {
  if (word == "any") {
    ranges.push_back({0, kLastPort});
    return true;
  }
  if (word == "none") return true;
  if (word == "icmp") {
    ranges.push_back({kIcmp, kIcmp});
    return true;
  }
  const std::size_t slash = word.find('/');
  for (const Protocol& protocol : kProtocols) {
    if (word.substr(0, slash) != protocol.name) continue;
    const auto range =
        slash == std::string_view::npos ? PortRange{0, kHighestPort} : read_range(word.substr(slash + 1));
    if (!range) return false;
    ranges.push_back({protocol.first + range->first, protocol.first + range->last});
    return true;
  }
  return slash == std::string_view::npos && append_name(word, ranges);
}

std::string port_hint(std::string_view word) {
  std::string lower(word.substr(0, 32));
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (const auto ports = parse_ports(lower); ports && !ports->empty()) return fmt::format("did you mean '{}'?", lower);
  if (read_range(word)) return fmt::format("name the protocol: did you mean 'tcp/{}'?", word);
  std::vector<std::string_view> known(kNames.begin(), kNames.end());
  known.insert(known.end(), {"tcp", "udp", "sctp", "icmp", "any"});
  if (const std::string_view near = nearest(lower, known); !near.empty())
    return fmt::format("did you mean '{}'?", near);
  return "write it like 'tcp/443', 'tcp/1000-2000', 'udp/53', 'icmp', 'any', or a usual name such as 'https'";
}

std::optional<PortSet> parse_ports(std::string_view word) {
  std::vector<PortRange> ranges;
  if (!append_ports(word, ranges)) return std::nullopt;
  return PortSet(std::move(ranges));
}

std::span<const std::string_view> port_names() {
  return kNames;
}

std::vector<std::string> to_words(const PortSet& ports) {
  if (ports.is_any()) return {"any"};
  if (ports.empty()) return {"none"};
  std::vector<std::string> words;
  for (const PortRange& range : ports.ranges()) {
    // Ranges may run on from one protocol into the next.
    for (const Protocol& protocol : kProtocols) {
      const PortRange part{std::max(range.first, protocol.first), std::min(range.last, protocol.first + kHighestPort)};
      if (part.first <= part.last) words.push_back(to_word(protocol, part));
    }
    if (range.last == kIcmp) words.emplace_back("icmp");
  }
  return words;
}

std::string to_string(const PortSet& ports) {
  return fmt::format("{}", fmt::join(to_words(ports), ", "));
}

}  // namespace firebreak
