#include "bench/generator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <vector>

#include "tests/support/random.h"

namespace firebreak::bench {

namespace {

using support::Random;

/// Text that goes to a file piece by piece.
class Output {
 public:
  explicit Output(std::FILE* file) : file_(file) {}

  template <class... T>
  void add(fmt::format_string<T...> format, T&&... values) {
    fmt::format_to(std::back_inserter(buffer_), format, std::forward<T>(values)...);
    if (buffer_.size() > kEnough) flush();
  }

  /// Whether everything could be written.
  [[nodiscard]] bool finish() {
    flush();
    return good_ && std::fflush(file_) == 0;
  }

 private:
  static constexpr std::size_t kEnough = std::size_t{1} << 20U;

  void flush() {
    good_ &= std::fwrite(buffer_.data(), 1, buffer_.size(), file_) == buffer_.size();
    buffer_.clear();
  }

  std::FILE* file_;
  fmt::memory_buffer buffer_;
  bool good_ = true;
};

/// Things in a JSON object or array, a line each.
class Items {
 public:
  explicit Items(Output& out) : out_(out) {}

  template <class... T>
  void add(fmt::format_string<T...> format, T&&... values) {
    out_.add("{}", first_ ? "\n" : ",\n");
    out_.add(format, std::forward<T>(values)...);
    first_ = false;
  }

 private:
  Output& out_;
  bool first_ = true;
};

/// What is planted: its sizes come from the seed.
struct Planted {
  explicit Planted(const GeneratorOptions& options) {
    Random random(options.seed ^ 0x9A17'ED00U);
    const auto most = static_cast<std::size_t>(std::sqrt(static_cast<double>(options.systems))) + 3;
    for (std::size_t& size : reach) size = 2 + random.below(most);
    cut = 2 + random.below(6);
    before_cut = cut + random.below(most);
    behind_cut = cut + random.below(most);
    singles = 1 + random.below(3);
    pairs = 1 + random.below(4);
    of = 3 + random.below(4);
    at_least = 2 + random.below(of - 2);
  }

  std::array<std::size_t, 3> reach{};  ///< how many each start reaches, with itself
  std::size_t cut = 0;                 ///< systems between two parts
  std::size_t before_cut = 0;
  std::size_t behind_cut = 0;
  std::size_t singles = 0;  ///< systems that a service cannot do without
  std::size_t pairs = 0;    ///< it needs one of two
  std::size_t at_least = 0;
  std::size_t of = 0;
};

class Estate {
 public:
  Estate(const GeneratorOptions& options, std::FILE* file)
      : options_(options),
        out_(file),
        random_(options.seed),
        planted_(options),
        systems_(std::max<std::uint64_t>(options.systems, 20)),
        zones_(std::max<std::uint64_t>(3, systems_ / std::max<std::uint64_t>(options.per_zone, 1))),
        offices_(zones_ * 3 / 5),
        services_(std::max<std::uint64_t>(systems_ / 10, 1)),
        accounts_(std::max<std::uint64_t>(systems_ / 50, 2)),
        racks_(std::max<std::uint64_t>(systems_ / 40, 1)),
        centres_(std::max<std::uint64_t>(systems_ / 5000, 2)) {}

  bool write() {
    out_.add(R"({{"topology":{{"format":1,"name":"made-up estate of {} systems, seed {}"}})", systems_, options_.seed);
    zones();
    sites();
    systems();
    accounts();
    services();
    customers();
    policies();
    pivots();
    scenarios();
    out_.add("}}\n");
    return out_.finish();
  }

 private:
  static constexpr std::uint64_t kDirectories = 2;
  static constexpr std::uint64_t kNames = 3;
  static constexpr std::uint64_t kStores = 3;
  static constexpr std::uint64_t kPerCustomer = 20;
  static constexpr std::uint64_t kHubs = kDirectories + kNames + kStores;  // the first of the servers

  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

  /// Below `bound`, small numbers far more often than large ones.
  [[nodiscard]] std::uint64_t heavy(std::uint64_t bound) {
    const double u = static_cast<double>(random_.next() >> 11U) * 0x1p-53;
    return std::min(bound - 1, static_cast<std::uint64_t>(u * u * u * static_cast<double>(bound)));
  }

