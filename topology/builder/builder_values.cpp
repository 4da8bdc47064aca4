#include "topology/builder/builder_values.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "topology/cidr_words.h"
#include "topology/port_words.h"
#include "topology/unicode.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr double kLargestAmount = 1e15;

std::string_view name_of(Definition::Type type, const Topology& topology, std::uint32_t index) {
  switch (type) {
    case Definition::Type::node:
      return to_string(topology.nodes[NodeId(index)].kind);
    case Definition::Type::policy:
      return "policy";
    case Definition::Type::scenario:
      return "scenario";
    case Definition::Type::require:
    case Definition::Type::none:
      break;
  }
  return "require";
}

Span place_of(const Definition& definition, const Topology& topology) {
  switch (definition.type) {
    case Definition::Type::node:
      return topology.nodes[NodeId(definition.index)].at;
    case Definition::Type::policy:
      return topology.policies[PolicyId(definition.index)].at;
    case Definition::Type::scenario:
      return topology.scenarios[ScenarioId(definition.index)].at;
    case Definition::Type::require:
    case Definition::Type::none:
      break;
  }
  return topology.requires_all[RequireId(definition.index)].at;
}

std::string_view article(std::string_view noun) {
  return noun.starts_with('i') ? "an" : "a";
}

/// Whether a text can be shown to people; reports it if not.
bool is_text(Declarations& declarations, std::string_view text, Span at, std::string_view key) {
  const bool has_nul = text.find('\0') != std::string_view::npos;
  if (!has_nul && is_utf8(text)) return true;
  declarations.faults.add(Code::bad_text, at,
                          fmt::format("'{}' {}", key, has_nul ? "holds a NUL character" : "is not valid UTF-8"));
  return false;
}

}  // namespace

bool ByRanges::operator()(const PortSet& a, const PortSet& b) const {
  return std::lexicographical_compare(a.ranges().begin(), a.ranges().end(), b.ranges().begin(), b.ranges().end());
}

bool is_given(const Word& word) {
  return !word.value.empty() || word.at.file.valid();
}

Text take_text(Declarations& declarations, std::string_view text, Span at, std::string_view key) {
  return is_text(declarations, text, at, key) ? declarations.index->texts.add(text) : Text();
}

PhraseId take_phrase(Declarations& declarations, std::string_view text, Span at, std::string_view key) {
  if (text.empty() || !is_text(declarations, text, at, key)) return PhraseId::none();
  NameIndex& index = *declarations.index;
  const PhraseId id(index.phrases.intern(text, index.texts));
  auto& phrases = declarations.topology.phrases;
  if (!phrases.contains(id)) phrases.push_back(index.phrases.text(id.index()));
  return id;
}

ContactId take_contact(Declarations& declarations, const ContactDecl& contact, Span at) {
  const auto judged = [&](std::string_view text, std::string_view key) {
    return is_text(declarations, text, at, key) ? text : std::string_view();
  };
  Contact given{judged(contact.owner, "owner"), judged(contact.phone, "phone"),
                judged(contact.isolate_how, "isolate_how")};
  if (given == Contact{}) return ContactId(0);
  if (const auto known = declarations.contacts.find(given); known != declarations.contacts.end()) return known->second;
  for (Text* text : {&given.owner, &given.phone, &given.isolate_how}) *text = declarations.index->texts.add(*text);
  const ContactId id = declarations.topology.contacts.push_back(given);
  declarations.contacts.emplace(given, id);
  return id;
}

Seconds take_duration(Declarations& declarations, const Word& word, std::string_view key, bool may_be_never) {
  if (!is_given(word)) return 0;
  if (may_be_never && word.value == "never") return kNever;
  if (const auto seconds = parse_duration(word.value)) return *seconds;
  declarations.faults.add(Code::bad_duration, word.at, fmt::format("'{}' is {}, no duration", key, quoted(word.value)),
                          fmt::format("write it like '90s', '15m', '1h30m', '48h' or '3d', at most '{}'{}",
                                      to_string_duration(kLongestDuration), may_be_never ? ", or 'never'" : ""));
  return 0;
}

std::optional<double> take_amount(Declarations& declarations, const std::optional<Located<double>>& number,
                                  std::string_view key) {
  if (!number) return std::nullopt;
  if (std::isfinite(number->value) && number->value >= 0 && number->value <= kLargestAmount) return number->value;
  declarations.faults.add(Code::bad_number, number->at,
                          fmt::format("'{}' is {}, no number from 0 to 1e15", key, number->value));
  return std::nullopt;
}

PortSetId intern_ports(Declarations& declarations, PortSet ports) {
  const auto [entry, is_new] = declarations.port_sets.try_emplace(ports, declarations.topology.ports.next_id());
  if (is_new) declarations.topology.ports.push_back(std::move(ports));
  return entry->second;
}

namespace {

/// What one word means; none when that is no port. Each word is read once: estates say the same few again and again.
PortSetId ports_of(Declarations& declarations, std::string_view word) {
  if (const auto known = declarations.port_words.find(word)) return declarations.ports_of_word[*known];
  auto ports = parse_ports(word);
  if (!ports || ports->empty()) return PortSetId::none();
  const PortSetId id = intern_ports(declarations, std::move(*ports));
  (void)declarations.port_words.intern(word, declarations.port_texts);
  declarations.ports_of_word.push_back(id);
  return id;
}

}  // namespace

