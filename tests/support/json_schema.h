#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace firebreak::support {

/// How a document breaks a JSON Schema, each fault with its place; empty when it does not. Knows the words that the
/// program's own schemas use, and reports any other word of a schema as a fault, so that none is passed over.
[[nodiscard]] std::vector<std::string> schema_faults(const nlohmann::json& schema, const nlohmann::json& document);

}  // namespace firebreak::support
