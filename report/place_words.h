#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "firebreak/topology.h"

namespace firebreak::report {

/// Selectors for sets of nodes, as few as simple joining makes them.
class PlaceWords {
 public:
  /// The topology must outlive it. Cost: linear in systems.
  explicit PlaceWords(const Topology& topology);

  /// Systems and zones, sorted: tags and kinds that mean only some of them, and ids of the others. A zone's id means
  /// the hosts in it that are not modelled; as a selector it would mean its systems too.
  [[nodiscard]] std::vector<std::string> of(const std::vector<NodeId>& places) const;

  /// Selectors, and which of the zones among them mean nothing but the hosts in them that are not modelled.
  struct Places {
    std::vector<std::string> selectors;
    std::vector<std::string> hosts;
  };
  /// Systems and zones, sorted: "*" for every place there is; zones that are among them with all they hold; zones
  /// without; the others as by `of`. Cost: linear in the topology.
  [[nodiscard]] Places of_places(const std::vector<NodeId>& places) const;

  /// Systems and identities, sorted: zones all of whose systems are among them, where `counts` holds for one of these;
  /// then ids. Cost: linear in the topology.
  [[nodiscard]] std::vector<std::string> of_starts(const std::vector<NodeId>& nodes,
                                                   const std::function<bool(NodeId)>& counts) const;

 private:
  struct Word {
    bool kind = false;
    WordId id;

    friend auto operator<=>(const Word&, const Word&) = default;  // NOLINT(readability-implicit-bool-conversion)
  };

  [[nodiscard]] bool carries(NodeId n, const Word& word) const;
  [[nodiscard]] std::vector<Word> whole_words(const std::vector<NodeId>& places) const;

  const Topology& topology_;
  std::map<Word, std::size_t> all_;  ///< how many systems in zones carry it
};

}  // namespace firebreak::report
