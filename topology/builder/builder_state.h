#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "firebreak/builder.h"

#include "topology/builder/faults.h"
#include "topology/builder/name_index.h"
#include "topology/builder/name_queue.h"

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

/// Where a word stands in a file that is known otherwise.
struct PlaceInFile {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// Orders sets of ports for look-up.
struct ByRanges {
  bool operator()(const PortSet& a, const PortSet& b) const;
};

struct Declarations {
  explicit Declarations(NameIndex& names);

  /// Until names are resolved, in it: Need::on, Customer::uses, Policy::replaces and the selectors of pivots hold
  /// numbers of names; other selectors have only text and place; flows of scenarios only their text.
  Topology topology;
  NameIndex* index;  ///< of `topology`
  Faults faults;
  Chunked<Mention> mentions;
  NameQueue waiting;
  std::vector<Span> address_at;        ///< of Topology::addresses
  Chunked<PlaceInFile> pivot_word_at;  ///< of all selectors of all pivots, in the file of the pivot
  std::map<PortSet, PortSetId, ByRanges> port_sets;
  TextPool port_texts;
  NameTable port_words;                  ///< those that were read and mean some port
  std::vector<PortSetId> ports_of_word;  ///< by number there
  std::map<Contact, ContactId> contacts;
  /// Where a selector of a pivot stands; `word` counts over all pivots.
  [[nodiscard]] Span place_of_word(const PivotRecord& pivot, std::size_t word) const {
    return {pivot.at.file, pivot_word_at[word].line, pivot_word_at[word].column};
  }

  /// Fills in the numbers of the names that wait, once there are enough of them, or all.
  void number_waiting_names(bool all);

  bool input_lost = false;  ///< a file, or part of one, was not read
};

}  // namespace firebreak
