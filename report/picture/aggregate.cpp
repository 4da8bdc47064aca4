#include "report/picture/aggregate.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "report/wording.h"

// Nodes of one look are one class; a class is then split as long as its members have neighbours in different classes
// (partition refinement), and the finest partition that fits is drawn. When not even the coarsest fits, the look is
// taken more coarsely: without nouns, by outer box, by state.

namespace firebreak::report {
namespace {

constexpr std::size_t kMostRounds = 24;
constexpr std::size_t kMembersNamed = 6;
constexpr std::size_t kNone = PictureNode::kNoBox;

/// Which class each node is in, numbered in the order of their first members.
struct Partition {
  std::vector<std::uint32_t> of;
  std::size_t count = 0;
};

/// How coarsely a look is taken.
enum class Grain : std::uint8_t { noun, box, outer_box, no_box };

template <class Key>
Partition number(const std::vector<Key>& keys) {
  Partition out;
  std::map<Key, std::uint32_t> known;
  for (const Key& key : keys) {
    out.of.push_back(known.try_emplace(key, static_cast<std::uint32_t>(known.size())).first->second);
  }
  out.count = known.size();
  return out;
}

std::size_t shown_box(const Picture& picture, std::size_t box, Grain grain) {
  if (grain == Grain::no_box) return kNone;
  if (grain != Grain::outer_box) return box;
  while (box != kNone && picture.boxes[box].parent != kNone) box = picture.boxes[box].parent;
  return box;
}

/// Nodes that stay alone: those that stand for nothing, and the chains with the lowest `keep` as long as there is room.
std::vector<bool> nodes_alone(const Picture& picture, std::size_t most) {
  std::map<std::uint32_t, std::size_t> sizes;
  for (const PictureNode& node : picture.nodes) {
    if (node.keep != PictureNode::kMergeable) ++sizes[node.keep];
  }
  std::size_t taken = 0;
  std::uint32_t last = 0;
  for (const auto& [keep, size] : sizes) {
    if (taken + size > most) break;
    taken += size;
    last = keep;
  }
  std::vector<bool> alone;
  for (const PictureNode& node : picture.nodes) alone.push_back(taken > 0 && node.keep <= last);
  return alone;
}

Partition by_look(const Picture& picture, const std::vector<bool>& alone, Grain grain) {
  using Key = std::tuple<std::size_t, std::size_t, std::size_t, unsigned, unsigned, unsigned, std::string>;
  std::vector<Key> keys;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const PictureNode& node = picture.nodes[i];
    const unsigned marks = (node.jewel ? 1U : 0U) | (node.isolated ? 2U : 0U) | (node.states_shown ? 4U : 0U);
    const unsigned state = static_cast<unsigned>(node.state) * 4U + static_cast<unsigned>(node.spread);
    const std::string word = node.shape == Shape::gate ? node.name : grain == Grain::noun ? node.noun : std::string();
    keys.emplace_back(alone[i] ? i : kNone, shown_box(picture, node.box, grain), node.column,
                      static_cast<unsigned>(node.shape), state, marks, word);
  }
  return number(keys);
}

/// Splits every class whose members have neighbours in different classes.
Partition refined(const Picture& picture, const Partition& partition) {
  std::vector<std::vector<std::uint64_t>> keys(picture.nodes.size());
  std::map<std::string_view, std::uint64_t> labels;
  for (const PictureEdge& edge : picture.edges) {
    std::uint64_t kind =
        (edge.dashed ? 2U : 0U) | (edge.chain ? 4U : 0U) | (static_cast<std::uint64_t>(edge.arrow) << 3U);
    if (picture.labels_matter) kind |= labels.try_emplace(edge.label, labels.size()).first->second << 6U;
    keys[edge.from].push_back((kind << 32U) | partition.of[edge.to]);
    keys[edge.to].push_back(((kind | 1U) << 32U) | partition.of[edge.from]);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::sort(keys[i].begin(), keys[i].end());
    keys[i].erase(std::unique(keys[i].begin(), keys[i].end()), keys[i].end());
    keys[i].push_back(partition.of[i]);
  }
  return number(keys);
}

using EdgeKey = std::tuple<std::uint32_t, std::uint32_t, bool, bool, Arrow>;

EdgeKey key_of(const PictureEdge& edge, const Partition& partition) {
  return {partition.of[edge.from], partition.of[edge.to], edge.dashed, edge.spread, edge.arrow};
}

/// The most classes in one column.
std::size_t fullest_column(const Picture& picture, const Partition& partition) {
  std::map<std::size_t, std::set<std::uint32_t>> columns;
  std::size_t most = 0;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const std::size_t column = picture.nodes[i].column;
    if (column == PictureNode::kNoColumn) continue;
    columns[column].insert(partition.of[i]);
    most = std::max(most, columns[column].size());
  }
  return most;
}

