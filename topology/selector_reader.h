#pragma once

#include <string>
#include <string_view>

#include "firebreak/topology.h"

#include "topology/builder/faults.h"
#include "topology/selector_use.h"
#include "topology/suggestions.h"

namespace firebreak {

/// The two ends and the ports of a flow as it was written.
struct ReadFlow {
  Selectors from;
  Selectors to;
  PortSet ports;
};

/// Reads selectors and flows against the names of a topology, and says what is wrong with them.
class SelectorReader {
 public:
  SelectorReader(const Topology& topology, Faults& faults)
      : topology_(&topology), faults_(&faults), suggestions_(topology) {}

  /// From here on unknown ids are no faults: what defines them may stand in a file that could not be read.
  void expect_missing_names() { names_missing_ = true; }

  /// Fills in what the selector's text means in this place; false, and a fault, when it means nothing that can stand
  /// there.
  bool read(Selector& selector, const SelectorUse& use);

  /// Reads "FROM -> TO [PORTS]"; false, and faults, when any of it cannot be read. The selectors' texts are views of
  /// the text.
  bool read_flow(std::string_view text, Span at, ReadFlow& flow);

  /// Adds the fault of an id that nothing fitting has: that it is unknown, or of the wrong kind.
  void add_wrong_id(std::string_view id, Span at, const SelectorUse& use);

  /// Adds the warning that a selector means nothing in this place.
  void add_selects_nothing(const Selector& selector, const SelectorUse& use);
  /// Adds the warning when isolating what the selector names changes nothing by the laws.
  void warn_of_idle_isolation(const Selector& selector);

 private:
  bool read_cidr_selector(Selector& selector);
  bool read_ports(const std::vector<std::string_view>& words, Span at, PortSet& ports);

  const Topology* topology_;
  Faults* faults_;
  Suggestions suggestions_;
  bool names_missing_ = false;
};

/// The one spelling of a flow that files, command lines and answers share: "a,b -> c tcp/443".
[[nodiscard]] std::string canonical_flow(const ReadFlow& flow);

}  // namespace firebreak
