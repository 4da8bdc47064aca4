#include "topology/format/decl_batch.h"

#include <array>
#include <bit>

namespace firebreak {
namespace {

/// What a need says, a bit each.
constexpr std::uint64_t kSoft = 1U << 0U;
constexpr std::uint64_t kFallback = 1U << 1U;
constexpr std::uint64_t kNoStart = 1U << 2U;
constexpr std::uint64_t kAssumed = 1U << 3U;
constexpr std::uint64_t kOn = 1U << 4U;
constexpr std::uint64_t kGroup = 1U << 5U;  ///< other than a leaf, or a leaf with members
constexpr std::uint64_t kPort = 1U << 6U;
constexpr std::uint64_t kFrom = 1U << 7U;
constexpr std::uint64_t kGrace = 1U << 8U;
constexpr std::uint64_t kCount = 1U << 9U;

}  // namespace

void DeclBatch::put(const Located<double>& number) {
  tape_.put(std::bit_cast<std::uint64_t>(number.value));
  put(number.at);
}

void DeclBatch::put(const NeedDecl& need) {
  const auto bit = [](bool holds, std::uint64_t value) { return holds ? value : 0; };
  const std::uint64_t said = bit(need.soft, kSoft) | bit(need.fallback, kFallback) | bit(!need.start, kNoStart) |
                             bit(need.assumed, kAssumed) | bit(is_given(need.on), kOn) |
                             bit(need.type != Need::Type::leaf || need.size != 1, kGroup) |
                             bit(is_given(need.port), kPort) | bit(is_given(need.from), kFrom) |
                             bit(is_given(need.grace), kGrace) | bit(need.k.at.file.valid(), kCount);
  tape_.put(said);
  put(need.at);
  if ((said & kOn) != 0) put(need.on);
  if ((said & kGroup) != 0) {
    tape_.put(static_cast<std::uint64_t>(need.type));
    tape_.put(need.size);
  }
  if ((said & kPort) != 0) put(need.port);
  if ((said & kFrom) != 0) put(need.from);
  if ((said & kGrace) != 0) put(need.grace);
  if ((said & kCount) == 0) return;
  tape_.put_difference(need.k.value);
  put(need.k.at);
}

void DeclBatch::take(std::string_view& text) {
  const std::size_t size = tape_.take();
  const std::uintptr_t begin = taken_.text + static_cast<std::uintptr_t>(tape_.take_difference());
  text = {std::bit_cast<const char*>(begin), size};
  taken_.text = begin + size;
}

void DeclBatch::take(Span& at) {
  const std::int64_t lines = tape_.take_difference();
  const std::int64_t columns = tape_.take_difference();
  taken_.column = static_cast<std::uint32_t>(columns + (lines == 0 ? taken_.column : 0));
  taken_.line = static_cast<std::uint32_t>(taken_.line + lines);
  at = {file_, taken_.line, taken_.column};
}

void DeclBatch::take(Located<double>& number) {
  number.value = std::bit_cast<double>(tape_.take());
  take(number.at);
}

void DeclBatch::take(NeedDecl& need) {
  const std::uint64_t said = tape_.take();
  need.soft = (said & kSoft) != 0;
  need.fallback = (said & kFallback) != 0;
  need.start = (said & kNoStart) == 0;
  need.assumed = (said & kAssumed) != 0;
  take(need.at);
  if ((said & kOn) != 0) take(need.on);
  if ((said & kGroup) != 0) {
    need.type = static_cast<Need::Type>(tape_.take());
    need.size = static_cast<std::uint32_t>(tape_.take());
  }
  if ((said & kPort) != 0) take(need.port);
  if ((said & kFrom) != 0) take(need.from);
  if ((said & kGrace) != 0) take(need.grace);
  if ((said & kCount) == 0) return;
  need.k.value = tape_.take_difference();
  take(need.k.at);
}

template <class Decl>
void DeclBatch::add_to(TopologyBuilder& builder, Unpacked& unpacked) {
  if constexpr (kIsRare<Decl>) {
    builder.add(std::get<Decl>(rare_[next_rare_++]));
  } else {
    auto& slot = unpacked.of<Decl>();
    const auto given = static_cast<std::uint32_t>(tape_.take());
    take(head(slot.decl));
    each_member<kKeysOf<Decl>>(slot.decl, [&](auto row, auto& member) {
      if ((slot.given >> row() & 1U) != 0) clear_member(member);
      if ((given >> row() & 1U) != 0) take(member);
    });
    slot.given = given;
    builder.add(slot.decl);
  }
}

void DeclBatch::build(TopologyBuilder& builder, Unpacked& unpacked) {
  using Add = void (DeclBatch::*)(TopologyBuilder&, Unpacked&);
  static constexpr auto kAdds = []<class... All>(std::type_identity<std::tuple<All...>> /*kinds*/) {
    return std::array<Add, sizeof...(All)>{&DeclBatch::add_to<All>...};
  }(std::type_identity<Kinds>());
  while (!tape_.at_end()) (this->*kAdds[tape_.take()])(builder, unpacked);
  tape_.clear();
  put_ = taken_ = {};
  rare_.clear();
  metas_.clear();
  next_rare_ = next_meta_ = size_ = 0;
  texts_.free();
}

}  // namespace firebreak
