// How fast stored bytes are checked: CRC-32C by the processor's instruction and by tables.
//
//   checksum_bench
//
// Protocol: bytes of one value, checked over and over until 256 MiB have been; CPU time of one thread,
// medians of five rounds taken in turn. The last row does not fit the caches.
#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "core/checksum.h"
#include "core/cpu_time.h"

namespace {

using namespace reelprint;

constexpr int kRounds = 5;
constexpr std::size_t kTotalBytes = std::size_t{256} << 20;

using Checksum = std::uint32_t (*)(std::span<const std::byte>, std::uint32_t);

double gigabytes_per_s(Checksum checksum, std::span<const std::byte> bytes, std::uint32_t& sum) {
  const std::size_t times = kTotalBytes / bytes.size();
  double cost_s = 0;
  {
    const CpuTimer timer(cost_s);
    for (std::size_t i = 0; i < times; ++i) sum = checksum(bytes, sum);
  }
  return static_cast<double>(times * bytes.size()) / cost_s * 1e-9;
}

double median(std::array<double, kRounds> rates) {
  std::ranges::sort(rates);
  return rates[kRounds / 2];
}

}  // namespace

int main() {
  std::uint32_t sum = 0;
  std::printf("| bytes | instruction, GB/s | tables, GB/s |\n|---|---|---|\n");
  for (const std::size_t size : {std::size_t{300}, std::size_t{4096}, std::size_t{65'536}, kTotalBytes}) {
    const std::vector<std::byte> bytes(size, std::byte{0x5A});
    std::array<double, kRounds> fast{};
    std::array<double, kRounds> slow{};
    for (std::size_t round = 0; round < kRounds; ++round) {
      fast[round] = gigabytes_per_s(crc32c, bytes, sum);
      slow[round] = gigabytes_per_s(crc32c_by_tables, bytes, sum);
    }
    std::printf("| %zu | %.1f | %.1f |\n", size, median(fast), median(slow));
  }
  return sum == 0 ? 1 : 0;
}