bool fits(const Picture& picture, const Partition& partition, const Room& room) {
  if (partition.count > room.nodes || fullest_column(picture, partition) > room.in_column) return false;
  std::set<EdgeKey> edges;
  for (const PictureEdge& edge : picture.edges) {
    if (partition.of[edge.from] != partition.of[edge.to]) edges.insert(key_of(edge, partition));
    if (edges.size() > room.edges) return false;
  }
  return true;
}

void join(PictureNode& whole, const PictureNode& part) {
  if (whole.count == 1) whole.members = {whole.name};
  if (whole.members.size() < kMembersNamed) whole.members.push_back(part.name);
  whole.count += part.count;
  whole.subject = {};
  whole.after = std::min(whole.after, part.after);
  whole.from_start = whole.from_start && part.from_start;
  whole.keep = std::min(whole.keep, part.keep);
  if (whole.noun != part.noun) whole.noun.clear();
  std::erase_if(whole.notes, [&](const std::string& note) {
    return std::find(part.notes.begin(), part.notes.end(), note) == part.notes.end();
  });
}

void join(PictureEdge& whole, const PictureEdge& part, bool labels_matter) {
  whole.chain = whole.chain || part.chain;
  whole.carries = std::min(whole.carries, part.carries);
  whole.count += part.count;
  if (whole.label == part.label) return;
  whole.label = labels_matter ? std::string("various") : std::string();
}

Picture merged(const Picture& picture, const Partition& partition, Grain grain) {
  Picture out = picture;
  out.nodes.clear();
  out.edges.clear();
  std::vector<bool> begun(partition.count, false);
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const std::uint32_t c = partition.of[i];
    if (begun[c]) {
      join(out.nodes[c], picture.nodes[i]);
    } else {
      begun[c] = true;
      out.nodes.push_back(picture.nodes[i]);
    }
  }
  for (PictureNode& node : out.nodes) {
    if (node.count > 1) node.box = shown_box(picture, node.box, grain);
  }
  std::map<EdgeKey, std::size_t> known;
  for (const PictureEdge& edge : picture.edges) {
    const EdgeKey key = key_of(edge, partition);
    if (std::get<0>(key) == std::get<1>(key)) continue;
    const auto [at, fresh] = known.try_emplace(key, out.edges.size());
    if (!fresh) {
      join(out.edges[at->second], edge, picture.labels_matter);
      continue;
    }
    out.edges.push_back(edge);
    out.edges.back().from = std::get<0>(key);
    out.edges.back().to = std::get<1>(key);
  }
  return only(out, std::vector<bool>(out.nodes.size(), true));
}

/// Every group of needs replaced by edges from its members to its owner that bear its words.
Picture without_gates(const Picture& picture) {
  std::vector<std::size_t> out_edge(picture.nodes.size(), kNone);
  std::vector<bool> kept;
  for (const PictureNode& node : picture.nodes) kept.push_back(node.shape != Shape::gate);
  for (std::size_t e = 0; e < picture.edges.size(); ++e) {
    if (!kept[picture.edges[e].from]) out_edge[picture.edges[e].from] = e;
  }
  Picture flat = picture;
  std::erase_if(flat.legend, [](const LegendEntry& entry) { return entry.type == LegendEntry::Type::gate; });
  for (PictureEdge& edge : flat.edges) {
    const bool into_gate = !kept[edge.to];
    const bool open_question = edge.carries != State::works && !edge.chain;
    if (into_gate && open_question) edge.label = picture.nodes[edge.to].name;
    while (!kept[edge.to] && out_edge[edge.to] != kNone) {
      const PictureEdge& on = picture.edges[out_edge[edge.to]];
      edge.chain = edge.chain && on.chain;
      edge.dashed = edge.dashed || on.dashed;
      edge.to = on.to;
    }
  }
  return only(flat, kept);
}

/// Leaves out arrows that are not part of a chain, the last ones first, until `most` remain.
void thin_out(Picture& picture, std::size_t most) {
  std::size_t left_out = 0;
  for (std::size_t i = picture.edges.size(); i-- > 0 && picture.edges.size() - left_out > most;) {
    PictureEdge& edge = picture.edges[i];
    if (edge.chain) continue;
    edge.count = 0;
    ++left_out;
  }
  if (left_out == 0) return;
  std::erase_if(picture.edges, [](const PictureEdge& edge) { return edge.count == 0; });
  picture.remarks.push_back(counted(left_out, "arrow") + " not drawn");
}

