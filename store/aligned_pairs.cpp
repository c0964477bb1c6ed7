#include "store/aligned_pairs.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "core/bytes.h"

namespace reelprint::store {
namespace {

constexpr std::size_t kOldPairBytes = 8 + 8 + 2 + 1;
constexpr std::size_t kPairBytes = kOldPairBytes + 2 + 4 * 8;
constexpr std::uint32_t kMark = 0x80000000U;
constexpr int kMaxDistance = 256;

bool is_finite(const Similarity& transform) {
  return std::isfinite(transform.a) && std::isfinite(transform.b) && std::isfinite(transform.tx) &&
         std::isfinite(transform.ty);
}

void check(const AlignedPair& pair) {
  const auto refuse = [](const std::string& why) {
    throw Error(ErrorCode::invalid_input, "write the aligned pairs: " + why);
  };
  if (pair.distance < 0 || pair.distance > kMaxDistance)
    refuse("a distance of " + std::to_string(pair.distance));
  if (!std::in_range<std::uint16_t>(pair.inliers)) refuse(std::to_string(pair.inliers) + " inliers");
  if (!is_finite(pair.transform)) refuse("a transform is not finite");
}

double take_real(ByteReader& reader) {
  return std::bit_cast<double>(reader.take<std::uint64_t>());
}

}  // namespace

std::vector<std::byte> encode_pairs(std::span<const AlignedPair> pairs) {
  if (pairs.size() >= kMark) {
    throw Error(ErrorCode::too_large, "write the aligned pairs: there are more than 2^31");
  }
  ByteWriter writer;
  writer.put(static_cast<std::uint32_t>(pairs.size()) | kMark);
  for (const AlignedPair& pair : pairs) {
    check(pair);
    writer.put(pair.query.us);
    writer.put(pair.reference.us);
    writer.put(static_cast<std::uint16_t>(pair.distance));
    writer.put(static_cast<std::uint8_t>(pair.distinctive));
    writer.put(static_cast<std::uint16_t>(pair.inliers));
    const Similarity& t = pair.transform;
    for (const double value : {t.a, t.b, t.tx, t.ty}) writer.put(std::bit_cast<std::uint64_t>(value));
  }
  return writer.take();
}

std::vector<AlignedPair> decode_pairs(std::span<const std::byte> bytes) {
  ByteReader reader(bytes, "the aligned pairs");
  const auto head = reader.take<std::uint32_t>();
  const bool is_old = (head & kMark) == 0;
  const std::size_t count = head & ~kMark;
  if (count > reader.left() / (is_old ? kOldPairBytes : kPairBytes)) reader.fail("it ends too early");
  std::vector<AlignedPair> pairs(count);
  for (AlignedPair& pair : pairs) {
    pair.query.us = reader.take<std::int64_t>();
    pair.reference.us = reader.take<std::int64_t>();
    pair.distance = reader.take<std::uint16_t>();
    const auto distinctive = reader.take<std::uint8_t>();
    if (pair.distance > kMaxDistance) reader.fail("a distance is larger than 256");
    if (distinctive > 1) reader.fail("a flag is neither 0 nor 1");
    pair.distinctive = distinctive == 1;
    if (is_old) continue;
    pair.inliers = reader.take<std::uint16_t>();
    for (double* value : {&pair.transform.a, &pair.transform.b, &pair.transform.tx, &pair.transform.ty})
      *value = take_real(reader);
    if (!is_finite(pair.transform)) reader.fail("a transform is not finite");
  }
  if (reader.left() > 0) reader.fail("there are bytes behind the last pair");
  return pairs;
}

}  // namespace reelprint::store
