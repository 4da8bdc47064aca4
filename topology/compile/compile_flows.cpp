// Places that match the same selectors, lie in the same zone and expose the same ports fall into one class; rules are
// kept as lists of selectors. A selector is looked at once per distinct spelling and an address once per prefix length,
// so the cost is that of reading the rules and places, never their product.

#include <algorithm>
#include <map>
#include <unordered_map>

#include "topology/compile/compile.h"

namespace firebreak::compiling {

namespace {

/// The distinct selectors of all rules, each found from what it selects.
class SelectorTable {
 public:
  explicit SelectorTable(const Topology& topology)
      : topology_(topology),
        by_node_(topology.nodes.size()),
        by_tag_(topology.words.size()),
        by_kind_(topology.words.size()) {}

  /// The id of a selector, new or known. Not for "*".
  SelectorId add(const Selector& selector) {
    switch (selector.type) {
      case Selector::Type::node:
        return number(by_node_[selector.node]);
      case Selector::Type::tag:
        return number(selector.word.valid() ? by_tag_[selector.word] : nothing_);
      case Selector::Type::kind:
        return number(selector.word.valid() ? by_kind_[selector.word] : nothing_);
      default:
        break;
    }
    return number(by_cidr_.try_emplace(selector.cidr).first->second);
  }

  [[nodiscard]] std::size_t size() const { return count_; }

  /// Calls `found` with every selector that means this system.
  template <class Found>
  void for_each_of_system(const System& system, Found found) const {
    at(by_node_[system.node], found);
    for_each_around(system.zone, found);
    for_each_around(system.site, found);
    for (const WordId tag : topology_.tags_of(system)) at(by_tag_[tag], found);
    if (system.kind.valid()) at(by_kind_[system.kind], found);
    for (const Cidr& address : topology_.addresses_of(system)) for_each_covering(address, found);
  }

  /// The same for a zone as the hosts in it that are not modelled.
  template <class Found>
  void for_each_of_zone(const Zone& zone, Found found) const {
    for_each_around(zone.node, found);
    if (zone.cidr.empty()) return;
    for_each_covering(zone.cidr.front(), [&](SelectorId selector) {
      const Cidr& outer = cidr_of_.at(selector);
      if (std::ranges::all_of(zone.cidr, [&](const Cidr& inner) { return covers(outer, inner); })) found(selector);
    });
  }

  /// To be called once all selectors are added.
  void freeze() {
    for (const auto& [cidr, selector] : by_cidr_) {
      cidr_of_.emplace(selector, cidr);
      auto& lengths = lengths_[cidr.v6 ? 1 : 0];
      if (lengths.empty() || lengths.back() != cidr.length) lengths.push_back(cidr.length);
    }
    for (auto& lengths : lengths_) {
      std::ranges::sort(lengths);
      lengths.erase(std::ranges::unique(lengths).begin(), lengths.end());
    }
    find_named();
  }

 private:
  [[nodiscard]] NodeId parent(NodeId place) const {
    return topology_.nodes[place].kind == NodeKind::zone ? topology_.zone(place).parent : topology_.site(place).parent;
  }

  /// For each zone and site the nearest one at or around it that a selector names, so that no walk passes those
  /// between.
  void find_named() {
    named_.assign(topology_.nodes.size(), NodeId::none());
    std::vector<bool> known(topology_.nodes.size(), false);
    std::vector<NodeId> inward;
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      if (topology_.nodes[n].kind != NodeKind::zone && topology_.nodes[n].kind != NodeKind::site) continue;
      NodeId place = n;
      for (; place.valid() && !known[place.index()]; place = parent(place)) inward.push_back(place);
      NodeId named = place.valid() ? named_[place] : NodeId::none();
      for (; !inward.empty(); inward.pop_back()) {
        if (by_node_[inward.back()].valid()) named = inward.back();
        named_[inward.back()] = named;
        known[inward.back().index()] = true;
      }
    }
  }

  template <class Found>
  void for_each_around(NodeId place, Found& found) const {
    while (place.valid() && named_[place].valid()) {
      found(by_node_[named_[place]]);
      place = parent(named_[place]);
    }
  }

  SelectorId number(SelectorId& slot) {
    if (!slot.valid()) slot = SelectorId(count_++);
    return slot;
  }

  template <class Found>
  static void at(SelectorId selector, Found& found) {
    if (selector.valid()) found(selector);
  }

  template <class Found>
  void for_each_covering(const Cidr& inner, Found found) const {
    for (const std::uint8_t length : lengths_[inner.v6 ? 1 : 0]) {
      if (length > inner.length) break;
      const auto at = by_cidr_.find(truncated(inner, length));
      if (at != by_cidr_.end()) found(at->second);
    }
  }

  static Cidr truncated(Cidr cidr, std::uint8_t length) {
    cidr.length = length;
    for (std::size_t byte = 0; byte < cidr.bytes.size(); ++byte) {
      const std::size_t first_bit = byte * 8;
      if (first_bit >= length) {
        cidr.bytes[byte] = 0;
      } else if (length - first_bit < 8) {
        cidr.bytes[byte] = static_cast<std::uint8_t>(cidr.bytes[byte] & (0xFF00U >> (length - first_bit)));
      }
    }
    return cidr;
  }

