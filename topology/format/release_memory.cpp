#include "topology/format/release_memory.h"

#if __has_include(<sys/mman.h>)
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace firebreak {

void release_memory(std::string_view text) {
#ifdef MADV_DONTNEED
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(text.data());
  const std::uintptr_t first = (begin + page - 1) / page * page;
  const std::uintptr_t end = (begin + text.size()) / page * page;
  // Should it fail, the memory is only freed later.
  if (first < end) (void)madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
#else
  (void)text;
#endif
}

}  // namespace firebreak
