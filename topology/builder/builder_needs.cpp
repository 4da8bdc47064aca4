/// Needs are kept as they are declared: one flat list, each group directly before its members. One pass checks that the
/// sizes nest and how deep, with the ends of the open groups on a stack; another takes the items over.
#include <fmt/format.h>

#include "topology/builder/builder_values.h"

namespace firebreak {
namespace {

/// Whether every item lies within the group before it, and leaves hold nothing; reports what does not.
bool sizes_nest(Declarations& declarations, const NeedDecls& needs) {
  std::vector<std::size_t> open;  // ends of the groups the item lies in
  bool too_deep = false;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const NeedDecl& need = needs[i];
    while (!open.empty() && open.back() == i) open.pop_back();
    const std::size_t room = (open.empty() ? needs.size() : open.back()) - i;
    const bool leaf = need.type == Need::Type::leaf;
    if (need.size == 0 || need.size > room || (leaf && need.size != 1)) {
      declarations.faults.add(
          Code::bad_number, need.at,
          fmt::format("item {} of the needs says it holds {} items, where {} fit", i, need.size, leaf ? 1 : room));
      return false;
    }
    if (leaf) continue;
    if (open.size() == kMaxNeedDepth && !too_deep) {
      declarations.faults.add(Code::too_large, need.at,
                              fmt::format("needs are nested more than {} groups deep", kMaxNeedDepth),
                              "give the inner ones to a service of their own");
      too_deep = true;
    }
    open.push_back(i + need.size);
  }
  return !too_deep;
}

std::size_t count_members(const NeedDecls& needs, std::size_t group) {
  std::size_t members = 0;
  for (std::size_t i = group + 1; i < group + needs[group].size; i += needs[i].size) ++members;
  return members;
}

std::string_view group_key(Need::Type type) {
  switch (type) {
    case Need::Type::all:
      return "all";
    case Need::Type::any:
      return "any";
    case Need::Type::at_least:
    case Need::Type::leaf:
      break;
  }
  return "at_least";
}

void take_group(Declarations& declarations, const NeedDecls& needs, std::size_t at, Need& item) {
  const NeedDecl& need = needs[at];
  for (const auto& [key, word] : {std::pair{"on", &need.on}, {"port", &need.port}, {"from", &need.from}}) {
    if (!is_given(*word)) continue;
    declarations.faults.add(Code::conflicting_keys, word->at.file.valid() ? word->at : need.at,
                            fmt::format("'{}' cannot stand together with '{}'", key, group_key(need.type)),
                            "it belongs to a need on one thing: give it to the members");
  }
  const std::size_t members = count_members(needs, at);
  if (members == 0) {
    declarations.faults.add(Code::empty_group, need.at,
                            fmt::format("the group '{}' has no members", group_key(need.type)));
    return;
  }
  if (need.type != Need::Type::at_least) return;
  if (need.k.value < 1 || need.k.value > static_cast<std::int64_t>(members)) {
    declarations.faults.add(Code::bad_threshold, need.k.at.file.valid() ? need.k.at : need.at,
                            fmt::format("'at_least' is {} of {} members", need.k.value, members),
                            members == 1 ? "it must be 1" : fmt::format("it must be from 1 to {}", members));
    return;
  }
  item.k = static_cast<std::uint32_t>(need.k.value);
}

void take_leaf(Declarations& declarations, NodeId owner, const NeedDecl& need, Need& item) {
  if (!is_given(need.on)) {
    declarations.faults.add(Code::missing_key, need.at, "a need says nothing of what is needed",
                            "give it 'on', 'all', 'any', or 'at_least' and 'of'");
    return;
  }
  if (need.on.at.file.valid()) item.at = need.on.at;
  declarations.waiting.add(NameQueue::Fills::need, declarations.topology.needs.size(), need.on.value,
                           *declarations.index);
  item.port = take_port(declarations, need.port);
  item.from = NodeId(mention(declarations, Role::need_from, need.from, owner, declarations.topology.needs.size()));
}

NeedMannerId manner_of(Declarations& declarations, const Need& item) {
  const NeedManner manner{item.from, item.port, item.grace};
  const auto [at, fresh] = declarations.need_manners.try_emplace(manner);
  if (fresh) at->second = declarations.topology.needs.add_manner(manner);
  return at->second;
}

}  // namespace

NeedRange take_needs(Declarations& declarations, NodeId owner, const NeedDecls& needs) {
  NeedList& items = declarations.topology.needs;
  const auto begin = static_cast<std::uint32_t>(items.size());
  declarations.number_waiting_names(false);
  if (!sizes_nest(declarations, needs)) return {begin, begin};
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const NeedDecl& need = needs[i];
    Need item;
    item.type = need.type;
    item.soft = need.soft;
    item.fallback = need.fallback;
    item.start = need.start;
    item.assumed = need.assumed;
    item.end = begin + static_cast<std::uint32_t>(i) + need.size;
    item.grace = static_cast<std::uint32_t>(take_duration(declarations, need.grace, "grace"));
    item.at = need.at;
    if (need.type == Need::Type::leaf) {
      take_leaf(declarations, owner, need, item);
    } else {
      take_group(declarations, needs, i, item);
    }
    items.push_back(item, manner_of(declarations, item));
  }
  return {begin, static_cast<std::uint32_t>(items.size())};
}

NeedDecls needs_on(std::initializer_list<std::string_view> ids) {
  NeedDecls needs;
  needs.reserve(ids.size());
  for (const std::string_view id : ids) {
    NeedDecl& need = needs.emplace_back();
    need.on = id;
  }
  return needs;
}

}  // namespace firebreak
