#include "tests/property/need_checks.h"

#include <set>

#include "firebreak/impact.h"

#include "tests/oracle/need_law.h"
#include "tests/oracle/values.h"

namespace firebreak::property {

namespace {

std::string shown(State state, Seconds after, bool from_start) {
  return std::string(to_string(state)) + " after " + to_string_duration(after) + (from_start ? " from the start" : "");
}

std::string difference_at(const Topology& topology, const Impact& engine, const oracle::Outcome& expected, Seconds at) {
  const std::string time = " at " + to_string_duration(at) + ": ";
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const std::string is = shown(engine.state[n], engine.after[n], engine.from_start[n]);
    const std::string should = shown(expected.state[n], expected.after[n], expected.from_start[n]);
    if (is != should) return std::string(topology.nodes[n].id) + time + "engine " + is + ", oracle " + should;
  }
  if (engine.weight_lost == expected.weight_lost) return {};
  return "weight lost" + time + "engine " + std::to_string(engine.weight_lost) + ", oracle " +
         std::to_string(expected.weight_lost);
}

/// The moments at which a state may change, those just before, and the end.
std::set<Seconds> moments(const oracle::NeedLaw& law) {
  std::set<Seconds> at = {0, kNever};
  for (const oracle::Times* times : {&law.fails, &law.degrades}) {
    for (const Seconds t : times->node) {
      if (t == kNever || t == 0) continue;
      at.insert(t - 1);
      at.insert(t);
    }
  }
  return at;
}

}  // namespace

std::string need_difference(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  const oracle::NeedLaw before = oracle::need_law(topology, Scenario{});
  const oracle::NeedLaw now = oracle::need_law(topology, scenario);
  for (const Seconds at : moments(now)) {
    const oracle::Outcome expected = oracle::outcome(topology, scenario, now, before, at);
    std::string difference = difference_at(topology, impact(graph, scenario, at), expected, at);
    if (!difference.empty()) return difference;
  }
  return {};
}

namespace {

/// One vertex as it is explained: by what is lost until `at`.
struct Question {
  VertexId vertex;
  Seconds at;

  friend auto operator<=>(const Question&, const Question&) = default;
};

class CauseCheck {
 public:
  CauseCheck(const Topology& topology, const Graph& graph, const Scenario& scenario)
      : topology_(topology),
        graph_(graph),
        scenario_(scenario),
        law_(oracle::need_law(topology, scenario)),
        run_(run_need(graph, scenario)),
        finder_(graph, scenario, run_) {}

  std::string all() {
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      for (const Seconds at : {kNever, law_.fails.node[n], law_.degrades.node[n]}) {
        follow({VertexId(n.index()), at});
        check_direct(n, at);
        check_chain(n, at);
        if (!fault_.empty()) return std::string(topology_.nodes[n].id) + ": " + fault_;
      }
    }
    return {};
  }

 private:
  void expect(bool right, const std::string& fault) {
    if (!right && fault_.empty()) fault_ = fault;
  }

  [[nodiscard]] bool is_node(VertexId v) const { return v.index() < graph_.node_count; }
  [[nodiscard]] bool off(VertexId v) const { return is_node(v) && oracle::holds(scenario_.off, NodeId(v.index())); }
  [[nodiscard]] bool failing(const Question& q) const { return oracle::is_past(run_.fails[q.vertex], q.at); }
  [[nodiscard]] bool lost(const Question& q) const { return oracle::is_past(run_.degrades[q.vertex], q.at); }
  [[nodiscard]] Question provider(const Cause& cause) const {
    return {cause.vertex, cause.after - graph_.need.arcs[cause.arc].grace};
  }

  /// When the oracle loses an input of a vertex.
  [[nodiscard]] Seconds input_lost(const Arc& arc, bool failing) const {
    const oracle::Times& times = failing ? law_.fails : law_.degrades;
    if (arc.type == ArcType::need || arc.type == ArcType::group) return times.item[arc.need];
    return times.node[NodeId(arc.from.index())];
  }

  void check_reason(const Cause& cause, bool failing) {
    const Arc& arc = graph_.need.arcs[cause.arc];
    const NodeId from(cause.vertex.index());
    if (cause.loss == Loss::provider) {
      if (!is_node(cause.vertex))
        return expect(arc.type == ArcType::group, "a cause goes through a group that is none");
      const Seconds gone = (failing ? law_.fails : law_.degrades).node[from];
      return expect(oracle::later(gone, arc.grace) == cause.after, "a provider is not lost when the cause says");
    }
    if (cause.loss == Loss::standing_in) return expect(arc.fallback && !failing, "what stands in is no fallback");
    expect(arc.type == ArcType::need, "something is severed that is no need");
    if (arc.type != ArcType::need) return;
    expect(oracle::later(law_.severed[arc.need], arc.grace) == cause.after, "a need is not severed as its cause says");
    const NodeId owner = graph_.need.owner[arc.to];
    const bool isolated =
        oracle::holds(scenario_.isolated_systems, owner) || oracle::holds(scenario_.isolated_systems, from);
    expect(isolated == (cause.loss == Loss::isolated), "isolation is not what the cause says");
    expect(cause.loss != Loss::border || !scenario_.isolated_zones.empty(), "a border without an isolated zone");
    expect(cause.loss != Loss::blocked || !scenario_.block.empty(), "blocked without a block");
    expect(cause.loss != Loss::disconnected || !topology_.links.empty(), "disconnected without links");
    expect(cause.loss != Loss::not_permitted || topology_.needs[arc.need].port.valid(), "not permitted without a port");
  }

