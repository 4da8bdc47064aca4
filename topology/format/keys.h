#pragma once

#include <cstdint>
#include <optional>

#include "firebreak/builder.h"

#include "topology/format/key_table.h"

/// Every key of the format. One row each; the order of the rows is the order in which keys are written.
namespace firebreak {

/// Rows whose value is no plain member of a declaration.
template <Need::Type Group>
struct GroupKey {  ///< the members of a group of needs
  KeyInfo info;
};
template <Expectation::Type Type>
struct ExpectKey {
  KeyInfo info;
};
template <Require::Type Type, const auto& Table>
struct RequireKey {  ///< what a require demands, with the keys of its table
  KeyInfo info;
};
template <class Decl, const auto& Table>
struct KindKey {  ///< a table at the top of a file that holds one table per id
  KeyInfo info;
};
struct TopologyKey {
  KeyInfo info;
};
struct PivotsKey {
  KeyInfo info;
};

/// What `[topology]` says. The builder takes name and meta; the format is judged while reading.
struct TopologyDecl {
  Located<std::int64_t> format{1};
  Word name;
  std::optional<MetaValue> meta;
};

template <class Decl>
inline constexpr auto kName = key<&Decl::name>("name", Takes::text, "what people call it");
template <class Decl>
inline constexpr auto kMeta = key<&Decl::meta>("meta", Takes::meta, "free-form data, kept as it is");
template <class Decl>
inline constexpr auto kNeeds = key<&Decl::needs>("needs", Takes::needs, "what must work for it to work: all of these");
template <class Decl>
inline constexpr auto kCost = key<&Decl::cost>("cost", Takes::number,
                                               "the effort of acting on it, in any unit; default 1");
template <class Decl>
inline constexpr auto kRebuild = key<&Decl::rebuild>("rebuild", Takes::duration,
                                                     "time to make it clean after a compromise; default 0s");
template <class Decl>
inline constexpr auto kCritical = key<&Decl::critical>("critical", Takes::boolean,
                                                       "a crown jewel, which containment must protect; default false");
template <class Decl>
inline constexpr auto kTags = key<&Decl::tags>("tags", Takes::words, "free words, selected by tag:NAME");
template <class Decl>
inline constexpr auto kKind = key<&Decl::kind>("kind", Takes::word, "one free word, selected by kind:NAME");
template <class Decl>
inline constexpr auto kUsers = key<&Decl::users>("users", Takes::number, "how many people");
template <class Decl>
inline constexpr auto kOwner = key<&Decl::contact, &ContactDecl::owner>("owner", Takes::text, "who is responsible");
template <class Decl>
inline constexpr auto kPhone = key<&Decl::contact, &ContactDecl::phone>("phone", Takes::text, "whom to call");
template <class Decl>
inline constexpr auto kIsolateHow = key<&Decl::contact, &ContactDecl::isolate_how>("isolate_how", Takes::text,
                                                                                   "how to cut it off, for people");

inline constexpr KeyTable kTopologyKeys("topology",
                                        key<&TopologyDecl::format>("format", Takes::integer,
                                                                   "the version of this format: 1"),
                                        kName<TopologyDecl>, kMeta<TopologyDecl>);

inline constexpr KeyTable kZoneKeys("zone", kName<ZoneDecl>,
                                    key<&ZoneDecl::cidr>("cidr", Takes::prefixes, "its address ranges"),
                                    key<&ZoneDecl::parent>("parent", Takes::id, "the zone it lies in"),
                                    kOwner<ZoneDecl>, kPhone<ZoneDecl>, kIsolateHow<ZoneDecl>, kCost<ZoneDecl>,
                                    kMeta<ZoneDecl>);

inline constexpr KeyTable kSiteKeys("site", kName<SiteDecl>,
                                    key<&SiteDecl::parent>("parent", Takes::id,
                                                           "the site it lies in, which takes it down when it is down"),
                                    kNeeds<SiteDecl>, kOwner<SiteDecl>, kPhone<SiteDecl>, kIsolateHow<SiteDecl>,
                                    kMeta<SiteDecl>);

inline constexpr KeyTable kSystemKeys(
    "system", kName<SystemDecl>, key<&SystemDecl::zone>("zone", Takes::id, "the network segment it is in"),
    key<&SystemDecl::site>("site", Takes::id, "the place whose fate it shares"),
    key<&SystemDecl::runs_on>("runs_on", Takes::id, "the system that hosts it"),
    key<&SystemDecl::address>("address", Takes::addresses, "its network addresses"), kKind<SystemDecl>,
    kTags<SystemDecl>,
    key<&SystemDecl::exposes>("exposes", Takes::ports, "its listening ports; left out: unknown, taken as every port"),
    kNeeds<SystemDecl>, kCritical<SystemDecl>,
    key<&SystemDecl::effort>("effort", Takes::effort, "an attacker's time to take it over by an open port; default 0s"),
    key<&SystemDecl::start>("start", Takes::duration, "time to bring it up; default 0s"), kRebuild<SystemDecl>,
    kOwner<SystemDecl>, kPhone<SystemDecl>, kIsolateHow<SystemDecl>,
    key<&SystemDecl::managed_by>("managed_by", Takes::needs,
                                 "what must work to act on it from afar; left out: on the spot"),
    kCost<SystemDecl>, kMeta<SystemDecl>);

inline constexpr KeyTable kIdentityKeys("identity", kName<IdentityDecl>, kKind<IdentityDecl>, kTags<IdentityDecl>,
                                        kCritical<IdentityDecl>, kRebuild<IdentityDecl>, kOwner<IdentityDecl>,
                                        kPhone<IdentityDecl>, kIsolateHow<IdentityDecl>, kCost<IdentityDecl>,
                                        kMeta<IdentityDecl>);

inline constexpr KeyTable kServiceKeys("service", kName<ServiceDecl>, kNeeds<ServiceDecl>, kUsers<ServiceDecl>,
                                       key<&ServiceDecl::weight>("weight", Takes::number,
                                                                 "what losing it costs; default: users, else 1"),
                                       key<&ServiceDecl::rto>("rto", Takes::duration, "how soon it should be back"),
                                       kTags<ServiceDecl>, kOwner<ServiceDecl>, kPhone<ServiceDecl>,
                                       kIsolateHow<ServiceDecl>, kMeta<ServiceDecl>);

inline constexpr KeyTable kCustomerKeys(
    "customer", kName<CustomerDecl>, key<&CustomerDecl::uses>("uses", Takes::ids, "the services and systems it uses"),
    kUsers<CustomerDecl>, kOwner<CustomerDecl>, kPhone<CustomerDecl>, kIsolateHow<CustomerDecl>, kMeta<CustomerDecl>);

inline constexpr KeyTable kLinkKeys("link", kName<LinkDecl>,
                                    key<&LinkDecl::between>("between", Takes::ids, "the two zones it connects"),
                                    kNeeds<LinkDecl>, kOwner<LinkDecl>, kPhone<LinkDecl>, kIsolateHow<LinkDecl>,
                                    kMeta<LinkDecl>);

inline constexpr KeyTable kRuleKeys(
    "rule", key<&RuleDecl::name>("name", Takes::text, "what people call it"),
    key<&RuleDecl::allow>("allow", Takes::ports, "the ports it allows"),
    key<&RuleDecl::deny>("deny", Takes::ports, "the ports it denies"),
    key<&RuleDecl::pass>("pass", Takes::ports, "the ports it leaves to the next tier"),
    key<&RuleDecl::from>("from", Takes::selectors, "where the flow starts; left out: everywhere"),
    key<&RuleDecl::to>("to", Takes::selectors, "where the flow goes; left out: everywhere"),
    key<&RuleDecl::tier>("tier", Takes::integer, "rules are judged tier by tier, the lowest first; default 0"),
    kCost<RuleDecl>);

inline constexpr KeyTable kPolicyKeys(
    "policy", kName<PolicyDecl>,
    key<&PolicyDecl::scope>("scope", Takes::scope, "which flows it judges; default \"between-zones\""),
    key<&PolicyDecl::otherwise>("default", Takes::verdict, "what happens when no rule decides; default \"deny\""),
    key<&PolicyDecl::replaces>("replaces", Takes::ids, "policies it stands in for, which are judged no longer"),
    kOwner<PolicyDecl>, kPhone<PolicyDecl>, kIsolateHow<PolicyDecl>,
    key<&PolicyDecl::rules>("rule", Takes::rules, "its rules: in a tier the first that matches decides"),
    kMeta<PolicyDecl>);

inline constexpr KeyTable kPivotKeys(
    "pivot", key<&PivotDecl::from>("from", Takes::selectors, "any one of these being compromised is enough"),
    key<&PivotDecl::to>("to", Takes::selectors, "what is taken over"),
    key<&PivotDecl::requires_all>("requires", Takes::selectors, "all of these must be compromised too"),
    key<&PivotDecl::port>("port", Takes::port, "works only while this flow is open"),
    key<&PivotDecl::via>("via", Takes::text, "how, for people"),
    key<&PivotDecl::effort>("effort", Takes::duration, "an attacker's time for it; default 0s"), kMeta<PivotDecl>);

inline constexpr KeyTable kExpectKeys(
    "expect", ExpectKey<Expectation::Type::off>{{"off", Takes::selectors, "what is off"}},
    ExpectKey<Expectation::Type::fails>{{"fails", Takes::selectors, "what fails"}},
    ExpectKey<Expectation::Type::degraded>{{"degraded", Takes::selectors, "what is degraded"}},
    ExpectKey<Expectation::Type::at_risk>{{"at_risk", Takes::selectors, "what is one loss from failing"}},
    ExpectKey<Expectation::Type::works>{{"works", Takes::selectors, "what works"}},
    ExpectKey<Expectation::Type::reached>{{"reached", Takes::selectors, "what the compromise reaches"}},
    ExpectKey<Expectation::Type::unreached>{{"unreached", Takes::selectors, "what the compromise does not reach"}});

inline constexpr auto kCompromised =
    key<&ScenarioDecl::compromised>("compromised", Takes::selectors, "what is compromised from the start");
inline constexpr auto kOff = key<&ScenarioDecl::off>("off", Takes::selectors, "what is switched off");
inline constexpr auto kIsolate =
    key<&ScenarioDecl::isolate>("isolate", Takes::selectors, "what is unplugged: systems, and zones at their border");
inline constexpr auto kBlock = key<&ScenarioDecl::block>("block", Takes::flows, "flows that are blocked");
inline constexpr auto kAllow = key<&ScenarioDecl::allow>("allow", Takes::flows, "flows that are allowed");

inline constexpr KeyTable kScenarioKeys("scenario", kName<ScenarioDecl>, kCompromised, kOff, kIsolate, kBlock, kAllow,
                                        key<&ScenarioDecl::expect>("expect", Takes::table, "what must come out"),
                                        kMeta<ScenarioDecl>);

/// A line of a stream of scenarios.
inline constexpr KeyTable kScenarioLineKeys("scenario",
                                            key<&ScenarioDecl::name>("scenario", Takes::text, "what it is called"),
                                            kCompromised, kOff, kIsolate, kBlock, kAllow);

template <auto Member>
inline constexpr auto kFlowFrom = key<Member>("from", Takes::selectors, "where the flow or the compromise starts");
template <auto Member>
inline constexpr auto kFlowTo = key<Member>("to", Takes::selectors, "where it goes");

inline constexpr KeyTable kNeverReachesKeys("never_reaches", kFlowFrom<&RequireDecl::from>, kFlowTo<&RequireDecl::to>);
inline constexpr KeyTable kReachesAtMostKeys(
    "reaches_at_most", kFlowFrom<&RequireDecl::from>,
    key<&RequireDecl::count>("count", Takes::integer, "how many systems and identities may be reached besides"),
    key<&RequireDecl::each>("each", Takes::boolean, "each of `from` alone, not all together; default false"));
inline constexpr KeyTable kSurvivesKeys(
    "survives", key<&RequireDecl::services>("services", Takes::selectors, "what must keep working"),
    key<&RequireDecl::any>("any", Takes::integer, "how many may be lost at once; default 1"),
    key<&RequireDecl::of>("of", Takes::selectors, "what may be lost"));
inline constexpr KeyTable kOnlyFlowsKeys("only_flows", kFlowFrom<&RequireDecl::from>, kFlowTo<&RequireDecl::to>,
                                         key<&RequireDecl::ports>("allow", Takes::ports, "the ports that may be open"));
inline constexpr KeyTable kNeverFlowsKeys(
    "never_flows", kFlowFrom<&RequireDecl::from>, kFlowTo<&RequireDecl::to>,
    key<&RequireDecl::ports>("ports", Takes::ports, "the ports that must be closed; left out: every port"));
inline constexpr KeyTable kAlwaysFlowsKeys(
    "always_flows", kFlowFrom<&RequireDecl::from>, kFlowTo<&RequireDecl::to>,
    key<&RequireDecl::ports>("ports", Takes::ports, "the ports that must be open; left out: every port"));

inline constexpr KeyTable kRequireKeys(
    "require", kName<RequireDecl>,
    RequireKey<Require::Type::never_reaches, kNeverReachesKeys>{
        {"never_reaches", Takes::table, "no compromise of `from` ever spreads to `to`"}},
    RequireKey<Require::Type::reaches_at_most, kReachesAtMostKeys>{
        {"reaches_at_most", Takes::table, "a compromise of `from` spreads to at most `count` others"}},
    RequireKey<Require::Type::survives, kSurvivesKeys>{
        {"survives", Takes::table, "the services keep working whatever `any` of `of` are lost"}},
    RequireKey<Require::Type::only_flows, kOnlyFlowsKeys>{
        {"only_flows", Takes::table, "the policies permit nothing but `allow` between the two"}},
    RequireKey<Require::Type::never_flows, kNeverFlowsKeys>{
        {"never_flows", Takes::table, "the policies permit none of `ports` between the two"}},
    RequireKey<Require::Type::always_flows, kAlwaysFlowsKeys>{
        {"always_flows", Takes::table, "the policies permit all of `ports` between the two"}},
    kMeta<RequireDecl>);

inline constexpr KeyTable kNeedKeys(
    "need", key<&NeedDecl::on>("on", Takes::id, "what is needed"),
    GroupKey<Need::Type::all>{{"all", Takes::needs, "all of these"}},
    GroupKey<Need::Type::any>{{"any", Takes::needs, "at least one of these"}},
    key<&NeedDecl::k>("at_least", Takes::integer, "how many of `of` must hold"),
    GroupKey<Need::Type::at_least>{{"of", Takes::needs, "the members of which `at_least` must hold"}},
    key<&NeedDecl::port>("port", Takes::port, "the flow the policies must permit from the dependant to the provider"),
    key<&NeedDecl::from>("from", Takes::id, "the zone or system where the traffic really starts"),
    key<&NeedDecl::soft>("soft", Takes::boolean, "its loss only degrades; default false"),
    key<&NeedDecl::fallback>("fallback", Takes::boolean, "it can stand in, but only as degraded; default false"),
    key<&NeedDecl::grace>("grace", Takes::duration, "how long its loss is not felt; default 0s"),
    key<&NeedDecl::start>("start", Takes::boolean, "false: needed to run, not to start; default true"),
    key<&NeedDecl::assumed>("assumed", Takes::boolean,
                            "a guess, which answers that rest on it mention; default false"));

/// The tables at the top of a file.
inline constexpr KeyTable kTopKeys(
    "file", TopologyKey{{"topology", Takes::table, "the topology as a whole"}},
    KindKey<ZoneDecl, kZoneKeys>{{"zone", Takes::tables, "network segments"}},
    KindKey<SiteDecl, kSiteKeys>{{"site", Takes::tables, "places with a shared fate"}},
    KindKey<SystemDecl, kSystemKeys>{{"system", Takes::tables, "what runs, and can be compromised or switched off"}},
    KindKey<IdentityDecl, kIdentityKeys>{{"identity", Takes::tables, "accounts, groups and keys"}},
    KindKey<ServiceDecl, kServiceKeys>{{"service", Takes::tables, "what people use"}},
    KindKey<CustomerDecl, kCustomerKeys>{{"customer", Takes::tables, "who uses services"}},
    KindKey<LinkDecl, kLinkKeys>{{"link", Takes::tables, "connectivity between two zones"}},
    KindKey<PolicyDecl, kPolicyKeys>{{"policy", Takes::tables, "enforcement points: rules and a default"}},
    PivotsKey{{"pivot", Takes::pivots, "ways to take something over other than an open port"}},
    KindKey<ScenarioDecl, kScenarioKeys>{{"scenario", Takes::tables, "starting compromises and actions"}},
    KindKey<RequireDecl, kRequireKeys>{{"require", Takes::tables, "invariants"}});

template <class Decl, const auto& Table>
constexpr const auto& keys_in(const KindKey<Decl, Table>& /*row*/) {
  return Table;
}
/// The keys of a kind of declaration that has an id, or of a pivot.
template <class Decl>
inline constexpr const auto& kKeysOf = keys_in<Decl>(decltype(kTopKeys)::Rows());
template <>
inline constexpr const auto& kKeysOf<PivotDecl> = kPivotKeys;

}  // namespace firebreak
