// A tag or a kind stands for places where it means just some of these and nothing else.

#include "report/place_words.h"

#include <algorithm>
#include <fmt/format.h>

namespace firebreak::report {

PlaceWords::PlaceWords(const Topology& topology) : topology_(topology) {
  for (const System& system : topology.systems) {
    if (!system.zone.valid()) continue;
    for (const WordId tag : topology.tags_of(system)) ++all_[{false, tag}];
    if (system.kind.valid()) ++all_[{true, system.kind}];
  }
}

std::vector<std::string> PlaceWords::of(const std::vector<NodeId>& places) const {
  std::vector<std::string> words;
  std::vector<NodeId> left = places;
  for (const Word& word : whole_words(places)) {
    std::vector<NodeId> others;
    for (const NodeId n : left) {
      if (!carries(n, word)) others.push_back(n);
    }
    if (left.size() - others.size() < 2) continue;
    left = std::move(others);
    words.push_back(fmt::format("{}:{}", word.kind ? "kind" : "tag", topology_.words[word.id]));
  }
  for (const NodeId n : left) words.emplace_back(topology_.nodes[n].id);
  return words;
}

PlaceWords::Places PlaceWords::of_places(const std::vector<NodeId>& places) const {
  const auto in_zones = std::ranges::count_if(topology_.systems, [](const System& s) { return s.zone.valid(); });
  if (places.size() == static_cast<std::size_t>(in_zones) + topology_.zones.size()) return {{"*"}, {}};
  const auto held = [&](NodeId n) { return std::ranges::binary_search(places, n); };
  // A zone's id stands for all systems and zones in it, so it says them only when none is missing.
  IdVector<NodeId, bool> whole(topology_.nodes.size(), true);
  const auto miss = [&](NodeId place, NodeId zone) {
    if (held(place)) return;
    for (; zone.valid() && whole[zone]; zone = topology_.zone(zone).parent) whole[zone] = false;
  };
  for (const System& system : topology_.systems) miss(system.node, system.zone);
  for (const Zone& zone : topology_.zones) miss(zone.node, zone.node);
  Places result;
  std::vector<NodeId> left;
  for (const NodeId n : places) {
    const bool is_zone = topology_.nodes[n].kind == NodeKind::zone;
    const NodeId around = is_zone ? topology_.zone(n).parent : topology_.system(n).zone;
    if (around.valid() && whole[around]) continue;
    if (!is_zone) {
      left.push_back(n);
      continue;
    }
    result.selectors.emplace_back(topology_.nodes[n].id);
    if (!whole[n]) result.hosts.push_back(result.selectors.back());
  }
  for (std::string& word : of(left)) result.selectors.push_back(std::move(word));
  return result;
}

std::vector<std::string> PlaceWords::of_starts(const std::vector<NodeId>& nodes,
                                               const std::function<bool(NodeId)>& counts) const {
  // A zone is whole when none of the systems in it and below is missing, and there is one at all.
  IdVector<NodeId, bool> whole(topology_.nodes.size(), true);
  IdVector<NodeId, bool> holds(topology_.nodes.size(), false);
  for (const System& system : topology_.systems) {
    const bool here = std::ranges::binary_search(nodes, system.node);
    for (NodeId zone = system.zone; zone.valid(); zone = topology_.zone(zone).parent) {
      if (here && counts(system.node)) holds[zone] = true;
      if (!here) whole[zone] = false;
    }
  }
  const auto stands = [&](NodeId zone) { return zone.valid() && whole[zone] && holds[zone]; };
  std::vector<std::string> words;
  for (const Zone& zone : topology_.zones) {
    if (stands(zone.node) && !stands(zone.parent)) words.emplace_back(topology_.nodes[zone.node].id);
  }
  for (const NodeId n : nodes) {
    const bool system = topology_.nodes[n].kind == NodeKind::system;
    if (!system || !stands(topology_.system(n).zone)) words.emplace_back(topology_.nodes[n].id);
  }
  return words;
}

bool PlaceWords::carries(NodeId n, const Word& word) const {
  if (topology_.nodes[n].kind != NodeKind::system) return false;
  const System& system = topology_.system(n);
  return word.kind ? system.kind == word.id : std::ranges::count(topology_.tags_of(system), word.id) > 0;
}

/// The tags and kinds that mean only some of these places, those that mean most first.
std::vector<PlaceWords::Word> PlaceWords::whole_words(const std::vector<NodeId>& places) const {
  std::map<Word, std::size_t> here;
  for (const NodeId n : places) {
    if (topology_.nodes[n].kind != NodeKind::system) continue;
    for (const WordId tag : topology_.tags_of(topology_.system(n))) ++here[{false, tag}];
    if (topology_.system(n).kind.valid()) ++here[{true, topology_.system(n).kind}];
  }
  std::vector<Word> whole;
  for (const auto& [word, count] : here) {
    if (count >= 2 && count == all_.at(word)) whole.push_back(word);
  }
  std::ranges::stable_sort(whole, std::greater<>(), [&](const Word& word) { return here.at(word); });
  return whole;
}

}  // namespace firebreak::report