  /// At least `least`, mostly little more, and a few times very much.
  [[nodiscard]] std::uint64_t heavy_weight(std::uint64_t least) {
    const double u = (static_cast<double>(random_.next() >> 11U) + 1) * 0x1p-53;
    return std::min<std::uint64_t>(
        5'000'000, least + static_cast<std::uint64_t>(static_cast<double>(least) * (1 / std::pow(u, 0.8) - 1)));
  }

  [[nodiscard]] std::uint64_t zone_of(std::uint64_t system) const { return system * zones_ / systems_; }
  [[nodiscard]] std::uint64_t first_in(std::uint64_t zone) const { return (zone * systems_ + zones_ - 1) / zones_; }
  [[nodiscard]] std::uint64_t first_server() const { return first_in(offices_); }
  [[nodiscard]] bool is_server(std::uint64_t system) const { return system >= first_server(); }
  [[nodiscard]] std::uint64_t servers() const { return systems_ - first_server(); }
  [[nodiscard]] std::uint64_t some_server() { return first_server() + below(servers()); }
  [[nodiscard]] std::uint64_t likely_server() { return first_server() + heavy(servers()); }
  [[nodiscard]] std::uint64_t hub(std::uint64_t number) const { return first_server() + number; }
  /// Guests run on the first of each sixteen servers of a zone.
  [[nodiscard]] std::uint64_t host_of(std::uint64_t system) const {
    const std::uint64_t first = std::max(first_in(zone_of(system)), hub(kHubs));
    return system < first ? system : first + (system - first) / 16 * 16;
  }

  void zones() {
    out_.add(",\n\"zone\":{{");
    Items items(out_);
    items.add(R"("internet":{{}})");
    items.add(R"("internal":{{"cost":50}})");
    for (std::uint64_t z = 0; z < zones_; ++z) {
      items.add(R"("{}-{}":{{"parent":"internal","cost":{}}})", z < offices_ ? "office" : "servers", z, 5 + below(16));
    }
    out_.add("}}");
  }

  [[nodiscard]] std::string zone_id(std::uint64_t zone) const {
    return fmt::format("{}-{}", zone < offices_ ? "office" : "servers", zone);
  }

  void sites() {
    out_.add(",\n\"site\":{{");
    Items items(out_);
    for (std::uint64_t c = 0; c < centres_; ++c) {
      items.add(R"("feed-{0}a":{{}},"feed-{0}b":{{}})", c);
      items.add(R"("dc-{0}":{{"needs":[{{"any":["feed-{0}a","feed-{0}b"]}}]}})", c);
    }
    for (std::uint64_t r = 0; r < racks_; ++r) {
      const std::uint64_t centre = r * centres_ / racks_;
      if (r == 0 || centre != (r - 1) * centres_ / racks_ || r % 25 == 0) {
        room_ = r;
        items.add(R"("room-{}":{{"parent":"dc-{}"}})", room_, centre);
      }
      items.add(R"("rack-{}":{{"parent":"room-{}"}})", r, room_);
    }
    out_.add("}}");
  }

  void systems() {
    out_.add(",\n\"system\":{{");
    Items items(out_);
    for (std::uint64_t s = 0; s < systems_; ++s) items.add("{}", system(s));
    if (options_.planted) planted_systems(items);
    out_.add("}}");
  }

  [[nodiscard]] std::string system(std::uint64_t s) {
    constexpr std::array<std::string_view, 6> kinds = {"vm", "vm", "database", "web", "appliance", "file-server"};
    const bool server = is_server(s);
    const std::uint64_t host = server ? host_of(s) : s;
    const bool is_hub = server && s < hub(kHubs);
    std::string text = fmt::format(R"("s{}":{{"zone":"{}","site":"rack-{}","kind":"{}","tags":["{}","team-{}"])", s,
                                   zone_id(zone_of(s)), s * racks_ / systems_,
                                   !server                ? "pc"
                                   : host == s && !is_hub ? "hypervisor"
                                                          : kinds[below(kinds.size())],
                                   server ? "server" : "client", below(40));
    if (host != s) text += fmt::format(R"(,"runs_on":"s{}")", host);
    text += server ? R"(,"exposes":["tcp/443","tcp/445"])" : R"(,"exposes":["tcp/3389"])";
    if (below(100) < 30) text += fmt::format(R"(,"effort":"{}m")", 5 * (1 + below(48)));
    text += fmt::format(R"(,"start":"{}m","rebuild":"{}h")", 1 + below(30), 1 + below(12));
    if (below(1000) == 0) text += R"(,"critical":true)";
    if (below(100) < 20) text += fmt::format(R"(,"cost":{})", 1 + below(9));
    if (!is_hub) text += fmt::format(R"(,"needs":[{}])", needs(s));
    return text + "}";
  }

