#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "firebreak/chunked.h"
#include "firebreak/duration.h"
#include "firebreak/ids.h"
#include "firebreak/indexed.h"
#include "firebreak/needs.h"
#include "firebreak/packed.h"
#include "firebreak/ports.h"
#include "firebreak/source.h"

/// What the network IS: the model as it was written, with every name resolved and every value in its unit. A Topology
/// is made by a TopologyBuilder (builder.h) or read from files (load.h), holds no faults, and never changes afterwards.
namespace firebreak {

/// Text owned by the topology it came from; empty when it was not given.
using Text = std::string_view;

enum class NodeKind : std::uint8_t { zone, site, system, identity, service, customer, link };
inline constexpr std::size_t kNodeKinds = 7;
[[nodiscard]] std::string_view to_string(NodeKind kind);
/// What an attacker may take over.
[[nodiscard]] constexpr bool can_be_compromised(NodeKind kind) {
  return kind == NodeKind::system || kind == NodeKind::identity;
}

/// A free-form value under `meta`, kept so that a topology can be written back whole.
struct MetaValue {
  enum class Type : std::uint8_t { string, integer, number, boolean, date, array, table };
  Type type = Type::string;
  std::string text;  ///< string and date (RFC 3339, as written)
  std::int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  std::vector<std::pair<std::string, MetaValue>> members;  ///< table, in source order; array, with empty keys

  MetaValue();  // defined below, because clang 14 makes the empty list before the pair in it is complete
};
inline MetaValue::MetaValue() = default;

/// An IPv4 or IPv6 prefix; an address is a prefix of full length.
struct Cidr {
  std::array<std::uint8_t, 16> bytes{};  ///< network order; IPv4 uses the first four; host bits are zero
  std::uint8_t length = 0;               ///< bits of the prefix
  bool v6 = false;

  friend auto operator<=>(const Cidr&, const Cidr&) = default;  // NOLINT(readability-implicit-bool-conversion)
};
[[nodiscard]] std::optional<Cidr> parse_cidr(std::string_view text);     ///< "10.2.0.0/16", "fd00::/8", or an address
[[nodiscard]] std::optional<Cidr> parse_address(std::string_view text);  ///< without a "/"
[[nodiscard]] bool covers(const Cidr& outer, const Cidr& inner);
[[nodiscard]] std::string to_string(const Cidr& cidr);

/// A run of items in one of the lists of a topology.
struct Run {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin == end; }
};
/// In Topology::needs: the needs of one node, all of which must hold.
using NeedRange = Run;

/// What a rule, a pivot, a scenario or a question speaks of.
struct Selector {
  enum class Type : std::uint8_t { everything, node, tag, kind, cidr };
  Type type = Type::everything;
  NodeId node;  ///< node
  WordId word;  ///< tag, kind
  Cidr cidr;    ///< cidr
  Text text;    ///< as written
  Span at;
};
using Selectors = std::vector<Selector>;

struct Contact {
  Text owner;
  Text phone;
  Text isolate_how;

  friend auto operator<=>(const Contact&, const Contact&) = default;
};
/// Distinct contacts are kept once; the first says nothing.
using ContactId = Id<struct ContactTag>;

/// What every node has. `index` counts within its kind: `topology.systems[topology.nodes[n].index]`.
struct Node {
  NodeKind kind = NodeKind::system;
  std::uint32_t index = 0;
  Text id;
  Text name;  ///< for people; empty when not given
  Span at;    ///< where it is defined
};

struct Zone {
  NodeId node;
  NodeId parent;
  std::vector<Cidr> cidr;
  double cost = 1;
  ContactId contact;
};

struct Site {
  NodeId node;
  NodeId parent;
  NeedRange needs;
  ContactId contact;
};

