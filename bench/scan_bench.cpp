// How fast codes are compared: each path of the dispatch, alone and in batches, plain and mirrored, beside
// FAISS.
//
//   scan_bench [CODES...]          default: 1000000 20000000
//
// Protocol: made-up codes whose distances are those of unrelated frame hashes of a large catalog (mean 128,
// deviation 10.7: index/background.cpp), and, for the last rows, random ones (deviation 8.0; hashes of a few
// clips have 8.2): the less they differ from random, the more often three words out of four tell. A
// measurement walks on through the codes, 65,536 at a time, until it has used 0.1 s of CPU time; medians of
// three rounds taken in turn. G comparisons a CPU second; a query and its mirror image count as two. Two
// threads have half of the codes each, and their rates by their own CPU times are added. FAISS:
// IndexBinaryFlat's range_search of all codes on one thread.
#include <faiss/IndexBinaryFlat.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <omp.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "core/cpu_time.h"
#include "index/scan_batch.h"

namespace {

using namespace reelprint;
using namespace reelprint::index;

constexpr double kBudgetS = 0.1;
constexpr std::size_t kRounds = 3;
constexpr std::size_t kStep = 65'536;
constexpr std::array<std::size_t, 3> kBatches{1, 64, 260};
constexpr std::size_t kMostQueries = kBatches.back();
constexpr std::size_t kFaissBudget = 300'000'000;  ///< comparisons, 2 s

/// What radius_for (index/background.h) gives for one stranger in 100 M, in 1 M, and at most.
constexpr std::array<int, 3> kRadii{68, 77, 84};

/// The bits of each word that do not repeat the one below them, and the deviation of distances that makes.
struct Spread {
  std::uint64_t fresh = 0;
  double deviation = 0;
};
constexpr Spread kOfCatalog{0x7575'5755'7557'5757U, 10.7};
constexpr Spread kOfRandom{~std::uint64_t{0}, 8.0};

Code made_up_code(const Spread& spread, std::mt19937_64& random) {
  Code code;
  for (std::uint64_t& word : code) {
    const std::uint64_t bits = random();
    word = (bits & spread.fresh) | ((bits << 1) & ~spread.fresh);
  }
  return code;
}

/// Codes and the queries that are compared with them.
struct Material {
  double deviation = 0;
  CodeBlocks codes;
  std::vector<Code> queries;
};

Material made_up(std::size_t size, const Spread& spread) {
  std::mt19937_64 random(size);
  Material material;
  material.deviation = spread.deviation;
  for (std::size_t i = 0; i < size; ++i) material.codes.append(made_up_code(spread, random));
  for (std::size_t i = 0; i < kMostQueries; ++i) material.queries.push_back(made_up_code(spread, random));
  return material;
}

struct Task {
  ScanPath path = ScanPath::portable;
  bool is_mirrored = false;
  int radius = 0;
  std::size_t batch = 1;
};

/// Walks on from `at` through the codes from `first` to `end`.
double rate_of_thread(const Material& material, const Task& task, std::size_t first, std::size_t end,
                      std::size_t& at) {
  const std::vector<int> radii(task.batch, task.radius);
  const auto scan = task.is_mirrored ? scan_mirrored_batch : scan_batch;
  std::vector<BatchHit> hits;
  double compared = 0;
  const double started_s = thread_cpu_seconds();
  double cost_s = 0;
  do {
    if (at < first || at >= end) at = first;
    const CodeSpan part = material.codes.part(at, std::min(kStep, end - at));
    hits.clear();
    scan(task.path, part, std::span(material.queries).first(task.batch), radii, hits);
    compared += static_cast<double>(part.size() * task.batch * (task.is_mirrored ? 2 : 1));
    at += part.size();
    cost_s = thread_cpu_seconds() - started_s;
  } while (cost_s < kBudgetS);
  return compared / cost_s * 1e-9;
}

/// One row of the table: a path on a number of threads; a column for each batch, plain and mirrored.
struct Row {
  ScanPath path = ScanPath::portable;
  std::size_t threads = 1;
  int radius = 0;
  std::array<std::array<double, kRounds>, 2 * kBatches.size()> rates{};
};

double rate(const Material& material, const Task& task, std::size_t threads, std::vector<std::size_t>& at) {
  std::vector<double> rates(threads);
  {
    std::vector<std::jthread> running;
    const std::size_t share = material.codes.size() / threads / CodeBlock::kCodes * CodeBlock::kCodes;
    for (std::size_t t = 0; t < threads; ++t) {
      running.emplace_back(
          [&, t] { rates[t] = rate_of_thread(material, task, share * t, share * (t + 1), at[t]); });
    }
  }
  double sum = 0;
  for (const double each : rates) sum += each;
  return sum;
}

double median(std::array<double, kRounds> rates) {
  std::ranges::sort(rates);
  return rates[kRounds / 2];
}

void measure_faiss(const Material& material) {
  const auto& [deviation, codes, queries] = material;
  faiss::IndexBinaryFlat flat(kCodeBits);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const Code code = codes.all()[i];
    flat.add(1, reinterpret_cast<const std::uint8_t*>(code.data()));
  }
  std::printf("| %zu | %.1f | FAISS | 1 | %d |", codes.size(), deviation, kRadii.front());
  for (const std::size_t batch : kBatches) {
    if (batch > 1 && codes.size() * batch > kFaissBudget) {
      std::printf(" |");
      continue;
    }
    std::array<double, kRounds> rates{};
    for (double& each : rates) {
      faiss::RangeSearchResult result(static_cast<faiss::IndexBinary::idx_t>(batch));
      double cost_s = 0;
      {
        const CpuTimer timer(cost_s);
        flat.range_search(static_cast<faiss::IndexBinary::idx_t>(batch),
                          reinterpret_cast<const std::uint8_t*>(queries.data()), kRadii.front() + 1, &result);
      }
      each = static_cast<double>(codes.size() * batch) / cost_s * 1e-9;
    }
    std::printf(" %.2f |", median(rates));
  }
  std::printf(" | | |\n");
}

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const ScanPath path : available_scan_paths()) {
    for (const std::size_t threads : {1, 2}) all.push_back({path, threads, kRadii.front(), {}});
  }
  for (const int radius : std::span(kRadii).subspan(1)) all.push_back({fastest_scan_path(), 1, radius, {}});
  return all;
}

