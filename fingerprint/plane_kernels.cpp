#include "fingerprint/plane_kernels.h"

#include <algorithm>
#include <array>
#include <iterator>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace reelprint::fingerprint {
namespace {

[[gnu::target_clones("avx2", "default")]] void add_row(const std::uint8_t* row, std::size_t width,
                                                       float weight, float* sums) {
  for (std::size_t x = 0; x < width; ++x) sums[x] += weight * static_cast<float>(row[x]);
}

void add_rows_portable(const WeightedRows& rows, std::size_t width, float* sums) {
  std::fill_n(sums, width, 0.0F);
  for (std::size_t k = 0; k < rows.weights.size(); ++k)
    add_row(rows.first + static_cast<std::ptrdiff_t>(k) * rows.row_bytes, width, rows.weights[k], sums);
}

/// Cells [begin, begin + kStrip) of a row, or fewer: added up in registers.
constexpr std::size_t kStrip = 64;

[[gnu::target_clones("avx512f", "avx2", "default")]] void add_columns_portable(const AxisTaps& axis,
                                                                               const float* sums,
                                                                               float* out) {
  const std::uint32_t* first = axis.first.data();
  std::size_t begin = 0;
  for (; begin + kStrip <= axis.cells; begin += kStrip) {
    std::array<float, kStrip> cells{};
    for (std::size_t k = 0; k < axis.taps; ++k) {
      const float* weights = axis.weights.data() + k * axis.cells + begin;
      for (std::size_t i = 0; i < kStrip; ++i) cells[i] += weights[i] * sums[first[begin + i] + k];
    }
    std::copy(cells.begin(), cells.end(), out + begin);
  }
  std::fill(out + begin, out + axis.cells, 0.0F);
  for (std::size_t k = 0; k < axis.taps; ++k) {
    const float* weights = axis.weights.data() + k * axis.cells;
    for (std::size_t i = begin; i < axis.cells; ++i) out[i] += weights[i] * sums[first[i] + k];
  }
}

constexpr PlaneKernels kPortable{"portable", add_rows_portable, add_columns_portable};

#if defined(__x86_64__)

constexpr std::size_t kLanes = 16;

__attribute__((target("avx512f"))) inline __m512 floats_of(const std::uint8_t* samples) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(samples));
  return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes));
}

/// Four registers of columns at a time, the last four anew if they are not whole.
__attribute__((target("avx512f"))) void add_rows_avx512(const WeightedRows& rows, std::size_t width,
                                                        float* sums) {
  constexpr std::size_t kColumns = 4 * kLanes;
  if (width < kColumns) return add_rows_portable(rows, width, sums);
  for (std::size_t next = 0; next < width; next += kColumns) {
    const std::size_t begin = std::min(next, width - kColumns);
    __m512 strip[4] = {};  // no std::array: GCC 12 warns that it drops the type's alignment
    const std::uint8_t* row = rows.first + begin;
    for (const float weight : rows.weights) {
      const __m512 weights = _mm512_set1_ps(weight);
      for (std::size_t i = 0; i < std::size(strip); ++i)
        strip[i] = _mm512_add_ps(strip[i], _mm512_mul_ps(weights, floats_of(row + i * kLanes)));
      row += rows.row_bytes;
    }
    for (std::size_t i = 0; i < std::size(strip); ++i) _mm512_storeu_ps(sums + begin + i * kLanes, strip[i]);
  }
}

