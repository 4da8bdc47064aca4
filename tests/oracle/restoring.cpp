#include "tests/oracle/restoring.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/oracle/need_law.h"
#include "tests/oracle/spread_law.h"
#include "tests/oracle/values.h"

// What is up follows from which jobs are finished, what is safe from which have begun and which are finished. Every
// order of beginning is tried, each job as early as it may.

namespace firebreak::oracle {

namespace {

Seconds start_time(const Topology& topology, NodeId n) {
  return kind_of(topology, n) == NodeKind::system ? topology.system(n).start : Seconds{0};
}

Seconds rebuild_time(const Topology& topology, NodeId n) {
  return kind_of(topology, n) == NodeKind::system ? topology.system(n).rebuild : topology.identity(n).rebuild;
}

double weight_of(const Service& service) {
  return service.weight ? *service.weight : service.users ? *service.users : 1;
}

/// With every grace over.
bool is_dark(const Topology& topology, const Scenario& scenario, const NeedLaw& law, NodeId n) {
  for (NodeId at = n; at.valid() && kind_of(topology, at) == NodeKind::system; at = topology.system(at).runs_on) {
    const NodeId site = topology.system(at).site;
    if (holds(scenario.off, at) || (site.valid() && law.fails.node[site] != kNever)) return true;
  }
  return false;
}

}  // namespace

Restoring::Restoring(const Topology& topology, const Scenario& scenario, const std::vector<RestoreLoop>& loops,
                     std::uint32_t crews)
    : topology_(topology), beginning_(scenario), loops_(loops), crews_(crews), law_(topology, scenario) {
  const std::size_t count = topology.nodes.size();
  const NeedLaw before = need_law(topology, scenario);
  for (const NodeId n : scenario.compromised) {
    if (!holds(scenario.off, n) && is_dark(topology, scenario, before, n)) beginning_.off.push_back(n);
  }
  std::ranges::sort(beginning_.off);
  off_ = beginning_.off;
  const NeedLaw need = need_law(topology, beginning_);
  running_ = Up(count, false);
  for (const NodeId n : ids<NodeId>(count)) running_[n] = need.fails.node[n] == kNever;
  possible_ = law_.self_sustaining();
  held_ = Up(count, false);
  for (const NodeId n : off_) held_[n] = true;
  for (const NodeId n : ids<NodeId>(count)) {
    if (loop_by_hand(n) != nullptr) held_[n] = true;
  }
  for (const NodeId n : scenario.compromised) {
    jobs_.push_back({n, RestoreJob::rebuild, rebuild_time(topology, n)});
  }
  for (const NodeId n : ids<NodeId>(count)) {
    if (held_[n] && possible_[n]) jobs_.push_back({n, RestoreJob::start, start_time(topology, n)});
  }
  const Spread reached = spread(topology, beginning_.compromised, takings(topology, beginning_));
  reached_before_ = IdVector<NodeId, bool>(count, false);
  for (const NodeId n : ids<NodeId>(count)) reached_before_[n] = reached.step[n].has_value();
}

const std::vector<NodeId>* Restoring::loop_by_hand(NodeId n) const {
  for (const RestoreLoop& loop : loops_) {
    if (holds(loop.by_hand, n)) return &loop.members;
  }
  return nullptr;
}

std::optional<std::size_t> Restoring::job(NodeId n, RestoreJob type) const {
  for (std::size_t j = 0; j < jobs_.size(); ++j) {
    if (jobs_[j].node == n && jobs_[j].type == type) return j;
  }
  return std::nullopt;
}

const Up& Restoring::up(Jobs finished) {
  const auto known = ups_.find(finished);
  if (known != ups_.end()) return known->second;
  Up at_first = running_;
  for (std::size_t j = 0; j < jobs_.size(); ++j) {
    if ((finished >> j & 1U) != 0 && jobs_[j].type == RestoreJob::start) at_first[jobs_[j].node] = true;
  }
  return ups_[finished] = law_.started(at_first, held_);
}

const Up& Restoring::working(Jobs finished) {
  const auto known = workings_.find(finished);
  if (known != workings_.end()) return known->second;
  Scenario rest = beginning_;
  rest.off.clear();
  for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
    if (!up(finished)[n]) rest.off.push_back(n);
  }
  const NeedLaw law = need_law(topology_, rest);
  Up works(topology_.nodes.size(), false);
  for (const NodeId n : ids<NodeId>(topology_.nodes.size())) works[n] = law.fails.node[n] == kNever;
  return workings_[finished] = works;
}