std::vector<Row> rows_of_fastest() {
  std::vector<Row> all;
  all.reserve(kRadii.size());
  for (const int radius : kRadii) all.push_back({fastest_scan_path(), 1, radius, {}});
  return all;
}

void measure(const Material& material, std::vector<Row> table) {
  std::vector<std::size_t> at{0, 0};
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (Row& row : table) {
      for (std::size_t c = 0; c < row.rates.size(); ++c) {
        const Task task{row.path, c >= kBatches.size(), row.radius, kBatches[c % kBatches.size()]};
        row.rates[c][round] = rate(material, task, row.threads, at);
      }
    }
  }
  for (const Row& row : table) {
    std::printf("| %zu | %.1f | %s | %zu | %d |", material.codes.size(), material.deviation,
                std::string(to_string(row.path)).c_str(), row.threads, row.radius);
    for (const auto& rates : row.rates) std::printf(" %.2f |", median(rates));
    std::printf("\n");
  }
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {1'000'000, 20'000'000};
  omp_set_num_threads(1);
  std::printf(
      "| codes | deviation | path | threads | radius | plain, 1 | 64 | 260 | mirrored, 1 | 64 | 260 |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const std::size_t size : sizes) {
    const Material material = made_up(size, kOfCatalog);
    measure_faiss(material);
    measure(material, all_rows());
  }
  for (const std::size_t size : sizes) measure(made_up(size, kOfRandom), rows_of_fastest());
  return 0;
}
