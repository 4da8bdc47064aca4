#include <gtest/gtest.h>

#include "tests/property/need_checks.h"
#include "tests/property/scenarios.h"
#include "tests/property/trial.h"

namespace firebreak::property {
namespace {

TEST(NeedLaw, IsTheOraclesOnAllSmallNeeds) {
  hold_on_all_worlds(support::for_each_need_world, for_each_off_set(need_difference));
}

TEST(NeedLaw, IsTheOraclesOnAllSmallAttributes) {
  hold_on_all_worlds(support::for_each_attribute_world, for_each_off_set(need_difference));
}

TEST(NeedLaw, IsTheOraclesOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_each_off_set(need_difference));
}

TEST(NeedLaw, IsTheOraclesOnAllSmallSeverings) {
  hold_on_all_worlds(support::for_each_severing_world, for_each_single_action(need_difference));
}

TEST(NeedLaw, IsTheOraclesOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 8000, .first_seed = 1'000'000}, for_each_scenario(need_difference));
}

TEST(NeedLaw, IsTheOraclesOnLargerRandomWorlds) {
  const support::WorldSize size = {.zones = 7, .sites = 6, .systems = 25, .services = 8, .links = 10, .rules = 12};
  hold_on_random_worlds({.worlds = 600, .first_seed = 2'000'000, .size = size}, for_each_scenario(need_difference));
}

TEST(Causes, AreSoundOnAllSmallAttributes) {
  hold_on_all_worlds(support::for_each_attribute_world, for_each_off_set(cause_fault));
}

TEST(Causes, AreSoundOnAllSmallLinks) {
  hold_on_all_worlds(support::for_each_link_world, for_each_off_set(cause_fault));
}

TEST(Causes, AreSoundOnAllSmallSeverings) {
  hold_on_all_worlds(support::for_each_severing_world, for_each_single_action(cause_fault));
}

TEST(Causes, AreSoundOnRandomWorlds) {
  hold_on_random_worlds({.worlds = 8000, .first_seed = 3'000'000}, for_each_scenario(cause_fault));
}

}  // namespace
}  // namespace firebreak::property
