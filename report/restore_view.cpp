#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "firebreak/blast.h"

#include "report/escape.h"
#include "report/remote_hands.h"
#include "report/restore_answer.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

class ViewMaker {
 public:
  ViewMaker(const Subject& subject, const RestoreReport& report)
      : subject_(subject),
        topology_(subject.topology),
        plan_(report.plan),
        nothing_off_(without_off(subject.scenario)),
        in_the_end_(impact(subject.graph, nothing_off_)),
        reasons_(subject, nothing_off_, in_the_end_, kNever) {
    if (report.crews > 0) view_.crews = report.crews;
  }

  RestoreView make() {
    for (std::uint32_t i = 0; i < plan_.steps.size(); ++i) add_step(i);
    for (const ServiceReturn& service : plan_.services) add_service(service);

    view_.loops = loop_views(topology_, plan_.loops);
    for (const NodeId n : plan_.stays_off) {
      view_.stays_off.push_back({id(n), topology_.nodes[n].kind, sentence(reasons_.chain(n))});
    }
    view_.weighted_delay = {plan_.weighted_delay};
    view_.bound = {plan_.bound};
    view_.proven = plan_.proven;
    add_still_connected();
    std::vector<NodeId> concerned;
    for (const RestoreStep& step : plan_.steps) {
      if (step.job == RestoreJob::rebuild || !is_rebuilt(step.node)) concerned.push_back(step.node);
    }
    view_.call = calls(topology_, concerned);
    add_not_known();
    const std::string crew = view_.crews ? fmt::format("--crew {} ", *view_.crews) : std::string();
    view_.next = next(crew);
    view_.head = head(subject_, "restore", summary());
    return std::move(view_);
  }

 private:
  static Scenario without_off(Scenario scenario) {
    scenario.off.clear();
    return scenario;
  }

  [[nodiscard]] std::string id(NodeId n) const { return std::string(topology_.nodes[n].id); }
  [[nodiscard]] std::vector<std::string> ids_of(const std::vector<NodeId>& nodes) const {
    return report::ids_of(topology_, nodes);
  }

  void add_step(std::uint32_t number) {
    const RestoreStep& step = plan_.steps[number];
    const Contact& contact = topology_.contact(step.node);
    StepView view;
    view.number = number + 1;
    view.node = step.node;
    view.id = id(step.node);
    view.name = topology_.nodes[step.node].name;
    view.kind = topology_.nodes[step.node].kind;
    view.job = step.job;
    view.start_s = step.start;
    view.finish_s = step.finish;
    for (const std::uint32_t earlier : step.after) {
      const RestoreStep& before = plan_.steps[earlier];
      (before.job == RestoreJob::start ? view.after : view.after_rebuilt).push_back(id(before.node));
    }
    if (step.crew > 0) view.crew = step.crew;
    view.by_hand = step.by_hand;
    view.kept_off = step.kept_off;
    view.on_site = view.kind == NodeKind::system && topology_.system(step.node).has_managed_by &&
                   !can_be_managed(subject_, step.node, plan_.works_from_step, number);
    for (const ServiceReturn& service : plan_.services) {
      if (!service.after.empty() && service.after.back() == number) view.brings_back.push_back(id(service.service));
    }
    view.owner = contact.owner;
    view.phone = contact.phone;
    view.at = to_string(subject_.sources, topology_.nodes[step.node].at);
    view.go_on_when = go_on_when(view);
    view.text = fmt::format("{}: {} {}{}", when(view.start_s), verb(view), view.id,
                            view.go_on_when.empty() ? "" : fmt::format(", when {}", view.go_on_when));
    view_.finish_s = std::max(view_.finish_s, view.finish_s);
    view_.steps.push_back(std::move(view));
  }

  [[nodiscard]] std::string next(const std::string& crew) const {
    if (!stays_.empty()) return next_command(subject_, "explain", {stays_.front()});
    if (view_.steps.empty()) return fmt::format("firebreak check {}", subject_.files);
    if (view_.still_connected.empty()) return next_command(subject_, "restore", {}, crew + "--format md");
    std::vector<std::string> unclean;
    for (const UncleanView& view : view_.still_connected) unclean.push_back(view.id);
    return next_command(subject_, "restore", {},
                        fmt::format("{}--off {}", crew, shell_word(fmt::format("{}", fmt::join(unclean, ",")))));
  }

  /// What is rebuilt and does not have to be started runs all the time.
  void add_still_connected() {
    std::set<NodeId> started;
    for (const RestoreStep& step : plan_.steps) {
      if (step.job == RestoreJob::start) started.insert(step.node);
    }
    for (std::uint32_t i = 0; i < plan_.steps.size(); ++i) {
      const RestoreStep& step = plan_.steps[i];
      if (step.job != RestoreJob::rebuild || started.contains(step.node)) continue;
      if (topology_.nodes[step.node].kind == NodeKind::system) running_.push_back(id(step.node));
      UncleanView view{id(step.node), step.finish, {}};
      for (const RestoreStep& other : plan_.steps) {
        if (std::ranges::binary_search(other.after, i)) view.keeps_waiting.push_back(id(other.node));
      }
      if (step.finish > 0 && !view.keeps_waiting.empty()) view_.still_connected.push_back(std::move(view));
    }
  }

