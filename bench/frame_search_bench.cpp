// What searches for an upload's frame hashes cost and find as the catalog grows to a hundred million.
//
//   frame_search_bench [SCRATCH_FOLDER [KEYFRAMES...]] [-- FILE...]
//
// Protocol: catalogs of made-up episodes (frame_catalog.h) on disk, merged and mapped as LiveIndex does; 1 M
// and 10 M keyframes if none are given, 40 bytes of disk for each, twice, or thrice up to 33 M. Uploads of
// 60 s, searched with their mirror images at the catalog's radius, are clear, copies of its episodes from the
// first card on (0 to 48 bits of each hash flipped), or, if files are given, clear ones with 10 s of edited
// copies of them (frame_uploads.h, edited_footage.h). All searches of an upload follow each other, exhaustive
// and probed, with one thread and two, each in its own copy of the index, whose references are not loaded
// yet. A copied keyframe is found if it finds its reference at its moment, an upload if two of its keyframes
// are. The last table needs no catalog but its radius: what lists lose depends on nothing else.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "bench/edited_footage.h"
#include "bench/frame_catalog.h"
#include "bench/frame_uploads.h"
#include "core/error.h"
#include "index/background.h"
#include "index/frame_index.h"

namespace {

using namespace reelprint;
using bench::Cost;
using bench::CostTimer;
using bench::FrameCatalog;
using bench::Upload;
using index::FrameIndex;

constexpr std::size_t kWork = 400'000'000;  ///< keyframes that the uploads of a kind are compared with
constexpr std::size_t kFewestUploads = 10;
constexpr std::size_t kMostUploads = 100;
constexpr int kChanges = 21;  ///< episodes added and removed
constexpr std::size_t kNeeded = 2;
constexpr Duration kReach = std::chrono::milliseconds(400);

struct Kind {
  std::string name;
  std::vector<Upload> uploads;
};

/// One way to search, and what it cost and found.
struct Search {
  std::string name;
  unsigned threads = 1;
  FrameIndex index;
  std::vector<Cost> costs{};
  std::size_t keyframes_found = 0;
  std::size_t uploads_found = 0;
  std::size_t hits = 0;
};

/// In GB (10⁹ bytes), as /proc/self/status has it in KiB.
double memory_gb(std::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name))
      return static_cast<double>(std::strtoull(line.c_str() + name.size() + 1, nullptr, 10)) * 1024 / 1e9;
  }
  return 0;
}

/// From now on VmHWM is the most of what follows.
void forget_most_memory() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

double quantile(const std::vector<Cost>& costs, double Cost::*member, double share) {
  std::vector<double> values;
  for (const Cost& cost : costs) values.push_back(cost.*member);
  std::ranges::sort(values);
  return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size()))];
}

std::vector<FrameHash> searchable_hashes(const Upload& upload, std::vector<std::size_t>& owners) {
  std::vector<FrameHash> hashes;
  for (std::size_t i = 0; i < upload.size(); ++i) {
    if (!index::is_searchable(upload[i].hash)) continue;
    hashes.push_back(upload[i].hash);
    owners.push_back(i);
  }
  return hashes;
}

bool is_found(const bench::UploadedKeyframe& keyframe, const index::MirrorNeighbours& neighbours) {
  return std::ranges::any_of(keyframe.is_mirrored ? neighbours.mirrored : neighbours.plain,
                             [&](const index::FrameNeighbour& neighbour) {
                               const Interval& span = neighbour.reference->keyframes[neighbour.keyframe].span;
                               return neighbour.reference->reference == keyframe.reference &&
                                      span.begin - kReach <= keyframe.at && keyframe.at <= span.end + kReach;
                             });
}

void look_for(const Upload& upload, int radius, Search& search) {
  std::vector<std::size_t> owners;
  const auto hashes = searchable_hashes(upload, owners);
  const CostTimer timer;
  const FrameIndex snapshot = search.index;
  const auto neighbours = snapshot.search_mirrored(hashes, radius);
  search.costs.push_back(timer.cost());
  std::size_t found = 0;
  for (std::size_t n = 0; n < neighbours.size(); ++n) {
    search.hits += neighbours[n].plain.size() + neighbours[n].mirrored.size();
    if (upload[owners[n]].is_copied && is_found(upload[owners[n]], neighbours[n])) ++found;
  }
  search.keyframes_found += found;
  search.uploads_found += found >= kNeeded ? 1 : 0;
}

