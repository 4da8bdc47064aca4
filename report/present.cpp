#include <algorithm>
#include <array>

#include "report/blast_answer.h"
#include "report/check_answer.h"
#include "report/contain_answer.h"
#include "report/diff_answer.h"
#include "report/explain_answer.h"
#include "report/impact_answer.h"
#include "report/json.h"
#include "report/policy_answer.h"
#include "report/restore_answer.h"
#include "report/weak_answer.h"
#include "report/whatif_answer.h"
#include "report/wording.h"

namespace firebreak {
namespace {

constexpr std::array<std::string_view, 10> kFormats = {"text", "json", "csv", "md",    "dot",
                                                       "svg",  "png",  "pdf", "junit", "github"};

/// A document for people in the two formats for people.
std::optional<std::string> set(const report::Document& document, Format format, const TextStyle& style) {
  if (format == Format::text) return report::to_text(document, style);
  if (format == Format::md) return report::to_markdown(document);
  return std::nullopt;
}

/// A scenario in which everything a blast reached is off too: the one that BlastReport::if_lost is the impact of.
Scenario losing_reached(const Subject& subject, const Blast& blast) {
  Scenario off;
  off.off = blast.order;
  std::ranges::sort(off.off);
  return join(subject.scenario, off);
}

/// In the formats of what CI runs, and of people.
template <class View, class Github, class ToDocument>
std::optional<std::string> present_to_ci(const View& view, Format format, const TextStyle& style, Github to_github,
                                         ToDocument to_document) {
  switch (format) {
    case Format::json:
      return report::JsonWriter::document(view);
    case Format::csv:
      return report::to_csv(view);
    case Format::junit:
      return report::to_junit(view);
    case Format::github:
      return to_github();
    default:
      return set(to_document(), format, style);
  }
}

/// The answer of `check`, whether or not anything could be judged.
std::optional<std::string> present_check(const report::CheckView& view, const Sources& sources,
                                         std::span<const Diagnostic> diagnostics, Format format, TextStyle style) {
  if (format == Format::md) style.colour = false;
  return present_to_ci(
      view, format, style, [&] { return report::to_github(view); },
      [&] { return report::make_document(view, sources, diagnostics, style); });
}

}  // namespace

std::string_view to_string(Format format) {
  return kFormats[static_cast<std::size_t>(format)];
}

std::optional<Format> parse_format(std::string_view word) {
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (kFormats[i] == word) return static_cast<Format>(i);
  }
  return std::nullopt;
}

std::optional<std::string> present(const Subject& subject, const ImpactReport& answer, Format format,
                                   const TextStyle& style) {
  report::Reasons reasons(subject, subject.scenario, answer.impact, answer.at);
  report::ImpactView view = report::make_view(subject, answer, reasons);
  if (format == Format::csv) return report::to_csv(view, reasons);
  if (format == Format::json) {
    report::add_reasons(view, reasons);
    return report::JsonWriter::document(view);
  }
  return set(report::make_document(view, reasons, style), format, style);
}

std::optional<std::string> present(const Subject& subject, const BlastReport& answer, Format format,
                                   const TextStyle& style) {
  report::Steps steps(subject, subject.scenario, answer.blast);
  report::BlastView view = report::make_view(subject, answer);
  if (format == Format::csv || format == Format::json) {
    report::add_reached(view, answer, steps);
    return format == Format::csv ? report::to_csv(view) : report::JsonWriter::document(view);
  }
  const Scenario lost = losing_reached(subject, answer.blast);
  report::Reasons reasons(subject, lost, answer.if_lost, kNever);
  return set(report::make_document(subject, answer, view, steps, reasons, style), format, style);
}

std::optional<std::string> present(const Subject& subject, const FlowReport& answer, Format format,
                                   const TextStyle& style) {
  std::optional<report::Steps> steps;
  Scenario scenario = subject.scenario;
  scenario.compromised = {answer.from};
  if (answer.takeover != nullptr) steps.emplace(subject, scenario, answer.takeover->blast);
  const report::FlowView view = report::make_view(subject, answer, steps ? &*steps : nullptr);
  if (format == Format::csv) return report::to_csv(view);
  if (format == Format::json) return report::JsonWriter::document(view);
  return set(report::make_document(subject, answer, view, style), format, style);
}

