#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "report/escape.h"
#include "report/palette.h"
#include "report/restore_answer.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// The steps of a plan that text shows, where other lists stop much earlier: the plan is the answer.
constexpr std::size_t kMostSteps = 40;

Mark mark_of(const ReturnView& service) {
  const Look& bad = look(State::fails);
  if (!service.back_s) return {look(State::off).glyph, look(State::off).ascii, bad.sgr, "stays down"};
  if (service.late) return {bad.glyph, bad.ascii, bad.sgr, "is back"};
  const Look& good = look(State::works);
  return {good.glyph, good.ascii, good.sgr, "is back"};
}

std::vector<const ReturnView*> worst_first(const std::vector<ReturnView>& services) {
  std::vector<const ReturnView*> sorted;
  for (const ReturnView& service : services) sorted.push_back(&service);
  std::ranges::stable_sort(sorted, {}, [](const ReturnView* s) {
    return std::tuple(s->back_s.has_value(), !s->late, s->back_s.value_or(kNever), -s->weight.value);
  });
  return sorted;
}

Section services_section(const RestoreView& view, const TextStyle& style) {
  return list_section("Services", worst_first(view.services), style, [](const ReturnView* service) {
    std::vector<std::string> facts;
    std::string back = service->back_s ? when(*service->back_s) : std::string();
    if (service->late && service->back_s) {
      back += fmt::format(", {} too late", to_string_duration(*service->back_s - *service->rto_s));
    }
    if (!back.empty()) facts.push_back(std::move(back));
    if (service->rto_s) facts.push_back("to be back within " + to_string_duration(*service->rto_s));
    if (service->users) {
      facts.push_back(grouped(service->users->value) + " users");
    } else if (service->weight.value != 1) {
      facts.push_back("weight " + grouped(service->weight.value));
    }
    if (service->back_s && service->state == State::degraded) facts.emplace_back("only degraded");
    return Entry{mark_of(*service), called(service->id, service->name), fmt::format("{}", fmt::join(facts, "; ")),
                 service->because};
  });
}

Entry step_entry(const StepView& step, bool sheet) {
  std::vector<std::string> facts;
  if (step.finish_s > step.start_s) facts.push_back(to_string_duration(step.finish_s - step.start_s));
  if (step.crew) facts.push_back(fmt::format("crew {}", *step.crew));
  if (step.by_hand) facts.emplace_back("by hand, without what it waits for");
  if (step.on_site) facts.emplace_back("on site");
  if (step.kept_off) facts.emplace_back("keep it off until then");
  if (sheet && !(step.owner.empty() && step.phone.empty())) {
    facts.push_back(
        fmt::format("{}{}{}", step.owner, step.owner.empty() || step.phone.empty() ? "" : ", ", step.phone));
  }
  std::vector<std::string> detail;
  if (!step.go_on_when.empty()) detail.push_back((sheet ? "Go on when " : "when ") + step.go_on_when);
  if (!step.brings_back.empty()) {
    detail.push_back(
        fmt::format("then {} {} back", listing(step.brings_back, 4), step.brings_back.size() == 1 ? "is" : "are"));
  }
  const std::string time = sheet ? fmt::format("{}. {}", step.number, when(step.start_s)) : when(step.start_s);
  return {.lead = fmt::format("{}: {} {}{}", time, verb(step), called(step.id, step.name), facts.empty() ? "" : ","),
          .facts = fmt::format("{}", fmt::join(facts, ", ")),
          .detail = fmt::format("{}", fmt::join(detail, "; "))};
}

Section plan_section(const RestoreView& view, const TextStyle& style, bool sheet) {
  TextStyle longer = style;
  longer.most = sheet || style.most == 0 ? 0 : std::max(style.most, kMostSteps);
  Section section =
      list_section("Plan", view.steps, longer, [&](const StepView& step) { return step_entry(step, sheet); });
  section.ticks = true;
  return section;
}

Section stays_section(const RestoreView& view, const TextStyle& style) {
  return list_section("Cannot start", view.stays_off, style, [](const CannotStartView& stays) {
    return Entry{mark(State::off), stays.id, {}, stays.because};
  });
}

/// How good the plan is.
std::string quality(const RestoreView& view) {
  if (view.steps.empty() || view.weighted_delay.value <= 0) return {};
  if (view.proven) return "no order is better";
  const double gap = 100 * (1 - view.bound.value / view.weighted_delay.value);
  return fmt::format("the best order found; none can save more than {}% of the waiting", rounded(std::max(gap, 0.1)));
}

}  // namespace

Document make_document(const RestoreView& view, const TextStyle& style, bool sheet) {
  Document document;
  document.title = view.head.topology.empty() ? "Restoring" : "Restoring: " + view.head.topology;
  document.summary = view.head.summary;
  std::vector<std::string> context;
  if (!view.head.options.empty()) context.push_back("With " + view.head.options);
  if (view.crews) context.push_back(counted(*view.crews, "crew"));
  if (std::string words = quality(view); !words.empty()) context.push_back(std::move(words));
  document.context = fmt::format("{}", fmt::join(context, "; "));
  add_section(document, services_section(view, style));
  add_section(document, stays_section(view, style));
  add_section(document, loop_section("Start loops", view.loops, style));
  add_section(document, plan_section(view, style, sheet));
  add_section(document, call_section(view.call, style));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

std::string to_csv(const RestoreView& view) {
  std::string out =
      "what,id,name,start_s,finish_s,after,after_rebuilt,crew,by_hand,on_site,rto_s,owner,phone,at,"
      "kept_off\r\n";
  const auto yes = [](bool value) { return value ? "true" : "false"; };
  for (const StepView& step : view.steps) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},,{},{},{},{}\r\n", word(step.job), csv_cell(step.id),
                       csv_cell(step.name), step.start_s, step.finish_s,
                       csv_cell(fmt::format("{}", fmt::join(step.after, " "))),
                       csv_cell(fmt::format("{}", fmt::join(step.after_rebuilt, " "))),
                       step.crew ? std::to_string(*step.crew) : "", yes(step.by_hand), yes(step.on_site),
                       csv_cell(step.owner), csv_cell(step.phone), csv_cell(step.at), yes(step.kept_off));
  }
  for (const ReturnView& service : view.services) {
    out += fmt::format("service,{},{},,{},,,,,,{},{},{},{},\r\n", csv_cell(service.id), csv_cell(service.name),
                       service.back_s ? std::to_string(*service.back_s) : "",
                       service.rto_s ? std::to_string(*service.rto_s) : "", csv_cell(service.owner),
                       csv_cell(service.phone), csv_cell(service.at));
  }
  return out;
}

}  // namespace firebreak::report
