// Reads a fault tree in the Open-PSA model exchange format.

#include <algorithm>
#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "bench/fault_tree.h"

namespace firebreak::bench {

namespace {

using boost::property_tree::ptree;

/// A formula in a file: its word, and what stands in it.
using Formula = std::pair<const std::string, ptree>;

bool names_something(std::string_view word) {
  return word == "basic-event" || word == "event" || word == "gate";
}

/// Whether a file with such an element is more than a fault tree.
bool leads_further(std::string_view word) {
  return word == "define-event-tree" || word == "define-CCF-group" || word == "define-house-event" ||
         word == "define-substitution";
}

bool says_nothing(std::string_view word) {
  return word == "<xmlattr>" || word == "<xmlcomment>" || word == "label" || word == "attributes";
}

std::string name_of(const ptree& element) {
  return element.get("<xmlattr>.name", "");
}

/// The gates of a file, by name; their formulas are gone through from the top down.
class OpenPsaReader {
 public:
  [[nodiscard]] std::variant<FaultTree, std::string> read(const ptree& document) {
    collect(document);
    if (!fault_.empty()) return fault_;
    const std::optional<std::string> top = find_top();
    if (!top) return "it has no gate";
    gate(*top);
    while (!open_.empty() && fault_.empty()) {
      const auto [index, formula] = open_.back();
      open_.pop_back();
      fill(index, *formula);
    }
    if (!fault_.empty()) return fault_;
    return std::move(tree_);
  }

 private:
  void collect(const ptree& element) {
    for (const auto& [word, child] : element) {
      if (leads_further(word)) fault_ = fmt::format("it has a '{}'", word);
      if (word != "define-gate") {
        collect(child);
        continue;
      }
      const auto formula = std::ranges::find_if(child, [](const Formula& f) { return !says_nothing(f.first); });
      if (formula == child.end()) continue;
      if (defined_.emplace(name_of(child), &*formula).second) names_.push_back(name_of(child));
      note_uses(*formula);
    }
  }

  void note_uses(const Formula& formula) {
    if (names_something(formula.first)) used_.insert(name_of(formula.second));
    for (const Formula& below : formula.second) note_uses(below);
  }

  [[nodiscard]] std::optional<std::string> find_top() const {
    if (defined_.contains("r1")) return "r1";
    const auto top = std::ranges::find_if(names_, [&](const std::string& name) { return !used_.contains(name); });
    return top == names_.end() ? std::nullopt : std::optional(*top);
  }

  FaultTree::Member gate(const std::string& name) {
    const auto [at, fresh] = gates_.emplace(name, tree_.gates.size());
    if (fresh) {
      tree_.gates.emplace_back();
      open_.emplace_back(at->second, defined_.at(name));
    }
    return {true, at->second};
  }

  FaultTree::Member member(const Formula& formula) {
    if (names_something(formula.first)) {
      const std::string name = name_of(formula.second);
      if (defined_.contains(name)) return gate(name);
      const auto [at, fresh] = events_.emplace(name, tree_.events);
      if (fresh) ++tree_.events;
      return {false, at->second};
    }
    const std::size_t index = tree_.gates.size();
    tree_.gates.emplace_back();
    fill(index, formula);
    return {true, index};
  }

  void fill(std::size_t index, const Formula& formula) {
    const auto& [word, body] = formula;
    FaultTree::Gate made;
    if (names_something(word)) {
      made.members.push_back(member(formula));
    } else if (word == "or" || word == "and" || word == "atleast") {
      for (const Formula& below : body) {
        if (!says_nothing(below.first)) made.members.push_back(member(below));
      }
      made.threshold = word == "or" ? 1 : word == "and" ? made.members.size() : body.get("<xmlattr>.min", 0U);
    } else {
      fault_ = fmt::format("it has a '{}'", word);
    }
    if (fault_.empty() && (made.threshold == 0 || made.threshold > made.members.size())) {
      fault_ = "it has a gate that never fails or always";
    }
    tree_.gates[index] = std::move(made);
  }

  FaultTree tree_;
  std::string fault_;
  std::vector<std::string> names_;  ///< of gates, as they stand in the file
  std::map<std::string, const Formula*> defined_;
  std::set<std::string> used_;
  std::map<std::string, std::size_t> gates_;
  std::map<std::string, std::size_t> events_;
  std::vector<std::pair<std::size_t, const Formula*>> open_;
};

}  // namespace

std::variant<FaultTree, std::string> read_open_psa(const std::string& path) {
  try {
    ptree document;
    boost::property_tree::read_xml(path, document, boost::property_tree::xml_parser::trim_whitespace);
    auto result = OpenPsaReader().read(document);
    if (FaultTree* const tree = std::get_if<FaultTree>(&result)) tree->name = std::filesystem::path(path).stem();
    return result;
  } catch (const boost::property_tree::ptree_error& fault) {
    return fmt::format("it cannot be read: {}", fault.what());
  }
}

}  // namespace firebreak::bench
