#include <algorithm>
#include <fmt/format.h>

#include "report/escape.h"
#include "report/explain_answer.h"
#include "report/palette.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

/// What an action was done to; nothing for a block.
NodeId undone_node(const Scenario& scenario, const Undo& undo) {
  switch (undo.type) {
    case Undo::Type::off:
      return scenario.off[undo.index];
    case Undo::Type::isolated_system:
      return scenario.isolated_systems[undo.index];
    case Undo::Type::isolated_zone:
      return scenario.isolated_zones[undo.index];
    case Undo::Type::block:
      break;
  }
  return {};
}

UndoView undo_view(const Subject& subject, const Undo& undo) {
  const NodeId node = undone_node(subject.scenario, undo);
  return {undo.type, node.valid() ? std::string(subject.topology.nodes[node].id)
                                  : flow_words(subject.topology, subject.scenario.block[undo.index])};
}

std::string undo_words(const UndoView& undo) {
  if (undo.action == Undo::Type::off) return "switch " + undo.what + " on";
  if (undo.action == Undo::Type::block) return "lift the block " + undo.what;
  return "reconnect " + undo.what;
}

/// What becomes of a node after the time asked for: "; it fails after 4h".
std::string later_words(const StateReport& report, State now) {
  const NeedRun& run = report.explanation.impact.run;
  const VertexId v(report.node.index());
  if (report.at == kNever || now <= State::fails) return {};
  if (run.fails[v] != kNever) return "; it fails " + when(run.fails[v]);
  return run.degrades[v] != kNever && now > State::degraded ? "; it is degraded " + when(run.degrades[v]) : "";
}

std::string summary(const StateReport& report, const StateView& view, Reasons& reasons) {
  std::string words = fmt::format("{} {}", called(view.id, view.name), predicate(view.state));
  if (view.after_s && view.state != State::off) words += " " + when(*view.after_s);
  const Chain chain = reasons.chain(view.node);
  if (view.state == State::fails || view.state == State::degraded) words += ": it " + sentence(chain);
  if (view.state == State::at_risk) words += ": it " + sentence(chain);
  words += later_words(report, view.state);
  if (view.from_start) words += "; it is so with no action too";
  return words + ".";
}

Section fixes_section(const StateView& view, const TextStyle& style) {
  Section section{"To mend it"};
  const std::size_t shown = shown_of(view.undo.size(), style);
  for (std::size_t i = 0; i < shown; ++i) {
    std::vector<std::string> words;
    for (const UndoView& undo : view.undo[i]) words.push_back(undo_words(undo));
    section.entries.push_back({.lead = fmt::format("{}{}", i > 0 ? "or " : "", listing(words, 6))});
  }
  section.left_out = view.undo.size() - shown;
  if (!view.complete) section.entries.push_back({.lead = "the search hit its limit: there may be other ways"});
  if (section.entries.empty() && (view.state == State::fails || view.state == State::degraded)) {
    section.entries.push_back({.lead = view.from_start ? "nothing that was done: it is so with no action too"
                                                       : "no action can be taken back that would mend it"});
  }
  return section;
}

}  // namespace

StateView make_view(const Subject& subject, const StateReport& report, Reasons& reasons) {
  const Topology& topology = subject.topology;
  const Node& node = topology.nodes[report.node];
  const Impact& impact = report.explanation.impact;
  const Contact& contact = topology.contact(report.node);
  StateView view;
  view.node = report.node;
  view.id = node.id;
  view.name = node.name;
  view.kind = node.kind;
  view.state = impact.state[report.node];
  if (impact.after[report.node] != kNever) view.after_s = impact.after[report.node];
  view.from_start = impact.from_start[report.node];
  view.owner = contact.owner;
  view.phone = contact.phone;
  view.at = to_string(subject.sources, node.at);
  Chain chain = reasons.chain(report.node);
  view.because = std::move(chain.links);
  view.because_left_out = chain.left_out;
  for (const std::vector<Undo>& fix : report.explanation.fixes) {
    std::vector<std::string> ids;
    std::vector<UndoView> actions;
    for (const Undo& undo : fix) {
      actions.push_back(undo_view(subject, undo));
      ids.push_back(actions.back().what);
    }
    view.fixes.push_back(std::move(ids));
    view.undo.push_back(std::move(actions));
  }
  view.complete = report.explanation.complete;
  const std::vector<NodeId> lost = view.state == State::works ? std::vector<NodeId>() : std::vector{report.node};
  std::vector<NodeId> concerned = responsible(topology, reasons, lost);
  if (!report.explanation.fixes.empty()) {
    for (const Undo& undo : report.explanation.fixes.front()) {
      if (const NodeId n = undone_node(subject.scenario, undo); n.valid()) concerned.push_back(n);
    }
  }
  view.call = calls(topology, concerned);
  view.not_known = not_known_of_needs(subject.topology, guesses_behind(subject.topology, reasons, lost));
  view.head = head(subject, "explain", summary(report, view, reasons));
  view.next = next_command(subject, "impact");
  return view;
}

Document make_document(const StateView& view, Reasons& reasons, const TextStyle& style) {
  Document document;
  document.title = "Explain: " + view.id;
  document.summary = view.head.summary;
  if (!view.head.options.empty()) document.context = "With " + view.head.options;
  Section because{"Because"};
  const Chain chain = reasons.chain(view.node);
  const std::size_t shown = shown_of(chain.links.size(), style);
  for (std::size_t i = 0; i < shown; ++i) {
    const ReasonView& link = *chain.links[i];
    const bool last = i + 1 == chain.links.size();
    because.entries.push_back(
        {{},
         fmt::format("{} {}{}", link.of, link.clause, last || link.why == Why::disconnected ? link.ending : ""),
         "",
         ""});
  }
  because.left_out = chain.links.size() - shown + chain.left_out;
  if (chain.links.size() > 1) add_section(document, std::move(because));
  add_section(document, fixes_section(view, style));
  add_section(document, call_section(view.call, style));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

std::string to_csv(const StateView& view) {
  std::string out = "of,id,state,why,after_s,at,text\r\n";
  for (const ReasonView* link : view.because) {
    out += fmt::format("{},{},{},{},{},{},{}\r\n", csv_cell(link->of), csv_cell(link->id),
                       link->state ? word(*link->state) : "", word(link->why),
                       link->after_s ? std::to_string(*link->after_s) : "", csv_cell(link->at), csv_cell(link->text));
  }
  return out;
}

}  // namespace firebreak::report
