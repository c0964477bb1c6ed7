#include "index/mirror_scan.h"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace reelprint::index {
namespace {

/// Exchanges the bits under `mask` with those `shift` above them.
constexpr std::uint64_t exchanged(std::uint64_t word, std::uint64_t mask, int shift) {
  const std::uint64_t differing = (word ^ (word >> shift)) & mask;
  return word ^ differing ^ (differing << shift);
}

/// The even-numbered bits of `word` in its lower half, the odd-numbered ones in its upper half: the inverse
/// of the perfect shuffle (Warren, Hacker's Delight, 2nd edition, section 7-2).
constexpr std::uint64_t unshuffled(std::uint64_t word) {
  word = exchanged(word, 0x2222'2222'2222'2222U, 1);
  word = exchanged(word, 0x0C0C'0C0C'0C0C'0C0CU, 2);
  word = exchanged(word, 0x00F0'00F0'00F0'00F0U, 4);
  word = exchanged(word, 0x0000'FF00'0000'FF00U, 8);
  return exchanged(word, 0x0000'0000'FFFF'0000U, 16);
}

constexpr std::uint64_t shuffled(std::uint64_t word) {
  word = exchanged(word, 0x0000'0000'FFFF'0000U, 16);
  word = exchanged(word, 0x0000'FF00'0000'FF00U, 8);
  word = exchanged(word, 0x00F0'00F0'00F0'00F0U, 4);
  word = exchanged(word, 0x0C0C'0C0C'0C0C'0C0CU, 2);
  return exchanged(word, 0x2222'2222'2222'2222U, 1);
}

/// What is `low` in the lower half and `high` in the upper one.
constexpr std::uint64_t both_halves(std::uint64_t low, std::uint64_t high) {
  return (low & 0xFFFF'FFFFU) | high << 32;
}

#if defined(__x86_64__)

constexpr std::uint64_t kEvenBits = 0x5555'5555'5555'5555U;

[[gnu::target("bmi2")]] Code split_by_extraction(const Code& code) {
  return {both_halves(_pext_u64(code[0], kEvenBits), _pext_u64(code[1], kEvenBits)),
          both_halves(_pext_u64(code[2], kEvenBits), _pext_u64(code[3], kEvenBits)),
          both_halves(_pext_u64(code[0], ~kEvenBits), _pext_u64(code[1], ~kEvenBits)),
          both_halves(_pext_u64(code[2], ~kEvenBits), _pext_u64(code[3], ~kEvenBits))};
}

[[gnu::target("bmi2")]] std::uint64_t deposited(std::uint64_t even, std::uint64_t odd) {
  return _pdep_u64(even, kEvenBits) | _pdep_u64(odd, ~kEvenBits);
}

[[gnu::target("bmi2")]] Code joined_by_deposit(const Code& split) {
  return {deposited(split[0], split[2]), deposited(split[0] >> 32, split[2] >> 32),
          deposited(split[1], split[3]), deposited(split[1] >> 32, split[3] >> 32)};
}

#endif

}  // namespace

Code split_code(const Code& code) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("bmi2")) return split_by_extraction(code);
#endif
  const std::uint64_t w0 = unshuffled(code[0]);
  const std::uint64_t w1 = unshuffled(code[1]);
  const std::uint64_t w2 = unshuffled(code[2]);
  const std::uint64_t w3 = unshuffled(code[3]);
  return {both_halves(w0, w1), both_halves(w2, w3), both_halves(w0 >> 32, w1 >> 32),
          both_halves(w2 >> 32, w3 >> 32)};
}

Code joined_code(const Code& split) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("bmi2")) return joined_by_deposit(split);
#endif
  return {shuffled(both_halves(split[0], split[2])), shuffled(both_halves(split[0] >> 32, split[2] >> 32)),
          shuffled(both_halves(split[1], split[3])), shuffled(both_halves(split[1] >> 32, split[3] >> 32))};
}

MirrorDistances mirror_distances(const Code& split_a, const Code& split_b) {
  const int even = std::popcount(split_a[0] ^ split_b[0]) + std::popcount(split_a[1] ^ split_b[1]);
  const int odd = std::popcount(split_a[2] ^ split_b[2]) + std::popcount(split_a[3] ^ split_b[3]);
  return {even + odd, kCodeBits / 2 - even + odd};
}

}  // namespace reelprint::index
