#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/blast.h"
#include "firebreak/check.h"
#include "firebreak/choke.h"
#include "firebreak/contain.h"
#include "firebreak/diagnostic.h"
#include "firebreak/diff.h"
#include "firebreak/explain.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"
#include "firebreak/policy.h"
#include "firebreak/restore.h"
#include "firebreak/scenario.h"
#include "firebreak/tighten.h"
#include "firebreak/topology.h"
#include "firebreak/weak.h"
#include "firebreak/whatif.h"

/// What is SHOWN: answers joined with names again, as text, JSON, CSV, Markdown, JUnit, GitHub annotations.
/// Pictures are in draw.h. Every function is pure: the same values give the same bytes.
namespace firebreak {

enum class Format : std::uint8_t { text, json, csv, md, dot, svg, png, pdf, junit, github };
[[nodiscard]] std::string_view to_string(Format format);
[[nodiscard]] std::optional<Format> parse_format(std::string_view word);

/// How text is set.
struct TextStyle {
  bool colour = false;
  bool ascii = false;  ///< no glyphs beyond ASCII
  std::size_t columns = 100;
  std::size_t most = 12;  ///< entries of one list in text and Markdown, the rest is counted; 0 = all
};

/// What every answer speaks of.
struct Subject {
  const Sources& sources;
  const Topology& topology;
  const Graph& graph;
  const Scenario& scenario;
  std::string files;    ///< the topology as words of a command line ("topology.toml"), quoted for a shell
  std::string options;  ///< the scenario likewise ("--off dc-muc"), for the next command to try
};

struct ImpactReport {
  const Impact& impact;
  Seconds at = kNever;
};
struct RankEntry {
  NodeId node;
  std::uint32_t reaches =
      0;  ///< systems and identities a compromise of it alone reaches, itself included (see blast_sizes)
};
struct BlastReport {
  const Blast& blast;
  const Impact& if_lost;                         ///< impact_of_losing_reached
  const Impact& now;                             ///< impact of the scenario itself
  const Exposure* exposure = nullptr;            ///< with --to: from where `targets` can be reached
  std::vector<NodeId> targets;                   ///< with --to
  const std::vector<RankEntry>* rank = nullptr;  ///< with --rank: the largest first
  std::vector<RankEntry> zones;                  ///< with --rank: all systems of a zone together, the largest first
  std::vector<NodeId> protect;                   ///< with --rank: whose exposure is told
  StepCounts exposed;                            ///< of each of them
};
struct FlowReport {
  NodeId from;
  NodeId to;
  PortSet asked;
  const FlowExplanation& flow;
  const TakeoverExplanation* takeover = nullptr;
};
struct StateReport {
  NodeId node;
  const StateExplanation& explanation;
  Seconds at = kNever;
};
struct PolicyReport {
  const ZoneMatrix& matrix;
  const std::vector<DeniedNeed>& denied;
  const std::vector<UnusedRule>& unused;
  const RuleAudit& audit;
  const std::vector<LeastRule>& least;
  const TighteningPlan* plan = nullptr;  ///< with --suggest
};
/// Whether nothing changed but some flows.
struct OnlyVerdict {
  std::vector<std::string> flows;    ///< what may change, as words: "FROM -> TO PORTS"
  std::vector<FlowOutside> outside;  ///< the flows that change besides
};
struct DiffReport {
  const Subject& before;  ///< with no scenario
  const Subject& after;
  const Match& match;
  const FlowChanges& flows;
  const ReachChanges& reach;
  const std::vector<SurvivalChange>& survival;
  const std::vector<StateChange>& states;
  const DeniedChanges& denied;
  const std::vector<RequireVerdict>& requires_before;  ///< by RequireId
  const std::vector<RequireVerdict>& requires_after;
  const std::vector<ScenarioChange>& scenarios;
  const std::vector<ThingChange>& things;
  const OnlyVerdict* only = nullptr;  ///< with --only
};
struct ChokeReport {
  const ChokePoints& answer;
  const ChokeOptions& asked;
  bool named = false;  ///< what is protected is named, not marked as critical
};
struct WeakReport {
  const CutSetAnswer& sets;
  const SingleLosses& losses;             ///< on the same nodes
  const std::vector<RestoreLoop>& loops;  ///< if everything is off
  std::optional<ChokeReport> choke;       ///< where something is protected
  const CutSetOptions& asked;
  std::string options;  ///< those of the command, as words of a command line
};
/// What was done, to be set against a plan.
struct ComparedActions {
  std::string words;  ///< "off dc-muc, off dc-ess"
  Scenario scenario;  ///< with them
  double cost = 0;
};
struct ContainReport {
  const ContainOptions& asked;
  const Containment& answer;
  const Frontier* frontier = nullptr;         ///< with --frontier
  const ComparedActions* compared = nullptr;  ///< with --compare
  std::string goal = {};                      ///< what is protected and kept, as options of a command line
  std::string limits = {};                    ///< what may not be done, likewise
};
struct RestoreReport {
  const Restoration& plan;
  std::uint32_t crews = 0;  ///< 0 = any number
};
struct SweepReport {
  const Sweep& sweep;
  const SweepOptions& asked;
  std::vector<WhatIfAnswer> answers;  ///< of what is listed, in its order
};
struct CheckReport {
  std::span<const Diagnostic> diagnostics;
  const std::vector<RequireVerdict>& requires_all;  ///< by RequireId
  const std::vector<ScenarioVerdict>& scenarios;    ///< by ScenarioId
};

/// An answer in one of the formats that make sense for it (text, json, csv, md; for check and diff also junit and
/// github); nothing when it makes none.
[[nodiscard]] std::optional<std::string> present(const Subject&, const ImpactReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const BlastReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const FlowReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const StateReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const PolicyReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const ContainReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const RestoreReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const CheckReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const Subject&, const WeakReport&, Format, const TextStyle&);
[[nodiscard]] std::optional<std::string> present(const DiffReport&, Format, const TextStyle&);
/// What one of many scenarios does, as a line of JSON or CSV; and the line of CSV above them.
[[nodiscard]] std::string present_line(const Topology&, std::string_view scenario, const WhatIfAnswer&,
                                       bool compromised, Format);
[[nodiscard]] std::string_view what_if_heading();

/// JSON is a line for each loss or pair that is listed.
[[nodiscard]] std::optional<std::string> present(const Subject&, const SweepReport&, Format, const TextStyle&);

/// What of a change makes an exit code.
struct DiffVerdict {
  bool any = false;      ///< something changes
  bool complete = true;  ///< no limit was hit
  bool besides = false;  ///< with `only`: something else changes. That is a flow outside; what the files say otherwise,
                         ///< but for policies and texts for people; and any consequence that is for the worse, but for
                         ///< what a compromise reaches
};
[[nodiscard]] DiffVerdict verdict(const DiffReport&);

/// The least policy of an answer as a TOML file to be merged with the topology.
[[nodiscard]] std::string least_policy_toml(const Subject&, std::span<const LeastRule>);

/// The policies that some changes make as a TOML file to be merged with the topology: each replaces the one it changes.
[[nodiscard]] std::string suggested_policies_toml(const Subject&, const std::vector<Tightening>& changes);

/// What `check` answers of files that hold errors: their diagnostics alone.
[[nodiscard]] std::optional<std::string> present(const Sources&, std::span<const Diagnostic>, Format, const TextStyle&);

/// The JSON Schema of a command's JSON ("impact", "blast", "explain", "weak", "restore", "policy", "diff", "check"), or
/// of the topology format ("topology"); nothing for another word.
[[nodiscard]] std::optional<std::string> json_schema(std::string_view command);

/// The fields of a command's JSON as a Markdown table, one row each, from the same description as the schema; nothing
/// for another word.
[[nodiscard]] std::optional<std::string> field_table(std::string_view command);

}  // namespace firebreak
