#include "topology/format/header.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr std::int64_t kFormat = 1;

}  // namespace

void Header::take(const TopologyDecl& decl, Span at, FileFaults& faults) {
  if (decl.format.value != kFormat) {
    faults.report(Code::format_version, decl.format.at,
                  fmt::format("the file is of format {}, which this program does not read", decl.format.value),
                  fmt::format("it reads format {}", kFormat));
  }
  if (decl.name.at.file.valid()) {
    if (!name_) {
      name_.emplace(std::string(decl.name.value), decl.name.at);
    } else if (name_->value != decl.name.value) {
      Diagnostic warning = diagnose(Code::no_effect, decl.name.at,
                                    fmt::format("the topology is called {} here", quoted(decl.name.value)),
                                    fmt::format("it keeps its first name, {}", quoted(name_->value)));
      warning.related.push_back({name_->at, "named here first"});
      faults.report(std::move(warning));
    }
  }
  if (decl.meta) take_meta(*decl.meta, at, faults);
}

void Header::take_meta(const MetaValue& meta, Span at, FileFaults& faults) {
  if (meta_.members.empty()) meta_at_ = at;
  meta_.type = MetaValue::Type::table;
  const auto known = static_cast<std::ptrdiff_t>(meta_.members.size());
  for (const auto& member : meta.members) {
    const auto end = meta_.members.begin() + known;
    const bool taken = std::any_of(meta_.members.begin(), end, [&](const auto& m) { return m.first == member.first; });
    if (!taken) {
      meta_.members.push_back(member);
      continue;
    }
    Diagnostic warning = diagnose(Code::no_effect, at, fmt::format("'meta' gives {} again", quoted(member.first)),
                                  "it keeps its first value");
    warning.related.push_back({meta_at_, "the first 'meta' is here"});
    faults.report(std::move(warning));
  }
}

void Header::finish(TopologyBuilder& builder) const {
  if (name_) builder.set_name(name_->value);
  if (meta() != nullptr) builder.set_meta(meta_);
}

}  // namespace firebreak
