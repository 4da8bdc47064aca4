// A program of somebody else's: it builds a network without any file and asks both questions.
#include <cstdlib>
#include <firebreak/blast.h>
#include <firebreak/builder.h>
#include <firebreak/graph.h>
#include <firebreak/impact.h>
#include <firebreak/load.h>
#include <iostream>
#include <vector>

using namespace firebreak;

namespace {

/// An office, servers and data: mail has two databases, the shop has one; PCs may speak SMB to the file server.
TopologyBuilder::Result office() {
  TopologyBuilder builder;
  builder.set_name("office");
  builder.add(ZoneDecl{.id = Word("office")});
  builder.add(ZoneDecl{.id = Word("servers")});
  builder.add(ZoneDecl{.id = Word("data")});
  builder.add(SystemDecl{.id = Word("pc"), .zone = Word("office")});
  builder.add(SystemDecl{.id = Word("files"), .zone = Word("servers"), .exposes = Words{Word("tcp/445")}});
  builder.add(SystemDecl{.id = Word("db-1"), .zone = Word("data"), .exposes = Words{Word("tcp/5432")}});
  builder.add(SystemDecl{.id = Word("db-2"), .zone = Word("data"), .exposes = Words{Word("tcp/5432")}});
  builder.add(ServiceDecl{.id = Word("shop"), .needs = needs_on({"db-1"})});
  NeedDecls either = needs_on({"db-1", "db-2"});
  either.insert(either.begin(), NeedDecl{.type = Need::Type::any, .size = 3});
  builder.add(ServiceDecl{.id = Word("mail"), .needs = either});
  PolicyDecl firewall{.id = Word("firewall"), .scope = Word("all")};
  firewall.rules.push_back(
      {.allow = Words{Word("tcp/445")}, .from = Words{Word("office")}, .to = Words{Word("servers")}});
  builder.add(firewall);
  return builder.finish();
}

void expect(bool holds, const char* what) {
  if (holds) return;
  std::cerr << "not so: " << what << '\n';
  std::exit(1);
}

}  // namespace

int main() {
  const TopologyBuilder::Result built = office();
  for (const Diagnostic& diagnostic : built.diagnostics) std::cerr << render(diagnostic, {}, false);
  expect(built.topology.has_value(), "the topology has no errors");
  const Topology& topology = *built.topology;
  const Graph graph = compile(topology);
  std::vector<Diagnostic> faults;

  const Impact lost = impact(graph, resolve(topology, {.off = {"db-1"}}, faults));
  expect(lost.state[topology.find("shop")] == State::fails, "the shop fails without its database");
  expect(lost.state[topology.find("mail")] != State::fails, "mail has a second database");
  expect(lost.weight_lost == 1, "one service is lost");

  const Blast spread = blast(graph, resolve(topology, {.compromised = {"pc"}}, faults));
  expect(spread.reached[topology.find("files")], "a PC reaches the file server through tcp/445");
  expect(!spread.reached[topology.find("db-1")], "a PC does not reach the database");
  expect(spread.step[topology.find("files")] == 1, "in one step");

  expect(faults.empty(), "all words are known");
  const Loaded again = load_texts({{"office.toml", write_toml(topology)}});
  expect(again.topology && again.topology->nodes.size() == topology.nodes.size(), "what is written can be read again");
  std::cout << "both questions are answered\n";
  return 0;
}