struct System {
  NodeId node;
  NodeId zone;
  NodeId site;
  NodeId runs_on;
  Run address;  ///< in Topology::addresses
  WordId kind;
  Run tags;           ///< in Topology::tags
  PortSetId exposes;  ///< none = not stated: every port
  NeedRange needs;
  NeedRange managed_by;  ///< what must work to act on it remotely
  bool has_managed_by = false;
  bool critical = false;
  StatedTime effort;  ///< kNever = hardened
  StatedTime start;
  StatedTime rebuild;
  double cost = 1;
  ContactId contact;
};

struct Identity {
  NodeId node;
  WordId kind;
  Run tags;  ///< in Topology::tags
  bool critical = false;
  StatedTime rebuild;
  double cost = 1;
  ContactId contact;
};

struct Service {
  NodeId node;
  NeedRange needs;
  std::optional<double> users;
  std::optional<double> weight;  ///< default: users, else 1
  std::optional<Seconds> rto;
  Run tags;  ///< in Topology::tags
  ContactId contact;
};

struct Customer {
  NodeId node;
  std::vector<Located<NodeId>> uses;
  std::optional<double> users;
  ContactId contact;
};

struct Link {
  NodeId node;
  NodeId a;
  NodeId b;
  NeedRange needs;
  ContactId contact;
};

enum class RuleAction : std::uint8_t { allow, deny, pass };
[[nodiscard]] std::string_view to_string(RuleAction action);

struct Rule {
  PolicyId policy;
  Text name;
  RuleAction action = RuleAction::deny;
  PortSetId ports;
  Selectors from;  ///< empty = everything (also places outside every zone)
  Selectors to;
  std::int64_t tier = 0;
  double cost = 1;
  Span at;
};

struct Policy {
  Text id;
  Text name;
  bool within_zones = false;                ///< scope "all": also judges flows inside a zone
  RuleAction otherwise = RuleAction::deny;  ///< the default: allow or deny
  std::vector<Located<PolicyId>> replaces;  ///< policies it stands in for
  bool replaced = false;                    ///< another stands in for it: it is not judged
  std::vector<RuleId> rules;                ///< in the order they are judged: by tier, in file order inside a tier
  ContactId contact;                        ///< of whoever changes its rules
  Span at;
};

/// One selector of a pivot, in four bytes: estates have millions of them, and nearly all name one node.
class PivotSelector {
 public:
  PivotSelector() = default;
  [[nodiscard]] static PivotSelector naming(NodeId node) { return PivotSelector(node.index()); }
  /// The selector Topology::pivot_words[word].
  [[nodiscard]] static PivotSelector saying(std::size_t word) {
    return PivotSelector(static_cast<std::uint32_t>(word) | kWord);
  }
  [[nodiscard]] static PivotSelector none() { return PivotSelector(kNone); }
  [[nodiscard]] bool valid() const { return value_ != kNone; }
  [[nodiscard]] bool names_node() const { return (value_ & kWord) == 0; }
  [[nodiscard]] NodeId node() const { return NodeId(value_); }
  [[nodiscard]] std::uint32_t word() const { return value_ & ~kWord; }

 private:
  static constexpr std::uint32_t kWord = kMaxIds + 1;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  explicit PivotSelector(std::uint32_t value) : value_(value) {}
  std::uint32_t value_ = 0;
};

/// What many pivots have in common.
struct PivotManner {
  PortSetId port;  ///< none = needs no flow
  PhraseId via;
  StatedTime effort;

  friend bool operator==(const PivotManner&, const PivotManner&) = default;
};

/// A pivot as it is kept; `Topology::pivot` tells what it says.
struct PivotRecord {
  /// `from` and `to`, where each is one selector and nothing is required, as nearly always. Otherwise the second is
  /// none and the first is the number of a row of Topology::pivot_lists, made a selector: that of `from`, behind which
  /// those of `to` and `requires` lie.
  std::array<PivotSelector, 2> ends{};
  PivotMannerId manner;
  Span at;
};

struct Topology;

/// The selectors of a pivot, made as they are looked at. Their place is that of the pivot.
class SelectorList {
 public:
  using iterator = IndexIterator<SelectorList, std::uint32_t, Selector>;

