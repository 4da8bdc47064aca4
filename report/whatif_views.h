#pragma once

#include <string>
#include <vector>

#include "report/views.h"

namespace firebreak::report {

/// A line of `whatif`: what one scenario does.
struct WhatIfView {
  std::string scenario;
  std::vector<std::string> fails;
  Weight weight_lost;
  Asked<std::uint64_t> reached;
  Asked<std::vector<std::string>> off;
  Asked<Weight> more;

  std::vector<std::string> services;  ///< those of `fails` that are services, the heaviest first
};
template <class V>
void describe(V& visit, const WhatIfView& x) {
  visit("scenario", x.scenario, "its name; with --every the actions that were added, as a plan spells them");
  visit("fails", x.fails, "ids of the nodes in the state fails, in source order; what is off is not among them");
  visit("weight_lost", x.weight_lost, "sum of the weights of all services that fail or are off");
  visit("reached", x.reached, "systems and identities that the compromise reaches; only with a compromise");
  visit("off", x.off, "with --every: the ids that were lost");
  visit("more", x.more,
        "with --every: what of it the loss adds to what is lost without it; for two, how much more "
        "they lose together than what each adds alone, in sum");
}

}  // namespace firebreak::report
