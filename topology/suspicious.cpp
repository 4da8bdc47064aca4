// What is right by the letter and still looks like a mistake. Ids that look like typos are found by their one-letter
// deletions (two words one edit apart share one), so the cost is linear in the text of all ids.

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <unordered_map>

#include "firebreak/check.h"

namespace firebreak {

namespace {

class Suspicion {
 public:
  explicit Suspicion(const Topology& topology) : topology_(topology), uses_(topology.nodes.size(), 0) { count_uses(); }

  [[nodiscard]] std::vector<Diagnostic> find() {
    find_unused_services();
    find_systems_that_support_nothing();
    find_similar_ids();
    find_similar_words();
    find_idle_pivots();
    count_guesses();
    sort_and_unique(found_);
    return std::move(found_);
  }

 private:
  void use(NodeId n) {
    if (n.valid()) ++uses_[n];
  }
  void use(const Selectors& selectors) {
    for (const Selector& selector : selectors) {
      if (selector.type == Selector::Type::node) use(selector.node);
    }
  }

  void count_uses() {
    for (const Need& need : topology_.needs) {
      if (need.type == Need::Type::leaf) use(need.on);
      use(need.from);
    }
    for (const System& system : topology_.systems) use(system.runs_on);
    for (const Customer& customer : topology_.customers) {
      for (const auto& used : customer.uses) use(used.value);
    }
    for (const Pivot& pivot : topology_.pivots) {
      use(pivot.from);
      use(pivot.to);
      use(pivot.requires_all);
    }
    for (const NamedScenario& scenario : topology_.scenarios) use(scenario.compromised);
  }

  void find_unused_services() {
    if (topology_.customers.empty()) return;
    for (const Service& service : topology_.services) {
      if (uses_[service.node] > 0) continue;
      found_.push_back(diagnose(
          Code::unused_service, topology_.nodes[service.node].at,
          fmt::format("service '{}' is used by no customer and needed by nothing", topology_.nodes[service.node].id),
          "add it to the uses of a customer, or remove it"));
    }
  }

  void find_systems_that_support_nothing() {
    std::unordered_map<NodeId, std::vector<NodeId>> by_zone;  // looked up in source order of the zones
    std::vector<NodeId> zones;
    for (const System& system : topology_.systems) {
      if (uses_[system.node] > 0 || system.critical) continue;
      std::vector<NodeId>& idle = by_zone[system.zone];
      if (idle.empty()) zones.push_back(system.zone);
      idle.push_back(system.node);
    }
    for (const NodeId zone : zones) report_idle(zone, by_zone[zone]);
  }

  void report_idle(NodeId zone, const std::vector<NodeId>& idle) {
    constexpr std::size_t kNamed = 3;
    std::string names;
    for (std::size_t i = 0; i < std::min(idle.size(), kNamed); ++i) {
      names += fmt::format("{}'{}'", i > 0 ? ", " : "", topology_.nodes[idle[i]].id);
    }
    if (idle.size() > kNamed) names += fmt::format(" and {} more", idle.size() - kNamed);
    const std::string where = zone.valid() ? fmt::format(" in zone '{}'", topology_.nodes[zone].id) : "";
    found_.push_back(
        diagnose(Code::supports_nothing, topology_.nodes[idle.front()].at,
                 fmt::format("nothing depends on {} {}{}", idle.size() == 1 ? "system" : "systems", names, where),
                 "name in `needs` what they are there for"));
  }

  /// Ids of the same kind one letter apart, of which one is used at most once and the other more often.
  void find_similar_ids() {
    constexpr std::size_t kShortest = 6;
    std::vector<std::string_view> words;
    std::vector<NodeId> nodes;
    for (const NodeId n : ids<NodeId>(topology_.nodes.size())) {
      if (topology_.nodes[n].id.size() < kShortest) continue;
      words.push_back(topology_.nodes[n].id);
      nodes.push_back(n);
    }
    for_each_similar(words, [&](std::size_t a, std::size_t b) {
      if (topology_.nodes[nodes[a]].kind != topology_.nodes[nodes[b]].kind) return;
      if (uses_[nodes[a]] > uses_[nodes[b]]) std::swap(a, b);
      if (uses_[nodes[a]] > 1 || uses_[nodes[b]] < 2) return;
      Diagnostic d = diagnose(Code::similar_id, topology_.nodes[nodes[a]].at,
                              fmt::format("'{}' is hardly used and looks like '{}'", words[a], words[b]),
                              "if both are meant, nothing needs to change");
      d.related.push_back({topology_.nodes[nodes[b]].at, fmt::format("'{}' is defined here", words[b])});
      found_.push_back(std::move(d));
    });
  }

