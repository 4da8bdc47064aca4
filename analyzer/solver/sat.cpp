// A literal that becomes false is looked for in the clauses that watch it, and these find another or force their last.
// Where a clause fails, what led there is resolved to a new clause that would have forced something earlier, at the
// level where one literal of the last decision is left. What is active in conflicts is decided first.

#include "analyzer/solver/sat.h"

#include <algorithm>

namespace firebreak::solver {

namespace {

constexpr std::uint32_t kNowhere = ~std::uint32_t{0};
constexpr std::uint64_t kConflictsPerRun = 64;
constexpr std::uint64_t kConflictsPerPatience = 256;

/// 1 1 2 1 1 2 4 …: Luby, Sinclair and Zuckerman, "Optimal speedup of Las Vegas algorithms" (1993). From 0.
std::uint64_t luby(std::uint64_t i) {
  std::uint64_t size = 1;
  std::uint64_t value = 1;
  while (size < i + 1) {
    size = 2 * size + 1;
    value *= 2;
  }
  while (size - 1 != i) {
    size = (size - 1) / 2;
    value /= 2;
    i %= size;
  }
  return value;
}

}  // namespace

Variable SatSolver::add_variable(bool derived) {
  const Variable v(level_.size());
  level_.push_back(0);
  reason_.push_back(kNoClause);
  derived_.push_back(derived ? 1 : 0);
  preferred_.push_back(0);
  seen_.push_back(0);
  activity_.push_back(0);
  place_.push_back(kNowhere);
  model_.push_back(false);
  watches_.resize(watches_.size() + 2);
  truth_.resize(truth_.size() + 2, Truth::open);
  level_stamp_.push_back(0);
  queue(v);
  return v;
}

SatSolver::Reference SatSolver::store(std::span<const Literal> literals, std::uint32_t rank) {
  const auto c = static_cast<Reference>(clauses_.size());
  clauses_.push_back(Literal::of_code(static_cast<std::uint32_t>(literals.size())));
  clauses_.push_back(Literal::of_code(rank));
  clauses_.insert(clauses_.end(), literals.begin(), literals.end());
  return c;
}

void SatSolver::watch(Reference c) {
  const std::span<const Literal> l = literals(c);
  const bool pair = l.size() == 2;
  watches_[l[0].code()].push_back({c, l[1], pair});
  watches_[l[1].code()].push_back({c, l[0], pair});
}

void SatSolver::add_clause(std::span<const Literal> given) {
  if (!consistent_) return;
  undo(0);
  std::vector<Literal> kept(given.begin(), given.end());
  std::ranges::sort(kept);
  std::size_t size = 0;
  for (const Literal l : kept) {
    if (truth(l) == Truth::yes) return;
    if (truth(l) == Truth::no || (size > 0 && kept[size - 1] == l)) continue;
    if (size > 0 && kept[size - 1] == ~l) return;
    kept[size++] = l;
  }
  kept.resize(size);
  if (kept.size() > 1) {
    watch(store(kept, kGiven));
    return;
  }
  if (!kept.empty()) set(kept.front(), kNoClause);
  consistent_ = !kept.empty() && propagate() == kNoClause;
}

void SatSolver::set(Literal l, Reference because) {
  const Variable v = l.variable();
  truth_[l.code()] = Truth::yes;
  truth_[(~l).code()] = Truth::no;
  level_[v] = level();
  reason_[v] = because;
  trail_.push_back(l);
}

SatSolver::Reference SatSolver::propagate() {
  while (propagated_ < trail_.size()) {
    const Literal fell = ~trail_[propagated_++];
    std::vector<Watch>& list = watches_[fell.code()];
    effort_ += 1 + list.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Watch w = list[i];
      if (truth(w.other) == Truth::yes) {
        list[kept++] = w;
        continue;
      }
      Literal first = w.other;
      if (!w.pair) {
        const std::span<Literal> l = literals(w.clause);
        if (l[0] == fell) std::swap(l[0], l[1]);
        first = l[0];
        if (first != w.other && truth(first) == Truth::yes) {
          list[kept++] = {w.clause, first, false};
          continue;
        }
        const auto other = std::find_if(l.begin() + 2, l.end(), [&](Literal m) { return truth(m) != Truth::no; });
        if (other != l.end()) {
          std::swap(l[1], *other);
          watches_[l[1].code()].push_back({w.clause, first, false});
          continue;
        }
      }
      list[kept++] = {w.clause, first, w.pair};
      if (truth(first) == Truth::no) {
        while (++i < list.size()) list[kept++] = list[i];
        list.resize(kept);
        return w.clause;
      }
      set(first, w.clause);
    }
    list.resize(kept);
  }
  return kNoClause;
}

