#include "report/picture/frontier_points.h"

#include <fmt/format.h>

#include "firebreak/diagnostic.h"

#include "report/action_words.h"
#include "report/palette.h"
#include "report/picture/lettering.h"
#include "report/picture/plot_axis.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr std::size_t kMostInId = 32;
constexpr std::size_t kMostInAction = 64;

std::vector<std::string> short_words(const std::vector<std::string>& words, std::size_t most) {
  std::vector<std::string> result;
  for (const std::string& word : words) result.push_back(shortened_name(printable(word), most));
  return result;
}

/// The words of a cell with as many members of a list as there is room for.
template <class Words>
std::string fitting(const Column& column, Words words) {
  constexpr std::size_t kMost = 4;
  for (std::size_t most = kMost; most > 1; --most) {
    std::string text = words(most);
    if (lines_within(text, column.wide, kMostCellLines + 1).size() <= kMostCellLines) return text;
  }
  return words(1);
}

std::string among(const ContainView& view, const std::vector<std::string>& reached) {
  if (reached.empty()) return fmt::format("{} none", look(State::works).glyph);
  const std::size_t count = view.protected_nodes.size();
  const std::string of = count > 1 ? fmt::format("{} of {}: ", reached.size(), count) : std::string();
  const std::vector<std::string> names = short_words(reached, kMostInId);
  return fitting(kFrontierColumns[2],
                 [&](std::size_t most) { return fmt::format("{} {}{}", kReachedGlyph, of, listing(names, most)); });
}

std::string services(const std::vector<std::string>& lost, double weight, double degraded) {
  const std::string more =
      degraded > 0 ? fmt::format("{} weight {} degraded", lost.empty() ? "," : ";", number_words(degraded)) : "";
  if (lost.empty()) return "none" + more;
  const std::vector<std::string> names = short_words(lost, kMostInId);
  return fitting(kFrontierColumns[3], [&](std::size_t most) {
    return fmt::format("weight {}: {}{}", number_words(weight), listing(names, most), more);
  });
}

std::string actions(const std::vector<std::string>& words, double cost) {
  if (words.empty()) return "none";
  const std::vector<std::string> cut = short_words(words, kMostInAction);
  const std::string price =
      cost == static_cast<double>(words.size()) ? std::string() : fmt::format(", cost {}", number_words(cost));
  return fitting(kFrontierColumns[4], [&](std::size_t most) {
    return fmt::format("{}{}: {}", counted(words.size(), "action"), price, actions_listed(cut, most));
  });
}

FrontierPoint point(const ContainView& view, PointType type, const PlanView& plan, std::string name) {
  return {type,
          plan.weight_lost.value,
          static_cast<double>(plan.reached),
          std::move(name),
          among(view, plan.protected_reached),
          services(plan.services_lost, plan.weight_lost.value, plan.weight_degraded.value),
          actions(plan.actions, plan.cost.value)};
}

std::string number(std::uint64_t count) {
  return grouped(static_cast<double>(count));
}

}  // namespace

std::vector<FrontierPoint> frontier_points(const ContainView& view) {
  const std::vector<PlanView>& plans = *view.frontier.value;
  std::vector<FrontierPoint> points;
  std::vector<std::string> reached;
  for (const ProtectedView& node : view.protected_nodes) {
    if (node.reached) reached.push_back(node.id);
  }
  if (plans.empty() || !plans.front().actions.empty()) {
    points.push_back({PointType::nothing_done, 0, static_cast<double>(view.reached_if_nothing_done), "nothing done",
                      among(view, reached), "none", "none"});
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const bool safe = plans[i].protected_reached.empty();
    points.push_back(point(view, safe ? PointType::safe : PointType::unsafe, plans[i], std::to_string(i + 1)));
  }
  if (!view.plans.empty()) points.push_back(point(view, PointType::chosen, view.plans.front(), "the plan"));
  if (view.compared.value) {
    const ComparedView& done = *view.compared.value;
    points.push_back({PointType::compared, done.weight_lost.value, static_cast<double>(done.reached), "compared",
                      among(view, done.protected_reached),
                      services(done.services_lost, done.weight_lost.value, done.weight_degraded.value),
                      printable(done.actions)});
  }
  return points;
}

std::string frontier_summary(const ContainView& view) {
  const std::vector<PlanView>& plans = *view.frontier.value;
  const bool complete = view.frontier_complete.value.value_or(true);
  const std::uint64_t now = view.reached_if_nothing_done;
  if (plans.empty()) {
    return fmt::format(
        "{} {} reached from {}; {}.", number(now), now == 1 ? "is" : "are", view.from,
        complete ? "no plan helps, since what is to be kept fails already" : "no plan was found in time");
  }
  const auto price = [](const PlanView& plan) {
    return plan.services_lost.empty() ? std::string("without losing a service")
                                      : "for a loss of weight " + number_words(plan.weight_lost.value);
  };
  const std::uint64_t first = plans.front().reached;
  std::string text =
      fmt::format("Of {} reached from {}, {} {} reached {}", number(now), view.from,
                  first == now && now > 1 ? "all" : number(first), first == 1 ? "stays" : "stay", price(plans.front()));
  if (plans.size() > 1) text += fmt::format(", {} {}", number(plans.back().reached), price(plans.back()));
  return text + (complete ? "; no plan brings it lower." : "; not all plans were found in time.");
}

std::string short_name(std::string_view id) {
  return shortened_name(printable(id), kMostInId);
}

}  // namespace firebreak::report
