#include "report/picture/hidden_chains.h"

#include <array>
#include <cstdlib>
#include <vector>

#include "report/picture/graphviz_canvas.h"

// dot now and then draws an arrow behind a node that has nothing to do with it, which then seems to lie on its way. The
// curves are read back and sampled against the frames of the nodes.

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

constexpr double kInset = 3;  ///< points; touching a corner is no crossing
constexpr int kSamples = 12;  ///< per curve

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
    frames.push_back(
        {n, {middle.x - half_width, middle.y - half_height}, {middle.x + half_width, middle.y + half_height}});
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

}  // namespace

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

}  // namespace firebreak::report
