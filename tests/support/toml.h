#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "firebreak/load.h"
#include "firebreak/scenario.h"

/// Small topologies written as people write them.
namespace firebreak::support {

/// The topology of a TOML text. Throws std::runtime_error with the diagnostics when it has faults.
inline Topology from_toml(std::string_view text) {
  Loaded loaded = load_texts({{"topology.toml", std::string(text)}});
  if (loaded.topology) return std::move(*loaded.topology);
  std::string faults;
  for (const Diagnostic& diagnostic : loaded.diagnostics) faults += render(diagnostic, loaded.sources, false);
  throw std::runtime_error(faults);
}

/// The scenario of command line words. Throws std::runtime_error when one of them is unknown.
inline Scenario scenario(const Topology& topology, const ScenarioWords& words) {
  std::vector<Diagnostic> faults;
  Scenario resolved = resolve(topology, words, faults);
  for (const Diagnostic& fault : faults) {
    if (fault.severity == Severity::error) throw std::runtime_error(fault.message);
  }
  return resolved;
}

}  // namespace firebreak::support
