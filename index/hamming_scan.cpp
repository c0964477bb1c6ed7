#include "index/hamming_scan.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace reelprint::index {
namespace {

constexpr std::size_t kBlock = CodeBlock::kCodes;

constexpr ScanHit hit_of(std::uint64_t distance, std::size_t position) {
  return distance << 32 | position;
}

std::size_t scan_portable(CodeSpan codes, const Code& query, int radius, ScanHit* hits) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto& words = codes.blocks()[i / kBlock].words;
    int distance = 0;
    for (std::size_t w = 0; w < 4; ++w) distance += std::popcount(words[w][i % kBlock] ^ query[w]);
    hits[found] = hit_of(static_cast<std::uint64_t>(distance), i);
    found += distance <= radius ? 1 : 0;
  }
  return found;
}

#if defined(__x86_64__)

__attribute__((target("popcnt"))) std::size_t scan_popcnt(CodeSpan codes, const Code& query, int radius,
                                                          ScanHit* hits) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto& words = codes.blocks()[i / kBlock].words;
    const std::size_t lane = i % kBlock;
    const auto distance =
        _mm_popcnt_u64(words[0][lane] ^ query[0]) + _mm_popcnt_u64(words[1][lane] ^ query[1]) +
        _mm_popcnt_u64(words[2][lane] ^ query[2]) + _mm_popcnt_u64(words[3][lane] ^ query[3]);
    hits[found] = hit_of(static_cast<std::uint64_t>(distance), i);
    found += distance <= radius ? 1 : 0;
  }
  return found;
}

// Bits of each byte, by looking up its two halves (Mula, Kurz and Lemire, "Faster population counts using
// AVX2 instructions", 2018, section 3).
__attribute__((target("avx2"))) inline __m256i byte_counts(__m256i bytes) {
  const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2,
                                          3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i half = _mm256_set1_epi8(0x0f);
  const __m256i low = _mm256_and_si256(bytes, half);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
  return _mm256_add_epi8(_mm256_shuffle_epi8(counts, low), _mm256_shuffle_epi8(counts, high));
}

__attribute__((target("avx2"))) std::size_t scan_avx2(CodeSpan codes, const Code& query, int radius,
                                                      ScanHit* hits) {
  __m256i wanted[4];
  for (std::size_t w = 0; w < 4; ++w) wanted[w] = _mm256_set1_epi64x(static_cast<long long>(query[w]));
  const __m256i limit = _mm256_set1_epi64x(radius);
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); i += 4) {
    const auto& words = codes.blocks()[i / kBlock].words;
    __m256i bytes = _mm256_setzero_si256();  // at most 8 per byte and word: four words stay below 256
    for (std::size_t w = 0; w < 4; ++w) {
      const __m256i code = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(words[w].data() + i % kBlock));
      bytes = _mm256_add_epi8(bytes, byte_counts(_mm256_xor_si256(code, wanted[w])));
    }
    const __m256i distances = _mm256_sad_epu8(bytes, _mm256_setzero_si256());
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

__attribute__((target("avx512f,avx512vpopcntdq"))) std::size_t scan_avx512(CodeSpan codes, const Code& query,
                                                                           int radius, ScanHit* hits) {
  const __m512i wanted0 = _mm512_set1_epi64(static_cast<long long>(query[0]));
  const __m512i wanted1 = _mm512_set1_epi64(static_cast<long long>(query[1]));
  const __m512i wanted2 = _mm512_set1_epi64(static_cast<long long>(query[2]));
  const __m512i wanted3 = _mm512_set1_epi64(static_cast<long long>(query[3]));
  const __m512i limit = _mm512_set1_epi64(radius);
  const __m512i lanes = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); i += kBlock) {
    const auto& words = codes.blocks()[i / kBlock].words;
    const __m512i count0 =
        _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(words[0].data()), wanted0));
    const __m512i count1 =
        _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(words[1].data()), wanted1));
    const __m512i count2 =
        _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(words[2].data()), wanted2));
    const __m512i count3 =
        _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(words[3].data()), wanted3));
    const __m512i distances =
        _mm512_add_epi64(_mm512_add_epi64(count0, count1), _mm512_add_epi64(count2, count3));
    auto within = static_cast<unsigned>(_mm512_cmple_epi64_mask(distances, limit));
    if (within == 0) [[likely]]
      continue;
    if (codes.size() - i < kBlock) within &= (1U << (codes.size() - i)) - 1;
    const __m512i positions = _mm512_add_epi64(lanes, _mm512_set1_epi64(static_cast<long long>(i)));
    // GCC 12 warns of an uninitialised value inside the plain _mm512_slli_epi64 (its bug 105593).
    const __m512i both = _mm512_or_si512(_mm512_maskz_slli_epi64(0xff, distances, 32), positions);
    // Compressing in a register and storing all of it is many times faster than a compressing store on AMD
    // Zen 4.
    _mm512_storeu_si512(hits + found, _mm512_maskz_compress_epi64(static_cast<__mmask8>(within), both));
    found += static_cast<std::size_t>(std::popcount(within));
  }
  return found;
}

#endif

}  // namespace

std::string_view to_string(ScanPath path) {
  switch (path) {
    case ScanPath::portable: return "portable";
    case ScanPath::popcnt: return "popcnt";
    case ScanPath::avx2: return "avx2";
    case ScanPath::avx512: return "avx512";
  }
  return "portable";
}

std::vector<ScanPath> available_scan_paths() {
  std::vector<ScanPath> paths{ScanPath::portable};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("popcnt")) paths.push_back(ScanPath::popcnt);
  if (__builtin_cpu_supports("avx2")) paths.push_back(ScanPath::avx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq")) {
    paths.push_back(ScanPath::avx512);
  }
#endif
  return paths;
}

ScanPath fastest_scan_path() {
  return available_scan_paths().back();
}

ScanKernel scan_kernel(ScanPath path) {
  switch (path) {
#if defined(__x86_64__)
    case ScanPath::popcnt: return scan_popcnt;
    case ScanPath::avx2: return scan_avx2;
    case ScanPath::avx512: return scan_avx512;
#endif
    default: return scan_portable;
  }
}

void CodeBlocks::clear() {
  blocks_.clear();
  size_ = 0;
}

void CodeBlocks::append(std::span<const std::uint8_t> bytes) {
  assert(bytes.size() % kCodeBytes == 0);
  blocks_.resize((size_ + bytes.size() / kCodeBytes + kBlock - 1) / kBlock);
  for (std::size_t at = 0; at < bytes.size(); at += kCodeBytes, ++size_) {
    Code code;
    std::memcpy(code.data(), bytes.data() + at, kCodeBytes);
    auto& words = blocks_[size_ / kBlock].words;
    for (std::size_t w = 0; w < 4; ++w) words[w][size_ % kBlock] = code[w];
  }
}

void CodeBlocks::append(const Code& code) {
  append({reinterpret_cast<const std::uint8_t*>(code.data()), kCodeBytes});
}

void CodeBlocks::copy(std::size_t from, std::size_t to) {
  for (std::size_t w = 0; w < 4; ++w)
    blocks_[to / kBlock].words[w][to % kBlock] = blocks_[from / kBlock].words[w][from % kBlock];
}

void CodeBlocks::truncate(std::size_t size) {
  assert(size <= size_);
  blocks_.resize((size + kBlock - 1) / kBlock);
  size_ = size;
}

}  // namespace reelprint::index
