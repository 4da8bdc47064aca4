#include "cli/losses.h"

#include <algorithm>
#include <array>

#include "firebreak/weak.h"

#include "topology/selection.h"

namespace firebreak::cli {
namespace {

struct KindWord {
  std::string_view word;
  NodeKind kind;
};
constexpr std::array kKindWords = {
    KindWord{"systems", NodeKind::system},   KindWord{"sites", NodeKind::site},
    KindWord{"links", NodeKind::link},       KindWord{"identities", NodeKind::identity},
    KindWord{"services", NodeKind::service}, KindWord{"customers", NodeKind::customer},
    KindWord{"zones", NodeKind::zone},
};

}  // namespace

std::vector<NodeId> losses_of(const Question& question, const std::vector<std::string>& words, bool zones) {
  if (words.empty()) return usual_losses(question.graph);
  std::vector<std::string> others;
  std::vector<NodeId> losses;
  for (const std::string& word : split(words)) {
    const auto known = std::ranges::find(kKindWords, word, &KindWord::word);
    if (known == kKindWords.end() || (known->kind == NodeKind::zone && !zones)) {
      others.push_back(word);
      continue;
    }
    for (const NodeId n : ids<NodeId>(question.graph.node_count)) {
      if (question.graph.kind[n] == known->kind) losses.push_back(n);
    }
  }
  const std::vector<NodeId> named = nodes_themselves(question, others);
  losses.insert(losses.end(), named.begin(), named.end());
  sort_and_unique(losses);
  return losses;
}

}  // namespace firebreak::cli
