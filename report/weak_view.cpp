#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>

#include "report/escape.h"
#include "report/surroundings.h"
#include "report/weak_answer.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// Counts by size, from 0, as those of one loss, of two, and so on.
std::vector<Natural> by_order(const std::vector<Natural>& by_size) {
  std::vector<Natural> counts(by_size.begin() + (by_size.empty() ? 0 : 1), by_size.end());
  while (!counts.empty() && counts.back() == Natural()) counts.pop_back();
  return counts;
}

std::vector<std::string> digits(const std::vector<Natural>& numbers) {
  std::vector<std::string> words;
  for (const Natural& number : numbers) words.push_back(to_string(number));
  return words;
}

std::optional<std::uint64_t> limit(std::size_t size) {
  return size == CutSets::kAnySize ? std::nullopt : std::optional<std::uint64_t>(size);
}

LossShareView share_view(const Topology& topology, NodeId loss, std::vector<Natural> counts) {
  LossShareView view{std::string(topology.nodes[loss].id), topology.nodes[loss].kind, digits(counts), loss, {}};
  view.counts = std::move(counts);
  return view;
}

CutSetsView cut_sets_view(const Subject& subject, const CutSets& sets, std::size_t most_shares) {
  const Topology& topology = subject.topology;
  CutSetsView view;
  view.node = sets.node;
  view.id = topology.nodes[sets.node].id;
  view.name = topology.nodes[sets.node].name;
  view.kind = topology.nodes[sets.node].kind;
  view.fails_already = !sets.by_size.empty() && sets.by_size[0] != Natural();
  view.weight = {subject.graph.weight[sets.node]};
  view.total = sets.count;
  view.count = to_string(sets.count);
  view.counts = by_order(sets.by_size);
  view.by_order = digits(view.counts);
  view.exact_up_to = limit(sets.exact_up_to);
  view.complete = !view.exact_up_to;
  view.answered = sets.complete;
  view.engine = sets.engine;
  view.smallest = sets.smallest;
  for (const CutSet& set : sets.smallest) view.cut_sets.push_back(ids_of(topology, set.nodes));
  for (const CutSet& set : sets.cheapest) view.cheapest_sets.push_back({ids_of(topology, set.nodes), {set.cost}});
  view.cheapest_proven = sets.cheapest_proven;
  if (!view.cheapest_sets.empty()) view.cheapest = view.cheapest_sets.front();
  view.importance_up_to = limit(sets.shares_up_to);
  for (std::size_t i = 0; i < std::min(most_shares, sets.shares.size()); ++i) {
    view.importance.push_back(share_view(topology, sets.shares[i].loss, by_order(sets.shares[i].by_size)));
  }
  return view;
}

/// The shares of all services added up, the most important first.
std::vector<LossShareView> all_shares(const Topology& topology, const CutSetAnswer& answer) {
  std::map<NodeId, std::vector<Natural>> sums;
  for (const CutSets& sets : answer.nodes) {
    for (const LossShare& share : sets.shares) {
      std::vector<Natural>& sum = sums[share.loss];
      if (sum.size() < share.by_size.size()) sum.resize(share.by_size.size());
      for (std::size_t size = 0; size < share.by_size.size(); ++size) sum[size] += share.by_size[size];
    }
  }
  std::vector<LossShareView> shares;
  for (auto& [loss, sum] : sums) shares.push_back(share_view(topology, loss, by_order(sum)));
  std::ranges::stable_sort(shares, std::greater<>(), &LossShareView::counts);
  return shares;
}

LossView loss_view(const Subject& subject, const LossEffect& effect) {
  const Topology& topology = subject.topology;
  const Node& node = topology.nodes[effect.loss];
  const Contact& contact = topology.contact(effect.loss);
  return {std::string(node.id),
          std::string(node.name),
          node.kind,
          ids_of(topology, effect.fails),
          ids_of(topology, effect.degrades),
          {effect.weight_lost},
          std::string(contact.owner),
          std::string(contact.phone),
          to_string(subject.sources, node.at),
          effect.loss};
}

/// "service", or "node" where others are asked about.
std::string_view noun(const WeakView& view) {
  const bool services = std::ranges::all_of(view.services, [](const auto& s) { return s.kind == NodeKind::service; });
  return services ? "service" : "node";
}

/// Some of those asked about, with a verb: "3 of 8 services fail"; of a single one its id.
std::string they(const WeakView& view, std::uint64_t count, std::string_view one, std::string_view many) {
  const std::uint64_t total = view.services.size();
  if (total == 1) return fmt::format("{} {}", view.services.front().id, one);
  return fmt::format("{} {}", share(count, total, noun(view)), count == 1 ? one : many);
}