Picture without_minor_edges(const Picture& picture) {
  Picture out = picture;
  const std::size_t left_out = std::erase_if(out.edges, [](const PictureEdge& edge) { return edge.minor; });
  if (left_out > 0) out.remarks.emplace_back("arrows into what fails are drawn only where they say why");
  return out;
}

struct Choice {
  Partition partition;
  bool found = false;
};

/// The finest partition that fits, starting from one look.
Choice finest(const Picture& picture, const std::vector<bool>& alone, Grain grain, const Room& room,
              std::size_t least_rounds) {
  Choice choice{by_look(picture, alone, grain), false};
  if (!fits(picture, choice.partition, room)) return choice;
  std::size_t rounds = 0;
  for (; rounds < kMostRounds; ++rounds) {
    Partition finer = refined(picture, choice.partition);
    if (finer.count == choice.partition.count || !fits(picture, finer, room)) break;
    choice.partition = std::move(finer);
  }
  choice.found = rounds >= least_rounds;
  return choice;
}

/// Columns that are full of nodes which stay alone may be longer.
Room with_longer_columns(const Picture& picture, const std::vector<bool>& alone, Room room) {
  std::map<std::size_t, std::size_t> columns;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    if (alone[i] && picture.nodes[i].column != PictureNode::kNoColumn) ++columns[picture.nodes[i].column];
  }
  for (const auto& [column, size] : columns) room.in_column = std::max(room.in_column, size + 4);
  return room;
}

/// Every node by itself, but the bystanders of one column together.
Partition bystanders_together(const Picture& picture) {
  std::vector<std::pair<std::size_t, std::size_t>> keys;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const PictureNode& node = picture.nodes[i];
    const bool together = node.bystander && node.column != PictureNode::kNoColumn;
    keys.emplace_back(together ? kNone : i, together ? node.column : 0);
  }
  return number(keys);
}

void say_what_was_merged(Picture& picture) {
  std::size_t together = 0;
  std::size_t boxes = 0;
  for (const PictureNode& node : picture.nodes) {
    if (node.count == 1 || node.shape == Shape::gate) continue;
    together += node.count;
    ++boxes;
  }
  if (boxes > 0)
    picture.remarks.push_back(counted(together, "node") + " are drawn together as " +
                              grouped(static_cast<double>(boxes)));
}

}  // namespace

Picture without_bystanders(const Picture& picture, std::size_t most_nodes) {
  if (picture.nodes.size() <= most_nodes) return picture;
  Picture out = merged(picture, bystanders_together(picture), Grain::noun);
  std::vector<bool> kept;
  std::size_t left_out = 0;
  for (const PictureNode& node : out.nodes) {
    kept.push_back(!node.bystander || node.column != PictureNode::kNoColumn);
    if (!kept.back() && node.shape != Shape::gate) ++left_out;
  }
  std::erase_if(out.edges, [&](const PictureEdge& edge) {
    return out.nodes[edge.from].bystander || out.nodes[edge.to].bystander;
  });
  out = only(out, kept);
  if (left_out > 0)
    out.remarks.push_back(grouped(static_cast<double>(left_out)) + " more keep working and are not drawn");
  return out;
}

Picture aggregate(const Picture& picture, const Room& room) {
  const bool small = picture.nodes.size() <= room.nodes && picture.edges.size() <= room.edges;
  if (small) return picture;
  const Picture major = without_minor_edges(picture);
  const Picture flat = without_gates(major);
  struct Attempt {
    const Picture* picture;
    Grain grain;
    std::size_t least_rounds;
  };
  const std::array attempts = {Attempt{&picture, Grain::noun, 1},   Attempt{&major, Grain::noun, 1},
                               Attempt{&flat, Grain::noun, 0},      Attempt{&flat, Grain::box, 0},
                               Attempt{&flat, Grain::outer_box, 0}, Attempt{&flat, Grain::no_box, 0}};
  Picture out;
  for (const Attempt& attempt : attempts) {
    const std::vector<bool> alone = nodes_alone(*attempt.picture, room.alone);
    const Room longer = with_longer_columns(*attempt.picture, alone, room);
    const Choice choice = finest(*attempt.picture, alone, attempt.grain, longer, attempt.least_rounds);
    if (!choice.found && attempt.grain != Grain::no_box) continue;
    out = merged(*attempt.picture, choice.partition, attempt.grain);
    break;
  }
  say_what_was_merged(out);
  thin_out(out, room.edges);
  return out;
}

}  // namespace firebreak::report
