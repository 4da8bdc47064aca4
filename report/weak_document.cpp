#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>

#include "report/surroundings.h"
#include "report/weak_answer.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr std::size_t kMostSets = 6;
constexpr std::size_t kMostSizes = 5;

const Mark kTakesDown = {"✕", "x", "1;31", "takes down"};
const Mark kDegrades = {"~", "~", "33", "degrades"};

std::string weight_words(const Weight& weight) {
  return "weight " + grouped(weight.value);
}

/// "mail (weight 40); degrades phone"
std::string effect_words(const WeakView& view, const LossView& loss, bool weights) {
  std::string words = listing(loss.fails, 4);
  if (loss.fails.size() > 4) {
    words = fmt::format("{} of {}: {}", grouped(static_cast<double>(loss.fails.size())), view.services.size(), words);
  }
  if (weights && loss.weight_lost.value > 1) words += fmt::format(" ({})", weight_words(loss.weight_lost));
  if (loss.degrades.empty()) return words;
  return words.empty() ? listing(loss.degrades, 4) : fmt::format("{}; degrades {}", words, listing(loss.degrades, 4));
}

bool has_weights(const WeakView& view) {
  return std::ranges::any_of(view.services, [](const CutSetsView& s) { return s.weight.value > 1; });
}

void add_losses(Document& document, const WeakView& view, const TextStyle& style) {
  std::vector<const LossView*> points;
  std::vector<const LossView*> others;
  for (const LossView& loss : view.losses) (loss.fails.empty() ? others : points).push_back(&loss);
  const bool weights = has_weights(view);
  const auto entry = [&](const LossView* loss) {
    return Entry{loss->fails.empty() ? kDegrades : kTakesDown, called(loss->id, loss->name),
                 effect_words(view, *loss, weights)};
  };
  add_section(document, list_section("Single points of failure", points, style, entry));
  add_section(document, list_section("Single losses that only degrade", others, style, entry));
}

Mark mark_of(const CutSetsView& service) {
  constexpr std::string_view kAlready = "fails already";
  if (service.fails_already) return {"✕", "x", "1;31", kAlready};
  if (service.counts.empty() && service.exact_up_to == 0U) return {"?", "?", "33", "could not be looked at in time"};
  if (service.counts.empty()) return {"✓", ".", "32", ""};
  const std::size_t losses = least_losses(service);
  if (losses == 1) return {"✕", "x", "1;31", "fails with one loss"};
  if (losses == 2) return {"!", "!", "33", "fails with two losses"};
  return {"✓", ".", "32", ""};
}

std::string facts_of(const CutSetsView& service, bool weights) {
  std::string facts;
  if (service.counts.empty() && !service.fails_already) {
    if (!service.exact_up_to) {
      facts = "is taken down by nothing that may be lost";
    } else if (*service.exact_up_to > 0) {
      facts = *service.exact_up_to == 1 ? "stands any single loss" : "stands any " + losses_words(*service.exact_up_to);
    }
  } else if (!service.counts.empty() && least_losses(service) > 2) {
    facts = "fails with " + losses_words(least_losses(service));
  }
  if (weights && service.weight.value > 1) {
    facts += fmt::format("{}({})", facts.empty() ? "" : " ", weight_words(service.weight));
  }
  return facts;
}

std::string set_words(const std::vector<std::string>& ids) {
  return fmt::format("{}", fmt::join(ids, " + "));
}

/// The first of the smallest: all of them if they are few.
std::string smallest_words(const CutSetsView& service, const TextStyle& style) {
  const std::size_t most = style.most == 0 ? service.cut_sets.size() : kMostSets;
  const std::size_t shown = std::min(most, service.cut_sets.size());
  if (shown == 0) return {};
  std::vector<std::string> sets;
  for (std::size_t i = 0; i < shown; ++i) sets.push_back(set_words(service.cut_sets[i]));
  const bool all = Natural(shown) == service.total;
  return fmt::format("{} {}{}", all ? ":" : ". The smallest:", fmt::join(sets, "; "),
                     all           ? ""
                     : style.ascii ? "; ..."
                                   : "; …");
}

/// The cheapest, where that is not among the smallest.
std::string cheapest_words(const CutSetsView& service) {
  const auto says_more = [&](const PricedSetView& cheapest) {
    return service.counts.empty() || cheapest.cost.value != static_cast<double>(cheapest.set.size()) ||
           cheapest.set.size() > least_losses(service);
  };
  if (!std::ranges::any_of(service.cheapest_sets, says_more)) return {};
  std::vector<std::string> sets;
  for (const PricedSetView& set : service.cheapest_sets) {
    sets.push_back(fmt::format("{} (cost {})", set_words(set.set), grouped(set.cost.value)));
  }
  const std::string_view of = !service.cheapest_proven ? " of these" : service.complete ? "" : " of all, proven";
  return fmt::format("The cheapest{}: {}", of, fmt::join(sets, "; "));
}

