#include "report/surroundings.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "report/escape.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

std::string be(std::size_t count, std::string_view one, std::string_view many) {
  return std::string(count == 1 ? one : many);
}

/// Calls `put(owner, need)` for every item of every needs expression.
template <class Put>
void each_need(const Topology& topology, Put put) {
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NeedRange range = topology.needs_of(n);
    for (std::uint32_t i = range.begin; i < range.end; ++i) put(n, topology.needs[i]);
  }
}

UnknownView unknown(std::string what, std::vector<std::string> ids, std::string text) {
  const std::size_t count = ids.size();
  return {std::move(what), std::move(text), count, std::move(ids)};
}

}  // namespace

HeadView head(const Subject& subject, std::string_view command, std::string summary) {
  return {fmt::format("firebreak/{}/1", command), std::string(subject.topology.name), subject.files, subject.options,
          std::move(summary)};
}

std::string context(const Subject& subject) {
  return subject.options.empty() ? std::string() : fmt::format("With {}", subject.options);
}

std::vector<CallView> calls(const Topology& topology, std::span<const NodeId> nodes,
                            std::span<const PolicyId> policies) {
  constexpr std::size_t kNobody = ~std::size_t{0};
  std::vector<CallView> result;
  std::map<std::pair<Text, Text>, std::size_t> known;
  std::unordered_map<const Contact*, std::size_t> place_of;  // never iterated
  const auto place = [&](const Contact& contact) {
    if (contact.owner.empty() && contact.phone.empty()) return kNobody;
    const auto [found, fresh] = known.try_emplace({contact.owner, contact.phone}, result.size());
    if (fresh) result.push_back({std::string(contact.owner), std::string(contact.phone), {}});
    return found->second;
  };
  const auto add = [&](const Contact& contact, Text id) {
    const auto [found, fresh] = place_of.try_emplace(&contact, kNobody);
    if (fresh) found->second = place(contact);
    if (found->second != kNobody) result[found->second].ids.emplace_back(id);
  };
  IdVector<NodeId, bool> named(topology.nodes.size(), false);
  for (const NodeId n : nodes) {
    if (!named[n]) add(topology.contact(n), topology.nodes[n].id);
    named[n] = true;
  }
  IdVector<PolicyId, bool> named_policies(topology.policies.size(), false);
  for (const PolicyId p : policies) {
    if (!named_policies[p]) add(topology.contacts[topology.policies[p].contact], topology.policies[p].id);
    named_policies[p] = true;
  }
  return result;
}

std::optional<UnknownView> not_known_of_guesses(const Topology& topology, std::string_view what) {
  UnknownView view{"assumed", {}, 0, {}};
  each_need(topology, [&](NodeId owner, const Need& need) {
    if (!need.assumed) return;
    ++view.count;
    const Text id = topology.nodes[owner].id;
    if (view.ids.empty() || view.ids.back() != id) view.ids.emplace_back(id);
  });
  if (view.count == 0) return std::nullopt;
  view.text = fmt::format("{} {}; {}", counted(view.count, "need"), be(view.count, "is a guess", "are guesses"), what);
  return view;
}

std::optional<UnknownView> guesses_behind(const Topology& topology, Reasons& reasons, std::span<const NodeId> lost) {
  std::vector<std::string> resting;
  for (const NodeId n : lost) {
    const Chain chain = reasons.chain(n);
    const bool rests = std::ranges::any_of(chain.links, [](const ReasonView* link) { return link->assumed; });
    if (rests) resting.emplace_back(topology.nodes[n].id);
  }
  std::optional<UnknownView> guesses = not_known_of_guesses(
      topology, resting.empty() ? "no reason given here rests on one"
                                : fmt::format("the {} for {} {} on one", be(resting.size(), "reason", "reasons"),
                                              listing(resting), be(resting.size(), "rests", "rest")));
  if (guesses && !resting.empty()) guesses->ids = std::move(resting);
  return guesses;
}

std::vector<NodeId> responsible(const Topology& topology, Reasons& reasons, std::span<const NodeId> lost) {
  std::vector<NodeId> nodes;
  const auto answers = [&](NodeId n) {
    if (!n.valid()) return false;
    nodes.push_back(n);
    return !topology.contact(n).owner.empty() || !topology.contact(n).phone.empty();
  };
  for (const NodeId n : lost) {
    const Chain chain = reasons.chain(n);
    // From the root back to the first for whom somebody answers.
    for (std::size_t i = chain.links.size(); i-- > 0;) {
      if (answers(chain.links[i]->culprit) || answers(chain.links[i]->who)) break;
    }
  }
  nodes.insert(nodes.end(), lost.begin(), lost.end());
  std::set<NodeId> seen;
  std::erase_if(nodes, [&](NodeId n) { return !seen.insert(n).second; });
  return nodes;
}

