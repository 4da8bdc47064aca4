#include <gtest/gtest.h>
#include <vector>

#include "topology/format/toml_statements.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using reading::Lines;

std::vector<TomlStatement> split(std::string_view text) {
  TomlStatements statements(text);
  std::vector<TomlStatement> all;
  for (TomlStatement statement; statements.next(statement);) all.push_back(statement);
  return all;
}

/// "LINE-LINE key" of each statement, headers in brackets.
Lines outline(std::string_view text) {
  Lines lines;
  for (const TomlStatement& statement : split(text)) {
    std::string line = std::to_string(statement.line) + "-" + std::to_string(statement.last_line) + " ";
    if (statement.is_header()) line += statement.type == TomlStatement::Type::table ? "[" : "[[";
    for (const std::string& part : statement.path) line += "<" + part + ">";
    if (statement.unclosed != TomlStatement::kNowhere) line += " open";
    if (statement.unquoted != TomlStatement::kNowhere) line += " unquoted";
    lines.push_back(line);
  }
  return lines;
}

TEST(TomlStatements, AreHeadersAndKeysWithTheirValues) {
  EXPECT_EQ(
      outline(
          "# c\n[a.b] # x\n\nk = 1\n[[p]]\nx.\"y z\".'w' = [ 1,\n # ]\n 2 ]\nt = \"\"\"\n[no]\n\"\"\"\nl = '''\n'''\n"),
      (Lines{"2-2 [<a><b>", "4-4 <k>", "5-5 [[<p>", "6-8 <x><y z><w>", "9-11 <t>", "12-13 <l>"}));
}

TEST(TomlStatements, KeysLoseQuotesAndEscapes) {
  EXPECT_EQ(outline("\"\\u00e9\\t\\\\\\\"\\q\\u12\\U0001F600\" = 1\n'a\\n' = 1\n\"\" = 1\n"),
            (Lines{"1-1 <é\t\\\"\\q\\u12\xF0\x9F\x98\x80>", "2-2 <a\\n>", "3-3 <>"}));
}

TEST(TomlStatements, TextsEndWhereTheyShould) {
  EXPECT_EQ(
      outline(
          "a = \"x\\\"\" # \"\nb = ''\nc = \"\"\nd = \"\"\"\"\"\" \ne = \"\"\"x\"\"\"\"\" # y\nf = '''x''''\ng = 1\n"),
      (Lines{"1-1 <a>", "2-2 <b>", "3-3 <c>", "4-4 <d>", "5-5 <e>", "6-6 <f>", "7-7 <g>"}));
  EXPECT_EQ(outline("a = \"x\nb = 'y\\\nc = \"z\\\nd = 1\ne = \"\"\"\nf = 1\n"),
            (Lines{"1-1 <a> unquoted", "2-2 <b> unquoted", "3-3 <c> unquoted", "4-4 <d>", "5-7 <e> unquoted"}));
}

TEST(TomlStatements, AnOpenListEndsBeforeTheNextStatement) {
  EXPECT_EQ(
      outline("a = [ 1,\nb = 2\nc = [[\n [1],\n [true], [\"x\"],\n[d.e]\nf = [\n[[g]]\n\"h\".i = {\n j = 1 }\n"),
      (Lines{"1-1 <a> open", "2-2 <b>", "3-5 <c> open", "6-6 [<d><e>", "7-7 <f> open", "8-8 [[<g>", "9-10 <h><i>"}));
}

TEST(TomlStatements, NoteKeysOfTooManyPartsAndTextsThatAreTooLong) {
  const std::string parts = reading::repeat("a.", 15);
  EXPECT_EQ(split(parts + "a = 1.5\n")[0].deep, TomlStatement::kNowhere);
  EXPECT_EQ(split(parts + "a.a = 1\n")[0].deep, 31U);
  EXPECT_EQ(split("[" + parts + "a.a]\n")[0].deep, 32U);
  EXPECT_EQ(split("x = { " + parts + "\"a\" . a = 1 }\n")[0].deep, 40U);
  EXPECT_EQ(split("x = \"" + std::string(kMaxTomlText, 'x') + "\"\n")[0].too_long, 4U);
}

TEST(TomlStatements, TakeAnythingWithoutEnd) {
  for (const std::string_view text : {"", "\n\n", "=", "[", "[[", "]]", "a", "a =", "a = [", "a = {", "\"", "'''",
                                      "\"\"\"x", "#", "\r", "a = \"\\", ".", "a.", "}\n]\n"}) {
    EXPECT_LE(split(text).size(), 2U) << text;
  }
}

}  // namespace
}  // namespace firebreak
