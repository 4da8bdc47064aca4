// Links the core without readers, reports and commands, and asks it one question: a program with only the core in it
// works.
#include <cstdio>

#include "firebreak/blast.h"
#include "firebreak/builder.h"
#include "firebreak/graph.h"
#include "firebreak/impact.h"

int main() {
  using namespace firebreak;
  TopologyBuilder builder;
  builder.add(ZoneDecl{.id = Word("office")});
  builder.add(SystemDecl{.id = Word("db"), .zone = Word("office")});
  builder.add(SystemDecl{.id = Word("pc"), .zone = Word("office")});
  builder.add(ServiceDecl{.id = Word("shop"), .needs = needs_on({"db"})});
  const TopologyBuilder::Result built = builder.finish();
  if (!built.topology) return 1;
  const Graph graph = compile(*built.topology);
  std::vector<Diagnostic> faults;
  const Scenario scenario = resolve(*built.topology, {.compromised = {"pc"}, .off = {"db"}}, faults);
  const State shop = impact(graph, scenario).state[built.topology->find("shop")];
  const bool reached = blast(graph, scenario).reached[built.topology->find("db")];
  std::printf("the shop %s; the database is %s\n", shop == State::fails ? "fails" : "does not fail",
              reached ? "reached" : "not reached, as it is off");
  return shop == State::fails && !reached && faults.empty() ? 0 : 1;
}
