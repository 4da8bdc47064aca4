#include <gtest/gtest.h>

#include "firebreak/load.h"

#include "topology_dump.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;

/// The formatted text, which must mean the same, and must not change when it is formatted again.
std::string format(std::string_view text) {
  const Loaded loaded = read_toml(text);
  if (!loaded.topology) return rendered(loaded);
  const std::string formatted = format_toml(loaded, FileId(std::size_t{0}));
  const Loaded again = read_toml(formatted);
  EXPECT_TRUE(again.topology) << rendered(again) << formatted;
  if (!again.topology) return formatted;
  EXPECT_EQ(write_toml(*again.topology), write_toml(*loaded.topology));
  EXPECT_EQ(format_toml(again, FileId(std::size_t{0})), formatted) << "formatting again changes nothing";
  return formatted;
}

TEST(FormatToml, ButForCommentsItIsWhatIsWritten) {
  const Loaded loaded = read_toml(everything());
  ASSERT_TRUE(loaded.topology);
  EXPECT_EQ(format(everything()), "# Every key of the format.\n\n" + write_toml(*loaded.topology));
}

TEST(FormatToml, CommentsStayWithWhatTheyBelongTo) {
  EXPECT_EQ(format(R"(# the head
# of the file

# about b
[system.b]   # behind the header
# before zone
zone = "z" # behind zone

kind="vm"
# closes the table

# apart from it
[zone.z]
# only a comment in it

# the end
)"),
            R"(# the head
# of the file

# apart from it
[zone.z]
# only a comment in it

# about b
[system.b]  # behind the header
# before zone
zone = "z"  # behind zone
kind = "vm"
# closes the table

# the end
)");
}

TEST(FormatToml, CommentsOfListsStayWithTheirItems) {
  EXPECT_EQ(format(R"([service.s]
needs = [ # opens
  # before a
  "a", # behind a
  { any = [ # within the group
    "b", # behind b
    "c" ] } # behind the group
  , "b"
  # at the end
] # behind the list
[system.a]
tags = [
  # nothing yet
]
exposes = ["https", # web
  "tcp/80"]
[system.b]
[system.c]
)"),
            R"([system.a]
tags    = [
  # nothing yet
]
# web
exposes = ["tcp/80", "tcp/443"]

[system.b]
[system.c]

[service.s]
needs = [
  # opens
  # before a
  "a",  # behind a
  # within the group
  # behind b
  { any = ["b", "c"] },  # behind the group
  "b",
  # at the end
]  # behind the list
)");
}

TEST(FormatToml, CommentsBehindShortLinesAreAligned) {
  EXPECT_EQ(
      format("[system.a]\nname = \"x\" # one\nkind = \"domain-controller\" # two\ncritical = true\n"
             "owner = \"a very long text that goes on beyond what is worth aligning\" # three\n"),
      "[system.a]\nname     = \"x\"                  # one\nkind     = \"domain-controller\"  # two\ncritical = true\n"
      "owner    = \"a very long text that goes on beyond what is worth aligning\"  # three\n");
}

TEST(FormatToml, WhatAKeyBecomesPartOfTakesItsComments) {
  EXPECT_EQ(
      format("[system.a]\nneeds = [{ on = \"a\", soft = false }] # x\n[require.r]\nnever_reaches = { from = [ # "
             "why\n\"a\"], to = [\"a\"] }\n"),
      "[system.a]\nneeds = [\"a\"]  # x\n\n[require.r]\n# why\nnever_reaches = { from = [\"a\"], to = [\"a\"] }\n");
}

TEST(FormatToml, KeysThatSayTheDefaultStay) {
  EXPECT_EQ(
      format("[policy.p]\ndefault = \"deny\" # as always\nscope=\"between-zones\"\nrule = [{ tier = 0, allow = "
             "[\"any\"] }]\n"
             "[system.a]\ncritical = false\neffort = \"0m\"\n[require.r]\nsurvives = { services = [\"s\"], any = 1, of "
             "= [\"a\"] }\n[service.s]\n"),
      "[system.a]\ncritical = false\neffort   = \"0s\"\n\n[service.s]\n\n[policy.p]\nscope   = \"between-zones\"\n"
      "default = \"deny\"  # as always\n\n[[policy.p.rule]]\nallow = [\"any\"]\ntier  = 0\n\n"
      "[require.r]\nsurvives = { services = [\"s\"], any = 1, of = [\"a\"] }\n");
}

