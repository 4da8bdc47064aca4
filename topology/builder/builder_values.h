#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "topology/builder/builder_state.h"

/// Judging values and taking them into a topology. `key` is what the value is called in messages. What is faulty is
/// reported and replaced by the default, so that the rest can still be judged.
namespace firebreak {

/// Whether a word was given at all; an empty one was when it has a place.
[[nodiscard]] bool is_given(const Word& word);

/// A text for people: any valid UTF-8 without NUL.
[[nodiscard]] Text take_text(Declarations& declarations, std::string_view text, Span at, std::string_view key);
[[nodiscard]] ContactId take_contact(Declarations& declarations, const ContactDecl& contact, Span at);

/// The same, kept once for all that say it; none when it is empty.
[[nodiscard]] PhraseId take_phrase(Declarations& declarations, std::string_view text, Span at, std::string_view key);

/// A duration; 0 when it is not given. `never` only where it may stand.
[[nodiscard]] Seconds take_duration(Declarations& declarations, const Word& word, std::string_view key,
                                    bool may_be_never = false);

/// A finite number from 0 to 1e15.
[[nodiscard]] std::optional<double> take_amount(Declarations& declarations,
                                                const std::optional<Located<double>>& number, std::string_view key);

[[nodiscard]] PortSetId intern_ports(Declarations& declarations, PortSet ports);
/// The union of the words.
[[nodiscard]] PortSetId take_ports(Declarations& declarations, const Words& words);
/// One word, which must leave some port; none when it is not given.
[[nodiscard]] PortSetId take_port(Declarations& declarations, const Word& word);

/// A tag or kind; none when it is not given.
[[nodiscard]] WordId take_word(Declarations& declarations, const Word& word, std::string_view key);
/// Appended to Topology::tags.
[[nodiscard]] Run take_tags(Declarations& declarations, const Words& words);

[[nodiscard]] std::vector<Cidr> take_prefixes(Declarations& declarations, const Words& words);
/// Appended to Topology::addresses; their places are kept in `address_at`.
[[nodiscard]] Run take_addresses(Declarations& declarations, const Words& words);

/// Selectors with only their text and place.
[[nodiscard]] Selectors take_selectors(Declarations& declarations, const Words& words);

/// The needs of a node, appended to Topology::needs.
[[nodiscard]] NeedRange take_needs(Declarations& declarations, NodeId owner, const NeedDecls& needs);

/// Makes an id name something; reports an id that is no id, or that already names something. Returns its text.
Text define(Declarations& declarations, const Word& id, const Definition& what, std::string_view kind);

/// Notes a name that is to be resolved, when it is given. Returns its number, or that of no id.
std::uint32_t mention(Declarations& declarations, Role role, const Word& name, NodeId owner, std::size_t item = 0);

/// The zone or site that a name already stands for; otherwise none, and the name is noted.
[[nodiscard]] NodeId place_or_mention(Declarations& declarations, Role role, NodeKind kind, const Word& name,
                                      NodeId owner);

}  // namespace firebreak
