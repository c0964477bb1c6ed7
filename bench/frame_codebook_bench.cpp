// What inverted lists of frame hashes find of what comparing everything finds: FrameCodebook beside other
// words.
//
//   frame_codebook_bench [FILE... [-- FILE...]]
//
// Protocol: references are the keyframes of real files, queries those of edited copies of them
// (edited_footage.h), the catalog between them made-up hashes (made_hashes.h). A query's true neighbours are
// the reference's keyframes within 0.4 s and the radius; it is found if one of them lies in a list that it
// looks into: as many as hold, on average, the given share of the catalog. An upload is found if two of its
// queries are, which is what a line needs in votes (index/matcher.cpp). Shares are of what exhaustive search
// finds: of queries / uploads of 10 s / whole copies (and how many lists). One table for each list of files;
// without files only how even lists are and what look-ups cost.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bench/edited_footage.h"
#include "bench/made_hashes.h"
#include "bench/word_sets.h"
#include "core/cpu_time.h"
#include "index/background.h"
#include "index/frame_codebook.h"
#include "index/frame_index.h"

namespace {

using namespace reelprint;
using bench::WordSet;
using index::Code;

constexpr std::array kShares{8, 16, 32, 64, 128};  ///< 1 in so many codes compared
constexpr std::size_t kSampled = 32'768;           ///< made-up hashes, to measure lists by
constexpr std::size_t kQueriesSampled = 150;
constexpr std::size_t kMade = 4'000'000;  ///< and as many to see how even lists are
constexpr std::size_t kProbes = 8192;
constexpr std::size_t kWholeIndustry = 360'000'000;  ///< hashes
constexpr Duration kReach = std::chrono::milliseconds(400);
constexpr Duration kUpload = std::chrono::seconds(10);
constexpr int kNeeded = 2;  ///< queries found for an upload to be
constexpr std::uint32_t kNotAsked = ~std::uint32_t{0};

using Found = std::array<int, kShares.size()>;

struct Upload {
  int exhaustively = 0;
  Found probed{};
};

struct Search {
  int radius = 68;         ///< a little more than 100 M hashes call for: index/background.h
  std::size_t stride = 1;  ///< asks for one keyframe of so many
};

struct Recall {
  Upload queries;  ///< all of them
  Upload uploads;
  Upload copies;

  void add(const Upload& upload, Upload& sum) const {
    if (upload.exhaustively < kNeeded) return;
    ++sum.exhaustively;
    for (std::size_t s = 0; s < kShares.size(); ++s) sum.probed[s] += upload.probed[s] >= kNeeded ? 1 : 0;
  }
};

std::vector<Code> made_codes(std::size_t count) {
  const bench::HashMaker maker(1);
  std::vector<Code> codes;
  for (std::size_t series = 0; codes.size() < count; ++series) {
    for (const Keyframe& keyframe : maker.episode(series, 0)) codes.push_back(keyframe.hash.words);
  }
  codes.resize(count);
  return codes;
}

/// For each share, the number of lists that hold it, those nearest to a query first.
std::array<std::size_t, kShares.size()> lists_for_shares(const WordSet& set,
                                                         const std::vector<Code>& catalog) {
  std::vector<double> sizes(set.words);
  for (const Code& code : catalog) ++sizes[set.nearest(code)];
  std::vector<double> at_place(set.words);
  for (std::size_t q = 0; q < kQueriesSampled; ++q) {
    Code query = catalog[q * catalog.size() / kQueriesSampled];
    std::ranges::reverse(query);  // of the same kind, but not in the catalog
    const auto places = set.places(query);
    for (std::size_t word = 0; word < set.words; ++word) at_place[places[word]] += sizes[word];
  }
  std::array<std::size_t, kShares.size()> lists{};
  for (std::size_t s = 0; s < kShares.size(); ++s) {
    double left = static_cast<double>(catalog.size() * kQueriesSampled) / kShares[s];
    while (lists[s] < set.words && (left -= at_place[lists[s]]) >= 0) ++lists[s];
  }
  return lists;
}

class Evaluation {
 public:
  Evaluation(const WordSet& set, const Search& search, const std::array<std::size_t, kShares.size()>& lists)
      : set_(set), search_(search), lists_(lists) {}

