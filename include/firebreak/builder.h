#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/topology.h"

/// Building a topology from declarations, whatever they come from: files, another format, a program. The builder
/// accepts anything, in any order, and judges at the end, so that all faults are found in one run. What a declaration
/// does not name is not given: `builder.add(SystemDecl{.id = {"dc1"}, .zone = {"servers"}})`.
namespace firebreak {

/// How deep groups of needs may nest; deeper ones are reported.
inline constexpr std::uint32_t kMaxNeedDepth = 256;

/// A word as it was written. Views need to live only until the call that takes them returns.
using Word = Located<std::string_view>;
using Words = std::vector<Word>;

/// One item of a needs expression, as written. Groups lie directly before their members; `size` counts the item and all
/// below it.
struct NeedDecl {
  Need::Type type = Need::Type::leaf;
  std::uint32_t size = 1;
  Word on{};
  Word from{};
  Word port{};
  Word grace{};
  Located<std::int64_t> k{0};
  bool soft = false;
  bool fallback = false;
  bool start = true;
  bool assumed = false;
  Span at{};
};
using NeedDecls = std::vector<NeedDecl>;

/// `needs` of three ids: `needs_on({"dns", "ad", "storage"})`.
[[nodiscard]] NeedDecls needs_on(std::initializer_list<std::string_view> ids);

struct ContactDecl {
  std::string_view owner{}, phone{}, isolate_how{};
};

struct ZoneDecl {
  Word id{};
  std::string_view name{};
  Word parent{};
  Words cidr{};
  std::optional<Located<double>> cost{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct SiteDecl {
  Word id{};
  std::string_view name{};
  Word parent{};
  NeedDecls needs{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct SystemDecl {
  Word id{};
  std::string_view name{};
  Word zone{}, site{}, runs_on{};
  Words address{};
  Word kind{};
  Words tags{};
  std::optional<Words> exposes{};  ///< not given = unknown, treated as every port
  NeedDecls needs{};
  std::optional<NeedDecls> managed_by{};
  bool critical = false;
  Word effort{}, start{}, rebuild{};  ///< durations; effort may be "never"
  std::optional<Located<double>> cost{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct IdentityDecl {
  Word id{};
  std::string_view name{};
  Word kind{};
  Words tags{};
  bool critical = false;
  Word rebuild{};
  std::optional<Located<double>> cost{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct ServiceDecl {
  Word id{};
  std::string_view name{};
  NeedDecls needs{};
  std::optional<Located<double>> users{}, weight{};
  Word rto{};
  Words tags{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct CustomerDecl {
  Word id{};
  std::string_view name{};
  Words uses{};
  std::optional<Located<double>> users{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct LinkDecl {
  Word id{};
  std::string_view name{};
  Words between{};
  NeedDecls needs{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct RuleDecl {
  std::string_view name{};
  std::optional<Words> allow{}, deny{}, pass{};  ///< exactly one
  std::optional<Words> from{}, to{};             ///< not given = everything
  Located<std::int64_t> tier{0};
  std::optional<Located<double>> cost{};
  Span at{};
};

struct PolicyDecl {
  Word id{};
  std::string_view name{};
  Word scope{};      ///< "between-zones" (default) or "all"
  Word otherwise{};  ///< "deny" (default) or "allow"
  Words replaces{};  ///< ids of policies
  std::vector<RuleDecl> rules{};
  ContactDecl contact{};
  std::optional<MetaValue> meta{};
};

struct PivotDecl {
  Words from{}, to{}, requires_all{};  ///< their words stand in the file of `at`
  Word port{};
  std::string_view via{};
  Word effort{};
  Span at{};
  std::optional<MetaValue> meta{};
};

struct ExpectDecl {
  Expectation::Type type{};
  Words who{};
};

struct ScenarioDecl {
  Word id{};
  std::string_view name{};
  Words compromised{}, off{}, isolate{};
  Words block{}, allow{};  ///< "FROM -> TO [PORTS]"
  std::vector<ExpectDecl> expect{};
  std::optional<MetaValue> meta{};
};

struct RequireDecl {
  Word id{};
  std::string_view name{};
  std::optional<Require::Type> type{};
  Words from{}, to{}, services{}, of{};
  std::optional<Words> ports{};
  Located<std::int64_t> any{1};
  Located<std::int64_t> count{-1};  ///< reaches_at_most must give it
  bool each = false;
  std::optional<MetaValue> meta{};
};

class TopologyBuilder {
 public:
  TopologyBuilder();
  ~TopologyBuilder();
  TopologyBuilder(const TopologyBuilder&) = delete;
  TopologyBuilder& operator=(const TopologyBuilder&) = delete;

  /// Of several names the first stays; of several tables of meta values the members are joined, the first of each key.
  void set_name(std::string_view name);
  void set_meta(MetaValue meta);
  void add(const ZoneDecl& zone);
  void add(const SiteDecl& site);
  void add(const SystemDecl& system);
  void add(const IdentityDecl& identity);
  void add(const ServiceDecl& service);
  void add(const CustomerDecl& customer);
  void add(const LinkDecl& link);
  void add(const PolicyDecl& policy);
  void add(const PivotDecl& pivot);
  void add(const ScenarioDecl& scenario);
  void add(const RequireDecl& require);

  /// Reports a fault found outside, for instance by a reader, among the builder's own. After one that says that (part
  /// of) a file was not read, ids that nothing defines are no longer reported: they may be defined there.
  void report(Diagnostic diagnostic);

  struct Result {
    std::optional<Topology> topology;     ///< empty when there is an error
    std::vector<Diagnostic> diagnostics;  ///< all of them, sorted by place
  };

  /// Resolves every name and judges every value. The builder is empty afterwards. Cost: linear in the declarations,
  /// plus the search for the nearest name for each that is unknown.
  [[nodiscard]] Result finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace firebreak
