#include "report/picture/graphviz_canvas.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "report/palette.h"
#include "report/picture/graphviz_ids.h"
#include "report/picture/lettering.h"

// The graph is built attribute by attribute, never as pasted text. Nodes are called n1, n2, ... so that no name from a
// file is a name in Graphviz, and have fixed sizes, so that the layout needs no font.

namespace firebreak::report {
namespace {

using Attribute = std::pair<const char*, const char*>;

constexpr auto kGraphDefaults = std::to_array<Attribute>({
    {"bgcolor", "white"},
    {"charset", "UTF-8"},
    {"color", "#C9CED6"},
    {"dpi", ""},
    {"fillcolor", "#F4F6F8"},
    {"fontname", kFontFamilies},
    {"id", ""},
    {"label", ""},
    {"labeljust", "l"},
    {"labelloc", "t"},
    {"margin", "0"},
    {"mclimit", "1"},
    {"newrank", "true"},
    {"nodesep", "0.18"},
    {"nslimit", "12"},
    {"nslimit1", "12"},
    {"outputorder", "edgesfirst"},
    {"pad", "0.3"},
    {"penwidth", "1"},
    {"rank", ""},
    {"rankdir", "LR"},
    {"ranksep", "0.7"},
    {"size", ""},
    {"splines", "true"},
    {"style", ""},
    {"tooltip", ""},
});
constexpr auto kNodeDefaults = std::to_array<Attribute>({
    {"color", "#767676"},
    {"fillcolor", "#FFFFFF"},
    {"fixedsize", "true"},
    {"fontname", kFontFamilies},
    {"height", "0.5"},
    {"id", ""},
    {"label", ""},
    {"margin", "0"},
    {"penwidth", "1"},
    {"peripheries", "1"},
    {"shape", "box"},
    {"skew", "0"},
    {"style", "filled"},
    {"tooltip", ""},
    {"width", "1"},
});
constexpr auto kEdgeDefaults = std::to_array<Attribute>({
    {"arrowsize", "0.7"},
    {"color", "#A3A9B1"},
    {"constraint", "true"},
    {"dir", "forward"},
    {"fontname", kFontFamilies},
    {"headport", ""},
    {"id", ""},
    {"label", ""},
    {"penwidth", "0.9"},
    {"style", "solid"},
    {"tailport", ""},
    {"tooltip", ""},
    {"weight", "1"},
});

void set(void* part, const char* name, const std::string& value) {
  agset(part, raw(name), raw(value));
}

std::string inches(double points) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", points / 72);
  return text.data();
}

/// A text for an attribute that Graphviz expands (escString) and takes for XML.
std::string expanded_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

void set_outline(Agnode_t* drawn, const PictureNode& node, const Label& label) {
  const bool gate = node.shape == Shape::gate;
  double width = label.width + (gate ? 8.0 : 18.0);
  double height = label.height + (gate ? 4.0 : 10.0);
  if (!gate) width = std::max(width, 76.0);
  switch (node.shape) {
    case Shape::site:
      set(drawn, "shape", "tab");
      height += 8;
      break;
    case Shape::link:
      set(drawn, "shape", "polygon");
      set(drawn, "skew", "0.14");
      width += 34;
      height += 2;
      break;
    case Shape::gate:
      set(drawn, "shape", "ellipse");
      width = std::max(width * 1.1, 20.0);
      height = std::max(height, 16.0);
      break;
    default:
      break;
  }
  set(drawn, "width", inches(width));
  set(drawn, "height", inches(height));
}

void set_colours(Agnode_t* drawn, const PictureNode& node) {
  std::string style = "filled";
  const bool round = node.shape == Shape::service || node.shape == Shape::customer || node.shape == Shape::summary ||
                     node.shape == Shape::zone;
  if (round || node.shape == Shape::identity) style += ",rounded";
  const Look& shown = look(node.states_shown ? node.state : State::works);
  set(drawn, "fillcolor", std::string(shown.fill));
  set(drawn, "color", std::string(shown.line));
  if (shown.border == Border::dashed || node.isolated) style += ",dashed";
  if (shown.border == Border::doubled) set(drawn, "peripheries", "2");
  if (node.state != State::works && node.states_shown) set(drawn, "penwidth", "1.6");
  if (node.spread != Spread::none) {
    set(drawn, "fillcolor", std::string(kReachedFill));
    set(drawn, "color", node.spread == Spread::start ? "#000000" : std::string(kReachedFill));
    set(drawn, "penwidth", node.spread == Spread::start ? "3" : "1.6");
  }
  if (node.isolated) {
    set(drawn, "color", std::string(look(State::off).line));
    set(drawn, "penwidth", "3");
  }
  if (node.jewel) {
    set(drawn, "color", std::string(kCrownJewelLine));
    set(drawn, "penwidth", "4");
  }
  set(drawn, "style", style);
}

}  // namespace