  /// What a system needs, with commas between.
  [[nodiscard]] std::string needs(std::uint64_t s) {
    std::vector<std::string> items;
    const auto hubs = [&](std::uint64_t first, std::uint64_t count) {
      std::string list;
      for (std::uint64_t i = 0; i < count; ++i) list += fmt::format("{}\"s{}\"", i > 0 ? "," : "", hub(first + i));
      return list;
    };
    if (below(100) < 60) items.push_back(fmt::format(R"({{"any":[{}],"grace":"8h"}})", hubs(0, kDirectories)));
    if (below(100) < 60) items.push_back(fmt::format(R"({{"any":[{}]}})", hubs(kDirectories, kNames)));
    if (is_server(s) && below(100) < 40) {
      items.push_back(fmt::format(R"({{"at_least":2,"of":[{}]}})", hubs(kDirectories + kNames, kStores)));
    }
    if (!is_server(s) && below(100) < 70) return joined(items);
    // What is needed has a smaller number, so that nothing waits for itself.
    const auto before = [&] {
      return first_server() + heavy(std::max<std::uint64_t>(std::min(s, systems_) - first_server(), 1));
    };
    if (!is_server(s) || s < hub(kHubs) + 8) return joined(items);
    if (below(100) < 60) items.push_back(fmt::format(R"("s{}")", before()));
    if (below(100) < 25) items.push_back(alternatives(before(), before(), below(100) < 10));
    if (below(100) < 5) items.push_back(fmt::format(R"({{"on":"s{}","soft":true}})", before()));
    return joined(items);
  }

  [[nodiscard]] static std::string alternatives(std::uint64_t a, std::uint64_t b, bool stands_in) {
    if (a == b) return fmt::format(R"("s{}")", a);
    if (stands_in) return fmt::format(R"({{"any":["s{}",{{"on":"s{}","fallback":true}}]}})", a, b);
    return fmt::format(R"({{"any":["s{}","s{}"]}})", a, b);
  }

  [[nodiscard]] static std::string joined(const std::vector<std::string>& items) {
    std::string list;
    for (const std::string& item : items) list += (list.empty() ? "" : ",") + item;
    return list;
  }

  void accounts() {
    out_.add(",\n\"identity\":{{");
    Items items(out_);
    for (std::uint64_t a = 0; a < accounts_; ++a) items.add(R"("account-{}":{{"kind":"account"}})", a);
    out_.add("}}");
  }

  void services() {
    out_.add(",\n\"service\":{{");
    Items items(out_);
    for (std::uint64_t i = 0; i < services_; ++i) {
      std::string list = fmt::format(R"("s{}")", some_server());
      for (std::uint64_t more = below(3); more > 0; --more) {
        const std::uint64_t a = some_server();
        const std::uint64_t b = some_server();
        const std::uint64_t c = likely_server();
        const bool apart = a != b && b != c && a != c;
        list += "," + (below(100) < 30 && apart ? fmt::format(R"({{"at_least":2,"of":["s{}","s{}","s{}"]}})", a, b, c)
                                                : alternatives(a, b, below(100) < 20));
      }
      items.add(R"("app-{}":{{"users":{},"rto":"{}h","needs":[{}]}})", i, heavy_weight(10), 1 + below(72), list);
    }
    if (options_.planted) planted_service(items);
    out_.add("}}");
  }

  void customers() {
    out_.add(",\n\"customer\":{{");
    Items items(out_);
    for (std::uint64_t c = 0; c * kPerCustomer < services_; ++c) {
      std::string uses = fmt::format(R"("app-{}")", below(services_));
      for (std::uint64_t i = c * kPerCustomer; i < std::min(services_, (c + 1) * kPerCustomer); ++i) {
        const std::string app = fmt::format(R"("app-{}")", i);
        if (uses != app) uses += "," + app;
      }
      if (c == 0 && options_.planted) uses += R"(,"p-service")";
      items.add(R"("customer-{}":{{"users":{},"uses":[{}]}})", c, heavy_weight(100), uses);
    }
    out_.add("}}");
  }

