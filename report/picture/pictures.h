#pragma once

#include <cstdint>
#include <vector>

#include "firebreak/draw.h"
#include "firebreak/report.h"

#include "report/picture/picture.h"

/// The pictures of the answers, still with every node in them: focus() and aggregate() make them small enough to draw.
namespace firebreak::report {

/// The needs under a scenario: systems in zone boxes, services and customers last, what fails and why thick.
[[nodiscard]] Picture picture_of_impact(const Subject& subject, const ImpactReport& report);

/// The topology without a question.
[[nodiscard]] Picture picture_of_topology(const Subject& subject);

/// The spread: a column per step, each node with the way it was taken.
[[nodiscard]] Picture picture_of_blast(const Subject& subject, const BlastReport& report);

/// From where the targets can be reached, a column per number of steps; `report.exposure` must be given.
[[nodiscard]] Picture picture_of_exposure(const Subject& subject, const BlastReport& report);

/// The zone matrix as a table.
[[nodiscard]] Picture picture_of_matrix(const Subject& subject, const PolicyReport& report);

/// The zones and what is allowed between them; `denied` also draws pairs between which nothing is. Of very many zones
/// only some are drawn, those of `first` before others; `remarks` says so.
/// Cost: that of zone_matrix, and the square of the zones drawn.
[[nodiscard]] Picture picture_of_zones(const Subject& subject, bool denied, const std::vector<NodeId>& first = {});

}  // namespace firebreak::report
