#include <algorithm>
#include <fmt/format.h>

#include "report/escape.h"
#include "report/impact_answer.h"
#include "report/surroundings.h"
#include "report/wording.h"

namespace firebreak::report {
namespace {

constexpr std::size_t kMostWithWholeChain = 10'000;

Time time(Seconds after) {
  return after == kNever ? Time() : Time(after);
}

void count(CountsView& counts, State state) {
  switch (state) {
    case State::off:
      ++counts.off;
      break;
    case State::fails:
      ++counts.fails;
      break;
    case State::degraded:
      ++counts.degraded;
      break;
    case State::at_risk:
      ++counts.at_risk;
      break;
    case State::works:
      ++counts.works;
      break;
  }
}

/// The fields that nodes of every kind share.
template <class View>
View common(const Subject& subject, const Impact& impact, NodeId n) {
  const Topology& topology = subject.topology;
  View view;
  const Contact& contact = topology.contact(n);
  view.node = n;
  view.id = topology.nodes[n].id;
  view.name = topology.nodes[n].name;
  view.state = impact.state[n];
  view.after_s = time(impact.after[n]);
  view.from_start = impact.from_start[n];
  view.owner = contact.owner;
  view.phone = contact.phone;
  view.at = to_string(subject.sources, topology.nodes[n].at);
  return view;
}

std::string are(std::uint64_t count) {
  return count == 1 ? "is" : "are";
}

/// "3 of 8 services fail (phone, mail and app), 2 are degraded and 1 is at risk"
std::string services_phrase(const ImpactView& view) {
  const CountsView& counts = view.service_counts;
  if (counts.total() == counts.works) {
    return share(counts.total(), counts.total(), "service") + (counts.total() == 1 ? " works" : " work");
  }
  if (counts.total() == 1 && counts.lost() == 0) {
    return fmt::format("the only service is {}", counts.degraded > 0 ? "degraded" : "at risk");
  }
  std::vector<std::string> parts;
  if (counts.lost() > 0) {
    std::vector<std::string> names;
    for (const ServiceView& service : worst_first(view.services)) {
      if (service.state <= State::fails) names.push_back(service.id);
    }
    const std::string list = fmt::format(" ({})", listing(names, names.size() > 4 ? 3 : 4));
    parts.push_back(fmt::format("{} {}{}", share(counts.lost(), counts.total(), "service"),
                                counts.lost() == 1 ? "fails" : "fail", list));
  } else {
    parts.push_back("no service fails");
  }
  const std::string of = counts.lost() > 0 ? "" : fmt::format(" of {}", counts.total());
  if (counts.degraded > 0) parts.push_back(fmt::format("{}{} {} degraded", counts.degraded, of, are(counts.degraded)));
  if (counts.at_risk > 0) parts.push_back(fmt::format("{}{} {} at risk", counts.at_risk, of, are(counts.at_risk)));
  return listing(parts);
}

std::string summary(const ImpactView& view) {
  std::vector<std::string> parts;
  if (view.service_counts.total() > 0) parts.push_back(services_phrase(view));
  const CountsView& customers = view.customer_counts;
  if (const std::uint64_t hit = customers.lost() + customers.degraded; hit > 0) {
    parts.push_back(fmt::format("{} {} hit", share(hit, customers.total(), "customer"), are(hit)));
  }
  const CountsView& systems = view.system_counts;
  if (systems.lost() > 0 || parts.empty()) {
    parts.push_back(systems.lost() == 0 ? fmt::format("none of {} is down", counted(systems.total(), "system"))
                                        : fmt::format("{} {} down", share(systems.lost(), systems.total(), "system"),
                                                      are(systems.lost())));
  }
  const auto before = std::ranges::count_if(
      view.services, [](const ServiceView& s) { return s.from_start && s.state <= State::fails; });
  if (before > 0) parts.push_back(fmt::format("{} failed before any action", before));
  std::string text = fmt::format("{}", fmt::join(parts, "; "));
  if (view.at_s) {
    text = fmt::format("{}: {}", *view.at_s == 0 ? "At once" : "After " + to_string_duration(*view.at_s), text);
  }
  if (text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text + ".";
}

}  // namespace

std::vector<ServiceView> service_views(const Subject& subject, const Impact& impact) {
  const Topology& topology = subject.topology;
  std::vector<ServiceView> views;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    if (topology.nodes[n].kind != NodeKind::service) continue;
    const Service& service = topology.service(n);
    auto view = common<ServiceView>(subject, impact, n);
    view.weight = {service.weight.value_or(service.users.value_or(1))};
    if (service.users) view.users = Weight{*service.users};
    view.rto_s = service.rto;
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<CustomerView> customer_views(const Subject& subject, const Impact& impact) {
  const Topology& topology = subject.topology;
  std::vector<CustomerView> views;
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    if (topology.nodes[n].kind != NodeKind::customer) continue;
    const Customer& customer = topology.customer(n);
    auto view = common<CustomerView>(subject, impact, n);
    if (customer.users) view.users = Weight{*customer.users};
    for (const Located<NodeId>& used : customer.uses) {
      if (impact.state[used.value] <= State::fails) view.lost.emplace_back(topology.nodes[used.value].id);
    }
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<ServiceView> worst_first(std::vector<ServiceView> services) {
  std::erase_if(services, [](const ServiceView& s) { return s.state == State::works; });
  std::ranges::stable_sort(services, [](const ServiceView& a, const ServiceView& b) {
    if (a.state != b.state) return a.state < b.state;
    if (a.weight.value != b.weight.value) return a.weight.value > b.weight.value;
    return a.after_s.value_or(kNever) < b.after_s.value_or(kNever);
  });
  return services;
}

ImpactView make_view(const Subject& subject, const ImpactReport& report, Reasons& reasons) {
  const Topology& topology = subject.topology;
  const Impact& impact = report.impact;
  ImpactView view;
  view.at_s = time(report.at);
  view.services = service_views(subject, impact);
  view.customers = customer_views(subject, impact);
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const Node& node = topology.nodes[n];
    if (node.kind == NodeKind::service) count(view.service_counts, impact.state[n]);
    if (node.kind == NodeKind::customer) count(view.customer_counts, impact.state[n]);
    if (node.kind == NodeKind::system) count(view.system_counts, impact.state[n]);
    if (impact.state[n] == State::works) continue;
    auto entry = common<NodeView>(subject, impact, n);
    entry.kind = node.kind;
    view.nodes.push_back(std::move(entry));
  }
  for (const ServiceView& service : view.services) view.weight_total.value += service.weight.value;
  view.weight_lost = {impact.weight_lost};
  view.head = head(subject, "impact", summary(view));
  std::vector<NodeId> lost;
  for (const ServiceView& service : worst_first(view.services)) lost.push_back(service.node);
  std::vector<NodeId> concerned = responsible(topology, reasons, lost);
  for (const NodeView& node : view.nodes) {
    if (lost.empty() && node.state <= State::degraded) concerned.push_back(node.node);
  }
  view.call = calls(topology, concerned);
  view.not_known = not_known_of_needs(topology, guesses_behind(topology, reasons, lost));
  if (!lost.empty()) {
    view.next = next_command(subject, "explain", {std::string(topology.nodes[lost.front()].id)});
  } else if (!subject.scenario.compromised.empty()) {
    view.next = next_command(subject, "blast");
  } else {
    view.next = fmt::format("firebreak check {}", subject.files);
  }
  return view;
}

void add_reasons(ImpactView& view, Reasons& reasons) {
  // Of very many nodes, those that nobody uses themselves name the next one, which is in the list too, and the last.
  const bool many = view.nodes.size() > kMostWithWholeChain;
  for (NodeView& node : view.nodes) {
    const bool used = node.kind == NodeKind::service || node.kind == NodeKind::customer;
    Chain chain = reasons.chain(node.node, many && !used ? 2 : Reasons::kMostLinks);
    node.because = std::move(chain.links);
    node.because_left_out = chain.left_out;
  }
}

}  // namespace firebreak::report
