#include "report/reasons.h"

#include <algorithm>
#include <fmt/format.h>

#include "analyzer/connection.h"
#include "report/wording.h"

// A chain follows, from each node, the first of the losses that explain it. Which one that is depends only on whether
// the node is explained as failing or as degrading, so links are kept by (node, failing) and every chain is a walk over
// them. Links are made from the root backwards, so that each knows where its chain ends and how long it is.

namespace firebreak::report {
namespace {

/// Pairs of zones for which the broken link between them is looked for; beyond, chains end at the missing connection.
constexpr std::size_t kMostDetours = 2000;

}  // namespace

Reasons::Reasons(const Subject& subject, const Scenario& scenario, const Impact& impact, Seconds at)
    : subject_(subject),
      topology_(subject.topology),
      graph_(subject.graph),
      scenario_(scenario),
      impact_(impact),
      at_(at),
      mask_(subject.graph, scenario),
      finder_(subject.graph, scenario, impact.run) {
  const NeedRelation& need = graph_.need;
  for (std::size_t i = graph_.node_count; i < need.owner.size(); ++i) {
    const VertexId group(i);
    if (need.spare_counts[group] && impact.state[need.owner[group]] == State::at_risk) {
      spares_[need.owner[group]].push_back(group);
    }
  }
}

Chain Reasons::chain(NodeId node, std::size_t most) {
  Chain result;
  const Link* const first = first_link(node);
  if (first == nullptr) return result;
  for (const Link* link = first; link != nullptr; link = link->after) {
    const std::size_t left = most - result.links.size();
    if (left == 1 && link->after != nullptr) {
      result.left_out = link->length - 1;
      link = link->last;
    }
    result.links.push_back(&link->view);
  }
  return result;
}

const ReasonView* Reasons::root(NodeId node) {
  const Link* const first = first_link(node);
  return first == nullptr ? nullptr : &first->last->view;
}

ReasonView Reasons::severed_need(LeafId leaf) {
  const Leaf cut = leaf_of(graph_, leaf);
  const Arc& arc = graph_.need.arcs[cut.arc];
  const Loss loss = cut.permitted ? Loss::disconnected : Loss::not_permitted;
  Link link;
  link.view.who = cut.owner;
  link.view.of = id(cut.owner);
  say(link, arc, {cut.arc, arc.from, loss, impact_.run.severed[leaf] + arc.grace});
  return std::move(link.view);
}

const Reasons::Link* Reasons::first_link(NodeId node) {
  const State state = impact_.state[node];
  if (state == State::works) return nullptr;
  if (state == State::fails || state == State::degraded) return follow({node, state == State::fails}, at_);
  // What is off or at risk has a chain of one link, kept under the node as it fails, which it does not.
  std::unique_ptr<Link>& link = links_[{node, true}];
  if (!link) {
    link = std::make_unique<Link>();
    state == State::off ? make_off(*link, node) : make_risk(*link, node);
    link->last = link.get();
  }
  return link.get();
}

const Reasons::Link* Reasons::follow(Key start, Seconds at) {
  std::vector<Link*> made;
  const Link* known = nullptr;
  for (Key key = start; key.node.valid();) {
    std::unique_ptr<Link>& link = links_[key];
    if (link) {
      // One that is being made has no end yet: going on would run in a circle, so the chain ends here.
      known = link->last == nullptr ? nullptr : link.get();
      break;
    }
    link = std::make_unique<Link>();
    make(*link, key, at);
    made.push_back(link.get());
    key = made.back()->next;
    at = made.back()->next_at;
  }
  for (std::size_t i = made.size(); i-- > 0;) {
    Link& link = *made[i];
    link.after = known;
    link.last = known == nullptr ? &link : known->last;
    link.length = known == nullptr ? 1 : known->length + 1;
    known = &link;
  }
  return known;
}

void Reasons::make(Link& link, Key key, Seconds at) {
  if (std::ranges::binary_search(scenario_.off, key.node)) return make_off(link, key.node);
  link.view.who = key.node;
  link.view.of = id(key.node);
  const std::vector<Cause> causes = finder_.direct(key.node, at);
  if (causes.empty()) {
    link.view.clause = fmt::format("{}, for no reason that could be found", predicate(impact_.state[key.node]));
    link.view.text = fmt::format("{} {}", link.view.of, link.view.clause);
    return;
  }
  const Cause& first = causes.front();
  const Arc& arc = graph_.need.arcs[first.arc];
  std::vector<std::string> stand_ins;
  for (std::size_t i = 1; i < causes.size(); ++i) {
    if (!is_node(causes[i].vertex)) continue;
    const bool stands_in = causes[i].loss == Loss::standing_in;
    (stands_in ? stand_ins : link.view.also).push_back(id(NodeId(causes[i].vertex.index())));
  }
  if (is_node(first.vertex)) std::erase(link.view.also, id(NodeId(first.vertex.index())));
  std::ranges::sort(link.view.also);
  const auto repeated = std::ranges::unique(link.view.also);
  link.view.also.erase(repeated.begin(), repeated.end());
  say(link, arc, first, stand_ins);
}

void Reasons::make_off(Link& link, NodeId node) {
  ReasonView& view = link.view;
  view.who = view.what = view.culprit = node;
  view.of = view.id = id(node);
  view.state = State::off;
  view.why = Why::switched_off;
  view.after_s = 0;
  view.at = to_string(subject_.sources, topology_.nodes[node].at);
  view.clause = "is switched off";
  view.text = fmt::format("{} {}", view.of, view.clause);
}

void Reasons::make_risk(Link& link, NodeId node) {
  ReasonView& view = link.view;
  view.who = node;
  view.of = id(node);
  view.why = Why::no_spare;
  const auto lost_by = [&](const NeedRun& run, const Arc& arc, Seconds at) {
    const Seconds lost = input_fails(run, arc);
    return lost != kNever && lost <= at;
  };
  for (const VertexId group : spares_[node]) {
    std::vector<std::string> lost;
    std::vector<std::string> left;
    std::int64_t lost_before = 0;
    Span at;
    for (const ArcId a : graph_.need.inputs(group)) {
      const Arc& arc = graph_.need.arcs[a];
      const std::string who =
          is_node(arc.from) ? id(NodeId(arc.from.index())) : fmt::format("{}", fmt::join(members(arc.need), "/"));
      if (lost_by(*impact_.baseline, arc, at_)) ++lost_before;
      (lost_by(impact_.run, arc, at_) ? lost : left).push_back(who);
      if (at.line == 0) at = place(arc);
    }
    const auto spare = static_cast<std::int64_t>(graph_.need.fails_at[group]) - 1;
    const auto lost_now = static_cast<std::int64_t>(lost.size());
    if (lost_now < spare || spare <= lost_before) continue;
    view.id = fmt::format("{}", fmt::join(lost, ","));
    view.at = to_string(subject_.sources, at);
    view.also = left;
    const std::string line = line_of(subject_.sources, at);
    const std::string_view are = lost.size() == 1 ? "is" : "are";
    view.clause = lost_now == spare ? fmt::format("has nothing to spare: it needs {} now that {} {} lost ({})",
                                                  left.size() == 1 ? left.front() : "each of " + listing(left),
                                                  listing(lost), are, line)
                                    : fmt::format("has nothing to spare: {} {} lost, and with {} their group ({})",
                                                  listing(lost), are, lost.size() == 1 ? "it" : "them", line);
    view.text = fmt::format("{} {}", view.of, view.clause);
    return;
  }
}

Span Reasons::place(const Arc& arc) const {
  const NodeId owner = graph_.need.owner[arc.to];
  switch (arc.type) {
    case ArcType::need:
    case ArcType::group:
      return topology_.needs[arc.need].at;
    case ArcType::uses:
      return topology_.customer(owner).uses[arc.need].at;
    case ArcType::site:
    case ArcType::host:
    case ArcType::parent:
      break;
  }
  return topology_.nodes[owner].at;
}

std::vector<std::string> Reasons::members(std::uint32_t need) const {
  std::vector<std::string> words;
  for (std::uint32_t i = need; i < topology_.needs[need].end; ++i) {
    if (topology_.needs[i].type == Need::Type::leaf) words.push_back(id(topology_.needs[i].on));
  }
  return words;
}

bool Reasons::is_soft(NodeId owner, std::uint32_t need) const {
  for (std::uint32_t i = topology_.needs_of(owner).begin; i <= need; ++i) {
    if (topology_.needs[i].soft && need < topology_.needs[i].end) return true;
  }
  return false;
}

std::string Reasons::where(const Arc& arc, const Cause& cause, const ReasonView& view,
                           const std::vector<std::string>& stand_ins) const {
  std::string words = line_of(subject_.sources, place(arc));
  const auto add = [&](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
  if (const Seconds grace = arc.grace + cause.held; grace > 0) add("holds out " + to_string_duration(grace));
  if (view.assumed) add("a guess");
  if (!view.also.empty()) add(fmt::format("{} lost too", listing(view.also, 3)));
  if (!stand_ins.empty()) {
    add(fmt::format("{} only {} in", listing(stand_ins, 3), stand_ins.size() == 1 ? "stands" : "stand"));
  }
  return words.empty() ? words : fmt::format(" ({})", words);
}

void Reasons::say(Link& link, const Arc& arc, const Cause& cause, const std::vector<std::string>& stand_ins) {
  ReasonView& view = link.view;
  const bool need = arc.type == ArcType::need || arc.type == ArcType::group;
  view.span = place(arc);
  view.at = to_string(subject_.sources, view.span);
  view.after_s = cause.after + cause.held;
  view.assumed = arc.assumed;
  if (is_node(cause.vertex)) {
    view.what = NodeId(cause.vertex.index());
    view.id = id(view.what);
  } else if (need) {
    view.id = fmt::format("{}", fmt::join(members(arc.need), ","));
  }
  std::string object = is_node(cause.vertex) ? view.id : listing(members(arc.need), 4, "or");
  if (need && topology_.needs[arc.need].port.valid()) {
    object += " on " + to_string(topology_.ports[topology_.needs[arc.need].port]);
  }
  std::string_view verb = "needs";
  switch (arc.type) {
    case ArcType::site:
      verb = "is at";
      break;
    case ArcType::host:
      verb = "runs on";
      break;
    case ArcType::parent:
      verb = "lies in";
      break;
    case ArcType::uses:
      verb = "uses";
      break;
    case ArcType::need:
    case ArcType::group:
      if (cause.loss == Loss::standing_in) {
        verb = "lives on";
      } else if (is_soft(graph_.need.owner[arc.to], arc.need)) {
        verb = "misses";
      }
  }
  view.clause = fmt::format("{} {}{}", verb, object, where(arc, cause, view, stand_ins));
  if (cause.loss == Loss::provider) {
    say_provider(link, cause);
  } else {
    say_severed(link, arc, cause);
  }
  view.text = fmt::format("{} {}{}", view.of, view.clause, view.ending);
}

void Reasons::say_provider(Link& link, const Cause& cause) {
  ReasonView& view = link.view;
  view.why = Why::provider;
  if (!view.what.valid()) return;
  view.culprit = view.what;
  if (std::ranges::binary_search(scenario_.off, view.what)) {
    view.state = State::off;
    view.ending = ", which is off";
    return;
  }
  const Arc& arc = graph_.need.arcs[cause.arc];
  const Seconds lost = cause.after - arc.grace;
  const Seconds fails = impact_.run.fails[VertexId(view.what.index())];
  const bool failed = fails != kNever && fails <= lost;
  view.state = failed ? State::fails : State::degraded;
  view.ending = failed ? ", which fails " + when(lost) : ", which is degraded " + when(lost);
  link.next = {view.what, failed};
  link.next_at = lost;
}

void Reasons::say_severed(Link& link, const Arc& arc, const Cause& cause) {
  ReasonView& view = link.view;
  if (view.what.valid()) view.state = impact_.state[view.what];
  if (cause.loss == Loss::standing_in) {
    view.why = Why::standing_in;
    view.ending = ", which only stands in";
    return;
  }
  const Leaf leaf = leaf_of(graph_, arc.leaf);
  const auto zone = [&](NodeId n) { return n.valid() ? id(n) : std::string("outside"); };
  if (cause.loss == Loss::isolated) {
    view.why = Why::isolated;
    const bool provider = std::ranges::binary_search(scenario_.isolated_systems, leaf.provider);
    view.culprit = provider ? leaf.provider : view.who;
    view.ending = provider ? ", which is isolated" : ", but is isolated itself";
  } else if (cause.loss == Loss::border) {
    view.why = Why::border;
    view.culprit = mask_.zone_between(leaf.from_zone, leaf.to_zone);
    view.ending =
        fmt::format(", but an isolated border runs between {} and {}", zone(leaf.from_zone), zone(leaf.to_zone));
  } else if (cause.loss == Loss::disconnected) {
    view.why = Why::disconnected;
    view.ending = fmt::format(", but no working link joins {} and {}", zone(leaf.from_zone), zone(leaf.to_zone));
    link.next_at = cause.after - arc.grace;
    link.next = {broken_link(leaf, link.next_at), true};
  } else {
    view.why = cause.loss == Loss::blocked ? Why::blocked : Why::not_permitted;
    const PortSet wanted = leaf.port.valid() ? graph_.ports[leaf.port] : PortSet::any();
    const PortSet denied = subtract(wanted, permitted_ports(graph_, scenario_, leaf.source, leaf.provider));
    if (denied.empty()) return;
    const FlowJudgement judgement = judge(graph_, scenario_, leaf.source, leaf.provider, denied.ranges().front().first);
    view.ending = ", but " + denial_words(subject_, scenario_, judgement);
  }
}

NodeId Reasons::broken_link(const Leaf& leaf, Seconds at) {
  if (!leaf.from_zone.valid() || !leaf.to_zone.valid()) return {};
  const auto [found, fresh] = broken_.try_emplace({leaf.from_zone, leaf.to_zone});
  if (!fresh || broken_.size() > kMostDetours) return found->second;
  const Connection connection = find_connection(graph_, impact_.run, leaf.from_zone, leaf.to_zone, at);
  if (!connection.broken.empty()) found->second = connection.broken.front();
  return found->second;
}

std::string sentence(const Chain& chain) {
  constexpr std::size_t kShown = 6;
  std::string words;
  for (std::size_t i = 0; i < chain.links.size(); ++i) {
    const ReasonView& link = *chain.links[i];
    const bool last = i + 1 == chain.links.size();
    if (chain.links.size() > kShown && i + 2 > kShown && !last) continue;
    if (i > 0) {
      const ReasonView& before = *chain.links[i - 1];
      const std::uint64_t hidden =
          chain.links.size() > kShown && last ? chain.links.size() - kShown + chain.left_out : 0;
      if (hidden > 0) {
        words += fmt::format(", and so on over {} to {}, which ", counted(hidden, "more step"), link.of);
      } else if (before.why == Why::disconnected) {
        words += fmt::format("{}: {} ", before.ending, link.of);
      } else if (before.state == State::degraded) {
        words += ", which is degraded, as it ";
      } else {
        words += ", which ";
      }
    }
    words += link.clause;
    if (last) words += link.ending;
  }
  return words;
}

}  // namespace firebreak::report
