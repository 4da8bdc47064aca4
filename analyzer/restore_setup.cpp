// What is up at the beginning is asked of the need law, what can be up at all of its greatest fixed point with nothing
// off. Between the two lies what the plan is about. Started without limits, it shows which loops have to be broken by
// hand; then the network is cut out once more, in which these do not wait for their loops.

#include "analyzer/restore_setup.h"

#include <algorithm>

#include "analyzer/dark.h"
#include "analyzer/need_law.h"
#include "analyzer/standing.h"
#include "analyzer/start_by_hand.h"

namespace firebreak {

namespace {

class Setup {
 public:
  Setup(const Graph& graph, const Scenario& scenario, const RestoreOptions& options)
      : graph_(graph), options_(options) {
    result_.beginning = scenario;
    hold_dark_compromised();
  }

  RestoreSetup run() {
    const Mask mask(graph_, result_.beginning);
    make_frame(mask);
    network() = cut_out(mask, frame_);
    result_.loops = find_loops();
    if (!result_.loops.empty()) break_loops(mask);
    add_jobs();
    add_goals();
    mark_what_matters();
    return std::move(result_);
  }

  /// These alone, without a plan.
  [[nodiscard]] std::vector<RestoreLoop> loops() {
    const Mask mask(graph_, result_.beginning);
    make_frame(mask);
    network() = cut_out(mask, frame_);
    return find_loops();
  }

 private:
  [[nodiscard]] RestoreProblem& problem() { return result_.problem; }
  [[nodiscard]] StartNetwork& network() { return result_.problem.network; }

  /// What is compromised and dark, with every grace over, must not come back by itself, so it counts as switched off.
  void hold_dark_compromised() {
    Scenario& beginning = result_.beginning;
    std::ranges::sort(beginning.off);
    if (beginning.compromised.empty()) return;
    const Mask mask(graph_, beginning);
    NeedRun in_the_end = run_need(mask);
    in_the_end.fails.move_to_start();
    const IdVector<NodeId, std::uint8_t> dark = find_dark(mask, in_the_end);
    for (const NodeId n : beginning.compromised) {
      if (dark[n] != 0 && !mask.off(n)) result_.kept_off.push_back(n);
    }
    beginning.off.insert(beginning.off.end(), result_.kept_off.begin(), result_.kept_off.end());
    std::ranges::sort(beginning.off);
  }

  void make_frame(const Mask& mask) {
    const NeedRun run = run_need(mask);
    frame_.running.assign(run.fails.size(), 0);
    for (const VertexId v : ids<VertexId>(run.fails.size())) frame_.running[v] = run.fails[v] == kNever ? 1 : 0;
    frame_.possible = standing(mask, Counted::to_start, IdVector<NodeId, std::uint8_t>(graph_.node_count, 1));
    frame_.held.assign(graph_.node_count, 0);
    for (const NodeId n : result_.beginning.off) frame_.held[n] = 1;
    frame_.loop.assign(graph_.node_count, StartFrame::kNoLoop);
    frame_.by_hand.assign(graph_.node_count, 0);
    result_.running.resize(graph_.node_count);
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      result_.running[n] = frame_.running[VertexId(n.index())];
      if (graph_.kind[n] == NodeKind::service && result_.running[n] == 0) result_.down.push_back(n);
    }
  }

  /// Everything started that can be.
  [[nodiscard]] StartState started() {
    StartState state(network());
    std::vector<PendingId> open;
    for (const PendingId p : ids<PendingId>(network().size())) {
      if (network().held[p]) open.push_back(p);
    }
    for (bool any = true; any;) {
      any = false;
      std::erase_if(open, [&](PendingId p) {
        if (!state.ready(p)) return false;
        state.finish(p);
        any = true;
        return true;
      });
    }
    return state;
  }

  [[nodiscard]] std::vector<RestoreLoop> find_loops() {
    const StartState state = started();
    IdVector<PendingId, std::uint8_t> stuck(network().size(), 0);
    bool any = false;
    for (const PendingId p : ids<PendingId>(network().size())) {
      if (state.up(p)) continue;
      stuck[p] = 1;
      any = true;
    }
    if (!any) return {};
    return find_start_loops(graph_, network(), stuck, result_.beginning.compromised, options_.patience);
  }

