// The kernels of hamming_scan.h and mirror_scan.h, one for each path: both are the same but for how the bits
// that differ in words 0 and 1 and in words 2 and 3 make a distance.
#include <bit>

#include "index/hamming_scan.h"
#include "index/mirror_scan.h"
#include "index/scan_avx512.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace reelprint::index {
namespace {

constexpr std::size_t kBlock = CodeBlock::kCodes;
constexpr int kHalfBits = kCodeBits / 2;

/// Whose distance is asked: the query's, or the lesser one of the query's and its mirror image's.
enum class Side { plain, either };

constexpr ScanHit hit_of(std::uint64_t distance, std::size_t position) {
  return distance << 32 | position;
}

template <Side kSide>
constexpr int folded(int even, int odd) {
  return odd + (kSide == Side::either && even > kHalfBits - even ? kHalfBits - even : even);
}

template <Side kSide>
std::size_t scan_portable(CodeSpan codes, const Code& query, int radius, ScanHit* hits) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto& words = codes.blocks()[i / kBlock].words;
    const auto bits = [&](std::size_t w) { return std::popcount(words[w][i % kBlock] ^ query[w]); };
    const int distance = folded<kSide>(bits(0) + bits(1), bits(2) + bits(3));
    hits[found] = hit_of(static_cast<std::uint64_t>(distance), i);
    found += distance <= radius ? 1 : 0;
  }
  return found;
}

#if defined(__x86_64__)

template <Side kSide>
[[gnu::target("popcnt")]] std::size_t scan_popcnt(CodeSpan codes, const Code& query, int radius,
                                                  ScanHit* hits) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto& words = codes.blocks()[i / kBlock].words;
    const std::size_t lane = i % kBlock;
    const auto even = _mm_popcnt_u64(words[0][lane] ^ query[0]) + _mm_popcnt_u64(words[1][lane] ^ query[1]);
    const auto odd = _mm_popcnt_u64(words[2][lane] ^ query[2]) + _mm_popcnt_u64(words[3][lane] ^ query[3]);
    const int distance = folded<kSide>(static_cast<int>(even), static_cast<int>(odd));
    hits[found] = hit_of(static_cast<std::uint64_t>(distance), i);
    found += distance <= radius ? 1 : 0;
  }
  return found;
}

// Bits of each byte, by looking up its two halves (Mula, Kurz and Lemire, "Faster population counts using
// AVX2 instructions", 2018, section 3).
[[gnu::target("avx2")]] inline __m256i byte_counts(__m256i bytes) {
  const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2,
                                          3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i half = _mm256_set1_epi8(0x0f);
  const __m256i low = _mm256_and_si256(bytes, half);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
  return _mm256_add_epi8(_mm256_shuffle_epi8(counts, low), _mm256_shuffle_epi8(counts, high));
}

/// Of four codes from `lane` of a block on; the counts of two words stay below 256 in each byte, as do four.
template <Side kSide>
[[gnu::target("avx2")]] inline __m256i distances_avx2(const CodeBlock& block, std::size_t lane,
                                                      const __m256i* wanted) {
  __m256i counts[4];
  for (std::size_t w = 0; w < 4; ++w) {
    const auto* code = reinterpret_cast<const __m256i*>(block.words[w].data() + lane);
    counts[w] = byte_counts(_mm256_xor_si256(_mm256_loadu_si256(code), wanted[w]));
  }
  const __m256i zero = _mm256_setzero_si256();
  const __m256i even_bytes = _mm256_add_epi8(counts[0], counts[1]);
  const __m256i odd_bytes = _mm256_add_epi8(counts[2], counts[3]);
  if constexpr (kSide == Side::plain) return _mm256_sad_epu8(_mm256_add_epi8(even_bytes, odd_bytes), zero);
  const __m256i even = _mm256_sad_epu8(even_bytes, zero);
  const __m256i mirrored = _mm256_sub_epi64(_mm256_set1_epi64x(kHalfBits), even);
  return _mm256_add_epi64(_mm256_min_epu32(even, mirrored), _mm256_sad_epu8(odd_bytes, zero));
}

