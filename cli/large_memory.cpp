/// Where the program gets its memory: small pieces from malloc as ever; large ones in huge pages, as far as the system
/// has them. A large topology is filled and read faster with them, about twice on a system whose page faults are dear.
/// Large pieces go back to the system when they are freed, so that a list that has grown leaves no gaps behind.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

// The sanitizers bring their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FIREBREAK_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define FIREBREAK_SANITIZED
#endif
#endif

#if defined(__GLIBC__) && !defined(FIREBREAK_SANITIZED)
#include <malloc.h>
#include <sys/mman.h>

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20U;
constexpr std::size_t kLarge = 2 * kHugePage;

/// Free memory at the end of the heap that is kept, so that it need not be fetched again at once.
constexpr std::size_t kKept = std::size_t{256} << 20U;

const bool kLargeIsMapped =
    mallopt(M_MMAP_THRESHOLD, static_cast<int>(kLarge)) == 1 && mallopt(M_TRIM_THRESHOLD, static_cast<int>(kKept)) == 1;

void* huge_pages(std::size_t size) {
  void* const memory = std::aligned_alloc(kHugePage, (size + kHugePage - 1) / kHugePage * kHugePage);
  // Should it fail, ordinary pages serve, as they do at the end, which would rarely fill a huge one.
  if (memory != nullptr) (void)madvise(memory, size / kHugePage * kHugePage, MADV_HUGEPAGE);
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  const bool large = size >= kLarge && size <= SIZE_MAX / 2 && kLargeIsMapped;
  for (;;) {
    if (void* const memory = large ? huge_pages(size) : std::malloc(size > 0 ? size : 1)) return memory;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

#endif
