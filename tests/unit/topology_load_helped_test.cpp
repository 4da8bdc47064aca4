// What a helper reads, builds and compiles beside is what is read without one.
#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <stdexcept>
#include <utility>

#include "firebreak/graph.h"

#include "tests/support/late_helper.h"
#include "topology/format/read_file.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;
using support::LateHelper;

/// More than is kept of a file: systems of all sorts and 260,000 pivots. `end` closes it.
std::string large_json(std::string_view systems, std::string_view pivots, std::string_view end) {
  std::string text = R"({"zone": {"z": {}}, "site": {"hall": {}}, "system": {)";
  for (std::size_t i = 0; i < 1000; ++i) {
    text +=
        fmt::format(R"({}"s{}": {{"name": "caf\u00e9 \"{}\" größer", "zone": "z", "site": "hall", "effort": "{}m",)"
                    "\n"
                    R"( "needs": ["s{}", {{"any": ["s{}", "later"], "grace": "1h"}}, {{"on": "s{}", "port": "tcp/{}",)"
                    R"( "from": "z"}}]}})",
                    i == 0 ? "" : ",\n", i, i, i % 3, (i + 1) % 1000, (i + 2) % 1000, (i + 3) % 1000, i % 7 + 1);
  }
  text += fmt::format(R"(, "later": {{}}{}}}, "pivot": [)", systems);
  for (std::size_t i = 0; i < 260'000; ++i) {
    text += fmt::format(R"({}{{"from": ["s{}"], "to": ["s{}"], "via": "a way \u00b7 {}", "port": "tcp/{}"}})",
                        i == 0 ? "" : ",\n", i % 1000, (i / 7 + 1) % 1000, i % 11, i % 5 + 1);
  }
  return text.append(pivots).append("]").append(end);
}

Loaded read_with(const std::string& text, Helper* helper) {
  std::vector<SourceFile> files(1);
  files[0] = {"t.json", text, 0};
  return load_texts(std::move(files), helper);
}

TEST(LoadHelped, SaysTheSame) {
  const std::string text =
      large_json("", R"(, {"from": ["s1", "s2"], "to": ["tag:none"], "requires": ["later"]})", "}");
  ASSERT_GT(text.size(), std::size_t{16} << 20U);
  LateHelper helper;
  const Loaded alone = read_with(text, nullptr);
  const Loaded helped = read_with(text, &helper);
  EXPECT_GT(helper.begun(), 10U);
  ASSERT_TRUE(alone.topology) << rendered(alone);
  ASSERT_TRUE(helped.topology) << rendered(helped);
  EXPECT_EQ(rendered(helped), rendered(alone));
  EXPECT_TRUE(write_json(*helped.topology) == write_json(*alone.topology));
  const auto last = PivotId(helped.topology->pivots.size() - 1);
  EXPECT_EQ(helped.topology->pivot(last).at, alone.topology->pivot(last).at);
  const FileId file(std::size_t{0});
  EXPECT_EQ(helped.sources[file].fingerprint, alone.sources[file].fingerprint);
}

TEST(LoadHelped, FindsTheSameFaults) {
  const std::string_view system = R"(, "odd": {"zone": "nowhere", "needs": ["nobody"]}, "s7": {}, "x": {"zone": 3})";
  const std::string_view pivot = R"(, {"from": ["s1"], "to": ["s\u00e9"], "port": "tcp/0"})";
  for (const std::string_view end : {"}", "", ", \"pivot\": []}", "} x"}) {
    const std::string text = large_json(system, pivot, end);
    LateHelper helper;
    const Loaded alone = read_with(text, nullptr);
    const Loaded helped = read_with(text, &helper);
    EXPECT_FALSE(helped.topology);
    EXPECT_GE(errors(alone).size(), 5U);
    EXPECT_EQ(errors(helped), errors(alone));
    EXPECT_EQ(messages(helped), messages(alone));
  }
}

std::string arcs_of(const Graph& graph) {
  std::string text;
  for (const Arc& arc : graph.need.arcs) {
    text += fmt::format("{} {} {} {}\n", arc.from.index(), arc.to.index(), arc.leaf.index(), arc.need);
  }
  for (const Output& output : graph.need.outputs.items) {
    text += fmt::format("{} {} {}\n", output.to.index(), output.severable, output.arc.index());
  }
  return text;
}

