#include <fmt/format.h>

#include "report/contain_answer.h"
#include "report/escape.h"

namespace firebreak::report {

std::string to_csv(const ContainView& view) {
  std::string out =
      "what,number,wave,id,action,hands,how,weight_lost,weight_degraded,cost,reached,owner,phone,at,"
      "protected_reached\r\n";
  const auto joined = [](const std::vector<std::string>& ids) {
    return csv_cell(fmt::format("{}", fmt::join(ids, " ")));
  };
  for (const ActionView& step : view.steps) {
    out += fmt::format("action,{},{},{},{},{},{},,,{},,{},{},{},\r\n", step.number, step.wave, csv_cell(step.id),
                       csv_cell(step.action), word(step.hands), csv_cell(step.how), step.cost.value,
                       csv_cell(step.owner), csv_cell(step.phone), csv_cell(step.at));
  }
  for (const ServiceView& service : view.services) {
    const bool lost = service.state <= State::fails;
    out += fmt::format("{},,,{},,,,{},{},,,{},{},{},\r\n", lost ? "lost" : "degraded", csv_cell(service.id),
                       lost ? fmt::format("{}", service.weight.value) : "",
                       lost ? "" : fmt::format("{}", service.weight.value), csv_cell(service.owner),
                       csv_cell(service.phone), csv_cell(service.at));
  }
  const auto plan_line = [&](std::string_view what, std::size_t number, const PlanView& plan) {
    out += fmt::format("{},{},,,{},,,{},{},{},{},,,,{}\r\n", what, number,
                       csv_cell(fmt::format("{}", fmt::join(plan.actions, "; "))), plan.weight_lost.value,
                       plan.weight_degraded.value, plan.cost.value, plan.reached, joined(plan.protected_reached));
  };
  for (const PlanView& plan : view.plans) plan_line("plan", 1, plan);
  if (view.frontier.value) {
    for (std::size_t i = 0; i < view.frontier.value->size(); ++i)
      plan_line("frontier", i + 1, (*view.frontier.value)[i]);
  }
  if (view.compared.value) {
    const ComparedView& done = *view.compared.value;
    out += fmt::format("compared,,,,{},,,{},{},{},{},,,,{}\r\n", csv_cell(done.actions), done.weight_lost.value,
                       done.weight_degraded.value, done.cost.value, done.reached, joined(done.protected_reached));
  }
  return out;
}

}  // namespace firebreak::report