  const Topology& topology_;
  std::size_t count_ = 0;
  SelectorId nothing_;  ///< stands for words that nothing carries
  IdVector<NodeId, SelectorId> by_node_;
  IdVector<WordId, SelectorId> by_tag_;
  IdVector<WordId, SelectorId> by_kind_;
  IdVector<NodeId, NodeId> named_;
  std::map<Cidr, SelectorId> by_cidr_;
  std::unordered_map<SelectorId, Cidr> cidr_of_;
  std::array<std::vector<std::uint8_t>, 2> lengths_;
};

struct WordsHash {
  std::size_t operator()(const std::vector<std::uint32_t>& words) const noexcept {
    std::uint64_t hash = 0x9E3779B97F4A7C15U;
    for (const std::uint32_t word : words) hash = (hash ^ word) * 0xFF51AFD7ED558CCDU + (hash >> 29U);
    return hash;
  }
};

class FlowCompiler {
 public:
  FlowCompiler(const Topology& topology, Graph& graph)
      : topology_(topology), graph_(graph), flow_(graph.flow), table_(topology) {}

  void run() {
    read_policies();
    table_.freeze();
    classify();
    flow_.meant_by = inverted<SelectorId>(flow_.selectors_of, table_.size());
    flow_.from_rules = inverted<SelectorId>(flow_.from_selectors, table_.size());
    flow_.to_rules = inverted<SelectorId>(flow_.to_selectors, table_.size());
  }

 private:
  void read_policies() {
    for (const PolicyId p : ids<PolicyId>(topology_.policies.size())) {
      const Policy& policy = topology_.policies[p];
      if (policy.replaced) continue;
      GraphPolicy compiled{p, policy.within_zones, policy.otherwise == RuleAction::allow, flow_.rules.next_id(), {}};
      for (const RuleId r : policy.rules) {
        const Rule& rule = topology_.rules[r];
        const RuleIndex index = flow_.rules.push_back({r, rule.action, rule.tier, rule.ports});
        read_side(rule.from, index, flow_.from_everything, flow_.from_selectors);
        read_side(rule.to, index, flow_.to_everything, flow_.to_selectors);
      }
      compiled.end_rule = flow_.rules.next_id();
      flow_.policies.push_back(compiled);
    }
  }

  void read_side(const Selectors& selectors, RuleIndex rule, std::vector<RuleIndex>& everything,
                 Packed<RuleIndex, SelectorId>& named) {
    const auto all = [](const Selector& s) { return s.type == Selector::Type::everything; };
    if (selectors.empty() || std::ranges::any_of(selectors, all)) {
      everything.push_back(rule);
    } else {
      const auto begin = static_cast<std::ptrdiff_t>(named.items.size());
      for (const Selector& selector : selectors) named.items.push_back(table_.add(selector));
      std::sort(named.items.begin() + begin, named.items.end());
      named.items.erase(std::unique(named.items.begin() + begin, named.items.end()), named.items.end());
    }
    named.end_row();
  }

  void classify() {
    flow_.class_of.resize(graph_.node_count);
    std::vector<std::uint32_t> key;
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (!graph_.zone[n].valid()) continue;
      const bool zone_itself = graph_.kind[n] == NodeKind::zone;
      const PortSetId exposes = zone_itself ? PortSetId::none() : topology_.system(n).exposes;
      key.assign({graph_.zone[n].index(), exposes.index(), zone_itself ? 1U : 0U});
      const auto found = [&](SelectorId selector) { key.push_back(selector.index()); };
      if (zone_itself) {
        table_.for_each_of_zone(topology_.zone(n), found);
      } else {
        table_.for_each_of_system(topology_.system(n), found);
      }
      std::sort(key.begin() + kFixed, key.end());
      key.erase(std::unique(key.begin() + kFixed, key.end()), key.end());
      const auto [at, fresh] = class_by_key_.try_emplace(key, flow_.classes.next_id());
      if (fresh) {
        flow_.classes.push_back({graph_.zone[n], exposes, zone_itself});
        keys_.push_back(&at->first);
      }
      flow_.class_of[n] = at->second;
    }
    flow_.members = grouped(flow_.class_of, flow_.classes.size());
    for (const auto* words : keys_) {
      for (auto selector = words->begin() + kFixed; selector != words->end(); ++selector) {
        flow_.selectors_of.items.emplace_back(*selector);
      }
      flow_.selectors_of.end_row();
    }
  }

  static constexpr std::ptrdiff_t kFixed = 3;  ///< words of a key before its selectors

  const Topology& topology_;
  Graph& graph_;
  FlowRelation& flow_;
  SelectorTable table_;
  std::unordered_map<std::vector<std::uint32_t>, FlowClassId, WordsHash> class_by_key_;
  std::vector<const std::vector<std::uint32_t>*> keys_;  ///< by class
};

}  // namespace

void compile_flows(const Topology& topology, Graph& graph) {
  FlowCompiler(topology, graph).run();
}

}  // namespace firebreak::compiling
