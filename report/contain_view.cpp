#include <algorithm>
#include <fmt/format.h>

#include "report/action_words.h"
#include "report/checklist.h"
#include "report/contain_answer.h"
#include "report/escape.h"
#include "report/impact_answer.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

class ContainViewer {
 public:
  ContainViewer(const Subject& subject, const ContainReport& report, const Planned& planned, Reasons& reasons)
      : subject_(subject),
        topology_(subject.topology),
        report_(report),
        planned_(planned),
        reasons_(reasons),
        before_(blast(subject.graph, subject.scenario)) {}

  ContainView run() {
    add_protected();
    view_.protected_noun = all_are_jewels() ? "crown jewel" : "protected node";
    view_.from = listing(ids_of(subject_.scenario.compromised), 3);
    view_.reached_if_nothing_done = before_.order.size();
    view_.bound = {{report_.answer.bound.weight_lost},
                   {report_.answer.bound.weight_degraded},
                   {report_.answer.bound.cost},
                   report_.answer.bound.actions};
    if (report_.answer.plan) add_plan(*report_.answer.plan);
    if (report_.frontier != nullptr) add_frontier(*report_.frontier);
    if (report_.compared != nullptr) add_compared(*report_.compared);
    add_not_known();
    view_.head = head(subject_, "contain", summary());
    view_.head.options = options_of(report_.goal, report_.limits);
    view_.next = next();
    return std::move(view_);
  }

 private:
  [[nodiscard]] std::string id(NodeId n) const { return std::string(topology_.nodes[n].id); }
  [[nodiscard]] std::vector<std::string> ids_of(const std::vector<NodeId>& nodes) const {
    return report::ids_of(topology_, nodes);
  }

  /// Options of this command, and those of the scenario.
  [[nodiscard]] std::string options_of(std::string_view goal, std::string_view limits) const {
    std::string words;
    for (const std::string_view part : {goal, limits, std::string_view(subject_.options)}) {
      if (!part.empty()) words += fmt::format("{}{}", words.empty() ? "" : " ", part);
    }
    return words;
  }

  void add_not_known() {
    view_.not_known = not_known_of_spread(subject_, &before_.reached);
    if (!report_.answer.plan || report_.answer.plan->actions.empty()) return;
    auto guesses = not_known_of_guesses(topology_, "what the plan loses, and what it does not, rests on them");
    if (guesses) view_.not_known.push_back(*std::move(guesses));
  }

  void add_protected() {
    for (const NodeId n : report_.asked.protect) {
      ProtectedView view;
      view.id = id(n);
      view.name = topology_.nodes[n].name;
      view.reached = before_.reached[n];
      view.lost_already = std::ranges::find(report_.answer.lost_already, n) != report_.answer.lost_already.end();
      if (view.reached) {
        view.step = before_.step[n];
        view.after_s = before_.after[n];
      }
      view_.protected_nodes.push_back(std::move(view));
    }
  }

  [[nodiscard]] std::vector<std::string> protected_in(const Blast& spread) const {
    std::vector<std::string> reached;
    for (const NodeId n : report_.asked.protect) {
      if (spread.reached[n]) reached.push_back(id(n));
    }
    return reached;
  }

  [[nodiscard]] PlanView plan_view(const Plan& plan, bool proven) const {
    PlanView view;
    for (const Action& action : plan.actions) view.actions.push_back(action_words(topology_, action));
    view.services_lost = ids_of(plan.lost);
    view.services_degraded = ids_of(plan.degraded);
    view.weight_lost = {plan.weight_lost};
    view.weight_degraded = {plan.weight_degraded};
    view.cost = {plan.cost};
    view.reached = plan.reached;
    view.proven = proven;
    return view;
  }

  void add_plan(const Plan& plan) {
    const std::vector<ChecklistStep> steps = checklist(subject_, plan.actions, report_.asked.rules);
    Plan ordered = plan;
    ordered.actions.clear();
    std::vector<NodeId> concerned;
    std::vector<PolicyId> policies;
    for (const ChecklistStep& step : steps) {
      ordered.actions.push_back(step.action);
      if (step.action.node.valid()) concerned.push_back(step.action.node);
      if (step.action.rule.valid()) policies.push_back(topology_.rules[step.action.rule].policy);
      add_step(step);
    }
    view_.plans.push_back(plan_view(ordered, report_.answer.proven));
    const Impact& impact = planned_.impact;
    for (ServiceView& service : service_views(subject_, impact)) {
      const bool worse = std::ranges::find(plan.lost, service.node) != plan.lost.end() ||
                         std::ranges::find(plan.degraded, service.node) != plan.degraded.end();
      if (worse) view_.services.push_back(std::move(service));
    }
    for (const NodeId n : blast(subject_.graph, planned_.scenario, impact.run).order)
      view_.still_reached.push_back(id(n));
    for (const NodeId n : responsible(topology_, reasons_, plan.lost)) concerned.push_back(n);
    view_.call = calls(topology_, concerned, policies);
  }

