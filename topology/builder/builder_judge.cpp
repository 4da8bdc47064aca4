/// Circles: every chain of parents is walked once, each walk leaving its number on what it passes; a walk that meets
/// its own number has closed a circle. Addresses: the outermost prefixes of a zone are disjoint, so the one before an
/// address in order is the only one that can cover it.
#include "topology/builder/builder_judge.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "topology/cidr_words.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr std::size_t kMembersShown = 6;

/// One relation that must not run in a circle, over the nodes of one kind.
struct Chain {
  Role role;
  std::string_view in;  ///< how a member is joined with the next: "'a' in 'b'"
  std::vector<NodeId> nodes;
  std::vector<NodeId> next;  ///< by position in `nodes`; none = the end
};

template <class Item>
Chain chain_of(const std::vector<Item>& items, NodeId Item::*next, Role role, std::string_view in) {
  Chain chain{role, in, {}, {}};
  for (const Item& item : items) {
    chain.nodes.push_back(item.node);
    chain.next.push_back(item.*next);
  }
  return chain;
}

/// The circles of a chain, each beginning with the member that comes first.
std::vector<std::vector<NodeId>> circles(const Topology& topology, const Chain& chain) {
  std::vector<std::vector<NodeId>> found;
  std::vector<std::uint32_t> passed(chain.nodes.size(), 0);
  for (std::uint32_t walk = 1; walk <= chain.nodes.size(); ++walk) {
    NodeId at = chain.nodes[walk - 1];
    const auto index = [&](NodeId node) { return topology.nodes[node].index; };
    while (at.valid() && passed[index(at)] == 0) {
      passed[index(at)] = walk;
      at = chain.next[index(at)];
    }
    if (!at.valid() || passed[index(at)] != walk) continue;
    std::vector<NodeId> members{at};
    for (NodeId member = chain.next[index(at)]; member != at; member = chain.next[index(member)]) {
      members.push_back(member);
    }
    std::rotate(members.begin(), std::min_element(members.begin(), members.end()), members.end());
    found.push_back(std::move(members));
  }
  return found;
}

std::string circle_text(const Topology& topology, const std::vector<NodeId>& members, std::string_view in) {
  std::string text = quoted(topology.nodes[members[0]].id);
  for (std::size_t i = 1; i <= members.size(); ++i) {
    if (i == kMembersShown && members.size() > kMembersShown) {
      return text + fmt::format(" {} ..., {} in all", in, members.size());
    }
    text += fmt::format(" {} {}", in, quoted(topology.nodes[members[i % members.size()]].id));
  }
  return text;
}

void judge_circles(Declarations& declarations, const Chain& chain) {
  const Topology& topology = declarations.topology;
  const auto found = circles(topology, chain);
  if (found.empty()) return;
  std::vector<Span> said_at(topology.nodes.size());
  for (const Mention& mention : declarations.mentions) {
    if (mention.role == chain.role) said_at[mention.owner.index()] = mention.at;
  }
  for (const std::vector<NodeId>& members : found) {
    const Node& first = topology.nodes[members[0]];
    declarations.faults.set_subject(to_string(first.kind), first.id);
    declarations.faults.add(Code::parent_cycle, said_at[members[0].index()],
                            fmt::format("{} {} is {} itself: {}", to_string(first.kind), quoted(first.id), chain.in,
                                        circle_text(topology, members, chain.in)));
  }
}

/// Policies that replace each other: taking away, again and again, those that replace only what was taken away leaves
/// just the circles and what replaces something on one.
void judge_replaced(Declarations& declarations) {
  const IdVector<PolicyId, Policy>& policies = declarations.topology.policies;
  IdVector<PolicyId, std::size_t> open(policies.size(), 0);
  IdVector<PolicyId, std::vector<PolicyId>> replaced_by(policies.size());
  std::vector<PolicyId> done;
  for (const PolicyId p : ids<PolicyId>(policies.size())) {
    open[p] = policies[p].replaces.size();
    for (const Located<PolicyId>& other : policies[p].replaces) replaced_by[other.value].push_back(p);
    if (open[p] == 0) done.push_back(p);
  }
  while (!done.empty()) {
    const PolicyId p = done.back();
    done.pop_back();
    for (const PolicyId by : replaced_by[p]) {
      if (--open[by] == 0) done.push_back(by);
    }
  }
  for (const PolicyId p : ids<PolicyId>(policies.size())) {
    if (open[p] == 0) continue;
    declarations.faults.set_subject("policy", policies[p].id);
    declarations.faults.add(
        Code::parent_cycle, policies[p].replaces.front().at,
        fmt::format("the policy {} replaces itself, or one that is replaced in a circle", quoted(policies[p].id)));
  }
}

