#pragma once

#include <memory>
#include <string>
#include <vector>

#include "firebreak/graph.h"
#include "firebreak/load.h"
#include "firebreak/scenario.h"

#include "cli/options.h"
#include "report/escape.h"

/// From words to what a question is asked of: topologies read, merged and compiled, the scenario resolved.
namespace firebreak::cli {

/// A topology and a scenario. The parts refer to each other, so it stays where it is.
struct Question {
  Loaded loaded;
  Graph graph;
  Scenario scenario;
  std::string files;  ///< as words of a command line
  std::string options;
  std::string warnings;  ///< what there is to say on standard error

  [[nodiscard]] const Topology& topology() const { return *loaded.topology; }
  [[nodiscard]] Subject subject() const { return {loaded.sources, topology(), graph, scenario, files, options}; }
};

/// Ends a call that names no topology.
[[noreturn]] void refuse_no_topology();

/// Reads topologies; "-" is standard input.
[[nodiscard]] Loaded read_topologies(const Call& call, std::span<const std::string> files);

/// Compiles a topology, on two threads where that pays.
[[nodiscard]] Graph compiled(const Topology& topology);

/// Topologies as words of a command line that means the same.
[[nodiscard]] std::string file_words(std::span<const std::string> files);

/// Reads, compiles, and resolves the scenario. Refused when there is no file, any error, or an unknown id.
[[nodiscard]] std::unique_ptr<Question> ask(const Call& call, const Options& options,
                                            std::span<const std::string> files);

/// The systems, identities and others that the words of an option mean. Refused when one is unknown.
[[nodiscard]] std::vector<NodeId> nodes_of(const Question& question, const std::vector<std::string>& words);

/// Likewise, but the id of a site, as of anything that is no zone, means itself. Each once, in the order of the words.
[[nodiscard]] std::vector<NodeId> nodes_themselves(const Question& question, const std::vector<std::string>& words);

/// What is to be protected: the systems and identities that the words of an option mean; without words, all that is
/// marked critical. Refused when something else is named.
[[nodiscard]] std::vector<NodeId> protected_nodes(const Question& question, const std::vector<std::string>& words);

/// The one node with this id. Refused, with the nearest id, when there is none.
[[nodiscard]] NodeId node_of(const Question& question, const std::string& id);

/// All diagnostics as text; of more than `most`, the first ones.
[[nodiscard]] std::string rendered(std::span<const Diagnostic> diagnostics, const Sources& sources, bool colour,
                                   std::size_t most = 0);

/// Puts an answer where it belongs: into the file of -o, else on standard output, with warnings on standard error.
[[nodiscard]] Outcome deliver(const Options& options, std::string answer, std::string warnings, int code = 0);

}  // namespace firebreak::cli
