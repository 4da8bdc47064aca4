#pragma once

#include <string_view>

namespace firebreak {

/// Gives the memory of a text that is not read any more back to the system, in whole pages inside it; what is read
/// there afterwards is no longer the text. Does nothing where the system has no such call.
void release_memory(std::string_view text);

}  // namespace firebreak
