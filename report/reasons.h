#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "firebreak/explain.h"
#include "firebreak/impact.h"
#include "firebreak/report.h"

#include "analyzer/mask.h"
#include "report/views.h"

namespace firebreak::report {

/// The chain of reasons of a node, from the node to the root.
struct Chain {
  std::vector<const ReasonView*> links;
  std::uint64_t left_out = 0;  ///< links before the last one that are not in `links`, because the chain is very long
};

/// Explains the states of one impact in words. Links are made once and shared by all chains that pass through them, so
/// that explaining every node costs about as much as following every need once.
class Reasons {
 public:
  /// The links of a chain that are named at most.
  static constexpr std::size_t kMostLinks = 48;

  /// `scenario` is the one `impact` was made for, which may hold more than the subject's. Everything must outlive this
  /// object.
  Reasons(const Subject& subject, const Scenario& scenario, const Impact& impact, Seconds at);

  /// Why a node is in its state: for what is off, that it is; for what is at risk, what it has left; nothing for what
  /// works. Of more than `most` links (two at least) the first ones and the last. The links live as long as this
  /// object.
  [[nodiscard]] Chain chain(NodeId node, std::size_t most = kMostLinks);

  /// Why one need is severed: as the link of a chain, whether or not its owner fails of it.
  [[nodiscard]] ReasonView severed_need(LeafId leaf);

  /// The last link of a node's chain; null for what works.
  [[nodiscard]] const ReasonView* root(NodeId node);

 private:
  /// A node as it fails, or as it degrades.
  struct Key {
    NodeId node;
    bool fails = false;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(Key key) const { return 2 * std::size_t{key.node.index()} + (key.fails ? 1 : 0); }
  };
  /// One link, where the chain goes on, and where it ends.
  struct Link {
    ReasonView view;
    Key next;                  ///< a node, unless the chain ends here
    Seconds next_at = kNever;  ///< by when `next` had to be lost
    const Link* after = nullptr;
    const Link* last = nullptr;
    std::uint64_t length = 1;  ///< of the chain from here
  };

  [[nodiscard]] const Link* first_link(NodeId node);
  [[nodiscard]] const Link* follow(Key start, Seconds at);
  void make(Link& link, Key key, Seconds at);
  void make_off(Link& link, NodeId node);
  void make_risk(Link& link, NodeId node);
  void say(Link& link, const Arc& arc, const Cause& cause, const std::vector<std::string>& stand_ins = {});
  void say_provider(Link& link, const Cause& cause);
  void say_severed(Link& link, const Arc& arc, const Cause& cause);
  [[nodiscard]] NodeId broken_link(const Leaf& leaf, Seconds at);
  [[nodiscard]] bool is_node(VertexId v) const { return v.index() < graph_.node_count; }
  [[nodiscard]] std::string id(NodeId n) const { return std::string(topology_.nodes[n].id); }
  [[nodiscard]] Span place(const Arc& arc) const;
  /// The nodes a group speaks of, in source order.
  [[nodiscard]] std::vector<std::string> members(std::uint32_t need) const;
  [[nodiscard]] std::string where(const Arc& arc, const Cause& cause, const ReasonView& view,
                                  const std::vector<std::string>& stand_ins) const;
  /// Whether the loss of a need only degrades, because it or a group around it is soft.
  [[nodiscard]] bool is_soft(NodeId owner, std::uint32_t need) const;

  const Subject& subject_;
  const Topology& topology_;
  const Graph& graph_;
  const Scenario& scenario_;
  const Impact& impact_;
  Seconds at_;
  Mask mask_;
  CauseFinder finder_;
  std::unordered_map<Key, std::unique_ptr<Link>, KeyHash> links_;
  std::map<std::pair<NodeId, NodeId>, NodeId> broken_;        ///< by pair of zones: a link that fails between them
  std::unordered_map<NodeId, std::vector<VertexId>> spares_;  ///< groups that can put their owner at risk, by owner
};

/// A chain as one sentence without its subject: "needs pbx (t.toml:41), which is at muc (t.toml:12), which is off". A
/// long chain is cut in the middle, and says so.
[[nodiscard]] std::string sentence(const Chain& chain);

}  // namespace firebreak::report
