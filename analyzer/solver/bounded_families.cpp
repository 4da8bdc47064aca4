// A set of a family has the variable on top or has not; so every question parts into questions about smaller families.
// Of the sets with the variable those are left out that hold one without it. What would grow past the bound is dropped
// where it begins, and that something was dropped is remembered with the result.

#include "analyzer/solver/bounded_families.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace firebreak::solver {

namespace {

constexpr std::uint8_t kNoSet = 255;  ///< the smallest set of a family that has none
// In a cache, beside an operand how large sets may be, and beside a result that something was dropped.
constexpr std::uint32_t kBoundShift = 24;
constexpr DiagramId kCut = DiagramId{1} << 31U;

}  // namespace

BoundedFamilies::BoundedFamilies(std::size_t most_size, std::size_t most_nodes, const Patience& patience)
    : most_(static_cast<std::uint8_t>(std::min<std::size_t>(most_size, kNoSet - 1))),
      table_(std::min<std::size_t>(most_nodes, std::size_t{1} << kBoundShift), patience),
      smallest_{kNoSet, 0},
      largest_{0, 0} {}

DiagramId BoundedFamilies::node(std::uint32_t level, DiagramId without, DiagramId with) {
  if (with == 0) return without;
  const DiagramId made = table_.node(level, without, with);
  if (made == kNoDiagram || made < smallest_.size()) return made;
  smallest_.push_back(std::min(smallest_[without], static_cast<std::uint8_t>(smallest_[with] + 1)));
  largest_.push_back(std::max(largest_[without], static_cast<std::uint8_t>(largest_[with] + 1)));
  return made;
}

BoundedFamilies::Result BoundedFamilies::either(Result a, Result b) {
  Result result = run({Step::either, a.family, b.family, most_});
  result.cut = result.cut || a.cut || b.cut;
  return result;
}

BoundedFamilies::Result BoundedFamilies::both(Result a, Result b) {
  Result result = run({Step::both, a.family, b.family, most_});
  result.cut = result.cut || a.cut || b.cut;
  return result;
}

BoundedFamilies::Result BoundedFamilies::at_least(std::size_t threshold, std::vector<Result> members) {
  // What lies deepest comes first, so that what is put together last is near the top.
  std::ranges::sort(members, std::greater<>(),
                    [&](const Result& m) { return std::pair(table_[m.family].level, m.family); });
  std::vector<Result> held(threshold + 1);  // by count: a set of each of so many of those seen
  held[0].family = 1;
  std::size_t left = members.size();
  for (const Result& member : members) {
    --left;
    for (std::size_t count = threshold; count > 0; --count) {
      if (count + left < threshold) break;  // too few are still to come
      const Result one_more = both(member, held[count - 1]);
      if (one_more.family == kNoDiagram) return one_more;
      held[count] = either(held[count], one_more);
      if (held[count].family == kNoDiagram) return held[count];
    }
  }
  return held[threshold];
}

BoundedFamilies::Result BoundedFamilies::run(const Call& call) {
  if (begin(call)) return result_;
  while (!frames_.empty()) {
    if (advance()) continue;
    frames_.clear();
    return {kNoDiagram, true};
  }
  return result_;
}

DiagramId BoundedFamilies::key(const Call& call) {
  const bool bounded = call.step == Step::both || call.step == Step::bound;
  return bounded ? call.b | DiagramId{call.most} << kBoundShift : call.b;
}

bool BoundedFamilies::answer(DiagramId family, bool cut) {
  result_ = {family, cut};
  return true;
}

bool BoundedFamilies::begin(Call call) {
  if (call.step == Step::both && (call.a == 1 || call.b == 1 || call.a == call.b)) {
    call = {Step::bound, call.a == 1 ? call.b : call.a, 0, call.most};
  }
  if ((call.step == Step::either || call.step == Step::both) && call.a > call.b) std::swap(call.a, call.b);
  if (call.step == Step::without) {
    while (call.a > 1 && call.b > 1 && table_[call.b].level < table_[call.a].level) call.b = table_[call.b].without;
  }
  if (known(call)) return true;
  const DiagramId found = cache(call).find(call.a, key(call));
  if (found != kNoDiagram) return answer(found & ~kCut, (found & kCut) != 0);
  frames_.push_back({call});
  return false;
}

bool BoundedFamilies::known(const Call& call) {
  const auto [step, a, b, most] = call;
  switch (step) {
    case Step::either:
      if (a == b || a == 0) return answer(b, false);
      return a == 1 && answer(1, false);
    case Step::both:
      if (a == 0) return answer(0, false);
      return std::max(smallest_[a], smallest_[b]) > most && answer(0, true);
    case Step::without:
      if (a == 0 || b == 1 || a == b) return answer(0, false);
      return (b == 0 || a == 1 || smallest_[b] > largest_[a]) && answer(a, false);
    case Step::bound:
      if (a <= 1 || largest_[a] <= most) return answer(a, false);
      return smallest_[a] > most && answer(0, true);
  }
  return false;
}

