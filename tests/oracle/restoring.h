#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "firebreak/restore.h"
#include "firebreak/topology.h"

#include "tests/oracle/start_law.h"

/// Restoring: docs/model.md, "Restoring". Which loops there are and who is started by hand is taken from the plan that
/// is judged; whether that is right is a question of its own.
namespace firebreak::oracle {

class Restoring {
 public:
  Restoring(const Topology& topology, const Scenario& scenario, const std::vector<RestoreLoop>& loops,
            std::uint32_t crews);

  /// How many jobs there are.
  [[nodiscard]] std::size_t jobs() const { return jobs_.size(); }

  /// What is wrong with a plan; empty = nothing.
  [[nodiscard]] std::string fault_of(const Restoration& plan);

  /// The least weighted delay over all orders of beginning.
  [[nodiscard]] double least_delay();

  /// What is wrong with the loops: a member that starts by itself, something stuck that is in none, a set by hand that
  /// is not enough or not the smallest.
  [[nodiscard]] std::string fault_of_loops() const;

 private:
  using Jobs = std::uint32_t;  ///< a set of them, by bit
  struct Job {
    NodeId node;
    RestoreJob type = RestoreJob::start;
    Seconds takes = 0;
  };
  struct Running {
    std::size_t job;
    Seconds finish;
  };
  struct Order {
    Jobs begun = 0;
    Jobs finished = 0;
    Seconds now = 0;
    std::vector<Running> running;
    std::map<NodeId, Seconds> back;
  };

  [[nodiscard]] std::optional<std::size_t> job(NodeId n, RestoreJob type) const;
  [[nodiscard]] const Up& up(Jobs finished);
  [[nodiscard]] const Up& working(Jobs finished);
  [[nodiscard]] bool safe(Jobs begun, Jobs finished);
  [[nodiscard]] bool may_begin(std::size_t j, Jobs begun, Jobs finished);
  [[nodiscard]] const std::vector<NodeId>* loop_by_hand(NodeId n) const;
  [[nodiscard]] std::string fault_of_waiting(const Restoration& plan);
  /// What is wrong with jobs that begin at these times; else when each service is back.
  [[nodiscard]] std::string replay(const std::vector<Seconds>& begins, std::map<NodeId, Seconds>& back);
  /// A job that could begin earlier, all else being as it is.
  [[nodiscard]] std::string fault_of_idling(const std::vector<Seconds>& begins);
  void note_back(Order& order);
  void advance(Order& order);
  void try_orders(const Order& order, double& best);
  [[nodiscard]] Up started_by_hand(const std::vector<NodeId>& by_hand, const std::vector<NodeId>& loop) const;

  const Topology& topology_;
  Scenario beginning_;
  const std::vector<RestoreLoop>& loops_;
  std::uint32_t crews_;
  StartLaw law_;
  Up running_;
  Up possible_;
  Up held_;
  std::vector<NodeId> off_;
  std::vector<Job> jobs_;
  IdVector<NodeId, bool> reached_before_;
  std::map<Jobs, Up> ups_;
  std::map<Jobs, Up> workings_;
  std::map<std::pair<Jobs, Jobs>, bool> safes_;
};

}  // namespace firebreak::oracle
