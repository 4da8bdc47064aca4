#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firebreak/graph.h"
#include "firebreak/report.h"

/// The phrases every answer is made of, so that the same thing is always said in the same words.
namespace firebreak::report {

/// "at once", "after 4h", "never".
[[nodiscard]] std::string when(Seconds after);

/// "1 service", "3 services"; thousands are grouped.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural = {});

/// "3 of 8 services"; of all of them "all 8 services", "the only service".
[[nodiscard]] std::string share(std::uint64_t count, std::uint64_t total, std::string_view singular,
                                std::string_view plural = {});

/// "1,100,000"; at most two decimals.
[[nodiscard]] std::string grouped(double value);

/// The same with at most one decimal: "3.2".
[[nodiscard]] std::string rounded(double value);

/// "a", "a and b", "a, b and c"; of more than `most`, the first ones and "17 more".
[[nodiscard]] std::string listing(std::span<const std::string> words, std::size_t most = 5,
                                  std::string_view last = "and");

/// The words with a capital letter at the beginning, where it is an ASCII letter.
[[nodiscard]] std::string capitalised(std::string words);

/// Cut to a width in cells of a terminal, with blanks behind it up to there.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t width, bool ascii);

/// Selectors as they were written; "*" where none says everything.
[[nodiscard]] std::vector<std::string> selector_words(const Selectors& selectors);

/// What stands behind a subject: "is off", "fails", "is degraded", "is at risk", "works".
[[nodiscard]] std::string_view predicate(State state);

[[nodiscard]] std::vector<std::string> ids_of(const Topology& topology, std::span<const NodeId> nodes);

/// A node's id, then its name in brackets when it has another one.
[[nodiscard]] std::string called(const Topology& topology, NodeId node);
[[nodiscard]] std::string called(std::string_view id, std::string_view name);

/// Where something stands, without the column, and without the folder unless two files have the same name:
/// "topology.toml:12".
[[nodiscard]] std::string line_of(const Sources& sources, Span at);

/// A set of places as words that select it again: "*", zones that are in it with all they hold, ids else. Cost: linear
/// in the topology.
[[nodiscard]] std::vector<std::string> places_words(const Topology& topology, const PlaceSet& places);

/// A block or allow of a scenario in its one spelling: "office -> servers tcp/445".
[[nodiscard]] std::string flow_words(const Topology& topology, const FlowRule& rule);

/// A rule as people name it: its name, else its number in its policy: "R10", "rule 3".
[[nodiscard]] std::string rule_words(const Topology& topology, RuleId rule);

/// A verdict as a sentence: "policy firewall allows it by rule R10 (t.toml:60)", "policy firewall denies it by default
/// (t.toml:50)".
[[nodiscard]] std::string verdict_words(const Topology& topology, const Sources& sources, const Verdict& verdict);

/// What stops a flow on a port: the block, or the first policy that denies it; empty when it is permitted.
[[nodiscard]] std::string denial_words(const Subject& subject, const Scenario& scenario,
                                       const FlowJudgement& judgement);

}  // namespace firebreak::report
