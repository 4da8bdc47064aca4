#include <algorithm>
#include <fmt/format.h>

#include "report/escape.h"
#include "report/policy_answer.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kDenied = {"✕", "x", "1;31", ""};
constexpr Mark kOpen = {"○", "o", "33", ""};
constexpr Mark kIdle = {"-", "-", "", ""};

std::string sentence(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  }
  return words;
}

Section denied_section(const PolicyView& view, const TextStyle& style) {
  Section section{"Needs that are denied"};
  const std::size_t shown = shown_of(view.denied_needs.size(), style);
  for (std::size_t i = 0; i < shown; ++i) {
    const DeniedNeedView& need = view.denied_needs[i];
    const std::string sender = need.from == need.id ? std::string() : fmt::format(" from {}", need.from);
    const std::size_t clause = need.text.find(", but ");
    section.entries.push_back({kDenied, fmt::format("{} needs {} on {}{}", need.id, need.on, need.missing, sender),
                               fmt::format("({})", need.line), sentence(need.text.substr(clause + 6))});
  }
  section.left_out = view.denied_needs.size() - shown;
  return section;
}

std::string places(const std::vector<std::string>& words) {
  return words == std::vector<std::string>{"*"} ? std::string("everywhere") : listing(words, 3);
}

Section unused_section(const PolicyView& view, const TextStyle& style) {
  Section section{"Allow rules that no need uses"};
  const std::size_t shown = shown_of(view.unused_rules.size(), style);
  for (std::size_t i = 0; i < shown; ++i) {
    const UnusedRuleView& rule = view.unused_rules[i];
    std::string facts = fmt::format("from {} to {} on {} ({})", places(rule.from), places(rule.to),
                                    rule.ports == "any" ? "any port" : rule.ports, rule.line);
    std::string detail;
    if (!rule.demanded_by.empty()) detail = fmt::format("{} demands it", listing(rule.demanded_by, 3));
    if (rule.perhaps) detail += fmt::format("{}a need that states no port may use it", detail.empty() ? "" : "; ");
    section.entries.push_back(
        {kOpen, fmt::format("{} {}", rule.policy, rule.rule), std::move(facts), sentence(std::move(detail))});
  }
  section.left_out = view.unused_rules.size() - shown;
  return section;
}

Section idle_section(std::string title, const std::vector<IdleRuleView>& rules, const TextStyle& style) {
  Section section{std::move(title)};
  const std::size_t shown = shown_of(rules.size(), style);
  for (std::size_t i = 0; i < shown; ++i) {
    section.entries.push_back({kIdle, fmt::format("{} {}", rules[i].policy, rules[i].rule),
                               fmt::format("({})", rules[i].line), sentence(rules[i].text)});
  }
  section.left_out = rules.size() - shown;
  return section;
}

/// Pairs of zones with what may flow between them.
Section flows_section(const PolicyView& view, const TextStyle& style) {
  Section section{"What may flow"};
  std::vector<const MatrixView*> open;
  for (const MatrixView& cell : view.matrix) {
    if (cell.verdict != Openness::none && (cell.from != cell.to || cell.verdict != Openness::all))
      open.push_back(&cell);
  }
  const std::size_t shown = shown_of(open.size(), style);
  for (std::size_t i = 0; i < shown; ++i) {
    const MatrixView& cell = *open[i];
    std::string ports = cell.ports == "any" ? "any port" : cell.ports;
    if (cell.everywhere != cell.ports) {
      ports = cell.everywhere == "none" ? fmt::format("some hosts: {}", ports)
                                        : fmt::format("{}; some hosts: {}", cell.everywhere, ports);
    }
    if (!cell.connected) ports += "; but nothing joins the two";
    section.entries.push_back({{}, fmt::format("{} -> {}:", cell.from, cell.to), std::move(ports), {}});
  }
  section.left_out = open.size() - shown;
  return section;
}

Section least_section(const PolicyView& view) {
  Section section{"The least policy"};
  const std::size_t rules = view.least_policy.policy.value.rules.size();
  if (rules == 0) return section;
  section.entries.push_back(
      {{},
       fmt::format("{} would serve {} and allow nothing else (--least writes {})", counted(rules, "rule"),
                   share(view.needs_with_port, view.needs_with_port, "need with a port", "needs with a port"),
                   rules == 1 ? "it" : "them")});
  return section;
}

}  // namespace

Document make_document(const Subject& subject, const PolicyReport& report, const PolicyView& view,
                       const TextStyle& style) {
  Document document;
  document.title = view.head.topology.empty() ? "Policy" : "Policy: " + view.head.topology;
  document.summary = view.head.summary;
  document.context = context(subject);
  add_section(document, denied_section(view, style));
  add_section(document, matrix_section(subject, report.matrix, style));
  add_section(document, flows_section(view, style));
  add_section(document, unused_section(view, style));
  add_section(document, idle_section("Rules that never match", view.dead_rules, style));
  add_section(document, idle_section("Rules that change nothing", view.redundant_rules, style));
  add_section(document, least_section(view));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

std::string to_csv(const PolicyView& view) {
  std::string out = "part,from,to,ports,verdict,policy,rule,weight,at,text\r\n";
  for (const MatrixView& cell : view.matrix) {
    out += fmt::format("matrix,{},{},{},{},,,,,{}\r\n", csv_cell(cell.from), csv_cell(cell.to), csv_cell(cell.ports),
                       word(cell.verdict), cell.connected ? "" : "not connected");
  }
  for (const DeniedNeedView& need : view.denied_needs) {
    out += fmt::format("denied_need,{},{},{},denied,,,{},{},{}\r\n", csv_cell(need.from), csv_cell(need.on),
                       csv_cell(need.missing), need.weight_shared.value, csv_cell(need.at), csv_cell(need.text));
  }
  for (const UnusedRuleView& rule : view.unused_rules) {
    out += fmt::format("unused_rule,{},{},{},unused,{},{},,{},{}\r\n", csv_cell(listing(rule.from, 1000)),
                       csv_cell(listing(rule.to, 1000)), csv_cell(rule.ports), csv_cell(rule.policy),
                       csv_cell(rule.rule), csv_cell(rule.at), csv_cell(rule.text));
  }
  const auto add_idle = [&](std::string_view part, const std::vector<IdleRuleView>& rules) {
    for (const IdleRuleView& rule : rules) {
      out += fmt::format("{0}_rule,,,,{0},{1},{2},,{3},{4}\r\n", part, csv_cell(rule.policy), csv_cell(rule.rule),
                         csv_cell(rule.at), csv_cell(rule.text));
    }
  };
  add_idle("dead", view.dead_rules);
  add_idle("redundant", view.redundant_rules);
  return out;
}

}  // namespace firebreak::report