PortSetId take_ports(Declarations& declarations, const Words& words) {
  if (words.size() == 1) {
    if (const PortSetId known = ports_of(declarations, words.front().value); known.valid()) return known;
  }
  std::vector<PortRange> ranges;
  for (const Word& word : words) {
    if (append_ports(word.value, ranges)) continue;
    declarations.faults.add(Code::bad_port, word.at, fmt::format("{} is no port", quoted(word.value)),
                            port_hint(word.value));
  }
  return intern_ports(declarations, PortSet(std::move(ranges)));
}

PortSetId take_port(Declarations& declarations, const Word& word) {
  if (!is_given(word)) return PortSetId::none();
  if (const PortSetId ports = ports_of(declarations, word.value); ports.valid()) return ports;
  declarations.faults.add(Code::bad_port, word.at, fmt::format("{} is no port", quoted(word.value)),
                          port_hint(word.value));
  return PortSetId::none();
}

WordId take_word(Declarations& declarations, const Word& word, std::string_view key) {
  if (!is_given(word)) return WordId::none();
  NameIndex& index = *declarations.index;
  if (const auto known = index.words.find(word.value)) return WordId(*known);
  if (const std::string_view why = why_no_word(word.value); !why.empty()) {
    declarations.faults.add(Code::bad_word, word.at, fmt::format("the {} {} {}", key, quoted(word.value), why),
                            "a word is 1 to 255 bytes without white space, commas and control characters");
    return WordId::none();
  }
  const WordId id(index.words.intern(word.value, index.texts));
  declarations.topology.words.push_back(index.words.text(id.index()));
  return id;
}

Run take_tags(Declarations& declarations, const Words& words) {
  std::vector<WordId>& tags = declarations.topology.tags;
  const auto begin = static_cast<std::uint32_t>(tags.size());
  for (const Word& word : words) {
    if (!is_given(word)) declarations.faults.add(Code::bad_word, word.at, "a tag is empty");
    const WordId tag = take_word(declarations, word, "tag");
    if (tag.valid()) tags.push_back(tag);
  }
  return {begin, static_cast<std::uint32_t>(tags.size())};
}

std::vector<Cidr> take_prefixes(Declarations& declarations, const Words& words) {
  std::vector<Cidr> prefixes;
  prefixes.reserve(words.size());
  for (const Word& word : words) {
    if (const auto prefix = parse_cidr(word.value)) {
      prefixes.push_back(*prefix);
    } else {
      add_bad_cidr(declarations.faults, word.value, word.at);
    }
  }
  return prefixes;
}

Run take_addresses(Declarations& declarations, const Words& words) {
  std::vector<Cidr>& addresses = declarations.topology.addresses;
  const auto begin = static_cast<std::uint32_t>(addresses.size());
  for (const Word& word : words) {
    if (const auto address = parse_address(word.value)) {
      addresses.push_back(*address);
      declarations.address_at.push_back(word.at);
    } else if (read_cidr(word.value)) {
      declarations.faults.add(Code::bad_cidr, word.at, fmt::format("{} is a prefix, no address", quoted(word.value)),
                              "leave out '/' and what follows; prefixes belong to zones");
    } else {
      declarations.faults.add(Code::bad_cidr, word.at, fmt::format("{} is no address", quoted(word.value)),
                              "write it like '10.2.0.10' or 'fd00::10'");
    }
  }
  return {begin, static_cast<std::uint32_t>(addresses.size())};
}

Selectors take_selectors(Declarations& declarations, const Words& words) {
  Selectors selectors(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    selectors[i].text = declarations.index->texts.add(words[i].value);
    selectors[i].at = words[i].at;
  }
  return selectors;
}

Text define(Declarations& declarations, const Word& id, const Definition& what, std::string_view kind) {
  NameIndex& names = *declarations.index;
  const std::string_view why = why_no_id(id.value);
  if (id.value.empty()) {
    declarations.faults.set_subject({}, {});
    declarations.faults.add(Code::bad_id, id.at, fmt::format("{} {} has no id", article(kind), kind));
    declarations.faults.set_subject(kind, {});
    return {};
  }
  const std::uint32_t number = names.intern(id.value);
  const Text text = names.names.text(number);
  declarations.faults.set_subject(kind, text);
  if (!why.empty()) {
    declarations.faults.add(Code::bad_id, id.at, fmt::format("the id {} {}", quoted(id.value), why),
                            "an id is 1 to 255 bytes without white space, commas and control characters");
  }
  if (number >= kMaxIds) {
    declarations.faults.add(Code::too_large, id.at, fmt::format("there are more than {} names", kMaxIds));
  }
  Definition& definition = names.definitions[number];
  if (definition.type == Definition::Type::none) {
    definition = what;
    return text;
  }
  const std::string_view first = name_of(definition.type, declarations.topology, definition.index);
  Diagnostic& fault = declarations.faults.add(
      Code::duplicate_id, id.at, fmt::format("{} is already {} {}", quoted(id.value), article(first), first),
      "ids share one namespace over all kinds");
  fault.related.push_back({place_of(definition, declarations.topology), "first defined here"});
  return text;
}

std::uint32_t mention(Declarations& declarations, Role role, const Word& name, NodeId owner, std::size_t item) {
  if (!is_given(name)) return NodeId::none().index();
  const std::uint32_t number = declarations.index->intern(name.value);
  declarations.mentions.push_back({role, number, owner, static_cast<std::uint32_t>(item), name.at});
  return number;
}

NodeId place_or_mention(Declarations& declarations, Role role, NodeKind kind, const Word& name, NodeId owner) {
  if (!is_given(name)) return {};
  const Definition known = declarations.index->find(name.value);
  if (known.type == Definition::Type::node && known.kind == kind) return NodeId(known.index);
  (void)mention(declarations, role, name, owner);
  return {};
}

}  // namespace firebreak
