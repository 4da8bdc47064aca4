#include "report/topology_schema.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "topology/format/keys.h"

namespace firebreak::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kId = "^[^\\s,\\u0000-\\u001f\\u007f]+$";

Json reference(std::string_view name) {
  return {{"$ref", "#/definitions/" + std::string(name)}};
}

/// The value of one key. Whatever stands beside a "$ref" is ignored in draft 4, so the reference is wrapped.
Json property(const KeyInfo& key) {
  Json schema = {{"description", key.doc}};
  if (key.takes == Takes::tables) {
    schema["type"] = "object";
    schema["patternProperties"] = {{kId, reference(key.name)}};
    schema["additionalProperties"] = false;
    return schema;
  }
  const bool is_table = key.takes == Takes::table;
  schema["allOf"] = Json::array({reference(is_table ? key.name : to_string(key.takes))});
  return schema;
}

/// A table with the keys of the readers and no others.
template <class... Keys>
Json table(std::string_view description, const KeyTable<Keys...>& keys) {
  Json properties = Json::object();
  for (const KeyInfo& key : keys.keys()) properties[std::string(key.name)] = property(key);
  return {{"description", description},
          {"type", "object"},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

Json text(std::string_view description) {
  return {{"description", description}, {"type", "string"}};
}
Json text(std::string_view description, std::string_view pattern) {
  Json schema = text(description);
  schema["pattern"] = pattern;
  return schema;
}
Json text(std::string_view description, std::string_view pattern, int longest) {
  Json schema = text(description, pattern);
  schema["minLength"] = 1;
  schema["maxLength"] = longest;
  return schema;
}
Json list(std::string_view description, Json items) {
  return {{"description", description}, {"type", "array"}, {"items", std::move(items)}};
}
Json of_type(std::string_view description, std::string_view type) {
  return {{"description", description}, {"type", type}};
}
Json one_of(std::string_view description, std::initializer_list<std::string_view> words) {
  Json schema = {{"description", description}, {"enum", Json::array()}};
  for (const std::string_view word : words) schema["enum"].push_back(word);
  return schema;
}

void add_texts(Json& defs) {
  constexpr std::string_view kIdText = "1 to 255 bytes without white space, commas and control characters.";
  defs["text"] = text("A text for people.");
  defs["id"] = text("The id of one thing: " + std::string(kIdText), kId, 255);
  defs["ids"] = list("A list of ids.", reference("id"));
  defs["word"] = text("A free word: " + std::string(kIdText), kId, 255);
  defs["words"] = list("A list of free words.", reference("word"));
  defs["selector"] =
      text("An id, \"*\" for every system, \"tag:NAME\", \"kind:NAME\", an address or a prefix.", kId, 260);
  defs["selectors"] = list("A list of ids and selectors; each adds what it means.", reference("selector"));
  defs["flows"] = list("A list of flows, \"FROM -> TO [PORTS]\"; each of the three may be a list separated by commas.",
                       {{"type", "string"}, {"pattern", "^\\s*[^\\s].*\\s->\\s.*[^\\s]\\s*$"}});
  defs["port"] = text(
      "A port: \"tcp/443\", \"tcp/1000-2000\", \"udp/53\", \"sctp/2905\", \"tcp\" for all of it, \"icmp\", "
      "\"any\", or a usual service name such as \"https\".",
      "^((tcp|udp|sctp)(/[0-9]{1,5}(-[0-9]{1,5})?)?|[a-z][a-z0-9-]*)$");
  defs["ports"] = list("A list of ports.", reference("port"));
  defs["prefixes"] = list(
      "A list of address ranges, such as \"10.2.0.0/16\" or \"fd00::/8\".",
      {{"type", "string"}, {"pattern", "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?$"}});
  defs["addresses"] =
      list("A list of addresses, such as \"10.2.0.10\" or \"fd00::10\".",
           {{"type", "string"}, {"pattern", "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)$"}});
  defs["duration"] =
      text("A duration: days, hours, minutes and seconds, such as \"90s\", \"15m\", \"1h30m\", \"48h\" or \"3d\".",
           "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$");
  defs["effort"] = text("A duration, or \"never\" for what is hardened against it.",
                        "^(never|(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)$");
}

void add_values(Json& defs) {
  defs["integer"] = of_type("An integer.", "integer");
  defs["number"] = of_type("A number from 0 to 1e15.", "number");
  defs["number"]["minimum"] = 0;
  defs["number"]["maximum"] = 1e15;
  defs["boolean"] = of_type("True or false.", "boolean");
  defs["scope"] = one_of("Which flows a policy judges: those between different zones, or also those inside a zone.",
                         {"between-zones", "all"});
  defs["verdict"] = one_of("What happens when no rule decides.", {"deny", "allow"});
  defs["needs"] = list("All of these must work: ids, needs with their details, and groups of needs.",
                       {{"anyOf", {reference("id"), reference("need")}}});
  defs["rules"] = list("The rules of a policy.", reference("rule"));
  defs["pivots"] = list("All pivots.", reference("pivot"));
  defs["meta"] = of_type("Free-form data, kept as it is.", "object");
}

void add_things(Json& defs) {
  defs["topology"] = table("The topology as a whole.", kTopologyKeys);
  defs["zone"] = table("A network segment.", kZoneKeys);
  defs["site"] = table("A place with a shared fate: data centre, room, rack, power feed.", kSiteKeys);
  defs["system"] = table("Something that runs and can be compromised, switched off or unplugged.", kSystemKeys);
  defs["identity"] = table("An account, group or key.", kIdentityKeys);
  defs["service"] = table("What people use.", kServiceKeys);
  defs["customer"] = table("Who uses services.", kCustomerKeys);
  defs["link"] = table("Connectivity between two zones, carried by systems.", kLinkKeys);
  defs["policy"] = table("One enforcement point: an ordered list of rules with a default.", kPolicyKeys);
  defs["rule"] = table("One rule of a policy.", kRuleKeys);
  defs["pivot"] = table("A way to take something over other than an open port.", kPivotKeys);
  defs["scenario"] = table("A starting compromise plus actions, and what must come out.", kScenarioKeys);
  defs["expect"] = table("What must come out of a scenario.", kExpectKeys);
  defs["require"] = table("An invariant: exactly one demand.", kRequireKeys);
  defs["never_reaches"] = table("No compromise of `from` ever spreads to `to`.", kNeverReachesKeys);
  defs["reaches_at_most"] = table("A compromise of `from` spreads to at most `count` others.", kReachesAtMostKeys);
  defs["survives"] = table("The services keep working whatever `any` of `of` are lost.", kSurvivesKeys);
  defs["only_flows"] = table("The policies permit nothing but `allow` between the two.", kOnlyFlowsKeys);
  defs["never_flows"] = table("The policies permit none of `ports` between the two.", kNeverFlowsKeys);
  defs["always_flows"] = table("The policies permit all of `ports` between the two.", kAlwaysFlowsKeys);
  defs["need"] = table("What something must have to work: one thing (`on`) or one group.", kNeedKeys);
}

void must_have(Json& defs, const std::string& name, std::initializer_list<std::string_view> keys) {
  defs[name]["required"] = Json::array();
  for (const std::string_view key : keys) defs[name]["required"].push_back(key);
}
/// One of these sets of keys must be there, and only one.
void exactly_one(Json& defs, const std::string& name,
                 std::initializer_list<std::initializer_list<std::string_view>> alternatives) {
  for (const auto& keys : alternatives) {
    Json required = Json::array();
    for (const std::string_view key : keys) required.push_back(key);
    defs[name]["oneOf"].push_back({{"required", std::move(required)}});
  }
}
void narrow(Json& defs, const std::string& name, const std::string& key, const Json& limits) {
  defs[name]["properties"][key].update(limits);
}

/// What the readers refuse although each key by itself is right.
void add_limits(Json& defs) {
  const Json one_or_more = {{"minItems", 1}};
  narrow(defs, "topology", "format", {{"enum", {1}}});
  narrow(defs, "link", "between", {{"minItems", 2}, {"maxItems", 2}});
  must_have(defs, "link", {"between"});
  narrow(defs, "rule", "from", one_or_more);
  narrow(defs, "rule", "to", one_or_more);
  exactly_one(defs, "rule", {{"allow"}, {"deny"}, {"pass"}});
  narrow(defs, "pivot", "from", one_or_more);
  narrow(defs, "pivot", "to", one_or_more);
  must_have(defs, "pivot", {"from", "to"});
  exactly_one(
      defs, "require",
      {{"never_reaches"}, {"reaches_at_most"}, {"survives"}, {"only_flows"}, {"never_flows"}, {"always_flows"}});
  must_have(defs, "never_reaches", {"from", "to"});
  narrow(defs, "reaches_at_most", "count", {{"minimum", 0}});
  must_have(defs, "reaches_at_most", {"from", "count"});
  narrow(defs, "survives", "any", {{"minimum", 1}});
  must_have(defs, "survives", {"services", "of"});
  must_have(defs, "only_flows", {"from", "to", "allow"});
  must_have(defs, "never_flows", {"from", "to"});
  must_have(defs, "always_flows", {"from", "to"});
  narrow(defs, "need", "any", one_or_more);
  narrow(defs, "need", "of", one_or_more);
  narrow(defs, "need", "at_least", {{"minimum", 1}});
  exactly_one(defs, "need", {{"on"}, {"all"}, {"any"}, {"at_least", "of"}});
  defs["need"]["dependencies"] = {{"at_least", {"of"}}, {"of", {"at_least"}}, {"port", {"on"}}, {"from", {"on"}}};
}

}  // namespace

std::string topology_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-04/schema#"}, {"title", "firebreak topology, format 1"}};
  schema.update(table(
      "A topology file, in TOML or JSON: what an infrastructure consists of, what needs what, and what may reach what.",
      kTopKeys));
  Json defs = Json::object();
  add_texts(defs);
  add_values(defs);
  add_things(defs);
  add_limits(defs);
  schema["definitions"] = std::move(defs);
  return schema.dump(2) + "\n";
}

}  // namespace firebreak::report