bool Restoring::safe(Jobs begun, Jobs finished) {
  const auto known = safes_.find({begun, finished});
  if (known != safes_.end()) return known->second;
  Scenario state = beginning_;
  state.off.clear();
  state.compromised.clear();
  Up on(topology_.nodes.size(), false);
  for (std::size_t j = 0; j < jobs_.size(); ++j) {
    const bool is_start = jobs_[j].type == RestoreJob::start;
    if (is_start && (begun >> j & 1U) != 0 && holds(off_, jobs_[j].node)) on[jobs_[j].node] = true;
    if (!is_start && (finished >> j & 1U) == 0) state.compromised.push_back(jobs_[j].node);
  }
  for (const NodeId n : off_) {
    if (!on[n]) state.off.push_back(n);
  }
  const Spread reached = spread(topology_, state.compromised, takings(topology_, state));
  bool is_safe = true;
  for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
    if (reached.step[n] && (on[n] || !reached_before_[n])) is_safe = false;
  }
  return safes_[{begun, finished}] = is_safe;
}

bool Restoring::may_begin(std::size_t j, Jobs begun, Jobs finished) {
  const Job& what = jobs_[j];
  if (what.type == RestoreJob::rebuild) return true;
  if (const auto rebuild = job(what.node, RestoreJob::rebuild); rebuild && (finished >> *rebuild & 1U) == 0) {
    return false;
  }
  const std::vector<NodeId>* const loop = loop_by_hand(what.node);
  const bool starts =
      loop == nullptr ? law_.holds(what.node, up(finished)) : law_.holds_by_hand(what.node, up(finished), *loop);
  return starts && safe(begun | Jobs{1} << j, finished);
}

std::string Restoring::fault_of(const Restoration& plan) {
  if (plan.steps.size() != jobs_.size()) return "the number of steps";
  std::vector<Seconds> begins(jobs_.size(), kNever);
  std::vector<std::vector<std::uint32_t>> after(jobs_.size());
  for (const RestoreStep& step : plan.steps) {
    const auto j = job(step.node, step.job);
    const std::string id(topology_.nodes[step.node].id);
    if (!j || begins[*j] != kNever) return id + " has no such job, or has it twice";
    if (step.finish - step.start != jobs_[*j].takes) return id + " takes another time";
    begins[*j] = step.start;
    after[*j] = step.after;
  }
  std::map<NodeId, Seconds> back;
  if (std::string fault = replay(begins, back); !fault.empty()) return fault;
  if (std::string fault = fault_of_idling(begins); !fault.empty()) return fault;
  double delay = 0;
  for (const ServiceReturn& service : plan.services) {
    const std::string id(topology_.nodes[service.service].id);
    if (running_[service.service]) return id + " is listed and works at the beginning";
    const auto at = back.find(service.service);
    if (service.back != (at == back.end() ? kNever : at->second)) return id + " is back at another time";
    if (at == back.end()) continue;
    delay += weight_of(topology_.service(service.service)) * static_cast<double>(at->second);
    back.erase(at);
  }
  if (!back.empty()) return "a service is back and not listed";
  if (std::abs(delay - plan.weighted_delay) > 1e-9 * (1 + delay)) return "the weighted delay";
  for (std::uint32_t i = 0; i < plan.steps.size(); ++i) {
    for (const std::uint32_t number : plan.steps[i].after) {
      if (number >= i) return "a step waits for one that is not earlier";
      if (plan.steps[number].finish > plan.steps[i].start) return "a step waits for one that is not finished";
    }
  }
  return fault_of_waiting(plan);
}