template <Side kSide>
[[gnu::target("avx2")]] std::size_t scan_avx2(CodeSpan codes, const Code& query, int radius, ScanHit* hits) {
  __m256i wanted[4];
  for (std::size_t w = 0; w < 4; ++w) wanted[w] = _mm256_set1_epi64x(static_cast<long long>(query[w]));
  const __m256i limit = _mm256_set1_epi64x(radius);
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); i += 4) {
    const __m256i distances = distances_avx2<kSide>(codes.blocks()[i / kBlock], i % kBlock, wanted);
    const __m256i beyond = _mm256_cmpgt_epi64(distances, limit);
    auto within = ~static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(beyond))) & 0xfU;
    if (within == 0) continue;
    alignas(32) std::uint64_t each[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(each), distances);
    for (; within != 0; within &= within - 1) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(within));
      if (i + lane < codes.size()) hits[found++] = hit_of(each[lane], i + lane);
    }
  }
  return found;
}

#elif defined(__aarch64__)

/// Bits that differ in words `from` and `from` + 1 of each of the eight codes, in two halves each: 16 sums.
inline uint8x16_t pair_counts(const CodeBlock& block, const uint8x16_t* wanted, std::size_t from) {
  uint8x16_t counts[4];
  for (std::size_t lane = 0; lane < kBlock; lane += 2) {
    const auto bits = [&](std::size_t w) {
      const uint8x16_t code = vreinterpretq_u8_u64(vld1q_u64(block.words[w].data() + lane));
      return vcntq_u8(veorq_u8(code, wanted[w]));
    };
    counts[lane / 2] = vaddq_u8(bits(from), bits(from + 1));
  }
  return vpaddq_u8(vpaddq_u8(counts[0], counts[1]), vpaddq_u8(counts[2], counts[3]));
}

template <Side kSide>
std::size_t scan_neon(CodeSpan codes, const Code& query, int radius, ScanHit* hits) {
  if (radius < 0) return 0;
  uint8x16_t wanted[4];
  for (std::size_t w = 0; w < 4; ++w) wanted[w] = vreinterpretq_u8_u64(vdupq_n_u64(query[w]));
  const uint16x8_t limit = vdupq_n_u16(static_cast<std::uint16_t>(radius < kCodeBits ? radius : kCodeBits));
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); i += kBlock) {
    const CodeBlock& block = codes.blocks()[i / kBlock];
    uint16x8_t even = vpaddlq_u8(pair_counts(block, wanted, 0));
    const uint16x8_t odd = vpaddlq_u8(pair_counts(block, wanted, 2));
    if constexpr (kSide == Side::either) even = vminq_u16(even, vsubq_u16(vdupq_n_u16(kHalfBits), even));
    const uint16x8_t distances = vaddq_u16(even, odd);
    if (vmaxvq_u16(vcleq_u16(distances, limit)) == 0) [[likely]]
      continue;
    std::uint16_t each[kBlock];
    vst1q_u16(each, distances);
    for (std::size_t lane = 0; lane < kBlock && i + lane < codes.size(); ++lane) {
      if (each[lane] <= radius) hits[found++] = hit_of(each[lane], i + lane);
    }
  }
  return found;
}

#endif

template <Side kSide>
ScanKernel kernel_of(ScanPath path) {
  switch (path) {
#if defined(__x86_64__)
    case ScanPath::popcnt: return scan_popcnt<kSide>;
    case ScanPath::avx2: return scan_avx2<kSide>;
    case ScanPath::avx512: return kSide == Side::plain ? scan_avx512 : mirror_scan_avx512;
#elif defined(__aarch64__)
    case ScanPath::neon: return scan_neon<kSide>;
#endif
    default: return scan_portable<kSide>;
  }
}

}  // namespace

ScanKernel scan_kernel(ScanPath path) {
  return kernel_of<Side::plain>(path);
}

MirrorScanKernel mirror_scan_kernel(ScanPath path) {
  return kernel_of<Side::either>(path);
}

}  // namespace reelprint::index