Search search_of(const index::Segments<index::FramePart>& segments, bool is_probed, unsigned threads) {
  index::FrameIndexSettings settings;
  settings.threads = threads;
  settings.exhaustive_up_to = is_probed ? 0 : ~std::size_t{0};
  Search search{is_probed ? "probed" : "exhaustive", threads, FrameIndex(settings)};
  search.index.adopt(segments);
  return search;
}

void print_searches(std::size_t keyframes, int radius, const Kind& kind, std::span<const Search> searches) {
  for (const Search& search : searches) {
    const auto at = [&](double Cost::*member, double share) { return quantile(search.costs, member, share); };
    std::printf("| %zu | %d | %s (%zu) | %s, %u | %.3f / %.3f | %.3f / %.3f | %zu | %zu | %zu |\n", keyframes,
                radius, kind.name.c_str(), kind.uploads.size(), search.name.c_str(), search.threads,
                at(&Cost::wall_s, 0.5), at(&Cost::wall_s, 0.99), at(&Cost::cpu_s, 0.5),
                at(&Cost::cpu_s, 0.99), search.hits / std::max<std::size_t>(1, kind.uploads.size()),
                search.keyframes_found, search.uploads_found);
  }
  std::fflush(stdout);
}

/// How long it takes to add and to remove an episode, on copies as LiveIndex makes them.
std::pair<double, double> change_ms(const FrameIndex& index, ReferenceId next, std::size_t episodes) {
  std::vector<Cost> adding;
  std::vector<Cost> removing;
  for (int i = 0; i < kChanges; ++i) {
    index::IndexedReference added = FrameCatalog::made_reference(episodes + static_cast<std::size_t>(i));
    added.reference = {next.value + 1'000'000 + i};
    const CostTimer add_timer;
    FrameIndex larger = index;
    larger.add(added);
    adding.push_back(add_timer.cost());
    const CostTimer remove_timer;
    FrameIndex smaller = index;
    smaller.remove({next.value / 2 + i});
    removing.push_back(remove_timer.cost());
  }
  return {quantile(adding, &Cost::wall_s, 0.5) * 1e3, quantile(removing, &Cost::wall_s, 0.5) * 1e3};
}

void print_catalog(const FrameCatalog& catalog, const FrameCatalog::Merged& merged,
                   const std::vector<Search>& searches) {
  const auto keyframes = static_cast<double>(catalog.keyframes());
  const auto next = FrameCatalog::first_other(catalog.keyframes());
  const auto [add_ms, remove_ms] =
      change_ms(searches.front().index, next, static_cast<std::size_t>(next.value - 1));
  std::printf("| %zu | %s, %zu | %.1f | %.2f | %.1f (%.1f) | %.1f | %.2f | %.2f | %.2f | %.2f |\n",
              catalog.keyframes(), merged.segments.all().front().part->is_listed() ? "listed" : "plain",
              merged.files.size(), static_cast<double>(merged.bytes) / keyframes,
              catalog.making().cpu_s / keyframes * 1e6, merged.merging.wall_s, merged.merging.cpu_s,
              merged.opening.wall_s * 1e3, add_ms, remove_ms, memory_gb("VmRSS"), memory_gb("VmHWM"));
  std::fflush(stdout);
}

std::vector<Kind> uploads_for(std::size_t keyframes, const std::vector<Upload>& planted) {
  const std::size_t count = std::clamp(kWork / keyframes, kFewestUploads, kMostUploads);
  const auto episodes = static_cast<std::size_t>(FrameCatalog::first_other(keyframes).value - 1);
  std::vector<Kind> kinds{{"clear", {}}, {"copies", {}}};
  for (std::size_t i = 0; i < count; ++i) {
    kinds[0].uploads.push_back(bench::clear_upload(i));
    const auto reference = FrameCatalog::made_reference(i * episodes / count);
    kinds[1].uploads.push_back(bench::copied_upload(reference.reference, reference.keyframes, i));
  }
  if (planted.empty()) return kinds;
  kinds.push_back({"footage", {}});
  for (std::size_t i = 0; i < std::min(count, planted.size()); ++i)
    kinds[2].uploads.push_back(planted[i * planted.size() / std::min(count, planted.size())]);
  return kinds;
}

void search_all(std::size_t keyframes, int radius, const std::vector<Kind>& kinds,
                std::vector<Search>& searches) {
  for (const Kind& kind : kinds) {
    for (Search& search : searches) search = {search.name, search.threads, search.index};
    for (const Upload& upload : kind.uploads) {
      for (Search& search : searches) look_for(upload, radius, search);
    }
    print_searches(keyframes, radius, kind, searches);
  }
}