std::string Restoring::replay(const std::vector<Seconds>& begins, std::map<NodeId, Seconds>& back) {
  std::vector<Seconds> moments{0};
  for (std::size_t j = 0; j < jobs_.size(); ++j) {
    moments.push_back(begins[j]);
    moments.push_back(begins[j] + jobs_[j].takes);
  }
  std::ranges::sort(moments);
  Jobs begun = 0;
  Jobs finished = 0;
  for (const Seconds moment : moments) {
    for (std::size_t j = 0; j < jobs_.size(); ++j) {
      if (begins[j] < moment && begins[j] + jobs_[j].takes <= moment) finished |= Jobs{1} << j;
    }
    for (bool any = true; any;) {
      any = false;
      for (std::size_t j = 0; j < jobs_.size(); ++j) {
        if (begins[j] != moment || (begun >> j & 1U) != 0 || !may_begin(j, begun, finished)) continue;
        begun |= Jobs{1} << j;
        if (jobs_[j].takes == 0) finished |= Jobs{1} << j;
        any = true;
      }
    }
    std::uint32_t busy = 0;
    for (std::size_t j = 0; j < jobs_.size(); ++j) {
      const std::string id(topology_.nodes[jobs_[j].node].id);
      if (begins[j] == moment && (begun >> j & 1U) == 0) return id + " may not begin when it does";
      if (begins[j] <= moment && moment < begins[j] + jobs_[j].takes) ++busy;
    }
    if (crews_ > 0 && busy > crews_) return "more jobs at once than crews";
    for (const Service& service : topology_.services) {
      if (!running_[service.node] && working(finished)[service.node]) back.try_emplace(service.node, moment);
    }
  }
  return {};
}

std::string Restoring::fault_of_idling(const std::vector<Seconds>& begins) {
  for (std::size_t j = 0; j < jobs_.size(); ++j) {
    if (crews_ > 0 && jobs_[j].takes > 0) continue;
    std::vector<Seconds> moments{0};
    for (std::size_t k = 0; k < jobs_.size(); ++k) moments.push_back(begins[k] + jobs_[k].takes);
    for (const Seconds moment : moments) {
      if (moment >= begins[j]) continue;
      std::vector<Seconds> earlier = begins;
      earlier[j] = moment;
      std::map<NodeId, Seconds> back;
      if (replay(earlier, back).empty()) return std::string(topology_.nodes[jobs_[j].node].id) + " begins too late";
    }
  }
  return {};
}

std::string Restoring::fault_of_waiting(const Restoration& plan) {
  std::vector<Jobs> before(plan.steps.size(), 0);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const std::uint32_t number : plan.steps[i].after) {
      before[i] |= before[number] | Jobs{1} << *job(plan.steps[number].node, plan.steps[number].job);
    }
    const std::size_t j = *job(plan.steps[i].node, plan.steps[i].job);
    if (!may_begin(j, before[i], before[i])) {
      return std::string(topology_.nodes[plan.steps[i].node].id) + " may not begin when all it waits for is done";
    }
  }
  return {};
}

void Restoring::note_back(Order& order) {
  for (const Service& service : topology_.services) {
    if (!running_[service.node] && working(order.finished)[service.node]) {
      order.back.try_emplace(service.node, order.now);
    }
  }
}

void Restoring::advance(Order& order) {
  order.now = std::ranges::min(order.running, {}, &Running::finish).finish;
  std::erase_if(order.running, [&](const Running& r) {
    if (r.finish != order.now) return false;
    order.finished |= Jobs{1} << r.job;
    return true;
  });
  note_back(order);
}

