/// Where the program gets its memory: from malloc as ever, but in huge pages, as far as the system has them, once it is
/// much. A large topology is filled and read faster with them, about twice on a system whose page faults are dear.
/// Large pieces go back to the system when they are freed, so that a list that has grown leaves no gaps behind.
#include <atomic>
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
#include <unistd.h>

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20U;
constexpr std::size_t kLarge = 2 * kHugePage;

/// A piece that tells that much memory is going to be needed.
constexpr std::size_t kMedium = std::size_t{128} << 10U;

/// So much the heap grows by once memory is needed: what is never used of it costs nothing but room.
constexpr std::size_t kGrowth = std::size_t{32} << 20U;

/// Free memory at the end of the heap that is kept, so that it need not be fetched again at once.
constexpr std::size_t kKept = std::size_t{256} << 20U;

const bool kIsSetUp =
    mallopt(M_MMAP_THRESHOLD, static_cast<int>(kLarge)) == 1 && mallopt(M_TRIM_THRESHOLD, static_cast<int>(kKept)) == 1;

void grow_by(std::size_t bytes) {
  (void)mallopt(M_TOP_PAD, static_cast<int>(bytes));
}

/// Where the stretch of so many bytes begins that a place is in; they lie one behind the other from address 0 on.
char* begin_of_stretch(char* place, std::size_t bytes) {
  return place - reinterpret_cast<std::uintptr_t>(place) % bytes;
}

void ask_for_huge_pages(char* from, const char* end) {
  if (from < end) (void)madvise(from, static_cast<std::size_t>(end - from), MADV_HUGEPAGE);
}

/// Asks for huge pages for the heap a piece is in: for the first one, which grows at its end, where it has grown since
/// this was asked last; for one of a thread, as far as it can ever grow.
void use_huge_pages(char* piece) {
  constexpr std::size_t kHeapOfThread = std::size_t{64} << 20U;  // and it begins at a multiple of that
  static std::atomic<char*> asked_to = nullptr;
  thread_local const char* known = nullptr;
  char* const end = static_cast<char*>(sbrk(0));
  if (piece < end) {
    char* const before = asked_to.exchange(end, std::memory_order_relaxed);
    if (before == end) return;
    if (before == nullptr) grow_by(kGrowth);
    ask_for_huge_pages(begin_of_stretch(before != nullptr ? before : piece, kHugePage), end);
  } else if (char* const heap = begin_of_stretch(piece, kHeapOfThread); heap != known) {
    known = heap;
    ask_for_huge_pages(heap, heap + kHeapOfThread);
  }
}

void* huge_pages(std::size_t size) {
  void* const memory = std::aligned_alloc(kHugePage, (size + kHugePage - 1) / kHugePage * kHugePage);
  // Should it fail, ordinary pages serve, as they do at the end, which would rarely fill a huge one.
  if (memory != nullptr) (void)madvise(memory, size / kHugePage * kHugePage, MADV_HUGEPAGE);
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  const bool large = size >= kLarge && size <= SIZE_MAX / 2 && kIsSetUp;
  for (;;) {
    if (void* const memory = large ? huge_pages(size) : std::malloc(size > 0 ? size : 1)) {
      if (size >= kMedium && !large) use_huge_pages(static_cast<char*>(memory));
      return memory;
    }
    grow_by(0);  // where room is short, no more is asked for than is needed
    if (void* const memory = std::malloc(size > 0 ? size : 1)) return memory;
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