BoundedFamilies::Parting BoundedFamilies::part(const Call& call) const {
  const DiagramNode& a = table_[call.a];
  const DiagramNode& b = table_[call.b];
  const std::uint32_t level = std::min(a.level, b.level);
  Parting at{level, call.a, 0, call.b, 0, a.level == level, b.level == level};
  if (at.in_a) {
    at.a0 = a.without;
    at.a1 = a.with;
  }
  if (at.in_b) {
    at.b0 = b.without;
    at.b1 = b.with;
  }
  return at;
}

bool BoundedFamilies::advance() {
  Frame& frame = frames_.back();
  if (frame.stage > 0) frame.cut = frame.cut || result_.cut;
  const Parting at = part(frame.call);
  switch (frame.call.step) {
    case Step::either:
      return go_either(frame, at);
    case Step::both:
      return go_both(frame, at);
    case Step::without:
      return go_without(frame, at);
    case Step::bound:
      break;
  }
  return go_bound(frame, at);
}

bool BoundedFamilies::finish(DiagramId family) {
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (family == kNoDiagram) return false;
  DiagramCache& known = cache(frame.call);
  known.remember(frame.call.a, key(frame.call), frame.cut ? family | kCut : family);
  known.fit(table_.size());
  return answer(family, frame.cut);
}

// Each of these goes on from one question to the next as long as their results are known at once. A frame may have
// moved when a question has put up another one, so nothing of it is touched then.

bool BoundedFamilies::go_either(Frame& frame, const Parting& at) {
  const std::uint8_t most = frame.call.most;
  if (frame.stage == 0) {
    frame.stage = 1;
    if (!begin({Step::either, at.a0, at.b0, most})) return true;
  }
  if (frame.stage == 1) {
    frame.first = result_.family;
    frame.stage = 2;
    if (!begin({Step::either, at.a1, at.b1, most})) return true;
  }
  if (frame.stage == 2) {
    frame.stage = 3;
    if (!begin({Step::without, result_.family, frame.first, most})) return true;
  }
  return finish(node(at.level, frame.first, result_.family));
}

bool BoundedFamilies::go_both(Frame& frame, const Parting& at) {
  const std::uint8_t most = frame.call.most;
  const auto less = static_cast<std::uint8_t>(most - 1);
  const bool two = at.in_a && at.in_b;
  if (frame.stage == 0) {
    frame.stage = 1;
    if (!begin({Step::both, at.a0, at.b0, most})) return true;
  }
  if (frame.stage == 1) {
    frame.cut = frame.cut || result_.cut;
    frame.first = result_.family;
    frame.stage = two ? 2 : 5;
    const Call next = two ? Call{Step::either, at.b0, at.b1, most}
                          : Call{Step::both, at.in_a ? at.a1 : at.a0, at.in_a ? at.b0 : at.b1, less};
    if (!begin(next)) return true;
  }
  if (frame.stage == 2) {
    frame.stage = 3;
    if (!begin({Step::both, at.a1, result_.family, less})) return true;
  }
  if (frame.stage == 3) {
    frame.cut = frame.cut || result_.cut;
    frame.second = result_.family;
    frame.stage = 4;
    if (!begin({Step::both, at.a0, at.b1, less})) return true;
  }
  if (frame.stage == 4) {
    frame.cut = frame.cut || result_.cut;
    frame.stage = 5;
    if (!begin({Step::either, frame.second, result_.family, most})) return true;
  }
  if (frame.stage == 5) {
    frame.cut = frame.cut || result_.cut;
    frame.stage = 6;
    if (!begin({Step::without, result_.family, frame.first, most})) return true;
  }
  return finish(node(at.level, frame.first, result_.family));
}

bool BoundedFamilies::go_without(Frame& frame, const Parting& at) {
  const std::uint8_t most = frame.call.most;
  if (frame.stage == 0) {
    frame.stage = 1;
    if (!begin({Step::without, at.a0, at.b0, most})) return true;
  }
  if (frame.stage == 1) {
    frame.first = result_.family;
    frame.stage = 2;
    if (!begin({Step::without, at.a1, at.b0, most})) return true;
  }
  if (frame.stage == 2) {
    frame.stage = 3;
    if (at.in_b && !begin({Step::without, result_.family, at.b1, most})) return true;
  }
  return finish(node(at.level, frame.first, result_.family));
}

bool BoundedFamilies::go_bound(Frame& frame, const Parting& at) {
  const std::uint8_t most = frame.call.most;
  if (frame.stage == 0) {
    frame.stage = 1;
    if (!begin({Step::bound, at.a0, 0, most})) return true;
  }
  if (frame.stage == 1) {
    frame.cut = frame.cut || result_.cut;
    frame.first = result_.family;
    frame.stage = 2;
    if (!begin({Step::bound, at.a1, 0, static_cast<std::uint8_t>(most - 1)})) return true;
  }
  frame.cut = frame.cut || result_.cut;
  return finish(node(at.level, frame.first, result_.family));
}

}  // namespace firebreak::solver
