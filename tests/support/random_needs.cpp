#include "tests/support/random_needs.h"

#include <array>

namespace firebreak::support {

namespace {

constexpr std::array<std::string_view, 4> kGraces = {"30m", "2h", "1h30m", "48h"};
constexpr std::array<std::string_view, 7> kPorts = {"tcp/443", "tcp/22", "tcp/1000-1010", "udp/53",
                                                    "dns",     "any",    "icmp"};

class Needs {
 public:
  Needs(Random& random, const NeedChoices& choices) : random_(random), choices_(choices) {}

  NeedDecls items(std::size_t most) {
    const std::size_t count = random_.below(most + 1);
    for (std::size_t i = 0; i < count; ++i) add(0);
    set_sizes(needs_, depth_);
    return std::move(needs_);
  }

 private:
  void add(std::uint32_t depth) {
    const bool group = depth < 3 && random_.percent(depth == 0 ? 55 : 30);
    NeedDecl need = group ? NeedDecl{} : leaf();
    need.soft = random_.percent(12);
    need.fallback = random_.percent(10);
    need.start = !random_.percent(8);
    need.assumed = random_.percent(8);
    if (random_.percent(20)) need.grace = random_.pick<std::string_view>(kGraces);
    const std::size_t size = group ? 1 + random_.below(4) : 0;
    if (group) {
      constexpr std::array kTypes = {Need::Type::all, Need::Type::any, Need::Type::any, Need::Type::at_least};
      need.type = random_.pick<Need::Type>(kTypes);
      if (need.type == Need::Type::at_least) need.k = static_cast<std::int64_t>(1 + random_.below(size));
    }
    needs_.push_back(need);
    depth_.push_back(depth);
    for (std::size_t i = 0; i < size; ++i) add(depth + 1);
  }

  NeedDecl leaf() {
    NeedDecl need;
    const bool system = choices_.others.empty() || (!choices_.systems.empty() && random_.percent(70));
    need.on = random_.pick<std::string_view>(system ? choices_.systems : choices_.others);
    if (random_.percent(system ? 30 : 8)) need.port = random_.pick<std::string_view>(kPorts);
    if (random_.percent(system ? 20 : 8)) need.from = random_.pick<std::string_view>(choices_.sources);
    return need;
  }

  Random& random_;
  const NeedChoices& choices_;
  NeedDecls needs_;
  std::vector<std::uint32_t> depth_;
};

}  // namespace

NeedDecls random_needs(Random& random, const NeedChoices& choices, std::size_t most) {
  if (choices.systems.empty() && choices.others.empty()) return {};
  return Needs(random, choices).items(most);
}

}  // namespace firebreak::support
