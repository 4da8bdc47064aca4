#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace firebreak {

/// The words of "FROM -> TO [PORTS]". FROM, TO and PORTS are lists separated by commas; blanks separate the parts, and
/// may stand around a comma. Views into the text.
struct FlowWords {
  std::vector<std::string_view> from;
  std::vector<std::string_view> to;
  std::vector<std::string_view> ports;  ///< empty when not given
  std::string fault;                    ///< why it is no flow: "'->' is missing"; empty when it is one
};
[[nodiscard]] FlowWords split_flow(std::string_view text);

}  // namespace firebreak
