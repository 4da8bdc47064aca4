#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "firebreak/blast.h"
#include "firebreak/report.h"

#include "report/views.h"

namespace firebreak::report {

/// Puts the steps of a blast into words: which flow, by which rule; which pivot; which host.
class Steps {
 public:
  /// Everything must outlive this object.
  Steps(const Subject& subject, const Scenario& scenario, const Blast& blast);

  /// How a reached node is taken on a way with the fewest steps. Cost: a judgement of the policies for each new pair of
  /// classes of places; with blocks or allows, for each pair of places.
  [[nodiscard]] ReachedView view(NodeId node);

 private:
  /// What lets a flow through.
  struct Passage {
    std::string ports;
    std::string by;     ///< "allowed by rule R10 of policy firewall"
    std::string brief;  ///< "rule R10"
    std::string also;   ///< " and rule R11", where not all of the ports are let through by the same
    Span at;
  };
  /// What lets one port through, and those that it speaks of.
  struct Ground {
    std::string by;
    std::string brief;
    Span at;
    PortSet ports;
  };

  [[nodiscard]] const Passage& passage(NodeId from, NodeId to);
  [[nodiscard]] Passage find_passage(NodeId from, NodeId to) const;
  [[nodiscard]] Ground find_ground(NodeId from, NodeId to, std::uint32_t port) const;
  void say_flow(ReachedView& view, NodeId from, NodeId to);
  void say_pivot(ReachedView& view, const Step& step) const;

  const Subject& subject_;
  const Scenario& scenario_;
  const Blast& blast_;
  bool by_class_;                      ///< no action tells the places of a class apart
  IdVector<NodeId, Seconds> arrival_;  ///< on the way with the fewest steps
  std::map<std::pair<std::uint32_t, std::uint32_t>, Passage> passages_;
};

/// A way as one line: "pc-17 -> jump (rule R10, t.toml:60) -> dc1 (cached admin password, t.toml:80)".
[[nodiscard]] std::string way_words(Steps& steps, std::span<const NodeId> path);

}  // namespace firebreak::report