  /// One firewall between zones: whole zones to whole zones, some by tag.
  void policies() {
    out_.add(",\n\"policy\":{{\"firewall\":{{\"scope\":\"between-zones\",\"default\":\"deny\",\"rule\":[");
    Items items(out_);
    items.add(R"({{"name":"public","allow":["tcp/443"],"from":["internet"],"to":["{}"]}})", zone_id(offices_));
    for (std::uint64_t r = 0; r < 4 * zones_; ++r) {
      const std::uint64_t to = offices_ + heavy(zones_ - offices_);
      const std::uint64_t from = (to + 1 + below(zones_ - 1)) % zones_;
      const std::uint64_t kind = below(100);
      constexpr std::array<std::string_view, 3> ports = {"tcp/443", "tcp/445", "tcp/3389"};
      const std::string_view port = ports[below(ports.size())];
      if (kind < 5) {
        items.add(R"({{"name":"R{}","deny":["any"],"from":["{}"],"to":["{}"]}})", r, zone_id(from), zone_id(to));
      } else if (kind < 10) {
        items.add(R"({{"name":"R{}","allow":["{}"],"from":["{}"],"to":["tag:team-{}"]}})", r, port, zone_id(from),
                  below(40));
      } else {
        items.add(R"({{"name":"R{}","allow":["{}"],"from":["{}"],"to":["{}"]}})", r, port, zone_id(from), zone_id(to));
      }
    }
    out_.add("]}}}}");
  }

  void pivots() {
    out_.add(",\n\"pivot\":[");
    Items items(out_);
    for (std::uint64_t s = 0; s < systems_; ++s) {
      for (std::uint64_t p = 0; p < options_.pivots; ++p) pivot(items, s);
    }
    if (options_.planted) planted_pivots(items);
    out_.add("]");
  }

  void pivot(Items& items, std::uint64_t from) {
    const std::uint64_t zone = zone_of(from);
    const std::uint64_t first = first_in(zone);
    const std::uint64_t end = zone + 1 == zones_ ? systems_ : first_in(zone + 1);
    const bool inside = below(100) < 80;
    std::uint64_t to = inside ? first + below(end - first) : below(100) < 50 ? likely_server() : below(systems_);
    if (to == from) to = (to + 1) % systems_;
    const std::uint64_t kind = below(100);
    std::string rest;
    if (kind < 4) rest = fmt::format(R"(,"requires":["account-{}"],"via":"logon")", below(accounts_));
    if (kind >= 4 && kind < 20) rest = R"(,"port":"tcp/445","via":"cached password")";
    items.add(R"({{"from":["s{}"],"to":["s{}"],"effort":"{}m"{}}})", from, to, 1 + below(240), rest);
  }

  void scenarios() { out_.add(R"(,"scenario":{{"attack":{{"compromised":["s0","s{}"]}}}})", systems_ / 7); }

  // Planted systems are in no zone: an attacker gets on by their pivots alone, and these lead nowhere else.

  void planted_systems(Items& items) {
    for (std::size_t r = 0; r < planted_.reach.size(); ++r) {
      for (std::size_t i = 0; i < planted_.reach[r]; ++i) items.add(R"("p-reach-{}-{}":{{}})", r, i);
    }
    items.add(R"("p-from":{{}})");
    items.add(R"("p-to":{{}})");
    for (std::size_t i = 0; i < planted_.before_cut; ++i) items.add(R"("p-before-{}":{{}})", i);
    for (std::size_t i = 0; i < planted_.cut; ++i) items.add(R"("p-cut-{}":{{}})", i);
    for (std::size_t i = 0; i < planted_.behind_cut; ++i) items.add(R"("p-behind-{}":{{}})", i);
    for (std::size_t i = 0; i < planted_.singles; ++i) items.add(R"("p-one-{}":{{}})", i);
    for (std::size_t i = 0; i < planted_.pairs; ++i) items.add(R"("p-two-{0}a":{{}},"p-two-{0}b":{{}})", i);
    for (std::size_t i = 0; i < planted_.of; ++i) items.add(R"("p-some-{}":{{}})", i);
  }

