#include <algorithm>
#include <fmt/format.h>

#include "report/escape.h"
#include "report/matrix_grid.h"
#include "report/policy_answer.h"
#include "report/suggestions.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr Mark kDenied = {"✕", "x", "1;31", ""};
constexpr Mark kOpen = {"○", "o", "33", ""};
constexpr Mark kIdle = {"-", "-", "", ""};

Section denied_section(const PolicyView& view) {
  Section section{"Needs that are denied"};
  for (const DeniedNeedView& need : view.denied_needs) {
    const std::string sender = need.from == need.id ? std::string() : fmt::format(" from {}", need.from);
    section.entries.push_back({kDenied, fmt::format("{} needs {} on {}{}", need.id, need.on, need.missing, sender),
                               fmt::format("({})", need.line),
                               capitalised(fmt::format("{}; {}", need.denied_by, need.cost))});
  }
  section.left_out = view.denied - view.denied_needs.size();
  return section;
}

std::string places(const std::vector<std::string>& words) {
  return words == std::vector<std::string>{"*"} ? std::string("everywhere") : listing(words, 3);
}

Section unused_section(const PolicyView& view) {
  Section section{"Allow rules that no need uses"};
  for (const UnusedRuleView& rule : view.unused_rules) {
    std::string facts = fmt::format("from {} to {} on {} ({})", places(rule.from), places(rule.to),
                                    rule.ports == "any" ? "any port" : rule.ports, rule.line);
    std::string detail;
    if (!rule.demanded_by.empty()) detail = fmt::format("demanded by {}", listing(rule.demanded_by, 3));
    if (rule.perhaps) detail += fmt::format("{}a need that states no port may use it", detail.empty() ? "" : "; ");
    section.entries.push_back(
        {kOpen, fmt::format("{} {}", rule.policy, rule.rule), std::move(facts), capitalised(std::move(detail))});
  }
  section.left_out = view.unused - view.unused_rules.size();
  return section;
}

Section idle_section(std::string title, const std::vector<IdleRuleView>& rules, std::size_t total) {
  Section section{std::move(title)};
  for (const IdleRuleView& rule : rules) {
    section.entries.push_back(
        {kIdle, fmt::format("{} {}", rule.policy, rule.rule), fmt::format("({})", rule.line), capitalised(rule.text)});
  }
  section.left_out = total - rules.size();
  return section;
}

/// Pairs of zones, or of several that are alike, with what may flow between them; zones open inside, as most are, are
/// not worth a line.
Section flows_section(const Subject& subject, const ZoneMatrix& matrix, const TextStyle& style) {
  Section section{"What may flow"};
  const std::size_t most = style.most == 0 ? matrix.zones.size() : kMostApart;
  const MatrixGrid grid = make_grid(matrix, most, Alike::in_ports);
  std::size_t open = 0;
  const auto add = [&](const std::string& between, std::size_t from, std::size_t to) {
    const PortSet& some = matrix.somewhere(from, to);
    const PortSet& every = matrix.everywhere(from, to);
    if (some.empty() || (from == to && every.is_any())) return;
    ++open;
    if (shown_of(open, style) < open) return;
    const auto words = [](const PortSet& ports) { return ports.is_any() ? std::string("any port") : to_string(ports); };
    std::string ports = words(every);
    if (some != every) ports = fmt::format("{}some hosts: {}", every.empty() ? "" : ports + "; ", words(some));
    if (matrix.apart(from, to)) ports += "; but nothing joins the two";
    section.entries.push_back({{}, between + ":", std::move(ports), {}});
  };
  const auto words = [&](const std::vector<std::size_t>& line) { return line_words(subject.topology, matrix, line); };
  for (const std::vector<std::size_t>& from : grid.lines) {
    for (const std::vector<std::size_t>& to : grid.lines) {
      if (&from != &to) {
        add(fmt::format("{} -> {}", words(from), words(to)), from.front(), to.front());
        continue;
      }
      if (from.size() > 1) add(fmt::format("among {}", words(from)), from.front(), from.back());
      add(fmt::format("inside {}", words(from)), from.front(), from.front());
    }
  }
  section.left_out = open - section.entries.size();
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
  if (view.suggestions.value) {
    for (Section& section : suggestion_sections(*view.suggestions.value, style)) {
      add_section(document, std::move(section));
    }
    add_section(document, not_known_section(view.not_known));
    document.next = view.next;
    return document;
  }
  add_section(document, denied_section(view));
  add_section(document, matrix_section(subject, report.matrix, style));
  add_section(document, flows_section(subject, report.matrix, style));
  add_section(document, unused_section(view));
  add_section(document, idle_section("Rules that never match", view.dead_rules, view.dead));
  add_section(document, idle_section("Rules that change nothing", view.redundant_rules, view.redundant));
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
  if (view.suggestions.value) {
    const SuggestionsView& found = *view.suggestions.value;
    const auto add = [&](std::string_view what, const SuggestionView& change, const BlastSizesView& sizes) {
      out += fmt::format(
          "suggestion,,,,{},{},{},,{},{}\r\n", what, csv_cell(change.policy), csv_cell(change.rule),
          csv_cell(change.at),
          csv_cell(fmt::format("{}{}a compromise reaches {} on average, {} at worst", change.text,
                               change.text.empty() ? "" : "; then ", rounded(sizes.mean.value), sizes.worst)));
    };
    add("now", {}, found.now);
    for (const SuggestionView& change : found.changes) add(word(change.change), change, change.after);
    add("floor", {}, found.floor);
  }
  return out;
}

}  // namespace firebreak::report
