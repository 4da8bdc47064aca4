#pragma once

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "cli/run.h"

namespace firebreak::cli {

/// An empty folder that is gone at the end of the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "firebreak-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(at(name), std::ios::binary) << text;
    return at(name);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(at(name), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

inline Outcome call(const std::vector<std::string>& arguments, const Surroundings& surroundings = {}) {
  return run(arguments, surroundings);
}

/// A topology of one service on one system, and a jewel behind a rule.
inline constexpr const char* kShop = R"([zone.office]
[zone.servers]
[system.pc]
zone = "office"
exposes = []
[system.db]
zone = "servers"
exposes = ["tcp/5432"]
critical = true
owner = "Data team"
phone = "0142"
[system.web]
zone = "servers"
exposes = ["tcp/443"]
needs = [{ on = "db", port = "tcp/5432", grace = "1h" }]
[service.shop]
needs = ["web"]
users = 1200
[customer.people]
uses = ["shop"]
[policy.fw]
[[policy.fw.rule]]
name = "R1"
allow = ["tcp/443", "tcp/5432"]
from = ["office"]
to = ["servers"]
[scenario.no-db]
off = ["db"]
expect = { fails = ["shop"] }
[require.pc-stays-out]
never_reaches = { from = ["pc"], to = ["db"] }
)";

}  // namespace firebreak::cli
