#include "report/choke_view.h"

#include <algorithm>
#include <fmt/format.h>

#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr std::size_t kMostNames = 6;

std::string named(const SelectorList& selectors) {
  std::string text(selectors.front().text);
  if (selectors.size() > 1) text += fmt::format(" and {} more", grouped(static_cast<double>(selectors.size() - 1)));
  return text;
}

/// What a pivot is said to be, or else what it leads from and to.
std::string pivot_words(const Pivot& pivot) {
  if (!pivot.via.empty()) return fmt::format("\"{}\"", pivot.via);
  return fmt::format("{} -> {}", named(pivot.from), named(pivot.to));
}

WayPointView point_view(const Subject& subject, const WayPoint& point) {
  const Topology& topology = subject.topology;
  WayPointView view;
  switch (point.type) {
    case WayPoint::Type::node: {
      const Node& node = topology.nodes[point.node];
      view.kind = node.kind == NodeKind::system ? PointKind::system : PointKind::identity;
      view.id = node.id;
      view.text = called(topology, point.node);
      view.at = to_string(subject.sources, node.at);
      break;
    }
    case WayPoint::Type::rule: {
      const Rule& rule = topology.rules[point.rule];
      view.kind = PointKind::rule;
      view.id = topology.policies[rule.policy].id;
      view.rule = rule_words(topology, point.rule);
      view.text = fmt::format("rule {} of policy {} ({})", view.rule, view.id, line_of(subject.sources, rule.at));
      view.at = to_string(subject.sources, rule.at);
      break;
    }
    case WayPoint::Type::pivot: {
      const Pivot pivot = topology.pivot(point.pivot);
      view.kind = PointKind::pivot;
      view.text = fmt::format("pivot {} ({})", pivot_words(pivot), line_of(subject.sources, pivot.at));
      view.at = to_string(subject.sources, pivot.at);
      break;
    }
  }
  return view;
}

std::vector<WayPointView> point_views(const Subject& subject, const std::vector<WayPoint>& points) {
  std::vector<WayPointView> views;
  for (const WayPoint& point : points) views.push_back(point_view(subject, point));
  return views;
}

std::string_view protected_words(const ChokeView& view) {
  return view.named ? "what is protected" : "the crown jewels";
}

std::string names(const std::vector<WayPointView>& points) {
  std::vector<std::string> texts;
  for (const WayPointView& point : points) texts.push_back(point.text);
  return listing(texts, kMostNames);
}

Entry point_entry(const ChokePointView& choke) {
  return {.mark = {"!", "!", "33", ""},
          .lead = choke.point.text,
          .facts = "is on every way to " + listing(choke.guards, kMostNames)};
}

std::string still_reached(std::uint64_t count) {
  return count == 0 ? "nothing is still reached" : fmt::format("{} still reached", counted(count, "is", "are"));
}

Entry cut_entry(const ChokeView& view, const MinimumCutView& cut) {
  const std::size_t size = cut.near_start.size();
  Entry entry{.lead = fmt::format("The minimum cut has {}", counted(size, "point"))};
  if (cut.cost.value != static_cast<double>(size)) entry.facts = fmt::format("(cost {})", grouped(cut.cost.value));
  const auto same = [](const WayPointView& a, const WayPointView& b) { return a.at == b.at && a.text == b.text; };
  if (std::ranges::equal(cut.near_start, cut.near_protected, same)) {
    entry.detail = fmt::format("{}; {}", names(cut.near_start), still_reached(cut.reached_near_start));
  } else {
    entry.detail = fmt::format("Nearest to where attackers begin: {} ({}). Nearest to {}: {} ({})",
                               names(cut.near_start), still_reached(cut.reached_near_start), protected_words(view),
                               names(cut.near_protected), still_reached(cut.reached_near_protected));
  }
  if (!cut.nearest) entry.detail += ". There may be nearer ones: the time was up";
  return entry;
}

/// What is said when there is no cut, or not of all.
std::string uncut_words(const ChokeView& view) {
  if (!view.direct.empty()) {
    return fmt::format("Nothing lies between attackers and {}: there is no point to cut",
                       listing(view.direct, kMostNames));
  }
  return fmt::format("The minimum cut was not found in time: it costs at least {}", grouped(view.bound.value));
}

}  // namespace

ChokeView make_view(const Subject& subject, const ChokeReport& report) {
  const Topology& topology = subject.topology;
  const ChokePoints& answer = report.answer;
  ChokeView view;
  view.given = !report.asked.any_start;
  view.starts = report.asked.starts.size();
  view.protect = ids_of(topology, report.asked.protect);
  view.named = report.named;
  view.reached = ids_of(topology, answer.reached);
  for (const ChokePoint& choke : answer.points) {
    view.points.push_back({point_view(subject, choke.point), ids_of(topology, choke.guards)});
  }
  view.all_points = answer.all_points;
  view.complete = answer.complete;
  view.direct = ids_of(topology, answer.direct);
  view.bound = {answer.cut_bound};
  if (!answer.cut) return view;
  view.minimum_cut = MinimumCutView{{answer.cut->cost},
                                    point_views(subject, answer.cut->near_start),
                                    answer.cut->reached_near_start.size(),
                                    point_views(subject, answer.cut->near_protected),
                                    answer.cut->reached_near_protected.size(),
                                    answer.cut->both_found};
  return view;
}

Section choke_section(const ChokeView& view, const TextStyle& style) {
  const std::string_view jewels = protected_words(view);
  Section section = list_section(view.given ? fmt::format("Choke points between what is compromised and {}", jewels)
                                            : fmt::format("Choke points between {} and anywhere outside {} zones",
                                                          jewels, view.named ? "its" : "their"),
                                 view.points, style, point_entry);
  const auto say = [&](std::string text) { section.entries.push_back({.lead = std::move(text)}); };
  if (view.starts == 0) {
    say("Not known where attackers begin: say --compromised ID,...");
  } else if (view.reached.empty()) {
    say(fmt::format("None of {} is reached", jewels));
  } else if (view.points.empty()) {
    say(view.all_points ? "No point is on every way to one of them" : "No point on every way was found in time");
  } else if (!view.all_points) {
    say("There may be more: the time was up");
  }
  const bool is_news = view.minimum_cut && (view.minimum_cut->near_start.size() > 1 || view.points.empty());
  if (is_news) section.entries.push_back(cut_entry(view, *view.minimum_cut));
  if (view.starts > 0 && !view.reached.empty() && (!view.minimum_cut || !view.direct.empty())) say(uncut_words(view));
  return section;
}

std::string choke_phrase(const ChokeView& view) {
  const auto all = static_cast<std::uint64_t>(std::ranges::count_if(
      view.points, [&](const ChokePointView& choke) { return choke.guards.size() == view.reached.size(); }));
  if (all == 0) return {};
  return fmt::format("every way to {} leads through {}", protected_words(view), counted(all, "choke point"));
}

}  // namespace firebreak::report