/// What the only set there is costs, where that is not one for each loss.
std::string only_cost(const CutSetsView& service) {
  if (service.cheapest_sets.empty()) return {};
  const PricedSetView& only = service.cheapest_sets.front();
  if (only.cost.value == static_cast<double>(only.set.size())) return {};
  return fmt::format(" (cost {})", grouped(only.cost.value));
}

/// What there is to say of its cut sets: how many of which size, the smallest, the cheapest.
std::string sets_words(const CutSetsView& service, const TextStyle& style) {
  if (service.fails_already) return {};
  if (service.counts.empty()) return cheapest_words(service);
  const bool one_size = service.counts.back() == service.total;
  std::string words;
  if (service.total == Natural(1) && !service.cut_sets.empty()) {
    words = service.complete ? "The only minimal cut set" : "One minimal cut set";
  } else if (one_size) {
    words = fmt::format("{} minimal cut sets, each of {}", grouped(service.total), losses_words(service.counts.size()));
  } else {
    words = fmt::format("{} minimal cut sets, {}", grouped(service.total), sizes_words(service.counts));
  }
  if (!service.complete) {
    words += service.answered ? "; larger ones are not counted" : "; larger ones could not be counted";
  }
  words += smallest_words(service, style);
  if (service.complete && service.total == Natural(1)) return words + only_cost(service);
  if (const std::string cheapest = cheapest_words(service); !cheapest.empty()) words += ". " + cheapest;
  return words;
}

Section service_section(const WeakView& view, const TextStyle& style) {
  std::vector<const CutSetsView*> worst;
  for (const CutSetsView& service : view.services) worst.push_back(&service);
  const auto rank = [](const CutSetsView* s) {
    const std::size_t losses = s->fails_already ? 0 : s->counts.empty() ? CutSets::kAnySize : least_losses(*s);
    return std::tuple(losses, -s->weight.value);
  };
  std::ranges::stable_sort(worst, {}, rank);
  const bool weights = has_weights(view);
  const bool services = std::ranges::all_of(view.services, [](const auto& s) { return s.kind == NodeKind::service; });
  return list_section(services ? "Services" : "What was asked about", worst, style, [&](const CutSetsView* found) {
    return Entry{mark_of(*found), called(found->id, found->name), facts_of(*found, weights), sets_words(*found, style)};
  });
}

/// Those that take nothing down alone: the others have been told of.
Section importance_section(const WeakView& view, const TextStyle& style) {
  std::vector<const LossShareView*> together;
  for (const LossShareView& share : view.importance) {
    if (!share.counts.empty() && share.counts.front() == Natural()) together.push_back(&share);
  }
  TextStyle short_style = style;
  constexpr std::size_t kMostShares = 5;
  if (style.most != 0) short_style.most = std::min(style.most, kMostShares);
  return list_section("Dangerous together with others, by the minimal cut sets they are in", together, short_style,
                      [](const LossShareView* share) {
                        return Entry{.lead = share->id, .facts = "is in " + sizes_words(share->counts)};
                      });
}

}  // namespace

std::string number_word(std::size_t number) {
  constexpr std::array<std::string_view, 13> kWords = {"none",  "one",   "two",  "three", "four",   "five",  "six",
                                                       "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return number < kWords.size() ? std::string(kWords[number]) : grouped(static_cast<double>(number));
}

std::string losses_words(std::size_t number) {
  return number == 1 ? "one loss" : number_word(number) + " losses";
}

std::string grouped(const Natural& number) {
  std::string digits = to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string sizes_words(const std::vector<Natural>& by_order) {
  std::vector<std::string> parts;
  std::size_t left = 0;
  for (std::size_t i = 0; i < by_order.size(); ++i) {
    if (by_order[i] == Natural()) continue;
    if (parts.size() == kMostSizes) {
      ++left;
      continue;
    }
    const std::string_view unit = !parts.empty() ? "" : i == 0 ? " loss" : " losses";
    parts.push_back(fmt::format("{} of {}{}", grouped(by_order[i]), number_word(i + 1), unit));
  }
  std::string words = fmt::format("{}", fmt::join(parts, ", "));
  if (left > 0) words += fmt::format(" and more of up to {}", number_word(by_order.size()));
  return words;
}

Document make_document(const WeakView& view, const TextStyle& style) {
  Document document;
  document.title = view.head.topology.empty() ? "Weak points" : "Weak points: " + view.head.topology;
  document.summary = view.head.summary;
  if (!view.head.options.empty()) document.context = "With " + view.head.options;
  add_losses(document, view, style);
  add_section(document, service_section(view, style));
  add_section(document, loss_table(view, style));
  add_section(document, importance_section(view, style));
  if (view.choke) add_section(document, choke_section(*view.choke, style));
  Section way_back = loop_section("The way back, if everything is off", view.loops, style);
  if (view.loops.empty()) way_back.entries.push_back({.lead = "Nothing waits for itself: there is no start loop"});
  add_section(document, std::move(way_back));
  add_section(document, call_section(view.call, style));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

}  // namespace firebreak::report
