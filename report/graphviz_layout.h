#pragma once

#include <cgraph.h>
#include <gvc.h>

#include <string>

#include "report/picture.h"

namespace firebreak::report {

/// How dot is to go about a picture.
struct LayoutPlan {
  const char* effort = "1";      ///< at untangling arrows (mclimit)
  const char* distance = "0.18"; ///< between nodes of one column, in inches (nodesep)
  std::string ratio = {};        ///< height over width, or empty
};

/// A graph laid out with dot, so that it can be rendered, as long as this object lives. Its measures are in its attributes.
class Layout {
 public:
  Layout(GVC_t* context, Agraph_t* graph, const LayoutPlan& plan);
  ~Layout();
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  [[nodiscard]] bool done() const { return done_; }

 private:
  GVC_t* context_;
  Agraph_t* graph_;
  bool done_ = false;
};

/// The plan for a picture, found by trying: one that comes out upright is spread, to twice its width at most, so that it fits a screen or a page on
/// its side; where thick arrows pass behind nodes that are not theirs, other ways are tried and the best is taken. The
/// result depends on the picture alone.
[[nodiscard]] LayoutPlan best_plan(GVC_t* context, const Picture& picture);

}  // namespace firebreak::report