  SelectorList() = default;
  SelectorList(const Topology& topology, std::span<const PivotSelector> packed, Span at)
      : topology_(&topology), packed_(packed), at_(at) {}
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(packed_.size()); }
  [[nodiscard]] bool empty() const { return packed_.empty(); }
  [[nodiscard]] Selector operator[](std::uint32_t i) const;
  [[nodiscard]] Selector front() const { return (*this)[0]; }
  [[nodiscard]] iterator begin() const { return {*this, 0}; }
  [[nodiscard]] iterator end() const { return {*this, size()}; }
  [[nodiscard]] std::span<const PivotSelector> packed() const { return packed_; }

 private:
  const Topology* topology_ = nullptr;
  std::span<const PivotSelector> packed_;
  Span at_;
};

struct Pivot {
  SelectorList from;
  SelectorList to;
  SelectorList requires_all;
  PortSetId port;  ///< none = needs no flow
  Text via;
  Seconds effort = 0;
  Span at;
};

/// "FROM -> TO [PORTS]"
struct FlowSelector {
  Selectors from;
  Selectors to;
  PortSetId ports;
  Text text;  ///< in canonical spelling
  Span at;
};

/// What a scenario says must come out.
struct Expectation {
  enum class Type : std::uint8_t { off, fails, degraded, at_risk, works, reached, unreached };
  Type type = Type::works;
  Selectors who;
};
[[nodiscard]] std::string_view to_string(Expectation::Type type);

struct NamedScenario {
  Text id;
  Text name;
  Selectors compromised;
  Selectors off;
  Selectors isolate;
  std::vector<FlowSelector> block;
  std::vector<FlowSelector> allow;
  std::vector<Expectation> expect;
  Span at;
};

/// An invariant, judged by `check`.
struct Require {
  enum class Type : std::uint8_t { never_reaches, reaches_at_most, survives, only_flows, never_flows, always_flows };
  Type type = Type::never_reaches;
  Text id;
  Text name;
  Selectors from;           ///< reach and flow kinds
  Selectors to;             ///< never_reaches and flow kinds
  PortSetId ports;          ///< flow kinds: `allow` of only_flows, `ports` of the others
  Selectors services;       ///< survives
  Selectors of;             ///< survives: what may be lost
  std::uint32_t any = 1;    ///< survives: how many at once
  std::uint64_t count = 0;  ///< reaches_at_most: how many systems and identities may be reached besides `from`
  bool each = false;        ///< reaches_at_most: each of `from` alone, not all together
  Span at;
};
[[nodiscard]] std::string_view to_string(Require::Type type);

class TopologyBuilder;

struct Topology {
  Text name;
  IdVector<NodeId, Node> nodes;  ///< in source order, over all files
  std::vector<Zone> zones;
  std::vector<Site> sites;
  std::vector<System> systems;
  std::vector<Identity> identities;
  std::vector<Service> services;
  std::vector<Customer> customers;
  std::vector<Link> links;
  IdVector<PolicyId, Policy> policies;
  IdVector<RuleId, Rule> rules;
  Chunked<PivotRecord> pivots;  ///< by number
  IdVector<PivotMannerId, PivotManner> pivot_manners;
  Packed<std::size_t, PivotSelector> pivot_lists;  ///< of the pivots that need them, three rows each: see PivotRecord
  std::vector<Selector> pivot_words;               ///< the distinct selectors of pivots that do not name one node
  IdVector<ScenarioId, NamedScenario> scenarios;
  IdVector<RequireId, Require> requires_all;
  NeedList needs;
  std::vector<WordId> tags;
  std::vector<Cidr> addresses;
  IdVector<WordId, Text> words;           ///< tags and kinds
  IdVector<PhraseId, Text> phrases;       ///< the `via` of pivots
  IdVector<PortSetId, PortSet> ports;     ///< distinct sets; the first is "any"
  IdVector<ContactId, Contact> contacts;  ///< distinct ones; the first is empty
  std::unordered_map<NodeId, MetaValue> node_meta;
  std::unordered_map<std::string, MetaValue>
      other_meta;  ///< by "policy.ID", "scenario.ID", "require.ID", "pivot.N" (N from 0), "topology"

