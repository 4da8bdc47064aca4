#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firebreak/duration.h"
#include "firebreak/ids.h"
#include "firebreak/impact.h"

/// A picture as a value: what is drawn and what it means, with no word of how an engine wants it. Texts are names as
/// they were written, not yet escaped nor wrapped.
namespace firebreak::report {

enum class Shape : std::uint8_t { system, identity, service, customer, site, link, zone, gate, summary };

/// What a compromise has to do with a node.
enum class Spread : std::uint8_t { none, start, reached };

struct PictureNode {
  Shape shape = Shape::system;
  State state = State::works;
  Spread spread = Spread::none;
  bool states_shown = true;          ///< false: the picture has no states (segmentation map, columns of a blast)
  bool jewel = false;                ///< critical: outlined
  bool isolated = false;             ///< by an action of the scenario
  NodeId subject;                    ///< what it stands for; none for gates and summaries
  std::string name;                  ///< or what a gate or a summary says
  std::string noun;                  ///< what several of them are called when they are drawn together ("web-server")
  std::vector<std::string> notes;    ///< small lines below the name
  Seconds after = 0;                 ///< when the state begins; 0 = at once
  bool from_start = false;           ///< in this state with no action at all
  bool bystander = false;            ///< works, and explains nothing of what does not; see without_bystanders()
  std::size_t box = kNoBox;          ///< index in Picture::boxes
  std::size_t column = kNoColumn;    ///< nodes of one column stand in line
  std::uint32_t keep = kMergeable;   ///< lower = later drawn together with others; see aggregate()
  std::size_t count = 1;             ///< how many nodes are drawn together here
  std::vector<std::string> members;  ///< the names of some of them, when there are several

  static constexpr std::size_t kNoBox = static_cast<std::size_t>(-1);
  static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
  static constexpr std::uint32_t kMergeable = static_cast<std::uint32_t>(-1);
};

/// A frame around nodes and other frames.
struct PictureBox {
  std::string title;
  std::size_t parent = PictureNode::kNoBox;  ///< index of an earlier box
  bool isolated = false;
  bool plain = false;  ///< drawn without emphasis: a column, not a zone
};

enum class Arrow : std::uint8_t { forward, backward, both, none };

struct PictureEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  Arrow arrow = Arrow::forward;
  bool chain = false;   ///< part of what the picture is about: thick
  bool dashed = false;  ///< soft, fallback, or what only helps
  bool spread = false;  ///< carries the compromise
  bool minor = false;   ///< left out first: what it leads to is explained by others
  State carries = State::works;
  std::string label;
  std::size_t count = 1;  ///< how many edges are drawn together here
};

/// How open a cell of a grid is.
enum class Tint : std::uint8_t { none, some, all, cut };

struct PictureCell {
  Tint tint = Tint::none;
  std::vector<std::string> lines;
  bool alarm = false;  ///< something in it is wrong: outlined
};

/// A table of cells, with equal names down its side and numbers for them along its top.
struct PictureGrid {
  std::vector<std::string> names;
  std::vector<std::vector<PictureCell>> cells;  ///< by row, then by column
  int cell_width = 0;                           ///< in points
  int cell_height = 0;
};

/// One entry of the legend: a patch or a line, and what it means.
struct LegendEntry {
  enum class Type : std::uint8_t { state, reached, start, jewel, isolated, line, gate, tint, alarm, text };
  Type type = Type::text;
  State state = State::works;
  Tint tint = Tint::none;
  bool chain = false;   ///< line
  bool dashed = false;  ///< line
  bool spread = false;  ///< line
  std::string text;
};

struct Picture {
  std::string title;                 ///< the answer in one sentence
  std::vector<std::string> remarks;  ///< small lines below it: what is left out, what is guessed
  bool left_to_right = true;
  bool columns_in_order = false;  ///< columns stand one behind the other, by number
  bool labels_matter = false;     ///< nodes whose edges bear different labels are not alike
  std::vector<PictureBox> boxes;
  std::vector<PictureNode> nodes;
  std::vector<PictureEdge> edges;
  PictureGrid grid;  ///< below the heading, where it has any names
  std::vector<LegendEntry> legend;
};

}  // namespace firebreak::report
