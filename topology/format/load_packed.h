#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace firebreak {

/// How a text is packed, by its first bytes.
enum class Packing : unsigned char { none, gzip, zstd };
[[nodiscard]] Packing packing_of(std::string_view text);
[[nodiscard]] std::string_view to_string(Packing packing);

/// The name of a file without the ending that says that it is packed: "estate.json" of "estate.json.gz".
[[nodiscard]] std::string_view name_inside(std::string_view name);

enum class Unpacking : unsigned char { done, damaged, cut_off, too_large };

/// Unpacks a stream piece by piece: all parts of it, one after the other.
class Unpacker {
 public:
  virtual ~Unpacker() = default;
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// Unpacks what comes next until `into` is full or `packed` is used up, which it shortens by what was used; says how
  /// many bytes it wrote. Nothing more comes once the data are damaged.
  [[nodiscard]] virtual std::size_t unpack(std::string_view& packed, std::span<char> into) = 0;
  /// What it means for the stream to end here: done, damaged or cut_off.
  [[nodiscard]] Unpacking state() const { return state_; }

 protected:
  Unpacker() = default;
  Unpacking state_ = Unpacking::cut_off;
};

/// Nothing for what is not packed, or where memory is short.
[[nodiscard]] std::unique_ptr<Unpacker> unpacker_of(Packing packing);

/// Unpacks a text in place, all parts of it one after the other. Where it fails the text is empty. Cost: linear; both
/// texts are in memory until it is done.
[[nodiscard]] Unpacking unpack(std::string& text, Packing packing, std::size_t most);

}  // namespace firebreak