  void add_step(const ChecklistStep& step) {
    const Action& action = step.action;
    ActionView view;
    view.number = view_.steps.size() + 1;
    view.wave = step.wave;
    view.action = action_words(topology_, action);
    view.type = action.type;
    view.hands = step.hands;
    const Contact& contact = action.rule.valid()
                                 ? topology_.contacts[topology_.policies[topology_.rules[action.rule].policy].contact]
                                 : topology_.contact(action.node);
    view.owner = contact.owner;
    view.phone = contact.phone;
    if (is_cut(action.type)) view.how = contact.isolate_how;
    if (action.rule.valid()) {
      const Rule& rule = topology_.rules[action.rule];
      view.id = topology_.policies[rule.policy].id;
      view.name = topology_.policies[rule.policy].name;
      view.rule = rule_words(topology_, action.rule);
      view.cost = {rule.cost};
      view.at = to_string(subject_.sources, rule.at);
    } else {
      view.id = id(action.node);
      view.name = topology_.nodes[action.node].name;
      view.cost = {action.to.valid() ? std::max(subject_.graph.cost[action.node], subject_.graph.cost[action.to])
                                     : subject_.graph.cost[action.node]};
      view.at = to_string(subject_.sources, topology_.nodes[action.node].at);
    }
    view.text = step_text(view);
    view_.steps.push_back(std::move(view));
  }

  /// What `isolate_how` speaks of.
  static bool is_cut(Action::Type type) {
    return type == Action::Type::isolate_system || type == Action::Type::isolate_zone ||
           type == Action::Type::block_rule;
  }

  static std::string step_text(const ActionView& view) {
    switch (view.type) {
      case Action::Type::isolate_system:
        return fmt::format("unplug {}", view.id);
      case Action::Type::isolate_zone:
        return fmt::format("cut zone {} off at its border", view.id);
      case Action::Type::switch_off:
        return fmt::format("switch {} off", view.id);
      case Action::Type::disable:
        return fmt::format("disable {}", view.id);
      case Action::Type::block_rule:
        return fmt::format("{}, which rule {} of policy {} allows", view.action, view.rule, view.id);
      case Action::Type::block_zones:
        break;
    }
    return view.action;
  }

  void add_frontier(const Frontier& frontier) {
    auto& plans = view_.frontier.value.emplace();
    for (const Plan& plan : frontier.plans) {
      PlanView& view = plans.emplace_back(plan_view(plan, true));
      const Blast spread =
          blast(subject_.graph, with_actions(subject_.graph, subject_.scenario, plan.actions, report_.asked.rules));
      view.protected_reached = protected_in(spread);
    }
    view_.frontier_complete.value = frontier.complete;
    auto& open = view_.frontier_open.value.emplace();
    for (std::size_t i = 0; i < frontier.open.size(); ++i) {
      if (frontier.open[i]) open.push_back(i + 1);
    }
  }

  void add_compared(const ComparedActions& compared) {
    const NeedRun before = run_need(subject_.graph, subject_.scenario);
    const NeedRun after = run_need(subject_.graph, compared.scenario);
    const Blast spread = blast(subject_.graph, compared.scenario, after);
    const Plan done = consequences(subject_.graph, before, after, spread);
    ComparedView& view = view_.compared.value.emplace();
    view.actions = compared.words;
    view.services_lost = ids_of(done.lost);
    view.weight_lost = {done.weight_lost};
    view.weight_degraded = {done.weight_degraded};
    view.cost = {compared.cost};
    view.reached = done.reached;
    view.protected_reached = protected_in(spread);
    if (!report_.answer.plan) return;
    for (const NodeId n : done.lost) {
      const auto& lost = report_.answer.plan->lost;
      if (std::ranges::find(lost, n) == lost.end()) view.lost_needlessly.push_back(id(n));
    }
  }

  [[nodiscard]] std::string loss_phrase(const Plan& plan) const {
    const std::uint64_t services = topology_.services.size();
    std::string words = plan.lost.empty() ? "no service is lost"
                                          : fmt::format("{} {} lost", share(plan.lost.size(), services, "service"),
                                                        plan.lost.size() == 1 ? "is" : "are");
    if (!plan.degraded.empty()) {
      words += fmt::format(", {} {} degraded", plan.degraded.size(), plan.degraded.size() == 1 ? "is" : "are");
    }
    return words;
  }

  /// What is protected: "records", "both crown jewels", "all 4 crown jewels"; likewise "any of the 4 crown jewels".
  [[nodiscard]] std::string jewels(bool any = false) const {
    constexpr std::size_t kMostNamed = 3;
    const std::size_t count = report_.asked.protect.size();
    if (count == 1 || (count <= kMostNamed && !all_are_jewels())) {
      return listing(ids_of(report_.asked.protect), kMostNamed, any ? "or" : "and");
    }
    return any ? fmt::format("any of the {} {}s", count, view_.protected_noun)
               : share(count, count, view_.protected_noun);
  }

