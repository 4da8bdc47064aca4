#include "topology/format/release_memory.h"

#if __has_include(<sys/mman.h>)
#include <cstddef>
#include <cstdint>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace firebreak {

void release_memory(std::string_view text) {
#ifdef MADV_DONTNEED
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t before = (page - reinterpret_cast<std::uintptr_t>(text.data()) % page) % page;
  if (text.size() < before + page) return;
  const std::string_view pages = text.substr(before, (text.size() - before) / page * page);
  // Should it fail, the memory is only freed later.
  (void)madvise(const_cast<char*>(pages.data()), pages.size(), MADV_DONTNEED);
#else
  (void)text;
#endif
}

}  // namespace firebreak
