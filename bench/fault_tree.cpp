#include "bench/fault_tree.h"

#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <utility>

#include "tests/support/random.h"

namespace firebreak::bench {

namespace {

/// The gates of a tree from the bottom up. What no gate has taken yet waits in a queue, and is taken about in order, so
/// that the tree is about as deep everywhere; a gate may take besides what one near it has taken.
class TreeMaker {
 public:
  TreeMaker(std::size_t gates, std::uint64_t seed) : random_(seed), left_(gates), shared_(10 + random_.below(40)) {}

  [[nodiscard]] FaultTree make() {
    while (left_ > 1) add(2 + random_.below(3));
    add_top();
    FaultTree tree;
    tree.events = events_;
    tree.gates.assign(gates_.rbegin(), gates_.rend());
    for (FaultTree::Gate& gate : tree.gates) {
      for (FaultTree::Member& member : gate.members) {
        if (member.is_gate) member.index = gates_.size() - 1 - member.index;
      }
    }
    return tree;
  }

 private:
  void add(std::size_t size) {
    FaultTree::Gate gate;
    for (std::size_t i = 0; i < size; ++i) gate.members.push_back(fresh());
    if (gates_.size() > kNear && random_.percent(shared_)) {
      const FaultTree::Gate& near = gates_[gates_.size() - 1 - random_.below(kNear)];
      const FaultTree::Member member = near.members[random_.below(near.members.size())];
      if (std::ranges::find(gate.members, member) == gate.members.end()) gate.members.push_back(member);
    }
    const std::size_t kind = random_.below(100);
    const std::size_t most = gate.members.size();
    gate.threshold = kind < 58 ? 1 : kind < 92 || most < 3 ? most : 2 + random_.below(most - 2);
    waiting_.push_back({true, gates_.size()});
    gates_.push_back(std::move(gate));
    --left_;
  }

  /// The gate of all that no gate has taken.
  void add_top() {
    const std::vector<FaultTree::Member> rest(waiting_.begin(), waiting_.end());
    gates_.push_back({random_.percent(50) ? 1 : rest.size(), rest});
  }

  /// What no gate has taken yet: a gate as often as there may be too many of them left over, else an event.
  FaultTree::Member fresh() {
    if (waiting_.size() > 1 && (waiting_.size() >= left_ || random_.percent(50))) {
      const std::size_t at = random_.below(std::min<std::size_t>(waiting_.size(), 4));
      const FaultTree::Member member = waiting_[at];
      waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(at));
      return member;
    }
    return {false, events_++};
  }

  static constexpr std::size_t kNear = 12;
  support::Random random_;
  std::size_t left_;    ///< gates to be made
  std::size_t shared_;  ///< of so many gates in a hundred one member is that of another gate too
  std::size_t events_ = 0;
  std::vector<FaultTree::Gate> gates_;  ///< each behind its members
  std::deque<FaultTree::Member> waiting_;
};

}  // namespace

std::string open_psa(const FaultTree& tree) {
  std::string text = "<?xml version=\"1.0\"?>\n<opsa-mef>\n<define-fault-tree name=\"tree\">\n";
  for (std::size_t g = 0; g < tree.gates.size(); ++g) {
    const FaultTree::Gate& gate = tree.gates[g];
    const std::size_t size = gate.members.size();
    std::string_view word = gate.threshold == 1 ? "or" : gate.threshold == size ? "and" : "atleast";
    if (size == 1) word = "";
    text += fmt::format("<define-gate name=\"g{}\">\n", g);
    if (word == "atleast") {
      text += fmt::format("<atleast min=\"{}\">\n", gate.threshold);
    } else if (!word.empty()) {
      text += fmt::format("<{}>\n", word);
    }
    for (const FaultTree::Member& member : gate.members) {
      text += member.is_gate ? fmt::format("<gate name=\"g{}\"/>\n", member.index)
                             : fmt::format("<basic-event name=\"e{}\"/>\n", member.index);
    }
    if (!word.empty()) text += fmt::format("</{}>\n", word);
    text += "</define-gate>\n";
  }
  text += "</define-fault-tree>\n<model-data>\n";
  for (std::size_t e = 0; e < tree.events; ++e) text += fmt::format("<define-basic-event name=\"e{}\"/>\n", e);
  return text + "</model-data>\n</opsa-mef>\n";
}

std::string topology_json(const FaultTree& tree) {
  std::string text = "{\"system\": {";
  for (std::size_t e = 0; e < tree.events; ++e) text += fmt::format("{}\"e{}\": {{}}", e == 0 ? "" : ", ", e);
  text += "},\n\"service\": {";
  const auto id = [](const FaultTree::Member& member) {
    if (member.is_gate && member.index == 0) return std::string("top");
    return fmt::format("{}{}", member.is_gate ? 'g' : 'e', member.index);
  };
  for (std::size_t g = 0; g < tree.gates.size(); ++g) {
    const FaultTree::Gate& gate = tree.gates[g];
    std::string members;
    for (const FaultTree::Member& member : gate.members) {
      members += fmt::format("{}\"{}\"", members.empty() ? "" : ", ", id(member));
    }
    const std::size_t size = gate.members.size();
    const std::string needs = gate.threshold == 1      ? members
                              : gate.threshold == size ? fmt::format("{{\"any\": [{}]}}", members)
                                                       : fmt::format("{{\"at_least\": {}, \"of\": [{}]}}",
                                                                     size - gate.threshold + 1, members);
    text += fmt::format("{}\n\"{}\": {{\"needs\": [{}]}}", g == 0 ? "" : ",", id({true, g}), needs);
  }
  return text + "}}\n";
}

FaultTree random_fault_tree(std::size_t gates, std::uint64_t seed) {
  FaultTree tree = TreeMaker(gates, seed).make();
  tree.name = fmt::format("made-up {}", seed);
  return tree;
}

}  // namespace firebreak::bench