  void break_loops(const Mask& mask) {
    for (std::uint32_t i = 0; i < result_.loops.size(); ++i) {
      const RestoreLoop& loop = result_.loops[i];
      const auto is_link = [&](NodeId n) { return graph_.kind[n] == NodeKind::link; };
      frame_.loop_has_links.push_back(std::ranges::any_of(loop.members, is_link) ? 1 : 0);
      for (const NodeId n : loop.members) frame_.loop[n] = i;
      for (const NodeId n : loop.by_hand) {
        frame_.by_hand[n] = 1;
        frame_.held[n] = 1;
      }
    }
    network() = cut_out(mask, frame_);
  }

  void add_jobs() {
    problem().crews = options_.crews;
    problem().off = result_.beginning.off;
    problem().compromised = result_.beginning.compromised;
    IdVector<NodeId, JobId> rebuild(graph_.node_count);
    for (const NodeId n : problem().compromised) {
      rebuild[n] = problem().jobs.push_back({n, RestoreJob::rebuild, graph_.rebuild[n], {}, {}});
    }
    const StartState state = started();
    for (const NodeId n : ids<NodeId>(graph_.node_count)) {
      if (frame_.held[n] == 0) continue;
      const PendingId pending = network().of[n];
      if (!pending.valid() || !state.up(pending)) {
        result_.stays_off.push_back(n);
        continue;
      }
      problem().jobs.push_back({n, RestoreJob::start, graph_.start[n], rebuild[n], pending, frame_.by_hand[n] != 0});
    }
  }

  void add_goals() {
    const IdVector<PendingId, std::uint8_t> runs = started().running();
    problem().goal_of.resize(network().size());
    for (const NodeId n : result_.down) {
      const PendingId pending = network().of[n];
      if (!pending.valid() || runs[pending] == 0) continue;
      problem().goal_of[pending] = problem().goals.push_back({n, pending, graph_.weight[n]});
    }
  }

  /// Whatever a service can wait for, on any way.
  void mark_what_matters() {
    IdVector<PendingId, std::vector<PendingId>> behind(network().size());
    for (const PendingId p : ids<PendingId>(network().size())) {
      for (const StartNetwork::Output& output : network().outputs[p]) behind[output.to].push_back(p);
      for (const StartNetwork::Output& output : network().run_outputs[p]) behind[output.to].push_back(p);
    }
    IdVector<PendingId, std::uint8_t> seen(network().size(), 0);
    IdVector<PendingId, std::uint8_t> is_meeting(network().size(), 0);
    for (const StartNetwork::Meeting& meeting : network().meetings) is_meeting[meeting.meeting] = 1;
    std::vector<PendingId> open;
    const auto visit = [&](PendingId p) {
      if (seen[p] != 0) return;
      seen[p] = 1;
      open.push_back(p);
    };
    for (const RestoreProblem::Goal& goal : problem().goals) {
      if (goal.weight > 0) visit(goal.pending);
    }
    while (!open.empty()) {
      const PendingId p = open.back();
      open.pop_back();
      for (const PendingId input : behind[p]) visit(input);
      if (is_meeting[p] == 0) continue;
      for (const StartNetwork::Join& join : network().joins) visit(join.link);
    }
    for (RestoreProblem::Job& job : problem().jobs) {
      if (job.type == RestoreJob::rebuild || seen[job.pending] == 0) continue;
      job.matters = true;
      if (job.rebuild.valid()) problem().jobs[job.rebuild].matters = true;
    }
  }

  const Graph& graph_;
  const RestoreOptions& options_;
  StartFrame frame_;
  RestoreSetup result_;
};

}  // namespace

std::vector<RestoreLoop> loops_if_all_off(const Graph& graph, const Patience& patience) {
  Scenario everything;
  for (const NodeId n : ids<NodeId>(graph.node_count)) {
    if (graph.kind[n] != NodeKind::zone && graph.kind[n] != NodeKind::customer) everything.off.push_back(n);
  }
  return Setup(graph, everything, {.patience = patience}).loops();
}

RestoreSetup set_up(const Graph& graph, const Scenario& scenario, const RestoreOptions& options) {
  return Setup(graph, scenario, options).run();
}

}  // namespace firebreak
