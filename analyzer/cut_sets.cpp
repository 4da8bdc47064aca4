// The need law as a circuit, and solvers asked for its minimal solutions, one after the other until all nodes are
// answered: diagrams with little room, then the small sets size by size, and in between diagrams with more room. Every
// one of them gives a family of sets for each node, and all that is said of a node is read from that.

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "firebreak/weak.h"

#include "analyzer/cheapest_losses.h"
#include "analyzer/failure_circuit.h"
#include "analyzer/few_losses.h"
#include "analyzer/solver/bounded_sets.h"
#include "analyzer/solver/minimal_sets.h"
#include "analyzer/solver/scale.h"

namespace firebreak {

namespace {

constexpr std::size_t kAnySize = CutSets::kAnySize;
// In nodes of a diagram.
constexpr solver::DiagramRoom kQuickRoom{.most = std::size_t{1} << 15U, .one_order = true};
constexpr solver::DiagramRoom kLittleRoom{.most = std::size_t{1} << 18U};
constexpr solver::DiagramRoom kSomeRoom{.most = std::size_t{1} << 21U};
constexpr solver::DiagramRoom kAllRoom{.first = std::size_t{1} << 21U};
constexpr std::size_t kBoundedRoom = std::size_t{1} << 24U;
constexpr std::size_t kSmallCircuit = 20'000;   // gates
constexpr std::size_t kLargeCircuit = 300'000;  // gates
constexpr std::size_t kFewAtOnce = 4;           // losses: so small sets are soon found
constexpr std::size_t kFewNodes = 8;            // the cheapest cut sets of so many are looked for at first
constexpr std::size_t kShortSearch = 200;       // in times that patience is asked for
constexpr std::size_t kLongSearch = 100'000;
constexpr std::size_t kSharedSizes = 4;  // shares count so many sizes, from the smallest

class CutSetSearch {
 public:
  CutSetSearch(const Graph& graph, const Scenario& scenario, const CutSetOptions& options)
      : graph_(graph), scenario_(scenario), options_(options) {
    for (const NodeId n : options.losses) cost_.push_back(graph.cost[n]);
    for (const NodeId n : options.nodes) {
      CutSets unknown;
      unknown.node = n;
      unknown.exact_up_to = 0;
      unknown.complete = false;
      unknown.cheapest_proven = false;
      unknown.engine = options.engine;
      answer_.nodes.push_back(std::move(unknown));
    }
  }

  [[nodiscard]] CutSetAnswer run() {
    switch (options_.engine) {
      case CutSetEngine::automatic:
        search();
        break;
      case CutSetEngine::diagrams:
        solve_together();
        if (options_.nodes.size() > 1) solve_each(kLittleRoom);
        solve_each(kAllRoom);
        break;
      case CutSetEngine::bounded:
        climb(1, options_.order);
        break;
      case CutSetEngine::exhaustive:
        try_few(std::min<std::size_t>(options_.order, 2));
        break;
    }
    for (const auto& [index, found] : cheapest_) {
      CutSets& sets = answer_.nodes[index];
      if (sets.complete || (found.sets.empty() && !found.complete)) continue;
      sets.cheapest.clear();
      for (const std::vector<NodeId>& set : found.sets) sets.cheapest.push_back(priced(set));
      std::ranges::sort(sets.cheapest, &CutSetSearch::is_cheaper);
      sets.cheapest_proven = true;
    }
    answer_.complete = open().empty();
    return std::move(answer_);
  }

 private:
  /// Whichever gets furthest: what takes little first.
  void search() {
    // So that there is an answer when all else takes too long.
    if (options_.patience || options_.order <= 2) try_few(options_.order <= 2 ? options_.order : 1);
    if (options_.order <= kFewAtOnce) climb(options_.order, options_.order);
    if (open().empty()) return;
    const bool large = circuit().circuit.size() > kLargeCircuit;
    if (large) try_few(std::min<std::size_t>(options_.order, 2));
    if (options_.nodes.size() <= kFewNodes) {
      if (circuit().circuit.size() <= kSmallCircuit) solve(open(), kQuickRoom);
      find_cheapest(kShortSearch);
    }
    if (!large) solve_together();
    find_cheapest(kLongSearch);
    try_few(1);
    climb(2, std::min(options_.order, kFewAtOnce));
    if (reached() < 2) try_few(std::min<std::size_t>(options_.order, 2));
    if (options_.nodes.size() > 1) {
      solve_each(kLittleRoom);
      climb(kFewAtOnce + 1, std::min(options_.order, kFewAtOnce + 2));
    }
    solve_each(kAllRoom);
    climb(kFewAtOnce + 1, options_.order);
  }

