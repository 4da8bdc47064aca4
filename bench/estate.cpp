#include "bench/estate.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/builder.h"

#include "tests/support/random.h"

namespace firebreak::bench {

namespace {

constexpr std::size_t kPerZone = 100;
constexpr std::size_t kHubs = 5;  // systems that all share: two of names, three of storage

std::vector<std::string> names(std::string_view prefix, std::size_t count) {
  std::vector<std::string> all;
  all.reserve(count);
  for (std::size_t i = 0; i < count; ++i) all.push_back(fmt::format("{}{}", prefix, i));
  return all;
}

class Estate {
 public:
  explicit Estate(const EstateSize& size)
      : size_(size),
        random_(size.seed),
        systems_(names("s", std::max(size.systems, 4 * kPerZone))),
        zones_(names("z", systems_.size() / kPerZone)),
        services_(names("app", size.services)) {}

  Topology make() {
    for (const std::string& zone : zones_) {
      builder_.add(ZoneDecl{.id = {zone}, .cost = Located<double>{static_cast<double>(5 + random_.below(16))}});
    }
    std::vector<bool> critical(systems_.size(), false);
    for (std::size_t i = 0; i < size_.critical; ++i) critical[server()] = true;
    for (std::size_t i = 0; i < systems_.size(); ++i) add_system(i, critical[i]);
    for (std::size_t i = 0; i < systems_.size(); ++i) add_pivot(i);
    for (const std::string& service : services_) add_service(service);
    ScenarioDecl attack{.id = {"attack"}};
    while (attack.compromised.size() < size_.compromised) {
      const std::size_t i = attack.compromised.size() % 2 == 0 ? random_.below(kPerZone) : server();
      if (!critical[i]) attack.compromised.push_back({systems_[i]});
    }
    builder_.add(attack);
    return std::move(*builder_.finish().topology);
  }

 private:
  [[nodiscard]] std::size_t zone_of(std::size_t system) const { return std::min(system / kPerZone, zones_.size() - 1); }
  /// Half of the zones are offices, from the first on; the last one is that of the hubs.
  std::size_t server() {
    const std::size_t offices = zones_.size() / 2 * kPerZone;
    return offices + random_.below(systems_.size() - offices);
  }
  [[nodiscard]] const std::string& hub(std::size_t i) const { return systems_[systems_.size() - kHubs + i]; }
  /// Another system of its zone.
  std::size_t mate(std::size_t system) {
    const std::size_t first = zone_of(system) * kPerZone;
    const std::size_t end = zone_of(system) + 1 == zones_.size() ? systems_.size() : first + kPerZone;
    const std::size_t other = first + random_.below(end - first - 1);
    return other < system ? other : other + 1;
  }

  void add_system(std::size_t i, bool critical) {
    SystemDecl system{.id = {systems_[i]}, .zone = {zones_[zone_of(i)]}};
    system.exposes = Words{};
    system.critical = critical;
    system.cost = Located<double>{static_cast<double>(1 + random_.below(3))};
    if (i + kHubs < systems_.size()) {
      if (random_.percent(30)) group(system.needs, Need::Type::any, 1, {hub(0), hub(1)});
      if (random_.percent(20)) group(system.needs, Need::Type::at_least, 2, {hub(2), hub(3), hub(4)});
      if (random_.percent(20)) leaf(system.needs, systems_[mate(i)]);
    }
    builder_.add(system);
  }

  void add_pivot(std::size_t i) {
    PivotDecl pivot{.from = {{systems_[i]}}, .port = {"tcp/445"}};
    for (std::size_t k = 0; k < 8; ++k) pivot.to.push_back({systems_[mate(i)]});
    pivot.to.push_back({systems_[random_.below(systems_.size())]});
    pivot.to.push_back({systems_[random_.percent(50) ? server() : mate(random_.below(2 * kPerZone))]});
    builder_.add(pivot);
  }

  void add_service(const std::string& id) {
    ServiceDecl service{.id = {id}};
    for (std::size_t items = 1 + random_.below(3); items > 0; --items) {
      const std::size_t form = random_.below(4);
      std::vector<std::string_view> members;
      const std::size_t first = random_.percent(10) ? random_.below(systems_.size()) : server();
      members.push_back(systems_[first]);
      for (std::size_t more = form == 0 ? 0 : form == 1 ? 1 : 2; more > 0; --more)
        members.push_back(systems_[server()]);
      std::ranges::sort(members);
      members.erase(std::ranges::unique(members).begin(), members.end());
      if (members.size() == 1) {
        leaf(service.needs, members.front());
      } else if (form == 3 && members.size() == 3) {
        group(service.needs, Need::Type::at_least, 2, members);
      } else {
        group(service.needs, Need::Type::any, 1, members);
      }
    }
    const std::size_t rank = 1 + random_.below(1000);
    service.weight = Located<double>{static_cast<double>(1 + 1000 / rank)};
    builder_.add(service);
  }

  static void leaf(NeedDecls& needs, std::string_view on) { needs.push_back({.on = {on}}); }
  static void group(NeedDecls& needs, Need::Type type, std::int64_t k, const std::vector<std::string_view>& members) {
    needs.push_back({.type = type, .size = static_cast<std::uint32_t>(members.size() + 1), .k = {k}});
    for (const std::string_view member : members) leaf(needs, member);
  }

  const EstateSize size_;
  support::Random random_;
  const std::vector<std::string> systems_;
  const std::vector<std::string> zones_;
  const std::vector<std::string> services_;
  TopologyBuilder builder_;
};

}  // namespace

Topology make_estate(const EstateSize& size) {
  return Estate(size).make();
}

}  // namespace firebreak::bench
