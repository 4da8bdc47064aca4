#include "topology/selector_reader.h"

#include <algorithm>
#include <fmt/format.h>

#include "topology/cidr_words.h"
#include "topology/flow_words.h"
#include "topology/port_words.h"
#include "topology/wording.h"

namespace firebreak {
namespace {

constexpr std::string_view kTagPrefix = "tag:";
constexpr std::string_view kKindPrefix = "kind:";

/// What has this id and is no node: "a policy", "a scenario", "a require"; empty when nothing has it.
std::string_view other_thing(const Topology& topology, std::string_view id) {
  if (topology.find_policy(id).valid()) return "a policy";
  if (topology.find_scenario(id).valid()) return "a scenario";
  if (topology.find_require(id).valid()) return "a require";
  return {};
}

Span defined_at(const Topology& topology, std::string_view id) {
  if (const PolicyId policy = topology.find_policy(id); policy.valid()) return topology.policies[policy].at;
  if (const ScenarioId scenario = topology.find_scenario(id); scenario.valid()) return topology.scenarios[scenario].at;
  if (const RequireId require = topology.find_require(id); require.valid()) return topology.requires_all[require].at;
  return {};
}

std::string_view text_of(const Selector& selector, std::string& buffer) {
  if (selector.type != Selector::Type::cidr) return selector.text;
  buffer = to_string(selector.cidr);
  return buffer;
}

void append_list(std::string& text, const Selectors& selectors) {
  std::string buffer;
  for (std::size_t i = 0; i < selectors.size(); ++i) {
    if (i > 0) text += ',';
    text += text_of(selectors[i], buffer);
  }
}

}  // namespace

bool SelectorReader::read(Selector& selector, const SelectorUse& use) {
  const std::string_view word = selector.text;
  if (word == "*") {
    selector.type = Selector::Type::everything;
    return true;
  }
  for (const std::string_view prefix : {kTagPrefix, kKindPrefix}) {
    if (!word.starts_with(prefix)) continue;
    const std::string_view name = word.substr(prefix.size());
    if (const std::string_view why = why_no_word(name); !why.empty()) {
      faults_->add(Code::bad_word, selector.at, fmt::format("the word of {} {}", quoted(word), why));
      return false;
    }
    selector.type = prefix == kTagPrefix ? Selector::Type::tag : Selector::Type::kind;
    selector.word = topology_->find_word(name);
    return true;
  }
  selector.node = topology_->find(word);
  if (selector.node.valid() && use.takes.has(topology_->nodes[selector.node].kind)) {
    selector.type = Selector::Type::node;
    return true;
  }
  if (!selector.node.valid() && (read_cidr(word) || looks_like_ipv4(word))) return read_cidr_selector(selector);
  add_wrong_id(word, selector.at, use);
  return false;
}

bool SelectorReader::read_cidr_selector(Selector& selector) {
  const auto cidr = read_cidr(selector.text);
  if (cidr && !cidr->host_bits) {
    selector.type = Selector::Type::cidr;
    selector.cidr = cidr->cidr;
    return true;
  }
  add_bad_cidr(*faults_, selector.text, selector.at);
  return false;
}

void SelectorReader::add_wrong_id(std::string_view id, Span at, const SelectorUse& use) {
  const NodeId node = topology_->find(id);
  const std::string_view other = node.valid() ? std::string_view() : other_thing(*topology_, id);
  if (node.valid() || !other.empty()) {
    const std::string is = node.valid() ? with_article(topology_->nodes[node].kind) : std::string(other);
    Diagnostic& fault =
        faults_->add(Code::wrong_kind, at,
                     fmt::format("{} is {}, but {} takes {}", quoted(id), is, use.where, with_article(use.takes)));
    fault.related.push_back({node.valid() ? topology_->nodes[node].at : defined_at(*topology_, id), "defined here"});
    return;
  }
  if (names_missing_) return;
  const std::string what = use.takes.single() ? to_string(use.takes) : "id";
  faults_->add(Code::unknown_id, at, fmt::format("unknown {} {}", what, quoted(id)),
               suggestions_.for_id(id, use.takes));
}

bool SelectorReader::read_ports(const std::vector<std::string_view>& words, Span at, PortSet& ports) {
  std::vector<PortRange> ranges;
  bool read = true;
  for (const std::string_view word : words) {
    const std::size_t before = ranges.size();
    if (append_ports(word, ranges) && ranges.size() > before) continue;
    faults_->add(Code::bad_port, at, fmt::format("{} is no port", quoted(word)), port_hint(word));
    read = false;
  }
  ports = words.empty() ? PortSet::any() : PortSet(std::move(ranges));
  return read;
}

bool SelectorReader::read_flow(std::string_view text, Span at, ReadFlow& flow) {
  const FlowWords words = split_flow(text);
  if (!words.fault.empty()) {
    faults_->add(Code::bad_flow, at, fmt::format("{} is no flow: {}", quoted(text), words.fault),
                 "write it like 'office -> servers' or 'office -> servers tcp/445'");
    return false;
  }
  bool read_all = true;
  const auto read_end = [&](const std::vector<std::string_view>& end, Selectors& selectors) {
    for (const std::string_view word : end) {
      Selector selector;
      selector.text = word;
      selector.at = at;
      if (read(selector, flow_ends("a flow"))) {
        selectors.push_back(selector);
      } else {
        read_all = false;
      }
    }
  };
  read_end(words.from, flow.from);
  read_end(words.to, flow.to);
  return read_ports(words.ports, at, flow.ports) && read_all;
}

void SelectorReader::add_selects_nothing(const Selector& selector, const SelectorUse& use) {
  const std::string_view word = selector.text;
  std::string hint;
  if (selector.type == Selector::Type::tag) hint = suggestions_.for_tag(word.substr(kTagPrefix.size()));
  if (selector.type == Selector::Type::kind) hint = suggestions_.for_kind(word.substr(kKindPrefix.size()));
  faults_->add(Code::selects_nothing, selector.at, fmt::format("{} selects no {}", quoted(word), to_string(use.means)),
               std::move(hint));
}

void SelectorReader::warn_of_idle_isolation(const Selector& selector) {
  if (selector.type != Selector::Type::node) return;
  const NodeKind kind = topology_->nodes[selector.node].kind;
  if (kPlaceKinds.has(kind)) return;
  const bool has_systems = kind == NodeKind::site;
  faults_->add(Code::no_effect, selector.at,
               fmt::format("isolating {}, {}, changes nothing", quoted(selector.text), with_article(kind)),
               has_systems ? "name its systems or a zone" : "name systems or a zone");
}

std::string canonical_flow(const ReadFlow& flow) {
  std::string text;
  append_list(text, flow.from);
  text += " -> ";
  append_list(text, flow.to);
  if (flow.ports.is_any()) return text;
  std::string ports = to_string(flow.ports);
  ports.erase(std::remove(ports.begin(), ports.end(), ' '), ports.end());
  return text + " " + ports;
}

}  // namespace firebreak
