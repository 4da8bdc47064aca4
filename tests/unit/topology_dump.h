#pragma once

#include <map>
#include <span>
#include <sstream>
#include <string>
#include <string_view>

#include "firebreak/topology.h"

/// A topology as text, field by field, for comparing two of them: nothing is left out because it is the default, and
/// numbers of nodes do not show. Independent of the writers.
namespace firebreak::reading {

class Dump {
 public:
  explicit Dump(const Topology& topology) : t_(topology) {
    out_ << "topology " << t_.name << "\n";
    for (const Zone& z : t_.zones) {
      node("zone", z.node) << " parent " << id(z.parent) << " cost " << z.cost << " cidr";
      for (const Cidr& c : z.cidr) out_ << " " << to_string(c);
      contact(t_.contacts[z.contact]);
    }
    for (const Site& s : t_.sites) {
      node("site", s.node) << " parent " << id(s.parent) << " needs " << needs(s.needs);
      contact(t_.contacts[s.contact]);
    }
    for (const System& s : t_.systems) system(s);
    for (const Identity& i : t_.identities) {
      node("identity", i.node) << " kind " << word(i.kind) << " tags " << words(t_.tags_of(i)) << " critical "
                               << i.critical << " rebuild " << i.rebuild << " cost " << i.cost;
      contact(t_.contacts[i.contact]);
    }
    for (const Service& s : t_.services) {
      node("service", s.node) << " needs " << needs(s.needs) << " users " << s.users.value_or(-1) << " weight "
                              << s.weight.value_or(-1) << " rto " << s.rto.value_or(-1) << " tags "
                              << words(t_.tags_of(s));
      contact(t_.contacts[s.contact]);
    }
    for (const Customer& c : t_.customers) {
      node("customer", c.node) << " users " << c.users.value_or(-1) << " uses";
      for (const auto& service : c.uses) out_ << " " << id(service.value);
      contact(t_.contacts[c.contact]);
    }
    for (const Link& l : t_.links) {
      node("link", l.node) << " between " << id(l.a) << " " << id(l.b) << " needs " << needs(l.needs);
      contact(t_.contacts[l.contact]);
    }
    policies();
    pivots();
    scenarios();
    requirements();
    std::map<std::string, std::string> sorted;
    for (const auto& [n, value] : t_.node_meta) sorted["node " + std::string(id(n))] = meta(value);
    for (const auto& [key, value] : t_.other_meta) sorted["other " + key] = meta(value);
    for (const auto& [key, value] : sorted) out_ << "meta " << key << " " << value << "\n";
  }

  [[nodiscard]] std::string text() const { return out_.str(); }

 private:
  std::string_view id(NodeId n) const { return n.valid() ? t_.nodes[n].id : std::string_view("-"); }
  std::string_view word(WordId w) const { return w.valid() ? t_.words[w] : std::string_view("-"); }
  std::string words(std::span<const WordId> list) const {
    std::string text = "[";
    for (const WordId w : list) text.append(word(w)).append(" ");
    return text + "]";
  }
  std::string ports(PortSetId p) const { return p.valid() ? to_string(t_.ports[p]) : "-"; }
  template <class List>
  static std::string selectors(const List& list) {
    std::string text = "[";
    for (const Selector& s : list)
      text.append(std::to_string(static_cast<int>(s.type))).append(":").append(s.text).append(" ");
    return text + "]";
  }
  std::string needs(NeedRange range) const {
    std::ostringstream out;
    out << "{";
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Need& n = t_.needs[i];
      out << "(" << static_cast<int>(n.type) << n.soft << n.fallback << n.start << n.assumed << " " << n.k << " "
          << n.end - i << " " << id(n.on) << " " << id(n.from) << " " << ports(n.port) << " " << n.grace << ")";
    }
    out << "}";
    return out.str();
  }
  static std::string meta(const MetaValue& v) {
    std::ostringstream out;
    out.precision(17);
    out << static_cast<int>(v.type) << ":" << v.text << ":" << v.integer << ":" << v.number << ":" << v.boolean << "{";
    for (const auto& [key, value] : v.members) out << key << "=" << meta(value) << ",";
    out << "}";
    return out.str();
  }
  std::ostream& node(const char* kind, NodeId n) {
    return out_ << kind << " " << t_.nodes[n].id << " '" << t_.nodes[n].name << "'";
  }
  void contact(const Contact& c) {
    out_ << " contact '" << c.owner << "' '" << c.phone << "' '" << c.isolate_how << "'\n";
  }
  void system(const System& s) {
    node("system", s.node) << " zone " << id(s.zone) << " site " << id(s.site) << " on " << id(s.runs_on) << " address";
    for (const Cidr& c : t_.addresses_of(s)) out_ << " " << to_string(c);
    out_ << " kind " << word(s.kind) << " tags " << words(t_.tags_of(s)) << " exposes " << ports(s.exposes) << " needs "
         << needs(s.needs) << " managed " << s.has_managed_by << needs(s.managed_by) << " critical " << s.critical
         << " effort " << s.effort << " start " << s.start << " rebuild " << s.rebuild << " cost " << s.cost;
    contact(t_.contacts[s.contact]);
  }
  void policies() {
    for (const Policy& p : t_.policies) {
      out_ << "policy " << p.id << " '" << p.name << "' " << p.within_zones << to_string(p.otherwise) << "\n";
      for (const RuleId r : p.rules) {
        const Rule& rule = t_.rules[r];
        out_ << " rule '" << rule.name << "' " << to_string(rule.action) << " " << ports(rule.ports) << " "
             << selectors(rule.from) << selectors(rule.to) << " tier " << rule.tier << " cost " << rule.cost << "\n";
      }
    }
  }
  void pivots() {
    for (const PivotId id : ids<PivotId>(t_.pivots.size())) {
      const Pivot p = t_.pivot(id);
      out_ << "pivot " << selectors(p.from) << selectors(p.to) << selectors(p.requires_all) << ports(p.port) << " '"
           << p.via << "' " << p.effort << "\n";
    }
  }
  void scenarios() {
    for (const NamedScenario& s : t_.scenarios) {
      out_ << "scenario " << s.id << " '" << s.name << "' " << selectors(s.compromised) << selectors(s.off)
           << selectors(s.isolate);
      for (const auto* flows : {&s.block, &s.allow}) {
        for (const FlowSelector& f : *flows)
          out_ << " " << f.text << " " << selectors(f.from) << selectors(f.to) << ports(f.ports);
        out_ << ";";
      }
      for (const Expectation& e : s.expect) out_ << " " << to_string(e.type) << selectors(e.who);
      out_ << "\n";
    }
  }
  void requirements() {
    for (const Require& r : t_.requires_all) {
      out_ << "require " << r.id << " '" << r.name << "' " << to_string(r.type) << selectors(r.from) << selectors(r.to)
           << selectors(r.services) << selectors(r.of) << ports(r.ports) << r.any << " " << r.count << r.each << "\n";
    }
  }

  const Topology& t_;
  std::ostringstream out_;
};

inline std::string dump(const Topology& topology) {
  return Dump(topology).text();
}

}  // namespace firebreak::reading
