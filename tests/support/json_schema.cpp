#include "tests/support/json_schema.h"

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

namespace firebreak::support {
namespace {

using nlohmann::json;

class Validator {
 public:
  explicit Validator(const json& root) : root_(root) {}

  void check(const json& schema, const json& value, const std::string& place) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) fault(place, "nothing may stand here");
      return;
    }
    know_all_words(schema, place);
    if (schema.contains("$ref")) check(resolved(schema["$ref"]), value, place);
    if (schema.contains("type") && !is_of_type(schema["type"], value)) {
      fault(place, "is not of type " + schema["type"].dump());
      return;
    }
    if (schema.contains("const") && value != schema["const"]) fault(place, "is not " + schema["const"].dump());
    if (schema.contains("enum") && std::ranges::find(schema["enum"], value) == schema["enum"].end()) {
      fault(place, value.dump() + " is none of " + schema["enum"].dump());
    }
    check_alternatives(schema, value, place);
    if (value.is_object()) check_object(schema, value, place);
    if (value.is_array()) check_array(schema, value, place);
    if (value.is_string()) check_text(schema, value.get<std::string>(), place);
    if (value.is_number() && schema.contains("minimum") && value.get<double>() < schema["minimum"].get<double>()) {
      fault(place, "is too small");
    }
  }

  std::vector<std::string> faults;

 private:
  void fault(const std::string& place, const std::string& what) { faults.push_back(place + ": " + what); }

  void know_all_words(const json& schema, const std::string& place) {
    constexpr std::array<std::string_view, 24> kKnown = {"$schema",       "$defs",
                                                         "$ref",          "title",
                                                         "description",   "type",
                                                         "const",         "enum",
                                                         "anyOf",         "oneOf",
                                                         "required",      "properties",
                                                         "propertyNames", "additionalProperties",
                                                         "items",         "minItems",
                                                         "maxItems",      "minLength",
                                                         "maxLength",     "pattern",
                                                         "minimum",       "dependentRequired",
                                                         "default",       "examples"};
    for (const auto& [word, ignored] : schema.items()) {
      if (std::ranges::find(kKnown, word) == kKnown.end())
        fault(place, "the schema says '" + word + "', which is not known here");
    }
  }

  [[nodiscard]] const json& resolved(const std::string& reference) const {
    return root_.at(json::json_pointer(reference.substr(1)));
  }

  static bool is_of_type(const json& type, const json& value) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    if (type == "integer") return value.is_number_integer();
    return type == "number" && value.is_number();
  }

  /// How many of the alternatives take the value.
  [[nodiscard]] std::size_t matching(const json& alternatives, const json& value) const {
    return static_cast<std::size_t>(std::ranges::count_if(alternatives, [&](const json& alternative) {
      Validator trial(root_);
      trial.check(alternative, value, "");
      return trial.faults.empty();
    }));
  }

  void check_alternatives(const json& schema, const json& value, const std::string& place) {
    if (schema.contains("anyOf") && matching(schema["anyOf"], value) == 0) fault(place, "is none of the alternatives");
    if (schema.contains("oneOf") && matching(schema["oneOf"], value) != 1) {
      fault(place, "is not exactly one of the alternatives");
    }
  }

  void check_object(const json& schema, const json& value, const std::string& place) {
    for (const json& name : schema.value("required", json::array())) {
      if (!value.contains(name.get<std::string>())) fault(place, "lacks " + name.dump());
    }
    for (const auto& [name, needed] : schema.value("dependentRequired", json::object()).items()) {
      for (const json& other : needed) {
        if (value.contains(name) && !value.contains(other.get<std::string>()))
          fault(place, name + " without " + other.dump());
      }
    }
    const json properties = schema.value("properties", json::object());
    for (const auto& [name, item] : value.items()) {
      const std::string below = place + "/" + name;
      if (schema.contains("propertyNames")) check(schema["propertyNames"], name, below);
      if (properties.contains(name)) {
        check(properties[name], item, below);
      } else if (schema.contains("additionalProperties")) {
        check(schema["additionalProperties"], item, below);
      }
    }
  }

  void check_array(const json& schema, const json& value, const std::string& place) {
    if (value.size() < schema.value("minItems", std::size_t{0})) fault(place, "holds too few");
    if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<std::size_t>())
      fault(place, "holds too many");
    if (!schema.contains("items")) return;
    for (std::size_t i = 0; i < value.size(); ++i) check(schema["items"], value[i], place + "/" + std::to_string(i));
  }

  void check_text(const json& schema, const std::string& text, const std::string& place) {
    if (text.size() < schema.value("minLength", std::size_t{0})) fault(place, "is too short");
    if (schema.contains("maxLength") && text.size() > schema["maxLength"].get<std::size_t>())
      fault(place, "is too long");
    if (schema.contains("pattern") && !std::regex_search(text, std::regex(schema["pattern"].get<std::string>()))) {
      fault(place, "'" + text + "' does not match " + schema["pattern"].dump());
    }
  }

  const json& root_;
};

}  // namespace

std::vector<std::string> schema_faults(const nlohmann::json& schema, const nlohmann::json& document) {
  Validator validator(schema);
  validator.check(schema, document, "");
  return std::move(validator.faults);
}

}  // namespace firebreak::support