  [[nodiscard]] bool all_are_jewels() const {
    return std::ranges::all_of(report_.asked.protect, [&](NodeId n) { return subject_.graph.critical[n]; });
  }

  [[nodiscard]] std::string proof() const {
    if (report_.answer.proven) return "no plan is better";
    const Plan& plan = *report_.answer.plan;
    const PlanBound& bound = report_.answer.bound;
    if (bound.weight_lost < plan.weight_lost) return "a plan that loses less may exist: time ran out";
    if (bound.weight_degraded < plan.weight_degraded) return "a plan that degrades less may exist: time ran out";
    return "a cheaper plan may exist: time ran out";
  }

  [[nodiscard]] std::string summary() const {
    if (report_.answer.plan) {
      const Plan& plan = *report_.answer.plan;
      if (plan.actions.empty()) {
        return fmt::format("Nothing has to be done: {} cannot reach {}.", view_.from, jewels(true));
      }
      const std::string cost = plan.cost == static_cast<double>(plan.actions.size())
                                   ? std::string()
                                   : fmt::format(" (cost {})", grouped(plan.cost));
      return fmt::format("{}{} {} {} from {}; {}; {}.", counted(plan.actions.size(), "action"), cost,
                         plan.actions.size() == 1 ? "keeps" : "keep", jewels(), view_.from, loss_phrase(plan), proof());
    }
    if (!report_.answer.lost_already.empty()) {
      return fmt::format("No plan protects {}: {} {} compromised already{}.", jewels(),
                         listing(ids_of(report_.answer.lost_already), 3),
                         report_.answer.lost_already.size() == 1 ? "is" : "are",
                         still_safe().empty() ? "" : "; ask for the rest alone");
    }
    const std::vector<std::string> failing = failing_already();
    if (!failing.empty()) {
      return fmt::format("No plan helps: {} {} already, before anything is done.", listing(failing, 3),
                         failing.size() == 1 ? "fails" : "fail");
    }
    if (!report_.answer.proven) return "No plan was found in time; there may be one.";
    const std::string kept = report_.asked.keep.empty()
                                 ? std::string()
                                 : fmt::format(" and {} from failing", listing(ids_of(report_.asked.keep), 3));
    return fmt::format("No allowed actions keep {} from {}{}.", jewels(), view_.from, kept);
  }

  /// Services to keep that fail whatever is done.
  [[nodiscard]] std::vector<std::string> failing_already() const {
    const NeedRun now = run_need(subject_.graph, subject_.scenario);
    std::vector<std::string> failing;
    for (const NodeId n : report_.asked.keep) {
      if (now.fails[VertexId(n.index())] != kNever) failing.push_back(id(n));
    }
    return failing;
  }

  /// What is to be protected and is not compromised yet.
  [[nodiscard]] std::vector<std::string> still_safe() const {
    std::vector<std::string> safe;
    for (const ProtectedView& node : view_.protected_nodes) {
      if (!node.lost_already) safe.push_back(node.id);
    }
    return safe;
  }

  /// Without a plan: the same question with a goal that can be met.
  [[nodiscard]] std::string next() const {
    if (report_.answer.plan && !report_.answer.plan->actions.empty()) {
      return next_command(subject_, "impact", {}, action_options(topology_, report_.answer.plan->actions));
    }
    const std::vector<std::string> safe = still_safe();
    const auto list = [](std::string_view option, const std::vector<std::string>& ids) {
      return fmt::format("{} {}", option, shell_word(fmt::format("{}", fmt::join(ids, ","))));
    };
    if (!report_.answer.lost_already.empty() && !safe.empty()) {
      std::string goal = list("--protect", safe);
      if (!report_.asked.keep.empty()) goal += " " + list("--keep", ids_of(report_.asked.keep));
      return command_line(subject_, "contain", {}, options_of(goal, report_.limits));
    }
    if (report_.answer.lost_already.empty() && !report_.answer.plan && report_.answer.proven &&
        !report_.asked.keep.empty()) {
      return command_line(subject_, "contain", {}, options_of(list("--protect", safe), report_.limits));
    }
    return next_command(subject_, "blast");
  }

  const Subject& subject_;
  const Topology& topology_;
  const ContainReport& report_;
  const Planned& planned_;
  Reasons& reasons_;
  const Blast before_;
  ContainView view_;
};

}  // namespace

Planned planned(const Subject& subject, const ContainReport& report) {
  Planned result;
  const std::vector<Action> actions = report.answer.plan ? report.answer.plan->actions : std::vector<Action>();
  result.scenario = with_actions(subject.graph, subject.scenario, actions, report.asked.rules);
  result.impact = impact(subject.graph, result.scenario);
  return result;
}

ContainView make_view(const Subject& subject, const ContainReport& report, const Planned& planned, Reasons& reasons) {
  return ContainViewer(subject, report, planned, reasons).run();
}

}  // namespace firebreak::report
