// Made-up frame hashes (made_hashes.h) beside those of real footage.
//
//   hash_statistics_bench [FILE... [-- FILE... [-- EPISODE...]]]
//
// Three lists of real files: what the made ones were fitted to, what they are checked with, and the episodes
// of one series. Files whose names begin alike, up to "__", are taken for related, others must not be.
// Without files only the made ones are shown.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bench/hash_statistics.h"
#include "bench/made_hashes.h"
#include "core/cpu_time.h"
#include "fingerprint/fingerprinter.h"

namespace {

using namespace reelprint;
using bench::Clip;
using bench::Distances;

constexpr std::size_t kSeries = 24;
constexpr std::size_t kEpisodesCompared = 6;
constexpr std::size_t kEpisodesTimed = 5000;
constexpr Duration kCards = std::chrono::seconds(4);

Clip load(const std::filesystem::path& file) {
  fingerprint::FingerprintSettings settings;
  settings.audio = false;
  const std::string name = file.filename();
  return {name.substr(0, name.find("__")), fingerprint_media(file, settings).fingerprint.keyframes};
}

std::vector<Clip> made_clips() {
  const bench::HashMaker maker(1);
  std::vector<Clip> clips;
  for (std::size_t series = 0; series < kSeries; ++series)
    clips.push_back({std::to_string(series), maker.episode(series, 0)});
  return clips;
}

bench::SeriesStatistics made_series() {
  const bench::HashMaker maker(1);
  bench::SeriesStatistics statistics;
  for (std::size_t series = 0; series < kSeries; ++series) {
    std::vector<Clip> episodes;
    for (std::size_t e = 0; e < kEpisodesCompared; ++e) episodes.push_back({"", maker.episode(series, e)});
    add_series(episodes, kCards, statistics);
  }
  return statistics;
}

using Cells = std::vector<std::string>;

template <typename... Values>
std::string text(const char* format, Values... values) {
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

std::string quantiles(const Distances& distances) {
  return text("%d / %d / %d / %d / %d", distances.quantile(0.05), distances.quantile(0.25),
              distances.quantile(0.5), distances.quantile(0.75), distances.quantile(0.95));
}

std::string shot_lengths(const std::vector<double>& ascending) {
  if (ascending.empty()) return "";
  const auto at = [&](double share) {
    return ascending[static_cast<std::size_t>(share * static_cast<double>(ascending.size() - 1))];
  };
  return text("%.1f / %.1f / %.1f", at(0.25), at(0.5), at(0.75));
}

void print_row(const char* name, const Cells& cells) {
  std::printf("| %s |", name);
  for (const std::string& cell : cells) std::printf(" %s |", cell.c_str());
  std::printf("\n");
}

/// A column each; bits of the first two are held against each other's, those of the rest against the first's.
void print_pictures(const std::vector<bench::HashStatistics>& columns) {
  std::vector<Cells> rows(9);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bench::HashStatistics& s = columns[c];
    const auto along = s.variance_along(columns[c == 0 ? columns.size() > 1 : 0], 4);
    rows[0].push_back(text("%zu / %zu", s.pictures, s.shots_s.size()));
    rows[1].push_back(text("%.1f ± %.2f", s.unrelated.mean(), s.unrelated.deviation()));
    rows[2].push_back(text("%.0e / %.0e / %.0e / %.0e", s.unrelated.share_within(100),
                           s.unrelated.share_within(92), s.unrelated.share_within(84),
                           s.unrelated.share_within(68)));
    rows[3].push_back(text("%.1f / %.1f / %.1f / %.1f", along[0], along[1], along[2], along[3]));
    rows[4].push_back(quantiles(s.in_shot.at(1)));
    rows[5].push_back(quantiles(s.in_shot.at(4)));
    rows[6].push_back(quantiles(s.in_shot.at(8)));
    rows[7].push_back(shot_lengths(s.shots_s));
    rows[8].push_back(text("%.3f", static_cast<double>(s.plain) / static_cast<double>(s.pictures)));
  }
  print_row("pictures / shots", rows[0]);
  print_row("unrelated pictures: distance", rows[1]);
  print_row("of them within 100 / 92 / 84 / 68", rows[2]);
  print_row("variance along another column's first four eigenvectors (fair coins: 1)", rows[3]);
  print_row("a keyframe to the next of its shot: 5 / 25 / 50 / 75 / 95 %", rows[4]);
  print_row("to the fourth after it", rows[5]);
  print_row("to the eighth after it", rows[6]);
  print_row("shots, s: 25 / 50 / 75 %", rows[7]);
  print_row("too plain to be searched", rows[8]);
}

void print_series(const std::vector<bench::SeriesStatistics>& columns) {
  std::vector<Cells> rows(3);
  for (const bench::SeriesStatistics& s : columns) {
    rows[0].push_back(quantiles(s.cards));
    rows[1].push_back(quantiles(s.nearest));
    rows[2].push_back(text("%.4f / %.4f / %.4f", s.others.share_within(84), s.others.share_within(60),
                           s.others.share_within(40)));
  }
  print_row("the same moment of the cards of two episodes: 5 / 25 / 50 / 75 / 95 %", rows[0]);
  print_row("a picture to the nearest of another episode", rows[1]);
  print_row("pictures of two episodes within 84 / 60 / 40", rows[2]);
}

void print_speed() {
  const bench::HashMaker maker(1);
  double made_s = 0;
  std::size_t made = 0;
  {
    const CpuTimer timer(made_s);
    for (std::size_t e = 0; e < kEpisodesTimed; ++e) made += maker.episode(e / 80, e % 80).size();
  }
  std::printf("\nMade: %.2f M keyframes per CPU s.\n", static_cast<double>(made) / made_s / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::vector<Clip>> lists(1);
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--")
      lists.emplace_back();
    else
      lists.back().push_back(load(argv[i]));
  }
  lists.resize(3);
  std::vector<bench::HashStatistics> columns;
  std::string head = "| |";
  std::string line = "|---|";
  for (std::size_t i = 0; i < 2; ++i) {
    if (lists[i].empty()) continue;
    columns.push_back(statistics_of(lists[i]));
    head += i == 0 ? " real, fitted |" : " real, checked |";
    line += "---|";
  }
  columns.push_back(bench::statistics_of(made_clips()));
  std::printf("%s made |\n%s---|\n", head.c_str(), line.c_str());
  print_pictures(columns);

  std::vector<bench::SeriesStatistics> series;
  if (!lists[2].empty()) add_series(lists[2], kCards, series.emplace_back());
  series.push_back(made_series());
  std::printf("\n| |%s made series |\n|---|%s---|\n", lists[2].empty() ? "" : " a real series |",
              lists[2].empty() ? "" : "---|");
  print_series(series);
  print_speed();
}
