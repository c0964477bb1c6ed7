#include "index/hamming_scan.h"

#include <cassert>
#include <cstring>

namespace reelprint::index {
namespace {

constexpr std::size_t kBlock = CodeBlock::kCodes;

}  // namespace

std::string_view to_string(ScanPath path) {
  switch (path) {
    case ScanPath::portable: return "portable";
    case ScanPath::popcnt: return "popcnt";
    case ScanPath::avx2: return "avx2";
    case ScanPath::avx512: return "avx512";
    case ScanPath::neon: return "neon";
  }
  return "portable";
}

std::vector<ScanPath> available_scan_paths() {
  std::vector<ScanPath> paths{ScanPath::portable};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("popcnt")) paths.push_back(ScanPath::popcnt);
  if (__builtin_cpu_supports("avx2")) paths.push_back(ScanPath::avx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vpopcntdq")) {
    paths.push_back(ScanPath::avx512);
  }
#elif defined(__aarch64__)
  paths.push_back(ScanPath::neon);
#endif
  return paths;
}

ScanPath fastest_scan_path() {
  return available_scan_paths().back();
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
