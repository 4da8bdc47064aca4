#pragma once

#include <list>
#include <string>
#include <string_view>

#include "topology/format/release_memory.h"

namespace firebreak {

/// What a reader has passed and handed out texts of: they live as long as it. What it owns may be freed on another
/// thread than the reader's.
struct PassedText {
  std::list<std::string> made;  ///< texts that are no part of the file: with escapes put in
  std::string_view released;    ///< a piece of the file that is not wanted any more

  /// Ends the life of the texts.
  void free() {
    made.clear();
    release_memory(released);
    released = {};
  }
};

}  // namespace firebreak
