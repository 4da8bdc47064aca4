#include "report/wording.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "topology/unicode.h"

namespace firebreak::report {

std::string when(Seconds after) {
  if (after == kNever) return "never";
  return after <= 0 ? "at once" : "after " + to_string_duration(after);
}

std::string grouped(double value) {
  std::string digits = fmt::format("{:.2f}", value);
  while (digits.ends_with('0')) digits.pop_back();
  if (digits.ends_with('.')) digits.pop_back();
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t start = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > start + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string rounded(double value) {
  return grouped(std::round(value * 10) / 10);
}

std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural) {
  const std::string number = grouped(static_cast<double>(count));
  if (count == 1) return fmt::format("{} {}", number, singular);
  return plural.empty() ? fmt::format("{} {}s", number, singular) : fmt::format("{} {}", number, plural);
}

std::string share(std::uint64_t count, std::uint64_t total, std::string_view singular, std::string_view plural) {
  if (count != total)
    return fmt::format("{} of {}", grouped(static_cast<double>(count)), counted(total, singular, plural));
  if (total == 1) return fmt::format("the only {}", singular);
  if (total > 2) return "all " + counted(total, singular, plural);
  return plural.empty() ? fmt::format("both {}s", singular) : fmt::format("both {}", plural);
}

std::string listing(std::span<const std::string> words, std::size_t most, std::string_view last) {
  const std::size_t shown = words.size() > most ? most : words.size();
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool closes = i > 0 && i + 1 == words.size();
    if (i > 0) out += closes ? fmt::format(" {} ", last) : ", ";
    out += words[i];
  }
  if (shown < words.size()) out += fmt::format(" and {} more", grouped(static_cast<double>(words.size() - shown)));
  return out;
}

std::string capitalised(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  }
  return words;
}

std::string fitted(std::string_view text, std::size_t width, bool ascii) {
  std::string out;
  std::size_t used = 0;
  const bool cut = width_of(text) > width;
  const std::size_t room = cut ? width - 1 : width;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = read_code_point(text, at);
    if (used + cells(c.value) > room) break;
    out += text.substr(at, c.size);
    used += cells(c.value);
    at += c.size;
  }
  if (cut) out += ascii ? "." : "…";
  if (cut) ++used;
  out.append(width - used, ' ');
  return out;
}

std::vector<std::string> selector_words(const Selectors& selectors) {
  std::vector<std::string> words;
  for (const Selector& selector : selectors) words.emplace_back(selector.text);
  if (words.empty()) words.emplace_back("*");
  return words;
}

std::string_view predicate(State state) {
  switch (state) {
    case State::off:
      return "is off";
    case State::fails:
      return "fails";
    case State::degraded:
      return "is degraded";
    case State::at_risk:
      return "is at risk";
    case State::works:
      break;
  }
  return "works";
}

std::string called(std::string_view id, std::string_view name) {
  return name.empty() || name == id ? std::string(id) : fmt::format("{} ({})", id, name);
}

std::vector<std::string> ids_of(const Topology& topology, std::span<const NodeId> nodes) {
  std::vector<std::string> ids;
  ids.reserve(nodes.size());
  for (const NodeId n : nodes) ids.emplace_back(topology.nodes[n].id);
  return ids;
}

std::string called(const Topology& topology, NodeId node) {
  return called(topology.nodes[node].id, topology.nodes[node].name);
}

namespace {

std::string_view without_folder(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

}  // namespace

std::string line_of(const Sources& sources, Span at) {
  if (!at.file.valid()) return {};
  const std::string_view name = without_folder(sources[at.file].name);
  const auto alike =
      std::ranges::count_if(sources, [&](const SourceFile& file) { return without_folder(file.name) == name; });
  const std::string_view shown = alike > 1 ? std::string_view(sources[at.file].name) : name;
  return at.line == 0 ? std::string(shown) : fmt::format("{}:{}", shown, at.line);
}

std::vector<std::string> places_words(const Topology& topology, const PlaceSet& places) {
  if (places.everything) return {"*"};
  const auto above = [&](NodeId n) {
    return topology.nodes[n].kind == NodeKind::zone ? topology.zone(n).parent : topology.system(n).zone;
  };
  // A zone's id stands for all systems and zones in it, so it can be said only when none of them is missing.
  IdVector<NodeId, bool> whole(topology.nodes.size(), true);
  for (const NodeId n : ids<NodeId>(topology.nodes.size())) {
    const NodeKind kind = topology.nodes[n].kind;
    if ((kind != NodeKind::zone && kind != NodeKind::system) || places.contains(n)) continue;
    for (NodeId zone = above(n); zone.valid() && whole[zone]; zone = above(zone)) whole[zone] = false;
  }
  std::vector<std::string> words;
  for (const NodeId n : places.nodes) {
    const NodeId zone = above(n);
    if (!zone.valid() || !whole[zone] || !places.contains(zone)) words.emplace_back(topology.nodes[n].id);
  }
  return words;
}

std::string flow_words(const Topology& topology, const FlowRule& rule) {
  const std::string from = fmt::format("{}", fmt::join(places_words(topology, rule.from), ","));
  const std::string to = fmt::format("{}", fmt::join(places_words(topology, rule.to), ","));
  if (rule.ports.is_any()) return fmt::format("{} -> {}", from, to);
  std::string ports = to_string(rule.ports);
  std::erase(ports, ' ');
  return fmt::format("{} -> {} {}", from, to, ports);
}

std::string rule_words(const Topology& topology, RuleId rule) {
  const Rule& found = topology.rules[rule];
  if (!found.name.empty()) return std::string(found.name);
  // The rules of a policy lie side by side, policies one after the other.
  const auto first = std::ranges::lower_bound(topology.rules, found.policy, {}, &Rule::policy);
  return fmt::format("number {}", rule.index() - (first - topology.rules.begin()) + 1);
}

std::string verdict_words(const Topology& topology, const Sources& sources, const Verdict& verdict) {
  const Policy& policy = topology.policies[verdict.policy];
  const std::string_view says = verdict.allow ? "allows" : "denies";
  if (!verdict.rule.valid()) {
    return fmt::format("policy {} {} it by default ({})", policy.id, says, line_of(sources, policy.at));
  }
  return fmt::format("policy {} {} it by rule {} ({})", policy.id, says, rule_words(topology, verdict.rule),
                     line_of(sources, topology.rules[verdict.rule].at));
}

std::string denial_words(const Subject& subject, const Scenario& scenario, const FlowJudgement& judgement) {
  if (judgement.permitted) return {};
  if (judgement.block) {
    return fmt::format("it is blocked ({})", flow_words(subject.topology, scenario.block[*judgement.block]));
  }
  for (const Verdict& verdict : judgement.verdicts) {
    if (!verdict.allow) return verdict_words(subject.topology, subject.sources, verdict);
  }
  return {};
}

}  // namespace firebreak::report