Canvas::Canvas(const Picture& picture, bool with_tooltips)
    : picture_(picture),
      with_tooltips_(with_tooltips),
      graph_(agopen(raw("firebreak"), Agdirected, numbered_in_order())) {
  for (const auto& [name, value] : kGraphDefaults) agattr(graph_, AGRAPH, raw(name), raw(value));
  for (const auto& [name, value] : kNodeDefaults) agattr(graph_, AGNODE, raw(name), raw(value));
  for (const auto& [name, value] : kEdgeDefaults) agattr(graph_, AGEDGE, raw(name), raw(value));
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) draw_box(i);
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) draw_node(i);
  draw_columns();
  for (std::size_t i = 0; i < picture.edges.size(); ++i) draw_edge(i);
  if (!picture.grid.names.empty()) draw_grid();
  set(graph_, "rankdir", picture.left_to_right ? "LR" : "TB");
  set(graph_, "id", "picture");
  set_html(graph_, heading_label(picture).html);
}

Canvas::~Canvas() {
  agclose(graph_);
}

void Canvas::set_html(void* part, const std::string& html) {
  if (!html.empty()) agset(part, raw("label"), agstrdup_html(graph_, raw(html)));
}

void Canvas::draw_box(std::size_t index) {
  const PictureBox& box = picture_.boxes[index];
  const std::string number = std::to_string(index + 1);
  Agraph_t* cluster = agsubg(home_of(box.parent), raw("cluster" + number), 1);
  boxes_.push_back(cluster);
  set_html(cluster, box_label(box).html);
  set(cluster, "id", "b" + number);
  set(cluster, "margin", "10");
  set(cluster, "style", box.isolated ? "rounded,filled,dashed" : "rounded,filled");
  if (box.parent != PictureNode::kNoBox) set(cluster, "fillcolor", "#E9EDF1");
  if (box.plain) set(cluster, "fillcolor", "#FFFFFF");
  if (box.isolated) {
    set(cluster, "color", std::string(look(State::off).line));
    set(cluster, "penwidth", "3");
  }
}

void Canvas::draw_node(std::size_t index) {
  const PictureNode& node = picture_.nodes[index];
  const std::string name = "n" + std::to_string(index + 1);
  Agnode_t* drawn = agnode(home_of(node.box), raw(name), 1);
  nodes_.push_back(drawn);
  set(drawn, "id", name);
  const Label label = node_label(node);
  set_html(drawn, label.html);
  if (with_tooltips_) set(drawn, "tooltip", expanded_text(node_tooltip(node)));
  set_outline(drawn, node, label);
  set_colours(drawn, node);
}

void Canvas::draw_columns() {
  std::vector<std::vector<std::size_t>> columns;
  for (std::size_t i = 0; i < picture_.nodes.size(); ++i) {
    const std::size_t column = picture_.nodes[i].column;
    if (column == PictureNode::kNoColumn) continue;
    if (columns.size() <= column) columns.resize(column + 1);
    columns[column].push_back(i);
  }
  Agnode_t* before = nullptr;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].empty()) continue;
    Agraph_t* home = home_of(picture_.nodes[columns[c].front()].box);
    Agraph_t* rank = agsubg(home, raw("column" + std::to_string(c + 1)), 1);
    set(rank, "rank", "same");
    for (const std::size_t n : columns[c]) agsubnode(rank, nodes_[n], 1);
    Agnode_t* first = nodes_[columns[c].front()];
    if (picture_.columns_in_order && before != nullptr) {
      Agedge_t* order = agedge(graph_, before, first, raw("order" + std::to_string(c)), 1);
      set(order, "style", "invis");
    }
    before = first;
  }
}

void Canvas::draw_grid() {
  Agnode_t* drawn = agnode(graph_, raw("grid"), 1);
  const Label label = grid_label(picture_.grid);
  set(drawn, "id", "grid");
  set(drawn, "shape", "plaintext");
  set(drawn, "peripheries", "0");
  set(drawn, "style", "");
  set(drawn, "width", inches(label.width));
  set(drawn, "height", inches(label.height));
  set_html(drawn, label.html);
}

void Canvas::draw_edge(std::size_t index) {
  const PictureEdge& edge = picture_.edges[index];
  const std::string name = "e" + std::to_string(index + 1);
  Agedge_t* drawn = agedge(graph_, nodes_[edge.from], nodes_[edge.to], raw(name), 1);
  set(drawn, "id", name);
  if (picture_.left_to_right) {
    set(drawn, "tailport", "e");
    set(drawn, "headport", "w");
  }
  set_html(drawn, edge_label(edge).html);
  if (with_tooltips_) set(drawn, "tooltip", expanded_text(edge_tooltip(picture_, edge)));
  constexpr std::array kDirections = {"forward", "back", "both", "none"};
  set(drawn, "dir", kDirections[static_cast<std::size_t>(edge.arrow)]);
  if (edge.dashed) set(drawn, "style", "dashed");
  const State carries = edge.carries;
  const bool carries_loss = carries != State::works;
  if (edge.spread) {
    set(drawn, "color", std::string(kReachedFill));
  } else if (carries_loss) {
    set(drawn, "color", std::string(look(carries).line));
  }
  if (edge.chain) {
    set(drawn, "penwidth", "2.8");
    set(drawn, "weight", "4");
    set(drawn, "arrowsize", "0.8");
  } else if (edge.spread) {
    set(drawn, "penwidth", "1.2");
  }
}

}  // namespace firebreak::report
