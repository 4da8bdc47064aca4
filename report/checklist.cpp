// Who can act from afar once others have acted is lost step by step and never comes back. So a set of actions can be
// done from afar altogether if, again and again, one of them can be put last: it still can be done when all others are.
// Where this gets stuck, somebody has to go there, and the fewest are sought for. Waves are made from the end.

#include "report/checklist.h"

#include <algorithm>
#include <map>
#include <utility>

#include "analyzer/solver/cheapest.h"
#include "report/remote_hands.h"

namespace firebreak::report {
namespace {

/// Some of the actions, by their place in the plan.
using Some = std::vector<bool>;

Some with(Some some, std::size_t one, bool in) {
  some[one] = in;
  return some;
}
bool none_of(const Some& some) {
  return std::ranges::find(some, true) == some.end();
}

/// Which actions can be done from afar after others.
class RemoteHands {
 public:
  RemoteHands(const Subject& subject, const std::vector<Action>& actions, const std::vector<RuleBlock>& rules)
      : subject_(subject), actions_(actions), rules_(rules) {}

  /// Whether it is on a system that states what it is managed by.
  [[nodiscard]] bool asks(std::size_t action) const {
    const NodeId n = actions_[action].node;
    return n.valid() && subject_.graph.kind[n] == NodeKind::system && subject_.topology.system(n).has_managed_by;
  }

  /// Whether an action can be done from afar when these have been done, itself not counted.
  [[nodiscard]] bool hold(std::size_t action, const Some& done) {
    if (!asks(action)) return false;
    const auto [known, is_new] = hold_.try_emplace({action, with(done, action, false)}, false);
    if (is_new) known->second = judge(action, known->first.second);
    return known->second;
  }

  [[nodiscard]] std::size_t count() const { return actions_.size(); }
  /// How often the need law has been run, and how often it may be while the fewest are sought for.
  [[nodiscard]] std::size_t runs() const { return hold_.size(); }
  [[nodiscard]] std::size_t affordable_runs() const {
    constexpr std::size_t kMostVisits = 50'000'000;
    return std::max<std::size_t>(2000, kMostVisits / subject_.graph.need.owner.size());
  }

 private:
  [[nodiscard]] bool judge(std::size_t action, const Some& done) const {
    std::vector<Action> before;
    for (std::size_t i = 0; i < actions_.size(); ++i) {
      if (done[i]) before.push_back(actions_[i]);
    }
    const Scenario scenario = with_actions(subject_.graph, subject_.scenario, before, rules_);
    const NeedRun run = run_need(subject_.graph, scenario);
    IdVector<NodeId, Seconds> works_from(subject_.graph.node_count, kNever);
    for (const NodeId n : ids<NodeId>(subject_.graph.node_count)) {
      if (run.fails[VertexId(n.index())] > 0) works_from[n] = 0;
    }
    const Subject then{subject_.sources, subject_.topology, subject_.graph, scenario, {}, {}};
    return can_be_managed(then, actions_[action].node, works_from, 0, Graces::last);
  }