std::optional<std::string> present(const Subject& subject, const StateReport& answer, Format format,
                                   const TextStyle& style) {
  report::Reasons reasons(subject, subject.scenario, answer.explanation.impact, answer.at);
  const report::StateView view = report::make_view(subject, answer, reasons);
  if (format == Format::csv) return report::to_csv(view);
  if (format == Format::json) return report::JsonWriter::document(view);
  return set(report::make_document(view, reasons, style), format, style);
}

std::optional<std::string> present(const Subject& subject, const PolicyReport& answer, Format format,
                                   const TextStyle& style) {
  if (format == Format::csv) return report::to_csv(report::make_view(subject, answer));
  if (format == Format::json) return report::JsonWriter::document(report::make_view(subject, answer));
  const report::PolicyView view = report::make_view(subject, answer, style.most);
  return set(report::make_document(subject, answer, view, style), format, style);
}

std::optional<std::string> present(const Subject& subject, const WeakReport& answer, Format format,
                                   const TextStyle& style) {
  const report::WeakView view = report::make_view(subject, answer);
  if (format == Format::csv) return report::to_csv(view);
  if (format == Format::json) return report::JsonWriter::document(view);
  return set(report::make_document(view, style), format, style);
}

std::optional<std::string> present(const Subject& subject, const SweepReport& answer, Format format,
                                   const TextStyle& style) {
  const std::vector<report::WhatIfView> views = report::make_views(subject, answer);
  if (format == Format::csv) return report::to_csv(views);
  if (format != Format::json) return set(report::make_document(subject, answer, views, style), format, style);
  std::string lines;
  for (const report::WhatIfView& view : views) lines += report::JsonWriter::line(view);
  return lines;
}

std::string present_line(const Topology& topology, std::string_view scenario, const WhatIfAnswer& answer,
                         bool compromised, Format format) {
  report::WhatIfView view;
  view.scenario = scenario;
  view.fails = report::ids_of(topology, answer.fails);
  view.weight_lost = {answer.weight_lost};
  if (compromised) view.reached.value = answer.reached;
  return format == Format::csv ? report::csv_line(view) : report::JsonWriter::line(view);
}

std::string_view what_if_heading() {
  return "scenario,weight_lost,reached,fails\r\n";
}

std::optional<std::string> present(const Subject& subject, const ContainReport& answer, Format format,
                                   const TextStyle& style) {
  const report::Planned planned = report::planned(subject, answer);
  report::Reasons reasons(subject, planned.scenario, planned.impact, kNever);
  const report::ContainView view = report::make_view(subject, answer, planned, reasons);
  if (format == Format::csv) return report::to_csv(view);
  if (format == Format::json) return report::JsonWriter::document(view);
  return set(report::make_document(view, reasons, style, format == Format::md), format, style);
}

std::optional<std::string> present(const Subject& subject, const RestoreReport& answer, Format format,
                                   const TextStyle& style) {
  const report::RestoreView view = report::make_view(subject, answer);
  if (format == Format::csv) return report::to_csv(view);
  if (format == Format::json) return report::JsonWriter::document(view);
  return set(report::make_document(view, style, format == Format::md), format, style);
}

std::string least_policy_toml(const Subject& subject, std::span<const LeastRule> rules) {
  return report::to_toml(subject, report::least_view(subject, rules));
}

std::optional<std::string> present(const DiffReport& answer, Format format, const TextStyle& style) {
  const bool for_people = format == Format::text || format == Format::md;
  const report::DiffView view = report::make_view(answer, for_people ? std::optional(style.most) : std::nullopt);
  return present_to_ci(
      view, format, style, [&] { return report::to_github(view, answer.after.sources); },
      [&] { return report::make_document(view, style); });
}

std::optional<std::string> present(const Subject& subject, const CheckReport& answer, Format format,
                                   const TextStyle& style) {
  return present_check(report::make_view(subject, answer), subject.sources, answer.diagnostics, format, style);
}

std::optional<std::string> present(const Sources& sources, std::span<const Diagnostic> diagnostics, Format format,
                                   const TextStyle& style) {
  return present_check(report::make_view(sources, diagnostics), sources, diagnostics, format, style);
}

}  // namespace firebreak