void print_heads(bool is_catalog) {
  if (is_catalog)
    std::printf(
        "\n| keyframes | layout, segments | bytes a keyframe | make, CPU µs each | merge, s (CPU s) | "
        "open, ms | add, ms | remove, ms | RSS after, GB | RSS at most, GB |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n");
  else
    std::printf(
        "\n| keyframes | radius | uploads | search, threads | wall s, p50 / p99 | CPU s, p50 / p99 | "
        "hits each | keyframes found | uploads found |\n|---|---|---|---|---|---|---|---|---|\n");
}

void measure(const std::filesystem::path& folder, std::size_t keyframes,
             const std::vector<index::IndexedReference>& references, const std::vector<Upload>& planted) {
  std::filesystem::create_directories(folder);
  auto others = references;
  const ReferenceId first = FrameCatalog::first_other(keyframes);
  for (auto& other : others) other.reference.value += first.value;
  auto uploads = planted;
  for (Upload& upload : uploads)
    for (auto& keyframe : upload) keyframe.reference.value += keyframe.is_copied ? first.value : 0;
  const FrameCatalog catalog(folder, keyframes, others);
  const auto merged = catalog.merge(index::kListedFrom);
  const bool is_listed = merged.segments.all().front().part->is_listed();
  const auto listed = is_listed ? merged : catalog.merge(1);
  std::vector<Search> searches;
  for (const bool is_probed : {false, true}) {
    for (const unsigned threads : {1U, 2U})
      searches.push_back(search_of(is_probed ? listed.segments : merged.segments, is_probed, threads));
  }
  const int radius = index::radius_for(searches.front().index.searchable(), 1);
  print_heads(false);
  look_for(bench::clear_upload(kMostUploads), radius, searches[1]);  // so that its pages are there
  look_for(bench::clear_upload(kMostUploads), radius, searches[3]);
  forget_most_memory();
  search_all(keyframes, radius, uploads_for(keyframes, uploads), searches);
  print_heads(true);
  print_catalog(catalog, merged, searches);
  if (!is_listed) print_catalog(catalog, listed, searches);
  std::filesystem::remove_all(folder);
}

/// What lists lose, at one radius, of all that is planted.
void print_recall(int radius, const std::vector<index::IndexedReference>& references,
                  const std::vector<Upload>& planted) {
  const index::Segments<index::FramePart> none;
  std::array<Search, 2> searches{search_of(none, false, 1), search_of(none, true, 1)};
  for (Search& search : searches) {
    for (const auto& reference : references) search.index.add(reference);
    for (const Upload& upload : planted) look_for(upload, radius, search);
  }
  const auto share = [&](std::size_t Search::*member) {
    return static_cast<double>(searches[1].*member) / static_cast<double>(searches[0].*member);
  };
  std::printf("| %d | %zu | %zu | %zu | %.4f | %.4f |\n", radius, planted.size(), searches[0].keyframes_found,
              searches[0].uploads_found, share(&Search::keyframes_found), share(&Search::uploads_found));
}

int run(int argc, char** argv) {
  const auto arguments = std::span(argv, static_cast<std::size_t>(argc)).subspan(1);
  const auto dashes =
      std::ranges::find(arguments, std::string_view("--"), [](const char* a) { return std::string_view(a); });
  std::vector<std::string> before(arguments.begin(), dashes);
  const std::vector<std::string> files(dashes == arguments.end() ? dashes : std::next(dashes),
                                       arguments.end());
  if (before.empty()) before.push_back(std::filesystem::temp_directory_path());
  if (before.size() == 1) before.insert(before.end(), {"1000000", "10000000"});
  std::vector<index::IndexedReference> references;
  std::vector<Upload> planted;
  for (const std::string& file : files) {
    const bench::Footage footage = bench::load_footage(file);
    const auto id = static_cast<std::int64_t>(references.size());
    references.push_back({{id}, {id}, {-1 - id}, {}, footage.reference, {}});
    std::ranges::move(bench::planted_uploads(footage, {id}), std::back_inserter(planted));
  }
  const std::filesystem::path folder = std::filesystem::path(before[0]) / "frame_search_bench";
  for (const std::string& keyframes : std::span(before).subspan(1))
    measure(folder, std::strtoull(keyframes.c_str(), nullptr, 10), references, planted);
  if (planted.empty()) return 0;
  std::printf(
      "\n| radius | uploads with footage | keyframes found exhaustively | uploads found exhaustively | "
      "of these keyframes, probed | of these uploads, probed |\n|---|---|---|---|---|---|\n");
  for (const int radius : {65, 68, 72, 77}) print_recall(radius, references, planted);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const Error& error) {
    std::fprintf(stderr, "frame_search_bench: %s\n", error.what());
    return 1;
  }
}