  /// Those of which something asked for is missing, by index.
  [[nodiscard]] std::vector<std::size_t> open() const {
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < answer_.nodes.size(); ++i) {
      if (!answer_.nodes[i].complete) which.push_back(i);
    }
    return which;
  }
  /// The size up to which all nodes are answered.
  [[nodiscard]] std::size_t reached() const {
    std::size_t least = kAnySize;
    for (const CutSets& sets : answer_.nodes) least = std::min(least, sets.exact_up_to);
    return least;
  }
  [[nodiscard]] bool is_over() const { return has_run_out(options_.patience); }

  [[nodiscard]] const FailureCircuit& circuit() {
    if (!circuit_) circuit_ = failure_circuit(graph_, scenario_, options_.losses, options_.nodes, options_.patience);
    return *circuit_;
  }
  [[nodiscard]] std::vector<solver::GateId> gates(const std::vector<std::size_t>& which) {
    std::vector<solver::GateId> roots;
    for (const std::size_t i : which) roots.push_back(circuit().fails[i]);
    return roots;
  }

  /// All cut sets of these at once.
  void solve(const std::vector<std::size_t>& which, const solver::DiagramRoom& room) {
    if (which.empty() || is_over() || !circuit().complete) return;
    solver::MinimalSets sets = solver::minimal_sets(circuit().circuit, gates(which), room, options_.patience);
    if (!sets.complete) return;
    std::vector<Found> found;
    for (std::size_t i = 0; i < which.size(); ++i) found.push_back({which[i], sets.roots[i], kAnySize});
    take(sets.families, std::move(found), CutSetEngine::diagrams);
  }
  /// Those that are asked about share what they have in common.
  void solve_together() { solve(open(), options_.nodes.size() > 1 ? kLittleRoom : kSomeRoom); }
  /// One by one they find orders of their own.
  void solve_each(const solver::DiagramRoom& room) {
    for (const std::size_t i : open()) solve({i}, room);
  }

  /// The small ones, a size at a time.
  void climb(std::size_t from, std::size_t to) {
    if (open().empty()) return;
    for (std::size_t size = std::max(from, reached() + 1); size <= to && !is_over() && circuit().complete; ++size) {
      const std::vector<std::size_t> which = open();
      if (which.empty()) return;
      solver::BoundedSets sets =
          solver::bounded_sets(circuit().circuit, gates(which), size, kBoundedRoom, options_.patience);
      std::vector<Found> found;
      for (std::size_t i = 0; i < which.size(); ++i) {
        if (sets.roots[i]) found.push_back({which[i], sets.roots[i]->family, sets.roots[i]->all ? kAnySize : size});
      }
      if (found.empty()) return;
      take(sets.families, std::move(found), CutSetEngine::bounded);
    }
  }

  /// The cheapest of all, for those whose other cut sets may take too long. A search is given up when its patience has
  /// been asked for `most` times.
  void find_cheapest(std::size_t most) {
    if (options_.order != kAnySize || options_.cheapest == 0) return;
    for (const std::size_t i : open()) {
      if (is_over()) return;
      const auto known = cheapest_.find(i);
      if (known != cheapest_.end() && known->second.complete) continue;
      std::size_t asked = 0;
      const Patience patience = [&] { return ++asked < most && !is_over(); };
      cheapest_[i] =
          cheapest_losses(graph_, scenario_, options_.losses, options_.nodes[i], options_.cheapest, patience);
    }
  }

  void try_few(std::size_t most) {
    const std::vector<std::size_t> which = open();
    if (which.empty() || most <= reached()) return;
    std::vector<NodeId> nodes;
    for (const std::size_t i : which) nodes.push_back(options_.nodes[i]);
    FewLosses sets = few_losses(graph_, scenario_, options_.losses, nodes, most, options_.patience);
    if (sets.up_to == 0) return;
    std::vector<Found> found;
    for (std::size_t i = 0; i < which.size(); ++i) {
      // A cut set holds no other: what fails already has the empty one alone.
      const bool all = sets.roots[i] == solver::Families::kEmptySet;
      found.push_back({which[i], sets.roots[i], all ? kAnySize : sets.up_to});
    }
    take(sets.families, std::move(found), CutSetEngine::exhaustive);
  }

  /// What a solver says of a node.
  struct Found {
    std::size_t index;
    solver::FamilyId family;
    std::size_t up_to;  ///< larger sets are not in it
  };

