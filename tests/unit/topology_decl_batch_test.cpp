// Declarations that were packed into a batch are built as if they had gone to the builder at once.
#include <array>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <string>

#include "tests/support/late_helper.h"
#include "topology/format/read_json.h"
#include "topology/format/tape.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;

TEST(Tape, GivesBackEveryNumber) {
  constexpr auto kLargest = std::numeric_limits<std::uint64_t>::max();
  const std::array<std::uint64_t, 9> numbers{0, 1, 127, 128, 16'383, 16'384, 1ULL << 32U, 1ULL << 63U, kLargest};
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  const std::array<std::int64_t, 8> differences{0,   1,  -1,     63,
                                                -64, 64, kLeast, std::numeric_limits<std::int64_t>::max()};
  Tape tape;
  for (int round = 0; round < 3; ++round) {
    for (int times = 0; times < 1000; ++times) {
      for (const std::uint64_t number : numbers) tape.put(number);
      for (const std::int64_t number : differences) tape.put_difference(number);
    }
    for (int times = 0; times < 1000; ++times) {
      for (const std::uint64_t number : numbers) ASSERT_EQ(tape.take(), number);
      ASSERT_FALSE(tape.at_end());
      for (const std::int64_t number : differences) ASSERT_EQ(tape.take_difference(), number);
    }
    EXPECT_TRUE(tape.at_end());
    tape.clear();
    EXPECT_TRUE(tape.at_end());
  }
}

/// What comes of a small JSON text: all that is amiss, or the topology with all its places.
std::string read_with(const std::string& text, Helper* helper) {
  Loaded loaded;
  const FileId id = loaded.sources.push_back({"t.json", text, 0});
  LostInput lost;
  FileFaults faults(loaded.diagnostics, lost, id);
  Header header;
  TopologyBuilder builder;
  read_json({id, text, false, true}, builder, header, faults, helper);
  header.finish(builder);
  TopologyBuilder::Result result = builder.finish();
  for (const Diagnostic& diagnostic : result.diagnostics) loaded.diagnostics.push_back(diagnostic);
  std::string answer = rendered(loaded);
  if (!result.topology) return answer;
  answer += write_json(*result.topology);
  for (const Node& node : result.topology->nodes) answer += std::to_string(node.at.column) + ' ';
  for (const PivotRecord& pivot : result.topology->pivots) answer += std::to_string(pivot.at.line) + ' ';
  return answer;
}

void expect_same(const std::string& text) {
  support::LateHelper helper;
  const std::string helped = read_with(text, &helper);
  EXPECT_GE(helper.begun(), 1U);
  EXPECT_EQ(helped, read_with(text, nullptr)) << text;
}

TEST(DeclBatch, KeepsEveryKey) {
  const Loaded loaded = read_toml(everything());
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  expect_same(write_json(*loaded.topology));
}

TEST(DeclBatch, KeepsNothingOfTheOneBefore) {
  expect_same(R"({"zone": {"z": {"cost": 3, "owner": "a\u00e9"}, "y": {}, "x": {"meta": {"a": [1]}}},
    "system": {
      "a": {"name": "A", "zone": "z", "needs": ["b", {"at_least": 2, "of": ["b", "c", "d"], "soft": true}],
            "critical": true, "exposes": ["tcp/1"], "tags": ["t", "u"], "managed_by": ["b"], "effort": "never"},
      "b": {}, "c": {"exposes": [], "tags": ["v"], "zone": "y"},
      "d": {"needs": [{"on": "b", "port": "tcp/5", "grace": "1h", "start": false, "assumed": true}, "c"]},
      "e": {"needs": ["b", {"all": ["c", {"any": ["d", "a"], "fallback": true}]}], "cost": 0.25, "meta": {"k": "v"}},
      "f": {"meta": {"k": 2, "l": {"m": [true, 1.5]}}}},
    "service": {"s": {"weight": 1, "needs": ["a"]}, "t": {"users": 7}},
    "pivot": [{"from": ["a", "b"], "to": ["c"], "requires": ["d"], "via": "x"}, {"from": ["a"], "to": ["b"]},
              {"from": ["b"], "to": ["a"], "port": "tcp/9", "effort": "3m"}]})");
}

TEST(DeclBatch, FaultsStandWhereTheyStood) {
  expect_same(R"({"system": {"a": {"zone": "nowhere", "cost": -1, "needs": [{"at_least": -3, "of": ["b"]}, {}, "gone"]},
"a": {"effort": "soon", "kind": "", "name": "\u0000"}, "ö": {"zöne": 1,
"needs": [{"on": "", "port": "", "from": "", "grace": ""}]}},
"pivot": [{}, {"from": [], "to": [""]}, {"from": ["a"], "to": ["ä"], "effort": "never"}],
"policy": {"p": {"scope": "none", "rule": [{"allow": ["tcp/0"]}, {"deny": [], "from": ["gone"]}]}},
"scenario": {"x": {"off": ["gone"], "block": ["a - b"]}}, "require": {"r": {}}})");
}

}  // namespace
}  // namespace firebreak
