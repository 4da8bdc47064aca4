#include "report/topology_schema.h"

#include <nlohmann/json.hpp>

#include "topology/keys.h"

namespace firebreak::report {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view name) {
  return {{"$ref", "#/$defs/" + std::string(name)}};
}
Json list_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}
Json one_of(std::initializer_list<std::string_view> words) {
  Json schema = {{"enum", Json::array()}};
  for (const std::string_view word : words) schema["enum"].push_back(word);
  return schema;
}
Json pattern(std::string_view expression) {
  return {{"type", "string"}, {"pattern", expression}};
}
/// A JSON Schema has no word for "these keys, one set of them": a list of alternatives, each of which must be there.
Json exactly_one(std::initializer_list<std::string_view> keys) {
  Json alternatives = Json::array();
  for (const std::string_view key : keys) alternatives.push_back({{"required", {key}}});
  return alternatives;
}

constexpr std::string_view kDuration = "^(?=.)([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$";

/// The value of a key that takes this; tables have definitions under the name of their key.
Json value_of(const KeyInfo& key) {
  switch (key.takes) {
    case Takes::table:
      return reference(key.name);
    case Takes::tables:
      return {{"type", "object"}, {"propertyNames", reference("id")}, {"additionalProperties", reference(key.name)}};
    case Takes::pivots:
      return list_of(reference("pivot"));
    case Takes::rules:
      return list_of(reference("rule"));
    default:
      return reference(to_string(key.takes));
  }
}

template <class... Keys>
Json table(const KeyTable<Keys...>& keys) {
  Json properties = Json::object();
  for (const KeyInfo& key : keys.keys()) {
    Json value = value_of(key);
    value["description"] = key.doc;
    properties[std::string(key.name)] = std::move(value);
  }
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

/// The definitions of what keys take, under the names that the tables of keys use.
Json value_definitions() {
  Json defs = Json::object();
  defs["text"] = {{"type", "string"}};
  defs["id"] = {
      {"type", "string"}, {"minLength", 1}, {"maxLength", 255}, {"pattern", "^[^\\s,\\u0000-\\u001f\\u007f]+$"}};
  defs["ids"] = list_of(reference("id"));
  defs["word"] = reference("id");
  defs["words"] = list_of(reference("word"));
  defs["selectors"] = list_of(pattern("^\\S+$"));
  defs["flows"] = list_of(pattern("->"));
  defs["port"] = pattern("^\\S+$");
  defs["ports"] = list_of(reference("port"));
  defs["prefixes"] = list_of(pattern("^[0-9a-fA-F.:]+(/[0-9]+)?$"));
  defs["addresses"] = list_of(pattern("^[0-9a-fA-F.:]+$"));
  defs["duration"] = pattern(kDuration);
  defs["effort"] = {{"anyOf", {reference("duration"), {{"const", "never"}}}}};
  defs["integer"] = {{"type", "integer"}};
  defs["number"] = {{"type", "number"}, {"minimum", 0}};
  defs["boolean"] = {{"type", "boolean"}};
  defs["scope"] = one_of({"between-zones", "all"});
  defs["verdict"] = one_of({"deny", "allow"});
  defs["needs"] = list_of({{"anyOf", {reference("id"), reference("need")}}});
  defs["meta"] = {{"type", "object"}};
  return defs;
}

void add_tables(Json& defs) {
  defs["need"] = table(kNeedKeys);
  defs["need"]["oneOf"] = exactly_one({"on", "all", "any", "of"});
  defs["need"]["dependentRequired"] = {{"of", {"at_least"}}, {"at_least", {"of"}}};
  defs["topology"] = table(kTopologyKeys);
  defs["topology"]["properties"]["format"] = {{"const", 1},
                                              {"description", defs["topology"]["properties"]["format"]["description"]}};
  defs["zone"] = table(kZoneKeys);
  defs["site"] = table(kSiteKeys);
  defs["system"] = table(kSystemKeys);
  defs["identity"] = table(kIdentityKeys);
  defs["service"] = table(kServiceKeys);
  defs["customer"] = table(kCustomerKeys);
  defs["link"] = table(kLinkKeys);
  defs["link"]["required"] = {"between"};
  defs["link"]["properties"]["between"] = {{"type", "array"},
                                           {"items", reference("id")},
                                           {"minItems", 2},
                                           {"maxItems", 2},
                                           {"description", defs["link"]["properties"]["between"]["description"]}};
  defs["policy"] = table(kPolicyKeys);
  defs["rule"] = table(kRuleKeys);
  defs["rule"]["oneOf"] = exactly_one({"allow", "deny", "pass"});
  defs["pivot"] = table(kPivotKeys);
  defs["pivot"]["required"] = {"from", "to"};
  defs["scenario"] = table(kScenarioKeys);
  defs["expect"] = table(kExpectKeys);
  defs["require"] = table(kRequireKeys);
  defs["require"]["oneOf"] =
      exactly_one({"never_reaches", "reaches_at_most", "survives", "only_flows", "never_flows", "always_flows"});
  defs["never_reaches"] = table(kNeverReachesKeys);
  defs["reaches_at_most"] = table(kReachesAtMostKeys);
  defs["survives"] = table(kSurvivesKeys);
  defs["only_flows"] = table(kOnlyFlowsKeys);
  defs["never_flows"] = table(kNeverFlowsKeys);
  defs["always_flows"] = table(kAlwaysFlowsKeys);
}

}  // namespace

std::string topology_schema() {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "firebreak topology, format 1"}};
  schema.update(table(kTopKeys));
  schema["$defs"] = value_definitions();
  add_tables(schema["$defs"]);
  return schema.dump(2) + "\n";
}

}  // namespace firebreak::report
