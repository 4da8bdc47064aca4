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

class GzipUnpacker final : public Unpacker {
 public:
  GzipUnpacker() {
    constexpr int kGzip = 16 + MAX_WBITS;
    good_ = inflateInit2(&stream_, kGzip) == Z_OK;
  }
  ~GzipUnpacker() override {
    if (good_) (void)inflateEnd(&stream_);
  }
  GzipUnpacker(const GzipUnpacker&) = delete;
  GzipUnpacker& operator=(const GzipUnpacker&) = delete;
  [[nodiscard]] bool good() const { return good_; }

  std::size_t unpack(std::string_view& packed, std::span<char> into) override {
    std::size_t written = 0;
    while (written < into.size() && state_ != Unpacking::damaged) {
      if (packed.empty() && !more_) break;
      if (!inside_ && inflateReset(&stream_) != Z_OK) {
        state_ = Unpacking::damaged;
        break;
      }
      inside_ = true;
      written += step(packed, into.subspan(written));
    }
    return written;
  }

 private:
  /// One call of zlib; says how many bytes it wrote.
  std::size_t step(std::string_view& packed, std::span<char> into) {
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const auto piece = static_cast<uInt>(std::min(packed.size(), kMost));
    const auto room = static_cast<uInt>(std::min(into.size(), kMost));
    // zlib does not write to its input, but has no const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // NOLINT
    stream_.avail_in = piece;
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());  // NOLINT
    stream_.avail_out = room;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    packed.remove_prefix(piece - stream_.avail_in);
    more_ = stream_.avail_out == 0;
    inside_ = result != Z_STREAM_END;
    state_ = inside_ ? Unpacking::cut_off : Unpacking::done;
    if (result == Z_STREAM_END) more_ = false;
    // With all input used and nothing left to write, it says that it cannot go on.
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) state_ = Unpacking::damaged;
    return room - stream_.avail_out;
  }

  z_stream stream_{};
  bool good_ = false;
  bool inside_ = true;  ///< a part
  bool more_ = false;   ///< it may hold more than there was room for
};

class ZstdUnpacker final : public Unpacker {
 public:
  ZstdUnpacker() : stream_(ZSTD_createDStream(), ZSTD_freeDStream) {}
  [[nodiscard]] bool good() const { return stream_ != nullptr; }

  std::size_t unpack(std::string_view& packed, std::span<char> into) override {
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos < out.size && state_ != Unpacking::damaged && (!packed.empty() || more_)) {
      ZSTD_inBuffer in{packed.data(), packed.size(), 0};
      const std::size_t left = ZSTD_decompressStream(stream_.get(), &out, &in);  // 0 = a part is at its end
      packed.remove_prefix(in.pos);
      more_ = out.pos == out.size && left != 0;
      state_ = ZSTD_isError(left) != 0 ? Unpacking::damaged : left == 0 ? Unpacking::done : Unpacking::cut_off;
    }
    return out.pos;
  }

 private:
  std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream_;
  bool more_ = false;  ///< it may hold more than there was room for
};

template <class Kind>
std::unique_ptr<Unpacker> made() {
  auto unpacker = std::make_unique<Kind>();
  if (!unpacker->good()) return nullptr;
  return unpacker;
}

}  // namespace

std::unique_ptr<Unpacker> unpacker_of(Packing packing) {
  if (packing == Packing::gzip) return made<GzipUnpacker>();
  return packing == Packing::zstd ? made<ZstdUnpacker>() : nullptr;
}

Packing packing_of(std::string_view text) {
  if (text.starts_with("\x1F\x8B")) return Packing::gzip;
  if (text.starts_with("\x28\xB5\x2F\xFD")) return Packing::zstd;
  return Packing::none;
}

std::string_view to_string(Packing packing) {
  return packing == Packing::gzip ? "gzip" : packing == Packing::zstd ? "zstd" : "none";
}

std::string_view name_inside(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst"}) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

Unpacking unpack(std::string& text, Packing packing, std::size_t most) {
  if (packing == Packing::none) return Unpacking::done;
  const std::unique_ptr<Unpacker> unpacker = unpacker_of(packing);
  std::string_view packed = text;
  std::string unpacked;
  std::size_t size = 0;
  for (std::size_t got = kPiece; unpacker != nullptr && got == kPiece && size <= most; size += got) {
    unpacked.resize(size + kPiece);
    got = unpacker->unpack(packed, std::span(unpacked).subspan(size));
  }
  unpacked.resize(size);
  const Unpacking result = unpacker == nullptr ? Unpacking::damaged : unpacker->state();
  if (size > most) {
    text.clear();
    return Unpacking::too_large;
  }
  text = result == Unpacking::done ? std::move(unpacked) : std::string();
  return result;
}

}  // namespace firebreak
