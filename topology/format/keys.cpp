#include "topology/format/keys.h"

#include <array>

namespace firebreak {
namespace {

struct TakesWords {
  std::string_view name;
  std::string_view description;
};

/// In the order of Takes.
constexpr std::array kWords{TakesWords{"text", "a text in quotes"},
                            TakesWords{"id", R"(one id in quotes, such as "dc1")"},
                            TakesWords{"ids", R"(a list of ids, such as ["dc1", "dc2"])"},
                            TakesWords{"word", R"(one word in quotes, such as "vm")"},
                            TakesWords{"words", R"(a list of words, such as ["tier0", "windows"])"},
                            TakesWords{"selectors", R"(a list of ids and selectors, such as ["dc1", "tag:tier0"])"},
                            TakesWords{"flows", R"(a list of flows, such as ["office -> servers tcp/445"])"},
                            TakesWords{"port", R"(one port in quotes, such as "tcp/443")"},
                            TakesWords{"ports", R"(a list of ports, such as ["tcp/443", "udp/53"])"},
                            TakesWords{"prefixes", R"(a list of prefixes, such as ["10.2.0.0/16"])"},
                            TakesWords{"addresses", R"(a list of addresses, such as ["10.2.0.10"])"},
                            TakesWords{"duration", R"(a duration in quotes, such as "90s" or "1h30m")"},
                            TakesWords{"effort", R"(a duration in quotes, such as "2h", or "never")"},
                            TakesWords{"integer", "an integer, without quotes"},
                            TakesWords{"number", "a number, without quotes"},
                            TakesWords{"boolean", "true or false, without quotes"},
                            TakesWords{"scope", R"("between-zones" or "all")"},
                            TakesWords{"verdict", R"("deny" or "allow")"},
                            TakesWords{"needs", R"(a list of ids and tables, such as ["dns", { any = ["a", "b"] }])"},
                            TakesWords{"rules", "a list of tables; in TOML, [[policy.ID.rule]] and the keys below it"},
                            TakesWords{"meta", "a table of keys of your own"},
                            TakesWords{"table", "a table of keys"},
                            TakesWords{"tables", "one table per id; in TOML, [KIND.ID] and the keys below it"},
                            TakesWords{"pivots", "a list of tables; in TOML, [[pivot]] and the keys below it"}};
static_assert(kWords.size() == static_cast<std::size_t>(Takes::pivots) + 1);

}  // namespace

std::string_view to_string(Takes takes) {
  return kWords[static_cast<std::size_t>(takes)].name;
}

std::string_view describe(Takes takes) {
  return kWords[static_cast<std::size_t>(takes)].description;
}

}  // namespace firebreak
