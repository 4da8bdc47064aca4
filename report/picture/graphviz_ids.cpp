#include "report/picture/graphviz_ids.h"

#include <memory>
#include <string>
#include <unordered_map>

// What is named has an even number, what is not an odd one, as cgraph has it. Names are kept as strings of the graph,
// for cgraph looks for its own marks in front of their bytes.

namespace firebreak::report {
namespace {

class Numbers {
 public:
  explicit Numbers(Agraph_t* graph) : graph_(graph) {}

  /// The number of a name; 0 when it has none and is not to get one.
  IDTYPE of(int type, char* name, bool create) {
    if (const auto known = by_name_.find(key(type, name)); known != by_name_.end()) return known->second;
    if (!create) return 0;
    last_named_ += 2;
    by_name_.emplace(key(type, name), last_named_);
    names_.emplace(last_named_, agstrdup(graph_, name));
    return last_named_;
  }

  IDTYPE next_nameless() { return last_nameless_ += 2; }

  [[nodiscard]] char* name(IDTYPE number) const {
    const auto found = names_.find(number);
    return found == names_.end() ? nullptr : found->second;
  }

  void forget(int type, IDTYPE number) {
    const auto found = names_.find(number);
    if (found == names_.end()) return;
    by_name_.erase(key(type, found->second));
    agstrfree(graph_, found->second);
    names_.erase(found);
  }

 private:
  /// A node and a box may have the same name.
  [[nodiscard]] static std::string key(int type, const char* name) { return std::to_string(type) + " " + name; }

  Agraph_t* graph_;
  std::unordered_map<std::string, IDTYPE> by_name_;
  std::unordered_map<IDTYPE, char*> names_;
  IDTYPE last_named_ = 0;
  IDTYPE last_nameless_ = 1;
};

Numbers& numbers(void* state) {
  return *static_cast<Numbers*>(state);
}

void* open(Agraph_t* graph, Agdisc_t* /*discipline*/) {
  return std::make_unique<Numbers>(graph).release();  // cgraph owns it until `close`
}

long map(void* state, int type, char* name, IDTYPE* number, int create) {
  *number = name == nullptr ? numbers(state).next_nameless() : numbers(state).of(type, name, create != 0);
  return *number == 0 ? 0 : 1;
}

/// Numbers chosen by the caller, which nothing here does.
long allocate(void* /*state*/, int /*type*/, IDTYPE /*number*/) {
  return 0;
}

void forget(void* state, int type, IDTYPE number) {
  numbers(state).forget(type, number);
}

char* print(void* state, int /*type*/, IDTYPE number) {
  return numbers(state).name(number);
}

void close(void* state) {
  const std::unique_ptr<Numbers> last(&numbers(state));
}

void note(void* /*state*/, int /*type*/, void* /*part*/) {}

}  // namespace

Agdisc_t* numbered_in_order() {
  static Agiddisc_t numbering = {open, map, allocate, forget, print, close, note};
  static Agdisc_t all = {nullptr, &numbering, nullptr};
  return &all;
}

}  // namespace firebreak::report