void Restoring::try_orders(const Order& order, double& best) {  // NOLINT(misc-no-recursion): a few jobs
  double delay = 0;
  for (const auto& [service, at] : order.back) {
    delay += weight_of(topology_.service(service)) * static_cast<double>(at);
  }
  if (delay > best * (1 + 1e-12)) return;
  if (order.begun == (Jobs{1} << jobs_.size()) - 1) {
    Order rest = order;
    while (!rest.running.empty()) advance(rest);
    delay = 0;
    for (const auto& [service, at] : rest.back) {
      delay += weight_of(topology_.service(service)) * static_cast<double>(at);
    }
    best = std::min(best, delay);
    return;
  }
  for (std::size_t j = 0; j < jobs_.size(); ++j) {
    if ((order.begun >> j & 1U) != 0) continue;
    Order next = order;
    const auto is_free = [&] { return crews_ == 0 || jobs_[j].takes == 0 || next.running.size() < crews_; };
    bool possible = true;
    while (possible && !(is_free() && may_begin(j, next.begun, next.finished))) {
      possible = !next.running.empty();
      if (possible) advance(next);
    }
    if (!possible) continue;
    next.begun |= Jobs{1} << j;
    if (jobs_[j].takes == 0) {
      next.finished |= Jobs{1} << j;
      note_back(next);
    } else {
      next.running.push_back({j, next.now + jobs_[j].takes});
    }
    try_orders(next, best);
  }
}

double Restoring::least_delay() {
  double best = std::numeric_limits<double>::infinity();
  try_orders(Order{}, best);
  return best;
}

Up Restoring::started_by_hand(const std::vector<NodeId>& by_hand, const std::vector<NodeId>& loop) const {
  Up state = possible_;
  for (const NodeId n : loop) state[n] = false;
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeId n : loop) {
      if (state[n]) continue;
      if (!(holds(by_hand, n) ? law_.holds_by_hand(n, state, loop) : law_.holds(n, state))) continue;
      state[n] = true;
      changed = true;
    }
  }
  return state;
}

namespace {

bool all_systems(const Topology& topology, const std::vector<NodeId>& nodes) {
  return std::ranges::all_of(nodes, [&](NodeId n) { return kind_of(topology, n) == NodeKind::system; });
}

}  // namespace

std::string Restoring::fault_of_loops() const {
  // Without anybody's hand, everything that can start.
  const Up nobody(topology_.nodes.size(), false);
  const Up alone = law_.started(running_, nobody);
  Up all = possible_;
  for (const RestoreLoop& loop : loops_) {
    const auto covers = [&](const std::vector<NodeId>& by_hand) {
      const Up after = started_by_hand(by_hand, loop.members);
      return std::ranges::all_of(loop.members, [&](NodeId n) { return after[n]; });
    };
    for (const NodeId n : loop.members) {
      if (alone[n]) return std::string(topology_.nodes[n].id) + " is in a loop and starts by itself";
      if (!all[n]) return std::string(topology_.nodes[n].id) + " is in two loops, or can never be up";
      all[n] = false;
    }
    if (!covers(loop.by_hand)) return "a set by hand is not enough";
    if (!loop.smallest || loop.members.size() > 12) continue;
    for (std::uint32_t set = 0; set < std::uint32_t{1} << loop.members.size(); ++set) {
      std::vector<NodeId> smaller;
      for (std::size_t i = 0; i < loop.members.size(); ++i) {
        if ((set >> i & 1U) != 0) smaller.push_back(loop.members[i]);
      }
      if (smaller.size() < loop.by_hand.size() && covers(smaller)) return "a smaller set by hand is enough";
      const bool plainer = smaller.size() == loop.by_hand.size() && all_systems(topology_, smaller) &&
                           !all_systems(topology_, loop.by_hand);
      if (plainer && covers(smaller)) return "a set of systems is enough";
    }
  }
  Up by_hand = alone;
  for (const RestoreLoop& loop : loops_) {
    for (const NodeId n : loop.members) by_hand[n] = true;
  }
  const Up after = law_.started(by_hand, nobody);
  for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
    if (possible_[n] && !after[n]) return std::string(topology_.nodes[n].id) + " waits for a loop that is not named";
  }
  return {};
}

}  // namespace firebreak::oracle
