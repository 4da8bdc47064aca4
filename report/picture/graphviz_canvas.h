#pragma once

#include <cgraph.h>
#include <cstddef>
#include <string>
#include <vector>

#include "report/picture/picture.h"
#include "report/picture/picture_label.h"

namespace firebreak::report {

/// cgraph takes char* where it means const char*, and never writes to it.
[[nodiscard]] inline char* raw(const char* text) {
  return const_cast<char*>(text);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}
[[nodiscard]] inline char* raw(const std::string& text) {
  return raw(text.c_str());
}

/// A picture as a graph of cgraph, with every size and colour set and nothing placed. Nodes have the ids n1, n2, ...,
/// edges e1, e2, ... and boxes b1, b2, ... in the order of the picture, which must outlive it.
class Canvas {
 public:
  Canvas(const Picture& picture, bool with_tooltips);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  [[nodiscard]] Agraph_t* graph() const { return graph_; }

 private:
  void set_html(void* part, const std::string& html);
  [[nodiscard]] Agraph_t* home_of(std::size_t box) const { return box == PictureNode::kNoBox ? graph_ : boxes_[box]; }
  void draw_box(std::size_t index);
  void draw_node(std::size_t index);
  /// Nodes of one column go into one subgraph of equal rank, inside their box if they share one.
  void draw_columns();
  void draw_edge(std::size_t index);
  void draw_grid();

  const Picture& picture_;
  bool with_tooltips_;
  Agraph_t* graph_;
  std::vector<Agraph_t*> boxes_;
  std::vector<Agnode_t*> nodes_;
};

}  // namespace firebreak::report