  [[nodiscard]] const Zone& zone(NodeId n) const { return zones[nodes[n].index]; }
  [[nodiscard]] const Site& site(NodeId n) const { return sites[nodes[n].index]; }
  [[nodiscard]] const System& system(NodeId n) const { return systems[nodes[n].index]; }
  [[nodiscard]] const Identity& identity(NodeId n) const { return identities[nodes[n].index]; }
  [[nodiscard]] const Service& service(NodeId n) const { return services[nodes[n].index]; }
  [[nodiscard]] const Customer& customer(NodeId n) const { return customers[nodes[n].index]; }
  [[nodiscard]] const Link& link(NodeId n) const { return links[nodes[n].index]; }
  /// What a pivot says. The lists look into the topology: they live as long as it, and as long as it is not moved.
  [[nodiscard]] Pivot pivot(PivotId p) const;
  [[nodiscard]] Selector selector(PivotSelector packed, Span at) const;
  /// All its selectors: those of `from`, of `to`, of `requires_all`.
  [[nodiscard]] std::span<const PivotSelector> selectors_of(PivotId p) const;
  [[nodiscard]] std::span<PivotSelector> selectors_of(PivotId p);

  /// The tags of a system, identity or service.
  template <class Tagged>
  [[nodiscard]] std::span<const WordId> tags_of(const Tagged& thing) const {
    return std::span(tags).subspan(thing.tags.begin, thing.tags.end - thing.tags.begin);
  }
  [[nodiscard]] std::span<const Cidr> addresses_of(const System& system) const {
    return std::span(addresses).subspan(system.address.begin, system.address.end - system.address.begin);
  }

  /// The node, scenario, policy or require with this id, or none. Cost: one hash look-up.
  [[nodiscard]] NodeId find(std::string_view id) const;
  [[nodiscard]] PolicyId find_policy(std::string_view id) const;
  [[nodiscard]] ScenarioId find_scenario(std::string_view id) const;
  [[nodiscard]] RequireId find_require(std::string_view id) const;
  [[nodiscard]] WordId find_word(std::string_view word) const;

  /// The needs of a node; empty for zones, identities and customers.
  [[nodiscard]] NeedRange needs_of(NodeId n) const;
  [[nodiscard]] const Contact& contact(NodeId n) const;
  /// What people call it: its name, else its id.
  [[nodiscard]] Text label(NodeId n) const { return nodes[n].name.empty() ? nodes[n].id : nodes[n].name; }

  Topology();
  ~Topology();
  Topology(Topology&&) noexcept;
  Topology& operator=(Topology&&) noexcept;
  Topology(const Topology&) = delete;
  Topology& operator=(const Topology&) = delete;

 private:
  friend class TopologyBuilder;
  struct Storage;  ///< owns every Text and the name index
  std::unique_ptr<Storage> storage_;
};

/// Whether a selector means this node. Zones are matched as the hosts in them that are not modelled. Customers,
/// services, links and sites are matched by their own id only. Cost: the depth of zones or sites.
[[nodiscard]] bool matches(const Topology& topology, const Selector& selector, NodeId node);

/// The systems and identities any of the selectors means, each once, in source order. Cost: linear in the topology; of
/// selectors that name systems and identities, in their number.
[[nodiscard]] std::vector<NodeId> select(const Topology& topology, std::span<const Selector> selectors);
[[nodiscard]] std::vector<NodeId> select(const Topology& topology, const SelectorList& selectors);
/// The same into a list that keeps its memory.
void select(const Topology& topology, const SelectorList& selectors, std::vector<NodeId>& nodes);

}  // namespace firebreak