void SatSolver::undo(std::uint32_t to_level) {
  if (level() <= to_level) return;
  while (trail_.size() > levels_[to_level]) {
    const Literal l = trail_.back();
    trail_.pop_back();
    truth_[l.code()] = Truth::open;
    truth_[(~l).code()] = Truth::open;
    preferred_[l.variable()] = l.code() % 2 == 0 ? 1 : 0;
    queue(l.variable());
  }
  levels_.resize(to_level);
  if (assumed_.size() > to_level) assumed_.resize(to_level);
  propagated_ = trail_.size();
}

/// Goes back as far as the assumptions are others than they were. What follows from those before stands already; so
/// questions that begin alike are cheap one after the other.
void SatSolver::keep_alike(std::span<const Literal> assumptions) {
  const auto [ours, theirs] = std::ranges::mismatch(assumed_, assumptions);
  undo(static_cast<std::uint32_t>(ours - assumed_.begin()));
}

void SatSolver::open_level(Literal assumption) {
  levels_.push_back(static_cast<std::uint32_t>(trail_.size()));
  assumed_.push_back(assumption);
}

/// Counts a literal of a clause that failed, or of one that led there.
void SatSolver::look_at(Literal l, std::uint32_t& open) {
  const Variable v = l.variable();
  if (seen_[v] != 0 || level_[v] == 0) return;
  seen_[v] = 1;
  cleared_.push_back(l);
  raise(v);
  if (level_[v] == level()) {
    ++open;
  } else {
    learnt_.push_back(l);
  }
}

void SatSolver::analyse(Reference conflict) {
  learnt_.assign(1, Literal());
  std::uint32_t open = 0;
  std::size_t at = trail_.size();
  Literal resolved;
  for (Reference c = conflict;; c = reason_[resolved.variable()]) {
    for (const Literal l : literals(c)) {
      if (l != resolved) look_at(l, open);
    }
    do {
      resolved = trail_[--at];
    } while (seen_[resolved.variable()] == 0);
    if (--open == 0) break;
  }
  learnt_[0] = ~resolved;
  const auto rest = std::remove_if(learnt_.begin() + 1, learnt_.end(), [&](Literal l) { return implied(l); });
  learnt_.erase(rest, learnt_.end());
  for (const Literal l : cleared_) seen_[l.variable()] = 0;
  cleared_.clear();
}

/// Whether the other literals of the clause being learnt imply this one's opposite: Sörensson and Biere, "Minimizing
/// learned clauses" (2009).
bool SatSolver::implied(Literal literal) {
  if (reason_[literal.variable()] == kNoClause) return false;
  std::vector<Literal> open{literal};
  const std::size_t before = cleared_.size();
  while (!open.empty()) {
    const Literal next = open.back();
    open.pop_back();
    for (const Literal l : literals(reason_[next.variable()])) {
      const Variable v = l.variable();
      if (seen_[v] != 0 || level_[v] == 0 || v == next.variable()) continue;
      if (reason_[v] == kNoClause) {
        while (cleared_.size() > before) {
          seen_[cleared_.back().variable()] = 0;
          cleared_.pop_back();
        }
        return false;
      }
      seen_[v] = 1;
      cleared_.push_back(l);
      open.push_back(l);
    }
  }
  return true;
}

/// How many levels a clause spans: Audemard and Simon, "Predicting learnt clauses quality in modern SAT solvers"
/// (2009).
std::uint32_t SatSolver::rank_of(std::span<const Literal> literals) {
  ++stamp_;
  std::uint32_t count = 0;
  for (const Literal l : literals) {
    std::uint64_t& stamp = level_stamp_[level_[l.variable()]];
    if (stamp != stamp_) ++count;
    stamp = stamp_;
  }
  return count;
}

