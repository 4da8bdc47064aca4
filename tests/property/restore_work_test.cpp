#include "analyzer/restore_work.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>

#include "tests/support/random.h"

// The bound for work that several wait for against all orders in which they can be over.

namespace firebreak::property {
namespace {

WaitsForWork random_work(support::Random& random) {
  WaitsForWork waits;
  for (std::size_t k = 2 + random.below(5); k > 0; --k) waits.pieces.push_back(static_cast<double>(random.below(10)));
  for (std::size_t i = 1 + random.below(6); i > 0; --i) {
    WaitsForWork::Waiting waiting{static_cast<double>(1 + random.below(9)), {}};
    for (std::uint32_t k = 0; k < waits.pieces.size(); ++k) {
      if (random.percent(40)) waiting.pieces.push_back(k);
    }
    waits.waiting.push_back(std::move(waiting));
  }
  return waits;
}

double sum_in_order(const WaitsForWork& waits) {
  double sum = 0;
  double time = 0;
  std::vector<bool> done(waits.pieces.size(), false);
  for (const WaitsForWork::Waiting& waiting : waits.waiting) {
    for (const std::uint32_t k : waiting.pieces) {
      if (!done[k]) time += waits.pieces[k];
      done[k] = true;
    }
    sum += waiting.weight * time;
  }
  return sum;
}

TEST(RestoreWork, NoOrderIsBelowTheBound) {
  support::Random random(75'000'000);
  std::size_t reached = 0;
  for (int trial = 0; trial < 10000; ++trial) {
    const WaitsForWork drawn = random_work(random);
    std::vector<std::size_t> order(drawn.waiting.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    WaitsForWork best = drawn;
    do {
      WaitsForWork waits{drawn.pieces, {}};
      for (const std::size_t i : order) waits.waiting.push_back(drawn.waiting[i]);
      if (sum_in_order(waits) < sum_in_order(best)) best = std::move(waits);
    } while (std::ranges::next_permutation(order).found);
    const double least = sum_in_order(best);
    ASSERT_LE(least_weighted_work(drawn, {}), least) << "trial " << trial;
    const double from_best = least_weighted_work(best, {});
    ASSERT_LE(from_best, least) << "trial " << trial;
    reached += from_best == least ? 1U : 0U;
  }
  EXPECT_GT(reached, 9000U) << "the bound is no longer tight";
}

}  // namespace
}  // namespace firebreak::property