  [[nodiscard]] bool is_rebuilt(NodeId n) const { return std::ranges::binary_search(subject_.scenario.compromised, n); }

  static std::string go_on_when(const StepView& step) {
    std::vector<std::string> parts;
    const auto add = [&](std::vector<std::string> who, std::string_view is, std::string_view are) {
      if (!who.empty()) parts.push_back(fmt::format("{} {}", listing(who, 6), who.size() == 1 ? is : are));
    };
    add(step.after, "is up", "are up");
    add(step.after_rebuilt, "is clean", "are clean");
    return fmt::format("{}", fmt::join(parts, " and "));
  }

  void add_service(const ServiceReturn& back) {
    const NodeId n = back.service;
    const Service& service = topology_.service(n);
    const Contact& contact = topology_.contact(n);
    ReturnView view;
    view.node = n;
    view.id = id(n);
    view.name = topology_.nodes[n].name;
    if (back.back != kNever) view.back_s = back.back;
    view.weight = {service.weight.value_or(service.users.value_or(1))};
    if (service.users) view.users = Weight{*service.users};
    view.rto_s = service.rto;
    view.late = service.rto && back.back > *service.rto;
    view.state = std::ranges::binary_search(plan_.stays_off, n) ? State::off : in_the_end_.state[n];
    if (!view.back_s) {
      view.because = sentence(reasons_.chain(n));
      if (view.because.empty()) view.because = "waits for what cannot start";
      stays_.push_back(view.id);
    }
    view.owner = contact.owner;
    view.phone = contact.phone;
    view.at = to_string(subject_.sources, topology_.nodes[n].at);
    view_.services.push_back(std::move(view));
  }

  void add_not_known() {
    std::set<std::string> to_start;
    std::set<std::string> to_rebuild;
    for (const StepView& step : view_.steps) {
      if (step.start_s != step.finish_s) continue;
      if (step.job == RestoreJob::rebuild) to_rebuild.insert(step.id);
      if (step.job == RestoreJob::start && step.kind == NodeKind::system) to_start.insert(step.id);
    }
    const auto add = [&](std::string what, const std::set<std::string>& who, std::string_view key) {
      if (who.empty()) return;
      const std::vector<std::string> names(who.begin(), who.end());
      view_.not_known.push_back(
          {std::move(what),
           fmt::format("{} no time to {}: counted as at once: {}",
                       who.size() == 1 ? "1 step states" : fmt::format("{} steps state", who.size()), key,
                       listing(names)),
           who.size(), names});
    };
    add("no_start_time", to_start, "start");
    add("no_rebuild_time", to_rebuild, "rebuild");
    std::vector<NodeId> lost;
    for (const ServiceReturn& service : plan_.services) {
      if (service.back == kNever) lost.push_back(service.service);
    }
    std::optional<UnknownView> guesses =
        lost.empty() ? guesses_behind_steps() : guesses_behind(topology_, reasons_, lost);
    for (UnknownView& unknown : not_known_of_needs(topology_, std::move(guesses))) {
      view_.not_known.push_back(std::move(unknown));
    }
    add_standing();
    if (subject_.scenario.compromised.empty()) return;
    add_reached();
    for (UnknownView& unknown : not_known_of_spread(subject_, nullptr)) view_.not_known.push_back(std::move(unknown));
  }

  /// The guesses, and which steps wait because of one; nothing when there are none.
  [[nodiscard]] std::optional<UnknownView> guesses_behind_steps() const {
    std::vector<std::string> resting;
    for (const StepView& step : view_.steps) {
      if (step.job == RestoreJob::start && !step.after.empty() && needs_by_guess(step.node)) resting.push_back(step.id);
    }
    std::optional<UnknownView> guesses =
        not_known_of_guesses(topology_, resting.empty() ? "no step waits because of one"
                                                        : fmt::format("what {} {} for rests on one", listing(resting),
                                                                      resting.size() == 1 ? "waits" : "wait"));
    if (guesses && !resting.empty()) guesses->ids = std::move(resting);
    return guesses;
  }

  /// Whether some need that a node must have to start is a guess.
  [[nodiscard]] bool needs_by_guess(NodeId n) const {
    const NeedRelation& need = subject_.graph.need;
    std::vector<VertexId> open{VertexId(n.index())};
    while (!open.empty()) {
      const VertexId v = open.back();
      open.pop_back();
      for (const ArcId a : need.inputs(v)) {
        const Arc& arc = need.arcs[a];
        if (!arc.start) continue;
        if (arc.assumed) return true;
        if (arc.type == ArcType::group) open.push_back(arc.from);
      }
    }
    return false;
  }

