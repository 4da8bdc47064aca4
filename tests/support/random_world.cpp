#include "tests/support/random_world.h"

#include <array>
#include <fmt/format.h>

#include "tests/support/random_needs.h"

// First it is drawn how many of each there are, so that everything can speak of everything; then each is declared; at
// the end the declarations may be put in another order, as they may be in files.

namespace firebreak::support {

namespace {

using Texts = std::vector<std::string_view>;

constexpr std::array<std::string_view, 3> kTags = {"red", "blue", "tier0"};
constexpr std::array<std::string_view, 3> kKinds = {"db", "web", "account"};
constexpr std::array<std::string_view, 11> kPorts = {
    "tcp/443", "https", "tcp/22", "tcp/1000-1010", "tcp/1005", "udp/53", "dns", "icmp", "any", "tcp", "sctp/2905"};
constexpr std::array<std::string_view, 8> kCidrs = {"10.0.0.0/8",  "10.0.0.0/15", "10.1.0.0/16", "10.2.0.0/16",
                                                    "10.1.1.0/24", "10.0.0.1",    "0.0.0.0/0",   "fd00::/16"};
constexpr std::array<std::string_view, 5> kEfforts = {"10m", "1h", "2h", "never", "0s"};
constexpr std::array<std::string_view, 2> kScopes = {"all", "between-zones"};
constexpr std::array<std::string_view, 2> kDefaults = {"allow", "deny"};
constexpr std::array<std::string_view, 3> kTimes = {"15m", "1h", "4h"};

class Draw {
 public:
  Draw(std::uint64_t seed, const WorldSize& size) : random_(seed), size_(size) {}

  World world() {
    zones_ = names('z', random_.below(size_.zones + 1));
    sites_ = names('s', random_.below(size_.sites + 1));
    systems_ = names('h', 1 + random_.below(size_.systems));
    identities_ = names('u', random_.below(size_.identities + 1));
    services_ = names('v', random_.below(size_.services + 1));
    customers_ = names('c', services_.empty() ? 0 : random_.below(size_.customers + 1));
    const bool linked = zones_.size() > 1 && random_.percent(65);
    links_ = names('l', linked ? 1 + random_.below(size_.links) : 0);
    choices_ = {systems_, joined({&sites_, &services_, &links_, &identities_}), joined({&zones_, &systems_})};
    add_places();
    for (std::size_t i = 0; i < systems_.size(); ++i) add_system(i);
    add_people();
    const std::size_t policies = random_.below(size_.policies + 1);
    for (std::size_t i = 0; i < policies; ++i) add_policy(i);
    const std::size_t pivots = random_.below(size_.pivots + 1);
    for (std::size_t i = 0; i < pivots; ++i) add_pivot();
    for (std::size_t i = 0; i < size_.scenarios; ++i) add_scenario(i);
    return random_.percent(50) ? shuffled(std::move(world_), random_) : std::move(world_);
  }

 private:
  Texts names(char prefix, std::size_t count) {
    Texts all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(world_.keep(fmt::format("{}{}", prefix, i)));
    return all;
  }
  static Texts joined(std::initializer_list<const Texts*> lists) {
    Texts all;
    for (const Texts* list : lists) all.insert(all.end(), list->begin(), list->end());
    return all;
  }
  std::string_view pick(std::span<const std::string_view> from) { return random_.pick(from); }
  std::string_view maybe(std::size_t percent, std::span<const std::string_view> from) {
    return !from.empty() && random_.percent(percent) ? pick(from) : std::string_view();
  }
  /// One of those before number i.
  std::string_view earlier(std::size_t percent, const Texts& from, std::size_t i) {
    return maybe(percent, std::span(from).first(i));
  }
  Words some(std::size_t least, std::size_t most, std::span<const std::string_view> from) {
    Words words;
    const std::size_t count = least + random_.below(most - least + 1);
    for (std::size_t i = 0; i < count && !from.empty(); ++i) words.emplace_back(pick(from));
    return words;
  }
  NeedDecls needs(std::size_t most) { return random_needs(random_, choices_, most); }

  void add_places() {
    for (std::size_t i = 0; i < zones_.size(); ++i) {
      ZoneDecl zone;
      zone.id = zones_[i];
      zone.parent = earlier(35, zones_, i);
      if (random_.percent(70)) zone.cidr.emplace_back(world_.keep(fmt::format("10.{}.0.0/16", i)));
      if (random_.percent(20)) zone.cidr.emplace_back(world_.keep(fmt::format("fd00:{}::/32", i)));
      world_.declarations.emplace_back(zone);
    }
    for (std::size_t i = 0; i < sites_.size(); ++i) {
      SiteDecl site;
      site.id = sites_[i];
      site.parent = earlier(35, sites_, i);
      if (random_.percent(35)) site.needs = needs(1);
      world_.declarations.emplace_back(site);
    }
    for (const std::string_view id : links_) {
      LinkDecl link;
      link.id = id;
      const std::size_t a = random_.below(zones_.size());
      const std::size_t b = (a + 1 + random_.below(zones_.size() - 1)) % zones_.size();
      link.between = {zones_[a], zones_[b]};
      if (random_.percent(60)) link.needs = needs(2);
      world_.declarations.emplace_back(link);
    }
  }