  void add(const bench::Footage& footage) {
    std::vector<std::uint32_t> lists;
    for (const Keyframe& keyframe : footage.reference) lists.push_back(set_.nearest(keyframe.hash.words));
    for (const bench::EditedCopy& copy : footage.copies) add(footage, lists, copy);
  }
  [[nodiscard]] const Recall& recall() const { return recall_; }

 private:
  void add(const bench::Footage& footage, const std::vector<std::uint32_t>& lists,
           const bench::EditedCopy& copy) {
    Upload whole;
    Upload upload;
    Timestamp upload_end{kUpload.count()};
    for (std::size_t i = 0; i < copy.keyframes.size(); ++i) {
      const Keyframe& keyframe = copy.keyframes[i];
      for (; keyframe.span.begin >= upload_end; upload_end = upload_end + kUpload) {
        recall_.add(upload, recall_.uploads);
        upload = {};
      }
      if (!index::is_searchable(keyframe.hash)) continue;
      const FrameHash hash = copy.is_mirrored ? mirrored(keyframe.hash) : keyframe.hash;
      const auto truth = neighbours(footage, hash, keyframe.span);
      if (truth.empty()) continue;
      const std::uint32_t place = i % search_.stride == 0 ? nearest_place(hash, truth, lists) : kNotAsked;
      for (Upload* sum : {&recall_.queries, &whole, &upload}) {
        ++sum->exhaustively;
        for (std::size_t s = 0; s < kShares.size(); ++s) sum->probed[s] += place < lists_[s] ? 1 : 0;
      }
    }
    recall_.add(upload, recall_.uploads);
    recall_.add(whole, recall_.copies);
  }

  [[nodiscard]] std::vector<std::size_t> neighbours(const bench::Footage& footage, const FrameHash& hash,
                                                    const Interval& at) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < footage.reference.size(); ++i) {
      const Keyframe& keyframe = footage.reference[i];
      if (keyframe.span.end < at.begin - kReach || at.begin + kReach < keyframe.span.begin) continue;
      if (index::is_searchable(keyframe.hash) && hamming_distance(hash, keyframe.hash) <= search_.radius)
        found.push_back(i);
    }
    return found;
  }

  [[nodiscard]] std::uint32_t nearest_place(const FrameHash& hash, const std::vector<std::size_t>& neighbours,
                                            const std::vector<std::uint32_t>& lists) const {
    const auto places = set_.places(hash.words);
    std::uint32_t nearest = kNotAsked;
    for (const std::size_t i : neighbours) nearest = std::min(nearest, places[lists[i]]);
    return nearest;
  }

  const WordSet& set_;
  Search search_;
  std::array<std::size_t, kShares.size()> lists_;
  Recall recall_;
};

void print(const WordSet& set, const Search& search, const std::vector<bench::Footage>& footage,
           const std::vector<Code>& catalog) {
  const auto lists = lists_for_shares(set, catalog);
  Evaluation evaluation(set, search, lists);
  for (const bench::Footage& file : footage) evaluation.add(file);
  const Recall& recall = evaluation.recall();
  std::printf("| %s | %d | 1/%zu |", set.name.c_str(), search.radius, search.stride);
  for (std::size_t s = 0; s < kShares.size(); ++s) {
    const auto share = [&](const Upload& of) {
      return static_cast<double>(of.probed[s]) / static_cast<double>(std::max(of.exhaustively, 1));
    };
    std::printf(" %.3f / %.3f / %.3f (%zu) |", share(recall.queries), share(recall.uploads),
                share(recall.copies), lists[s]);
  }
  std::printf(" %d / %d / %d |\n", recall.queries.exhaustively, recall.uploads.exhaustively,
              recall.copies.exhaustively);
  std::fflush(stdout);
}

void print_head() {
  std::printf("\n| words | radius | asked |");
  for (const int share : kShares) std::printf(" 1/%d |", share);
  std::printf(" queries / uploads of 10 s / copies |\n|---|---|---|");
  for (std::size_t s = 0; s <= kShares.size(); ++s) std::printf("---|");
  std::printf("\n");
}

double us_of_each(double cpu_s, std::size_t count) {
  return cpu_s / static_cast<double>(count) * 1e6;
}

