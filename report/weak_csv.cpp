#include <fmt/format.h>

#include "report/escape.h"
#include "report/weak_answer.h"

namespace firebreak::report {

std::string to_csv(const WeakView& view) {
  std::string out = "part,service,id,kind,size,count,up_to,cost,effect,weight\r\n";
  const auto up_to = [](const std::optional<std::uint64_t>& size) { return size ? std::to_string(*size) : ""; };
  const auto shares = [&](const std::string& service, const std::vector<LossShareView>& list) {
    for (const LossShareView& share : list) {
      for (std::size_t i = 0; i < share.by_order.size(); ++i) {
        if (share.counts[i] == Natural()) continue;
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
      if (service.counts[i] == Natural()) continue;
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
  for (const LoopView& loop : view.loops) {
    const auto line = [&](std::string_view what, const std::vector<std::string>& ids) {
      out += fmt::format("{},,{},,{},,,,,\r\n", what, csv_cell(fmt::format("{}", fmt::join(ids, " "))), ids.size());
    };
    line("start_loop", loop.members);
    line("start_by_hand", loop.by_hand);
  }
  if (view.choke) {
    const auto line = [&](std::string_view part, const WayPointView& point, std::size_t size, std::string_view effect) {
      out += fmt::format(
          "{},,{},{},{},,,,{},\r\n", part,
          csv_cell(point.kind == PointKind::system || point.kind == PointKind::identity ? point.id : point.text),
          word(point.kind), size, csv_cell(effect));
    };
    for (const ChokePointView& choke : view.choke->points) {
      line("choke_point", choke.point, 1, fmt::format("{}", fmt::join(choke.guards, " ")));
    }
    if (const auto& cut = view.choke->minimum_cut) {
      for (const WayPointView& point : cut->near_start) line("cut_near_start", point, cut->near_start.size(), "");
      for (const WayPointView& point : cut->near_protected) {
        line("cut_near_protected", point, cut->near_protected.size(), "");
      }
    }
  }
  return out;
}

}  // namespace firebreak::report
