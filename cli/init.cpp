#include <filesystem>
#include <fmt/format.h>

#include "cli/question.h"

namespace firebreak::cli {
namespace {

/// What `init` writes: small, sound, and using each part of the format once.
constexpr std::string_view kTopology = R"(# A small topology to begin with. Change it, and run after each change:
#
#   firebreak check   {file}
#   firebreak impact  {file} --off dc-room
#   firebreak blast   {file} --compromised laptop
#   firebreak explain {file} laptop files tcp/445

[topology]
format = 1
name   = "A small office"

# Zones are network segments. What is in one zone reaches each other, unless a policy with scope = "all" says otherwise.
[zone.internet]
[zone.office]
[zone.servers]

# Sites share a fate: the power of the room fails, and everything in it fails.
[site.dc-room]
name = "Server room"

# Systems run, can be switched off, unplugged or compromised.
[system.firewall]
site  = "dc-room"
owner = "Network team"
phone = "0140"

[system.host-1]
zone    = "servers"
site    = "dc-room"
exposes = ["tcp/22"]
owner   = "Server team"
phone   = "0141"

[system.host-2]
zone    = "servers"
site    = "dc-room"
exposes = ["tcp/22"]
owner   = "Server team"
phone   = "0141"

[system.directory-1]
zone     = "servers"
runs_on  = "host-1"             # the host down takes it down; the host compromised compromises it
exposes  = ["tcp/389", "tcp/445"]
tags     = ["directory"]
critical = true                 # a crown jewel
effort   = "8h"                 # an attacker's time to take it over by an open port
owner    = "Server team"
phone    = "0141"

[system.directory-2]
zone     = "servers"
runs_on  = "host-2"
exposes  = ["tcp/389", "tcp/445"]
tags     = ["directory"]
critical = true
effort   = "8h"
owner    = "Server team"
phone    = "0141"

[system.files]
zone    = "servers"
runs_on = "host-1"
exposes = ["tcp/445"]
needs   = [{ any = ["directory-1", "directory-2"] }]   # one of the two is enough
owner   = "Server team"
phone   = "0141"

[system.mail-server]
zone    = "servers"
runs_on = "host-2"
exposes = ["tcp/25", "tcp/443"]
effort  = "2d"
needs   = [
  { any = ["directory-1", "directory-2"] },
  { on = "files", soft = true, grace = "4h" },         # degraded without it, and only after 4 hours
]
owner   = "Server team"
phone   = "0141"

[system.laptop]
zone    = "office"
exposes = []                    # listens on nothing

# Identities are accounts, groups and keys: no place in the network, but they open doors.
[identity.admin-account]

# Links join zones. Without any link at all, every zone is joined with every other.
[link.office-servers]
between = ["office", "servers"]
needs   = ["firewall"]

[link.internet-servers]
between = ["internet", "servers"]
needs   = ["firewall"]

# A policy is one enforcement point: the first rule that matches decides, else the default.
[policy.rules]
default = "deny"

[[policy.rules.rule]]
name  = "R1 clients"
allow = ["tcp/389", "tcp/445", "tcp/443"]
from  = ["office"]
to    = ["servers"]

[[policy.rules.rule]]
name  = "R2 mail from outside"
allow = ["tcp/25"]
from  = ["internet"]
to    = ["mail-server"]

# Pivots are ways to take something over other than an open port.
[[pivot]]
from   = ["files"]
to     = ["admin-account"]
via    = "password in a script on the file share"
effort = "1h"

[[pivot]]
from     = ["laptop"]
to       = ["directory-1"]
requires = ["admin-account"]
port     = "tcp/445"
via      = "administrator logs in"

# Services are what people use; customers are who uses them.
[service.mail]
needs = [{ on = "mail-server", port = "tcp/443", from = "office" }]
users = 40
rto   = "8h"

[service.file-share]
needs = [{ on = "files", port = "tcp/445", from = "office" }]
users = 40

[customer.staff]
uses  = ["mail", "file-share"]
users = 40

# Scenarios say what is compromised or cut off, and what must come out; `firebreak check` plays them all.
[scenario.power-cut]
off    = ["dc-room"]
expect = { fails = ["mail", "file-share"] }

[scenario.stolen-laptop]
compromised = ["laptop"]
expect      = { reached = ["files", "admin-account", "directory-1"] }

[scenario.stolen-laptop-unplugged]
compromised = ["laptop"]
isolate     = ["laptop"]
expect      = { works = ["mail", "file-share"], unreached = ["files", "admin-account"] }

[scenario.no-file-sharing]
block  = ["office -> servers tcp/445"]
expect = { fails = ["file-share"], works = ["mail"] }

# Requires are invariants; `firebreak check` judges them too.
[require.mail-survives-a-directory]
survives = { services = ["mail", "file-share"], any = 1, of = ["tag:directory"] }

[require.only-mail-from-outside]
only_flows = { from = ["internet"], to = ["servers"], allow = ["tcp/25"] }
)";

std::string topology_text(const std::string& file) {
  std::string text(kTopology);
  constexpr std::string_view kName = "{file}";
  for (std::size_t at = text.find(kName); at != std::string::npos; at = text.find(kName)) {
    text.replace(at, kName.size(), file);
  }
  return text;
}

}  // namespace

Outcome run_init(const Call& call) {
  Options options;
  Arguments arguments("firebreak init",
                      "A small commented topology to begin with. An existing file is never overwritten.");
  arguments.words("FILE", options.words, "the file to write; - is standard output");
  arguments.read(call);
  if (options.words.size() > 1) refuse(fmt::format("one word too many: '{}'", options.words[1]));
  const std::string file = options.words.empty() ? "topology.toml" : options.words[0];
  if (file == "-") return {0, topology_text("topology.toml"), ""};
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) {
    refuse(fmt::format("'{}' exists already", file), "name another file, or - for standard output", Code::cannot_write);
  }
  options.output = file;
  Outcome outcome = deliver(options, topology_text(report::shell_word(file)), "");
  outcome.out = fmt::format("wrote {0}\nnext: firebreak check {0}\n", printable(report::shell_word(file)));
  return outcome;
}

}  // namespace firebreak::cli
