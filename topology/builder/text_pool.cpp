#include "topology/builder/text_pool.h"

namespace firebreak {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16U;
constexpr std::size_t kLarge = kChunk / 8;  ///< a text of this size gets a chunk of its own

std::string_view append(std::vector<char>& chunk, std::string_view text) {
  const std::size_t begin = chunk.size();
  chunk.insert(chunk.end(), text.begin(), text.end());
  return {chunk.data() + begin, text.size()};
}

}  // namespace

std::string_view TextPool::add(std::string_view text) {
  if (text.empty()) return {};
  const bool large = text.size() >= kLarge;
  if (large || chunks_.empty() || chunks_[open_].capacity() - chunks_[open_].size() < text.size()) {
    chunks_.emplace_back().reserve(large ? text.size() : kChunk);
    if (large) return append(chunks_.back(), text);
    open_ = chunks_.size() - 1;
  }
  return append(chunks_[open_], text);
}

}  // namespace firebreak
