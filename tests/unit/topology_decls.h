#pragma once

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "firebreak/builder.h"

/// Short spellings for declarations in tests of the builder.
namespace firebreak::decls {

inline Words words(std::initializer_list<std::string_view> list) {
  return {list.begin(), list.end()};
}

/// Line 1 and behind of the first file.
inline Span line(std::uint32_t number, std::uint32_t column = 1) {
  return {FileId(std::size_t{0}), number, column};
}

inline NeedDecl leaf(std::string_view on) {
  NeedDecl need;
  need.on = on;
  return need;
}

/// A group around items, which may hold groups themselves.
inline NeedDecls group(Need::Type type, const std::vector<NeedDecls>& members, std::int64_t k = 0) {
  NeedDecls needs(1);
  needs[0].type = type;
  needs[0].k = k;
  for (const NeedDecls& member : members) needs.insert(needs.end(), member.begin(), member.end());
  needs[0].size = static_cast<std::uint32_t>(needs.size());
  return needs;
}

/// "code: message (hint)" of each, one a line.
inline std::string listed(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += std::string(info(diagnostic.code).slug) + ": " + diagnostic.message;
    if (!diagnostic.hint.empty()) text += " (" + diagnostic.hint + ")";
    text += "\n";
  }
  return text;
}

/// The topology; fails the test when there is none.
inline Topology built(TopologyBuilder& builder) {
  TopologyBuilder::Result result = builder.finish();
  EXPECT_TRUE(result.topology.has_value()) << listed(result.diagnostics);
  return result.topology ? std::move(*result.topology) : Topology();
}

/// The faults; fails the test when there is a topology all the same although one of them is an error.
inline std::string faults_of(TopologyBuilder& builder) {
  const TopologyBuilder::Result result = builder.finish();
  EXPECT_NE(result.topology.has_value(), has_errors(result.diagnostics));
  return listed(result.diagnostics);
}

template <class... Decls>
std::string faults_of(const Decls&... decls) {
  TopologyBuilder builder;
  (builder.add(decls), ...);
  return faults_of(builder);
}

template <class... Decls>
Topology built(const Decls&... decls) {
  TopologyBuilder builder;
  (builder.add(decls), ...);
  return built(builder);
}

}  // namespace firebreak::decls
