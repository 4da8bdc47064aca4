#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "firebreak/report.h"

#include "report/check_views.h"
#include "report/contain_views.h"
#include "report/diff_views.h"
#include "report/explain_views.h"
#include "report/policy_views.h"
#include "report/restore_views.h"
#include "report/topology_schema.h"
#include "report/weak_views.h"
#include "report/whatif_views.h"

// The schema and the field table come from walking the description of an empty answer: types decide the rest. Lists
// are described by an empty element, so no answer is needed to know the form of all.

namespace firebreak {
namespace {

using Json = nlohmann::ordered_json;
using namespace report;

/// Walks a description into a JSON Schema.
class SchemaWriter {
 public:
  template <class T>
  [[nodiscard]] static Json object(const T& value) {
    SchemaWriter writer;
    describe(writer, value);
    Json schema = {{"type", "object"}};
    schema["required"] = std::move(writer.required_);
    schema["properties"] = std::move(writer.properties_);
    return schema;
  }

  template <class T>
  void operator()(std::string_view name, const T& value, std::string_view meaning) {
    Json field = type_of(value);
    field["description"] = meaning;
    properties_[std::string(name)] = std::move(field);
    if constexpr (!IsAsked<T>::value) required_.push_back(name);
  }

 private:
  template <class T>
  [[nodiscard]] static Json type_of(const T& /*value*/) {
    if constexpr (std::is_same_v<T, bool>) {
      return {{"type", "boolean"}};
    } else if constexpr (std::is_unsigned_v<T>) {
      return {{"type", "integer"}, {"minimum", 0}};
    } else if constexpr (std::is_integral_v<T>) {
      return {{"type", "integer"}};
    } else if constexpr (std::is_enum_v<T>) {
      Json words = Json::array();
      for (std::size_t i = 0; i < word_count<T>; ++i) words.push_back(word(static_cast<T>(i)));
      const auto end = std::unique(words.begin(), words.end());
      words.erase(end, words.end());
      return {{"type", "string"}, {"enum", std::move(words)}};
    } else if constexpr (std::is_same_v<T, Weight>) {
      return {{"type", "number"}};
    } else if constexpr (is_text<T>) {
      return {{"type", "string"}};
    } else if constexpr (IsOptional<T>::value) {
      return {{"anyOf", {type_of(typename T::value_type{}), {{"type", "null"}}}}};
    } else if constexpr (IsAsked<T>::value) {
      return type_of(typename decltype(T::value)::value_type{});
    } else if constexpr (IsVector<T>::value) {
      return {{"type", "array"}, {"items", type_of(typename T::value_type{})}};
    } else if constexpr (IsNamed<T>::value) {
      return {{"type", "object"}, {"additionalProperties", type_of(decltype(T::value){})}};
    } else if constexpr (IsNamedList<T>::value) {
      return {{"type", "object"}, {"additionalProperties", type_of(decltype(T::values[0].value){})}};
    } else if constexpr (std::is_pointer_v<T>) {
      return type_of(std::remove_cv_t<std::remove_pointer_t<T>>{});
    } else {
      return object(T{});
    }
  }