void SatSolver::learn() {
  if (learnt_.size() == 1) {
    undo(0);
    set(learnt_[0], kNoClause);
    return;
  }
  const auto deeper = [this](Literal a, Literal b) { return level_[a.variable()] < level_[b.variable()]; };
  std::iter_swap(learnt_.begin() + 1, std::max_element(learnt_.begin() + 1, learnt_.end(), deeper));
  const std::uint32_t rank = rank_of(learnt_);
  undo(level_[learnt_[1].variable()]);
  const Reference c = store(learnt_, rank);
  watch(c);
  ++learnt_clauses_;
  set(learnt_[0], c);
}

/// Keeps the assumptions that the opposite of one of them follows from, and that one.
void SatSolver::find_refuted(Literal assumption) {
  find_refuted(std::span(&assumption, 1));
  refuted_.insert(refuted_.begin(), assumption);
}

/// Keeps the assumptions that make all of these false.
void SatSolver::find_refuted(std::span<const Literal> false_ones) {
  refuted_.clear();
  if (level() == 0) return;
  for (const Literal l : false_ones) {
    if (level_[l.variable()] > 0) seen_[l.variable()] = 1;
  }
  for (std::size_t at = trail_.size(); at > levels_[0];) {
    const Literal l = trail_[--at];
    const Variable v = l.variable();
    if (seen_[v] == 0) continue;
    seen_[v] = 0;
    if (reason_[v] == kNoClause) {
      refuted_.push_back(l);
      continue;
    }
    for (const Literal m : literals(reason_[v])) {
      if (level_[m.variable()] > 0) seen_[m.variable()] = 1;
    }
    seen_[v] = 0;
  }
}

void SatSolver::raise(Variable v) {
  constexpr double kMost = 1e100;
  activity_[v] += bump_;
  if (activity_[v] > kMost) {
    for (double& a : activity_) a /= kMost;
    bump_ /= kMost;
  }
  if (place_[v] != kNowhere) sift_up(place_[v]);
}

/// Forgets clauses that hold for good, and the half of those learnt that span the most levels.
void SatSolver::tidy() {
  std::vector<std::uint32_t> ranks;
  for (std::size_t c = 0; c < clauses_.size(); c += kHeader + clauses_[c].code()) {
    if (clauses_[c + 1].code() != kGiven) ranks.push_back(clauses_[c + 1].code());
  }
  constexpr std::uint32_t kAlwaysKept = 2;
  std::uint32_t worst = ~std::uint32_t{0};
  if (learnt_clauses_ >= most_learnt_ && !ranks.empty()) {
    const auto middle = ranks.begin() + static_cast<std::ptrdiff_t>(ranks.size() / 2);
    std::ranges::nth_element(ranks, middle);
    worst = std::max(*middle, kAlwaysKept + 1);
    most_learnt_ += most_learnt_ / 10;
  }
  for (std::vector<Watch>& list : watches_) list.clear();
  std::vector<Literal> old;
  old.swap(clauses_);
  clauses_.reserve(old.size());
  learnt_clauses_ = 0;
  std::vector<Literal> kept;
  for (std::size_t c = 0; c < old.size(); c += kHeader + old[c].code()) {
    const std::uint32_t rank = old[c + 1].code();
    if (rank != kGiven && rank >= worst) continue;
    kept.clear();
    bool holds = false;
    for (const Literal l : std::span(old).subspan(c + kHeader, old[c].code())) {
      holds = holds || truth(l) == Truth::yes;
      if (truth(l) == Truth::open) kept.push_back(l);
    }
    if (holds) continue;
    watch(store(kept, rank));
    if (rank != kGiven) ++learnt_clauses_;
  }
  tidied_at_ = trail_.size();
}

Literal SatSolver::next_decision() {
  while (!queue_.empty()) {
    const Variable v = queue_.front();
    place_[v] = kNowhere;
    const Variable last = queue_.back();
    queue_.pop_back();
    if (!queue_.empty()) {
      queue_.front() = last;
      place_[last] = 0;
      sift_down(0);
    }
    if (truth(Literal(v)) == Truth::open) return Literal(v, preferred_[v] == 0);
  }
  return {};
}

