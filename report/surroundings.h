#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "report/document.h"
#include "report/reasons.h"
#include "report/views.h"

/// What stands around every answer: its head, whom to call, what is not known.
namespace firebreak::report {

[[nodiscard]] HeadView head(const Subject& subject, std::string_view command, std::string summary);

/// Under what an answer holds: "With --off dc-muc."; empty when nothing was asked for.
[[nodiscard]] std::string context(const Subject& subject);

/// The owners of some nodes, then of some policies, each once, in their order; of each what it answers for, once.
[[nodiscard]] std::vector<CallView> calls(const Topology& topology, std::span<const NodeId> nodes,
                                          std::span<const PolicyId> policies = {});

/// The nodes to call about for some that do not work: those nearest to the roots of their chains that somebody answers
/// for, then they themselves; each once.
[[nodiscard]] std::vector<NodeId> responsible(const Topology& topology, Reasons& reasons, std::span<const NodeId> lost);

/// What an answer of the need law rests on: what is said of the needs that are guesses, if there are any, and systems
/// and services that state no needs.
[[nodiscard]] std::vector<UnknownView> not_known_of_needs(const Topology& topology, std::optional<UnknownView> guesses);

/// That some needs are guesses, and what that means for an answer: "25 needs are guesses; WHAT". Nothing when none is.
[[nodiscard]] std::optional<UnknownView> not_known_of_guesses(const Topology& topology, std::string_view what);

/// The same, where it means that the reasons for some nodes that do not work rest on guesses; it names these nodes.
[[nodiscard]] std::optional<UnknownView> guesses_behind(const Topology& topology, Reasons& reasons,
                                                        std::span<const NodeId> lost);

/// What an answer of the spread law rests on: missing policies and links, systems that state no ports, no zone or no
/// effort. With `within`, only systems in it count.
[[nodiscard]] std::vector<UnknownView> not_known_of_spread(const Subject& subject,
                                                           const IdVector<NodeId, bool>* within);

/// The sections for both.
[[nodiscard]] Section call_section(const std::vector<CallView>& calls, const TextStyle& style);
[[nodiscard]] Section not_known_section(const std::vector<UnknownView>& not_known);

[[nodiscard]] BlastSizesView sizes_view(const Topology& topology, const BlastSizes& sizes);

/// A command about the same topology and scenario: "firebreak explain topology.toml mail --off dc-muc".
[[nodiscard]] std::string next_command(const Subject& subject, std::string_view command,
                                       const std::vector<std::string>& ids = {}, std::string_view more_options = {});

/// The same with these options instead of the scenario's.
[[nodiscard]] std::string command_line(const Subject& subject, std::string_view command,
                                       const std::vector<std::string>& ids, std::string_view options);

}  // namespace firebreak::report
