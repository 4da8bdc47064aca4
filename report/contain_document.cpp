#include <algorithm>
#include <fmt/format.h>

#include "report/action_words.h"
#include "report/contain_answer.h"
#include "report/impact_answer.h"
#include "report/palette.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kReached = {kReachedGlyph, kReachedAscii, kReachedSgr, "is reached"};
constexpr Mark kSafe = {"✓", ".", "32", "is not reached"};

Section protected_section(const ContainView& view, const TextStyle& style) {
  std::vector<const ProtectedView*> nodes;
  for (const ProtectedView& node : view.protected_nodes) nodes.push_back(&node);
  std::ranges::stable_sort(
      nodes, {}, [](const ProtectedView* node) { return node->reached ? node->after_s.value_or(0) : kNever; });
  return list_section("If nothing is done", nodes, style, [](const ProtectedView* node) {
    const std::string lead = called(node->id, node->name);
    if (!node->reached) return Entry{kSafe, lead};
    if (node->lost_already) return Entry{kReached, lead, "from the start"};
    const Seconds after = node->after_s.value_or(0);
    return Entry{
        kReached, lead,
        fmt::format("in {}, {}{}", counted(*node->step, "step"), when(after), after > 0 ? " at the earliest" : "")};
  });
}

std::string hands_words(Hands hands) {
  switch (hands) {
    case Hands::remote:
      return "from afar";
    case Hands::on_site:
      return "on site";
    case Hands::not_stated:
      return {};
  }
  return {};
}

/// What an action means where nobody said how it is done.
std::string meaning(const ActionView& step) {
  switch (step.type) {
    case Action::Type::isolate_system:
      return "unplug it";
    case Action::Type::isolate_zone:
      return "cut it off at its border";
    case Action::Type::switch_off:
      return "switch it off";
    case Action::Type::disable:
      return "disable it";
    case Action::Type::block_rule:
      return fmt::format("rule {} of policy {} allows it", step.rule, step.id);
    case Action::Type::block_zones:
      break;
  }
  return "all that is permitted from the one to the other";
}

Section plan_section(const ContainView& view, const TextStyle& style, bool sheet) {
  TextStyle all = style;
  constexpr std::size_t kMostSteps = 40;
  all.most = sheet || style.most == 0 ? 0 : std::max(style.most, kMostSteps);
  const bool at_once = view.steps.empty() || view.steps.back().wave == 1;
  const std::string title =
      at_once ? "Plan, all at once" : fmt::format("Plan, in {} waves, one after the other", view.steps.back().wave);
  Section section = list_section(title, view.steps, all, [&](const ActionView& step) {
    std::vector<std::string> facts;
    if (step.how.empty() || step.type == Action::Type::block_rule) facts.push_back(meaning(step));
    if (!step.how.empty()) facts.push_back(step.how);
    if (const std::string hands = hands_words(step.hands); !hands.empty()) facts.push_back(hands);
    if (step.cost.value != 1) facts.push_back("cost " + grouped(step.cost.value));
    if (sheet && !(step.owner.empty() && step.phone.empty())) {
      facts.push_back(
          fmt::format("{}{}{}", step.owner, step.owner.empty() || step.phone.empty() ? "" : ", ", step.phone));
    }
    const std::string turn = at_once ? std::string() : fmt::format("wave {}: ", step.wave);
    return Entry{.lead = fmt::format("{}{}:", turn, step.action), .facts = fmt::format("{}", fmt::join(facts, "; "))};
  });
  section.ticks = true;
  return section;
}

Section still_section(const ContainView& view) {
  Section section{"Still reached"};
  if (!view.still_reached.empty() && !view.plans.empty()) {
    section.entries.push_back({.lead = listing(view.still_reached, 12)});
  }
  return section;
}

/// "5 reached, dc-1 among them", "2 reached, no crown jewel among them".
std::string reached_words(const ContainView& view, std::uint64_t reached,
                          const std::vector<std::string>& protected_reached) {
  const std::string count = grouped(static_cast<double>(reached)) + " reached";
  if (!protected_reached.empty()) return fmt::format("{}, {} among them", count, listing(protected_reached, 4));
  const auto& nodes = view.protected_nodes;
  return nodes.size() == 1 ? fmt::format("{}, but not {}", count, nodes.front().id)
                           : fmt::format("{}, no {} among them", count, view.protected_noun);
}

/// "no service lost", "shop and mail lost (weight 120)".
std::string loss_words(const PlanView& plan) {
  if (plan.services_lost.empty()) return "no service lost";
  return fmt::format("{} lost (weight {})", listing(plan.services_lost, 4), grouped(plan.weight_lost.value));
}

/// "There may be others behind plans 2 and 5: time ran out."
std::string open_words(const std::vector<std::uint64_t>& open) {
  if (open.empty()) return "No plan was found in time; there are some.";
  std::vector<std::string> numbers;
  for (const std::uint64_t number : open) numbers.push_back(std::to_string(number));
  return fmt::format("There may be others behind plan{} {}: not all were found in time.", open.size() == 1 ? "" : "s",
                     listing(numbers, 8));
}