TEST(FormatToml, CommentsOfWhatIsNotWrittenGoToTheNearestPlace) {
  EXPECT_EQ(format(R"([system] # all of them
a.tags = [] # none
# of dotted keys
b.zone = "z" # dotted
[zone.z]
cidr = [ # no ranges
]
)"),
            R"([zone.z]
cidr = [
  # no ranges
]

# all of them
[system.a]
tags = []  # none

[system.b]
# of dotted keys
zone = "z"  # dotted
)");
}

TEST(FormatToml, TablesInListsKeepTheirComments) {
  EXPECT_EQ(format(R"([policy.p]
rule = [
  # first
  { allow = ["tcp/1"] }, # behind the first
  { deny = ["any"] }
]
# one
[[pivot]] # header one
from = ["s"] # from
to = ["s"]
# two
[[pivot]]
to = ["s"] # to
from = ["s"]
[pivot.meta] # about two
x = 1 # x
[system.s]
)"),
            R"([system.s]

[policy.p]

# first
[[policy.p.rule]]  # behind the first
allow = ["tcp/1"]

[[policy.p.rule]]
deny = ["any"]

# one
[[pivot]]  # header one
from = ["s"]  # from
to   = ["s"]

# two
[[pivot]]
from = ["s"]
to   = ["s"]  # to

[pivot.meta]  # about two
x = 1  # x
)");
}

TEST(FormatToml, MetaWithCommentsIsATableOfItsOwn) {
  EXPECT_EQ(format("[zone.z]\nmeta = { a = [ 1, # one\n 2 ] } # free\n"),
            "[zone.z]\n\n[zone.z.meta]  # free\na = [\n  1,  # one\n  2,\n]\n");
  EXPECT_EQ(format("[zone.z]\n[zone.z.meta] # free\n# k\nk = \"#\"\n"),
            "[zone.z]\n\n[zone.z.meta]  # free\n# k\nk = \"#\"\n");
  EXPECT_EQ(format("[zone.z]\n[zone.z.meta]\nk = '''# no comment'''\n"), "[zone.z]\nmeta = { k = \"# no comment\" }\n");
}

TEST(FormatToml, OtherLineEndsAndBlanks) {
  EXPECT_EQ(
      format(
          "\xEF\xBB\xBF# head  \t\r\n\r\n\r\n\r\n# a\r\n\r\n\r\n# b\r\n[zone.a]\r\n# c\t\r\nname = \"x\"\r\n\r\n\r\n"),
      "# head\n\n# a\n\n# b\n[zone.a]\n# c\nname = \"x\"\n");
  EXPECT_EQ(format("# only a comment"), "# only a comment\n");
  EXPECT_EQ(format(""), "");
}

TEST(FormatToml, EachFileOfATopologyIsFormattedAlone) {
  std::vector<SourceFile> files{
      {"a.toml",
       "# A\n\n[topology]\nname = \"A\" # mine\n[system.s] # s\nzone = \"z\"\n[[pivot]] # p0\nfrom = [\"s\"]\nto = "
       "[\"s\"]\n"},
      {"b.toml", "[topology]\nname = \"B\" # not mine\n# p1\n[[pivot]]\nto = [\"s\"]\nfrom = [\"z\"]\n[zone.z] # z\n"}};
  const Loaded loaded = load_texts(std::move(files));
  ASSERT_TRUE(loaded.topology) << rendered(loaded);
  EXPECT_EQ(format_toml(loaded, FileId(std::size_t{0})),
            "# A\n\n[topology]\nformat = 1\nname   = \"A\"  # mine\n\n[system.s]  # s\nzone = \"z\"\n\n[[pivot]]  # "
            "p0\nfrom = [\"s\"]\nto   = [\"s\"]\n");
  EXPECT_EQ(format_toml(loaded, FileId(std::size_t{1})),
            "[topology]\nformat = 1\nname   = \"B\"  # not mine\n\n[zone.z]  # z\n\n# p1\n[[pivot]]\nfrom = "
            "[\"z\"]\nto   = [\"s\"]\n");
}

TEST(FormatToml, LeavesAFaultyFileAlone) {
  const Loaded loaded = read_toml("[zone.a\n");
  EXPECT_EQ(format_toml(loaded, FileId(std::size_t{0})), "[zone.a\n");
}

}  // namespace
}  // namespace firebreak