  /// Tags and kinds given to one system only that are one letter from a word given to several.
  void find_similar_words() {
    constexpr std::size_t kShortest = 4;
    constexpr std::uint32_t kCommon = 3;
    IdVector<WordId, std::uint32_t> count(topology_.words.size(), 0);
    IdVector<WordId, NodeId> sample(topology_.words.size());
    const auto carry = [&](NodeId n, WordId kind, const std::vector<WordId>& tags) {
      const auto one = [&](WordId word) {
        ++count[word];
        sample[word] = n;
      };
      if (kind.valid()) one(kind);
      for (const WordId tag : tags) one(tag);
    };
    for (const System& system : topology_.systems) carry(system.node, system.kind, system.tags);
    for (const Identity& identity : topology_.identities) carry(identity.node, identity.kind, identity.tags);
    std::vector<std::string_view> words;
    std::vector<WordId> word_ids;
    for (const WordId w : ids<WordId>(topology_.words.size())) {
      if (topology_.words[w].size() < kShortest || count[w] == 0) continue;
      words.push_back(topology_.words[w]);
      word_ids.push_back(w);
    }
    for_each_similar(words, [&](std::size_t a, std::size_t b) {
      if (count[word_ids[a]] > count[word_ids[b]]) std::swap(a, b);
      if (count[word_ids[a]] > 1 || count[word_ids[b]] < kCommon) return;
      const Node& node = topology_.nodes[sample[word_ids[a]]];
      found_.push_back(
          diagnose(Code::similar_id, node.at,
                   fmt::format("'{}' alone has the word '{}', which looks like '{}'", node.id, words[a], words[b])));
    });
  }

  /// Calls `similar(a, b)` once for every two words one edit of a letter apart. Digits count: esx-1 and esx-2 are two
  /// things.
  template <class Similar>
  static void for_each_similar(const std::vector<std::string_view>& words, Similar similar) {
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_form;  // never iterated
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      std::vector<std::uint32_t> partners;
      const auto meet = [&](const std::string& form) {
        std::vector<std::uint32_t>& same = by_form[form];
        if (same.size() >= kMostAlike) return;
        partners.insert(partners.end(), same.begin(), same.end());
        same.push_back(i);
      };
      meet(std::string(words[i]));
      for (std::size_t cut = 0; cut < words[i].size(); ++cut) {
        if (!is_letter(words[i][cut])) continue;
        std::string form(words[i]);
        form.erase(cut, 1);
        meet(form);
      }
      std::ranges::sort(partners);
      partners.erase(std::ranges::unique(partners).begin(), partners.end());
      for (const std::uint32_t p : partners) {
        if (p != i && one_letter_apart(words[p], words[i])) similar(p, i);
      }
    }
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  /// One letter changed, left out or added, or two neighbours exchanged.
  static bool one_letter_apart(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    std::size_t head = 0;
    while (head < a.size() && a[head] == b[head]) ++head;
    std::size_t tail = 0;
    while (tail < a.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    const std::string_view middle_a = a.substr(head, a.size() - head - tail);
    const std::string_view middle_b = b.substr(head, b.size() - head - tail);
    if (!std::ranges::all_of(middle_a, is_letter) || !std::ranges::all_of(middle_b, is_letter)) return false;
    const bool word_before = head > 0 && is_letter(b[head - 1]);
    const bool word_behind = tail > 0 && is_letter(b[b.size() - tail]);
    if (!word_before && !word_behind) return false;  // feed-a and feed-b are two things
    if (middle_a.size() == 2 && middle_b.size() == 2) return middle_a[0] == middle_b[1] && middle_a[1] == middle_b[0];
    return middle_a.size() <= 1 && middle_b.size() == 1;
  }

  void find_idle_pivots() {
    for (const Pivot& pivot : topology_.pivots) {
      const std::vector<NodeId> from = select(topology_, pivot.from);
      const std::vector<NodeId> to = select(topology_, pivot.to);
      const auto placed = [&](NodeId n) {
        return topology_.nodes[n].kind == NodeKind::system && topology_.system(n).zone.valid();
      };
      std::string why;
      if (from.empty() || to.empty()) {
        why = from.empty() ? "its `from` selects nothing" : "its `to` selects nothing";
      } else if (pivot.port.valid() && std::ranges::none_of(from, placed)) {
        why = "it has a port, but nothing in `from` is a system in a zone";
      } else if (pivot.port.valid() && std::ranges::none_of(to, placed)) {
        why = "it has a port, but nothing in `to` is a system in a zone";
      }
      if (why.empty()) continue;
      found_.push_back(diagnose(Code::pivot_never_works, pivot.at, "this pivot can never be taken: " + why));
    }
  }

  void count_guesses() {
    std::size_t guesses = 0;
    Span first;
    for (const Need& need : topology_.needs) {
      if (!need.assumed) continue;
      if (guesses++ == 0) first = need.at;
    }
    if (guesses == 0) return;
    found_.push_back(diagnose(Code::rests_on_guesses, first,
                              guesses == 1 ? std::string("1 need is assumed, this one")
                                           : fmt::format("{} needs are assumed, this is the first", guesses),
                              "verify it with whoever knows, then remove `assumed`"));
  }

  static constexpr std::size_t kMostAlike = 64;

  const Topology& topology_;
  IdVector<NodeId, std::uint32_t> uses_;
  std::vector<Diagnostic> found_;
};

}  // namespace

std::vector<Diagnostic> suspicious(const Topology& topology) {
  return Suspicion(topology).find();
}

}  // namespace firebreak
