#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "firebreak/load.h"

#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;
namespace fs = std::filesystem;

/// A folder of its own for one test.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "firebreak-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string put(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  [[nodiscard]] fs::path path() const { return path_; }

 private:
  fs::path path_;
};

Loaded load_all(const Lines& paths) {
  return load(paths);
}

TEST(Load, MergesFilesOfBothSyntaxes) {
  const Folder folder;
  const std::string a = folder.put("a.toml", "[topology]\nname = \"N\"\n[system.s]\nzone = \"z\"\n");
  const std::string b = folder.put("b.json", "{\"topology\": {\"format\": 1, \"name\": \"N\"}, \"zone\": {\"z\": {}}}");
  const Loaded loaded = load_all({a, b});
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  EXPECT_EQ(loaded.topology->name, "N");
  EXPECT_EQ(loaded.sources.size(), 2U);
  EXPECT_EQ(loaded.sources[FileId(std::size_t{1})].name, b);
  const Node& zone = loaded.topology->nodes[loaded.topology->find("z")];
  EXPECT_EQ(zone.at, (Span{FileId(std::size_t{1}), 1, 51}));
}

TEST(Load, TellsJsonByNameOrByItsFirstCharacter) {
  EXPECT_TRUE(read("x.json", "{}").topology);
  EXPECT_TRUE(read("x", "\n \t{\"zone\": {\"a\": {}}}").topology);
  EXPECT_TRUE(read("x.toml", "{\"zone\": {\"a\": {}}}").topology);
  EXPECT_TRUE(read("x", "[zone.a]").topology);
  EXPECT_EQ(errors(read("x.json", "[zone.a]")), (Lines{"1:1 wrong-type", "1:2 syntax", "1:6 syntax"}));
}

TEST(Load, NoContentIsAnEmptyTopology) {
  for (const std::string text : {"", "\n", "# nothing\n", "\xEF\xBB\xBF", "{}"}) {
    const Loaded loaded = read("x", text);
    ASSERT_TRUE(loaded.topology) << rendered(loaded);
    EXPECT_TRUE(loaded.topology->nodes.empty());
    EXPECT_TRUE(loaded.diagnostics.empty()) << rendered(loaded);
  }
  EXPECT_TRUE(load_texts({}).topology);
}

TEST(Load, NoFilesAreAFault) {
  const Loaded loaded = load_all({});
  EXPECT_FALSE(loaded.topology);
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  EXPECT_EQ(loaded.diagnostics[0].code, Code::no_input);
}

TEST(Load, SaysWhyAFileCannotBeRead) {
  const Folder folder;
  const std::string missing = (folder.path() / "missing.toml").string();
  const std::string fine = folder.put("fine.toml", "[system.s]\nzone = \"in-the-missing-file\"\ncost = -1\n");
  const Loaded loaded = load_all({missing, folder.path().string(), fine});
  EXPECT_FALSE(loaded.topology);
  EXPECT_EQ(rendered(loaded),
            missing + ": error: cannot read the file: No such file or directory [cannot-read]\n" +
                folder.path().string() + ": error: cannot read the file: Is a directory [cannot-read]\n" + fine +
                ":3:8: error: 'cost' is -1, no number from 0 to 1e15 [bad-number]\n  3 | cost = -1\n    |        ^~\n");
}

TEST(Load, ReadsAFileNamedTwiceOnce) {
  const Folder folder;
  const std::string a =
      folder.put("a.toml", "[system.s]\n[service.x]\nneeds = [\"s\"]\n[customer.c]\nuses = [\"x\"]\n");
  const std::string same = (folder.path() / "." / "a.toml").string();
  const Loaded loaded = load_all({a, same, a});
  EXPECT_TRUE(loaded.topology) << rendered(loaded);
  EXPECT_EQ(loaded.sources.size(), 1U);
  ASSERT_EQ(loaded.diagnostics.size(), 2U);
  EXPECT_EQ(loaded.diagnostics[0].code, Code::no_effect);
  EXPECT_EQ(loaded.diagnostics[0].severity, Severity::warning);
}

TEST(Load, AnIdDefinedTwiceShowsBothFiles) {
  const Folder folder;
  const std::string a = folder.put("a.toml", "[zone.x]\n");
  const std::string b = folder.put("b.json", "{\"system\": {\"x\": {}}}");
  const Loaded loaded = load_all({a, b});
  ASSERT_EQ(errors(loaded), (Lines{"1:13 duplicate-id"}));
  EXPECT_EQ(loaded.diagnostics[0].at.file, FileId(std::size_t{1}));
  EXPECT_EQ(loaded.diagnostics[0].related.at(0).at.file, FileId(std::size_t{0}));
}

TEST(Load, TheFirstNameAndTheFirstValueOfMetaWin) {
  std::vector<SourceFile> files{{"a.toml", "[topology]\nname = \"A\"\nmeta = { k = 1, l = 2 }\n"},
                                {"b.toml", "[topology]\nname = \"B\"\nmeta = { m = 3, k = 4 }\n"},
                                {"c.toml", "[topology]\nname = \"A\"\n"}};
  const Loaded loaded = load_texts(std::move(files));
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  EXPECT_EQ(loaded.topology->name, "A");
  EXPECT_EQ(write_toml(*loaded.topology), "[topology]\nformat = 1\nname   = \"A\"\nmeta   = { k = 1, l = 2, m = 3 }\n");
  EXPECT_EQ(messages(loaded), (Lines{"'meta' gives 'k' again (it keeps its first value)",
                                     "the topology is called 'B' here (it keeps its first name, 'A')"}));
}

TEST(Load, ReportsBytesThatAreNotUtf8) {
  EXPECT_EQ(errors(read("x.toml", "[zone.a]\nname = \"\xC3\xA9\xC3\x28\"\n")), (Lines{"2:10 not-utf8"}));
  const Loaded wide = read("x.toml", std::string("\xFF\xFE[\0z\0]\0", 8));
  EXPECT_EQ(messages(wide), (Lines{"byte 0xff is not valid UTF-8 (it looks like UTF-16; save it as UTF-8)"}));
}

TEST(Load, FaultsOfAllFilesAreSortedByPlace) {
  std::vector<SourceFile> files{{"a.toml", "[zone.a]\ncost = -1\nx = 1\n"},
                                {"b.json", "{\"zone\": {\"b\": {\"y\": 1, \"cost\": -1}}}"}};
  const Loaded loaded = load_texts(std::move(files));
  Lines places;
  for (const Diagnostic& d : loaded.diagnostics) places.push_back(to_string(loaded.sources, d.at));
  EXPECT_EQ(places, (Lines{"a.toml:2:8", "a.toml:3:1", "b.json:1:17", "b.json:1:33"}));
}

TEST(Load, KeepsNoTextOfVeryLargeFiles) {
  std::string text = "{\"zone\": {\"a\": {\"name\": \"";
  text += std::string(std::size_t{65} << 20U, 'x');
  text += "\"}}}";
  const Loaded loaded = read_json(text);
  ASSERT_TRUE(loaded.topology);
  EXPECT_TRUE(loaded.sources[FileId(std::size_t{0})].text.empty());
}

TEST(Load, ReadsStandardInput) {
  const Folder folder;
  const std::string file = folder.put("in", "[zone.from-stdin]\nx = 1\n");
  ASSERT_NE(std::freopen(file.c_str(), "rb", stdin), nullptr);
  const Loaded loaded = load_all({"-"});
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  EXPECT_EQ(to_string(loaded.sources, loaded.diagnostics[0].at), "<stdin>:2:1");
}

}  // namespace
}  // namespace firebreak
