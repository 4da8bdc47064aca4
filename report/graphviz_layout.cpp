#include "report/graphviz_layout.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "report/graphviz_canvas.h"

// dot now and then draws an arrow behind a node that has nothing to do with it, which then seems to lie on its way. The curves are read back and
// sampled against the frames of the nodes; when a thick one is hidden like that, other efforts to untangle the arrows are tried.

namespace firebreak::report {
namespace {

struct Point {
  double x = 0;
  double y = 0;
};

struct Frame {
  Agnode_t* node = nullptr;
  Point low, high;
};

constexpr double kInset = 3;       ///< points; touching a corner is no crossing
constexpr int kSamples = 12;       ///< per curve
constexpr std::size_t kMostForRetry = 260;  ///< nodes and edges; larger graphs take too long
constexpr const char* kWays[][2] = {{"1", "0.18"},  {"0.5", "0.18"}, {"4", "0.18"}, {"1", "0.26"},
                                       {"0.5", "0.26"}, {"4", "0.26"}, {"0.25", "0.18"}, {"2", "0.22"},
                                       {"0.7", "0.22"}, {"8", "0.22"}, {"1", "0.34"}, {"0.3", "0.3"}};

double number_in(void* part, const char* name) {
  const char* text = agget(part, raw(name));
  return text == nullptr ? 0 : std::strtod(text, nullptr);
}

bool read_point(const char*& at, Point& point) {
  char* end = nullptr;
  point.x = std::strtod(at, &end);
  if (end == at || *end != ',') return false;
  at = end + 1;
  point.y = std::strtod(at, &end);
  if (end == at) return false;
  at = end;
  return true;
}

std::vector<Frame> frames_of(Agraph_t* graph) {
  std::vector<Frame> frames;
  for (Agnode_t* n = agfstnode(graph); n != nullptr; n = agnxtnode(graph, n)) {
    const char* at = agget(n, raw("pos"));
    Point middle;
    if (at == nullptr || !read_point(at, middle)) continue;
    const double half_width = number_in(n, "width") * 36 - kInset;
    const double half_height = number_in(n, "height") * 36 - kInset;
    frames.push_back({n, {middle.x - half_width, middle.y - half_height}, {middle.x + half_width, middle.y + half_height}});
  }
  return frames;
}

/// The control points of an edge's curves: the first, then three for each curve.
std::vector<Point> curve_of(Agedge_t* edge) {
  std::vector<Point> points;
  const char* at = agget(edge, raw("pos"));
  if (at == nullptr) return points;
  while (*at != '\0' && *at != ';') {
    const bool is_end = *at == 's' || *at == 'e';  // where the arrow heads are
    if (is_end) at += 2;
    Point point;
    if (!read_point(at, point)) break;
    if (!is_end) points.push_back(point);
    while (*at == ' ') ++at;
  }
  return points;
}

Point on_curve(const Point* p, double t) {
  const double u = 1 - t;
  const std::array<double, 4> weight = {u * u * u, 3 * t * u * u, 3 * t * t * u, t * t * t};
  Point out;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    out.x += weight[i] * p[i].x;
    out.y += weight[i] * p[i].y;
  }
  return out;
}

bool passes(const std::vector<Point>& curve, const Frame& frame) {
  for (std::size_t first = 0; first + 3 < curve.size(); first += 3) {
    for (int i = 0; i <= kSamples; ++i) {
      const Point at = on_curve(&curve[first], static_cast<double>(i) / kSamples);
      if (at.x > frame.low.x && at.x < frame.high.x && at.y > frame.low.y && at.y < frame.high.y) return true;
    }
  }
  return false;
}

/// How many thick arrows pass behind nodes that are not theirs.
int hidden_chains(Agraph_t* graph) {
  const std::vector<Frame> frames = frames_of(graph);
  int hidden = 0;
  for (const Frame& from : frames) {
    for (Agedge_t* e = agfstout(graph, from.node); e != nullptr; e = agnxtout(graph, e)) {
      if (number_in(e, "penwidth") < 2) continue;
      const std::vector<Point> curve = curve_of(e);
      for (const Frame& frame : frames) {
        if (frame.node != agtail(e) && frame.node != aghead(e) && passes(curve, frame)) ++hidden;
      }
    }
  }
  return hidden;
}

/// Height over width of a graph that is laid out; 0 when unknown.
double proportion(Agraph_t* graph) {
  const char* box = agget(graph, raw("bb"));
  std::array<double, 4> at{};
  if (box == nullptr || std::sscanf(box, "%lf,%lf,%lf,%lf", &at[0], &at[1], &at[2], &at[3]) != 4) return 0;
  return at[2] > at[0] ? (at[3] - at[1]) / (at[2] - at[0]) : 0;
}

struct Measure {
  double tall = 0;  ///< height over width; 0 when the layout failed
  int hidden = 0;   ///< thick arrows behind nodes that are not theirs
};

/// Measures a picture laid out after a plan, on a graph of its own: Graphviz remembers the order of one it has laid out before.
Measure measured(GVC_t* context, const Picture& picture, const LayoutPlan& plan) {
  const Canvas canvas(picture, false);
  const Layout layout(context, canvas.graph(), plan);
  if (!layout.done()) return {};
  return {proportion(canvas.graph()), hidden_chains(canvas.graph())};
}

/// The ratio that makes an upright picture fit a screen; empty when it does already.
std::string wanted_ratio(double tall) {
  constexpr double kUpright = 0.82;
  constexpr double kWanted = 0.70;
  if (tall <= kUpright) return {};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", std::max(kWanted, tall / 2));
  return text.data();
}

}  // namespace

Layout::Layout(GVC_t* context, Agraph_t* graph, const LayoutPlan& plan) : context_(context), graph_(graph) {
  agset(graph, raw("mclimit"), raw(plan.effort));
  agset(graph, raw("nodesep"), raw(plan.distance));
  agset(graph, raw("ratio"), raw(plan.ratio));
  done_ = gvLayout(context, graph, "dot") == 0;
  if (done_) attach_attrs(graph);
}

Layout::~Layout() {
  if (done_) gvFreeLayout(context_, graph_);
}

LayoutPlan best_plan(GVC_t* context, const Picture& picture) {
  const bool may_retry = picture.nodes.size() + picture.edges.size() <= kMostForRetry;
  LayoutPlan best;
  int fewest = -1;
  for (const auto& [effort, distance] : kWays) {
    LayoutPlan plan{effort, distance, {}};
    Measure measure = measured(context, picture, plan);
    plan.ratio = wanted_ratio(measure.tall);
    if (fewest < 0) best = plan;
    if (!may_retry || measure.tall == 0) break;
    if (!plan.ratio.empty()) measure = measured(context, picture, plan);
    if (fewest >= 0 && measure.hidden >= fewest) continue;
    fewest = measure.hidden;
    best = plan;
    if (fewest == 0) break;
  }
  return best;
}

}  // namespace firebreak::report