/// The plans of a frontier as a table, a line each, in the order of the list.
std::string frontier_table(const ContainView& view, const std::vector<PlanView>& plans, std::size_t rows) {
  const auto number = [](double value) { return grouped(value); };
  std::vector<std::vector<std::string>> cells{{"plan", "weight lost", "degraded", "reached", "", "actions", "cost"}};
  cells.front()[4] = fmt::format("{}s", view.protected_noun);
  for (std::size_t i = 0; i < rows; ++i) {
    const PlanView& plan = plans[i];
    cells.push_back({number(static_cast<double>(i + 1)), number(plan.weight_lost.value),
                     number(plan.weight_degraded.value), number(static_cast<double>(plan.reached)),
                     number(static_cast<double>(plan.protected_reached.size())),
                     number(static_cast<double>(plan.actions.size())), number(plan.cost.value)});
  }
  std::string out;
  for (const std::vector<std::string>& row : cells) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::size_t widest = 0;
      for (const std::vector<std::string>& other : cells) widest = std::max(widest, other[c].size());
      line += fmt::format("  {:>{}}", row[c], widest);
    }
    out += line + "\n";
  }
  return out;
}

Section frontier_section(const ContainView& view, const TextStyle& style) {
  if (!view.frontier.value) return {};
  const bool complete = view.frontier_complete.value.value_or(true);
  std::size_t number = 0;
  Section section = list_section("What each loss buys", *view.frontier.value, style, [&](const PlanView& plan) {
    std::vector<std::string> facts{reached_words(view, plan.reached, plan.protected_reached)};
    if (!plan.services_degraded.empty()) {
      facts.push_back(counted(plan.services_degraded.size(), "service") + " degraded");
    }
    constexpr std::size_t kMostActions = 8;
    return Entry{.lead = fmt::format("plan {}, {}:", ++number, loss_words(plan)),
                 .facts = fmt::format("{}", fmt::join(facts, "; ")),
                 .detail = plan.actions.empty() ? "by doing nothing" : actions_listed(plan.actions, kMostActions)};
  });
  if (number > 1) section.verbatim = frontier_table(view, *view.frontier.value, number);
  if (!complete) {
    section.entries.push_back({.lead = open_words(*view.frontier_open.value)});
  } else if (section.entries.empty()) {
    section.entries.push_back({.lead = "No plan: what is to be kept fails already."});
  }
  return section;
}

Section compared_section(const ContainView& view) {
  Section section{"Compared"};
  if (!view.compared.value) return section;
  const ComparedView& done = *view.compared.value;
  // What was done, and a plan, have these in common.
  const auto facts = [&](const auto& plan) {
    std::string words =
        plan.services_lost.empty()
            ? std::string("no service is lost")
            : fmt::format("{} {} lost (weight {})", counted(plan.services_lost.size(), "service"),
                          plan.services_lost.size() == 1 ? "is" : "are", grouped(plan.weight_lost.value));
    if (plan.weight_degraded.value > 0)
      words += fmt::format("; weight {} degraded", grouped(plan.weight_degraded.value));
    return fmt::format("{}; {}; cost {}", words, reached_words(view, plan.reached, plan.protected_reached),
                       grouped(plan.cost.value));
  };
  section.entries.push_back({.lead = done.actions + ":", .facts = facts(done)});
  if (!view.plans.empty()) {
    section.entries.push_back(
        {.lead = "the plan above:",
         .facts = facts(view.plans.front()),
         .detail = done.lost_needlessly.empty() ? "" : "it keeps " + listing(done.lost_needlessly, 8)});
  }
  return section;
}

}  // namespace

Document make_document(const ContainView& view, Reasons& reasons, const TextStyle& style, bool sheet) {
  Document document;
  document.title = view.head.topology.empty() ? "Containment" : "Containment: " + view.head.topology;
  document.summary = view.head.summary;
  if (!view.head.options.empty()) document.context = "With " + view.head.options;
  const bool may_lose_less = !view.plans.empty() && !view.plans.front().proven &&
                             view.bound.weight_lost.value < view.plans.front().weight_lost.value;
  if (may_lose_less && view.bound.weight_lost.value > 0) {
    document.context += fmt::format("{}no plan loses less than weight {}", document.context.empty() ? "" : "; ",
                                    grouped(view.bound.weight_lost.value));
  }
  add_section(document, plan_section(view, style, sheet));
  add_section(document, service_section("Services", worst_first(view.services), reasons, style));
  add_section(document, protected_section(view, style));
  add_section(document, still_section(view));
  add_section(document, frontier_section(view, style));
  add_section(document, compared_section(view));
  add_section(document, call_section(view.call, style));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

}  // namespace firebreak::report