  void planted_service(Items& items) {
    std::vector<std::string> needs;
    for (std::size_t i = 0; i < planted_.singles; ++i) needs.push_back(fmt::format(R"("p-one-{}")", i));
    for (std::size_t i = 0; i < planted_.pairs; ++i) {
      needs.push_back(fmt::format(R"({{"any":["p-two-{0}a","p-two-{0}b"]}})", i));
    }
    std::vector<std::string> of;
    for (std::size_t i = 0; i < planted_.of; ++i) of.push_back(fmt::format(R"("p-some-{}")", i));
    needs.push_back(fmt::format(R"({{"at_least":{},"of":[{}]}})", planted_.at_least, joined(of)));
    items.add(R"("p-service":{{"users":1,"needs":[{}]}})", joined(needs));
  }

  void planted_pivots(Items& items) {
    const auto lead = [&](const std::string& from, const std::string& to) {
      items.add(R"({{"from":["{}"],"to":["{}"]}})", from, to);
    };
    for (std::size_t r = 0; r < planted_.reach.size(); ++r) {
      const std::size_t size = planted_.reach[r];
      for (std::size_t i = 1; i < size; ++i) {
        lead(fmt::format("p-reach-{}-{}", r, below(i)), fmt::format("p-reach-{}-{}", r, i));
        const std::size_t a = below(size);
        if (a != i) lead(fmt::format("p-reach-{}-{}", r, i), fmt::format("p-reach-{}-{}", r, a));
      }
    }
    // As many ways that share nothing as the cut is wide, and more that all pass it.
    const auto side = [&](std::string_view name, std::size_t size, const std::string& end, bool to_end) {
      for (std::size_t i = 0; i < size; ++i) {
        const std::string one = fmt::format("p-{}-{}", name, i);
        const std::string cut = fmt::format("p-cut-{}", i % planted_.cut);
        const std::string other = fmt::format("p-{}-{}", name, (i + 1 + below(size)) % size);
        lead(to_end ? one : end, to_end ? end : one);
        lead(to_end ? cut : one, to_end ? one : cut);
        if (other != one) lead(one, other);
      }
    };
    side("before", planted_.before_cut, "p-from", false);
    side("behind", planted_.behind_cut, "p-to", true);
  }

  GeneratorOptions options_;
  Output out_;
  Random random_;
  Planted planted_;
  std::uint64_t systems_;
  std::uint64_t zones_;
  std::uint64_t offices_;
  std::uint64_t services_;
  std::uint64_t accounts_;
  std::uint64_t racks_;
  std::uint64_t centres_;
  std::uint64_t room_ = 0;
};

std::uint64_t choose(std::uint64_t n, std::uint64_t k) {
  std::uint64_t result = 1;
  for (std::uint64_t i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

}  // namespace

bool write_estate(const GeneratorOptions& options, std::FILE* out) {
  return Estate(options, out).write();
}

std::string planted_answers(const GeneratorOptions& options) {
  if (!options.planted) return "{}\n";
  const Planted planted(options);
  std::string reach;
  for (std::size_t r = 0; r < planted.reach.size(); ++r) {
    reach += fmt::format(R"({}{{"from":"p-reach-{}-0","reached":{}}})", r > 0 ? "," : "", r, planted.reach[r]);
  }
  const std::size_t order = planted.of - planted.at_least + 1;
  std::vector<std::uint64_t> by_order(std::max<std::size_t>(order, 2), 0);
  by_order[0] += planted.singles;
  by_order[1] += planted.pairs;
  by_order[order - 1] += choose(planted.of, order);
  std::string orders;
  std::uint64_t count = 0;
  for (const std::uint64_t number : by_order) {
    orders += fmt::format("{}\"{}\"", orders.empty() ? "" : ",", number);
    count += number;
  }
  return fmt::format(
      R"({{"reach":[{}],"cut":{{"from":"p-from","to":"p-to","size":{}}},"cut_sets":{{"service":"p-service","count":"{}","by_order":[{}]}}}})"
      "\n",
      reach, planted.cut, count, orders);
}

}  // namespace firebreak::bench
