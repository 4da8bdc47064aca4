#include <algorithm>
#include <fmt/format.h>

#include "report/escape.h"
#include "report/surroundings.h"
#include "report/whatif_answer.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

std::string together(const std::vector<std::string>& ids) {
  return fmt::format("{}", fmt::join(ids, " and "));
}

std::string more_words(const SweepReport& report, const WhatIfView& view) {
  const double more = view.more.value->value;
  if (!report.asked.pairs) {
    return more < view.weight_lost.value ? fmt::format(", {} of it by this loss", grouped(more)) : std::string();
  }
  return fmt::format(", {} more than both alone", grouped(more));
}

/// "Of 131 losses 46 cost a service; the worst, dc-muc, loses weight 16,500,000."
std::string summary(const SweepReport& report, const std::vector<WhatIfView>& views) {
  const Sweep& sweep = report.sweep;
  const bool pairs = report.asked.pairs;
  std::string_view verb = pairs ? "lose more together than in sum" : "cost a service";
  if (sweep.found <= 1) verb = pairs ? "loses more together than in sum" : "costs a service";
  const auto losses = static_cast<std::uint64_t>(report.asked.losses.size());
  const std::uint64_t all = pairs ? losses * (losses - 1) / 2 : losses;
  const std::string asked = pairs ? counted(all, "pair") : counted(all, "loss", "losses");
  if (!sweep.complete && sweep.tried == 0) return fmt::format("Time ran out before any of {} was judged.", asked);
  std::string text = fmt::format(
      "{} {} {}",
      sweep.complete ? fmt::format("Of {}", asked)
                     : fmt::format("Time ran out after {} of {}:", grouped(static_cast<double>(sweep.tried)), asked),
      sweep.found == 0 ? "none" : grouped(static_cast<double>(sweep.found)), verb);
  if (sweep.found > 0 && !views.empty()) {
    text += fmt::format("; the worst, {}, {} weight {}", together(*views.front().off.value), pairs ? "lose" : "loses",
                        grouped(views.front().weight_lost.value));
  }
  return text + ".";
}

std::vector<NodeId> services_of(const Subject& subject, const std::vector<NodeId>& nodes) {
  std::vector<NodeId> services;
  for (const NodeId n : nodes) {
    if (subject.graph.kind[n] == NodeKind::service) services.push_back(n);
  }
  std::ranges::stable_sort(services, {}, [&](NodeId n) { return -subject.graph.weight[n]; });
  return services;
}

/// "mail, phone and 3 more services fail; 12 nodes in all".
std::string fails_words(const WhatIfView& view) {
  constexpr std::size_t kMost = 5;
  if (view.services.empty()) return {};
  std::string words = fmt::format("{} {}", listing(view.services, kMost), view.services.size() == 1 ? "fails" : "fail");
  if (view.fails.size() > view.services.size()) words += fmt::format("; {} in all", counted(view.fails.size(), "node"));
  return words;
}

}  // namespace

std::vector<WhatIfView> make_views(const Subject& subject, const SweepReport& report) {
  std::vector<WhatIfView> views;
  for (std::size_t i = 0; i < report.sweep.worst.size(); ++i) {
    const SweepLoss& loss = report.sweep.worst[i];
    WhatIfView& view = views.emplace_back();
    std::vector<NodeId> lost{loss.first};
    if (loss.second.valid()) lost.push_back(loss.second);
    view.off.value = ids_of(subject.topology, lost);
    view.scenario = fmt::format("off {}", fmt::join(*view.off.value, ","));
    view.fails = ids_of(subject.topology, report.answers[i].fails);
    view.services = ids_of(subject.topology, services_of(subject, report.answers[i].fails));
    view.weight_lost = {loss.weight_lost};
    view.more.value = Weight{loss.more};
  }
  return views;
}

Document make_document(const Subject& subject, const SweepReport& report, const std::vector<WhatIfView>& views,
                       const TextStyle& style) {
  Document document;
  document.title = subject.topology.name.empty() ? "What if" : fmt::format("What if: {}", subject.topology.name);
  document.summary = summary(report, views);
  document.context = context(subject);
  std::vector<const WhatIfView*> harmful;
  for (const WhatIfView& view : views) {
    if (view.more.value->value > 0) harmful.push_back(&view);
  }
  const std::string title = report.asked.pairs ? "Worse together than in sum" : "The worst losses";
  Section section = list_section(title, harmful, style, [&](const WhatIfView* view) {
    return Entry{.lead = together(*view->off.value),
                 .facts = fmt::format("{} weight {}{}", report.asked.pairs ? "lose" : "loses",
                                      grouped(view->weight_lost.value), more_words(report, *view)),
                 .detail = fails_words(*view)};
  });
  section.left_out += report.sweep.found - harmful.size();
  add_section(document, std::move(section));
  add_section(document, not_known_section(not_known_of_needs(
                            subject.topology, not_known_of_guesses(subject.topology, "what is lost rests on them"))));
  if (!harmful.empty()) {
    const std::string off = shell_word(fmt::format("{}", fmt::join(*harmful.front()->off.value, ",")));
    document.next = next_command(subject, "impact", {}, "--off " + off);
  }
  return document;
}

std::string csv_line(const WhatIfView& view) {
  return fmt::format("{},{},{},{}\r\n", csv_cell(view.scenario), view.weight_lost.value,
                     view.reached.value ? std::to_string(*view.reached.value) : "",
                     csv_cell(fmt::format("{}", fmt::join(view.fails, " "))));
}

std::string to_csv(const std::vector<WhatIfView>& views) {
  std::string out = "off,weight_lost,more,fails\r\n";
  for (const WhatIfView& view : views) {
    out += fmt::format("{},{},{},{}\r\n", csv_cell(fmt::format("{}", fmt::join(*view.off.value, " "))),
                       view.weight_lost.value, view.more.value->value,
                       csv_cell(fmt::format("{}", fmt::join(view.fails, " "))));
  }
  return out;
}

}  // namespace firebreak::report
