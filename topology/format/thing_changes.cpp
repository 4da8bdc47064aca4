// Things are compared in canonical spelling, so that what says the same in other words does not differ.

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "firebreak/diff.h"

#include "topology/format/describe.h"
#include "topology/format/value_text.h"

namespace firebreak {

namespace {

constexpr std::array<std::string_view, 5> kWords = {"name", "owner", "phone", "isolate_how", "meta"};

/// A value in words, equal for two that say the same: lists in one order, but for those of rules.
std::string canonical(const MetaValue& value, bool ordered = false) {
  if (value.type != MetaValue::Type::array && value.type != MetaValue::Type::table) {
    std::string out;
    append_inline(out, value, Syntax::json);
    return out;
  }
  std::vector<std::string> parts;
  for (const auto& [key, member] : value.members) {
    std::string part;
    append_key(part, key, Syntax::json);
    parts.push_back(part + "=" + canonical(member));
  }
  if (!ordered) std::ranges::sort(parts);
  std::string out = value.type == MetaValue::Type::array ? "[" : "{";
  for (const std::string& part : parts) out += part + "\x1f";
  return out + "]";
}

/// A rule in words, but for what it is called.
std::string without_name(MetaValue rule) {
  std::erase_if(rule.members, [](const auto& member) { return member.first == "name"; });
  return canonical(rule);
}

struct Described {
  std::string id;
  Span at;
  std::map<std::string, std::string> keys;  ///< in canonical words
  std::vector<std::string> rules;
};

using Things = std::map<std::string_view, std::vector<Described>>;  ///< by kind

std::string pivot_id(const MetaValue& keys) {
  std::string from;
  std::string to;
  for (const auto& [key, value] : keys.members) {
    std::string* side = key == "from" ? &from : key == "to" ? &to : nullptr;
    if (side == nullptr) continue;
    for (const auto& [none, word] : value.members) *side += (side->empty() ? "" : ",") + word.text;
    if (value.members.empty()) *side = value.text;
  }
  return from + " -> " + to;
}

Things describe_all(const Topology& topology) {
  Things things;
  const auto add = [&](const Thing& thing) {
    Described described{std::string(thing.id), thing.at, {}, {}};
    for (const auto& [key, value] : thing.keys.members) {
      const bool rules = thing.kind == "policy" && key == "rule";
      described.keys[key] = canonical(value, rules);
      if (!rules) continue;
      for (const auto& [none, rule] : value.members) described.rules.push_back(without_name(rule));
    }
    if (thing.kind == "pivot") described.id = pivot_id(thing.keys);
    things[thing.kind].push_back(std::move(described));
  };
  const auto meta = topology.other_meta.find("topology");
  add(describe_header(topology.name, meta == topology.other_meta.end() ? nullptr : &meta->second));
  describe(topology, add);
  return things;
}

/// How many of `all` are not among `others`, each of which stands for one.
std::uint64_t missing_from(const std::vector<std::string>& all, const std::vector<std::string>& others) {
  std::multiset<std::string_view> left(others.begin(), others.end());
  std::uint64_t count = 0;
  for (const std::string& one : all) {
    const auto at = left.find(one);
    at == left.end() ? void(++count) : void(left.erase(at));
  }
  return count;
}

class ThingComparison {
 public:
  ThingComparison(std::string_view kind, std::vector<ThingChange>& changes) : kind_(kind), changes_(changes) {}

  void by_id(const std::vector<Described>& before, const std::vector<Described>& after) {
    std::map<std::string_view, const Described*> old;
    for (const Described& thing : before) old.emplace(thing.id, &thing);
    for (const Described& thing : after) {
      const auto at = old.find(thing.id);
      if (at == old.end()) {
        add(ThingChange::Type::added, thing);
        continue;
      }
      compare(*at->second, thing);
      old.erase(at);
    }
    for (const Described& thing : before) {
      if (old.contains(thing.id)) add(ThingChange::Type::removed, thing);
    }
  }

  /// Pivots have no ids: each that says the same stands for one on the other side.
  void by_words(const std::vector<Described>& before, const std::vector<Described>& after) {
    add_missing(ThingChange::Type::added, after, before);
    add_missing(ThingChange::Type::removed, before, after);
  }

 private:
  void add(ThingChange::Type type, const Described& thing) {
    changes_.push_back({type, kind_, thing.id, {}, thing.rules.size(), 0, false, thing.at});
    if (type == ThingChange::Type::removed) std::swap(changes_.back().rules_added, changes_.back().rules_removed);
  }

  void compare(const Described& before, const Described& after) {
    ThingChange change{ThingChange::Type::changed, kind_, after.id, {}, 0, 0, false, after.at};
    std::set<std::string> keys;
    for (const auto& [key, value] : before.keys) keys.insert(key);
    for (const auto& [key, value] : after.keys) keys.insert(key);
    for (const std::string& key : keys) {
      const auto was = before.keys.find(key);
      const auto is = after.keys.find(key);
      const bool same = was != before.keys.end() && is != after.keys.end() && was->second == is->second;
      if (!same) change.keys.push_back(key);
    }
    if (change.keys.empty()) return;
    change.rules_added = missing_from(after.rules, before.rules);
    change.rules_removed = missing_from(before.rules, after.rules);
    change.rules_moved = change.rules_added == 0 && change.rules_removed == 0 && before.rules != after.rules;
    changes_.push_back(std::move(change));
  }

  void add_missing(ThingChange::Type type, const std::vector<Described>& all, const std::vector<Described>& others) {
    std::multiset<std::map<std::string, std::string>> left;
    for (const Described& other : others) left.insert(other.keys);
    for (const Described& one : all) {
      const auto at = left.find(one.keys);
      at == left.end() ? add(type, one) : void(left.erase(at));
    }
  }

  std::string_view kind_;
  std::vector<ThingChange>& changes_;
};

}  // namespace

bool ThingChange::only_words() const {
  const auto is_word = [](const std::string& key) { return std::ranges::find(kWords, key) != kWords.end(); };
  return type == Type::changed && std::ranges::all_of(keys, is_word);
}

std::vector<ThingChange> thing_changes(const Topology& before, const Topology& after) {
  const Things old = describe_all(before);
  const Things now = describe_all(after);
  constexpr std::array<std::string_view, 12> kKinds = {"topology", "zone", "site",   "system", "identity", "service",
                                                       "customer", "link", "policy", "pivot",  "scenario", "require"};
  const std::vector<Described> none;
  std::vector<ThingChange> changes;
  for (const std::string_view kind : kKinds) {
    const auto was = old.find(kind);
    const auto is = now.find(kind);
    const std::vector<Described>& a = was == old.end() ? none : was->second;
    const std::vector<Described>& b = is == now.end() ? none : is->second;
    ThingComparison comparison(kind, changes);
    kind == "pivot" ? comparison.by_words(a, b) : comparison.by_id(a, b);
  }
  return changes;
}

}  // namespace firebreak
