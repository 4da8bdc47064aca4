#pragma once

#include <functional>
#include <span>
#include <vector>

#include "firebreak/scenario.h"

#include "tests/support/world.h"

/// All worlds of a restricted kind, one after the other, so that a law can be compared on every one of them.
namespace firebreak::support {

using Visit = std::function<void(const World&)>;

/// Every choice of one number below each of `sizes`; the last changes fastest.
void for_each_choice(const std::vector<std::size_t>& sizes,
                     const std::function<void(const std::vector<std::size_t>&)>& f);

/// Needs expressions over the providers: nothing; every one of up to three leaves without attributes.
[[nodiscard]] std::vector<NeedDecls> plain_needs(std::span<const std::string_view> providers);

/// Needs expressions over the providers: every one of up to two leaves, each leaf and the group with every
/// choice of soft, fallback and grace.
[[nodiscard]] std::vector<NeedDecls> attributed_needs(std::span<const std::string_view> providers);

/// Three systems that need each other and themselves in every plain way.
void for_each_need_world(const Visit& visit);

/// Two systems and a service that need each other, one of them in every attributed way.
void for_each_attribute_world(const Visit& visit);

/// Three zones with a system in each, every choice of links between them and of what those need.
void for_each_link_world(const Visit& visit);

/// Three zones, one of them nested, with a system in each, and a policy: every list of up to two rules of a small
/// alphabet.
void for_each_policy_world(const Visit& visit);

/// Three systems and an identity: every choice of places, hosts, links and pivots.
void for_each_spread_world(const Visit& visit);

/// One need of one thing on another, of every kind and between all places, with links or not and with a policy or not.
void for_each_severing_world(const Visit& visit);

/// All subsets of some nodes as what is switched off.
[[nodiscard]] std::vector<std::vector<NodeId>> subsets(std::span<const NodeId> nodes);

}  // namespace firebreak::support
