#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <tuple>

#include "firebreak/diagnostic.h"

#include "report/escape.h"
#include "report/surroundings.h"
#include "report/weak_answer.h"
#include "report/wording.h"
#include "topology/unicode.h"

namespace firebreak::report {
namespace {

constexpr std::size_t kMostSets = 6;
constexpr std::size_t kMostSizes = 5;
constexpr std::size_t kWidestName = 28;
constexpr std::size_t kWidestColumn = 16;

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
  if (weights && loss.weight_lost.value > 0) words += fmt::format(" ({})", weight_words(loss.weight_lost));
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

std::size_t least_losses(const CutSetsView& service) {
  const auto first = std::ranges::find_if(service.counts, [](const Natural& count) { return count != Natural(); });
  return static_cast<std::size_t>(first - service.counts.begin()) + 1;
}

Mark mark_of(const CutSetsView& service) {
  constexpr std::string_view kAlready = "fails already";
  if (service.fails_already) return {"✕", "x", "1;31", kAlready};
  if (service.counts.empty()) return {"✓", ".", "32", ""};
  const std::size_t losses = least_losses(service);
  if (losses == 1) return {"✕", "x", "1;31", "fails with one loss"};
  if (losses == 2) return {"!", "!", "33", "fails with two losses"};
  return {"✓", ".", "32", ""};
}

std::string facts_of(const CutSetsView& service, bool weights) {
  std::string facts;
  if (service.counts.empty() && !service.fails_already) {
    facts =
        !service.exact_up_to ? "is taken down by nothing that may be lost"
        : *service.exact_up_to == 0
            ? "could not be looked at in time"
            : fmt::format("stands any {}",
                          *service.exact_up_to == 1 ? "single loss" : number_word(*service.exact_up_to) + " losses");
  } else if (!service.counts.empty() && least_losses(service) > 2) {
    facts = fmt::format("fails with {} losses", number_word(least_losses(service)));
  }
  if (weights && service.weight.value > 0) {
    facts += fmt::format("{}({})", facts.empty() ? "" : " ", weight_words(service.weight));
  }
  return facts;
}

std::string set_words(const std::vector<std::string>& ids) {
  return fmt::format("{}", fmt::join(ids, " + "));
}

/// What there is to say of its cut sets: how many of which size, the smallest, the cheapest.
std::string sets_words(const CutSetsView& service, const TextStyle& style) {
  if (service.counts.empty()) return {};
  std::string words = fmt::format("{} minimal cut {}: {}", grouped(service.total),
                                  service.total == Natural(1) ? "set" : "sets", sizes_words(service.counts));
  if (service.exact_up_to) {
    words += fmt::format("; larger ones {} not counted", service.complete ? "are" : "could not be counted and are");
  }
  const std::size_t most = style.most == 0 ? service.cut_sets.size() : kMostSets;
  const std::size_t shown = std::min(most, service.cut_sets.size());
  std::vector<std::string> sets;
  for (std::size_t i = 0; i < shown; ++i) sets.push_back(set_words(service.cut_sets[i]));
  if (!sets.empty()) {
    const bool all = Natural(shown) == service.total;
    words += fmt::format(". {}: {}{}", all ? "They are" : "The smallest are", fmt::join(sets, "; "), all ? "" : "; …");
  }
  const auto costs_say_more = [](const PricedSetView& cheapest) {
    return cheapest.cost.value != static_cast<double>(cheapest.set.size());
  };
  if (std::ranges::any_of(service.cheapest_sets, costs_say_more)) {
    std::vector<std::string> cheapest;
    for (const PricedSetView& set : service.cheapest_sets) {
      cheapest.push_back(fmt::format("{} (cost {})", set_words(set.set), grouped(set.cost.value)));
    }
    words += fmt::format(". The cheapest {} {}", cheapest.size() == 1 ? "is" : "are", fmt::join(cheapest, "; "));
  }
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

/// Cut to a width, with blanks behind it up to there.
std::string fitted(const std::string& text, std::size_t width, bool ascii) {
  std::string out;
  std::size_t used = 0;
  const std::size_t room = width_of(text) > width ? width - 1 : width;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    if (used + cells(c.value) > room) {
      out += ascii ? "." : "…";
      ++used;
      break;
    }
    out += text.substr(at, c.size);
    used += cells(c.value);
    at += c.size;
  }
  out.append(width - std::min(width, used), ' ');
  return out;
}

/// Losses by services in characters: as many columns as fit.
Section table_section(const WeakView& view, const TextStyle& style) {
  Section section{"Losses by services"};
  std::vector<const CutSetsView*> columns;
  for (const CutSetsView& service : view.services) {
    const auto hit = [&](const LossView& loss) {
      return std::ranges::find(loss.fails, service.id) != loss.fails.end() ||
             std::ranges::find(loss.degrades, service.id) != loss.degrades.end();
    };
    if (std::ranges::any_of(view.losses, hit)) columns.push_back(&service);
  }
  const std::size_t rows = shown_of(view.losses.size(), style);
  if (columns.size() < 2 || rows < 2) return section;
  std::size_t widest = 0;
  for (std::size_t i = 0; i < rows; ++i) widest = std::max(widest, width_of(printable(view.losses[i].id)));
  widest = std::min(widest, kWidestName);
  std::string header(2 + widest, ' ');
  std::vector<std::size_t> widths;
  std::size_t used = 2 + widest;
  for (const CutSetsView* service : columns) {
    const std::size_t width = std::min(width_of(printable(service->id)), kWidestColumn);
    if (used + 2 + width > std::max<std::size_t>(style.columns, 60) && style.most != 0) break;
    widths.push_back(width);
    header += "  " + fitted(printable(service->id), width, style.ascii);
    used += 2 + width;
  }
  section.verbatim = header + "\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const LossView& loss = view.losses[i];
    std::string row = "  " + fitted(printable(loss.id), widest, style.ascii);
    for (std::size_t c = 0; c < widths.size(); ++c) {
      const std::string& id = columns[c]->id;
      const bool fails = std::ranges::find(loss.fails, id) != loss.fails.end();
      const bool degrades = std::ranges::find(loss.degrades, id) != loss.degrades.end();
      const std::string_view cell = fails ? (style.ascii ? "x" : "✕") : degrades ? "~" : style.ascii ? "." : "·";
      row += fmt::format("  {}{}", cell, std::string(widths[c] - 1, ' '));
    }
    while (row.ends_with(' ')) row.pop_back();
    section.verbatim += row + "\n";
  }
  section.verbatim += style.ascii ? "  x fails   ~ is degraded" : "  ✕ fails   ~ is degraded";
  if (widths.size() < columns.size()) {
    section.verbatim += fmt::format("   {} more, in the csv", counted(columns.size() - widths.size(), "service"));
  }
  section.verbatim += "\n";
  section.left_out = view.losses.size() - rows;
  return section;
}

Section importance_section(const WeakView& view, const TextStyle& style) {
  const bool larger = std::ranges::any_of(view.importance, [](const auto& share) { return share.counts.size() > 1; });
  if (!larger) return {"In most cut sets"};
  TextStyle short_style = style;
  constexpr std::size_t kMostShares = 5;
  if (style.most != 0) short_style.most = std::min(style.most, kMostShares);
  return list_section("In most cut sets", view.importance, short_style, [](const LossShareView& share) {
    return Entry{.lead = share.id, .facts = "is in " + sizes_words(share.counts)};
  });
}

Section loop_section(const WeakView& view, const TextStyle& style) {
  return list_section("The way back", view.loops, style, [](const StartLoopView& loop) {
    return Entry{
        .lead = listing(loop.members, 8),
        .facts = loop.members.size() == 1
                     ? "cannot start again by itself: it needs itself to start; start it by hand"
                     : "need each other to start: once all are down, something of them must be started by hand"};
  });
}

}  // namespace

