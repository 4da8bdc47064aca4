#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
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

struct MannerHash {
  std::size_t operator()(const PivotManner& manner) const noexcept {
    return mixed(manner.port.index(), manner.via.index(), static_cast<std::uint64_t>(Seconds{manner.effort}));
  }
  std::size_t operator()(const NeedManner& manner) const noexcept {
    return mixed(manner.port.index(), manner.from.index(), manner.grace);
  }

 private:
  static std::size_t mixed(std::uint32_t a, std::uint32_t b, std::uint64_t c) {
    const std::uint64_t both = (std::uint64_t{a} << 32U) | b;
    return (both * 0x9E3779B97F4A7C15U ^ c) * 0xD6E8FEB86659FD93U;
  }
};

struct Declarations {
  explicit Declarations(NameIndex& names);

  /// Until names are resolved, in it: Need::on and Need::from, Customer::uses, Policy::replaces and the selectors of
  /// pivots hold numbers of names; other selectors have only text and place; flows of scenarios only their text.
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
  std::unordered_map<PivotManner, PivotMannerId, MannerHash> pivot_manners;
  std::unordered_map<NeedManner, NeedMannerId, MannerHash> need_manners;
  /// Where a selector of a pivot stands; `word` counts over all pivots.
  [[nodiscard]] Span place_of_word(const PivotRecord& pivot, std::size_t word) const {
    return {pivot.at.file, pivot_word_at[word].line, pivot_word_at[word].column};
  }

  /// Fills in the numbers of the names that wait, once there are enough of them, or all.
  void number_waiting_names(bool all);

  bool input_lost = false;  ///< a file, or part of one, was not read
};

}  // namespace firebreak