  void take(solver::Families& families, std::vector<Found> found, CutSetEngine engine) {
    std::erase_if(found, [&](const Found& f) {
      const std::size_t known = answer_.nodes[f.index].exact_up_to;
      return f.up_to <= known && known > 0;
    });
    std::vector<solver::FamilyId> roots;
    for (const Found& f : found) roots.push_back(f.family);
    const std::vector<solver::FamilyId> all = roots;
    const bool too_large = std::ranges::any_of(found, [&](const Found& f) { return f.up_to > options_.order; });
    if (too_large) roots = up_to_size(families, roots, options_.order);
    std::vector<std::vector<Natural>> counts = count_by_size(families, roots);
    const auto smallest = smallest_sets(families, roots, cost_, options_.list);
    const auto cheapest = cheapest_sets(families, roots, cost_, options_.cheapest);
    for (std::size_t i = 0; i < found.size(); ++i) {
      CutSets& sets = answer_.nodes[found[i].index];
      sets.engine = engine;
      const bool whole = found[i].up_to == kAnySize && roots[i] == all[i];  // no larger ones were left out
      sets.exact_up_to = whole ? kAnySize : std::min(found[i].up_to, options_.order);
      sets.complete = found[i].up_to >= options_.order;
      sets.by_size = std::move(counts[i]);
      sets.count = Natural();
      for (const Natural& count : sets.by_size) sets.count += count;
      sets.smallest = named(smallest[i], true);
      sets.cheapest = named(cheapest[i], false);
      sets.cheapest_proven = whole;
    }
    if (options_.shares) share(families, roots, found);
  }

  [[nodiscard]] CutSet priced(std::vector<NodeId> nodes) const {
    CutSet cut{std::move(nodes), 0};
    for (const NodeId n : cut.nodes) cut.cost += graph_.cost[n];
    cut.cost = solver::tidy(cut.cost);
    return cut;
  }
  // Of equal ones, those that come first in the topology.
  [[nodiscard]] static bool is_smaller(const CutSet& a, const CutSet& b) {
    if (a.nodes.size() != b.nodes.size()) return a.nodes.size() < b.nodes.size();
    return a.cost != b.cost ? a.cost < b.cost : a.nodes < b.nodes;
  }
  [[nodiscard]] static bool is_cheaper(const CutSet& a, const CutSet& b) {
    if (a.cost != b.cost) return a.cost < b.cost;
    return a.nodes.size() != b.nodes.size() ? a.nodes.size() < b.nodes.size() : a.nodes < b.nodes;
  }
  [[nodiscard]] std::vector<CutSet> named(const std::vector<solver::BestSet>& sets, bool by_size) const {
    std::vector<CutSet> result;
    for (const solver::BestSet& set : sets) {
      std::vector<NodeId> nodes;
      for (const solver::InputId input : set.inputs) nodes.push_back(options_.losses[input.index()]);
      std::ranges::sort(nodes);
      result.push_back(priced(std::move(nodes)));
    }
    std::ranges::sort(result, by_size ? &CutSetSearch::is_smaller : &CutSetSearch::is_cheaper);
    return result;
  }

  void share(const solver::Families& families, const std::vector<solver::FamilyId>& roots,
             const std::vector<Found>& found) {
    std::vector<std::size_t> limits;
    for (const Found& f : found) {
      const std::vector<Natural>& sizes = answer_.nodes[f.index].by_size;
      const auto first = std::ranges::find_if(sizes, [](const Natural& count) { return count != Natural(); });
      limits.push_back(static_cast<std::size_t>(first - sizes.begin()) + kSharedSizes - 1);
    }
    std::vector<std::vector<solver::InputShare>> shares = input_shares(families, roots, limits);
    for (std::size_t i = 0; i < found.size(); ++i) {
      CutSets& sets = answer_.nodes[found[i].index];
      sets.shares_up_to = limits[i] + 1 < sets.by_size.size() ? limits[i] : kAnySize;
      sets.shares.clear();
      for (solver::InputShare& one : shares[i]) {
        sets.shares.push_back({options_.losses[one.input.index()], std::move(one.by_size)});
      }
      std::ranges::sort(sets.shares, {}, &LossShare::loss);
      std::ranges::stable_sort(sets.shares, std::greater<>(), &LossShare::by_size);
    }
  }

  const Graph& graph_;
  const Scenario& scenario_;
  const CutSetOptions& options_;
  IdVector<solver::InputId, double> cost_;
  std::optional<FailureCircuit> circuit_;
  std::map<std::size_t, CheapestLosses> cheapest_;  ///< by index
  CutSetAnswer answer_;
};

}  // namespace

CutSetAnswer cut_sets(const Graph& graph, const Scenario& scenario, const CutSetOptions& options) {
  return CutSetSearch(graph, scenario, options).run();
}

std::vector<NodeId> usual_losses(const Graph& graph) {
  std::vector<NodeId> losses;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    const NodeKind kind = graph.kind[n];
    if (kind == NodeKind::system || kind == NodeKind::site || kind == NodeKind::link) losses.push_back(n);
  }
  return losses;
}

std::string_view to_string(CutSetEngine engine) {
  constexpr std::array<std::string_view, 4> kWords = {"auto", "diagrams", "bounded", "exhaustive"};
  return kWords[static_cast<std::size_t>(engine)];
}

}  // namespace firebreak