/// Sets the next assumption, or else decides something; false, with the verdict, when there is nothing to decide.
bool SatSolver::decide(std::span<const Literal> assumptions, Verdict& verdict) {
  while (level() < assumptions.size()) {
    const Literal next = assumptions[level()];
    if (truth(next) == Truth::no) {
      find_refuted(next);
      verdict = Verdict::unsatisfiable;
      return false;
    }
    open_level(next);
    if (truth(next) == Truth::open) {
      set(next, kNoClause);
      return true;
    }
  }
  const Literal next = next_decision();
  if (!next.valid()) {
    model_.assign(model_.size(), false);
    for (const Literal l : trail_) model_[l.variable()] = l.code() % 2 == 0;
    verdict = Verdict::satisfiable;
    return false;
  }
  levels_.push_back(static_cast<std::uint32_t>(trail_.size()));
  set(next, kNoClause);
  return true;
}

Verdict SatSolver::solve(std::span<const Literal> assumptions, const Patience& patience, std::uint64_t most_decisions) {
  refuted_.clear();
  keep_alike(assumptions);
  if (learnt_clauses_ >= most_learnt_) undo(0);
  level_stamp_.resize(level_.size() + assumptions.size() + 1, 0);
  std::uint64_t conflicts = 0;
  std::uint64_t decisions = 0;
  std::uint64_t run = 0;
  std::uint64_t run_ends = kConflictsPerRun * luby(run);
  Verdict verdict = Verdict::unsatisfiable;
  while (consistent_) {
    const Reference conflict = propagate();
    if (conflict != kNoClause) {
      if (level() == 0) {
        consistent_ = false;
        break;
      }
      analyse(conflict);
      learn();
      bump_ /= 0.95;
      ++conflicts;
      if (conflicts % kConflictsPerPatience == 0 && has_run_out(patience)) {
        undo(0);
        return Verdict::undecided;
      }
      continue;
    }
    if (conflicts >= run_ends) {
      run_ends = conflicts + kConflictsPerRun * luby(++run);
      const bool full = learnt_clauses_ >= most_learnt_;
      undo(full ? 0 : static_cast<std::uint32_t>(assumptions.size()));
      continue;
    }
    if (level() == 0 && (learnt_clauses_ >= most_learnt_ || trail_.size() > tidied_at_ + clauses_.size() / 64)) tidy();
    if (level() >= assumptions.size() && ++decisions > most_decisions) {
      verdict = Verdict::undecided;
      break;
    }
    if (!decide(assumptions, verdict)) break;
  }
  undo(static_cast<std::uint32_t>(assumed_.size()));
  return verdict;
}

bool SatSolver::refutes(std::span<const Literal> assumptions) {
  refuted_.clear();
  keep_alike(assumptions);
  bool refuted = !consistent_;
  while (!refuted && level() < assumptions.size()) {
    const Literal next = assumptions[level()];
    refuted = truth(next) == Truth::no;
    if (refuted) {
      find_refuted(next);
      break;
    }
    open_level(next);
    if (truth(next) == Truth::yes) continue;
    set(next, kNoClause);
    const Reference conflict = propagate();
    refuted = conflict != kNoClause;
    if (!refuted) continue;
    find_refuted(literals(conflict));
    undo(level() - 1);  // not all that follows stands there
  }
  return refuted;
}

void SatSolver::queue(Variable v) {
  if (place_[v] != kNowhere || derived_[v] != 0) return;
  place_[v] = static_cast<std::uint32_t>(queue_.size());
  queue_.push_back(v);
  sift_up(queue_.size() - 1);
}

void SatSolver::sift_up(std::size_t at) {
  const Variable v = queue_[at];
  while (at > 0) {
    const std::size_t above = (at - 1) / 2;
    if (!busier(v, queue_[above])) break;
    queue_[at] = queue_[above];
    place_[queue_[at]] = static_cast<std::uint32_t>(at);
    at = above;
  }
  queue_[at] = v;
  place_[v] = static_cast<std::uint32_t>(at);
}

void SatSolver::sift_down(std::size_t at) {
  const Variable v = queue_[at];
  for (std::size_t below = 2 * at + 1; below < queue_.size(); below = 2 * at + 1) {
    if (below + 1 < queue_.size() && busier(queue_[below + 1], queue_[below])) ++below;
    if (!busier(queue_[below], v)) break;
    queue_[at] = queue_[below];
    place_[queue_[at]] = static_cast<std::uint32_t>(at);
    at = below;
  }
  queue_[at] = v;
  place_[v] = static_cast<std::uint32_t>(at);
}

}  // namespace firebreak::solver
