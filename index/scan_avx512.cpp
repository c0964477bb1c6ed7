#include "index/scan_avx512.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <bit>

namespace reelprint::index {
namespace {

constexpr std::size_t kBlock = CodeBlock::kCodes;

/// Queries that pass over a block together: eight were no faster, two were 2 % slower.
constexpr std::size_t kGroup = 4;

/// Queries whose words stay in the first-level cache (16 KiB) while the blocks pass by.
constexpr std::size_t kMostAtOnce = 256;

/// Beyond this radius the fourth word is never left out: three cannot tell enough.
constexpr int kPrunedRadius = 80;

/// Blocks after which it is asked again whether leaving it out pays; it no longer does where more than one
/// group in kRareAlarm must be looked at closely. How often that is depends on the radius and on the codes.
constexpr std::size_t kBlocksOfRun = 64;
constexpr std::size_t kRareAlarm = 20;

/// Whose distance is asked: the query's, or the lesser one of the query's and its mirror image's.
enum class Side { plain, either };

/// Distances are compared less this: with the mirror image they are o + 64 - |e - 64|, whose sum of absolute
/// differences is one instruction.
template <Side kSide>
constexpr int kBias = kSide == Side::either ? 64 : 0;

/// The same of the lower bound by words 0, 2 and 3: whatever word 1 adds, the lesser of e and 128 - e is not
/// below 32 - |e0 - 32|.
template <Side kSide>
constexpr int kPrunedBias = kSide == Side::either ? 32 : 0;

/// A query as the loops read it.
struct alignas(64) Wanted {
  std::array<long long, 4> words{};
  long long limit = 0;         ///< of distances less kBias
  long long pruned_limit = 0;  ///< of lower bounds less kPrunedBias
  std::uint32_t place = 0;     ///< in the batch
};

template <Side kSide>
Wanted wanted(const Code& query, int radius, std::size_t place) {
  Wanted w;
  for (std::size_t i = 0; i < query.size(); ++i) w.words[i] = static_cast<long long>(query[i]);
  w.limit = static_cast<long long>(radius) - kBias<kSide>;
  w.pruned_limit = static_cast<long long>(radius) - kPrunedBias<kSide>;
  w.place = static_cast<std::uint32_t>(place);
  return w;
}

/// The eight codes of a block in registers.
struct Loaded {
  __m512i words[4];
};

[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] inline Loaded loaded(const CodeBlock& block) {
  return {{_mm512_loadu_si512(block.words[0].data()), _mm512_loadu_si512(block.words[1].data()),
           _mm512_loadu_si512(block.words[2].data()), _mm512_loadu_si512(block.words[3].data())}};
}

template <std::size_t kWord>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] inline __m512i bits(const Loaded& codes,
                                                                        const Wanted& query) {
  return _mm512_popcnt_epi64(_mm512_xor_si512(codes.words[kWord], _mm512_set1_epi64(query.words[kWord])));
}

/// Less kBias.
template <Side kSide>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] inline __m512i distances(const Loaded& codes,
                                                                             const Wanted& query) {
  const __m512i even = _mm512_add_epi64(bits<0>(codes, query), bits<1>(codes, query));
  const __m512i odd = _mm512_add_epi64(bits<2>(codes, query), bits<3>(codes, query));
  if constexpr (kSide == Side::plain) return _mm512_add_epi64(even, odd);
  return _mm512_sub_epi64(odd, _mm512_sad_epu8(even, _mm512_set1_epi64(64)));
}

/// Less kPrunedBias.
template <Side kSide>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] inline __m512i lower_bounds(const Loaded& codes,
                                                                                const Wanted& query) {
  const __m512i odd = _mm512_add_epi64(bits<2>(codes, query), bits<3>(codes, query));
  if constexpr (kSide == Side::plain) return _mm512_add_epi64(bits<0>(codes, query), odd);
  return _mm512_sub_epi64(odd, _mm512_sad_epu8(bits<0>(codes, query), _mm512_set1_epi64(32)));
}

/// Writes the hits among `biased` distances of the codes from `first` on that `within` marks; returns their
/// number.
template <Side kSide>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] inline std::size_t put_hits(__m512i biased,
                                                                                unsigned within,
                                                                                std::size_t first,
                                                                                ScanHit* hits) {
  const __m512i lanes = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
  const __m512i found = _mm512_add_epi64(biased, _mm512_set1_epi64(kBias<kSide>));
  const __m512i positions = _mm512_add_epi64(lanes, _mm512_set1_epi64(static_cast<long long>(first)));
  // GCC 12 warns of an uninitialised value inside the plain _mm512_slli_epi64 (its bug 105593).
  const __m512i both = _mm512_or_si512(_mm512_maskz_slli_epi64(0xff, found, 32), positions);
  // Compressing in a register and storing all of it is many times faster than a compressing store on AMD
  // Zen 4.
  _mm512_storeu_si512(hits, _mm512_maskz_compress_epi64(static_cast<__mmask8>(within), both));
  return static_cast<std::size_t>(std::popcount(within));
}

/// The lanes of the block at `first` that hold codes.
unsigned lanes_of(CodeSpan codes, std::size_t first) {
  return codes.size() - first < kBlock ? (1U << (codes.size() - first)) - 1 : 0xffU;
}

