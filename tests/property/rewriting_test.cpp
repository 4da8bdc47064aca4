#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

#include "firebreak/blast.h"
#include "firebreak/impact.h"
#include "firebreak/load.h"
#include "firebreak/policy.h"

#include "tests/property/trial.h"

// However a topology is written, it says the same.

namespace firebreak::property {
namespace {

using support::World;

/// What is said of each node in each scenario, and of each flow, by the ids of the topology.
using Answers = std::map<std::string, std::string>;

void add_states(const Topology& topology, const Graph& graph, const NamedScenario& named, Answers& answers) {
  const Scenario scenario = resolve(topology, named);
  const Impact states = impact(graph, scenario);
  const Blast spread = blast(graph, scenario);
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    std::string text = std::string(to_string(states.state[n])) + " after " + std::to_string(states.after[n]);
    if (states.from_start[n]) text += " from the start";
    if (spread.reached[n])
      text += ", reached " + std::to_string(spread.step[n]) + " " + std::to_string(spread.after[n]);
    answers[std::string(named.id) + " " + std::string(topology.nodes[n].id)] = text;
  }
}

void add_flows(const Topology& topology, const Graph& graph, Answers& answers) {
  const Scenario none;
  for (const System& a : topology.systems) {
    for (const System& b : topology.systems) {
      if (!a.zone.valid() || !b.zone.valid()) continue;
      const std::string flow = std::string(topology.nodes[a.node].id) + " " + std::string(topology.nodes[b.node].id);
      answers[flow] = to_string(permitted_ports(graph, none, a.node, b.node));
    }
  }
}

Answers answers(const Topology& topology) {
  Answers all;
  const Graph graph = compile(topology);
  for (const NamedScenario& named : topology.scenarios) add_states(topology, graph, named, all);
  add_flows(topology, graph, all);
  return all;
}

/// The first answer that is not the same, or nothing.
std::string difference(const Answers& before, const Answers& after) {
  if (before.size() != after.size()) return "not as many answers";
  for (const auto& [about, said] : before) {
    const auto found = after.find(about);
    if (found == after.end()) return "no answer about " + about;
    if (found->second != said) return about + ": before " + said + "; after " + found->second;
  }
  return {};
}

/// Long, with letters beyond ASCII and everything that TOML, JSON and selectors have to quote.
std::string odd_id(std::string_view id) {
  const std::size_t number = static_cast<std::size_t>(static_cast<unsigned char>(id.back())) + id.size();
  switch (number % 5) {
    case 0:
      return fmt::format("\u00e9\u65e5\u672c-{}", id);
    case 1:
      return fmt::format("\"{}'\\", id);
    case 2:
      return fmt::format("{}.a=b#c[d]{{e}}", id);
    case 3:
      return fmt::format("{:x>200}", id);
    default:
      return fmt::format("1{}->", id);
  }
}

std::string ids_do_not_matter(const World& world) {
  Answers before;
  for (const auto& [about, said] : answers(support::build(world))) {
    const std::size_t space = about.find(' ');
    before[odd_id(about.substr(0, space)) + " " + odd_id(about.substr(space + 1))] = said;
  }
  return difference(before, answers(support::build(support::renamed(world, odd_id))));
}

TEST(Rewriting, IdsDoNotMatter) {
  hold_on_random_worlds({.worlds = 2000, .first_seed = 14'000'000}, ids_do_not_matter);
}

std::string order_does_not_matter(const World& world) {
  support::Random random(world.declarations.size());
  return difference(answers(support::build(world)), answers(support::build(support::shuffled(world, random))));
}

TEST(Rewriting, TheOrderOfDeclarationsDoesNotMatter) {
  hold_on_random_worlds({.worlds = 2000, .first_seed = 15'000'000}, order_does_not_matter);
}

/// The texts of the errors of a reading, for a failed test.
std::string faults(const Loaded& loaded) {
  std::string text;
  for (const Diagnostic& d : loaded.diagnostics) {
    if (d.severity == Severity::error) text += render(d, loaded.sources, false);
  }
  return text;
}

std::string survives_writing(const World& world, const std::string& file, std::string (*write)(const Topology&)) {
  const Topology topology = support::build(world);
  const std::string text = write(topology);
  const Loaded loaded = load_texts({{file, text}});
  if (!loaded.topology) return "cannot read " + file + " again:\n" + faults(loaded);
  std::string fault = difference(answers(topology), answers(*loaded.topology));
  if (fault.empty() && write(*loaded.topology) != text) fault = "written once more, it is not the same text";
  return fault;
}

TEST(Rewriting, TomlSaysTheSame) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 16'000'000}, [](const World& world) {
    return survives_writing(support::renamed(world, odd_id), "topology.toml", write_toml);
  });
}

TEST(Rewriting, JsonSaysTheSame) {
  hold_on_random_worlds({.worlds = 1500, .first_seed = 17'000'000}, [](const World& world) {
    return survives_writing(support::renamed(world, odd_id), "topology.json", write_json);
  });
}

TEST(Rewriting, TomlAndJsonSayTheSame) {
  hold_on_random_worlds({.worlds = 1000, .first_seed = 18'000'000}, [](const World& world) -> std::string {
    const Loaded loaded = load_texts({{"t.json", write_json(support::build(world))}});
    if (!loaded.topology) return "cannot read it again:\n" + faults(loaded);
    return write_toml(*loaded.topology) == write_toml(support::build(world)) ? "" : "the TOML is another";
  });
}

}  // namespace
}  // namespace firebreak::property