  void add_system(std::size_t i) {
    SystemDecl system;
    system.id = systems_[i];
    system.zone = maybe(88, zones_);
    system.site = maybe(40, sites_);
    system.runs_on = earlier(25, systems_, i);
    if (random_.percent(60)) {
      system.address.emplace_back(world_.keep(fmt::format("10.{}.{}.{}", random_.below(3), random_.below(2), i + 1)));
    }
    if (random_.percent(15)) system.address.emplace_back(world_.keep(fmt::format("fd00:1::{}", i + 1)));
    system.kind = maybe(40, kKinds);
    system.tags = some(0, 2, kTags);
    if (random_.percent(60)) system.exposes = some(0, 3, kPorts);
    if (random_.percent(75)) system.needs = needs(size_.needs);
    if (random_.percent(size_.managed)) system.managed_by = needs(1);
    system.critical = random_.percent(20);
    system.effort = maybe(50, kEfforts);
    system.start = maybe(30, kTimes);
    system.rebuild = maybe(30, kTimes);
    if (random_.percent(20)) system.cost = static_cast<double>(random_.below(5));
    world_.declarations.emplace_back(system);
  }

  void add_people() {
    for (const std::string_view id : identities_) {
      IdentityDecl identity;
      identity.id = id;
      identity.kind = maybe(50, kKinds);
      identity.tags = some(0, 2, kTags);
      identity.critical = random_.percent(20);
      identity.rebuild = maybe(30, kTimes);
      world_.declarations.emplace_back(identity);
    }
    for (const std::string_view id : services_) {
      ServiceDecl service;
      service.id = id;
      service.needs = needs(size_.needs);
      if (random_.percent(50)) service.users = static_cast<double>(random_.below(1000));
      if (random_.percent(30)) service.weight = static_cast<double>(random_.below(1000)) / 8;
      service.rto = maybe(30, kTimes);
      world_.declarations.emplace_back(service);
    }
    for (const std::string_view id : customers_) {
      CustomerDecl customer;
      customer.id = id;
      customer.uses = some(1, 3, random_.percent(85) ? services_ : systems_);
      world_.declarations.emplace_back(customer);
    }
  }

  /// One selector of places (`identities` = also of those).
  std::string_view selector(bool identities) {
    switch (random_.below(identities ? 8 : 7)) {
      case 0:
        return random_.percent(40) ? "*" : pick(systems_);
      case 1:
        return zones_.empty() ? pick(systems_) : pick(zones_);
      case 2:
        return sites_.empty() ? pick(systems_) : pick(sites_);
      case 3:
        return world_.keep(fmt::format("tag:{}", pick(kTags)));
      case 4:
        return world_.keep(fmt::format("kind:{}", pick(kKinds)));
      case 5:
        return pick(kCidrs);
      case 6:
        return pick(systems_);
      default:
        return identities_.empty() ? pick(systems_) : pick(identities_);
    }
  }
  Words selectors(std::size_t least, std::size_t most, bool identities) {
    Words words;
    const std::size_t count = least + random_.below(most - least + 1);
    for (std::size_t i = 0; i < count; ++i) words.emplace_back(selector(identities));
    return words;
  }

  void add_policy(std::size_t number) {
    PolicyDecl policy;
    policy.id = world_.keep(fmt::format("p{}", number));
    if (random_.percent(50)) policy.scope = pick(kScopes);
    if (random_.percent(60)) policy.otherwise = pick(kDefaults);
    if (number > 0 && random_.percent(15))
      policy.replaces.emplace_back(world_.keep(fmt::format("p{}", random_.below(number))));
    const std::size_t count = random_.below(size_.rules + 1);
    const bool tiers = random_.percent(50);
    for (std::size_t i = 0; i < count; ++i) {
      RuleDecl rule;
      const std::size_t action = random_.below(5);
      (action < 2 ? rule.allow : action < 4 ? rule.deny : rule.pass) = some(1, 2, kPorts);
      if (random_.percent(85)) rule.from = selectors(1, 2, false);
      if (random_.percent(85)) rule.to = selectors(1, 2, false);
      if (tiers) rule.tier = static_cast<std::int64_t>(random_.below(3));
      policy.rules.push_back(rule);
    }
    world_.declarations.emplace_back(policy);
  }

  void add_pivot() {
    PivotDecl pivot;
    pivot.from = selectors(1, 2, true);
    pivot.to = selectors(1, 2, true);
    if (random_.percent(40)) pivot.requires_all = selectors(1, 2, true);
    pivot.port = maybe(40, kPorts);
    pivot.effort = maybe(50, kTimes);
    pivot.via = "a reason";
    world_.declarations.emplace_back(pivot);
  }

  Words flows() {
    Words words;
    const std::size_t count = random_.below(3);
    for (std::size_t i = 0; i < count; ++i) {
      std::string flow(selector(false));
      if (random_.percent(30)) flow += fmt::format(",{}", selector(false));
      flow += fmt::format(" -> {}", selector(false));
      if (random_.percent(60)) flow += fmt::format(" {}", pick(kPorts));
      words.emplace_back(world_.keep(flow));
    }
    return words;
  }

  void add_scenario(std::size_t number) {
    ScenarioDecl scenario;
    scenario.id = world_.keep(fmt::format("a{}", number));
    const Texts own = joined({&services_, &links_, &sites_, &customers_});
    scenario.compromised = selectors(0, 2, true);
    if (random_.percent(65)) scenario.off = selectors(0, 2, true);
    if (random_.percent(25)) {
      for (const Word word : some(1, 1, own)) scenario.off.push_back(word);
    }
    if (random_.percent(45)) scenario.isolate = selectors(0, 2, false);
    if (random_.percent(35)) scenario.block = flows();
    if (random_.percent(25)) scenario.allow = flows();
    world_.declarations.emplace_back(scenario);
  }

  Random random_;
  const WorldSize& size_;
  World world_;
  Texts zones_, sites_, systems_, identities_, services_, customers_, links_;
  NeedChoices choices_;
};

}  // namespace

World random_world(std::uint64_t seed, const WorldSize& size) {
  return Draw(seed, size).world();
}

}  // namespace firebreak::support