  /// What stays as it is while the plan is carried out.
  void add_standing() {
    std::vector<std::string> isolated = ids_of(subject_.scenario.isolated_systems);
    for (const std::string& zone : ids_of(subject_.scenario.isolated_zones)) isolated.push_back(zone);
    if (!isolated.empty()) {
      view_.not_known.push_back({"isolations_stay",
                                 fmt::format("{} {} isolated to the end: reconnecting is no step of the plan",
                                             listing(isolated), isolated.size() == 1 ? "stays" : "stay"),
                                 isolated.size(), isolated});
    }
    if (!running_.empty()) {
      view_.not_known.push_back(
          {"rebuilt_running",
           fmt::format("{} {}: whatever needs {} is taken as working meanwhile", listing(running_),
                       running_.size() == 1 ? "is rebuilt while it runs" : "are rebuilt while they run",
                       running_.size() == 1 ? "it" : "them"),
           running_.size(), running_});
    }
  }

  /// What the compromise reaches at the beginning, and nobody said is compromised.
  void add_reached() {
    std::vector<std::string> reached;
    for (const NodeId n : blast(subject_.graph, subject_.scenario).order) {
      if (!is_rebuilt(n)) reached.push_back(id(n));
    }
    if (reached.empty()) return;
    view_.not_known.push_back(
        {"reached_taken_as_clean",
         fmt::format("{} more can be reached and {} taken as clean; name with --compromised what is not: {}",
                     reached.size(), reached.size() == 1 ? "is" : "are", listing(reached)),
         reached.size(), reached});
  }

  [[nodiscard]] std::string jobs_phrase() const {
    const auto count = [&](RestoreJob job) {
      return static_cast<std::uint64_t>(std::ranges::count(view_.steps, job, &StepView::job));
    };
    std::vector<std::string> parts;
    if (count(RestoreJob::start) > 0) parts.push_back(fmt::format("{} to start", count(RestoreJob::start)));
    if (count(RestoreJob::rebuild) > 0) parts.push_back(fmt::format("{} to rebuild", count(RestoreJob::rebuild)));
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  /// "mail is back at once, all 5 services after 9h"
  [[nodiscard]] std::string services_phrase() const {
    std::vector<const ReturnView*> back;
    for (const ReturnView& service : view_.services) {
      if (service.back_s) back.push_back(&service);
    }
    if (view_.services.empty()) return fmt::format("no service is down, all is done {}", when(view_.finish_s));
    if (back.empty()) return "no service comes back";
    const auto by_time = [](const ReturnView* a, const ReturnView* b) { return *a->back_s < *b->back_s; };
    const ReturnView& first = **std::ranges::min_element(back, by_time);
    const ReturnView& last = **std::ranges::max_element(back, by_time);
    const std::string all = back.size() == view_.services.size()
                                ? (back.size() == 2 ? "both services" : fmt::format("all {} services", back.size()))
                                : share(back.size(), view_.services.size(), "service");
    if (back.size() == 1) return fmt::format("{} is back {}", first.id, when(*first.back_s));
    if (*first.back_s == *last.back_s) return fmt::format("{} are back {}", all, when(*last.back_s));
    return fmt::format("{} is back {}, {} {}", first.id, when(*first.back_s), all, when(*last.back_s));
  }

  [[nodiscard]] std::string summary() const {
    if (view_.steps.empty() && view_.services.empty())
      return "Nothing is off or compromised: there is nothing to restore.";
    std::string text = view_.steps.empty() ? std::string("Nothing can be started") : jobs_phrase();
    text += ": " + services_phrase();
    const auto late = static_cast<std::uint64_t>(
        std::ranges::count_if(view_.services, [](const ReturnView& s) { return s.late && s.back_s; }));
    if (late > 0) text += fmt::format("; {} too late", late);
    if (!stays_.empty()) {
      text += fmt::format("; {} {} down", listing(stays_, 3), stays_.size() == 1 ? "stays" : "stay");
    }
    return capitalised(std::move(text)) + ".";
  }

  const Subject& subject_;
  const Topology& topology_;
  const Restoration& plan_;
  Scenario nothing_off_;
  Impact in_the_end_;
  Reasons reasons_;
  RestoreView view_;
  std::vector<std::string> stays_;    ///< services that do not come back
  std::vector<std::string> running_;  ///< what is rebuilt while it runs
};

}  // namespace

std::string_view verb(const StepView& step) {
  const bool identity = step.kind == NodeKind::identity;
  if (step.job == RestoreJob::rebuild) return identity ? "change" : "rebuild";
  return identity ? "enable" : "start";
}

RestoreView make_view(const Subject& subject, const RestoreReport& report) {
  return ViewMaker(subject, report).make();
}

}  // namespace firebreak::report
