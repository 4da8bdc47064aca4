#include "topology/format/load_packed.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>
#include <zlib.h>
#include <zstd.h>

namespace firebreak {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;

/// The unpacked text as it grows, up to a limit.
class Output {
 public:
  explicit Output(std::size_t most) : most_(most) {}

  /// Room for more, behind what is there.
  [[nodiscard]] char* room() {
    text_.resize(size_ + kPiece);
    return text_.data() + size_;
  }
  /// So much of the room was used. False when it is more than may be.
  [[nodiscard]] bool used(std::size_t bytes) {
    size_ += bytes;
    return size_ <= most_;
  }
  [[nodiscard]] std::string take() {
    text_.resize(size_);
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t size_ = 0;
  std::size_t most_;
};

Unpacking unpack_gzip(std::string_view packed, Output& output) {
  z_stream stream{};
  constexpr int kGzip = 16 + MAX_WBITS;
  if (inflateInit2(&stream, kGzip) != Z_OK) return Unpacking::damaged;
  const auto end = [](z_stream* s) { (void)inflateEnd(s); };
  const std::unique_ptr<z_stream, decltype(end)> closing(&stream, end);
  bool inside = true;  // a part
  while (true) {
    if (stream.avail_in == 0) {
      const std::size_t piece = std::min<std::size_t>(packed.size(), std::numeric_limits<uInt>::max());
      // zlib does not write to its input, but has no const.
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // NOLINT
      stream.avail_in = static_cast<uInt>(piece);
      packed.remove_prefix(piece);
    }
    if (stream.avail_in == 0) return inside ? Unpacking::cut_off : Unpacking::done;
    if (!inside && inflateReset(&stream) != Z_OK) return Unpacking::damaged;
    stream.next_out = reinterpret_cast<Bytef*>(output.room());  // NOLINT
    stream.avail_out = kPiece;
    const int result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) return Unpacking::damaged;
    if (!output.used(kPiece - stream.avail_out)) return Unpacking::too_large;
    inside = result != Z_STREAM_END;
  }
}

Unpacking unpack_zstd(std::string_view packed, Output& output) {
  const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(), ZSTD_freeDStream);
  if (stream == nullptr) return Unpacking::damaged;
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  std::size_t left = 1;  // 0 = a part is at its end
  while (true) {
    ZSTD_outBuffer out{output.room(), kPiece, 0};
    left = ZSTD_decompressStream(stream.get(), &out, &in);
    if (ZSTD_isError(left) != 0) return Unpacking::damaged;
    if (!output.used(out.pos)) return Unpacking::too_large;
    if (in.pos < in.size || out.pos == out.size) continue;
    return left == 0 ? Unpacking::done : Unpacking::cut_off;
  }
}

}  // namespace

Packing packing_of(std::string_view text) {
  if (text.starts_with("\x1F\x8B")) return Packing::gzip;
  if (text.starts_with("\x28\xB5\x2F\xFD")) return Packing::zstd;
  return Packing::none;
}

std::string_view to_string(Packing packing) {
  return packing == Packing::gzip ? "gzip" : packing == Packing::zstd ? "zstd" : "none";
}

Unpacking unpack(std::string& text, Packing packing, std::size_t most) {
  if (packing == Packing::none) return Unpacking::done;
  Output output(most);
  const Unpacking result = packing == Packing::gzip ? unpack_gzip(text, output) : unpack_zstd(text, output);
  text = result == Unpacking::done ? output.take() : std::string();
  return result;
}

}  // namespace firebreak
