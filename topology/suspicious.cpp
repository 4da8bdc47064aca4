// What is right by the letter and still looks like a mistake. Ids that look like typos are found by their one-letter
// deletions (two words one edit apart share one): hashed and sorted, so that the cost is near linear in the text of all
// ids.

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

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
  template <class List>
  void use(const List& selectors) {
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
    for (const PivotId p : ids<PivotId>(topology_.pivots.size())) {
      const Pivot pivot = topology_.pivot(p);
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
    const auto carry = [&](NodeId n, WordId kind, std::span<const WordId> tags) {
      const auto one = [&](WordId word) {
        ++count[word];
        sample[word] = n;
      };
      if (kind.valid()) one(kind);
      for (const WordId tag : tags) one(tag);
    };
    for (const System& system : topology_.systems) carry(system.node, system.kind, topology_.tags_of(system));
    for (const Identity& identity : topology_.identities)
      carry(identity.node, identity.kind, topology_.tags_of(identity));
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

  /// A word, or a word without one of its letters, as a number.
  struct Form {
    std::uint64_t hash = 0;
    std::uint32_t word = 0;

    auto operator<=>(const Form&) const = default;
  };

  /// Adds the forms of a word. The hash is a polynomial of its bytes, so that leaving one out takes one step.
  static void add_forms(std::string_view text, std::uint32_t word, std::vector<Form>& forms) {
    constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15U;
    std::vector<std::uint64_t> behind(text.size() + 1, 0);  // hash of what stands from here to the end
    std::uint64_t power = 1;
    for (std::size_t at = text.size(); at-- > 0; power *= kBase) {
      behind[at] = behind[at + 1] + static_cast<unsigned char>(text[at]) * power;
    }
    forms.push_back({behind[0], word});
    std::uint64_t before = 0;
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
      // What stands before a letter that is left out moves one place to the end.
      if (is_letter(text[cut])) forms.push_back({before * inverse(kBase) + behind[cut + 1], word});
      before += behind[cut] - behind[cut + 1];
    }
  }

  /// The number that undoes a multiplication by an odd one, modulo 2^64 (Newton's iteration doubles the right bits).
  static constexpr std::uint64_t inverse(std::uint64_t odd) {
    std::uint64_t guess = odd;
    for (int i = 0; i < 5; ++i) guess *= 2 - odd * guess;
    return guess;
  }

  /// Calls `similar(a, b)` once for every two words one edit of a letter apart. Digits count: esx-1 and esx-2 are two
  /// things. Of more than kMostAlike words with one form only the first are compared.
  template <class Similar>
  static void for_each_similar(const std::vector<std::string_view>& words, Similar similar) {
    std::vector<Form> forms;
    for (std::uint32_t i = 0; i < words.size(); ++i) add_forms(words[i], i, forms);
    std::ranges::sort(forms);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::size_t begin = 0; begin < forms.size();) {
      std::size_t end = begin + 1;
      while (end < forms.size() && forms[end].hash == forms[begin].hash) ++end;
      for (std::size_t b = begin + 1; b < std::min(end, begin + kMostAlike); ++b) {
        for (std::size_t a = begin; a < b; ++a) {
          const std::uint32_t one = forms[a].word;
          const std::uint32_t other = forms[b].word;
          if (one != other && one_letter_apart(words[one], words[other])) pairs.emplace_back(one, other);
        }
      }
      begin = end;
    }
    std::ranges::sort(pairs);
    pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
    for (const auto& [one, other] : pairs) similar(one, other);
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
    for (const PivotId p : ids<PivotId>(topology_.pivots.size())) {
      const Pivot pivot = topology_.pivot(p);
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