/// "; 2 of 3 services fail with two at once"
std::string fewest_phrase(const WeakView& view) {
  std::size_t fewest = 0;
  std::uint64_t count = 0;
  for (const CutSetsView& service : view.services) {
    if (service.counts.empty()) continue;
    const std::size_t losses = least_losses(service);
    if (fewest == 0 || losses < fewest) count = 0;
    if (fewest == 0 || losses <= fewest) ++count;
    fewest = fewest == 0 ? losses : std::min(fewest, losses);
  }
  if (fewest == 0) return view.complete ? "; nothing that may be lost takes one down" : "";
  return fmt::format("; {} with {} at once", they(view, count, "fails", "fail"), number_word(fewest));
}

std::string summary(const WeakView& view) {
  if (view.services.empty()) return "The topology states no services: name what to ask about with --service.";
  std::set<std::string_view> hit;
  for (const LossView& loss : view.losses) hit.insert(loss.fails.begin(), loss.fails.end());
  const auto already = static_cast<std::uint64_t>(std::ranges::count_if(view.services, &CutSetsView::fails_already));
  std::string text;
  if (already == view.services.size()) {
    text = they(view, already, "fails", "fail") + " already";
    if (view.services.size() > 1) text = capitalised(std::move(text));
  } else if (!hit.empty()) {
    text = fmt::format("{} with a single loss: {}", they(view, hit.size(), "fails", "fail"),
                       counted(view.single_points, "single point of failure", "single points of failure"));
    if (view.services.size() > 1) text = capitalised(std::move(text));
  } else {
    text = view.losses_complete ? fmt::format("No {} fails with a single loss{}", noun(view), fewest_phrase(view))
                                : fmt::format("No single loss was found that takes a {} down", noun(view));
  }
  if (already > 0 && already < view.services.size()) {
    text += fmt::format("; {} {} already", already, already == 1 ? "fails" : "fail");
  }
  if (view.order) text += fmt::format("; sets of more than {} are not counted", losses_words(*view.order));
  const auto partly = static_cast<std::uint64_t>(std::ranges::count(view.services, false, &CutSetsView::answered));
  if (const std::string phrase = view.choke ? choke_phrase(*view.choke) : ""; !phrase.empty()) text += "; " + phrase;
  if (partly > 0) {
    text += fmt::format("; {} counted in part only, for want of time or room", they(view, partly, "is", "are"));
  }
  if (!view.losses_complete) text += "; not every single loss was tried: the time was up";
  return text + ".";
}

std::string next_of(const Subject& subject, const WeakView& view, const WeakReport& report) {
  if (!view.answered || !view.losses_complete || (view.choke && !view.choke->complete)) {
    const std::string own = report.options.empty() ? "" : report.options + " ";
    return next_command(subject, "weak", {}, own + "--time-limit 10m");
  }
  if (view.single_points > 0) {
    return next_command(subject, "impact", {}, "--off " + shell_word(view.losses.front().id));
  }
  const CutSetsView* worst = nullptr;
  for (const CutSetsView& service : view.services) {
    if (service.counts.empty() || service.cut_sets.empty()) continue;
    if (worst == nullptr || least_losses(service) < least_losses(*worst)) worst = &service;
  }
  if (worst == nullptr) return fmt::format("firebreak check {}", subject.files);
  return next_command(subject, "impact", {},
                      "--off " + shell_word(fmt::format("{}", fmt::join(worst->cut_sets.front(), ","))));
}

}  // namespace

std::size_t least_losses(const CutSetsView& service) {
  const auto first = std::ranges::find_if(service.counts, [](const Natural& count) { return count != Natural(); });
  return static_cast<std::size_t>(first - service.counts.begin()) + 1;
}

WeakView make_view(const Subject& subject, const WeakReport& report) {
  const Topology& topology = subject.topology;
  WeakView view;
  view.answered = report.sets.complete;
  view.order = limit(report.asked.order);
  view.may_be_lost = report.asked.losses.size();
  view.losses_complete = report.losses.complete;
  for (const CutSets& sets : report.sets.nodes)
    view.services.push_back(cut_sets_view(subject, sets, report.asked.list));
  view.complete = std::ranges::all_of(view.services, &CutSetsView::complete);
  std::vector<NodeId> points;
  for (const LossEffect& effect : report.losses.effects) {
    view.losses.push_back(loss_view(subject, effect));
    if (!effect.fails.empty()) points.push_back(effect.loss);
  }
  view.single_points = points.size();
  view.importance = all_shares(topology, report.sets);
  view.loops = loop_views(topology, report.loops);
  if (report.choke) view.choke = make_view(subject, *report.choke);
  view.call = calls(topology, points);
  view.not_known = not_known_of_needs(
      topology, not_known_of_guesses(topology, "cut sets and single losses count them like any other need"));
  view.head = head(subject, "weak", summary(view));
  if (!report.options.empty()) {
    view.head.options = view.head.options.empty() ? report.options : report.options + " " + view.head.options;
  }
  view.next = next_of(subject, view, report);
  return view;
}

}  // namespace firebreak::report