std::string number_word(std::size_t number) {
  constexpr std::array<std::string_view, 13> kWords = {"none",  "one",   "two",  "three", "four",   "five",  "six",
                                                       "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return number < kWords.size() ? std::string(kWords[number]) : grouped(static_cast<double>(number));
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
  add_section(document, table_section(view, style));
  add_section(document, importance_section(view, style));
  add_section(document, loop_section(view, style));
  add_section(document, call_section(view.call, style));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

std::string to_csv(const WeakView& view) {
  std::string out = "part,service,id,kind,size,count,up_to,cost,effect,weight\r\n";
  const auto up_to = [](const std::optional<std::uint64_t>& size) { return size ? std::to_string(*size) : ""; };
  const auto shares = [&](const std::string& service, const std::vector<LossShareView>& list) {
    for (const LossShareView& share : list) {
      for (std::size_t i = 0; i < share.by_order.size(); ++i) {
        out += fmt::format("importance,{},{},{},{},{},,,,\r\n", csv_cell(service), csv_cell(share.id), word(share.kind),
                           i + 1, share.by_order[i]);
      }
    }
  };
  for (const CutSetsView& service : view.services) {
    const std::string id = csv_cell(service.id);
    out += fmt::format("count,{},,{},,{},{},,{},{}\r\n", id, word(service.kind), service.count,
                       up_to(service.exact_up_to), service.fails_already ? "fails" : "", service.weight.value);
    for (std::size_t i = 0; i < service.by_order.size(); ++i) {
      out += fmt::format("count,{},,{},{},{},,,,\r\n", id, word(service.kind), i + 1, service.by_order[i]);
    }
    for (std::size_t i = 0; i < service.cut_sets.size(); ++i) {
      out += fmt::format("cut_set,{},{},,{},,,{},,\r\n", id,
                         csv_cell(fmt::format("{}", fmt::join(service.cut_sets[i], " "))), service.cut_sets[i].size(),
                         service.smallest[i].cost);
    }
    for (const PricedSetView& set : service.cheapest_sets) {
      out += fmt::format("cheapest,{},{},,{},,,{},,\r\n", id, csv_cell(fmt::format("{}", fmt::join(set.set, " "))),
                         set.set.size(), set.cost.value);
    }
  }
  for (const LossView& loss : view.losses) {
    const auto line = [&](const std::string& service, std::string_view effect) {
      out += fmt::format("loss,{},{},{},,,,,{},{}\r\n", csv_cell(service), csv_cell(loss.id), word(loss.kind), effect,
                         loss.weight_lost.value);
    };
    for (const std::string& service : loss.fails) line(service, "fails");
    for (const std::string& service : loss.degrades) line(service, "degraded");
  }
  shares("", view.importance);
  for (const CutSetsView& service : view.services) shares(service.id, service.importance);
  for (const StartLoopView& loop : view.loops) {
    out += fmt::format("start_loop,,{},,{},,,,,\r\n", csv_cell(fmt::format("{}", fmt::join(loop.members, " "))),
                       loop.members.size());
  }
  return out;
}

}  // namespace firebreak::report
