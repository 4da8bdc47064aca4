#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <zlib.h>
#include <zstd.h>

#include "topology/format/load_packed.h"
#include "topology_reading.h"

namespace firebreak {
namespace {

using namespace reading;

std::string packed(std::string_view text, Packing packing) {
  std::string out(text.size() + 1000, '\0');
  if (packing == Packing::zstd) {
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
  }
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  (void)deflateEnd(&stream);
  return out;
}

class Packed : public testing::TestWithParam<Packing> {
 protected:
  [[nodiscard]] static std::string pack(std::string_view text) { return packed(text, GetParam()); }
  static constexpr std::size_t kMost = 100'000'000;
};

TEST_P(Packed, FilesAreReadAsWhatIsInThem) {
  EXPECT_TRUE(read("t.toml.gz", pack("[system.a]\n")).topology);
  EXPECT_TRUE(read("t.json.zst", pack(" {\"system\": {\"a\": {}}}")).topology);
  EXPECT_TRUE(read("t", pack("{\"system\": {\"a\": {}}}")).topology);
  EXPECT_EQ(errors(read("t.json.gz", pack(""))), (Lines{"1:1 no-input"})) << "by its name it is JSON";
  EXPECT_EQ(errors(read("t.toml", pack("[system.a]\nzone = 'b'\n"))), (Lines{"2:8 unknown-id"}))
      << "places are those of what is in it";
}

TEST_P(Packed, PartsBehindEachOtherAreOneText) {
  std::string text = pack("[system.a]\n") + pack("") + pack("[system.b]\n");
  EXPECT_EQ(unpack(text, GetParam(), kMost), Unpacking::done);
  EXPECT_EQ(text, "[system.a]\n[system.b]\n");
}

TEST_P(Packed, LongTextsComeOutAsTheyWere) {
  std::string text;
  for (std::size_t i = 0; i < 400'000; ++i) text += std::to_string(i * 7919 % 1'000'003) + "\n";
  std::string all = pack(text);
  ASSERT_LT(all.size(), text.size());
  EXPECT_EQ(unpack(all, GetParam(), kMost), Unpacking::done);
  EXPECT_TRUE(all == text);
}

TEST_P(Packed, WhatIsCutOffOrDamagedIsRefused) {
  const std::string whole = pack("[system.a]\n[system.b]\n[system.c]\nneeds = ['a', 'b']\n");
  for (std::size_t size = 4; size < whole.size(); ++size) {
    std::string part = whole.substr(0, size);
    EXPECT_EQ(unpack(part, GetParam(), kMost), Unpacking::cut_off) << size;
    EXPECT_EQ(part, "");
  }
  std::string behind = whole + "?";
  EXPECT_NE(unpack(behind, GetParam(), kMost), Unpacking::done);
  std::string broken = whole;
  broken[whole.size() / 2] = static_cast<char>(broken[whole.size() / 2] ^ 0x55);
  broken[whole.size() / 2 + 1] = static_cast<char>(broken[whole.size() / 2 + 1] ^ 0x55);
  const Loaded loaded = read("t.gz", broken);
  EXPECT_FALSE(loaded.topology);
  EXPECT_EQ(errors(read("t.gz", whole.substr(0, 12))), (Lines{"0:0 cannot-read"}));
}

TEST_P(Packed, WhatUnpacksToTooMuchIsStopped) {
  std::string much;
  much.resize(20'000'000, ' ');
  std::string bomb = pack(much);
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(unpack(bomb, GetParam(), 5'000'000), Unpacking::too_large);
  EXPECT_EQ(bomb, "");
}

TEST_P(Packed, StreamsComePieceByPiece) {
  std::string text;
  for (std::size_t i = 0; i < 3000; ++i) text += std::to_string(i * 7919 % 1'003) + "\n";
  const std::string all = pack(text) + pack("") + pack("the end");
  for (const std::size_t in : {std::size_t{1}, std::size_t{13}, std::size_t{100'000}}) {
    for (const std::size_t room : {std::size_t{1}, std::size_t{11}, std::size_t{100'000}}) {
      const auto unpacker = unpacker_of(GetParam());
      std::string got;
      std::string into(room, ' ');
      for (std::size_t at = 0; at < all.size(); at += in) {
        std::string_view piece = std::string_view(all).substr(at, in);
        std::size_t size = room;
        while (!piece.empty() || size == room) {
          size = unpacker->unpack(piece, into);
          got.append(into, 0, size);
        }
      }
      EXPECT_EQ(unpacker->state(), Unpacking::done) << in << " " << room;
      EXPECT_TRUE(got == text + "the end") << in << " " << room;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Packed, testing::Values(Packing::gzip, Packing::zstd),
                         [](const auto& asked) { return std::string(to_string(asked.param)); });

TEST(Packing, IsToldByTheFirstBytes) {
  EXPECT_EQ(packing_of("[system.a]"), Packing::none);
  EXPECT_EQ(packing_of(""), Packing::none);
  EXPECT_EQ(packing_of("\x1F\x8B"), Packing::gzip);
  std::string plain = "as it is";
  EXPECT_EQ(unpack(plain, Packing::none, 1), Unpacking::done);
  EXPECT_EQ(plain, "as it is");
}

}  // namespace
}  // namespace firebreak
