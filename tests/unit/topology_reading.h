#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firebreak/diagnostic.h"
#include "firebreak/load.h"

/// What tests of the readers and writers share.
namespace firebreak::reading {

inline Loaded read(std::string name, std::string text) {
  std::vector<SourceFile> files(1);
  files[0] = {std::move(name), std::move(text)};
  return load_texts(std::move(files));
}
inline Loaded read_toml(std::string_view text) { return read("t.toml", std::string(text)); }
inline Loaded read_json(std::string_view text) { return read("t.json", std::string(text)); }

using Lines = std::vector<std::string>;

/// "LINE:COLUMN code" of each error, in order.
inline Lines errors(const Loaded& loaded) {
  Lines lines;
  for (const Diagnostic& d : loaded.diagnostics) {
    if (d.severity != Severity::error) continue;
    lines.push_back(std::to_string(d.at.line) + ":" + std::to_string(d.at.column) + " " + std::string(info(d.code).slug));
  }
  return lines;
}

/// "message (hint)" of each diagnostic, in order.
inline Lines messages(const Loaded& loaded) {
  Lines lines;
  for (const Diagnostic& d : loaded.diagnostics) lines.push_back(d.message + (d.hint.empty() ? "" : " (" + d.hint + ")"));
  return lines;
}

/// All diagnostics as people read them, for the messages of tests.
inline std::string rendered(const Loaded& loaded) {
  std::string text;
  for (const Diagnostic& diagnostic : loaded.diagnostics) text += render(diagnostic, loaded.sources, false);
  return text;
}

inline std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// A topology that uses every key of the format.
inline constexpr std::string_view kEverything = R"([topology]
format = 1
name = "All of it"
[topology.meta]
author = "ops"

[zone.internal]
[zone.office]
name = "Office"
cidr = ["10.1.0.0/16", "fd00:1::/32"]
parent = "internal"
cost = 3
owner = "Net"
phone = "0100"
isolate_how = "pull the uplink"
meta = { vlan = 12, since = 2020-02-29 }
[zone.servers]
cidr = ["10.2.0.0/16"]

[site.city]
[site.hall]
name = "Hall 1"
parent = "city"
needs = ["feed"]
owner = "Facility"
phone = "0200"
isolate_how = "main switch"
meta = { rooms = ["a", "b"] }

[system.feed]
[system.esx]
[system.dns]
tags = ["infra"]
[system.jump]
zone = "office"
[system.dc]
name = "Domain controller"
zone = "servers"
site = "hall"
runs_on = "esx"
address = ["10.2.0.10", "fd00::10"]
kind = "domain-controller"
tags = ["tier0", "windows"]
exposes = ["tcp/389", "tcp/445", "udp/53"]
needs = [
  "dns",
  { on = "esx", soft = true, fallback = true, grace = "48h", start = false, assumed = true, port = "tcp/443", from = "office" },
  { at_least = 2, of = ["dns", "esx", { all = ["feed", { any = ["jump", "dns"], soft = true }] }], grace = "90s" },
]
critical = true
effort = "2h"
start = "15m"
rebuild = "1h30m"
owner = "Windows"
phone = "0142"
isolate_how = "port 7"
managed_by = [{ any = ["jump", "esx"] }]
cost = 1.5
meta = { a = [1, [2, []], { b = 1.5, c = true }], "odd key" = "x\ty", at = 2020-02-29T12:00:00.5+01:00, on = 07:32:00 }
[system.hardened]
zone = "servers"
effort = "never"
exposes = []
managed_by = []

[identity.admin]
name = "Backup admin"
kind = "account"
tags = ["tier0"]
critical = true
rebuild = "10m"
cost = 2
owner = "IAM"
phone = "0300"
isolate_how = "disable it"
meta = { sid = -5 }

[service.mail]
name = "Mail"
needs = ["dc", { on = "phone", soft = true }]
users = 4000
weight = 12.5
rto = "4h"
tags = ["gold"]
owner = "Apps"
phone = "0400"
isolate_how = "stop it"
meta = { x = "" }
[service.phone]
rto = "0s"

[customer.all]
name = "Everybody"
uses = ["mail", "phone"]
users = 1100000
owner = "Sales"
phone = "0500"
isolate_how = "-"
meta = {}

[link.wan]
name = "WAN"
between = ["office", "servers"]
needs = [{ any = ["dns", "esx"] }]
owner = "Net"
phone = "0600"
isolate_how = "shut"
meta = { mbit = 100 }

[policy.fw]
name = "Core firewall"
scope = "all"
default = "allow"
meta = { rulebase = "v7" }
[[policy.fw.rule]]
name = "R1"
allow = ["https", "tcp/1000-2000"]
from = ["office", "10.0.0.0/8"]
to = ["tag:tier0", "*"]
tier = 2
cost = 4
[[policy.fw.rule]]
deny = ["any"]
[[policy.fw.rule]]
pass = ["icmp"]
to = ["kind:domain-controller"]
tier = -1

[[pivot]]
from = ["jump", "admin"]
to = ["dc"]
requires = ["admin"]
port = "dns"
via = "cached password"
effort = "10m"
meta = { cve = "CVE-1" }
[[pivot]]
from = ["dc"]
to = ["tag:tier0"]

[scenario.plug]
name = "Pull the plug"
compromised = ["jump", "admin"]
off = ["hall", "dns"]
isolate = ["office", "dc"]
block = ["office -> servers tcp/445", "* -> dc"]
allow = ["jump -> dc tcp/3389,icmp"]
expect = { off = ["dns"], fails = ["mail"], degraded = [], at_risk = [], works = ["phone"], reached = ["dc"], unreached = ["esx"] }
meta = { drill = 3 }

[require.r1]
name = "no way in"
never_reaches = { from = ["office"], to = ["tag:tier0"] }
meta = { source = "audit" }
[require.r2]
reaches_at_most = { from = ["tag:tier0"], count = 3, each = true }
[require.r3]
survives = { services = ["mail", "phone"], any = 2, of = ["tag:infra"] }
[require.r4]
only_flows = { from = ["office"], to = ["*"], allow = ["tcp/443"] }
[require.r5]
never_flows = { from = ["office"], to = ["servers"], ports = ["rdp"] }
[require.r6]
always_flows = { from = ["office"], to = ["servers"] }
)";

}  // namespace firebreak::reading
