#include <algorithm>
#include <fmt/format.h>
#include <tuple>
#include <utility>

#include "report/escape.h"
#include "report/impact_answer.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

std::string time_words(Time after) {
  return after ? when(*after) : std::string();
}

/// "at once; 1,100,000 users; to be back within 4h; with no action too"
template <class View>
std::string facts(const View& view, std::vector<std::string> more) {
  if (view.from_start) more.emplace_back("with no action too");
  const std::string rest = fmt::format("{}", fmt::join(more, "; "));
  const std::string words = view.state == State::off ? std::string() : time_words(view.after_s);
  if (words.empty() || rest.empty()) return rest.empty() ? words : fmt::format("({})", rest);
  return fmt::format("{}; {}", words, rest);
}

Section customer_section(std::vector<CustomerView> customers, const TextStyle& style) {
  std::erase_if(customers, [](const CustomerView& c) { return c.state == State::works; });
  std::ranges::stable_sort(customers, [](const CustomerView& a, const CustomerView& b) {
    if (a.state != b.state) return a.state < b.state;
    return a.users.value_or(Weight{}).value > b.users.value_or(Weight{}).value;
  });
  return list_section("Customers", customers, style, [](const CustomerView& c) {
    std::vector<std::string> more;
    if (c.users) more.push_back(grouped(c.users->value) + " users");
    if (!c.lost.empty()) more.push_back("loses " + listing(c.lost, 6));
    return Entry{mark(c.state), called(c.id, c.name), facts(c, more)};
  });
}

/// Everything else that does not work and that nobody switched off, worst first.
Section node_section(const ImpactView& view, Reasons& reasons, const TextStyle& style) {
  std::vector<const NodeView*> nodes;
  for (const NodeView& node : view.nodes) {
    const bool told = node.kind == NodeKind::service || node.kind == NodeKind::customer || node.state == State::off;
    if (!told) nodes.push_back(&node);
  }
  const auto rank = [](const NodeView* node) {
    return std::tuple(node->state, node->kind != NodeKind::system, node->after_s.value_or(kNever));
  };
  std::ranges::stable_sort(nodes, {}, rank);
  return list_section("Systems, sites and links", nodes, style, [&](const NodeView* found) {
    const NodeView& node = *found;
    const Chain chain = reasons.chain(node.node);
    std::string words = facts(node, {});
    if (!chain.links.empty()) {
      words += fmt::format("{}{}{}", words.empty() ? "as it " : ": ", chain.links[0]->clause, chain.links[0]->ending);
    }
    return Entry{mark(node.state), called(node.id, node.name), std::move(words)};
  });
}

/// What is off, unless the options say so already.
Section off_section(const ImpactView& view) {
  std::vector<std::string> off;
  bool said = true;
  for (const NodeView& node : view.nodes) {
    if (node.state != State::off) continue;
    off.push_back(node.id);
    said = said && view.head.options.find(node.id) != std::string::npos;
  }
  Section section{"Switched off"};
  if (!said) section.entries.push_back({.lead = listing(off, 12)});
  return section;
}

}  // namespace

Section service_section(std::string title, const std::vector<ServiceView>& worst, Reasons& reasons,
                        const TextStyle& style) {
  return list_section(std::move(title), worst, style, [&](const ServiceView& service) {
    std::vector<std::string> more;
    if (service.users) {
      more.push_back(grouped(service.users->value) + " users");
    } else if (service.weight.value != 1) {
      more.push_back("weight " + grouped(service.weight.value));
    }
    if (service.rto_s && service.state <= State::fails) {
      more.push_back("to be back within " + to_string_duration(*service.rto_s));
    }
    return Entry{mark(service.state), called(service.id, service.name), facts(service, more),
                 sentence(reasons.chain(service.node))};
  });
}

Document make_document(const ImpactView& view, Reasons& reasons, const TextStyle& style) {
  Document document;
  document.title = view.head.topology.empty() ? "Impact" : "Impact: " + view.head.topology;
  document.summary = view.head.summary;
  if (!view.head.options.empty()) document.context = "With " + view.head.options;
  if (view.weight_lost.value > 0 && view.weight_total.value != static_cast<double>(view.services.size())) {
    document.context += fmt::format("{}weight lost: {} of {}", document.context.empty() ? "" : "; ",
                                    grouped(view.weight_lost.value), grouped(view.weight_total.value));
  }
  add_section(document, service_section("Services", worst_first(view.services), reasons, style));
  add_section(document, customer_section(view.customers, style));
  add_section(document, node_section(view, reasons, style));
  add_section(document, off_section(view));
  add_section(document, call_section(view.call, style));
  add_section(document, not_known_section(view.not_known));
  document.next = view.next;
  return document;
}

std::string to_csv(const ImpactView& view, Reasons& reasons) {
  std::string out = "kind,id,name,state,after_s,from_start,weight,users,owner,phone,at,because\r\n";
  const auto seconds = [](Time after) { return after ? std::to_string(*after) : std::string(); };
  const auto line = [&](const auto& node, std::string_view kind, const std::string& weight, const std::string& users) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\r\n", kind, csv_cell(node.id), csv_cell(node.name),
                       word(node.state), seconds(node.after_s), node.from_start ? "true" : "false", weight, users,
                       csv_cell(node.owner), csv_cell(node.phone), csv_cell(node.at),
                       csv_cell(sentence(reasons.chain(node.node))));
  };
  const auto users = [](const auto& view_with_users) {
    return view_with_users.users ? fmt::format("{}", view_with_users.users->value) : std::string();
  };
  for (const ServiceView& service : view.services) {
    line(service, "service", fmt::format("{}", service.weight.value), users(service));
  }
  for (const CustomerView& customer : view.customers) line(customer, "customer", "", users(customer));
  for (const NodeView& node : view.nodes) {
    if (node.kind == NodeKind::service || node.kind == NodeKind::customer) continue;
    line(node, to_string(node.kind), "", "");
  }
  return out;
}

}  // namespace firebreak::report