/// 16 cells whose columns lie within 32 of each other: taken from two registers.
__attribute__((target("avx512f"))) inline __m512 near_cells(const AxisTaps& axis, const float* sums,
                                                            std::size_t begin) {
  const std::uint32_t* first = axis.first.data() + begin;
  const __m512i places =
      _mm512_sub_epi32(_mm512_loadu_si512(first), _mm512_set1_epi32(static_cast<int>(first[0])));
  const __m512 low = _mm512_loadu_ps(sums + first[0]);
  const __m512 high = _mm512_loadu_ps(sums + first[0] + kLanes);
  __m512 cells = _mm512_setzero_ps();
  for (std::size_t k = 0; k < axis.taps; ++k) {
    const __m512i at = _mm512_add_epi32(places, _mm512_set1_epi32(static_cast<int>(k)));
    const __m512 weights = _mm512_loadu_ps(axis.weights.data() + k * axis.cells + begin);
    cells = _mm512_add_ps(cells, _mm512_mul_ps(weights, _mm512_permutex2var_ps(low, at, high)));
  }
  return cells;
}

/// Four sums of each of four cells that are four apart.
__attribute__((target("avx512f"))) inline __m512 sums_of(const std::uint32_t* first, const float* sums) {
  __m512 all = _mm512_castps128_ps512(_mm_loadu_ps(sums + first[0]));
  all = _mm512_insertf32x4(all, _mm_loadu_ps(sums + first[4]), 1);
  all = _mm512_insertf32x4(all, _mm_loadu_ps(sums + first[8]), 2);
  return _mm512_insertf32x4(all, _mm_loadu_ps(sums + first[12]), 3);
}

/// 16 cells wherever their columns lie: four taps of each are read at once and turned into four registers
/// of one tap each. A gather costs several times as much.
__attribute__((target("avx512f"))) inline __m512 far_cells(const AxisTaps& axis, const float* sums,
                                                           std::size_t begin) {
  __m512 cells = _mm512_setzero_ps();
  for (std::size_t k = 0; k < axis.taps; k += 4) {
    __m512 four[4] = {};
    for (std::size_t j = 0; j < 4; ++j) four[j] = sums_of(axis.first.data() + begin + j, sums + k);
    const __m512 low_a = _mm512_unpacklo_ps(four[0], four[1]);
    const __m512 low_b = _mm512_unpacklo_ps(four[2], four[3]);
    const __m512 high_a = _mm512_unpackhi_ps(four[0], four[1]);
    const __m512 high_b = _mm512_unpackhi_ps(four[2], four[3]);
    const __m512 taps[4] = {_mm512_shuffle_ps(low_a, low_b, 0x44), _mm512_shuffle_ps(low_a, low_b, 0xEE),
                            _mm512_shuffle_ps(high_a, high_b, 0x44), _mm512_shuffle_ps(high_a, high_b, 0xEE)};
    for (std::size_t q = 0; q < 4 && k + q < axis.taps; ++q) {
      const __m512 weights = _mm512_loadu_ps(axis.weights.data() + (k + q) * axis.cells + begin);
      cells = _mm512_add_ps(cells, _mm512_mul_ps(weights, taps[q]));
    }
  }
  return cells;
}

__attribute__((target("avx512f"))) void add_columns_avx512(const AxisTaps& axis, const float* sums,
                                                           float* out) {
  const std::uint32_t* first = axis.first.data();
  std::size_t i = 0;
  for (; i + kLanes <= axis.cells; i += kLanes) {
    const bool is_near = first[i + kLanes - 1] - first[i] + axis.taps <= 2 * kLanes;
    _mm512_storeu_ps(out + i, is_near ? near_cells(axis, sums, i) : far_cells(axis, sums, i));
  }
  for (; i < axis.cells; ++i) {
    out[i] = 0;
    for (std::size_t k = 0; k < axis.taps; ++k)
      out[i] += axis.weights[k * axis.cells + i] * sums[first[i] + k];
  }
}

constexpr std::array kAll{kPortable, PlaneKernels{"avx512", add_rows_avx512, add_columns_avx512}};

#else

constexpr std::array kAll{kPortable};

#endif

std::size_t count_of_kernels() {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx512f")) return 1;
#endif
  return kAll.size();
}

}  // namespace

std::span<const PlaneKernels> plane_kernels() {
  static const std::size_t count = count_of_kernels();
  return std::span(kAll).first(count);
}

}  // namespace reelprint::fingerprint
