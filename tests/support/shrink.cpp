#include <algorithm>
#include <limits>

#include "tests/support/world.h"

// All ways to make a world smaller by one thing are numbered in the order of one walk over it. The walk is done on a
// copy, and the thing with the number asked for is left out. Shrinking tries the numbers in turn and keeps every copy
// that still fails.

namespace firebreak::support {

namespace {

class Cut {
 public:
  explicit Cut(std::size_t number) : number_(number) {}

  /// How many ways the walk has passed.
  [[nodiscard]] std::size_t passed() const { return passed_; }

  void operator()(ZoneDecl& d) {
    words({&d.parent});
    list(d.cidr);
  }
  void operator()(SiteDecl& d) {
    words({&d.parent});
    needs(d.needs);
  }
  void operator()(SystemDecl& d) {
    words({&d.zone, &d.site, &d.runs_on, &d.kind, &d.effort, &d.start, &d.rebuild});
    list(d.address);
    list(d.tags);
    needs(d.needs);
    given(d.exposes);
    if (d.exposes) list(*d.exposes);
    given(d.managed_by);
    given(d.cost);
    flag(d.critical);
  }
  void operator()(IdentityDecl& d) {
    words({&d.kind, &d.rebuild});
    list(d.tags);
    flag(d.critical);
  }
  void operator()(ServiceDecl& d) {
    needs(d.needs);
    given(d.users);
    given(d.weight);
    words({&d.rto});
    list(d.tags);
  }
  void operator()(CustomerDecl& d) {
    list(d.uses);
    given(d.users);
  }
  void operator()(LinkDecl& d) { needs(d.needs); }
  void operator()(PolicyDecl& d) {
    words({&d.scope, &d.otherwise});
    list(d.replaces);
    list(d.rules);
    for (RuleDecl& rule : d.rules) {
      for (std::optional<Words>* ports : {&rule.allow, &rule.deny, &rule.pass}) {
        if (*ports && (*ports)->size() > 1) list(**ports);
      }
      selectors(rule.from);
      selectors(rule.to);
      if (rule.tier.value != 0 && here()) rule.tier.value = 0;
    }
  }
  void operator()(PivotDecl& d) {
    if (d.from.size() > 1) list(d.from);
    if (d.to.size() > 1) list(d.to);
    list(d.requires_all);
    words({&d.port, &d.effort});
  }
  void operator()(ScenarioDecl& d) {
    for (Words* all : {&d.compromised, &d.off, &d.isolate, &d.block, &d.allow}) list(*all);
  }

  /// Whether this is the thing to leave out.
  bool here() { return passed_++ == number_; }

 private:
  template <class T>
  void list(std::vector<T>& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (here()) all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  template <class T>
  void given(std::optional<T>& value) {
    if (value && here()) value.reset();
  }
  void selectors(std::optional<Words>& words) {
    given(words);
    if (words && words->size() > 1) list(*words);
  }
  void words(std::initializer_list<Word*> all) {
    for (Word* w : all) {
      if (!w->value.empty() && here()) *w = {};
    }
  }
  void flag(bool& value) {
    if (value && here()) value = false;
  }

  /// Leaves out an item with all its members, or only the group around its members, or an attribute.
  void needs(NeedDecls& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (here()) return without(all, i, all[i].size);
      if (all[i].type != Need::Type::leaf && here()) return without(all, i, 1);
      words({&all[i].from, &all[i].port, &all[i].grace});
      flag(all[i].soft);
      flag(all[i].fallback);
      flag(all[i].assumed);
      if (!all[i].start && here()) all[i].start = true;
    }
  }

  static void without(NeedDecls& all, std::size_t at, std::size_t count) {
    std::vector<std::uint32_t> depth = depths(all);
    for (std::size_t j = at + count; count == 1 && j < at + all[at].size; ++j) --depth[j];
    const auto begin = static_cast<std::ptrdiff_t>(at);
    const auto end = static_cast<std::ptrdiff_t>(at + count);
    all.erase(all.begin() + begin, all.begin() + end);
    depth.erase(depth.begin() + begin, depth.begin() + end);
    set_sizes(all, depth);
  }

  std::size_t number_;
  std::size_t passed_ = 0;
};

/// The world without its thing of that number; `last` says that there are no more numbers.
World smaller(World world, std::size_t number, bool& last) {
  Cut cut(number);
  for (std::size_t i = 0; i < world.declarations.size(); ++i) {
    if (cut.here()) {
      world.declarations.erase(world.declarations.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
  }
  for (Declaration& declaration : world.declarations) std::visit(cut, declaration);
  last = cut.passed() <= number;
  return world;
}

}  // namespace

World shrunk(World world, const std::function<bool(const World&)>& fails) {
  for (bool changed = true; changed;) {
    changed = false;
    bool last = false;
    for (std::size_t number = 0; !last;) {
      World candidate = smaller(world, number, last);
      if (!last && try_build(candidate).topology && fails(candidate)) {
        world = std::move(candidate);
        changed = true;
      } else {
        ++number;
      }
    }
  }
  return world;
}

}  // namespace firebreak::support
