#include <algorithm>
#include <fmt/format.h>

#include "report/diff_answer.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kWorse = {"✕", "x", "1;31", ""};
constexpr Mark kBetter = {"✓", "+", "32", ""};
constexpr Mark kOpened = {"○", "o", "33", ""};
constexpr Mark kClosed = {"●", "*", "", ""};

Section finding_section(std::string title, const std::vector<FindingView>& findings, const Mark& mark,
                        const TextStyle& style) {
  return list_section(std::move(title), findings, style, [&](const FindingView& finding) {
    return Entry{mark, finding.lead, {}, finding.begins_with_id ? finding.detail : capitalised(finding.detail)};
  });
}

Section only_section(const DiffView& view, const TextStyle& style) {
  std::vector<std::string> besides;
  if (view.only.value) besides = view.only.value->besides;
  std::erase_if(besides, [&](const std::string& words) {
    return std::ranges::find(view.worse, words, &FindingView::text) != view.worse.end();
  });
  return list_section("What else changes", besides, style, [](const std::string& words) {
    return Entry{kWorse, words, {}, {}};
  });
}

Section flow_section(const DiffView& view, Turn turn) {
  const bool opened = turn == Turn::opened;
  Section section{opened ? "Flows that open" : "Flows that close"};
  for (const FlowChangeView& flow : view.flows) {
    if (flow.change != turn) continue;
    std::vector<std::string> reasons;
    for (const FlowReasonView& reason : flow.because) reasons.push_back(reason.text);
    std::string detail = capitalised(listing(reasons, 3));
    if (!flow.felt) detail += opened ? "; but nothing joins the two" : "; but nothing joined the two";
    section.entries.push_back(
        {opened ? kOpened : kClosed, flow.lead, fmt::format("({})", counted(flow.pairs, "pair")), std::move(detail)});
  }
  section.left_out = (opened ? view.opened : view.closed) - section.entries.size();
  if (!opened && view.flows_left_out > 0) {
    section.entries.push_back({{},
                               "in part:",
                               fmt::format("{} of flows that open or close are counted, but too many to be listed",
                                           counted(view.flows_left_out, "more group")),
                               {}});
  }
  return section;
}

Section reach_section(const DiffView& view, const TextStyle& style) {
  return list_section(
      "What a compromise reaches, by the zone it begins in", view.reach, style, [](const ReachChangeView& zone) {
        const std::string name = zone.zone.empty() ? "outside all zones" : zone.zone;
        std::string facts;
        if (zone.before.systems == 0) {
          facts = fmt::format("{} on average, at worst {} (nothing was there before)", rounded(zone.after.mean.value),
                              zone.after.worst);
        } else if (zone.after.systems == 0) {
          facts = fmt::format("nothing is there any more (before {} on average, at worst {})",
                              rounded(zone.before.mean.value), zone.before.worst);
        } else {
          facts = fmt::format("{} on average (before {}), at worst {} (before {})", rounded(zone.after.mean.value),
                              rounded(zone.before.mean.value), zone.after.worst, zone.before.worst);
        }
        return Entry{{}, name + ":", std::move(facts), {}};
      });
}

Section thing_section(const DiffView& view, const TextStyle& style) {
  return list_section("What the files say otherwise", view.changed, style, [](const ThingChangeView& thing) {
    return Entry{{}, thing_words(thing), thing.line.empty() ? "" : fmt::format("({})", thing.line), {}};
  });
}

}  // namespace

Document make_document(const DiffView& view, const TextStyle& style) {
  Document document;
  document.title = view.head.topology.empty() ? "Change" : "Change of " + view.head.topology;
  document.summary = view.head.summary;
  add_section(document, only_section(view, style));
  add_section(document, finding_section("What gets worse", view.worse, kWorse, style));
  add_section(document, finding_section("What gets better", view.better, kBetter, style));
  add_section(document, flow_section(view, Turn::opened));
  add_section(document, flow_section(view, Turn::closed));
  add_section(document, reach_section(view, style));
  add_section(document, thing_section(view, style));
  document.next = view.next;
  return document;
}

}  // namespace firebreak::report