template <Side kSide>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] std::size_t scan(CodeSpan codes, const Code& query,
                                                                     int radius, ScanHit* hits) {
  const Wanted one = wanted<kSide>(query, radius, 0);
  const __m512i limit = _mm512_set1_epi64(one.limit);
  std::size_t found = 0;
  for (std::size_t i = 0; i < codes.size(); i += kBlock) {
    const __m512i biased = distances<kSide>(loaded(codes.blocks()[i / kBlock]), one);
    auto within = static_cast<unsigned>(_mm512_cmple_epi64_mask(biased, limit));
    if (within == 0) [[likely]]
      continue;
    within &= lanes_of(codes, i);
    found += put_hits<kSide>(biased, within, i, hits + found);
  }
  return found;
}

/// True where none of the queries has a code of the block near.
template <Side kSide, bool kPruned>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] inline bool is_beyond_all(const Loaded& block,
                                                                              const Wanted* queries,
                                                                              std::size_t count) {
  __mmask8 beyond = 0xff;
  for (std::size_t q = 0; q < count; ++q) {
    const __m512i least =
        kPruned ? lower_bounds<kSide>(block, queries[q]) : distances<kSide>(block, queries[q]);
    const long long limit = kPruned ? queries[q].pruned_limit : queries[q].limit;
    beyond = _mm512_mask_cmpgt_epi64_mask(beyond, least, _mm512_set1_epi64(limit));
  }
  return beyond == 0xff;
}

template <Side kSide>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] void note_hits(CodeSpan codes, std::size_t first,
                                                                   std::span<const Wanted> queries,
                                                                   std::vector<BatchHit>& hits) {
  const Loaded block = loaded(codes.blocks()[first / kBlock]);
  for (const Wanted& query : queries) {
    const __m512i biased = distances<kSide>(block, query);
    const unsigned within =
        _mm512_cmple_epi64_mask(biased, _mm512_set1_epi64(query.limit)) & lanes_of(codes, first);
    if (within == 0) continue;
    std::array<ScanHit, kBlock> each{};
    const std::size_t count = put_hits<kSide>(biased, within, first, each.data());
    for (const ScanHit hit : std::span(each).first(count)) {
      hits.push_back({query.place, hit});
    }
  }
}

/// Of the codes from `first` to `end`; returns how many groups of queries had to be looked at closely.
template <Side kSide, bool kPruned>
[[gnu::target("avx512f,avx512bw,avx512vpopcntdq")]] std::size_t pass_over(CodeSpan codes, std::size_t first,
                                                                          std::size_t end,
                                                                          std::span<const Wanted> queries,
                                                                          std::vector<BatchHit>& hits) {
  std::size_t alarms = 0;
  for (std::size_t i = first; i < end; i += kBlock) {
    const Loaded block = loaded(codes.blocks()[i / kBlock]);
    std::size_t q = 0;
    for (; q + kGroup <= queries.size(); q += kGroup) {
      if (is_beyond_all<kSide, kPruned>(block, queries.data() + q, kGroup)) [[likely]]
        continue;
      note_hits<kSide>(codes, i, queries.subspan(q, kGroup), hits);
      ++alarms;
    }
    const auto rest = queries.subspan(q);
    if (is_beyond_all<kSide, kPruned>(block, rest.data(), rest.size())) continue;
    note_hits<kSide>(codes, i, rest, hits);
    ++alarms;
  }
  return alarms;
}

template <Side kSide>
void scan_all(CodeSpan codes, std::span<const Wanted> queries, bool is_pruned, std::vector<BatchHit>& hits) {
  constexpr std::size_t kRun = kBlocksOfRun * kBlock;
  const std::size_t groups = kBlocksOfRun * ((queries.size() + kGroup - 1) / kGroup);
  for (std::size_t first = 0; first < codes.size(); first += kRun) {
    const std::size_t end = std::min(first + kRun, codes.size());
    const std::size_t alarms =
        (is_pruned ? pass_over<kSide, true> : pass_over<kSide, false>)(codes, first, end, queries, hits);
    is_pruned = is_pruned && alarms * kRareAlarm <= groups;
  }
}

template <Side kSide>
void scan_batch(CodeSpan codes, std::span<const Code> queries, std::span<const int> radii,
                std::vector<BatchHit>& hits) {
  std::vector<Wanted> all;  // two passes: stable_partition's buffer is not aligned as a Wanted must be
  all.reserve(queries.size());
  const auto append = [&](bool narrow_ones) {
    for (std::size_t q = 0; q < queries.size(); ++q)
      if ((radii[q] <= kPrunedRadius) == narrow_ones) all.push_back(wanted<kSide>(queries[q], radii[q], q));
  };
  append(true);
  const std::size_t narrow = all.size();
  append(false);
  for (std::size_t q = 0; q < all.size();) {
    const bool is_narrow = q < narrow;
    const std::size_t count = std::min(kMostAtOnce, (is_narrow ? narrow : all.size()) - q);
    scan_all<kSide>(codes, std::span(all).subspan(q, count), is_narrow, hits);
    q += count;
  }
}

}  // namespace

std::size_t scan_avx512(CodeSpan codes, const Code& query, int radius, ScanHit* hits) {
  return scan<Side::plain>(codes, query, radius, hits);
}

std::size_t mirror_scan_avx512(CodeSpan split_codes, const Code& split_query, int radius, ScanHit* hits) {
  return scan<Side::either>(split_codes, split_query, radius, hits);
}

void scan_batch_avx512(CodeSpan codes, std::span<const Code> queries, std::span<const int> radii,
                       std::vector<BatchHit>& hits) {
  scan_batch<Side::plain>(codes, queries, radii, hits);
}

void mirror_scan_batch_avx512(CodeSpan split_codes, std::span<const Code> split_queries,
                              std::span<const int> radii, std::vector<BatchHit>& hits) {
  scan_batch<Side::either>(split_codes, split_queries, radii, hits);
}

}  // namespace reelprint::index

#endif
