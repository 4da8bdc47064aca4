#include "report/checklist.h"

#include <algorithm>

#include "report/remote_hands.h"

namespace firebreak::report {
namespace {

class Waves {
 public:
  Waves(const Subject& subject, const std::vector<RuleBlock>& rules) : subject_(subject), rules_(rules) {}

  std::vector<ChecklistStep> run(std::vector<Action> left) {
    std::vector<ChecklistStep> steps;
    for (std::uint32_t wave = 1; !left.empty(); ++wave) {
      const std::vector<bool> held = hands(left, {});
      const std::vector<Action> now = next_wave(left, held);
      for (const Action& action : now) {
        const auto at = static_cast<std::size_t>(std::ranges::find(left, action) - left.begin());
        steps.push_back({action, wave, !asks(action) ? Hands::not_stated : held[at] ? Hands::remote : Hands::on_site});
      }
      done_.insert(done_.end(), now.begin(), now.end());
      std::erase_if(left, [&](const Action& action) { return std::ranges::find(now, action) != now.end(); });
    }
    return steps;
  }

 private:
  /// Whether it is on a system that states what it is managed by.
  [[nodiscard]] bool asks(const Action& action) const {
    return action.node.valid() && subject_.graph.kind[action.node] == NodeKind::system &&
           subject_.topology.system(action.node).has_managed_by;
  }

  /// Which of some actions can be done from afar once others are done too.
  [[nodiscard]] std::vector<bool> hands(const std::vector<Action>& actions, const std::vector<Action>& more) const {
    std::vector<bool> result(actions.size(), false);
    if (std::ranges::none_of(actions, [&](const Action& action) { return asks(action); })) return result;
    std::vector<Action> before = done_;
    before.insert(before.end(), more.begin(), more.end());
    const Scenario scenario = with_actions(subject_.graph, subject_.scenario, before, rules_);
    const NeedRun run = run_need(subject_.graph, scenario);
    IdVector<NodeId, Seconds> works_from(subject_.graph.node_count, kNever);
    for (const NodeId n : ids<NodeId>(subject_.graph.node_count)) {
      if (run.fails[VertexId(n.index())] > 0) works_from[n] = 0;
    }
    const Subject then{subject_.sources, subject_.topology, subject_.graph, scenario, {}, {}};
    for (std::size_t i = 0; i < actions.size(); ++i) {
      result[i] = asks(actions[i]) && can_be_managed(then, actions[i].node, works_from, 0);
    }
    return result;
  }

  /// How many of the actions that could be done from afar cannot any more once others are done.
  [[nodiscard]] std::size_t locked_out(const std::vector<Action>& left, const std::vector<bool>& held,
                                       const std::vector<Action>& others) const {
    const std::vector<bool> after = hands(left, others);
    std::size_t count = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      const bool itself = std::ranges::find(others, left[i]) != others.end();
      if (held[i] && !after[i] && !itself) ++count;
    }
    return count;
  }

  /// Those that lock out nobody, in whatever order they are done; where each locks out somebody, the one that does so
  /// least.
  [[nodiscard]] std::vector<Action> next_wave(const std::vector<Action>& left, const std::vector<bool>& held) const {
    if (std::ranges::find(held, true) == held.end()) return left;
    std::vector<Action> wave;
    const Action* least = nullptr;
    std::size_t fewest = 0;
    for (const Action& action : left) {
      const std::size_t count = locked_out(left, held, {action});
      if (count == 0) wave.push_back(action);
      if (least == nullptr || count < fewest) {
        least = &action;
        fewest = count;
      }
    }
    if (wave.empty()) return {*least};
    // Together they may do what none does alone.
    for (std::size_t i = 0; i < wave.size(); ++i) {
      std::vector<Action> others = wave;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      if (locked_out(left, held, others) > 0) return {wave.front()};
    }
    return wave;
  }

  const Subject& subject_;
  const std::vector<RuleBlock>& rules_;
  std::vector<Action> done_;
};

}  // namespace

std::vector<ChecklistStep> checklist(const Subject& subject, const std::vector<Action>& actions,
                                     const std::vector<RuleBlock>& rules) {
  return Waves(subject, rules).run(actions);
}

}  // namespace firebreak::report
