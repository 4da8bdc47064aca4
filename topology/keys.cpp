#include "topology/keys.h"

namespace firebreak {
namespace {

template <class... Keys>
void append(std::string& text, const KeyTable<Keys...>& table) {
  for (const KeyInfo& key : table.keys()) {
    text.append(table.name()).append(" ").append(key.name).append(" ").append(to_string(key.takes)).append("\n");
  }
}

}  // namespace

std::string_view to_string(Takes takes) {
  switch (takes) {
    case Takes::text: return "text";
    case Takes::id: return "id";
    case Takes::ids: return "ids";
    case Takes::word: return "word";
    case Takes::words: return "words";
    case Takes::selectors: return "selectors";
    case Takes::flows: return "flows";
    case Takes::port: return "port";
    case Takes::ports: return "ports";
    case Takes::prefixes: return "prefixes";
    case Takes::addresses: return "addresses";
    case Takes::duration: return "duration";
    case Takes::effort: return "effort";
    case Takes::integer: return "integer";
    case Takes::number: return "number";
    case Takes::boolean: return "boolean";
    case Takes::scope: return "scope";
    case Takes::verdict: return "verdict";
    case Takes::needs: return "needs";
    case Takes::rules: return "rules";
    case Takes::meta: return "meta";
    case Takes::table: return "table";
    case Takes::tables: return "tables";
    case Takes::pivots: return "pivots";
  }
  return "anything";
}

std::string_view describe(Takes takes) {
  switch (takes) {
    case Takes::text: return "a text in quotes";
    case Takes::id: return R"(one id in quotes, such as "dc1")";
    case Takes::ids: return R"(a list of ids, such as ["dc1", "dc2"])";
    case Takes::word: return R"(one word in quotes, such as "vm")";
    case Takes::words: return R"(a list of words, such as ["tier0", "windows"])";
    case Takes::selectors: return R"(a list of ids and selectors, such as ["dc1", "tag:tier0"])";
    case Takes::flows: return R"(a list of flows, such as ["office -> servers tcp/445"])";
    case Takes::port: return R"(one port in quotes, such as "tcp/443")";
    case Takes::ports: return R"(a list of ports, such as ["tcp/443", "udp/53"])";
    case Takes::prefixes: return R"(a list of prefixes, such as ["10.2.0.0/16"])";
    case Takes::addresses: return R"(a list of addresses, such as ["10.2.0.10"])";
    case Takes::duration: return R"(a duration in quotes, such as "90s" or "1h30m")";
    case Takes::effort: return R"(a duration in quotes, such as "2h", or "never")";
    case Takes::integer: return "an integer, without quotes";
    case Takes::number: return "a number, without quotes";
    case Takes::boolean: return "true or false, without quotes";
    case Takes::scope: return R"("between-zones" or "all")";
    case Takes::verdict: return R"("deny" or "allow")";
    case Takes::needs: return R"(a list of ids and tables, such as ["dns", { any = ["a", "b"] }])";
    case Takes::rules: return "a list of tables; in TOML, [[policy.ID.rule]] and the keys below it";
    case Takes::meta: return "a table of keys of your own";
    case Takes::table: return "a table of keys";
    case Takes::tables: return "one table per id; in TOML, [KIND.ID] and the keys below it";
    case Takes::pivots: return "a list of tables; in TOML, [[pivot]] and the keys below it";
  }
  return "anything";
}

std::string keys_as_text() {
  std::string text;
  append(text, kTopKeys);
  append(text, kTopologyKeys);
  append(text, kZoneKeys);
  append(text, kSiteKeys);
  append(text, kSystemKeys);
  append(text, kIdentityKeys);
  append(text, kServiceKeys);
  append(text, kCustomerKeys);
  append(text, kLinkKeys);
  append(text, kPolicyKeys);
  append(text, kRuleKeys);
  append(text, kPivotKeys);
  append(text, kScenarioKeys);
  append(text, kExpectKeys);
  append(text, kRequireKeys);
  append(text, kNeverReachesKeys);
  append(text, kReachesAtMostKeys);
  append(text, kSurvivesKeys);
  append(text, kOnlyFlowsKeys);
  append(text, kNeverFlowsKeys);
  append(text, kAlwaysFlowsKeys);
  append(text, kNeedKeys);
  return text;
}

}  // namespace firebreak