  const Subject& subject_;
  const std::vector<Action>& actions_;
  const std::vector<RuleBlock>& rules_;
  std::map<std::pair<std::size_t, Some>, bool> hold_;  ///< what is known already
};

/// What of some actions cannot be done from afar in any order of them; the others can, before these.
Some stuck(RemoteHands& hands, Some some) {
  for (bool changed = true; changed;) {
    changed = false;
    Some left = some;
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (!some[i] || !hands.hold(i, some)) continue;
      left[i] = false;
      changed = true;
    }
    some = std::move(left);
  }
  return some;
}

/// The same made so small that without any one of them nothing is stuck.
Some core_of(RemoteHands& hands, Some some) {
  for (std::size_t i = 0; i < some.size(); ++i) {
    if (!some[i]) continue;
    Some less = stuck(hands, with(some, i, false));
    if (!none_of(less)) some = std::move(less);
  }
  return some;
}

/// As many actions as can be done from afar in one order of them. Of each core somebody has to go to at least one: the
/// fewest that hit all cores known are tried, and what is stuck then holds another core.
Some most_from_afar(RemoteHands& hands) {
  Some some(hands.count(), false);
  for (std::size_t i = 0; i < some.size(); ++i) some[i] = hands.hold(i, Some(some.size(), false));
  solver::SatSolver sat;
  solver::Cheapest fewest(sat);
  std::vector<solver::Literal> on_site;
  for (const bool is_one : some) {
    on_site.emplace_back(sat.add_variable());
    if (is_one) fewest.add_cost(on_site.back(), 1);
  }
  const std::size_t most_runs = hands.affordable_runs();
  Some afar = some;
  for (Some left = stuck(hands, afar); !none_of(left); left = stuck(hands, afar)) {
    const Some core = core_of(hands, std::move(left));
    if (hands.runs() > most_runs) {
      afar[static_cast<std::size_t>(std::ranges::find(core, true) - core.begin())] = false;
      continue;
    }
    std::vector<solver::Literal> clause;
    for (std::size_t i = 0; i < core.size(); ++i) {
      if (core[i]) clause.push_back(on_site[i]);
    }
    sat.add_clause(clause);
    if (fewest.solve() != solver::Verdict::satisfiable) break;
    for (std::size_t i = 0; i < some.size(); ++i) afar[i] = some[i] && !sat.holds(on_site[i]);
  }
  return afar;
}

/// In which wave each action is done, from 0.
class Waves {
 public:
  Waves(RemoteHands& hands, Some afar) : hands_(hands), afar_(std::move(afar)), wave_(hands.count(), 0) {}

  std::vector<std::uint32_t> run() {
    from_the_end();
    for (std::size_t i = 0; i < wave_.size(); ++i) {
      for (std::uint32_t to = 0; to < wave_[i]; ++to) {
        if (!can_move(i, to)) continue;
        wave_[i] = to;
        break;
      }
    }
    return wave_;
  }

  [[nodiscard]] Some done_with(std::uint32_t wave) const {
    Some done(wave_.size(), false);
    for (std::size_t i = 0; i < wave_.size(); ++i) done[i] = wave_[i] <= wave;
    return done;
  }

 private:
  /// As few waves as there can be, everything as late as it can be.
  void from_the_end() {
    Some left(wave_.size(), true);
    std::vector<Some> before{Some(afar_)};
    for (;; left = before.back(), before.push_back(left)) {
      Some& earlier = before.back();
      for (std::size_t i = 0; i < left.size(); ++i) earlier[i] = afar_[i] && left[i] && !hands_.hold(i, left);
      if (none_of(earlier)) break;
    }
    for (std::size_t i = 0; i < wave_.size(); ++i) {
      wave_[i] =
          static_cast<std::uint32_t>(std::ranges::count_if(before, [i](const Some& some) { return !some[i]; })) - 1;
    }
  }

  /// Whether an action locks nobody out when it is done in an earlier wave.
  [[nodiscard]] bool can_move(std::size_t action, std::uint32_t to) {
    for (std::size_t i = 0; i < wave_.size(); ++i) {
      if (!afar_[i] || i == action || wave_[i] < to || wave_[i] >= wave_[action]) continue;
      if (!hands_.hold(i, with(done_with(wave_[i]), action, true))) return false;
    }
    return true;  // itself it has no more before it than it had
  }

  RemoteHands& hands_;
  Some afar_;
  std::vector<std::uint32_t> wave_;
};

}  // namespace

std::vector<ChecklistStep> checklist(const Subject& subject, const std::vector<Action>& actions,
                                     const std::vector<RuleBlock>& rules) {
  RemoteHands hands(subject, actions, rules);
  Waves waves(hands, most_from_afar(hands));
  const std::vector<std::uint32_t> turns = waves.run();
  std::vector<ChecklistStep> steps;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const bool afar = hands.hold(i, waves.done_with(turns[i]));
    steps.push_back({actions[i], turns[i] + 1,
                     !hands.asks(i) ? Hands::not_stated
                     : afar         ? Hands::remote
                                    : Hands::on_site});
  }
  std::ranges::stable_sort(steps, {}, &ChecklistStep::wave);
  return steps;
}

}  // namespace firebreak::report