void judge_links(Declarations& declarations) {
  const Topology& topology = declarations.topology;
  for (const Mention& mention : declarations.mentions) {
    if (mention.role != Role::link_b) continue;
    const Link& link = topology.link(mention.owner);
    if (!link.a.valid() || link.a != link.b) continue;
    declarations.faults.set_subject("link", topology.nodes[link.node].id);
    declarations.faults.add(Code::link_to_itself, mention.at,
                            fmt::format("the link {} lies between {} and itself", quoted(topology.nodes[link.node].id),
                                        quoted(topology.nodes[link.a].id)));
  }
}

void warn_of_needing_itself(Declarations& declarations, const Node& node, NodeId id) {
  const NeedRange range = declarations.topology.needs_of(id);
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Need& need = declarations.topology.needs[i];
    if (need.on != id) continue;
    declarations.faults.set_subject(to_string(node.kind), node.id);
    declarations.faults.add(Code::needs_itself, need.at, fmt::format("{} needs itself", quoted(node.id)));
  }
}

/// The prefixes that lie in no other, in order.
std::vector<Cidr> outermost(std::vector<Cidr> prefixes) {
  std::sort(prefixes.begin(), prefixes.end(), comes_before);
  std::vector<Cidr> outer;
  for (const Cidr& prefix : prefixes) {
    if (outer.empty() || !covers(outer.back(), prefix)) outer.push_back(prefix);
  }
  return outer;
}

/// Whether an address lies outside prefixes that say something of its family.
bool lies_outside(const std::vector<Cidr>& outer, const Cidr& address) {
  const bool family = std::any_of(outer.begin(), outer.end(), [&](const Cidr& c) { return c.v6 == address.v6; });
  const auto behind = std::upper_bound(outer.begin(), outer.end(), address, comes_before);
  return family && (behind == outer.begin() || !covers(*std::prev(behind), address));
}

void warn_of_addresses(Declarations& declarations) {
  const Topology& topology = declarations.topology;
  std::vector<std::vector<Cidr>> prefixes;
  for (const Zone& zone : topology.zones) prefixes.push_back(outermost(zone.cidr));
  std::size_t position = 0;
  for (const System& system : topology.systems) {
    for (const Cidr& address : topology.addresses_of(system)) {
      const Span at = declarations.address_at[position++];
      if (!system.zone.valid()) continue;
      const Node& zone = topology.nodes[system.zone];
      if (!lies_outside(prefixes[zone.index], address)) continue;
      declarations.faults.set_subject("system", topology.nodes[system.node].id);
      declarations.faults.add(
          Code::address_outside_zone, at,
          fmt::format("{} lies outside the prefixes of its zone {}", to_string(address), quoted(zone.id)));
    }
  }
}

}  // namespace

void judge_model(Declarations& declarations) {
  const Topology& topology = declarations.topology;
  judge_circles(declarations, chain_of(topology.zones, &Zone::parent, Role::zone_parent, "in"));
  judge_circles(declarations, chain_of(topology.sites, &Site::parent, Role::site_parent, "in"));
  judge_circles(declarations, chain_of(topology.systems, &System::runs_on, Role::system_host, "on"));
  judge_links(declarations);
  judge_replaced(declarations);
  for (const NodeId node : ids<NodeId>(topology.nodes.size())) {
    warn_of_needing_itself(declarations, topology.nodes[node], node);
  }
  warn_of_addresses(declarations);
}

}  // namespace firebreak