  std::vector<Cause> causes(const Question& q) {
    std::vector<Cause> found = finder_.of(q.vertex, q.at);
    if (off(q.vertex) || !lost(q)) {
      expect(found.empty(), "there are causes for what is off or works");
      return found;
    }
    const bool failing = this->failing(q);
    const std::size_t enough = failing ? graph_.need.fails_at[q.vertex] : graph_.need.degrades_at[q.vertex];
    expect(found.size() == enough, "not as many causes as it takes");
    const Seconds flipped = failing ? run_.fails[q.vertex] : run_.degrades[q.vertex];
    expect(!found.empty() && found.front().after == flipped, "the first cause is not the one that decided the moment");
    for (const Cause& cause : found) {
      const Arc& arc = graph_.need.arcs[cause.arc];
      expect(arc.to == q.vertex && arc.from == cause.vertex, "a cause is no input of its vertex");
      expect(cause.after <= flipped, "a cause comes after what it causes");
      expect(input_lost(arc, failing) == cause.after, "an input is not lost when the cause says");
      check_reason(cause, failing);
    }
    return found;
  }

  /// Depth first along causes; a question met again while it is still open closes a circle.
  void follow(const Question& first) {
    std::vector<std::pair<Question, std::vector<Question>>> open;
    const auto ask = [&](const Question& q) {
      if (!asked_.insert(q).second) return expect(!on_path_.contains(q), "causes run in a circle");
      on_path_.insert(q);
      open.push_back({q, {}});
      for (const Cause& cause : causes(q)) {
        if (cause.loss == Loss::provider) open.back().second.push_back(provider(cause));
      }
    };
    ask(first);
    while (!open.empty() && fault_.empty()) {
      std::vector<Question>& rest = open.back().second;
      if (rest.empty()) {
        on_path_.erase(open.back().first);
        open.pop_back();
        continue;
      }
      const Question next = rest.back();
      rest.pop_back();
      expect(lost(next), "a cause that is not lost");
      ask(next);
    }
  }

  void check_direct(NodeId n, Seconds at) {
    const Question q{VertexId(n.index()), at};
    const std::vector<Cause> direct = finder_.direct(n, at);
    expect(direct.empty() == (off(q.vertex) || !lost(q)), "there are direct causes exactly of what is lost");
    if (!direct.empty()) {
      const Seconds flipped = failing(q) ? run_.fails[q.vertex] : run_.degrades[q.vertex];
      expect(direct.front().after + direct.front().held == flipped, "the first direct cause did not decide the moment");
    }
    for (const Cause& cause : direct) {
      const Arc& arc = graph_.need.arcs[cause.arc];
      expect(is_node(cause.vertex) || cause.loss != Loss::provider, "a direct cause is a group");
      expect(graph_.need.owner[arc.to] == n, "a direct cause is the need of another");
    }
  }

  void check_chain(NodeId n, Seconds at) {
    Question q{VertexId(n.index()), at};
    const std::vector<Cause> chain = finder_.chain(n, at);
    expect(chain.empty() == (off(q.vertex) || !lost(q)), "there is a chain exactly for what is lost");
    for (std::size_t i = 0; i < chain.size(); ++i) {
      expect(graph_.need.arcs[chain[i].arc].to == q.vertex, "a link of a chain does not explain the one before");
      if (chain[i].loss != Loss::provider) return expect(i + 1 == chain.size(), "a chain goes on behind its root");
      q = provider(chain[i]);
    }
    expect(chain.empty() || off(q.vertex), "a chain ends at nothing");
  }

  const Topology& topology_;
  const Graph& graph_;
  const Scenario& scenario_;
  oracle::NeedLaw law_;
  NeedRun run_;
  CauseFinder finder_;
  std::set<Question> asked_;
  std::set<Question> on_path_;
  std::string fault_;
};

}  // namespace

std::string cause_fault(const Topology& topology, const Graph& graph, const Scenario& scenario) {
  return CauseCheck(topology, graph, scenario).all();
}

}  // namespace firebreak::property
