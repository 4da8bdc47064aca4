#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "report/blast_answer.h"
#include "report/impact_answer.h"
#include "report/palette.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kReached = {kReachedGlyph, kReachedAscii, kReachedSgr, "is reached"};
constexpr Mark kSafe = {"✓", ".", "32", "is not reached"};
constexpr Mark kSource = {kReachedGlyph, kReachedAscii, kReachedSgr, ""};

std::string step_words(std::uint32_t step, Time after, bool other_way = false) {
  std::string words = step == 0 ? "from the start" : fmt::format("in {}", counted(step, "step"));
  if (other_way) return fmt::format("{}; {} on another way", words, when(after.value_or(0)));
  if (step > 0 && after && *after > 0) words += ", " + when(*after) + " at the earliest";
  return words;
}

Section jewel_section(const Subject& subject, const Blast& blast, Steps& steps, const TextStyle& style) {
  std::vector<NodeId> jewels;
  for (const NodeId n : blast.order) {
    if (subject.graph.critical[n]) jewels.push_back(n);
  }
  for (const NodeId n : ids<NodeId>(subject.topology.nodes.size())) {
    if (subject.graph.critical[n] && !blast.reached[n]) jewels.push_back(n);
  }
  return list_section("Crown jewels", jewels, style, [&](NodeId n) {
    const std::string lead = called(subject.topology, n);
    if (!blast.reached[n]) return Entry{kSafe, lead};
    return Entry{kReached, lead, step_words(blast.step[n], blast.after[n], steps.view(n).other_way_is_faster),
                 way_words(steps, path_to(blast, n))};
  });
}

Section reached_section(const Blast& blast, Steps& steps, const TextStyle& style) {
  return list_section("Reached", blast.order, style, [&](NodeId n) {
    const ReachedView reached = steps.view(n);
    std::string when_words = reached.step == 0 ? "from the start" : fmt::format("step {}", reached.step);
    if (reached.other_way_is_faster) {
      when_words += fmt::format("; {} on another way", when(reached.after_s.value_or(0)));
    } else if (reached.step > 0 && reached.after_s && *reached.after_s > 0) {
      when_words += ", " + when(*reached.after_s);
    }
    std::string how = reached.step == 0 ? std::string() : reached.text;
    if (!reached.isolate_how.empty())
      how += fmt::format("{}to isolate it: {}", how.empty() ? "" : "; ", reached.isolate_how);
    return Entry{kSource, called(reached.id, reached.name), std::move(when_words), std::move(how)};
  });
}

/// How many fall in each step; told only when the list of them is cut.
Section step_section(const Topology& topology, const Blast& blast, const TextStyle& style) {
  constexpr std::size_t kNamed = 8;
  Section section{"Step by step"};
  if (blast.order.size() == shown_of(blast.order.size(), style)) return section;
  for (auto begin = blast.order.begin(); begin != blast.order.end();) {
    const std::uint32_t step = blast.step[*begin];
    const auto end = std::find_if(begin, blast.order.end(), [&](NodeId n) { return blast.step[n] != step; });
    const std::span<const NodeId> taken(begin, end);
    section.entries.push_back(
        {.lead = step == 0 ? "from the start" : fmt::format("step {}", step),
         .facts = fmt::format("({}): {}", taken.size(), listing(ids_of(topology, taken), kNamed))});
    begin = end;
  }
  return section;
}

Section source_section(const std::vector<SourceView>& sources, const TextStyle& style) {
  return list_section("Reachable from", sources, style, [](const SourceView& source) {
    return Entry{kSource, source.id,
                 fmt::format("reaches {} {}", source.target, step_words(source.step, source.after_s))};
  });
}

Section rank_section(const std::vector<RankView>& rank, const TextStyle& style) {
  return list_section("Largest blasts", rank, style, [](const RankView& start) {
    return Entry{kSource, start.id, fmt::format("reaches {}", start.reaches)};
  });
}

Section zone_section(const std::vector<ZoneRankView>& zones, const TextStyle& style) {
  return list_section("Largest blasts of whole zones", zones, style, [](const ZoneRankView& zone) {
    const std::string who = zone.systems == 0 ? "no system in it" : counted(zone.systems, "system");
    return Entry{kSource, zone.id, fmt::format("reaches {} ({})", zone.reaches, who)};
  });
}

Section exposed_section(const std::vector<ExposedView>& exposed, const TextStyle& style) {
  return list_section("Exposure of what is protected", exposed, style, [](const ExposedView& view) {
    if (view.from == 0) return Entry{kSource, view.id, "is reached from nowhere"};
    std::vector<std::string> steps;
    for (std::size_t i = 0; i < view.by_step.size(); ++i) {
      if (view.by_step[i] == 0) continue;
      steps.push_back(fmt::format("{} in {}", grouped(static_cast<double>(view.by_step[i])), counted(i + 1, "step")));
    }
    return Entry{kSource, view.id,
                 fmt::format("is reached from {}: {}",
                             counted(view.from, "system or identity", "systems and identities"), listing(steps, 6))};
  });
}

}  // namespace

Document make_document(const Subject& subject, const BlastReport& report, const BlastView& view, Steps& steps,
                       Reasons& reasons, const TextStyle& style) {
  Document document;
  document.title = view.head.topology.empty() ? "Blast radius" : "Blast radius: " + view.head.topology;
  document.summary = view.head.summary;
  document.context = context(subject);
  if (view.reachable_from.value) add_section(document, source_section(*view.reachable_from.value, style));
  if (view.exposed.value && !view.exposed.value->empty()) {
    add_section(document, exposed_section(*view.exposed.value, style));
  }
  if (view.rank.value) add_section(document, rank_section(*view.rank.value, style));
  if (view.zones.value && !view.zones.value->empty()) add_section(document, zone_section(*view.zones.value, style));
  if (!subject.scenario.compromised.empty()) {
    add_section(document, jewel_section(subject, report.blast, steps, style));
    add_section(document, step_section(subject.topology, report.blast, style));
    add_section(document, reached_section(report.blast, steps, style));
    add_section(document, service_section("Services, if all that is reached is lost",
                                          worst_first(view.services_at_risk), reasons, style));
    add_section(document, call_section(view.call, style));
  }
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

}  // namespace firebreak::report