std::vector<UnknownView> not_known_of_needs(const Topology& topology, std::optional<UnknownView> guesses) {
  std::vector<UnknownView> result;
  if (guesses) result.push_back(*std::move(guesses));
  std::vector<std::string> services;
  for (const Service& service : topology.services) {
    if (service.needs.empty()) services.emplace_back(topology.nodes[service.node].id);
  }
  if (!services.empty()) {
    std::string text =
        fmt::format("{} {} no needs, so nothing takes {} down: {}", counted(services.size(), "service"),
                    be(services.size(), "states", "state"), be(services.size(), "it", "them"), listing(services));
    result.push_back(unknown("services_without_needs", std::move(services), std::move(text)));
  }
  std::vector<std::string> systems;
  for (const System& system : topology.systems) {
    if (system.needs.empty() && !system.site.valid() && !system.runs_on.valid()) {
      systems.emplace_back(topology.nodes[system.node].id);
    }
  }
  if (!systems.empty()) {
    std::string text =
        fmt::format("{} {} no needs, site or host, so nothing but switching {} off takes {} down: {}",
                    counted(systems.size(), "system"), be(systems.size(), "states", "state"),
                    be(systems.size(), "it", "them"), be(systems.size(), "it", "them"), listing(systems));
    result.push_back(unknown("systems_without_needs", std::move(systems), std::move(text)));
  }
  return result;
}

std::vector<UnknownView> not_known_of_spread(const Subject& subject, const IdVector<NodeId, bool>* within) {
  const Topology& topology = subject.topology;
  std::vector<UnknownView> result;
  if (topology.policies.empty()) {
    result.push_back({"no_policy", "no policy is stated: every flow is taken as permitted", 0, {}});
  }
  if (topology.links.empty() && topology.zones.size() > 1) {
    result.push_back({"no_links", "no link is stated: every zone is taken as connected with every other", 0, {}});
  }
  std::vector<std::string> ports;
  std::vector<std::string> placeless;
  std::vector<std::string> instant;
  for (const System& system : topology.systems) {
    const std::string id(topology.nodes[system.node].id);
    if (!system.zone.valid()) placeless.push_back(id);
    if (within != nullptr && !(*within)[system.node]) continue;
    if (!system.exposes.valid() && system.zone.valid()) ports.push_back(id);
    if (system.effort == 0) instant.push_back(id);
  }
  if (!ports.empty()) {
    std::string text =
        fmt::format("{} {} not say which ports {}, so every port was taken as open: {}",
                    counted(ports.size(), within == nullptr ? "system" : "reached system"),
                    be(ports.size(), "does", "do"), be(ports.size(), "it exposes", "they expose"), listing(ports));
    result.push_back(unknown("exposes_not_stated", std::move(ports), std::move(text)));
  }
  if (!instant.empty()) {
    std::string text = fmt::format("{} {} no effort, so the times count nothing for {}",
                                   counted(instant.size(), within == nullptr ? "system" : "reached system"),
                                   be(instant.size(), "states", "state"), be(instant.size(), "it", "them"));
    result.push_back(unknown("effort_not_stated", std::move(instant), std::move(text)));
  }
  if (!placeless.empty()) {
    std::string text =
        fmt::format("{} {} in no zone, so no flow goes to or from {}: {}", counted(placeless.size(), "system"),
                    be(placeless.size(), "is", "are"), be(placeless.size(), "it", "them"), listing(placeless));
    result.push_back(unknown("no_zone", std::move(placeless), std::move(text)));
  }
  return result;
}

Section call_section(const std::vector<CallView>& calls, const TextStyle& style) {
  Section section = list_section("Call", calls, style, [](const CallView& call) {
    const std::string comma = call.owner.empty() || call.phone.empty() ? "" : ", ";
    return Entry{.lead = fmt::format("{}{}{}: {}", call.owner, comma, call.phone, listing(call.ids))};
  });
  section.ticks = true;
  return section;
}

Section not_known_section(const std::vector<UnknownView>& not_known) {
  Section section{"Not known"};
  for (const UnknownView& unknown : not_known) section.entries.push_back({.lead = unknown.text});
  return section;
}

BlastSizesView sizes_view(const Topology& topology, const BlastSizes& sizes) {
  const std::string worst = sizes.worst_from.valid() ? std::string(topology.nodes[sizes.worst_from].id) : "";
  return {sizes.count, {sizes.mean()}, sizes.worst, worst};
}

std::string next_command(const Subject& subject, std::string_view command, const std::vector<std::string>& ids,
                         std::string_view more_options) {
  if (more_options.empty()) return command_line(subject, command, ids, subject.options);
  const std::string_view between = subject.options.empty() ? "" : " ";
  return command_line(subject, command, ids, fmt::format("{}{}{}", more_options, between, subject.options));
}

std::string command_line(const Subject& subject, std::string_view command, const std::vector<std::string>& ids,
                         std::string_view options) {
  std::string line = fmt::format("firebreak {} {}", command, subject.files);
  std::string words;
  for (const std::string& id : ids) words += " " + shell_word(id);
  // An id that looks like an option stands behind --, and so behind the options.
  const bool dashed = std::ranges::any_of(ids, [](const std::string& id) { return id.starts_with('-'); });
  if (!dashed) line += words;
  if (!options.empty()) line += fmt::format(" {}", options);
  if (dashed) line += " --" + words;
  return line;
}

}  // namespace firebreak::report
