#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firebreak/ids.h"
#include "firebreak/patience.h"

namespace firebreak::solver {

using Variable = Id<struct VariableTag>;

/// A Boolean variable or its opposite.
class Literal {
 public:
  constexpr Literal() = default;
  constexpr explicit Literal(Variable variable, bool opposite = false)
      : code_(variable.index() * 2 + (opposite ? 1U : 0U)) {}

  [[nodiscard]] static constexpr Literal of_code(std::uint32_t code) {
    Literal result;
    result.code_ = code;
    return result;
  }
  [[nodiscard]] constexpr std::uint32_t code() const { return code_; }
  [[nodiscard]] constexpr Variable variable() const { return Variable(code_ / 2); }
  [[nodiscard]] constexpr bool valid() const { return code_ != kNone; }
  constexpr Literal operator~() const { return of_code(code_ ^ 1U); }
  friend constexpr auto operator<=>(Literal, Literal) = default;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::uint32_t code_ = kNone;
};

enum class Verdict : std::uint8_t { satisfiable, unsatisfiable, undecided };

/// Whether clauses can hold together: conflict-driven clause learning after Marques-Silva and Sakallah, "GRASP" (1996),
/// with watched literals and activities as in Moskewicz et al., "Chaff" (2001), and assumptions as in Eén and
/// Sörensson, "An extensible SAT-solver" (2003). Clauses may be added between questions, and what was learnt stays.
/// Variables are tried as false first. The same calls give the same answers.
class SatSolver {
 public:
  /// A variable that is `derived` is false unless clauses force it, and is not searched for: the caller sees to it that
  /// in each clause it gives, at most one literal is a derived variable that is not negated, unless another literal
  /// that is not negated is searched for.
  Variable add_variable(bool derived = false);
  [[nodiscard]] std::size_t variables() const { return level_.size(); }

  /// At least one of the literals holds. Cost: linear in them, and what follows at once.
  void add_clause(std::span<const Literal> given);
  void add_clause(std::initializer_list<Literal> literals) { add_clause(std::span(literals.begin(), literals.size())); }

  static constexpr std::uint64_t kNoLimit = ~std::uint64_t{0};

  /// Whether all clauses and the assumptions can hold. Undecided when patience has run out or more than so many
  /// decisions were made, the assumptions not counted. Cost: exponential in the worst case.
  [[nodiscard]] Verdict solve(std::span<const Literal> assumptions, const Patience& patience = {},
                              std::uint64_t most_decisions = kNoLimit);

  /// Whether it can be seen without deciding anything that the assumptions cannot hold: then `refuted` says which.
  [[nodiscard]] bool refutes(std::span<const Literal> assumptions);

  /// Whether a literal follows from the assumptions that `refutes` could last not refute, as far as that can be seen
  /// without deciding anything. To be asked before anything else.
  [[nodiscard]] bool follows(Literal literal) const { return truth(literal) == Truth::yes; }

  /// In the model last found.
  [[nodiscard]] bool holds(Literal literal) const { return model_[literal.variable()] == (literal.code() % 2 == 0); }

  /// After an unsatisfiable question: assumptions that cannot hold together; none when the clauses alone cannot.
  [[nodiscard]] const std::vector<Literal>& refuted() const { return refuted_; }

  /// What all questions so far have cost: the clauses looked at. A measure of time that is the same everywhere.
  [[nodiscard]] std::uint64_t effort() const { return effort_; }

 private:
  using Reference = std::uint32_t;  ///< where a clause begins in clauses_: its size, its rank, its literals
  static constexpr Reference kNoClause = ~Reference{0};
  static constexpr std::uint32_t kHeader = 2;
  static constexpr std::uint32_t kGiven = 0;  ///< the rank of clauses that are never forgotten

  struct Watch {
    Reference clause;
    Literal other;  ///< when it holds, so does the clause
    bool pair;      ///< `other` is all there is besides the literal watched
  };
  enum class Truth : std::uint8_t { no, yes, open };

  [[nodiscard]] Truth truth(Literal l) const { return truth_[l.code()]; }
  [[nodiscard]] std::uint32_t level() const { return static_cast<std::uint32_t>(levels_.size()); }
  [[nodiscard]] std::span<Literal> literals(Reference c) {
    return std::span(clauses_).subspan(c + kHeader, clauses_[c].code());
  }

  Reference store(std::span<const Literal> literals, std::uint32_t rank);
  void watch(Reference c);
  void set(Literal l, Reference because);
  [[nodiscard]] Reference propagate();
  void undo(std::uint32_t to_level);
  void keep_alike(std::span<const Literal> assumptions);
  void open_level(Literal assumption);
  void analyse(Reference conflict);
  void look_at(Literal l, std::uint32_t& open);
  [[nodiscard]] bool implied(Literal l);
  [[nodiscard]] std::uint32_t rank_of(std::span<const Literal> literals);
  void learn();
  void find_refuted(Literal assumption);
  void find_refuted(std::span<const Literal> false_ones);
  void raise(Variable v);
  void tidy();
  [[nodiscard]] Literal next_decision();
  [[nodiscard]] bool decide(std::span<const Literal> assumptions, Verdict& verdict);

  [[nodiscard]] bool busier(Variable a, Variable b) const { return activity_[a] > activity_[b]; }
  void sift_up(std::size_t at);
  void sift_down(std::size_t at);
  void queue(Variable v);

  std::vector<Literal> clauses_;
  std::vector<std::vector<Watch>> watches_;  ///< by literal: looked at when it becomes false
  std::vector<Truth> truth_;                 ///< by literal
  IdVector<Variable, std::uint32_t> level_;
  IdVector<Variable, Reference> reason_;
  IdVector<Variable, std::uint8_t> derived_;
  IdVector<Variable, std::uint8_t> preferred_;  ///< what it was last
  IdVector<Variable, std::uint8_t> seen_;
  IdVector<Variable, double> activity_;
  IdVector<Variable, std::uint32_t> place_;  ///< in queue_
  std::vector<Variable> queue_;              ///< a heap by activity
  std::vector<Literal> trail_;
  std::vector<std::uint32_t> levels_;  ///< where each begins in the trail
  std::vector<Literal> assumed_;       ///< of the lowest levels: the assumption that each stands for
  std::size_t propagated_ = 0;
  std::uint64_t effort_ = 0;
  double bump_ = 1;
  bool consistent_ = true;
  std::vector<Literal> learnt_;
  std::vector<Literal> cleared_;  ///< whose marks are to be taken away
  std::vector<std::uint64_t> level_stamp_;
  std::uint64_t stamp_ = 0;
  std::size_t learnt_clauses_ = 0;
  std::size_t most_learnt_ = 4000;
  std::size_t tidied_at_ = 0;  ///< what was known for good when it was tidied last
  std::vector<Literal> refuted_;
  IdVector<Variable, bool> model_;
};

}  // namespace firebreak::solver
