#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "firebreak/builder.h"

#include "topology/builder/faults.h"
#include "topology/builder/name_index.h"

/// What a builder holds between its first declaration and `finish`. Values are judged when they are declared. Names are
/// only numbered then, since what they name may be declared later; `resolve_names` turns them into ids.
namespace firebreak {

/// Where a name was mentioned, and what it fills in.
enum class Role : std::uint8_t {
  zone_parent,
  site_parent,
  system_zone,
  system_site,
  system_host,
  link_a,
  link_b,
  need_from
};

struct Mention {
  Role role{};
  std::uint32_t name = 0;  ///< number in NameIndex::names
  NodeId owner;            ///< whose word it is
  std::uint32_t item = 0;  ///< need_from: the item of Topology::needs
  Span at;
};

/// Orders sets of ports for look-up.
struct ByRanges {
  bool operator()(const PortSet& a, const PortSet& b) const;
};

struct Declarations {
  explicit Declarations(NameIndex& names);

  /// Until names are resolved, in it: Need::on, Customer::uses and Policy::replaces hold numbers of names; selectors
  /// have only text and place; flows of scenarios only their text.
  Topology topology;
  NameIndex* index;  ///< of `topology`
  Faults faults;
  std::vector<Mention> mentions;
  std::vector<Span> address_at;  ///< of all addresses of all systems, one after the other
  std::map<PortSet, PortSetId, ByRanges> port_sets;
  bool input_lost = false;  ///< a file, or part of one, was not read
};

}  // namespace firebreak