std::string pivots_of(const Graph& graph) {
  std::string text;
  for (const GraphPivot& pivot : graph.pivots) {
    text += fmt::format("{} {} {} {}\n", pivot.from.size(), pivot.from.front().index(), pivot.to.size(), pivot.effort);
  }
  for (const PivotId p : graph.pivots_from.items) text += fmt::format("{} ", p.index());
  return text;
}

TEST(LoadHelped, CompilesTheSame) {
  const Loaded loaded = read_with(large_json("", "", "}"), nullptr);
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  LateHelper helper;
  const Graph alone = compile(*loaded.topology);
  const Graph helped = compile(*loaded.topology, &helper);
  EXPECT_GE(helper.begun(), 2U);
  EXPECT_EQ(helped.has_efforts, alone.has_efforts);
  EXPECT_EQ(helped.conditional, alone.conditional);
  EXPECT_TRUE(arcs_of(helped) == arcs_of(alone));
  EXPECT_TRUE(pivots_of(helped) == pivots_of(alone));
}

TEST(LoadHelped, WhatGoesWrongBesideIsTold) {
  LateHelper helper;
  EXPECT_THROW(do_both(
                   &helper, [] { throw std::runtime_error("beside"); }, [] {}),
               std::runtime_error);
  EXPECT_EQ(helper.lost(), 0U);
  EXPECT_THROW(do_both(
                   &helper, [] { throw std::logic_error("beside"); }, [] { throw std::runtime_error("here"); }),
               std::runtime_error);
  EXPECT_EQ(helper.lost(), 1U);
}

TEST(ReadFile, InHalvesGivesTheWholeOrNothing) {
  const std::string path = ::testing::TempDir() + "firebreak_halves";
  LateHelper helper;
  for (const std::string text : {"", "a", "ab", "abc", "0123456789"}) {
    std::ofstream(path, std::ios::binary) << text;
    const auto bytes = read_in_halves(path, 0, 10, helper);
    ASSERT_TRUE(bytes) << text;
    EXPECT_EQ(bytes->view(), text);
    EXPECT_FALSE(read_in_halves(path, text.size() + 1, 100, helper)) << "too small: " << text;
    if (text.empty()) continue;
    EXPECT_FALSE(read_in_halves(path, 0, text.size() - 1, helper)) << "too large: " << text;
  }
  std::ofstream(path, std::ios::binary) << "\x1F\x8B packed";
  EXPECT_FALSE(read_in_halves(path, 0, 100, helper));
  std::remove(path.c_str());
  EXPECT_FALSE(read_in_halves(path, 0, 100, helper)) << "it is not there";
  EXPECT_FALSE(read_in_halves(::testing::TempDir(), 0, 1'000'000, helper)) << "a folder";
}

/// Does what was begun when it is awaited, and changes the file before.
class Meddler final : public Helper {
 public:
  explicit Meddler(std::function<void()> meddle) : meddle_(std::move(meddle)) {}
  void begin(std::function<void()> work) override { work_ = std::move(work); }
  void await() override {
    if (!work_) return;
    meddle_();
    std::exchange(work_, nullptr)();
  }
  void settle() noexcept override { work_ = nullptr; }

 private:
  std::function<void()> meddle_;
  std::function<void()> work_;
};

TEST(ReadFile, ThatChangesMeanwhileIsNeverAMixture) {
  const std::string path = ::testing::TempDir() + "firebreak_changed";
  const auto put = [](const std::string& where, std::string_view text) {
    std::ofstream(where, std::ios::binary) << text;
  };
  put(path, "oldold");
  Meddler replacing([&] {
    put(path + ".new", "newnew");
    std::rename((path + ".new").c_str(), path.c_str());
  });
  const auto replaced = read_in_halves(path, 0, 100, replacing);
  ASSERT_TRUE(replaced);
  EXPECT_EQ(replaced->view(), "oldold");
  Meddler cutting([&] { put(path, "new"); });
  EXPECT_FALSE(read_in_halves(path, 0, 100, cutting));
  Meddler appending([&] { put(path, "new, and more"); });
  EXPECT_FALSE(read_in_halves(path, 0, 100, appending));
  std::remove(path.c_str());
}

}  // namespace
}  // namespace firebreak
