#include "store/aligned_pairs.h"

#include <cstdint>
#include <string>
#include <utility>

#include "core/bytes.h"

namespace reelprint::store {
namespace {

constexpr std::size_t kPairBytes = 8 + 8 + 2 + 1;
constexpr int kMaxDistance = 256;

}  // namespace

std::vector<std::byte> encode_pairs(std::span<const AlignedPair> pairs) {
  if (!std::in_range<std::uint32_t>(pairs.size())) {
    throw Error(ErrorCode::too_large, "write the aligned pairs: there are more than 2^32");
  }
  ByteWriter writer;
  writer.put(static_cast<std::uint32_t>(pairs.size()));
  for (const AlignedPair& pair : pairs) {
    if (pair.distance < 0 || pair.distance > kMaxDistance) {
      throw Error(ErrorCode::invalid_input,
                  "write the aligned pairs: a distance of " + std::to_string(pair.distance));
    }
    writer.put(pair.query.us);
    writer.put(pair.reference.us);
    writer.put(static_cast<std::uint16_t>(pair.distance));
    writer.put(static_cast<std::uint8_t>(pair.distinctive));
  }
  return writer.take();
}

std::vector<AlignedPair> decode_pairs(std::span<const std::byte> bytes) {
  ByteReader reader(bytes, "the aligned pairs");
  std::vector<AlignedPair> pairs(reader.take_count(kPairBytes));
  for (AlignedPair& pair : pairs) {
    pair.query.us = reader.take<std::int64_t>();
    pair.reference.us = reader.take<std::int64_t>();
    pair.distance = reader.take<std::uint16_t>();
    const auto distinctive = reader.take<std::uint8_t>();
    if (pair.distance > kMaxDistance) reader.fail("a distance is larger than 256");
    if (distinctive > 1) reader.fail("a flag is neither 0 nor 1");
    pair.distinctive = distinctive == 1;
  }
  if (reader.left() > 0) reader.fail("there are bytes behind the last pair");
  return pairs;
}

}  // namespace reelprint::store
