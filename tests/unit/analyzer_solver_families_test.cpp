// Families of minimal sets, built with a bound on their size and counted, against sets written out.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

#include "analyzer/solver/bounded_families.h"
#include "analyzer/solver/diagram_families.h"
#include "analyzer/solver/families.h"
#include "tests/support/random.h"

namespace firebreak::solver {
namespace {

constexpr std::uint32_t kInputs = 6;
constexpr std::size_t kRoom = 100'000;
using Set = std::set<std::uint32_t>;
using Sets = std::set<Set>;

/// Those that hold no other.
Sets minimal(const Sets& sets) {
  Sets result;
  for (const Set& set : sets) {
    const bool holds_other =
        std::ranges::any_of(sets, [&](const Set& other) { return other != set && std::ranges::includes(set, other); });
    if (!holds_other) result.insert(set);
  }
  return result;
}

Sets either(const Sets& a, const Sets& b) {
  Sets all = a;
  all.insert(b.begin(), b.end());
  return minimal(all);
}

Sets both(const Sets& a, const Sets& b) {
  Sets all;
  for (const Set& x : a) {
    for (const Set& y : b) {
      Set joined = x;
      joined.insert(y.begin(), y.end());
      all.insert(joined);
    }
  }
  return minimal(all);
}

Sets no_larger(const Sets& sets, std::size_t most) {
  Sets result;
  for (const Set& set : sets) {
    if (set.size() <= most) result.insert(set);
  }
  return result;
}

Sets sets_of(const DiagramTable& table, DiagramId family) {
  if (family == 0) return {};
  if (family == 1) return {Set()};
  Sets sets = sets_of(table, table[family].without);
  for (Set set : sets_of(table, table[family].with)) {
    set.insert(table[family].level);
    sets.insert(set);
  }
  return sets;
}

Sets sets_of(const Families& families, FamilyId family) {
  if (family == Families::kNothing) return {};
  if (family == Families::kEmptySet) return {Set()};
  const Families::Node& node = families[family];
  Sets sets = sets_of(families, node.without);
  for (Set set : sets_of(families, node.with)) {
    set.insert(families.part(node).input.index());
    sets.insert(set);
  }
  return sets;
}

/// The same formula, made in both ways.
struct Made {
  BoundedFamilies::Result bounded;
  Sets sets;  ///< all of them
};

Made random_formula(BoundedFamilies& families, support::Random& random, int depth) {
  if (depth == 0) {
    const auto level = static_cast<std::uint32_t>(random.below(kInputs));
    return {families.variable(level), {Set{level}}};
  }
  const Made a = random_formula(families, random, depth - 1);
  const Made b = random_formula(families, random, depth - 1);
  switch (random.below(3)) {
    case 0:
      return {families.either(a.bounded, b.bounded), either(a.sets, b.sets)};
    case 1:
      return {families.both(a.bounded, b.bounded), both(a.sets, b.sets)};
    default:
      break;
  }
  const Made c = random_formula(families, random, depth - 1);
  return {families.at_least(2, {a.bounded, b.bounded, c.bounded}),
          either(either(both(a.sets, b.sets), both(a.sets, c.sets)), both(b.sets, c.sets))};
}

/// The families of a formula whose sets are written out.
struct Appended {
  Families families;
  FamilyId root = 0;
  Sets sets;
};

Appended random_families(std::uint64_t seed) {
  support::Random random(seed);
  BoundedFamilies made(kInputs, kRoom, {});
  const Made formula = random_formula(made, random, 4);
  Appended result;
  result.root = append(result.families, made.table(), std::vector{formula.bounded.family}, [](std::uint32_t level) {
                  return Families::Part{InputId(level), 0};
                }).front();
  result.sets = formula.sets;
  return result;
}

TEST(BoundedFamilies, AreTheMinimalSetsThatAreNotTooLarge) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const std::size_t most = 1 + seed % kInputs;
    support::Random random(seed);
    BoundedFamilies families(most, kRoom, {});
    const Made made = random_formula(families, random, 4);
    ASSERT_NE(made.bounded.family, kNoDiagram);
    ASSERT_EQ(sets_of(families.table(), made.bounded.family), no_larger(made.sets, most)) << seed;
    const bool lacks = no_larger(made.sets, most).size() < made.sets.size();
    ASSERT_TRUE(made.bounded.cut || !lacks) << "what is left out is told; seed " << seed;
  }
}

TEST(BoundedFamilies, SayWhenThereIsNoMoreRoom) {
  BoundedFamilies families(kInputs, 4, {});  // two ends and two nodes
  const BoundedFamilies::Result a = families.variable(0);
  const BoundedFamilies::Result b = families.variable(1);
  ASSERT_NE(b.family, kNoDiagram);
  EXPECT_EQ(families.both(a, b).family, kNoDiagram);
}

TEST(Families, AppendedHoldTheSetsOfTheDiagrams) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Appended made = random_families(seed);
    ASSERT_EQ(sets_of(made.families, made.root), made.sets) << seed;
  }
}

TEST(Families, UpToASizeHoldTheSmallerSetsAlone) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    for (std::size_t most = 0; most <= kInputs; ++most) {
      Appended made = random_families(seed);
      const FamilyId small = up_to_size(made.families, std::vector{made.root}, most).front();
      ASSERT_EQ(sets_of(made.families, small), no_larger(made.sets, most)) << seed << " " << most;
    }
  }
}

TEST(Families, SharesCountTheSetsEachInputIsIn) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Appended made = random_families(seed);
    const std::size_t most = 1 + seed % kInputs;
    std::map<std::uint32_t, std::map<std::size_t, std::uint64_t>> expected;
    for (const Set& set : no_larger(made.sets, most)) {
      for (const std::uint32_t input : set) ++expected[input][set.size()];
    }
    const auto shares = input_shares(made.families, std::vector{made.root}, std::vector{most}).front();
    ASSERT_EQ(shares.size(), expected.size()) << seed;
    for (const InputShare& share : shares) {
      ASSERT_TRUE(expected.contains(share.input.index())) << seed;
      for (std::size_t size = 0; size <= most; ++size) {
        const Natural count = size < share.by_size.size() ? share.by_size[size] : Natural(0);
        EXPECT_EQ(count, Natural(expected[share.input.index()][size])) << seed << " " << size;
      }
    }
  }
}

}  // namespace
}  // namespace firebreak::solver
