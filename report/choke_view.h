#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "firebreak/report.h"

#include "report/document.h"
#include "report/views.h"

/// Where the ways of an attacker narrow, with names.
namespace firebreak::report {

enum class PointKind : std::uint8_t { system, identity, rule, pivot };
template <>
inline constexpr std::size_t word_count<PointKind> = 4;
[[nodiscard]] inline std::string_view word(PointKind kind) {
  constexpr std::array<std::string_view, 4> kWords = {"system", "identity", "rule", "pivot"};
  return kWords[static_cast<std::size_t>(kind)];
}

struct WayPointView {
  PointKind kind = PointKind::system;
  std::string id;
  std::string rule;
  std::string text;
  std::string at;
};
template <class V>
void describe(V& visit, const WayPointView& x) {
  visit("kind", x.kind, "what it is");
  visit("id", x.id, "of a system or identity; of a rule that of its policy; empty for a pivot");
  visit("rule", x.rule, "of a rule: its name or number; else empty");
  visit("text", x.text, "how people call it");
  visit("at", x.at, "file:line:column of its definition");
}

struct ChokePointView {
  WayPointView point;
  std::vector<std::string> guards;
};
template <class V>
void describe(V& visit, const ChokePointView& x) {
  describe(visit, x.point);
  visit("guards", x.guards, "ids of the protected ones to which every way uses it");
}

struct MinimumCutView {
  Weight cost;
  std::vector<WayPointView> near_start;
  std::uint64_t reached_near_start = 0;
  std::vector<WayPointView> near_protected;
  std::uint64_t reached_near_protected = 0;
  bool nearest = true;
};
template <class V>
void describe(V& visit, const MinimumCutView& x) {
  visit("cost", x.cost, "sum of the costs of its points; a pivot counts 1");
  visit("near_start", x.near_start, "the one nearest to where attackers begin");
  visit("reached_near_start", x.reached_near_start, "how many systems and identities are reached all the same");
  visit("near_protected", x.near_protected, "the one nearest to what is protected");
  visit("reached_near_protected", x.reached_near_protected, "likewise");
  visit("nearest", x.nearest, "false: the time was up, and there may be one that is nearer");
}

struct ChokeView {
  bool given = true;
  std::uint64_t starts = 0;
  std::vector<std::string> protect;
  std::vector<std::string> reached;
  std::vector<ChokePointView> points;
  bool all_points = true;
  std::vector<std::string> direct;
  std::optional<MinimumCutView> minimum_cut;
  Weight bound;
  bool complete = true;

  bool named = false;  ///< what is protected is named, not marked
};
template <class V>
void describe(V& visit, const ChokeView& x) {
  visit("given", x.given,
        "attackers begin at what is compromised; false: at any system outside the zones of what is protected");
  visit("starts", x.starts, "at how many systems and identities they begin");
  visit("protect", x.protect, "ids of what is protected: by --protect, else what is marked critical");
  visit("reached", x.reached, "those of them that attackers reach when nothing is done");
  visit("points", x.points,
        "systems, identities, rules and pivots that every way to one of them uses: those that guard the most first, "
        "then those nearest to the start");
  visit("all_points", x.all_points, "false: the time was up before every point was tried");
  visit("direct", x.direct, "those of `reached` with a way that uses nothing which could be taken away");
  visit("minimum_cut", x.minimum_cut,
        "the cheapest points without which none of the others is reached; null when there is nothing to cut or it was "
        "not found in time");
  visit("bound", x.bound, "no cut costs less");
  visit("complete", x.complete, "false: the time was up before all of this was found");
}

[[nodiscard]] ChokeView make_view(const Subject& subject, const ChokeReport& report);

[[nodiscard]] Section choke_section(const ChokeView& view, const TextStyle& style);

/// "every way to the crown jewels leads through 2 choke points"; empty when there is none that guards all of them.
[[nodiscard]] std::string choke_phrase(const ChokeView& view);

}  // namespace firebreak::report
