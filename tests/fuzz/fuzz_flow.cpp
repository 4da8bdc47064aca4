// Any bytes as the words of a scenario, line by line: they resolve or are refused, each fault says so in plain text.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "firebreak/scenario.h"

#include "tests/fuzz/round_trip.h"

namespace {

constexpr std::string_view kTopology = R"(
[zone.office]
cidr = ["10.1.0.0/16"]
[zone.servers]
cidr = ["10.2.0.0/16", "fd00::/8"]
[site.hall]
[system.pc]
zone = "office"
kind = "client"
tags = ["windows"]
[system.db]
zone = "servers"
site = "hall"
address = ["10.2.0.10", "fd00::10"]
exposes = ["tcp/5432"]
[identity.admin]
tags = ["tier0"]
[service.mail]
needs = ["db"]
[customer.all]
uses = ["mail"]
[link.l]
between = ["office", "servers"]
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firebreak;
  static const Loaded loaded = fuzz::read("topology.toml", kTopology);
  ScenarioWords words;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string>* const lists[] = {&words.compromised, &words.off, &words.isolate, &words.block,
                                             &words.allow};
  for (std::size_t line = 0; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    lists[line % 5]->emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  Loaded result;
  const Scenario scenario = resolve(*loaded.topology, words, result.diagnostics);
  fuzz::check_rendering(result);
  fuzz::require(scenario.block.size() <= words.block.size(), "more flows than words", {});
  return 0;
}
