#include "firebreak/draw.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "firebreak/scenario.h"

#include "report/picture/aggregate.h"
#include "report/picture/graphviz.h"
#include "report/picture/layout_plan.h"
#include "report/picture/layout_process.h"
#include "report/picture/pictures.h"

// The picture is made whole, then small enough to be read, then laid out in a process of its own. When that takes too
// long or goes wrong, a coarser picture is tried, and the answer says so.

namespace firebreak {
namespace {

using report::ChildResult;
using report::Picture;
using report::Room;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostNodes = 140;  ///< what dot is ever given
constexpr std::size_t kMostEdges = 380;
constexpr std::size_t kCalm = 30;  ///< a picture of up to so many nodes shows bystanders too
constexpr std::chrono::milliseconds kForCoarser{3000};

bool is_drawn(Format format) {
  return format == Format::dot || format == Format::svg || format == Format::png || format == Format::pdf;
}

/// Zones and sites stand for what is in them.
std::vector<NodeId> focus_members(const Subject& subject, const std::vector<NodeId>& focus) {
  std::vector<NodeId> out = focus;
  for (const NodeId n : focus) {
    const NodeKind kind = subject.graph.kind[n];
    if (kind != NodeKind::zone && kind != NodeKind::site) continue;
    Selector place;
    place.type = Selector::Type::node;
    place.node = n;
    const std::vector<NodeId> members = select(subject.topology, {&place, 1});
    out.insert(out.end(), members.begin(), members.end());
  }
  return out;
}

Room room_of(std::size_t most_nodes) {
  const std::size_t nodes = std::clamp<std::size_t>(most_nodes, 8, kMostNodes);
  return {.nodes = nodes,
          .edges = std::min(kMostEdges, nodes * 7 / 2),
          .alone = nodes * 2 / 5,
          .in_column = std::max<std::size_t>(nodes / 3, 6)};
}

std::string hint_for(ChildResult::End end) {
  return end == ChildResult::End::refused ? "install Graphviz with the plugin for this format (Debian: libgvc6)"
                                          : "draw less with --focus and --hops, or allow more time";
}

std::string why(ChildResult::End end, std::chrono::milliseconds deadline) {
  switch (end) {
    case ChildResult::End::late:
      return "the layout was not done after " + std::to_string(deadline.count()) + " ms";
    case ChildResult::End::died:
      return "Graphviz crashed";
    case ChildResult::End::refused:
      return "Graphviz could not draw it";
    default:
      return "no process for the layout could be started";
  }
}

/// One picture, planned and rendered before the deadline.
ChildResult lay_out(const Picture& picture, Format format, std::chrono::milliseconds time) {
  const auto deadline = Clock::now() + time;
  report::LayoutPlan plan;
  if (format != Format::dot) {
    const report::PlanResult found = report::best_plan(picture, deadline);
    if (found.end != ChildResult::End::done) return {found.end, {}};
    plan = found.plan;
  }
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
  return report::run_in_child([&] { return report::render(picture, format, plan); }, left);
}

/// Lays the picture out, more coarsely with each failure.
Drawing finish(Picture picture, const Subject& subject, const DrawOptions& options) {
  Drawing drawing;
  if (!is_drawn(options.format)) {
    drawing.diagnostics.push_back(diagnose(Code::usage, {},
                                           "a picture cannot have the format " + std::string(to_string(options.format)),
                                           "use dot, svg, png or pdf"));
    return drawing;
  }
  if (options.focus.empty()) {
    picture = report::without_bystanders(picture, kCalm);
  } else {
    picture = report::focus(picture, focus_members(subject, options.focus), options.hops);
    if (!std::ranges::any_of(picture.nodes, [](const report::PictureNode& node) { return node.subject.valid(); })) {
      Diagnostic nothing = diagnose(Code::selects_nothing, {}, "nothing of the focus is in this picture",
                                    "draw it without --focus to see what is");
      nothing.severity = Severity::error;
      drawing.diagnostics.push_back(std::move(nothing));
      return drawing;
    }
  }
  const std::array<Room, 3> rooms = {room_of(options.most_nodes),
                                     room_of(std::min<std::size_t>(options.most_nodes / 2, 30)),
                                     {.nodes = 12, .edges = 12, .alone = 0, .in_column = 6}};
  for (const Room& room : rooms) {
    const bool first = &room == &rooms.front();
    const bool last = &room == &rooms.back();
    const auto time = first ? options.deadline : kForCoarser;
    ChildResult result = lay_out(report::aggregate(picture, room), options.format, time);
    if (result.end == ChildResult::End::done) {
      drawing.bytes = std::move(result.bytes);
      break;
    }
    const bool hopeless = last || result.end == ChildResult::End::not_started;
    Diagnostic limited = diagnose(Code::drawing_limited, {}, why(result.end, time), hint_for(result.end));
    if (hopeless) limited.severity = Severity::error;
    if (!hopeless) limited.message += ", a coarser picture is drawn";
    drawing.diagnostics.push_back(std::move(limited));
    if (hopeless) break;
  }
  return drawing;
}

}  // namespace

Drawing draw(const Subject& subject, const ImpactReport& report, const DrawOptions& options) {
  return finish(report::picture_of_impact(subject, report), subject, options);
}

Drawing draw(const Subject& subject, const BlastReport& report, const DrawOptions& options) {
  const bool asks_from_where = report.exposure != nullptr && report.blast.order.empty();
  return finish(
      asks_from_where ? report::picture_of_exposure(subject, report) : report::picture_of_blast(subject, report),
      subject, options);
}

Drawing draw_zones(const Subject& subject, const DrawOptions& options) {
  DrawOptions zones = options;
  for (NodeId& n : zones.focus) {
    if (subject.graph.kind[n] == NodeKind::system && subject.graph.zone[n].valid()) n = subject.graph.zone[n];
  }
  return finish(report::picture_of_zones(subject, options.denied, zones.focus), subject, zones);
}

Drawing draw(const Subject& subject, const PolicyReport& report, const DrawOptions& options) {
  Drawing drawing;
  ChildResult result = lay_out(report::picture_of_matrix(subject, report), options.format, options.deadline);
  if (result.end == ChildResult::End::done) {
    drawing.bytes = std::move(result.bytes);
    return drawing;
  }
  Diagnostic failed =
      diagnose(Code::drawing_limited, {}, why(result.end, options.deadline), "ask for text, csv or json");
  failed.severity = Severity::error;
  drawing.diagnostics.push_back(std::move(failed));
  return drawing;
}

Drawing draw(const Subject& subject, const DrawOptions& options) {
  return finish(report::picture_of_topology(subject), subject, options);
}

}  // namespace firebreak
