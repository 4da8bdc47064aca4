#include "topology/format/described_keys.h"

#include <algorithm>
#include <cmath>

namespace firebreak {
namespace {

/// One word that means the whole set: there is one, since it was read from one.
std::string port_word(const PortSet& ports) {
  std::string words = to_string(ports);
  if (words.find(',') == std::string::npos) return words;
  for (const std::string_view name : port_names()) {
    if (parse_ports(name) == ports) return std::string(name);
  }
  return words;
}

}  // namespace

MetaValue text_value(std::string_view text) {
  MetaValue value;
  value.text = text;
  return value;
}

MetaValue integer_value(std::int64_t integer) {
  MetaValue value;
  value.type = MetaValue::Type::integer;
  value.integer = integer;
  return value;
}

MetaValue boolean_value(bool boolean) {
  MetaValue value;
  value.type = MetaValue::Type::boolean;
  value.boolean = boolean;
  return value;
}

MetaValue number_value(double number) {
  constexpr double kLargestWhole = 1e15;
  if (std::trunc(number) == number && std::fabs(number) <= kLargestWhole) {
    return integer_value(static_cast<std::int64_t>(number));
  }
  MetaValue value;
  value.type = MetaValue::Type::number;
  value.number = number;
  return value;
}

MetaValue empty_list() {
  MetaValue value;
  value.type = MetaValue::Type::array;
  return value;
}

MetaValue cidrs_value(std::span<const Cidr> cidrs) {
  return list_value(cidrs, [](const Cidr& cidr) { return to_string(cidr); });
}

MetaValue ports_value(const PortSet& ports) {
  if (ports.empty()) return empty_list();
  return list_value(to_words(ports), [](const std::string& word) -> const std::string& { return word; });
}

DescribedKeys::DescribedKeys(const Topology& topology, const std::set<KeyPath>* written, KeyPath path)
    : topology_(&topology), written_(written), path_(std::move(path)) {
  table_.type = MetaValue::Type::table;
}

bool DescribedKeys::was_written(std::string_view key) const {
  if (written_ == nullptr) return false;
  KeyPath path = path_;
  path.emplace_back(key);
  return written_->contains(path);
}

void DescribedKeys::id(std::string_view key, NodeId node) {
  if (node.valid()) text(key, topology_->nodes[node].id);
}

void DescribedKeys::word(std::string_view key, WordId word) {
  if (word.valid()) text(key, topology_->words[word]);
}

void DescribedKeys::words(std::string_view key, std::span<const WordId> words) {
  list(key, list_value(words, [this](WordId word) { return topology_->words[word]; }));
}

void DescribedKeys::duration(std::string_view key, Seconds seconds) {
  add(key, text_value(to_string_duration(seconds)), seconds == 0);
}

void DescribedKeys::number(std::string_view key, const std::optional<double>& number) {
  if (number) add(key, number_value(*number));
}

void DescribedKeys::port(std::string_view key, PortSetId port) {
  if (port.valid()) text(key, port_word(topology_->ports[port]));
}

void DescribedKeys::contact(ContactId id) {
  const Contact& contact = topology_->contacts[id];
  text("owner", contact.owner);
  text("phone", contact.phone);
  text("isolate_how", contact.isolate_how);
}

void DescribedKeys::meta(NodeId node) {
  const auto found = topology_->node_meta.find(node);
  if (found != topology_->node_meta.end()) add("meta", found->second);
}

void DescribedKeys::meta(std::string_view kind, std::string_view id) {
  const auto found = topology_->other_meta.find(std::string(kind).append(".").append(id));
  if (found != topology_->other_meta.end()) add("meta", found->second);
}

/// The needs from one item up to another. Depth of recursion: that of the groups, which the builder bounds.
MetaValue DescribedKeys::members(std::uint32_t begin, std::uint32_t end) const {
  MetaValue list = empty_list();
  for (std::uint32_t i = begin; i < end; i = topology_->needs[i].end) list.members.emplace_back(std::string(), need(i));
  return list;
}

MetaValue DescribedKeys::need(std::uint32_t index) const {
  const Need& need = topology_->needs[index];
  DescribedKeys keys(*topology_, nullptr, {});
  switch (need.type) {
    case Need::Type::leaf:
      keys.id("on", need.on);
      break;
    case Need::Type::all:
      keys.add("all", members(index + 1, need.end));
      break;
    case Need::Type::any:
      keys.add("any", members(index + 1, need.end));
      break;
    case Need::Type::at_least:
      keys.add("at_least", integer_value(need.k));
      keys.add("of", members(index + 1, need.end));
      break;
  }
  keys.port("port", need.port);
  keys.id("from", need.from);
  keys.flag("soft", need.soft);
  keys.flag("fallback", need.fallback);
  keys.duration("grace", need.grace);
  keys.flag("start", need.start, true);
  keys.flag("assumed", need.assumed);
  const bool plain = need.type == Need::Type::leaf && keys.table_.members.size() == 1;
  return plain ? text_value(topology_->nodes[need.on].id) : keys.take();
}

}  // namespace firebreak
