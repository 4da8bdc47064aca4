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
  const Look& down = service.state == State::off ? look(State::off) : bad;
  if (!service.back_s) return {down.glyph, down.ascii, bad.sgr, "stays down"};
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
    if (service->rto_s) facts.push_back("to be back within " + to_string_duration(*service->rto_s));
    const double users = service->users ? service->users->value : 1;
    if (service->weight.value != users) facts.push_back("weight " + grouped(service->weight.value));
    if (service->users) facts.push_back(counted(static_cast<std::uint64_t>(users), "user"));
    if (service->back_s && service->state == State::degraded) facts.emplace_back("only degraded");
    std::string words = service->back_s ? when(*service->back_s) : std::string();
    if (service->late && service->back_s) {
      words += fmt::format(", {} too late", to_string_duration(*service->back_s - *service->rto_s));
    }
    // What it is marked with stands before: "is back after 2h; ...", "stays down (...)".
    if (!facts.empty()) {
      const std::string more = fmt::format("{}", fmt::join(facts, "; "));
      words = words.empty() ? fmt::format("({})", more) : fmt::format("{}; {}", words, more);
    }
    return Entry{mark_of(*service), called(service->id, service->name), std::move(words), service->because};
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
  if (!sheet && !step.go_on_when.empty()) detail.push_back("when " + step.go_on_when);
  if (!step.brings_back.empty()) {
    detail.push_back(
        fmt::format("then {} {} back", listing(step.brings_back, 4), step.brings_back.size() == 1 ? "is" : "are"));
  }
  // On paper the condition comes first: one reads it before one acts.
  std::string time = when(step.start_s);
  if (sheet) time = fmt::format("{}. {}", step.number, capitalised(std::move(time)));
  if (sheet && !step.go_on_when.empty()) time += fmt::format(", go on when {}", step.go_on_when);
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

Section connected_section(const RestoreView& view, const TextStyle& style) {
  return list_section("Still connected", view.still_connected, style, [](const UncleanView& unclean) {
    return Entry{
        .mark = {"!", "!", "33", ""},
        .lead = unclean.id,
        .facts = fmt::format("is clean {}; until then {} {}", when(unclean.clean_s), listing(unclean.keeps_waiting, 4),
                             unclean.keeps_waiting.size() == 1 ? "waits" : "wait"),
        .detail = "Switched off first, it reaches nothing over the network"};
  });
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

std::string restore_context(const RestoreView& view) {
  std::vector<std::string> context;
  if (!view.head.options.empty()) context.push_back("With " + view.head.options);
  if (view.crews) context.push_back(counted(*view.crews, "crew"));
  if (std::string words = quality(view); !words.empty()) context.push_back(std::move(words));
  return fmt::format("{}", fmt::join(context, "; "));
}

Document make_document(const RestoreView& view, const TextStyle& style, bool sheet) {
  Document document;
  document.title = view.head.topology.empty() ? "Restoring" : "Restoring: " + view.head.topology;
  document.summary = view.head.summary;
  document.context = restore_context(view);
  add_section(document, services_section(view, style));
  add_section(document, stays_section(view, style));
  add_section(document, loop_section("Start loops", view.loops, style));
  add_section(document, plan_section(view, style, sheet));
  add_section(document, connected_section(view, style));
  add_section(document, call_section(view.call, style));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  // The sheet is not followed by itself, but by the timeline.
  constexpr std::string_view kSheet = "--format md";
  const std::size_t at = document.next.find(kSheet);
  if (sheet && at != std::string::npos) document.next.replace(at, kSheet.size(), "--format svg -o timeline.svg");
  return document;
}

std::string to_csv(const RestoreView& view) {
  std::string out =
      "what,id,name,start_s,finish_s,after,after_rebuilt,crew,by_hand,on_site,rto_s,owner,phone,at,"
      "kept_off,weighted_delay,bound,proven\r\n";
  const auto yes = [](bool value) { return value ? "true" : "false"; };
  for (const StepView& step : view.steps) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},,{},{},{},{},,,\r\n", word(step.job), csv_cell(step.id),
                       csv_cell(step.name), step.start_s, step.finish_s,
                       csv_cell(fmt::format("{}", fmt::join(step.after, " "))),
                       csv_cell(fmt::format("{}", fmt::join(step.after_rebuilt, " "))),
                       step.crew ? std::to_string(*step.crew) : "", yes(step.by_hand), yes(step.on_site),
                       csv_cell(step.owner), csv_cell(step.phone), csv_cell(step.at), yes(step.kept_off));
  }
  for (const ReturnView& service : view.services) {
    out += fmt::format("service,{},{},,{},,,,,,{},{},{},{},,,,\r\n", csv_cell(service.id), csv_cell(service.name),
                       service.back_s ? std::to_string(*service.back_s) : "",
                       service.rto_s ? std::to_string(*service.rto_s) : "", csv_cell(service.owner),
                       csv_cell(service.phone), csv_cell(service.at));
  }
  out += fmt::format("plan,,,0,{},,,,,,,,,,,{},{},{}\r\n", view.finish_s, view.weighted_delay.value, view.bound.value,
                     yes(view.proven));
  return out;
}

}  // namespace firebreak::report