  Json required_ = Json::array();
  Json properties_ = Json::object();
};

/// The schema of one answer; `schema` (and `question`) name its form.
template <class View>
Json answer_schema(std::string_view name, std::string_view question = {}) {
  Json schema = SchemaWriter::object(View{});
  Json& properties = schema["properties"];
  properties["schema"] = {{"const", name}, {"description", properties["schema"]["description"]}};
  if (!question.empty()) {
    properties["question"] = {{"const", question}, {"description", properties["question"]["description"]}};
  }
  return schema;
}

std::string finished(std::string_view name, const Json& schema) {
  Json whole = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", name}};
  whole.update(schema);
  return whole.dump(2) + "\n";
}

void add_rows(std::string& rows, const Json& schema, const std::string& path);

/// The type of a field in a word or two, and the rows of what lies below it.
std::string type_words(const Json& field, const std::string& path, std::string& below) {
  if (field.contains("const")) return fmt::format("`{}`", field["const"].get<std::string>());
  if (field.contains("anyOf")) return type_words(field["anyOf"][0], path, below) + " or null";
  std::string type = field["type"].get<std::string>();
  if (field.contains("enum")) {
    std::string words;
    for (const Json& one : field["enum"])
      words += fmt::format("{}`{}`", words.empty() ? "" : ", ", one.get<std::string>());
    return words;
  }
  if (type == "array") return "list of " + type_words(field["items"], path + "[]", below);
  if (type == "object" && field.contains("additionalProperties")) {
    return "object of " + type_words(field["additionalProperties"], path + ".ID", below);
  }
  if (type == "object") add_rows(below, field, path + ".");
  return type;
}

void add_rows(std::string& rows, const Json& schema, const std::string& path) {
  for (const auto& [name, field] : schema["properties"].items()) {
    std::string below;
    const std::string type = type_words(field, path + name, below);
    rows += fmt::format("| `{}{}` | {} | {} |\n", path, name, type, field.value("description", ""));
    rows += below;
  }
}

std::string table(const Json& schema) {
  std::string rows = "| field | type | meaning |\n|---|---|---|\n";
  add_rows(rows, schema, "");
  return rows;
}

constexpr std::string_view kImpact = "firebreak/impact/1";
constexpr std::string_view kBlast = "firebreak/blast/1";
constexpr std::string_view kExplain = "firebreak/explain/1";
constexpr std::string_view kCheck = "firebreak/check/1";
constexpr std::string_view kPolicy = "firebreak/policy/1";
constexpr std::string_view kWeak = "firebreak/weak/1";
constexpr std::string_view kDiff = "firebreak/diff/1";
constexpr std::string_view kContain = "firebreak/contain/1";
constexpr std::string_view kRestore = "firebreak/restore/1";
constexpr std::string_view kWhatIf = "firebreak/whatif/1";

}  // namespace

std::optional<std::string> json_schema(std::string_view command) {
  if (command == "impact") return finished(kImpact, answer_schema<ImpactView>(kImpact));
  if (command == "blast") return finished(kBlast, answer_schema<BlastView>(kBlast));
  if (command == "check") return finished(kCheck, answer_schema<CheckView>(kCheck));
  if (command == "policy") return finished(kPolicy, answer_schema<PolicyView>(kPolicy));
  if (command == "weak") return finished(kWeak, answer_schema<WeakView>(kWeak));
  if (command == "diff") return finished(kDiff, answer_schema<DiffView>(kDiff));
  if (command == "contain") return finished(kContain, answer_schema<ContainView>(kContain));
  if (command == "restore") return finished(kRestore, answer_schema<RestoreView>(kRestore));
  if (command == "whatif") return finished(kWhatIf, SchemaWriter::object(WhatIfView{}));
  if (command == "topology") return topology_schema();
  if (command != "explain") return std::nullopt;
  Json forms = Json::array();
  forms.push_back(answer_schema<FlowView>(kExplain, "flow"));
  forms.push_back(answer_schema<StateView>(kExplain, "state"));
  return finished(kExplain, {{"oneOf", std::move(forms)}});
}

std::optional<std::string> field_table(std::string_view command) {
  if (command == "impact") return table(answer_schema<ImpactView>(kImpact));
  if (command == "blast") return table(answer_schema<BlastView>(kBlast));
  if (command == "check") return table(answer_schema<CheckView>(kCheck));
  if (command == "policy") return table(answer_schema<PolicyView>(kPolicy));
  if (command == "weak") return table(answer_schema<WeakView>(kWeak));
  if (command == "diff") return table(answer_schema<DiffView>(kDiff));
  if (command == "contain") return table(answer_schema<ContainView>(kContain));
  if (command == "restore") return table(answer_schema<RestoreView>(kRestore));
  if (command == "whatif") return table(SchemaWriter::object(WhatIfView{}));
  if (command != "explain") return std::nullopt;
  return fmt::format("A flow or takeover (`explain FROM TO [PORT]`):\n\n{}\nA state (`explain ID`):\n\n{}",
                     table(answer_schema<FlowView>(kExplain, "flow")),
                     table(answer_schema<StateView>(kExplain, "state")));
}

}  // namespace firebreak