/// How evenly many hashes fall on the lists, and what look-ups cost.
void print_lists() {
  const index::FrameCodebook codebook;
  const auto catalog = made_codes(kMade);
  std::vector<std::uint32_t> sizes(index::FrameCodebook::kWords);
  double assigning_s = 0;
  double probing_s = 0;
  {
    const CpuTimer timer(assigning_s);
    for (const Code& code : catalog) ++sizes[codebook.nearest(code)];
  }
  double compared = 0;
  for (const Code& query : made_codes(kQueriesSampled)) {
    std::vector<std::uint32_t> words;
    {
      const CpuTimer timer(probing_s);
      words = codebook.nearest(query, kProbes);
    }
    for (const std::uint32_t word : words) compared += sizes[word];
  }
  std::ranges::sort(sizes);
  const auto at = [&](double share) {
    return sizes[static_cast<std::size_t>(share * static_cast<double>(sizes.size() - 1))];
  };
  std::printf(
      "FrameCodebook, %zu made hashes: codes in a list, 1 / 50 / 99 / 100 %%: %u / %u / %u / %u; %zu lists "
      "hold "
      "1/%.1f of them; nearest word %.2f us, nearest %zu words %.0f us.\n",
      catalog.size(), at(0.01), at(0.5), at(0.99), at(1), kProbes,
      static_cast<double>(catalog.size() * kQueriesSampled) / compared,
      us_of_each(assigning_s, catalog.size()), kProbes, us_of_each(probing_s, kQueriesSampled));
}

/// The share of the lists that the queries of an upload of a minute, mirrored too, read together.
double touched_share(const index::FrameCodebook& codebook, std::size_t probes, std::size_t stride) {
  constexpr std::size_t kUploads = 20;
  constexpr std::size_t kKeyframes = 120;
  const bench::HashMaker maker(2);
  std::size_t touched = 0;
  for (std::size_t u = 0; u < kUploads; ++u) {
    std::vector<bool> is_touched(index::FrameCodebook::kWords);
    const auto keyframes = maker.episode(u, 0);
    for (std::size_t i = 0; i < kKeyframes; i += stride) {
      for (const std::uint32_t word : codebook.nearest(keyframes[i].hash.words, probes))
        is_touched[word] = is_touched[index::FrameCodebook::mirrored(word)] = true;
    }
    touched += static_cast<std::size_t>(std::ranges::count(is_touched, true));
  }
  return static_cast<double>(touched) / static_cast<double>(kUploads * index::FrameCodebook::kWords);
}

void print_touched() {
  const index::FrameCodebook codebook;
  std::printf(
      "\n| an upload of 120 keyframes reads | 8,192 lists a query | 4,096 | 2,048 |\n|---|---|---|---|\n");
  for (const std::size_t stride : {1U, 2U, 4U}) {
    std::printf("| 1/%zu of them asked |", stride);
    for (const std::size_t probes : {kProbes, kProbes / 2, kProbes / 4})
      std::printf(" %.2f |", touched_share(codebook, probes, stride));
    std::printf("\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::vector<bench::Footage>> lists;
  for (int i = 1; i < argc; ++i) {
    if (lists.empty() || std::string_view(argv[i]) == "--") lists.emplace_back();
    if (std::string_view(argv[i]) != "--") lists.back().push_back(bench::load_footage(argv[i]));
  }
  const auto catalog = made_codes(kSampled);
  print_lists();
  print_touched();
  using enum bench::WordBits;
  for (std::size_t l = 0; l < lists.size(); ++l) {
    std::vector<Code> real;
    for (const bench::Footage& file : lists[lists.size() - 1 - l]) {
      for (const Keyframe& keyframe : file.reference) {
        if (index::is_searchable(keyframe.hash)) real.push_back(keyframe.hash.words);
      }
    }
    print_head();
    if (lists.size() > 1) print(bench::words_of(real), {}, lists[l], catalog);
    print(bench::random_words(real.size(), all), {}, lists[l], catalog);
    for (const std::size_t words : {4096U, 16384U, 65536U}) {
      print(bench::random_words(words, all), {}, lists[l], catalog);
      print(bench::random_words(words, low), {}, lists[l], catalog);
    }
    print(bench::word_pairs(256), {}, lists[l], catalog);
    for (const Search& search : {Search{60, 1}, Search{index::radius_for(kWholeIndustry, 1), 1},
                                 Search{68, 1}, Search{84, 1}, Search{68, 2}, Search{68, 4}})
      print(bench::frame_codebook_words(), search, lists[l], catalog);
  }
}
