#include "cli/line_blocks.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <system_error>
#include <utility>

namespace firebreak::cli {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18U;
constexpr std::size_t kLongestLine = std::size_t{1} << 26U;

}  // namespace

std::vector<LineBlock> divided(LineBlock block, std::size_t into) {
  std::vector<LineBlock> pieces;
  if (into <= 1) {
    pieces.push_back(std::move(block));
    return pieces;
  }
  const std::size_t size = (block.text.size() + into - 1) / into;
  std::uint32_t line = block.first_line;
  for (std::string_view rest = block.text; !rest.empty();) {
    const std::size_t end = rest.find('\n', std::min(size, rest.size()) - 1);
    const std::string_view piece = rest.substr(0, end == std::string_view::npos ? end : end + 1);
    pieces.push_back({std::string(piece), line});
    line += static_cast<std::uint32_t>(std::ranges::count(piece, '\n'));
    rest.remove_prefix(piece.size());
  }
  return pieces;
}

void LineShare::keep_own(std::string& text) {
  std::string own;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos && lines_++ % of_ == number_) own += line;
    if (end < rest.size()) own += '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  text = std::move(own);
}

LineBlocks::LineBlocks(const std::string& name) {
  errno = 0;
  file_ = name == "-" ? stdin : std::fopen(name.c_str(), "rb");
  if (file_ == nullptr) fault_ = std::generic_category().message(errno);
}

LineBlocks::~LineBlocks() {
  if (file_ != nullptr && file_ != stdin) (void)std::fclose(file_);
}

void LineBlocks::fetch_packed() {
  raw_.resize(kBlock);
  packed_ = std::string_view(raw_).substr(0, read_raw(raw_.data(), kBlock));
}

std::size_t LineBlocks::read(char* to, std::size_t most) {
  if (!begun_reading_) {
    begun_reading_ = true;
    fetch_packed();
    packing_ = packing_of(packed_);
    unpacker_ = unpacker_of(packing_);
  }
  if (packing_ != Packing::none) return read_unpacking(to, most);
  const std::size_t size = std::min(most, packed_.size());
  std::copy_n(packed_.begin(), size, to);
  packed_.remove_prefix(size);
  if (packed_.empty()) std::string().swap(raw_);
  return size < most ? size + read_raw(to + size, most - size) : size;
}

std::size_t LineBlocks::read_unpacking(char* to, std::size_t most) {
  std::size_t size = 0;
  while (size < most && fault_.empty()) {
    if (packed_.empty()) fetch_packed();
    const bool ended = packed_.empty();
    if (unpacker_ != nullptr) size += unpacker_->unpack(packed_, {to + size, most - size});
    const Unpacking state = unpacker_ != nullptr ? unpacker_->state() : Unpacking::damaged;
    if (state == Unpacking::damaged) fault_ = fmt::format("the {} data are damaged", to_string(packing_));
    if (!ended || size == most || !fault_.empty()) continue;
    if (state == Unpacking::cut_off) fault_ = fmt::format("the {} data end too early", to_string(packing_));
    break;
  }
  return size;
}

std::size_t LineBlocks::read_raw(char* to, std::size_t most) {
  if (file_ == nullptr) {
    const std::size_t size = std::min(most, rest_.size());
    std::copy_n(rest_.begin(), size, to);
    rest_.remove_prefix(size);
    return size;
  }
  errno = 0;
  const std::size_t size = std::fread(to, 1, most, file_);
  if (size < most && std::ferror(file_) != 0) fault_ = std::generic_category().message(errno != 0 ? errno : EIO);
  return size;
}

std::optional<LineBlock> LineBlocks::next() {
  std::string text = std::move(begun_);
  begun_.clear();
  std::size_t end = 0;  // behind the last line that is whole
  while (!ended_ && fault_.empty() && end == 0) {
    const std::size_t before = text.size();
    text.resize(before + kBlock);
    const std::size_t got = read(text.data() + before, kBlock);
    text.resize(before + got);
    ended_ = got < kBlock;
    end = text.rfind('\n') + 1;  // npos + 1 is 0
    if (text.size() - end > kLongestLine) fault_ = "a line has more than 64 MiB";
  }
  if (!fault_.empty() || text.empty()) return std::nullopt;
  if (ended_) end = text.size();
  begun_ = text.substr(end);
  text.resize(end);
  LineBlock block{std::move(text), line_};
  line_ += static_cast<std::uint32_t>(std::ranges::count(block.text, '\n'));
  return block;
}

}  // namespace firebreak::cli
