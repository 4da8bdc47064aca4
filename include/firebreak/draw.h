#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/report.h"

/// Pictures, laid out by Graphviz.
namespace firebreak {

struct DrawOptions {
  Format format = Format::svg;  ///< dot, svg, png or pdf
  std::vector<NodeId> focus;    ///< draw only what is within `hops` of these; empty = everything
  std::uint32_t hops = 2;
  bool denied = false;          ///< segmentation map: also show the pairs of zones between which nothing is allowed
  std::size_t most_nodes = 60;  ///< above this, nodes are drawn together, never those of a failing chain to a service
  std::chrono::milliseconds deadline{20'000};  ///< for the layout
};

struct Drawing {
  std::string bytes;                    ///< empty when there is an error
  std::vector<Diagnostic> diagnostics;  ///< what was simplified, and why
};

/// (a) impact: left to right, systems in zone boxes, services and customers last, failing chains thick.
[[nodiscard]] Drawing draw(const Subject&, const ImpactReport&, const DrawOptions&);
/// (b) blast: one column per step.
[[nodiscard]] Drawing draw(const Subject&, const BlastReport&, const DrawOptions&);
/// (c) segmentation map: one box per zone, one edge per pair of zones with what is allowed.
[[nodiscard]] Drawing draw_zones(const Subject&, const DrawOptions&);
/// (d) the zone matrix as a table, with the needs that are denied.
[[nodiscard]] Drawing draw(const Subject&, const PolicyReport&, const DrawOptions&);
/// The topology without a question: as (a), with nothing off.
[[nodiscard]] Drawing draw(const Subject&, const DrawOptions&);

/// (e) a plan as an SVG on a scale of time: a bar per step, then each service until it is back. Of very many rows the
/// first ones, unless `all` are asked for.
[[nodiscard]] std::string draw_timeline(const Subject&, const RestoreReport&, bool all);

/// (f) the frontier of a containment as an SVG: what each plan loses and leaves reached, beside what happens if nothing
/// is done, the plan that protects, and what it is compared with; below the plans in words. Of very many plans only the
/// first ones in words, unless `all` are asked for.
[[nodiscard]] std::string draw_frontier(const Subject&, const ContainReport&, bool all);

}  // namespace firebreak
