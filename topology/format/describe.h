#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/source.h"
#include "firebreak/topology.h"

namespace firebreak {

/// Where a key stands in a file: the parts of its name from the top on, with the index of an item after the key of a
/// list.
using KeyPath = std::vector<std::string>;

/// One thing of a topology as the keys that say it: a table in which everything that is the default is left out, in the
/// order of keys.h and in canonical spelling.
struct Thing {
  std::string_view kind;  ///< "system", "pivot", ...
  std::string_view id;    ///< empty for the topology itself and for pivots
  Span at;
  MetaValue keys;
};

/// The table of the topology itself.
[[nodiscard]] Thing describe_header(std::string_view name, const MetaValue* meta);

/// Visits every thing of a topology but the header: kind by kind in the order of keys.h, each in source order. Keys
/// that were `written` are there even if they say the default; the index of a pivot counts those of its file. Cost:
/// linear.
void describe(const Topology& topology, const std::function<void(const Thing&)>& visit,
              const std::set<KeyPath>* written = nullptr);

}  // namespace firebreak
